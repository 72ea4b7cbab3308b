//! The referrals of a person, each with the steps of its loop.

use std::collections::BTreeMap;

use ledger_core::code::{Area, Direction, Outcome, PartyKind, ReferralReason, Section, Urgency};
use ledger_core::event::{Event, ReferralEvent, ReferralMade};
use ledger_core::history::Entry;
use ledger_core::id::{OrganisationId, ReferralId};
use ledger_core::time::Day;
use serde::Serialize;

/// A referral with its steps; three ticks: received, decided, fed back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferralView {
    /// The referral.
    pub referral: String,
    /// Register number.
    pub number: Option<String>,
    /// Which way it goes.
    pub direction: Direction,
    /// Kind of the other office.
    pub party: PartyKind,
    /// The other office, where it is in the directory.
    pub organisation: Option<OrganisationId>,
    /// The other office in words, where they can be read.
    pub office: Option<String>,
    /// Area of the district centre.
    pub area: Option<Area>,
    /// Its section.
    pub section: Option<Section>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// Why.
    pub reason: Option<ReferralReason>,
    /// Day by which it is hoped to be completed.
    pub due_on: Option<Day>,
    /// Day on which it was made.
    pub made_on: Option<Day>,
    /// Day on which it was received.
    pub received_on: Option<Day>,
    /// Day on which it was accepted.
    pub accepted_on: Option<Day>,
    /// Day on which it was declined; also a decline without a day ends it.
    pub declined_on: Option<Day>,
    /// Day on which it was completed.
    pub completed_on: Option<Day>,
    /// How it was completed.
    pub outcome: Option<Outcome>,
    /// Feedback came: the loop is closed.
    pub fed_back: bool,
    /// It was withdrawn or went on to another section.
    pub ended: bool,
    /// Reminders sent.
    pub reminders: u32,
    /// Questions of the receiver.
    pub questions: u32,
    /// Questions that nobody answered yet.
    pub unanswered: u32,
    /// Day on which the receiver last told how far it is.
    pub progress_on: Option<Day>,
    /// How often it went on after it had ended.
    pub reopened: u32,
    /// Day on which it went on again last; the days of an earlier end are told by the timeline.
    pub reopened_on: Option<Day>,
    /// Day on which somebody above was asked last.
    pub escalated_on: Option<Day>,
    /// Somebody still has to act on it.
    pub open: bool,
}

/// Folds every referral, in the order in which they were made.
pub(super) fn referrals(standing: &[&Entry]) -> Vec<ReferralView> {
    let mut order: Vec<ReferralId> = Vec::new();
    let mut referrals: BTreeMap<ReferralId, ReferralView> = BTreeMap::new();
    for entry in standing {
        let Event::Referral(event) = entry.event() else {
            continue;
        };
        if let ReferralEvent::Made(made) = event {
            order.push(made.referral);
            referrals.insert(made.referral, begun(made, entry.day()));
        }
        step(&mut referrals, event, entry.day());
    }
    let views = order.into_iter();
    let views = views.filter_map(|referral| referrals.remove(&referral));
    let mut views: Vec<ReferralView> = views.collect();
    views.sort_by_key(|view| view.made_on);
    views
}

fn begun(made: &ReferralMade, day: Option<Day>) -> ReferralView {
    ReferralView {
        referral: made.referral.to_string(),
        number: made.number.clone(),
        direction: made.direction,
        party: made.party,
        organisation: made.organisation,
        office: made.office.text().map(str::to_owned),
        area: made.area,
        section: made.section,
        urgency: made.urgency,
        reason: made.reason,
        due_on: made.due_on,
        made_on: day,
        received_on: None,
        accepted_on: None,
        declined_on: None,
        completed_on: None,
        outcome: None,
        fed_back: false,
        ended: false,
        reminders: 0,
        questions: 0,
        unanswered: 0,
        progress_on: None,
        reopened: 0,
        reopened_on: None,
        escalated_on: None,
        open: true,
    }
}

fn step(
    referrals: &mut BTreeMap<ReferralId, ReferralView>,
    event: &ReferralEvent,
    day: Option<Day>,
) {
    let Some(view) = referrals.get_mut(&event.referral()) else {
        return;
    };
    match event {
        ReferralEvent::Made(_) => {},
        ReferralEvent::Received(_) => view.received_on = day,
        ReferralEvent::Accepted(_) => view.accepted_on = day,
        ReferralEvent::Declined(_) => {
            view.declined_on = day;
            view.open = false;
        },
        ReferralEvent::Completed(step) => {
            view.completed_on = day;
            view.outcome = step.outcome;
        },
        ReferralEvent::FeedbackReceived(_) => {
            view.fed_back = true;
            view.open = false;
        },
        ReferralEvent::Withdrawn(_) | ReferralEvent::Redirected(_) => {
            view.ended = true;
            view.open = false;
        },
        ReferralEvent::Reminded(step) => view.reminders = view.reminders.max(step.nth),
        ReferralEvent::InformationRequested(_) => {
            view.questions = view.questions.saturating_add(1);
            view.unanswered = view.unanswered.saturating_add(1);
        },
        ReferralEvent::InformationAnswered(_) => {
            view.unanswered = view.unanswered.saturating_sub(1);
        },
        ReferralEvent::ProgressReported(_) => view.progress_on = day,
        ReferralEvent::Reopened(_) => reopen(view, day),
        ReferralEvent::Escalated(_) => view.escalated_on = day,
    }
}

/// What ended it holds no longer; what was received and accepted does.
fn reopen(view: &mut ReferralView, day: Option<Day>) {
    view.reopened = view.reopened.saturating_add(1);
    view.reopened_on = day;
    view.declined_on = None;
    view.completed_on = None;
    view.outcome = None;
    view.fed_back = false;
    view.ended = false;
    view.open = true;
}
