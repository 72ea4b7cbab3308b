//! Live: one facility that receives technical support (施設への技術支援), folded from its stream as it
//! stood at the end of a day: the years in which it takes part, its visits, surveys and acceptances.

mod grid;
#[cfg(test)]
mod tests;
mod visits;

pub use grid::{Account, AgainstPlan, GridRow, SupportGrid, VISITS_A_YEAR, support_grid};
pub use visits::{Visit, VisitState};

use std::collections::BTreeMap;

use ledger_core::code::{Acceptance, Area, CareProcedure, FacilityKind, SurveyPhase};
use ledger_core::event::{
    AcceptanceRecorded, ConfidenceSurveyed, Event, FacilityEvent, FacilityProfile,
};
use ledger_core::history::{Entry, History};
use ledger_core::id::{EventId, FacilityId};
use ledger_core::time::{Day, FiscalYear};
use serde::Serialize;

use crate::card::{by, readable};

/// A facility and what the centre does for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacilityCard {
    /// The facility.
    pub facility: FacilityId,
    /// Register number.
    pub number: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Kind.
    pub kind: Option<FacilityKind>,
    /// Area.
    pub area: Option<Area>,
    /// Its nurses and the care that it can give, where it was told.
    pub staffing: Option<Staffing>,
    /// The years in which it takes part.
    pub enrolments: Vec<Enrolment>,
    /// Its visits, by their days.
    pub visits: Vec<Visit>,
    /// What its nurses said of themselves, in order.
    pub surveys: Vec<Survey>,
    /// Whom it took on, or did not, in order.
    pub acceptances: Vec<AcceptanceView>,
}

/// A facility's nurses and the care that it can give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Staffing {
    /// Day on which it was so.
    pub told_on: Option<Day>,
    /// Nurses, in hundredths of a full-time post.
    pub nurse_fte_hundredths: u32,
    /// Daily medical care that it can give.
    pub procedures: Vec<CareProcedure>,
}

/// A year in which a facility takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Enrolment {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// Day on which it withdrew.
    pub withdrawn_on: Option<Day>,
}

/// How sure a facility's nurses were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Survey {
    /// The day.
    pub on: Option<Day>,
    /// Before or after the support.
    pub phase: SurveyPhase,
    /// Of which procedure; none: over all.
    pub procedure: Option<CareProcedure>,
    /// 1 to 5.
    pub confidence: u32,
    /// How alone they feel, 1 to 5.
    pub isolation: Option<u32>,
    /// In their words, where they can be read.
    pub note: Option<String>,
    /// The event.
    pub event: EventId,
}

/// A child that a facility took on, or did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptanceView {
    /// The day.
    pub on: Option<Day>,
    /// Which.
    pub outcome: Acceptance,
    /// The care that the child needs.
    pub procedures: Vec<CareProcedure>,
    /// Why, where it can be read.
    pub reason: Option<String>,
    /// The event.
    pub event: EventId,
}

impl FacilityCard {
    /// What it is called: its name, else its number, else its id.
    #[must_use]
    pub fn called(&self) -> String {
        let named = self.name.clone().or_else(|| self.number.clone());
        named.unwrap_or_else(|| self.facility.to_string())
    }

    /// The enrolment of a year.
    #[must_use]
    pub fn enrolment(&self, year: FiscalYear) -> Option<&Enrolment> {
        let mut all = self.enrolments.iter();
        all.find(|one| one.fiscal_year == year)
    }

    /// The visits of a year, by their days.
    pub fn visits_in(&self, year: FiscalYear) -> impl Iterator<Item = &Visit> {
        let all = self.visits.iter();
        all.filter(move |visit| visit.year() == Some(year))
    }
}

/// Folds a facility's history as it stood at the end of a day; none before it was registered.
#[must_use]
pub fn facility_card(history: &History, on: Day) -> Option<FacilityCard> {
    let mut profile: Option<&FacilityProfile> = None;
    let mut staffing = None;
    let mut enrolments = BTreeMap::new();
    let mut visits = visits::Visits::default();
    let (mut surveys, mut acceptances) = (Vec::new(), Vec::new());
    for entry in by(history, on) {
        let Event::Facility(event) = entry.event() else {
            continue;
        };
        match event {
            FacilityEvent::Registered(known) | FacilityEvent::Changed(known) => {
                profile = Some(known);
            },
            FacilityEvent::Enrolled(enrolled) => {
                enrolments.insert(enrolled.fiscal_year, None);
            },
            FacilityEvent::Withdrawn(_) => withdraw(&mut enrolments, entry.day()),
            FacilityEvent::VisitScheduled(scheduled) => visits.schedule(scheduled, entry, on),
            FacilityEvent::VisitCancelled(cancelled) => visits.cancel(cancelled),
            FacilityEvent::SupportGiven(given) => visits.give(given, entry),
            FacilityEvent::ConfidenceSurveyed(surveyed) => surveys.push(survey(surveyed, entry)),
            FacilityEvent::AcceptanceRecorded(recorded) => {
                acceptances.push(acceptance(recorded, entry));
            },
            FacilityEvent::StaffingChanged(changed) => {
                staffing = Some(Staffing {
                    told_on: entry.day(),
                    nurse_fte_hundredths: changed.nurse_fte_hundredths,
                    procedures: changed.procedures.clone(),
                });
            },
        }
    }
    let profile = profile?;
    let enrolments = enrolments.into_iter();
    let enrolments = enrolments.map(|(fiscal_year, withdrawn_on)| Enrolment {
        fiscal_year,
        withdrawn_on,
    });
    Some(FacilityCard {
        facility: profile.facility,
        number: profile.number.clone(),
        name: profile.name.clone(),
        kind: profile.kind,
        area: profile.area,
        staffing,
        enrolments: enrolments.collect(),
        visits: visits.in_order(),
        surveys,
        acceptances,
    })
}

/// Who withdraws takes part no longer in that year and in those after it.
fn withdraw(enrolments: &mut BTreeMap<FiscalYear, Option<Day>>, on: Option<Day>) {
    let Some(on) = on else { return };
    for (_, withdrawn) in enrolments.range_mut(FiscalYear::of(on)..) {
        *withdrawn = Some(withdrawn.map_or(on, |before: Day| before.min(on)));
    }
}

fn survey(surveyed: &ConfidenceSurveyed, entry: &Entry) -> Survey {
    Survey {
        on: entry.day(),
        phase: surveyed.phase,
        procedure: surveyed.procedure,
        confidence: surveyed.confidence,
        isolation: surveyed.isolation,
        note: readable(&surveyed.note),
        event: entry.recorded.id,
    }
}

fn acceptance(recorded: &AcceptanceRecorded, entry: &Entry) -> AcceptanceView {
    AcceptanceView {
        on: entry.day(),
        outcome: recorded.outcome,
        procedures: recorded.procedures.clone(),
        reason: readable(&recorded.reason),
        event: entry.recorded.id,
    }
}
