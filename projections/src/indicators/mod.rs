//! The indicators A–J of the committee's audit views: each a pure fold of facts read in one scan.
//!
//! A figure is a fold of its own list, so that a value and the events behind it cannot disagree. To
//! add one: a function in its group's file and an entry in the table.

pub(crate) mod a_contacts;
pub(crate) mod a_volume;
mod b_timeliness;
mod basis;
pub mod boards;
mod c_referrals;
mod changed;
mod cross;
pub(crate) mod d_disaster;
pub(crate) mod e_reach;
mod f_facilities;
mod fact_index;
mod fact_set;
mod few;
mod fold;
mod g_family;
mod given;
mod h_money;
mod i_trust;
mod indexed;
mod j_follow_through;
mod kept;
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

pub use basis::Basis;
pub use changed::{Cause, CauseKind, Change, ChangedPart, changed_between, changed_of, differs};
pub use cross::cross;
pub use e_reach::{DIMENSIONS, rank};
pub use fact_set::FactSet;
pub(crate) use fact_set::{first, last, until};
pub use few::is_of_few;
pub use fold::{Amount, Fold, RATE_MIN, folded};
pub use given::Given;
pub(crate) use given::code;
pub use indexed::Indexed;
pub(crate) use measure::Measured;
pub use measure::{Counted, Excluded, Line, Measure};
pub use pack::{Pack, PackEntry, PackError, PackLine, pack, pack_of};
pub use people::{Person, people_on};
pub use reason::{REASONS, Reason};
pub use reverse::{Standing, Use, indicators_of, uses_of};
pub use rule_words::{RULES, RuleWords, rule_words};
pub use rules::{
    Contacts, DisasterPlans, FewPersons, Persons, Plans, RESTING_ON_SERVICES, Rules, Trainees,
    Visits,
};
pub(crate) use scope::days_between;
pub use scope::{Period, Scope};
pub use table::{INDICATORS, Indicator, Reading, find};
pub use target::{Achievement, Band, EXPANDING_JA, Target};

use crate::settings::Settings;

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
