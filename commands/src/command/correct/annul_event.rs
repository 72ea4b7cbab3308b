//! Says that an event never happened.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::CorrectionReason;
use ledger_core::event::{CorrectionEvent, Draft, EventAnnulled};
use ledger_core::history::{Entry, History};
use ledger_core::id::{ApprovalId, EventId, LedgerId, StreamName};

use super::{no_second_open_plan, target, with_other, years};
use crate::correction::{rests_on, stands_in_two_streams, stands_on, still_stands};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year::may_change;
use crate::rule::frozen_figure::{self, Correcting};
use crate::rule::in_charge::{may_amend, no_second_main};
use crate::rule::text::private;
use crate::state::State;

/// Says that an event never happened; it stays readable, struck through.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
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
    /// A granted approval (frozen-figure) for the stream; needed where a meeting was shown a figure that
    /// this changes.
    #[serde(default)]
    pub approval: Option<ApprovalId>,
}

impl Decision for AnnulEvent {
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
        let correcting = Correcting {
            entry,
            moved_to: None,
            stream: &self.stream,
            approval: self.approval,
        };
        let approved = frozen_figure::approved(correcting, view, context)?;
        still_stands(entry)?;
        // What stands in two streams at once is undone in both by a command of its own.
        if stands_in_two_streams(entry.event()) {
            return Err(Reason::NotCorrectable.on("target"));
        }
        nothing_rests_on(history, entry)?;
        let state = view.folded(&self.stream)?.state();
        may_amend(entry.event(), state, context)?;
        is_not_linked(state)?;
        let after = with_other(&self.stream, history, self.target, None);
        no_calendar_goes(state, &after)?;
        no_second_open_plan(&*view.together(&self.stream)?, &after)?;
        no_second_main(state, &after)?;
        let annulled = CorrectionEvent::Annulled(EventAnnulled {
            target: self.target,
            reason: self.reason,
            explanation: private(self.explanation.as_deref()),
        });
        let day = stands_on(state, entry.event());
        let own = Written {
            stream: self.stream.clone(),
            drafts: vec![Draft::new(annulled, entry.occurred()).standing_on(day)],
        };
        Ok(std::iter::once(own).chain(approved).collect())
    }
}

/// Figures count business days: opening hours and holidays are replaced, and never without one.
fn no_calendar_goes(before: &State, after: &State) -> Result<(), Rejection> {
    let (State::Programme(before), State::Programme(after)) = (before, after) else {
        return Ok(());
    };
    let goes = |had: bool, has: bool| had && !has;
    if goes(before.has_hours, after.has_hours) || goes(before.has_holidays, after.has_holidays) {
        return Err(Reason::SettingNeeded.on("target"));
    }
    Ok(())
}

/// An inquiry that is linked to a person is unlinked before its consultation goes.
fn is_not_linked(state: &State) -> Result<(), Rejection> {
    let State::Inquiry(inquiry) = state else {
        return Ok(());
    };
    if inquiry.child.is_some() {
        return Err(Reason::LaterStepsStand.on("target"));
    }
    Ok(())
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
