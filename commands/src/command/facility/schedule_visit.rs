//! Arranges a visit for technical support to a facility.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::VisitStaff;
use ledger_core::event::{Draft, FacilityEvent, SupportVisitScheduled};
use ledger_core::id::{FacilityId, LedgerId, StreamName, VisitId};
use ledger_core::time::{Day, Occurred};

use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Facility;

/// Arranges a visit for technical support to a facility.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleVisit {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The visit's new id; the visit, once done, is recorded under it.
    pub visit: VisitId,
    /// The day of the visit.
    pub planned_on: Day,
    /// Who of the centre is to visit.
    #[serde(default)]
    pub staff_kind: Option<VisitStaff>,
    /// What for.
    #[serde(default)]
    pub note: Option<String>,
}

impl Single for ScheduleVisit {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        let recorded = facility.has_visit(self.visit)
            || facility.scheduled(self.visit).is_some()
            || facility.was_cancelled(self.visit);
        if recorded {
            return Err(Reason::AlreadyRecorded.on("visit"));
        }
        time::not_before(self.occurred.day(), self.planned_on, "planned_on")?;
        if !facility.takes_part_on(self.planned_on) {
            return Err(Reason::NotEnrolled.on("planned_on"));
        }
        let event = FacilityEvent::VisitScheduled(SupportVisitScheduled {
            visit: self.visit,
            planned_on: self.planned_on,
            staff_kind: self.staff_kind,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
