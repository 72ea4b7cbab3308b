//! The indicators A–J of the committee's audit views: each a pure fold of facts read in one scan.
//!
//! A figure is a fold of its own list, so that a value and the events behind it cannot disagree. To
//! add one: a function in its group's file and an entry in the table.

pub(crate) mod a_contacts;
pub(crate) mod a_volume;
mod b_timeliness;
pub mod boards;
mod c_referrals;
mod changed;
mod cross;
pub(crate) mod d_disaster;
pub(crate) mod e_reach;
mod f_facilities;
mod fact_set;
mod fold;
mod g_family;
mod given;
mod h_money;
mod i_trust;
mod j_follow_through;
mod measure;
mod pack;
mod people;
mod reason;
mod reverse;
mod rule_words;
mod rules;
mod scope;
mod shape;
mod table;
mod target;
mod trials;
mod window;

#[cfg(test)]
mod tests;

pub use changed::{
    Cause, CauseKind, Change, ChangedPart, change_of, changed_between, changed_since,
};
pub use cross::cross;
pub use e_reach::{DIMENSIONS, rank};
pub use fact_set::FactSet;
pub(crate) use fact_set::{first, last, until};
pub use fold::{Amount, Fold, RATE_MIN, folded};
pub use given::Given;
pub(crate) use given::code;
pub(crate) use measure::Measured;
pub use measure::{Counted, Excluded, Line, Measure};
pub use pack::{Pack, PackEntry, PackError, PackLine, pack, pack_of};
pub use people::{Person, people_on};
pub use reason::{REASONS, Reason};
pub use reverse::{Standing, Use, indicators_of};
pub use rule_words::{RULES, RuleWords, rule_words};
pub use rules::{Contacts, DisasterPlans, Persons, Plans, Rules, Trainees, Visits};
pub(crate) use scope::days_between;
pub use scope::{Period, Scope};
pub use table::{INDICATORS, Indicator, Reading, find};
pub use target::{Achievement, Band, EXPANDING_JA, Target};

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::facts::{Kind, Versions};
use crate::figures::FiguresError;
use crate::settings::Settings;
use crate::views::Views;

/// Measures an indicator under the counting rules that hold, a figure under the first of each family.
#[must_use]
pub fn measure(
    indicator: &Indicator,
    facts: &FactSet<'_>,
    scope: Scope,
    settings: &Settings,
) -> Measure {
    let given = Given {
        facts,
        scope,
        settings,
        rules: match indicator.reading {
            Reading::InForce => Rules::of(settings),
            Reading::First => Rules::default(),
        },
    };
    measure_with(indicator, &given)
}

/// Measures an indicator under given counting rules.
#[must_use]
pub fn measure_with(indicator: &Indicator, given: &Given<'_, '_>) -> Measure {
    let measured = (indicator.measure)(given);
    let value = measured.value();
    let target = indicator.service;
    let target = target.map(|service| Target::of(given.settings, service, given.scope.year));
    let achievement = target
        .zip(value.count())
        .and_then(|(target, actual)| Achievement::of(actual, target, given.settings, given.scope));
    let rule = match indicator.reading {
        Reading::InForce => given.rules.in_force(indicator.rule),
        Reading::First => indicator.rule,
    };
    Measure {
        indicator: indicator.id,
        rule: rule.to_owned(),
        n: fold::units(measured.counted.iter()),
        denominator: fold::denominator(&value),
        value,
        fold: measured.fold,
        target,
        achievement,
        counted: measured.counted,
        excluded: measured.excluded,
        lines: measured.lines,
    }
}

/// Facts and settings as they stood at a position, with which every indicator is measured.
#[derive(Clone, Debug)]
pub struct Basis {
    /// The facts.
    pub versions: Versions,
    /// The settings.
    pub settings: Settings,
    /// The position; of what stands now the newest.
    pub as_at: Position,
}

impl Basis {
    /// Reads facts and settings as they stood at a position, or as they stand; the views must have
    /// been brought forward before.
    ///
    /// # Errors
    /// [`FiguresError`] when the views or the log cannot be read.
    pub async fn read(
        store: &dyn EventStore,
        views: &Views,
        as_at: Option<Position>,
    ) -> Result<Self, FiguresError> {
        let at = as_at.unwrap_or(Position::from_i64(i64::MAX));
        let versions = Versions::between(views, at, at, Kind::ALL).await?;
        let settings = Settings::read(store, as_at).await?;
        let newest = versions.facts.iter().map(|fact| fact.from).max();
        Ok(Self {
            versions,
            settings,
            as_at: as_at.or(newest).unwrap_or_default(),
        })
    }

    /// The facts in memory.
    #[must_use]
    pub fn facts(&self) -> FactSet<'_> {
        FactSet::new(&self.versions.facts)
    }

    /// Measures one indicator.
    #[must_use]
    pub fn measure(&self, indicator: &Indicator, scope: Scope) -> Measure {
        measure(indicator, &self.facts(), scope, &self.settings)
    }

    /// Measures every indicator.
    #[must_use]
    pub fn measure_all(&self, scope: Scope) -> Vec<Measure> {
        let facts = self.facts();
        let all = INDICATORS.iter();
        all.map(|indicator| measure(indicator, &facts, scope, &self.settings))
            .collect()
    }
}
