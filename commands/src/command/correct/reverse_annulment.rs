//! Says that an annulled event did happen.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::CorrectionReason;
use ledger_core::event::{AnnulmentReversed, CorrectionEvent, Draft};
use ledger_core::history::Standing;
use ledger_core::id::{ApprovalId, EventId, LedgerId, StreamName};

use super::{no_second_open_plan, target, with_other, years};
use crate::correction::{is_orderly, stands_on};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year::may_change;
use crate::rule::frozen_figure::{self, Correcting};
use crate::rule::in_charge::{may_amend, no_second_main};
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
    /// A granted approval (frozen-figure) for the stream; needed where a meeting was shown a figure that
    /// this changes.
    #[serde(default)]
    pub approval: Option<ApprovalId>,
}

impl Decision for ReverseAnnulment {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        std::iter::once(self.stream.clone())
            .chain(self.approval.map(StreamName::approval))
            .collect()
    }

    fn reads_history(&self) -> bool {
        true
    }

    fn reads_packs(&self) -> bool {
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
        let before = view.folded(&self.stream)?.state();
        may_amend(entry.event(), before, context)?;
        let correcting = Correcting {
            entry,
            moved_to: None,
            stream: &self.stream,
            approval: self.approval,
        };
        let approved = frozen_figure::approved(correcting, view, context)?;
        let restored = Some((entry.event(), entry.occurred()));
        let after = with_other(&self.stream, history, self.target, restored);
        if !is_orderly(&after, entry.event().thing()) {
            return Err(Reason::StepsOutOfOrder.on("target"));
        }
        no_second_open_plan(&*view.together(&self.stream)?, &after)?;
        no_second_main(before, &after)?;
        let reversed = CorrectionEvent::AnnulmentReversed(AnnulmentReversed {
            target: self.target,
            reason: self.reason,
            explanation: private(self.explanation.as_deref()),
        });
        let day = stands_on(&after, entry.event());
        let own = Written {
            stream: self.stream.clone(),
            drafts: vec![Draft::new(reversed, entry.occurred()).standing_on(day)],
        };
        Ok(std::iter::once(own).chain(approved).collect())
    }
}
