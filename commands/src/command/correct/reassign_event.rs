//! Moves an event to the person to whom it happened.

use serde::Deserialize;

use ledger_core::code::{CorrectionReason, Flag};
use ledger_core::event::{
    ConsultationEvent, CorrectionEvent, DisasterPlanEvent, Draft, Event, EventReassigned,
    ProfileEvent, REASSIGNED_EVENT, REASSIGNED_FROM, ReferralEvent, Subject, SupportPlanEvent,
};
use ledger_core::history::Entry;
use ledger_core::id::{ChildId, EventId, LedgerId, StreamName};
use ledger_core::time::Day;

use super::annul_event::nothing_rests_on;
use super::target;
use crate::correction::{stands_on, still_stands};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::person::flag_early;
use crate::rule::text::private;
use crate::rule::{time, ventilator};
use crate::state::{Child, disaster_plan_of, referral_of, support_plan_of};

/// Moves an event to the person to whom it happened: it ends here and is recorded there, at once.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReassignEvent {
    /// The person in whose stream the event stands.
    pub child: ChildId,
    /// The event.
    pub target: EventId,
    /// Its newest correction as the author saw it; none: not corrected so far.
    #[serde(default)]
    pub latest: Option<EventId>,
    /// The person to whom it happened.
    pub to: ChildId,
    /// Why.
    pub reason: CorrectionReason,
    /// Why, in words.
    #[serde(default)]
    pub explanation: Option<String>,
}

impl Decision for ReassignEvent {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![StreamName::child(self.child), StreamName::child(self.to)]
    }

    fn reads_history(&self) -> bool {
        true
    }

    fn opens(&self, _view: View<'_>, _ledger: LedgerId) -> Vec<EventId> {
        vec![self.target]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        if self.child == self.to {
            return Err(Reason::SamePerson.on("to"));
        }
        let (from, to) = (StreamName::child(self.child), StreamName::child(self.to));
        let history = view.history(&from)?;
        let entry = target(history, self.target, self.latest)?;
        still_stands(entry)?;
        nothing_rests_on(history, entry)?;
        let receiver: &Child = view.state(&to)?;
        if receiver.profile.registered.is_none() {
            return Err(Reason::UnknownPerson.on("to"));
        }
        time::after_birth(&receiver.profile.birth, entry.occurred(), "to")?;
        may_stand_with(entry, receiver)?;
        if entry.event().encode().is_err() {
            return Err(Reason::TextErased.on("target"));
        }
        let day = stands_on(view.folded(&from)?.state(), entry.event());
        let moved = CorrectionEvent::Reassigned(EventReassigned {
            target: self.target,
            to: self.to,
            to_event: context.event_id(1),
            reason: self.reason,
            explanation: private(self.explanation.as_deref()),
        });
        let left = Draft::new(moved, entry.occurred()).standing_on(day);
        let recorded = flag_early(receiver, vec![self.again(entry, day)]);
        Ok(vec![
            Written {
                stream: from,
                drafts: vec![left],
            },
            Written {
                stream: to,
                drafts: recorded,
            },
        ])
    }
}

impl ReassignEvent {
    /// The content in force, recorded anew with links to where it stood.
    fn again(&self, entry: &Entry, stands_on: Option<Day>) -> Draft {
        let mut draft = Draft::new(entry.event().clone(), entry.occurred()).standing_on(stands_on);
        let metadata = &entry.recorded.metadata;
        let flags = metadata.flags.iter().copied();
        draft.flags = flags
            .filter(|flag| *flag != Flag::BeforeRegistration)
            .collect();
        draft.subjects.clone_from(&metadata.subjects);
        draft.subjects.extend([
            Subject {
                kind: REASSIGNED_FROM.to_owned(),
                id: self.child.to_string(),
            },
            Subject {
                kind: REASSIGNED_EVENT.to_owned(),
                id: self.target.to_string(),
            },
        ]);
        draft
    }
}

/// Whether what the event rests on is there for the other person, too.
fn may_stand_with(entry: &Entry, to: &Child) -> Result<(), Rejection> {
    let refuse_unless = |there: bool, reason: Reason| {
        if there {
            Ok(())
        } else {
            Err(reason.on("target"))
        }
    };
    match entry.event() {
        Event::Consultation(ConsultationEvent::Recorded(recorded)) => {
            let new = !to.has_consultation(recorded.consultation);
            refuse_unless(new, Reason::AlreadyRecorded)
        },
        Event::Referral(event) => {
            let begins = matches!(event, ReferralEvent::Made(_));
            let known = to.referral(referral_of(event)).is_some();
            refuse_unless(begins || known, Reason::ReferralNotFound)
        },
        Event::SupportPlan(event) => {
            let begins = matches!(event, SupportPlanEvent::Drafted(_));
            let plan = support_plan_of(event);
            let known = plan.is_none_or(|plan| to.support_plan(plan).is_some());
            refuse_unless(begins || known, Reason::PlanNotFound)
        },
        Event::DisasterPlan(DisasterPlanEvent::Drafted(drafted)) => {
            ventilator::may_support(drafted.office, to, entry.day(), "to")
        },
        Event::DisasterPlan(event) => {
            let known = to.disaster_plan(disaster_plan_of(event)).is_some();
            refuse_unless(known, Reason::PlanNotFound)
        },
        Event::Profile(event) => profile_may_stand_with(event, to),
        Event::Correction(_)
        | Event::Facility(_)
        | Event::Trainee(_)
        | Event::Programme(_)
        | Event::Access(_) => Err(Reason::NotReassignable.on("target")),
    }
}

fn profile_may_stand_with(event: &ProfileEvent, to: &Child) -> Result<(), Rejection> {
    let refused = match event {
        ProfileEvent::Registered(_) | ProfileEvent::Changed(_) => Some(Reason::NotReassignable),
        ProfileEvent::BirthDetail(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::GuardianAdded(_) => None,
        ProfileEvent::ProcedureStarted(started) => {
            let open = to.profile.open_procedure(started.procedure);
            open.map(|_| Reason::ProcedureOpen)
        },
        ProfileEvent::ProcedureEnded(ended) => {
            let open = to.profile.open_procedure(ended.procedure);
            open.is_none().then_some(Reason::ProcedureNotOpen)
        },
        ProfileEvent::GuardianChanged(detail) => {
            let known = to.profile.guardians.contains_key(&detail.guardian);
            (!known).then_some(Reason::UnknownGuardian)
        },
        ProfileEvent::GuardianRemoved(removed) => {
            let known = to.profile.guardians.contains_key(&removed.guardian);
            (!known).then_some(Reason::UnknownGuardian)
        },
    };
    refused.map_or(Ok(()), |reason| Err(reason.on("target")))
}
