//! Recomputes the tree over the stored bytes and names the first event that does not fit.

use super::filter::Filter;
use super::read::{Direction, EventPage, ReadAll};
use super::{EventStore, ReadError, StoredEvent};
use crate::id::Position;
use crate::proof::{Checkpoint, Hash, Leaf, PrefixCheck};
use crate::time::Timestamp;

/// What is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A position is missing, or one is there twice.
    Gap {
        /// The position that should come next.
        position: Position,
    },
    /// A stored column does not have its form.
    Damaged {
        /// The event.
        position: Position,
        /// Which column.
        what: &'static str,
    },
    /// The event's bytes are not those whose hash stands beside them.
    Leaf {
        /// The event.
        position: Position,
    },
    /// An event was written earlier than the one before it.
    TimeBackwards {
        /// The later event.
        position: Position,
    },
    /// Every event fits its hash, but the head's tree is another.
    Head {
        /// The head's position.
        position: Position,
    },
    /// The log does not begin with the head that was written down earlier.
    NotAPrefix {
        /// The earlier head.
        earlier: Checkpoint,
        /// The root at that position now; none where the log is shorter.
        found: Option<Hash>,
    },
}

/// What an audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// How far the log was checked, and the root there.
    pub head: Checkpoint,
    /// The first thing that is wrong, if anything is.
    pub fault: Option<Fault>,
}

/// Checks the log from its first event to `to`, or to its head: every leaf is rebuilt from the stored
/// columns, before any upcasting, and the tree over them is compared with the head's and with an
/// earlier head. Reads page by page; memory does not grow with the log.
///
/// # Errors
/// [`ReadError`] when the engine fails; a damaged row is a fault, no error.
pub async fn audit(
    store: &dyn EventStore,
    to: Option<Position>,
    since: Option<Checkpoint>,
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Audit, ReadError> {
    let head = store.head().await?;
    let to = to.unwrap_or(head.position).min(head.position);
    let mut walk = Walk::new(since.unwrap_or_else(Checkpoint::empty));
    let fault = loop {
        let next = walk.next();
        if next > to {
            break None;
        }
        let page = match page(store, next).await? {
            Ok(page) => page,
            Err(fault) => break Some(fault),
        };
        let step = page.events.iter().take_while(|event| event.position <= to);
        if let Err(fault) = step
            .map(|event| walk.step(event))
            .collect::<Result<Vec<()>, _>>()
        {
            break Some(fault);
        }
        if walk.next() == next {
            break Some(Fault::Gap { position: next });
        }
        progress(walk.head().position, to);
    };
    let checked = walk.head();
    let other_head = to == head.position && *walk.prefix.tree() != head.frontier;
    let fault = fault
        .or(other_head.then_some(Fault::Head { position: to }))
        .or_else(|| not_a_prefix(&walk.prefix, since));
    Ok(Audit {
        head: checked,
        fault,
    })
}

/// A page of the log from `next` on; a row that cannot be read is a fault, no error.
pub(crate) async fn page(
    store: &dyn EventStore,
    next: Position,
) -> Result<Result<EventPage, Fault>, ReadError> {
    let read = ReadAll {
        from: Some(next),
        direction: Direction::Forwards,
        limit: usize::MAX,
        filter: Filter::default(),
        as_at: None,
    };
    match store.read_all(&read).await {
        Ok(page) => Ok(Ok(page)),
        Err(ReadError::Damaged { position, what }) => Ok(Err(Fault::Damaged { position, what })),
        Err(error) => Err(error),
    }
}

/// A walk over a log from its first event on, each event held to those before it.
pub(crate) struct Walk {
    prefix: PrefixCheck,
    newest: Option<Timestamp>,
}

impl Walk {
    /// Begins before the first event; notes the root where the earlier head stood.
    pub(crate) fn new(earlier: Checkpoint) -> Self {
        Self {
            prefix: PrefixCheck::new(earlier),
            newest: None,
        }
    }

    /// The position of the event that has to come now.
    pub(crate) fn next(&self) -> Position {
        Position::new(self.prefix.tree().size().saturating_add(1))
    }

    /// The head that the events so far make.
    pub(crate) fn head(&self) -> Checkpoint {
        let tree = self.prefix.tree();
        Checkpoint {
            position: Position::new(tree.size()),
            root: tree.root(),
        }
    }

    /// Takes the next event if it fits.
    pub(crate) fn step(&mut self, event: &StoredEvent) -> Result<(), Fault> {
        let position = self.next();
        if event.position != position {
            return Err(Fault::Gap { position });
        }
        if event.sealed.is_some() && event.sealed_sha256.is_some() {
            return Err(Fault::Damaged {
                position,
                what: "sealed_sha256",
            });
        }
        let leaf = leaf_of(event).hash();
        if leaf != event.leaf_hash {
            return Err(Fault::Leaf { position });
        }
        if self.newest.is_some_and(|newest| event.recorded_at < newest) {
            return Err(Fault::TimeBackwards { position });
        }
        self.newest = Some(event.recorded_at);
        self.prefix.push(leaf);
        Ok(())
    }
}

fn not_a_prefix(prefix: &PrefixCheck, since: Option<Checkpoint>) -> Option<Fault> {
    let earlier = since?;
    let found = prefix.found();
    (!prefix.holds()).then_some(Fault::NotAPrefix { earlier, found })
}

/// The leaf of a stored event, rebuilt from its columns.
#[must_use]
pub fn leaf_of(event: &StoredEvent) -> Leaf<'_> {
    Leaf {
        id: event.id,
        stream: event.stream.as_str(),
        revision: event.revision,
        event_type: event.event_type.as_str(),
        content_type: &event.content_type,
        recorded_at: event.recorded_at,
        data: Hash::of(&event.data),
        metadata: Hash::of(&event.metadata),
        sealed: event
            .sealed
            .as_deref()
            .map(Hash::of)
            .or(event.sealed_sha256),
    }
}
