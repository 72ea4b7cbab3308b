//! The referrals of a person, each with the steps of its loop.

use std::collections::BTreeMap;

use ledger_core::code::{Area, Outcome, Section, Urgency};
use ledger_core::event::{Event, ReferralEvent, ReferralMade};
use ledger_core::history::Entry;
use ledger_core::id::ReferralId;
use ledger_core::time::Day;
use serde::Serialize;

/// A referral with its steps; three ticks: received, decided, fed back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferralView {
    /// The referral.
    pub referral: String,
    /// Register number.
    pub number: Option<String>,
    /// Area of the district centre.
    pub area: Option<Area>,
    /// Its section.
    pub section: Option<Section>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// Day on which it was made.
    pub made_on: Option<Day>,
    /// Day on which it was received.
    pub received_on: Option<Day>,
    /// Day on which it was accepted.
    pub accepted_on: Option<Day>,
    /// Day on which it was declined.
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
    let mut views: Vec<ReferralView> = order
        .iter()
        .filter_map(|referral| referrals.remove(referral))
        .collect();
    views.sort_by_key(|view| view.made_on);
    for view in &mut views {
        view.open = !view.ended && view.declined_on.is_none() && !view.fed_back;
    }
    views
}

fn begun(made: &ReferralMade, day: Option<Day>) -> ReferralView {
    ReferralView {
        referral: made.referral.to_string(),
        number: made.number.clone(),
        area: made.area,
        section: made.section,
        urgency: made.urgency,
        made_on: day,
        received_on: None,
        accepted_on: None,
        declined_on: None,
        completed_on: None,
        outcome: None,
        fed_back: false,
        ended: false,
        reminders: 0,
        open: true,
    }
}

fn step(
    referrals: &mut BTreeMap<ReferralId, ReferralView>,
    event: &ReferralEvent,
    day: Option<Day>,
) {
    let mut change = |referral: ReferralId, change: &dyn Fn(&mut ReferralView)| {
        if let Some(view) = referrals.get_mut(&referral) {
            change(view);
        }
    };
    match event {
        ReferralEvent::Made(_) => {},
        ReferralEvent::Received(step) => change(step.referral, &|view| view.received_on = day),
        ReferralEvent::Accepted(step) => change(step.referral, &|view| view.accepted_on = day),
        ReferralEvent::Declined(step) => change(step.referral, &|view| view.declined_on = day),
        ReferralEvent::Completed(step) => change(step.referral, &|view| {
            view.completed_on = day;
            view.outcome = step.outcome;
        }),
        ReferralEvent::FeedbackReceived(step) => {
            change(step.referral, &|view| view.fed_back = true);
        },
        ReferralEvent::Withdrawn(step) => change(step.referral, &|view| view.ended = true),
        ReferralEvent::Redirected(step) => change(step.referral, &|view| view.ended = true),
        ReferralEvent::Reminded(step) => {
            change(step.referral, &|view| {
                view.reminders = view.reminders.max(step.nth);
            });
        },
    }
}
