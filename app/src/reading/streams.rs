//! Reads every stream of a kind without its personal text.

use ledger_core::event::Recorded;
use ledger_core::history::History;
use ledger_core::id::{Position, StreamName};
use ledger_core::store::{EventStore, Filter, ReadAll};

use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;

/// Reads the streams whose names begin so, as they stood at a position and with personal text closed,
/// in the order of their first events.
///
/// The place of a stream among them never changes, as the log only grows.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn histories(
    store: &dyn EventStore,
    prefix: &str,
    as_at: Position,
) -> Result<Vec<(StreamName, History)>, Failure> {
    let mut found: Vec<(StreamName, History)> = Vec::new();
    let mut read = ReadAll {
        filter: Filter::of_streams(prefix),
        ..ReadAll::after(Position::default())
    };
    loop {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            if stored.position > as_at {
                return Ok(found);
            }
            let recorded = Recorded::read(stored).map_err(|error| unreadable(&error))?;
            let history = of_stream(&mut found, &recorded.stream);
            if let Some(history) = history {
                history.push(recorded).map_err(|error| unreadable(&error))?;
            }
        }
        match page.next.map(Position::new) {
            Some(next) if next <= as_at => read.from = Some(next),
            Some(_) | None => return Ok(found),
        }
    }
}

fn of_stream<'h>(
    found: &'h mut Vec<(StreamName, History)>,
    stream: &StreamName,
) -> Option<&'h mut History> {
    let place = found.iter().position(|(known, _)| known == stream);
    let place = place.unwrap_or_else(|| {
        found.push((stream.clone(), History::default()));
        found.len().saturating_sub(1)
    });
    found.get_mut(place).map(|(_, history)| history)
}
