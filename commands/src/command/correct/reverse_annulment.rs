//! Says that an annulled event did happen.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::CorrectionReason;
use ledger_core::event::{AnnulmentReversed, CorrectionEvent, Draft};
use ledger_core::history::Standing;
use ledger_core::id::{EventId, LedgerId, StreamName};

use super::{no_second_open_plan, target, with_other, years};
use crate::correction::{is_orderly, stands_on};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year::may_change;
use crate::rule::text::private;

/// Says that an annulled event did happen, with the content it had.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverseAnnulment {
    /// The stream in which the event stands.
    pub stream: StreamName,
    /// The annulled event.
    pub target: EventId,
    /// Its newest correction as the author saw it; none: not corrected so far.
    #[serde(default)]
    pub latest: Option<EventId>,
    /// Why.
    pub reason: CorrectionReason,
    /// Why, in words.
    #[serde(default)]
    pub explanation: Option<String>,
}

impl Decision for ReverseAnnulment {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![self.stream.clone()]
    }

    fn reads_history(&self) -> bool {
        true
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        let mut also = years(view, &self.stream, self.target, None);
        also.extend(view.other_cases(&self.stream));
        also
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let history = view.history(&self.stream)?;
        let entry = target(history, self.target, self.latest)?;
        may_change(view, &years(view, &self.stream, self.target, None), context)?;
        if !matches!(entry.standing, Standing::Annulled { .. }) {
            return Err(Reason::NotAnnulled.on("target"));
        }
        let restored = Some((entry.event(), entry.occurred()));
        let after = with_other(&self.stream, history, self.target, restored);
        if !is_orderly(&after, entry.event().thing()) {
            return Err(Reason::StepsOutOfOrder.on("target"));
        }
        no_second_open_plan(&*view.together(&self.stream)?, &after)?;
        let reversed = CorrectionEvent::AnnulmentReversed(AnnulmentReversed {
            target: self.target,
            reason: self.reason,
            explanation: private(self.explanation.as_deref()),
        });
        let day = stands_on(&after, entry.event());
        Ok(vec![Written {
            stream: self.stream.clone(),
            drafts: vec![Draft::new(reversed, entry.occurred()).standing_on(day)],
        }])
    }
}
