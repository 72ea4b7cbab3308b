//! Says that an event never happened.

use serde::Deserialize;

use ledger_core::code::CorrectionReason;
use ledger_core::event::{CorrectionEvent, Draft, EventAnnulled};
use ledger_core::history::{Entry, History};
use ledger_core::id::{EventId, LedgerId, StreamName};

use super::{target, years};
use crate::correction::{rests_on, stands_on, still_stands};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year::may_change;
use crate::rule::text::private;

/// Says that an event never happened; it stays readable, struck through.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnulEvent {
    /// The stream in which the event stands.
    pub stream: StreamName,
    /// The event.
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

impl Decision for AnnulEvent {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![self.stream.clone()]
    }

    fn reads_history(&self) -> bool {
        true
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        years(view, &self.stream, self.target, None)
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let history = view.history(&self.stream)?;
        let entry = target(history, self.target, self.latest)?;
        may_change(view, &years(view, &self.stream, self.target, None), context)?;
        still_stands(entry)?;
        nothing_rests_on(history, entry)?;
        let annulled = CorrectionEvent::Annulled(EventAnnulled {
            target: self.target,
            reason: self.reason,
            explanation: private(self.explanation.as_deref()),
        });
        let state = view.folded(&self.stream)?.state();
        let day = stands_on(state, entry.event());
        Ok(vec![Written {
            stream: self.stream.clone(),
            drafts: vec![Draft::new(annulled, entry.occurred()).standing_on(day)],
        }])
    }
}

/// No other event that counts needs this one.
pub(super) fn nothing_rests_on(history: &History, entry: &Entry) -> Result<(), Rejection> {
    let mut others = history.standing();
    let own = entry.recorded.id;
    if others.any(|other| other.recorded.id != own && rests_on(other, entry.event())) {
        return Err(Reason::LaterStepsStand.on("target"));
    }
    Ok(())
}
