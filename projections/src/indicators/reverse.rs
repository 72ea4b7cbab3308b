//! The other way round: in which indicators an event counts, or why it does not.

use std::collections::HashMap;

use ledger_core::id::EventId;
use serde::Serialize;

use super::basis::Basis;
use super::fact_set::FactSet;
use super::fold::Amount;
use super::measure::Measure;
use super::scope::Scope;
use super::table::{INDICATORS, Indicator};
use crate::facts::Kind;
use crate::settings::Settings;

/// How an event stands in an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Standing {
    /// It is counted, above the line.
    Counted,
    /// It is counted below the line alone.
    BelowTheLine,
    /// Something that is counted rests on it.
    Supports,
    /// It is left out, or something else is by it.
    Excluded {
        /// Why, as a code of [`super::REASONS`].
        reason: &'static str,
    },
}

/// An event in an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Use {
    /// The indicator.
    pub indicator: &'static str,
    /// How it stands there.
    pub standing: Standing,
    /// The indicator's value.
    pub value: Amount,
}

/// The indicators in which an event counts, supports what counts, or is left out; an event that was
/// annulled or moved is left out of all.
#[must_use]
pub fn indicators_of(
    event: EventId,
    facts: &FactSet<'_>,
    scope: Scope,
    settings: &Settings,
) -> Vec<Use> {
    let taken_back = taken_back(event, facts);
    let uses = INDICATORS.iter().filter_map(|indicator| {
        let measure = super::measure(indicator, facts, scope, settings);
        let standing = standings(&measure).remove(&event);
        use_of(taken_back, standing, &measure)
    });
    uses.collect()
}

/// The same of any indicators and figures, each with the scope in which it is measured; what was measured before
/// is not measured again.
#[must_use]
pub fn uses_of(
    event: EventId,
    basis: &Basis,
    indicators: impl Iterator<Item = (&'static Indicator, Scope)>,
) -> Vec<Use> {
    let taken_back = taken_back(event, &basis.facts());
    let uses = indicators.filter_map(|(indicator, scope)| {
        let (standing, measure) = basis.standing(event, indicator, scope);
        use_of(taken_back, standing, &measure)
    });
    uses.collect()
}

fn use_of(
    taken_back: Option<&'static str>,
    standing: Option<Standing>,
    measure: &Measure,
) -> Option<Use> {
    let taken_back = taken_back.map(|reason| Standing::Excluded { reason });
    Some(Use {
        indicator: measure.indicator,
        standing: taken_back.or(standing)?,
        value: measure.value.clone(),
    })
}

/// Why an event stands no longer.
fn taken_back(event: EventId, facts: &FactSet<'_>) -> Option<&'static str> {
    let id = event.to_string();
    let is = |kind| !facts.about(kind, &id).is_empty();
    let reason = if is(Kind::Reassigned) {
        "reassigned"
    } else if is(Kind::Annulled) {
        "annulled"
    } else {
        return None;
    };
    // What was annulled may stand again.
    let stands = facts.all().iter().any(|fact| fact.event == event);
    (!stands).then_some(reason)
}

/// How each event stands in an indicator in which it plays a part.
pub(super) fn standings(measure: &Measure) -> HashMap<EventId, Standing> {
    let mut standings = HashMap::new();
    for one in measure.counted.iter().filter(|one| one.hit) {
        standings.insert(one.event, Standing::Counted);
    }
    for one in &measure.counted {
        standings.entry(one.event).or_insert(Standing::BelowTheLine);
    }
    let left_out = |reason| Standing::Excluded { reason };
    for one in &measure.excluded {
        let standing = standings.entry(one.event);
        standing.or_insert_with(|| left_out(one.reason));
    }
    let lines = measure.lines.iter().flat_map(|line| &line.counted);
    for one in measure.counted.iter().chain(lines) {
        for event in one.rests_on.iter().chain([&one.event]) {
            standings.entry(*event).or_insert(Standing::Supports);
        }
    }
    // By these something else is left out, which without them would count.
    for one in &measure.excluded {
        for event in &one.rests_on {
            let standing = standings.entry(*event);
            standing.or_insert_with(|| left_out(one.reason));
        }
    }
    standings
}
