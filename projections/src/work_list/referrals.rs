//! Referrals that wait: for receipt, for a decision, for what they ask, for the centre's own answer.

use super::terms::{COMPLETION_AHEAD, DECISION, FEEDBACK, RECEIPT, Term};
use super::{Desk, WorkItem, WorkKind, newest, place};
use crate::facts::{Kind, Stored};
use crate::referral_board::Reminder;

pub(super) fn items(desk: &Desk<'_, '_>) -> Vec<WorkItem> {
    let made = desk.of(Kind::ReferralMade);
    let going = made.filter(|made| desk.goes_on(desk.facts.person(made), true));
    going
        .flat_map(|made| match made.value {
            Some(0) => owed(desk, made),
            _ if end_of(desk, &made.thing).is_none() => waits(desk, made),
            _ => Vec::new(),
        })
        .collect()
}

/// What ended it, where it was not reopened behind its end.
fn end_of<'a>(desk: &Desk<'a, '_>, referral: &str) -> Option<&'a Stored> {
    let ends = [
        Kind::ReferralDeclined,
        Kind::ReferralCompleted,
        Kind::ReferralEnded,
    ];
    let ended = newest(ends.iter().flat_map(|kind| desk.about(*kind, referral)))?;
    let reopened = newest(desk.about(Kind::ReferralReopened, referral));
    let again = reopened.is_some_and(|again| place(again) > place(ended));
    (!again).then_some(ended)
}

/// An item whose term runs from a step of a referral, or from its reopening.
fn within_term<'a>(
    desk: &Desk<'a, '_>,
    kind: WorkKind,
    (made, from): (&'a Stored, &'a Stored),
    term: Term,
) -> Option<WorkItem> {
    let due = desk.deadline(from.day?, desk.term(term))?;
    let mut item = desk.item(kind, made, due);
    if from.event != made.event {
        item.rests_on.push(from.event);
    }
    Some(item)
}

/// What another office owes to the centre.
fn waits<'a>(desk: &Desk<'a, '_>, made: &'a Stored) -> Vec<WorkItem> {
    let received = newest(desk.about(Kind::ReferralReceived, &made.thing));
    let accepted = newest(desk.about(Kind::ReferralAccepted, &made.thing));
    let reopened = newest(desk.about(Kind::ReferralReopened, &made.thing));
    let begun = reopened.unwrap_or(made);
    let term = |kind, term| {
        let mut item = within_term(desk, kind, (made, begun), term)?;
        item.rests_on.extend(received.map(|fact| fact.event));
        Some(item)
    };
    let step = match (received, accepted) {
        (_, Some(_)) => None,
        (None, None) => term(WorkKind::ReferralReceipt, RECEIPT),
        (Some(_), None) => term(WorkKind::ReferralDecision, DECISION),
    };
    let done = completion(desk, WorkKind::ReferralCompletion, made);
    let steps = [received, accepted, reopened].into_iter().flatten();
    let asked = desk.about(Kind::ReferralStep, &made.thing);
    let reminder = Reminder::unanswered(asked, newest(steps));
    let items = step.into_iter().chain(done);
    let asked = |item| WorkItem {
        awaits_answer: awaits_answer(desk, reminder.as_ref()),
        reminder: reminder.clone(),
        ..item
    };
    items.map(asked).collect()
}

/// Whether the other office was asked so lately that its answer is waited for: it has as long as to say that a
/// referral arrived.
fn awaits_answer(desk: &Desk<'_, '_>, reminder: Option<&Reminder>) -> bool {
    let asked_on = reminder.and_then(|reminder| reminder.on);
    let until = asked_on.and_then(|on| desk.deadline(on, desk.term(RECEIPT)));
    until.is_some_and(|until| desk.on <= until)
}

/// What the centre owes to an office that referred a person to it; that has arrived by being recorded.
fn owed<'a>(desk: &Desk<'a, '_>, made: &'a Stored) -> Vec<WorkItem> {
    let Some(ended) = end_of(desk, &made.thing) else {
        let accepted = newest(desk.about(Kind::ReferralAccepted, &made.thing));
        let reopened = newest(desk.about(Kind::ReferralReopened, &made.thing));
        let begun = reopened.unwrap_or(made);
        let decision = || {
            let kind = WorkKind::IncomingDecision;
            within_term(desk, kind, (made, begun), DECISION)
        };
        let step = if accepted.is_none() { decision() } else { None };
        let done = completion(desk, WorkKind::IncomingCompletion, made);
        return step.into_iter().chain(done).collect();
    };
    // What was withdrawn or went on to another office is not answered.
    let answered = ended.kind == Kind::ReferralEnded
        || desk
            .about(Kind::ReferralFedBack, &made.thing)
            .any(|fact| place(fact) > place(ended));
    if answered {
        return Vec::new();
    }
    let kind = WorkKind::IncomingFeedback;
    let item = within_term(desk, kind, (made, ended), FEEDBACK);
    item.into_iter().collect()
}

fn completion<'a>(desk: &Desk<'a, '_>, kind: WorkKind, made: &'a Stored) -> Option<WorkItem> {
    let item = desk.item(kind, made, made.due?);
    desk.is_near(&item, COMPLETION_AHEAD).then_some(item)
}
