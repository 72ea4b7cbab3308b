//! Referrals that wait: for receipt, for a decision, for what they ask.

use super::terms::{COMPLETION_AHEAD, DECISION, RECEIPT};
use super::{Desk, WorkItem, WorkKind, newest, place};
use crate::facts::{Kind, Stored};

pub(super) fn items(desk: &Desk<'_, '_>) -> Vec<WorkItem> {
    // What others refer to the centre has arrived by being recorded.
    let made = desk
        .of(Kind::ReferralMade)
        .filter(|fact| fact.value != Some(0));
    let open = made
        .filter(|made| desk.goes_on(desk.facts.person(made), true) && is_open(desk, &made.thing));
    open.flat_map(|made| waits(desk, made)).collect()
}

/// Whether nothing ended it, or it was reopened behind its end.
fn is_open(desk: &Desk<'_, '_>, referral: &str) -> bool {
    let ends = [
        Kind::ReferralDeclined,
        Kind::ReferralCompleted,
        Kind::ReferralEnded,
    ];
    let ended = newest(ends.iter().flat_map(|kind| desk.about(*kind, referral)));
    let reopened = newest(desk.about(Kind::ReferralReopened, referral));
    ended.is_none_or(|ended| reopened.is_some_and(|again| place(again) > place(ended)))
}

fn waits<'a>(desk: &Desk<'a, '_>, made: &'a Stored) -> Vec<WorkItem> {
    let received = newest(desk.about(Kind::ReferralReceived, &made.thing));
    let accepted = newest(desk.about(Kind::ReferralAccepted, &made.thing));
    let reopened = newest(desk.about(Kind::ReferralReopened, &made.thing));
    let begun = reopened.unwrap_or(made);
    let term = |kind, term| {
        let due = desk.deadline(begun.day?, desk.term(term))?;
        let mut item = desk.item(kind, made, due);
        item.rests_on.extend(reopened.map(|fact| fact.event));
        item.rests_on.extend(received.map(|fact| fact.event));
        Some(item)
    };
    let step = match (received, accepted) {
        (_, Some(_)) => None,
        (None, None) => term(WorkKind::ReferralReceipt, RECEIPT),
        (Some(_), None) => term(WorkKind::ReferralDecision, DECISION),
    };
    let done = made
        .due
        .map(|due| desk.item(WorkKind::ReferralCompletion, made, due));
    let done = done.filter(|item| desk.is_near(item, COMPLETION_AHEAD));
    step.into_iter().chain(done).collect()
}
