//! Reads drawn events and checks each: its leaf rebuilt from the stored bytes, and that leaf in the tree of the head.

use ledger_core::id::Position;
use ledger_core::proof::{Checkpoint, Hash, inclusion_path, verify_inclusion};
use ledger_core::store::audit::leaf_of;
use ledger_core::store::{Direction, EventStore, Head, ReadAll, StoredEvent};
use ledger_projections::event_index::{EventIndex, Key, kinds, list};

use crate::failure::Failure;
use crate::fault::{read_failure, views_failure};
use crate::wiring::OpenLedger;

/// Most hashes that proving the events of one page may take: leaves of the log times events.
const HASHES_MAX: usize = 4_000_000;

/// A drawn event and what its check says.
pub struct Checked {
    /// The event.
    pub stored: StoredEvent,
    /// Its stored bytes make the hash that stands beside them.
    pub leaf: bool,
    /// That leaf stands at its place in the head's tree; none where the log is too long to prove it on a
    /// page.
    pub tree: Option<bool>,
}

/// The events at some positions up to a head, each checked, in the order of the positions.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn checked(
    store: &dyn EventStore,
    head: &Head,
    positions: &[Position],
) -> Result<Vec<Checked>, Failure> {
    let length = usize::try_from(head.position.get()).unwrap_or(usize::MAX);
    let proves = length.saturating_mul(positions.len()) <= HASHES_MAX;
    let leaves = if proves {
        leaves(store, head.position).await?
    } else {
        Vec::new()
    };
    let head = Checkpoint {
        position: head.position,
        root: head.frontier.root(),
    };
    let mut checked = Vec::new();
    for position in positions {
        let page = store.read_all(&ReadAll::one(*position)).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let Some(stored) = page.events.first().filter(|one| one.position == *position) else {
            continue;
        };
        let leaf = leaf_of(stored).hash();
        checked.push(Checked {
            leaf: leaf == stored.leaf_hash,
            tree: proves.then(|| is_in_tree(leaf, *position, &leaves, head)),
            stored: stored.clone(),
        });
    }
    Ok(checked)
}

fn is_in_tree(leaf: Hash, position: Position, leaves: &[Hash], head: Checkpoint) -> bool {
    let Some(index) = position.get().checked_sub(1) else {
        return false;
    };
    let path = inclusion_path(index, leaves);
    path.is_some_and(|path| verify_inclusion(leaf, index, head, &path).is_ok())
}

/// The hashes of all leaves up to a position, as they are stored.
async fn leaves(store: &dyn EventStore, to: Position) -> Result<Vec<Hash>, Failure> {
    let mut leaves = Vec::new();
    let mut read = ReadAll {
        as_at: Some(to),
        ..ReadAll::after(Position::default())
    };
    loop {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        leaves.extend(page.events.iter().map(|stored| stored.leaf_hash));
        match page.next.map(Position::new).filter(|next| *next <= to) {
            Some(next) => read.from = Some(next),
            None => return Ok(leaves),
        }
    }
}

/// The types of events between two positions, each with its positions there; the index must have been
/// brought forward before.
///
/// # Errors
/// [`Failure`] when the views cannot be read.
pub async fn positions_of_types(
    open: &OpenLedger,
    (from, to): (Position, Position),
) -> Result<Vec<(String, Vec<Position>)>, Failure> {
    let views = &open.views;
    open.catch_up(&EventIndex, &mut |_, _| {}).await?;
    let known = kinds(views).await.map_err(|error| views_failure(&error))?;
    let mut strata = Vec::new();
    for kind in known.into_iter().filter(|kind| !kind.is_category) {
        let key = Key::Type(&kind.name);
        let count = usize::try_from(kind.events).unwrap_or(usize::MAX);
        let all = list(views, key, None, Direction::Forwards, count).await;
        let all = all.map_err(|error| views_failure(&error))?.into_iter();
        let within = all
            .map(|one| one.position)
            .filter(|at| (from..=to).contains(at));
        let within: Vec<Position> = within.collect();
        if !within.is_empty() {
            strata.push((kind.name, within));
        }
    }
    Ok(strata)
}
