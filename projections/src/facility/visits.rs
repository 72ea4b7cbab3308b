//! Visits to a facility, from their arrangement to what was done.

use std::collections::HashMap;

use ledger_core::code::VisitStaff;
use ledger_core::event::{SupportGiven, SupportVisitCancelled, SupportVisitScheduled};
use ledger_core::history::Entry;
use ledger_core::id::{EventId, VisitId};
use ledger_core::time::{Day, FiscalYear};
use serde::Serialize;

use crate::card::readable;

/// How far a visit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitState {
    /// It was given.
    Done,
    /// It is arranged for a day that has not passed.
    Scheduled,
    /// Its day passed and nobody recorded it.
    Missed,
    /// It was cancelled.
    Cancelled,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// The visit.
    pub visit: VisitId,
    /// How far it has come.
    pub state: VisitState,
    /// The day on which it was given, or for which it is arranged.
    pub on: Option<Day>,
    /// The day for which it was arranged, where it was.
    pub planned_on: Option<Day>,
    /// Who of the centre visits.
    pub staff_kind: Option<VisitStaff>,
    /// How long it took.
    pub duration_minutes: Option<u32>,
    /// What was done, or what for, where it can be read.
    pub content: Option<String>,
    /// The event that says so.
    pub event: EventId,
}

impl Visit {
    /// The fiscal year in which it lies.
    #[must_use]
    pub fn year(&self) -> Option<FiscalYear> {
        self.on.map(FiscalYear::of)
    }
}

/// The visits so far, in the order in which they became known.
#[derive(Debug, Default)]
pub(super) struct Visits {
    visits: Vec<Visit>,
    places: HashMap<VisitId, usize>,
}

impl Visits {
    pub(super) fn schedule(&mut self, scheduled: &SupportVisitScheduled, entry: &Entry, on: Day) {
        let state = if scheduled.planned_on < on {
            VisitState::Missed
        } else {
            VisitState::Scheduled
        };
        self.put(Visit {
            visit: scheduled.visit,
            state,
            on: Some(scheduled.planned_on),
            planned_on: Some(scheduled.planned_on),
            staff_kind: scheduled.staff_kind,
            duration_minutes: None,
            content: readable(&scheduled.note),
            event: entry.recorded.id,
        });
    }

    pub(super) fn cancel(&mut self, cancelled: &SupportVisitCancelled) {
        let place = self.places.get(&cancelled.visit);
        let visit = place.and_then(|place| self.visits.get_mut(*place));
        if let Some(visit) = visit.filter(|visit| visit.state != VisitState::Done) {
            visit.state = VisitState::Cancelled;
        }
    }

    pub(super) fn give(&mut self, given: &SupportGiven, entry: &Entry) {
        let place = self.places.get(&given.visit);
        let arranged = place.and_then(|place| self.visits.get(*place));
        let planned_on = arranged.and_then(|visit| visit.planned_on);
        let staff_kind = arranged.and_then(|visit| visit.staff_kind);
        self.put(Visit {
            visit: given.visit,
            state: VisitState::Done,
            on: entry.day(),
            planned_on,
            staff_kind: given.staff_kind.or(staff_kind),
            duration_minutes: given.duration_minutes,
            content: readable(&given.content),
            event: entry.recorded.id,
        });
    }

    fn put(&mut self, visit: Visit) {
        let place = self.places.get(&visit.visit);
        if let Some(known) = place.and_then(|place| self.visits.get_mut(*place)) {
            *known = visit;
        } else {
            self.places.insert(visit.visit, self.visits.len());
            self.visits.push(visit);
        }
    }

    /// Every visit by its day; those without a day last.
    pub(super) fn in_order(mut self) -> Vec<Visit> {
        self.visits
            .sort_by_key(|visit| (visit.on.is_none(), visit.on));
        self.visits
    }
}
