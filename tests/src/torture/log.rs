//! A whole log as it stands in the end, looked at without the store's own arithmetic.

use std::collections::{HashMap, HashSet};

use ledger_core::id::EventId;
use ledger_core::proof::Hash;
use ledger_core::store::audit::leaf_of;
use ledger_core::store::{LedgerStore, StoredEvent};

use super::task::{Mark, Task};
use crate::conformance::read_log;

/// Where the events of one append stand: beside one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) task: Task,
    pub(super) last_position: u64,
}

/// The log, found whole.
pub struct Log {
    /// Every event's id, in order.
    pub ids: Vec<EventId>,
    pub(super) blocks: Vec<Block>,
}

impl Log {
    /// Reads the log and finds it whole: positions and revisions without gap, no id twice, every append
    /// of a [`Task`] in one piece, and the head's tree that of the stored bytes.
    ///
    /// # Errors
    /// What is wrong.
    pub async fn read(store: &dyn LedgerStore) -> Result<Self, String> {
        let events = read_log(store).await;
        let head = store.head().await.map_err(|error| error.to_string())?;
        let leaves: Vec<Hash> = events.iter().map(|event| leaf_of(event).hash()).collect();
        if head.frontier.root() != root_of(&leaves) || head.position.get() != u64_of(leaves.len()) {
            return Err(format!(
                "the head at {} is not that of the stored bytes",
                head.position
            ));
        }
        dense(&events)?;
        Ok(Self {
            ids: events.iter().map(|event| event.id).collect(),
            blocks: blocks(&events)?,
        })
    }
}

fn u64_of(count: usize) -> u64 {
    u64::try_from(count).expect("a count")
}

/// The root of RFC 6962's tree, by its definition.
#[must_use]
pub fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of(b""),
        [leaf] => *leaf,
        more => {
            let half = more.len().next_power_of_two() / 2;
            let (left, right) = more.split_at(half);
            Hash::of_node(root_of(left), root_of(right))
        },
    }
}

/// Positions from 1, revisions of each stream from 0, no id twice.
fn dense(events: &[StoredEvent]) -> Result<(), String> {
    let (mut revisions, mut ids) = (HashMap::new(), HashSet::new());
    for (event, position) in events.iter().zip(1..) {
        if event.position.get() != position {
            return Err(format!("position {position} is missing"));
        }
        let next = revisions.entry(event.stream.as_str()).or_insert(0_u64);
        if event.revision.get() != *next {
            return Err(format!("{}: revision {next} is missing", event.stream));
        }
        *next += 1;
        if !ids.insert(event.id) {
            return Err(format!("{} stands twice", event.id));
        }
    }
    Ok(())
}

/// The appends in the log's order; each stands in one piece, and those of a writer in its order.
fn blocks(events: &[StoredEvent]) -> Result<Vec<Block>, String> {
    let (mut blocks, mut numbers) = (Vec::new(), HashMap::new());
    let mut events = events.iter();
    while let Some(event) = events.next() {
        let mark = Mark::of(&event.data).ok_or("an event of nobody")?;
        let mut last = event;
        for index in 0..mark.count {
            if index > 0 {
                last = events.next().ok_or("the last append is cut off")?;
            }
            if Mark::of(&last.data) != Some(Mark { index, ..mark }) {
                return Err(format!("{:?} is torn at {}", mark.task, last.position));
            }
        }
        let Task { writer, number } = mark.task;
        let next = numbers.entry(writer).or_insert(0_u64);
        if number != *next {
            return Err(format!("{:?} stands where number {next} should", mark.task));
        }
        *next += 1;
        blocks.push(Block {
            task: mark.task,
            last_position: last.position.get(),
        });
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use ledger_core::proof::Frontier;

    use super::*;

    #[test]
    fn the_root_by_definition_is_that_of_the_growing_edge() {
        let leaves: Vec<Hash> = (0..67_u8).map(|n| Hash::of_leaf(&[n])).collect();
        let mut edge = Frontier::default();
        for (leaf, count) in leaves.iter().zip(1..) {
            edge.push(*leaf);
            assert_eq!(edge.root(), root_of(&leaves[..count]));
        }
    }
}
