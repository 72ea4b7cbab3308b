//! Reads events for generations that are brought forward, and folds them into what is to be written.

use ledger_core::event::{DecodeError, Event, ReadEventError, Recorded};
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll, ReadError, StoredEvent};

use crate::generation::{self, Generation};
use crate::projection::{Batch, Fold, Projection, Seen};
use crate::views::{Views, ViewsError, Write};

/// A generation that is brought forward.
pub(crate) struct Running<'a> {
    /// With the position up to which it is written.
    pub(crate) generation: Generation,
    projection: &'a dyn Projection,
    fold: Box<dyn Fold>,
    /// Up to where its rows are made, written or on their way.
    gathered: Position,
}

impl<'a> Running<'a> {
    pub(crate) async fn begin(
        views: &Views,
        generation: Generation,
        projection: &'a dyn Projection,
    ) -> Result<Self, ViewsError> {
        Ok(Self {
            fold: projection.begin(views, generation.number).await?,
            gathered: generation.position,
            generation,
            projection,
        })
    }

    /// Begins again behind what is written.
    pub(crate) async fn again(&mut self, views: &Views) -> Result<(), ViewsError> {
        self.fold = self.projection.begin(views, self.generation.number).await?;
        self.gathered = self.generation.position;
        Ok(())
    }

    /// Its rows are written up to here.
    pub(crate) fn written_to(&mut self, last: Position) {
        self.generation.position = self.generation.position.max(last);
    }

    /// Whether an event that cannot be understood stops it.
    pub(crate) fn reads_content(&self) -> bool {
        self.projection.reads_content()
    }
}

/// What a part of the log makes in every generation.
pub(crate) struct Part {
    /// The last event in it.
    pub(crate) last: Position,
    /// Rows, and the checkpoints of those that it brings forward.
    pub(crate) writes: Vec<Write>,
    /// The event behind it, if that cannot be understood.
    pub(crate) poison: Option<(Position, ReadEventError)>,
}

/// The next part that a generation lacks up to `to`, of about so many events; none at the end.
///
/// The events themselves are let go page by page: only the rows that they make are kept.
pub(crate) async fn gather(
    store: &dyn EventStore,
    running: &mut [Running<'_>],
    to: Position,
    most: usize,
) -> Result<Option<Part>, ReadError> {
    let Some(from) = running.iter().map(|one| one.gathered).min() else {
        return Ok(None);
    };
    let mut folding = Folding::new(running, from);
    while folding.last < to && folding.count < most && folding.poison.is_none() {
        let mut read = ReadAll::after(folding.last);
        read.limit = most;
        let page = store.read_all(&read).await?;
        if page.events.is_empty() {
            break;
        }
        let events = page.events.iter();
        for event in events.take_while(|event| event.position <= to) {
            if !folding.take(event) {
                break;
            }
        }
    }
    Ok(folding.ended(from))
}

/// A part in the making.
struct Folding<'f, 'a> {
    running: &'f mut [Running<'a>],
    batches: Vec<Batch>,
    /// Whether anybody needs the events' content.
    content: bool,
    last: Position,
    count: usize,
    poison: Option<(Position, ReadEventError)>,
}

impl<'f, 'a> Folding<'f, 'a> {
    fn new(running: &'f mut [Running<'a>], from: Position) -> Self {
        let batches = running.iter().map(|one| Batch::new(one.generation.number));
        Self {
            batches: batches.collect(),
            content: running.iter().any(Running::reads_content),
            running,
            last: from,
            count: 0,
            poison: None,
        }
    }

    /// Folds one event; whether it could be understood.
    fn take(&mut self, stored: &StoredEvent) -> bool {
        let understood = match self.content.then(|| understood(stored)).transpose() {
            Ok(event) => event.flatten(),
            Err(source) => {
                self.poison = Some((stored.position, source));
                return false;
            },
        };
        let event = understood.as_ref();
        let seen = Seen { stored, event };
        for (one, batch) in self.running.iter_mut().zip(&mut self.batches) {
            if one.gathered < stored.position {
                one.fold.event(&seen, batch);
            }
        }
        self.last = stored.position;
        self.count = self.count.saturating_add(1);
        true
    }

    fn ended(self, from: Position) -> Option<Part> {
        let last = self.last;
        if last == from && self.poison.is_none() {
            return None;
        }
        let mut writes = Vec::new();
        let moved = self.running.iter_mut().zip(self.batches);
        for (one, mut batch) in moved.filter(|(one, _)| one.gathered < last) {
            one.fold.end(&mut batch);
            // First, so that what another process has brought forward is told before its rows are met.
            writes.push(generation::checkpoint(&one.generation, (one.gathered, last)).into());
            writes.extend(batch.into_writes());
            one.gathered = last;
        }
        Some(Part {
            last,
            writes,
            poison: self.poison,
        })
    }
}

/// An event of the ledger's own; one of a foreign type says nothing to a projection.
fn understood(event: &StoredEvent) -> Result<Option<Recorded>, ReadEventError> {
    match Recorded::read(event) {
        Ok(recorded) => Ok(Some(recorded)),
        Err(ReadEventError::Decode {
            source: DecodeError::UnknownName { .. },
            ..
        }) => Ok(None),
        Err(_) if is_foreign(event) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether no program of ours writes events of this type.
fn is_foreign(event: &StoredEvent) -> bool {
    Event::info_of(event.event_type.as_str()).is_none()
}
