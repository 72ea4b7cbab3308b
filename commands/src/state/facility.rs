//! A facility that receives technical support.

use std::collections::{BTreeMap, HashSet};

use ledger_core::event::{Event, FacilityEvent, FacilityProfile};
use ledger_core::id::VisitId;
use ledger_core::time::FiscalYear;

use super::Happened;

/// A facility and the visits to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facility {
    /// What is known of it now; none before it is registered.
    pub profile: Option<FacilityProfile>,
    visits: HashSet<VisitId>,
    visits_by_year: BTreeMap<FiscalYear, u32>,
}

impl Facility {
    /// Whether a visit is recorded.
    #[must_use]
    pub fn has_visit(&self, id: VisitId) -> bool {
        self.visits.contains(&id)
    }

    /// Visits in a fiscal year so far.
    #[must_use]
    pub fn visits_in(&self, year: FiscalYear) -> u32 {
        self.visits_by_year.get(&year).copied().unwrap_or(0)
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Facility(event) = happened.event else {
            return;
        };
        match event {
            FacilityEvent::Registered(profile) | FacilityEvent::Changed(profile) => {
                self.profile = Some(profile.clone());
            },
            FacilityEvent::SupportGiven(given) => {
                self.visits.insert(given.visit);
                if let Some(day) = happened.occurred.day() {
                    let count = self.visits_by_year.entry(FiscalYear::of(day)).or_default();
                    *count = count.saturating_add(1);
                }
            },
            FacilityEvent::Enrolled(_)
            | FacilityEvent::Withdrawn(_)
            | FacilityEvent::VisitScheduled(_)
            | FacilityEvent::VisitCancelled(_)
            | FacilityEvent::ConfidenceSurveyed(_)
            | FacilityEvent::AcceptanceRecorded(_)
            | FacilityEvent::StaffingChanged(_) => {},
        }
    }
}
