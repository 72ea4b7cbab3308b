//! Records a visit for technical support to a facility; the count in the year follows.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Flag, VisitStaff};
use ledger_core::event::{Draft, FacilityEvent, SupportGiven};
use ledger_core::id::{FacilityId, LedgerId, StreamName, VisitId};
use ledger_core::time::{FiscalYear, Occurred};

use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::{self, VISITS_A_YEAR};
use crate::rule::text::private;
use crate::state::Facility;

/// Records a visit for technical support to a facility; the count in the year follows.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordFacilitySupport {
    /// The facility.
    pub facility: FacilityId,
    /// The visit's new id, or that of the visit that was arranged.
    pub visit: VisitId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Who of the centre visited.
    pub staff_kind: VisitStaff,
    /// How long it took, at most 1,440.
    #[serde(default)]
    pub duration_minutes: Option<u32>,
    /// What was done.
    #[serde(default)]
    pub content: Option<String>,
}

impl Single for RecordFacilitySupport {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        if facility.has_visit(self.visit) {
            return Err(Reason::AlreadyRecorded.on("visit"));
        }
        if facility.was_cancelled(self.visit) {
            return Err(Reason::VisitNotScheduled.on("visit"));
        }
        let day = self.occurred.day().unwrap_or(context.today);
        if !facility.takes_part_on(day) {
            return Err(Reason::NotEnrolled.on("facility"));
        }
        limit::duration(self.duration_minutes)?;
        let nth = facility.visits_in(FiscalYear::of(day)).saturating_add(1);
        let event = FacilityEvent::SupportGiven(SupportGiven {
            visit: self.visit,
            number: None,
            nth: Some(nth),
            staff_kind: Some(self.staff_kind),
            duration_minutes: self.duration_minutes,
            content: private(self.content.as_deref()),
        });
        let draft = Draft::new(event, self.occurred);
        Ok(vec![if nth > VISITS_A_YEAR {
            draft.flagged(Flag::ExtraVisit)
        } else {
            draft
        }])
    }
}
