//! The other way round: in which indicators an event counts, or why it does not.

use std::sync::Arc;

use ledger_core::id::EventId;
use ledger_core::task::counting;
use serde::Serialize;

use super::basis::Basis;
use super::fact_set::FactSet;
use super::fold::Amount;
use super::measure::{Excluded, Measure};
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
        use_of(event, taken_back, &measure)
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
    let measures = indicators.map(|(indicator, scope)| basis.measure(indicator, scope));
    let measures: Vec<Arc<Measure>> = measures.collect();
    let measures = measures.iter();
    counting(|| {
        let uses = measures.filter_map(|measure| use_of(event, taken_back, measure));
        uses.collect()
    })
}

fn use_of(event: EventId, taken_back: Option<&'static str>, measure: &Measure) -> Option<Use> {
    let standing = match taken_back {
        Some(reason) => Some(Standing::Excluded { reason }),
        None => standing(event, measure),
    };
    Some(Use {
        indicator: measure.indicator,
        standing: standing?,
        value: measure.value.clone(),
    })
}

/// Why an event stands no longer.
fn taken_back(event: EventId, facts: &FactSet<'_>) -> Option<&'static str> {
    let stands = facts.all().iter().any(|fact| fact.event == event);
    if stands {
        return None;
    }
    let event = event.to_string();
    let is = |kind| !facts.about(kind, &event).is_empty();
    if is(Kind::Reassigned) {
        Some("reassigned")
    } else if is(Kind::Annulled) {
        Some("annulled")
    } else {
        None
    }
}

fn standing(event: EventId, measure: &Measure) -> Option<Standing> {
    let lines = measure.lines.iter().flat_map(|line| &line.counted);
    let own = || measure.counted.iter().filter(|one| one.event == event);
    if own().any(|one| one.hit) {
        return Some(Standing::Counted);
    }
    if own().next().is_some() {
        return Some(Standing::BelowTheLine);
    }
    let mut excluded = measure.excluded.iter();
    if let Some(Excluded { reason, .. }) = excluded.clone().find(|one| one.event == event) {
        return Some(Standing::Excluded { reason });
    }
    let mut all = measure.counted.iter().chain(lines);
    if all.any(|one| one.event == event || one.rests_on.contains(&event)) {
        return Some(Standing::Supports);
    }
    // By it something else is left out, which without it would count.
    let by_it = excluded.find(|one| one.rests_on.contains(&event))?;
    Some(Standing::Excluded {
        reason: by_it.reason,
    })
}
