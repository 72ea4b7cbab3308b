//! Reassigns an event to the person to whom it happened.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{CorrectionReason, Flag};
use ledger_core::event::{
    ConsultationEvent, CorrectionEvent, DisasterPlanEvent, Draft, Event, EventReassigned,
    REASSIGNED_EVENT, REASSIGNED_FROM, ReferralEvent, Subject,
};
use ledger_core::history::Entry;
use ledger_core::id::{ApprovalId, ChildId, EventId, LedgerId, StreamName};
use ledger_core::time::Day;

use super::annul_event::nothing_rests_on;
use super::stand_with::{
    care_team_refusal, consent_refusal, follow_up_refusal, hospital_refusal, profile_refusal,
};
use super::{target, years};
use crate::correction::{stands_on, still_stands};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year::may_change;
use crate::rule::frozen_figure::{self, Correcting};
use crate::rule::in_charge::may_amend;
use crate::rule::person::flag_early;
use crate::rule::text::private;
use crate::rule::{time, ventilator};
use crate::state::{Child, StreamState as _};

/// Reassigns an event to the person to whom it happened: it ends here and is recorded there, at once.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
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
    /// A granted approval (frozen-figure) for the stream; needed where a meeting was shown a figure that
    /// this changes.
    #[serde(default)]
    pub approval: Option<ApprovalId>,
}

impl Decision for ReassignEvent {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        let persons = [StreamName::child(self.child), StreamName::child(self.to)];
        let approval = self.approval.map(StreamName::approval);
        persons.into_iter().chain(approval).collect()
    }

    fn reads_history(&self) -> bool {
        true
    }

    fn reads_packs(&self) -> bool {
        true
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        let mut also = years(view, &StreamName::child(self.child), self.target, None);
        also.extend(view.other_cases(&StreamName::child(self.to)));
        also
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
        may_change(view, &years(view, &from, self.target, None), context)?;
        let correcting = Correcting {
            entry,
            moved_to: None,
            stream: &from,
            approval: self.approval,
        };
        let approved = frozen_figure::approved(correcting, view, context)?;
        still_stands(entry)?;
        nothing_rests_on(history, entry)?;
        let receiver = view.together(&to)?;
        let receiver = Child::of(&receiver).ok_or(Reason::WrongStream)?;
        if receiver.profile.registered.is_none() {
            return Err(Reason::UnknownPerson.on("to"));
        }
        for stream in [&from, &to] {
            may_amend(entry.event(), view.folded(stream)?.state(), context)?;
        }
        if receiver.case.absorbed_into.is_some() {
            return Err(Reason::CaseMerged.on("to"));
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
        let left = Written {
            stream: from,
            drafts: vec![left],
        };
        let recorded = Written {
            stream: to,
            drafts: recorded,
        };
        Ok([left, recorded].into_iter().chain(approved).collect())
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
            let known = to.referral(event.referral()).is_some();
            refuse_unless(begins || known, Reason::ReferralNotFound)
        },
        Event::SupportPlan(event) => {
            let begins = entry.event().begins();
            let plan = event.plan();
            let known = plan.is_none_or(|plan| to.support_plan(plan).is_some());
            refuse_unless(begins || known, Reason::PlanNotFound)?;
            let other = plan.is_some_and(|plan| to.other_open_support_plan(plan));
            let second = begins && (other || to.others.open_support_plan);
            refuse_unless(!second, Reason::SecondOpenPlan)
        },
        Event::DisasterPlan(DisasterPlanEvent::Drafted(drafted)) => {
            ventilator::may_support(drafted.office, to, entry.day(), "to")?;
            let open = to.has_open_disaster_plan() || to.others.open_disaster_plan;
            refuse_unless(!open, Reason::SecondOpenPlan)
        },
        Event::DisasterPlan(event) => {
            let known = |plan| to.disaster_plan(plan).is_some();
            refuse_unless(event.plan().is_none_or(known), Reason::PlanNotFound)
        },
        Event::Profile(event) => refused(profile_refusal(event, to)),
        // A voice stands for itself.
        Event::FamilyVoice(_) => Ok(()),
        Event::Hospital(event) => refused(hospital_refusal(event, to)),
        Event::Consent(event) => refused(consent_refusal(event, to)),
        Event::CareTeam(event) => refused(care_team_refusal(event, to)),
        Event::FollowUp(event) => refused(follow_up_refusal(event, to)),
        Event::Consultation(
            ConsultationEvent::InquiryLinked(_) | ConsultationEvent::InquiryUnlinked(_),
        )
        | Event::Case(_)
        | Event::Correction(_)
        | Event::Facility(_)
        | Event::Trainee(_)
        | Event::Programme(_)
        | Event::Organisation(_)
        | Event::Finance(_)
        | Event::Committee(_)
        | Event::Request(_)
        | Event::Audit(_)
        | Event::Account(_)
        | Event::Approval(_)
        | Event::Access(_) => Err(Reason::NotReassignable.on("target")),
    }
}

fn refused(reason: Option<Reason>) -> Result<(), Rejection> {
    reason.map_or(Ok(()), |reason| Err(reason.on("target")))
}
