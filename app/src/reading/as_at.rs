//! The ledger as it stood, by a position or by a time of recording.

use std::str::FromStr;

use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::{Timestamp, parse_day};

use super::{last_before, reached};
use crate::failure::Failure;
use crate::fault::read_failure;

/// What was known: up to a position, or up to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsAt {
    /// Up to this position.
    Position(Position),
    /// What had been recorded before this moment.
    Before(Timestamp),
}

impl FromStr for AsAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(position) = text.parse::<u64>() {
            return Ok(Self::Position(Position::new(position)));
        }
        if let Ok(moment) = text.parse::<Timestamp>() {
            // What was recorded at that very moment is known, too.
            let next = Timestamp::from_micros(moment.micros().saturating_add(1));
            return next.map(Self::Before).map_err(|error| error.to_string());
        }
        let day = parse_day(text).map_err(|error| error.to_string())?.day;
        let next = day.succ_opt().and_then(|next| next.and_hms_opt(0, 0, 0));
        next.map(|next| Self::Before(Timestamp::of_japan(next)))
            .ok_or_else(|| "no such day".to_owned())
    }
}

impl AsAt {
    /// The position of the last event that was known then.
    ///
    /// # Errors
    /// [`Failure`] when the log does not go so far or cannot be read.
    pub async fn position(self, store: &dyn EventStore) -> Result<Position, Failure> {
        let head = store.head().await.map_err(|error| read_failure(&error))?;
        self.position_in(store, head.position, "--as-at").await
    }

    /// The same in a log that is read up to a position only; `option` is where the moment was given.
    ///
    /// # Errors
    /// [`Failure`] when the moment lies behind that position, or the log cannot be read.
    pub async fn position_in(
        self,
        store: &dyn EventStore,
        head: Position,
        option: &'static str,
    ) -> Result<Position, Failure> {
        match self {
            Self::Position(position) => reached(position, head, option),
            Self::Before(moment) => last_before(store, moment, head).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> AsAt {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_is_a_position_and_a_day_goes_to_its_end_in_japan() {
        assert_eq!(parsed("5000"), AsAt::Position(Position::new(5_000)));
        let midnight = "2022-03-31T15:00:00Z".parse().unwrap();
        assert_eq!(parsed("R4.3.31"), AsAt::Before(midnight));
        assert_eq!(parsed("2022-03-31"), AsAt::Before(midnight));
        let just_after = "2022-03-31T14:00:00.000001Z".parse().unwrap();
        assert_eq!(
            parsed("2022-03-31T23:00:00+09:00"),
            AsAt::Before(just_after)
        );
        assert!("someday".parse::<AsAt>().is_err());
    }
}
