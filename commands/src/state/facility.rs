//! A facility that receives technical support.

use std::collections::{BTreeMap, HashMap, HashSet};

use ledger_core::event::{Event, FacilityEvent, FacilityProfile, FacilityStaffingChanged};
use ledger_core::id::{SurveyId, VisitId};
use ledger_core::time::{Day, FiscalYear};

use super::Happened;

/// A facility, the years in which it takes part, and the visits to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facility {
    /// What is known of it now; none before it is registered.
    pub profile: Option<FacilityProfile>,
    /// Its nurses and the care that it can give, as last told.
    pub staffing: Option<FacilityStaffingChanged>,
    /// The years in which it takes part, each with the day on which it withdrew.
    enrolments: BTreeMap<FiscalYear, Option<Day>>,
    scheduled: HashMap<VisitId, Day>,
    cancelled: HashSet<VisitId>,
    surveys: HashSet<SurveyId>,
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

    /// Whether it takes part in a fiscal year to its end.
    #[must_use]
    pub fn is_enrolled(&self, year: FiscalYear) -> bool {
        self.enrolments.get(&year).is_some_and(Option::is_none)
    }

    /// Whether it takes part on a day; on the day of its withdrawal it still does.
    #[must_use]
    pub fn takes_part_on(&self, day: Day) -> bool {
        let enrolment = self.enrolments.get(&FiscalYear::of(day));
        enrolment.is_some_and(|withdrawn| withdrawn.is_none_or(|since| day <= since))
    }

    /// The day for which a visit is arranged that was neither done nor cancelled.
    #[must_use]
    pub fn scheduled(&self, id: VisitId) -> Option<Day> {
        self.scheduled.get(&id).copied()
    }

    /// Whether an arranged visit was cancelled.
    #[must_use]
    pub fn was_cancelled(&self, id: VisitId) -> bool {
        self.cancelled.contains(&id)
    }

    /// Whether a survey is recorded.
    #[must_use]
    pub fn has_survey(&self, id: SurveyId) -> bool {
        self.surveys.contains(&id)
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
                self.scheduled.remove(&given.visit);
                if let Some(day) = happened.occurred.day() {
                    let count = self.visits_by_year.entry(FiscalYear::of(day)).or_default();
                    *count = count.saturating_add(1);
                }
            },
            FacilityEvent::Enrolled(enrolled) => {
                self.enrolments.insert(enrolled.fiscal_year, None);
            },
            FacilityEvent::Withdrawn(_) => {
                if let Some(day) = happened.occurred.day() {
                    self.withdraw(day);
                }
            },
            FacilityEvent::VisitScheduled(scheduled) => {
                self.scheduled.insert(scheduled.visit, scheduled.planned_on);
            },
            FacilityEvent::VisitCancelled(cancelled) => {
                self.scheduled.remove(&cancelled.visit);
                self.cancelled.insert(cancelled.visit);
            },
            FacilityEvent::ConfidenceSurveyed(surveyed) => {
                self.surveys.insert(surveyed.survey);
            },
            FacilityEvent::StaffingChanged(staffing) => self.staffing = Some(staffing.clone()),
            // Every acceptance stands for itself.
            FacilityEvent::AcceptanceRecorded(_) => {},
        }
    }

    fn withdraw(&mut self, day: Day) {
        for (_, withdrawn) in self.enrolments.range_mut(FiscalYear::of(day)..) {
            *withdrawn = Some(withdrawn.map_or(day, |before| before.min(day)));
        }
    }
}
