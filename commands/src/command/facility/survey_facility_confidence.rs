//! Records how sure a facility's nurses are of a procedure, before or after the support.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{CareProcedure, SurveyPhase};
use ledger_core::event::{ConfidenceSurveyed, Draft, FacilityEvent};
use ledger_core::id::{FacilityId, LedgerId, StreamName, SurveyId};
use ledger_core::time::Occurred;

use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::ANSWERS;
use crate::rule::text::private;
use crate::state::Facility;

/// Records how sure a facility's nurses are of a procedure, before or after the support.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyFacilityConfidence {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The survey's new id.
    pub survey: SurveyId,
    /// Before or after the support.
    pub phase: SurveyPhase,
    /// Of which procedure; none: over all.
    #[serde(default)]
    pub procedure: Option<CareProcedure>,
    /// 1 (not at all) to 5 (fully).
    pub confidence: u32,
    /// How alone they feel, 1 (not at all) to 5 (very much).
    #[serde(default)]
    pub isolation: Option<u32>,
    /// In their words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Single for SurveyFacilityConfidence {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        if facility.has_survey(self.survey) {
            return Err(Reason::AlreadyRecorded.on("survey"));
        }
        if !ANSWERS.contains(&self.confidence) {
            return Err(Reason::NotANumber.on("confidence"));
        }
        if self
            .isolation
            .is_some_and(|answer| !ANSWERS.contains(&answer))
        {
            return Err(Reason::NotANumber.on("isolation"));
        }
        let event = FacilityEvent::ConfidenceSurveyed(ConfidenceSurveyed {
            survey: self.survey,
            phase: self.phase,
            procedure: self.procedure,
            confidence: self.confidence,
            isolation: self.isolation,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
