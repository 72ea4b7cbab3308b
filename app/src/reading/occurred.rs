//! When each event of the log happened, beside what lists are narrowed down by; a program that goes on running holds
//! it and reads of the log only what came since.

use std::collections::HashSet;
use std::sync::Arc;

use futures::lock::Mutex;
use ledger_core::event::Metadata;
use ledger_core::id::{EventId, Position};
use ledger_core::store::{EventStore, ReadAll, StoredEvent};
use ledger_core::task::counting;
use ledger_core::time::Day;

use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::OpenLedger;

/// One event of the log, without what it says.
pub struct Known {
    /// Its place in the log.
    pub position: Position,
    /// Its id.
    pub id: EventId,
    /// Its type.
    pub kind: Arc<str>,
    /// The stream in which it stands.
    pub stream: Arc<str>,
    /// Who recorded it; nobody of a foreign event.
    pub actor: Option<Arc<str>>,
    /// The day on which it happened; none where it does not say.
    pub day: Option<Day>,
    /// The day in Japan on which it was recorded.
    pub recorded: Day,
}

/// The events of a log as far as they were looked at, by their positions.
#[derive(Default)]
struct Log {
    events: Vec<Known>,
    /// Everything up to here was looked at.
    at: Position,
    /// Each name once, however many events have it.
    names: HashSet<Arc<str>>,
}

/// What a program that goes on running looked at.
#[derive(Default)]
pub(super) struct HeldLog(Mutex<Log>);

/// What `of` makes of the events up to a position, in their order in the log; their personal text is not read.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn occurrences<T>(
    open: &OpenLedger,
    head: Position,
    of: impl FnOnce(&[Known]) -> T,
) -> Result<T, Failure> {
    let once = HeldLog::default();
    let known = open.held.as_ref().map_or(&once, |held| &held.log);
    let mut log = known.0.lock().await;
    if log.at < head {
        log.look_on(open.store.as_ref()).await?;
    }
    let up_to = log.events.partition_point(|event| event.position <= head);
    let events = log.events.get(..up_to).unwrap_or_default();
    Ok(counting(|| of(events)))
}

impl Log {
    async fn look_on(&mut self, store: &dyn EventStore) -> Result<(), Failure> {
        let mut read = ReadAll::after(self.at);
        loop {
            let page = store.read_all(&read).await;
            let page = page.map_err(|error| read_failure(&error))?;
            for stored in page.events.iter() {
                self.add(stored);
            }
            match page.next {
                Some(next) => read.from = Some(Position::new(next)),
                None => return Ok(()),
            }
        }
    }

    fn add(&mut self, stored: &StoredEvent) {
        let metadata = serde_json::from_slice::<Metadata>(&stored.metadata).ok();
        let known = Known {
            position: stored.position,
            id: stored.id,
            kind: self.name(stored.event_type.as_str()),
            stream: self.name(stored.stream.as_str()),
            actor: metadata.as_ref().map(|it| self.name(it.actor.as_str())),
            day: metadata.as_ref().and_then(|it| it.occurred.day()),
            recorded: stored.recorded_at.day_in_japan(),
        };
        self.at = known.position;
        self.events.push(known);
    }

    fn name(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.names.get(text) {
            return Arc::clone(known);
        }
        let name: Arc<str> = Arc::from(text);
        self.names.insert(Arc::clone(&name));
        name
    }
}

/// How far apart events may stand in the log to be read at once.
const APART_MAX: u64 = 256;

/// The events at some positions, in the order of these.
///
/// # Errors
/// [`Failure`] when the log cannot be read, or has none there.
pub async fn events_at(
    store: &dyn EventStore,
    positions: &[Position],
) -> Result<Vec<StoredEvent>, Failure> {
    let mut order: Vec<(Position, usize)> = positions.iter().copied().zip(0_usize..).collect();
    order.sort_unstable();
    let mut found = Vec::with_capacity(order.len());
    let mut left = order.as_slice();
    while let Some((first, _)) = left.first() {
        let near = left.partition_point(|(at, _)| at.get().abs_diff(first.get()) < APART_MAX);
        let last = left.get(..near).and_then(<[_]>::last);
        let reach = last.map_or(0, |(last, _)| last.get().abs_diff(first.get()));
        let read = ReadAll {
            limit: usize::try_from(reach)
                .unwrap_or(usize::MAX)
                .saturating_add(1),
            ..ReadAll::one(*first)
        };
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let before = found.len();
        for stored in page.events.iter() {
            while let Some(((_, place), rest)) = left
                .split_first()
                .filter(|((at, _), _)| *at == stored.position)
            {
                found.push((*place, stored.clone()));
                left = rest;
            }
        }
        if found.len() == before {
            return Err(none_there(*first));
        }
    }
    found.sort_unstable_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, stored)| stored).collect())
}

/// The log does not hold what it held.
fn none_there(position: Position) -> Failure {
    Failure::failed(
        "DAMAGED",
        format!("位置{position}の記録を読めません。"),
        format!("the event at position {position} cannot be read"),
    )
    .hint(
        "`care-ledger verify` で確かめてください。",
        "run care-ledger verify",
    )
}
