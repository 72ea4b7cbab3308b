//! Positions of the log: compared with how far it goes, and found by a time of recording.

use ledger_core::id::Position;
use ledger_core::store::{Direction, EventStore, ReadAll};
use ledger_core::time::{Day, Timestamp};

use crate::failure::Failure;
use crate::fault::read_failure;

/// The position on one side of another; none before the first.
pub(super) fn next_to(at: Position, direction: Direction) -> Option<Position> {
    match direction {
        Direction::Forwards => Some(at.plus(1)),
        Direction::Backwards => {
            let before = at.get().checked_sub(1).filter(|one| *one > 0);
            before.map(Position::new)
        },
    }
}

/// A position that the ledger has reached.
///
/// # Errors
/// [`Failure`] where it lies behind `head`.
pub fn reached(
    position: Position,
    head: Position,
    option: &'static str,
) -> Result<Position, Failure> {
    if position > head {
        return Err(Failure::usage(
            "NO_SUCH_POSITION",
            format!("台帳はまだ位置{head}までです。"),
            format!("the ledger goes up to position {head}"),
        )
        .on(option));
    }
    Ok(position)
}

/// The last position recorded before a moment: positions and times of recording rise together.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn last_before(
    store: &dyn EventStore,
    moment: Timestamp,
    head: Position,
) -> Result<Position, Failure> {
    let (mut known, mut above) = (0_u64, head.get().saturating_add(1));
    while known.saturating_add(1) < above {
        let middle = known.midpoint(above);
        if recorded_at(store, middle).await? < moment {
            known = middle;
        } else {
            above = middle;
        }
    }
    Ok(Position::new(known))
}

/// The first position recorded on a day in Japan or later; none where nothing was.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn first_since(
    store: &dyn EventStore,
    day: Day,
    head: Position,
) -> Result<Option<Position>, Failure> {
    let Some(midnight) = day.and_hms_opt(0, 0, 0) else {
        return Ok(None);
    };
    let before = last_before(store, Timestamp::of_japan(midnight), head).await?;
    Ok((before < head).then(|| before.plus(1)))
}

/// The last position recorded on a day in Japan or earlier; none where nothing was.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn last_until(
    store: &dyn EventStore,
    day: Day,
    head: Position,
) -> Result<Option<Position>, Failure> {
    let midnight = day.succ_opt().and_then(|next| next.and_hms_opt(0, 0, 0));
    let last = match midnight {
        Some(midnight) => last_before(store, Timestamp::of_japan(midnight), head).await?,
        // No day comes after it.
        None => head,
    };
    Ok((last > Position::default()).then_some(last))
}

async fn recorded_at(store: &dyn EventStore, position: u64) -> Result<Timestamp, Failure> {
    let read = ReadAll {
        from: Some(Position::new(position)),
        limit: 1,
        ..ReadAll::after(Position::default())
    };
    let page = store.read_all(&read).await;
    let page = page.map_err(|error| read_failure(&error))?;
    let first = page.events.first().map(|event| event.recorded_at);
    first.ok_or_else(|| {
        Failure::failed(
            "DAMAGED",
            format!("位置{position}の記録を読めません。"),
            format!("the event at position {position} cannot be read"),
        )
    })
}
