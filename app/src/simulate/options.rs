//! What a simulated trial is asked for, and whether it can be played.

use chrono::Datelike as _;
use ledger_core::time::Day;

use super::PlayError;

/// The earliest month that can be played: preparation began then (paper, section 6).
const EARLIEST: (i32, u32) = (2021, 4);
/// The most persons of one play.
pub const CHILDREN_MAX: u32 = 20_000;
/// The most months of one play.
const MONTHS_MAX: i32 = 120;

/// What a simulated trial is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many persons are served; all else grows with them.
    pub children: u32,
    /// First day of the first month.
    pub from: Day,
    /// First day of the last month.
    pub to: Day,
    /// From which everything that varies follows.
    pub seed: u64,
}

impl Options {
    /// Checks it, `today` being the present day: what is recorded must not lie ahead.
    ///
    /// # Errors
    /// [`PlayError::Options`] with the option that is wrong.
    pub fn check(&self, today: Day) -> Result<(), PlayError> {
        self.check_range()?;
        if months(self.to) >= months(today) {
            return Err(PlayError::Options {
                field: "to",
                reason: "it has to be a month that is over",
            });
        }
        Ok(())
    }

    /// Checks what does not hang on the present day.
    pub(super) fn check_range(&self) -> Result<(), PlayError> {
        let wrong = |field, reason| Err(PlayError::Options { field, reason });
        if !(1..=CHILDREN_MAX).contains(&self.children) {
            return wrong("children", "it has to be from 1 to 20000");
        }
        if (self.from.year(), self.from.month()) < EARLIEST {
            return wrong("from", "it has to be 2021-04 or later");
        }
        if self.to < self.from {
            return wrong("to", "it has to be no month before --from");
        }
        if months(self.to).saturating_sub(months(self.from)) >= MONTHS_MAX {
            return wrong("to", "it has to be within ten years of --from");
        }
        Ok(())
    }
}

/// Months since year 0.
fn months(day: Day) -> i32 {
    let month = i32::try_from(day.month0()).unwrap_or(0);
    day.year().saturating_mul(12).saturating_add(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl Fn(&mut Options)) -> Option<&'static str> {
        let day = |text: &str| text.parse().unwrap();
        let mut options = Options {
            children: 180,
            from: day("2021-08-01"),
            to: day("2024-03-01"),
            seed: 1,
        };
        change(&mut options);
        match options.check(day("2024-04-30")) {
            Err(PlayError::Options { field, .. }) => Some(field),
            Err(other) => panic!("{other}"),
            Ok(()) => None,
        }
    }

    #[test]
    fn what_cannot_be_played_is_refused_by_its_option() {
        let day = |text: &str| text.parse::<Day>().unwrap();

        assert_eq!(refused(|_| {}), None);
        assert_eq!(refused(|it| it.children = 0), Some("children"));
        assert_eq!(refused(|it| it.children = 20_001), Some("children"));
        assert_eq!(refused(|it| it.from = day("2021-03-01")), Some("from"));
        assert_eq!(refused(|it| it.to = day("2021-07-01")), Some("to"));
        assert_eq!(refused(|it| it.to = day("2031-08-01")), Some("to"));
        assert_eq!(refused(|it| it.to = day("2024-04-01")), Some("to"));
    }
}
