//! How much of a figure somebody sees: all of it, or, as the committee, nothing that gives a person away.

use std::borrow::Cow;
use std::sync::Arc;

use ledger_core::actor::Role;
use ledger_core::id::Position;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::committee::Materials;
use ledger_projections::indicators::{Amount, Change, Measure, Pack, PackEntry, Scope, is_of_few};
use ledger_projections::settings::Settings;

use super::{families, meeting_cards, settings_at};
use crate::failure::Failure;
use crate::rights::reads_all;
use crate::wiring::OpenLedger;

/// Fewest units of a figure whose breakdown the committee sees.
const FEWEST: i64 = 5;

/// Indicators whose lists hold events of who opened what.
const OF_ACCESSES: [&str; 2] = ["I-6", "I-9"];

/// What may be seen.
pub enum Sight {
    /// Every list and every breakdown.
    Whole,
    /// The same without lists that tell who opened what.
    WithoutAccesses,
    /// Values, and breakdowns of five or more as at a meeting's frozen materials; the lists of two
    /// days or positions of one's own choice would tell by their difference who came.
    Committee {
        /// The materials that were frozen for meetings.
        frozen: Vec<Materials>,
        /// The settings as they stand, which say whether figures about few are told.
        settings: Arc<Settings>,
    },
}

impl Sight {
    /// What the account in whose name the ledger is open may see.
    ///
    /// # Errors
    /// [`Failure`] when the committee's meetings cannot be read.
    pub async fn of(open: &OpenLedger) -> Result<Self, Failure> {
        Self::in_role(open.role, open).await
    }

    /// What somebody in a role may see.
    ///
    /// # Errors
    /// [`Failure`] when the committee's meetings cannot be read.
    pub async fn in_role(role: Role, open: &OpenLedger) -> Result<Self, Failure> {
        if role == Role::Committee {
            return Ok(Self::Committee {
                frozen: frozen(open).await?,
                settings: settings_at(open, None).await?,
            });
        }
        if reads_all(role) {
            return Ok(Self::Whole);
        }
        Ok(Self::WithoutAccesses)
    }

    /// That figures are asked for as everybody is shown them: by the difference of two days or positions of one's own
    /// choice any figure tells of single persons (decision record 10).
    ///
    /// # Errors
    /// [`Failure`] where the committee asks for a day that is no year's end, or a position, of which no meeting's
    /// materials were frozen.
    pub fn may_look(&self, on: Option<Day>, as_at: Option<Position>) -> Result<(), Failure> {
        let Self::Committee { frozen, .. } = self else {
            return Ok(());
        };
        let ends_a_year = |day: Day| FiscalYear::of(day).last_day() == day;
        let fits = |it: &Materials| {
            as_at.is_none_or(|at| it.as_at == at)
                && on.is_none_or(|day| it.on_day == day || ends_a_year(day))
        };
        let is_present = as_at.is_none() && on.is_none_or(ends_a_year);
        if is_present || frozen.iter().any(fits) {
            return Ok(());
        }
        Err(Failure::refused(
            "NOT_AS_SHOWN",
            "運営委員会のアカウントでは、年度末と、会議の資料として確定した基準日・位置だけを選べます（差から個人が分かるのを防ぐため）。",
            "the committee sees figures at a year's end, or on the day and at the position of a meeting's frozen materials",
        )
        .hint(
            "日と位置を指定しなければ、いまの数を示します。",
            "without a day and a position the figures are those of today",
        ))
    }

    /// Whether lists and events may be seen; of an indicator [`Self::lists`] says it.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        !matches!(self, Self::Committee { .. })
    }

    /// Whether the events that an indicator counts may be seen.
    #[must_use]
    pub fn lists(&self, indicator: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::WithoutAccesses => !OF_ACCESSES.contains(&indicator),
            Self::Committee { .. } => false,
        }
    }

    /// Whether a value is not told, as it tells of few persons.
    #[must_use]
    pub fn hides(&self, indicator: &str, value: &Amount) -> bool {
        match self {
            Self::Whole | Self::WithoutAccesses => false,
            Self::Committee { settings, .. } => is_of_few(indicator, value, settings),
        }
    }

    /// What may be seen of a measured indicator.
    #[must_use]
    pub fn of_measure<'m>(
        &self,
        measure: &'m Measure,
        scope: Scope,
        as_at: Position,
    ) -> Cow<'m, Measure> {
        if self.lists(measure.indicator) {
            return Cow::Borrowed(measure);
        }
        let mut seen = measure.without_events();
        if !self.was_shown(scope, as_at) {
            seen.lines.clear();
        }
        self.keep_open(measure.indicator, measure.n, &mut seen.lines, |line| {
            (&line.key, &line.value)
        });
        let lines = seen.lines.iter_mut().map(|line| &mut line.value);
        self.leave_longest_out([&mut seen.value].into_iter().chain(lines));
        Cow::Owned(seen)
    }

    /// What may be seen of why a figure changed.
    #[must_use]
    pub fn of_change(&self, mut change: Change) -> Change {
        if self.lists(change.indicator) {
            return change;
        }
        self.leave_longest_out([&mut change.before, &mut change.after]);
        Change {
            causes: Vec::new(),
            ..change
        }
    }

    /// What may be seen of a meeting's figures.
    #[must_use]
    pub fn of_pack(&self, mut pack: Pack) -> Pack {
        let scope = Scope {
            year: pack.fiscal_year,
            day: pack.day,
        };
        let was_shown = self.is_whole() || self.was_shown(scope, pack.as_at);
        pack.figures
            .retain(|entry| !self.hides(&entry.indicator, &entry.value));
        for entry in &mut pack.figures {
            if !was_shown {
                entry.lines.clear();
            }
            self.close(entry);
        }
        pack
    }

    /// Leaves out of a figure of a meeting's materials the rows that may not be seen.
    pub fn close(&self, entry: &mut PackEntry) {
        let (figure, n) = (entry.indicator.clone(), entry.n);
        self.keep_open(&figure, n, &mut entry.lines, |line| {
            (&line.key, &line.value)
        });
        let lines = entry.lines.iter_mut().map(|line| &mut line.value);
        self.leave_longest_out([&mut entry.value].into_iter().chain(lines));
    }

    /// The committee is told no 90th percentile of so few that it is the longest wait.
    fn leave_longest_out<'a>(&self, values: impl IntoIterator<Item = &'a mut Amount>) {
        if !self.is_whole() {
            values.into_iter().for_each(Amount::leave_longest_out);
        }
    }

    /// Leaves out the rows of a breakdown that may not be seen even where a meeting was shown it: those of few, and
    /// whole families of rows in which one tells of few.
    fn keep_open<T>(
        &self,
        figure: &str,
        n: i64,
        rows: &mut Vec<T>,
        told: impl Fn(&T) -> (&str, &Amount),
    ) {
        if self.hides_lines(n) {
            rows.clear();
        } else if !self.is_whole() {
            families::keep_open(figure, rows, told);
        }
    }

    /// Whether the breakdown of so few stays closed even in a meeting's figures.
    #[must_use]
    pub const fn hides_lines(&self, n: i64) -> bool {
        !self.is_whole() && n < FEWEST
    }

    /// Whether a breakdown may be seen as it was then: by the committee as a meeting was shown it.
    #[must_use]
    pub fn was_shown(&self, scope: Scope, as_at: Position) -> bool {
        let Self::Committee { frozen, .. } = self else {
            return true;
        };
        let same = |it: &Materials| {
            (it.fiscal_year, it.on_day, it.as_at) == (scope.year, scope.day, as_at)
        };
        frozen.iter().any(same)
    }
}

/// The materials that were frozen for meetings.
///
/// # Errors
/// [`Failure`] when the committee's meetings cannot be read.
pub async fn frozen(open: &OpenLedger) -> Result<Vec<Materials>, Failure> {
    let cards = meeting_cards(open).await?.into_iter();
    Ok(cards.filter_map(|card| card.materials).collect())
}
