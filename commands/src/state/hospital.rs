//! Stays in hospital, from the admission to the discharge.

use std::collections::BTreeMap;

use ledger_core::event::HospitalEvent;
use ledger_core::id::HospitalStayId;
use ledger_core::time::Day;

use super::{Happened, Step};

/// A stay in hospital.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HospitalStay {
    /// When it began, or became known.
    pub started: Step,
    /// When the hospital last told of a coming discharge.
    pub notice: Option<Step>,
    /// When the day of discharge was last set.
    pub date_set: Option<Step>,
    /// The day on which the discharge is planned.
    pub planned_on: Option<Day>,
    /// When the person left.
    pub ended: Option<Step>,
}

impl HospitalStay {
    const fn new(started: Step) -> Self {
        Self {
            started,
            notice: None,
            date_set: None,
            planned_on: None,
            ended: None,
        }
    }

    /// Whether the person is still there.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    fn later_days(&self) -> impl Iterator<Item = Day> {
        let steps = [self.notice, self.date_set, self.ended].into_iter();
        steps.flatten().filter_map(|step| step.day())
    }

    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        self.later_days().chain(self.started.day()).max()
    }

    /// Whether nothing of it, planned or done, lies before the admission.
    pub(crate) fn is_orderly(&self) -> bool {
        let first = self.later_days().chain(self.planned_on).min();
        first.is_none_or(|day| self.started.day() <= Some(day))
    }
}

/// A person's stays in hospital.
pub(super) type HospitalStays = BTreeMap<HospitalStayId, HospitalStay>;

/// Takes an event in; a step of a stay that does not stand changes nothing.
pub(super) fn evolve(stays: &mut HospitalStays, event: &HospitalEvent, happened: &Happened<'_>) {
    let step = happened.step();
    if let HospitalEvent::Started(started) = event {
        stays.insert(started.stay, HospitalStay::new(step));
        return;
    }
    let Some(stay) = stays.get_mut(&event.stay()) else {
        return;
    };
    match event {
        HospitalEvent::Started(_) => {},
        HospitalEvent::NoticeReceived(notice) => {
            stay.notice = Some(step);
            stay.planned_on = notice.planned_on.or(stay.planned_on);
        },
        HospitalEvent::DateSet(set) => {
            stay.date_set = Some(step);
            stay.planned_on = Some(set.planned_on);
        },
    }
}

/// A discharge ends the stay that was going on; one before the admission was another stay's.
pub(super) fn discharged(stays: &mut HospitalStays, step: Step) {
    let follows = |stay: &HospitalStay| step.day().is_none() || stay.started.day() <= step.day();
    let mut stays = stays.values_mut();
    if let Some(stay) = stays.find(|stay| stay.is_open() && follows(stay)) {
        stay.ended = Some(step);
    }
}
