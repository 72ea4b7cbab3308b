//! Records a visit for technical support to a facility; the count in the year follows.

use serde::Deserialize;

use ledger_core::code::VisitStaff;
use ledger_core::event::{Draft, FacilityEvent, SupportGiven};
use ledger_core::id::{FacilityId, LedgerId, StreamName, VisitId};
use ledger_core::time::{FiscalYear, Occurred};

use crate::command::when::when;
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::DURATION_MINUTES_MAX;
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Facility;

/// Records a visit for technical support to a facility; the count in the year follows.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordFacilitySupport {
    /// The facility.
    pub facility: FacilityId,
    /// The visit's new id.
    pub visit: VisitId,
    /// When.
    #[serde(deserialize_with = "when")]
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

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if facility.profile.is_none() {
            return Err(Reason::UnknownFacility.on("facility"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        if facility.has_visit(self.visit) {
            return Err(Reason::AlreadyRecorded.on("visit"));
        }
        let minutes = self.duration_minutes;
        if minutes.is_some_and(|minutes| minutes > DURATION_MINUTES_MAX) {
            return Err(Reason::NotANumber.on("duration_minutes"));
        }
        let year = FiscalYear::of(self.occurred.day().unwrap_or(context.today));
        let event = FacilityEvent::SupportGiven(SupportGiven {
            visit: self.visit,
            number: None,
            nth: Some(facility.visits_in(year).saturating_add(1)),
            staff_kind: Some(self.staff_kind),
            duration_minutes: minutes,
            content: private(self.content.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
