//! What the figures would be under rules that are read otherwise than those in force.

use ledger_projections::indicators::{
    Contacts, DisasterPlans, Given, INDICATORS, Indicator, Measure, Plans, RESTING_ON_SERVICES,
    Reading, Rules, Trainees, Visits, measure_with,
};

/// An indicator under a reading that is not in force.
pub struct OtherReading {
    /// The indicator.
    pub indicator: &'static Indicator,
    /// As it is counted now, without its events.
    pub now: Measure,
    /// The other rule.
    pub rule: &'static str,
    /// As it would be counted by that, without them.
    pub other: Measure,
}

impl OtherReading {
    /// Whether the value is another.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.now.value != self.other.value
    }
}

/// Every indicator whose rule may be read otherwise, under each other reading, and those beside that come to something
/// else by it.
#[must_use]
pub fn other_readings(given: &Given<'_, '_>) -> Vec<OtherReading> {
    let families: [Vec<&'static str>; 5] = [
        Contacts::ALL.iter().map(|one| one.id()).collect(),
        Plans::ALL.iter().map(|one| one.id()).collect(),
        Visits::ALL.iter().map(|one| one.id()).collect(),
        Trainees::ALL.iter().map(|one| one.id()).collect(),
        DisasterPlans::ALL.iter().map(|one| one.id()).collect(),
    ];
    let held = given.rules;
    let mut others = Vec::new();
    for family in &families {
        let Some(first) = family.first() else {
            continue;
        };
        let is_own = |indicator: &Indicator| {
            indicator.rule == *first && indicator.reading == Reading::InForce
        };
        for indicator in INDICATORS {
            let rests_on_it = RESTING_ON_SERVICES.contains(&indicator.id);
            if !is_own(indicator) && !rests_on_it {
                continue;
            }
            let now = measure_with(indicator, given).without_events();
            for rule in family.iter().filter(|id| **id != held.in_force(first)) {
                let other = measure_with(indicator, &under(given, held.adopting(rule)));
                let reading = OtherReading {
                    indicator,
                    now: now.clone(),
                    rule,
                    other: other.without_events(),
                };
                if is_own(indicator) || reading.differs() {
                    others.push(reading);
                }
            }
        }
    }
    others
}

/// The same facts counted by other rules.
const fn under<'g, 'a>(given: &Given<'g, 'a>, rules: Rules) -> Given<'g, 'a> {
    Given {
        facts: given.facts,
        scope: given.scope,
        settings: given.settings,
        rules,
    }
}
