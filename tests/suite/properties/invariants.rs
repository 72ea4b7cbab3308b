//! What holds of every ledger, whatever commands were given.
//!
//! 1. The log is whole: positions and revisions are dense, and its tree fits.
//! 2. A merge is one hop, and both sides know of it: a person has one case that goes on.
//! 3. A person has at most one open plan of each kind, and its versions are counted from 1.
//! 4. Nothing that has ended is due, and a person's list is their part of the list of all.
//! 5. Figures and indicators that say the same count the same, and the two views of a person agree.

use std::collections::BTreeMap;

use ledger_commands::state::{Child, Folded, State};
use ledger_core::event::Thing;
use ledger_core::history::History;
use ledger_core::id::{ChildId, StreamName};
use ledger_core::store::audit::audit;
use ledger_core::time::Day;
use ledger_projections::figures::figures_of_year;
use ledger_projections::indicators::{Amount, find};
use ledger_projections::timeline::{TimelineOptions, timeline};
use ledger_projections::work_list::{Birthdays, WorkBasis, WorkItem, WorkKind};
use ledger_projections::yearly_clock::YearlyClock;

use super::centre::Centre;
use super::scope;

pub(super) async fn hold(centre: &Centre) {
    the_log_is_whole(centre).await;
    let histories = centre.histories().await;
    let persons = persons(&histories);
    let mut open_plans = BTreeMap::new();
    for (child, (state, history)) in &persons {
        merges_are_one_hop(*child, state, &persons);
        let own = plans_are_sound(state, history);
        let person = state.case.absorbed_into.unwrap_or(*child);
        let open: &mut [usize; 2] = open_plans.entry(person).or_default();
        *open = [open[0] + own[0], open[1] + own[1]];
        assert!(open.iter().all(|open| *open <= 1), "{open:?} open plans");
        the_timeline_agrees(state, history);
    }
    nothing_ended_is_due(centre, &persons).await;
    figures_agree(centre).await;
}

type Persons<'a> = BTreeMap<ChildId, (Box<Child>, &'a History)>;

fn persons(histories: &BTreeMap<StreamName, History>) -> Persons<'_> {
    let folded = histories.iter().filter_map(|(stream, history)| {
        let child = stream.as_str().strip_prefix("child-")?.parse().ok()?;
        let folded = Folded::of_history(stream, history);
        let State::Child(state) = folded.state() else {
            return None;
        };
        Some((child, (state.clone(), history)))
    });
    folded.collect()
}

async fn the_log_is_whole(centre: &Centre) {
    let mut revisions: BTreeMap<StreamName, u64> = BTreeMap::new();
    for (nth, recorded) in (1_u64..).zip(centre.log().await) {
        assert_eq!(recorded.position.get(), nth);
        let next = revisions.entry(recorded.stream).or_default();
        assert_eq!(recorded.revision.get(), *next);
        *next += 1;
    }
    let found = audit(&*centre.test.store, None, None, &mut |_, _| {}).await;
    assert_eq!(found.unwrap().fault, None);
}

fn merges_are_one_hop(child: ChildId, state: &Child, persons: &Persons<'_>) {
    if let Some(survivor) = state.case.absorbed_into {
        let other = &persons[&survivor].0.case;
        assert!(
            other.absorbed_into.is_none(),
            "the survivor is an alias, too"
        );
        assert!(
            other.absorbed.contains(&child),
            "the survivor does not know of it"
        );
        assert!(state.case.absorbed.is_empty(), "an alias has aliases");
    }
    for absorbed in &state.case.absorbed {
        assert_eq!(persons[absorbed].0.case.absorbed_into, Some(child));
    }
}

/// How many plans of each kind go on in a case.
fn plans_are_sound(state: &Child, history: &History) -> [usize; 2] {
    let (mut support, mut disaster) = (0, 0);
    for thing in things(history) {
        if let Thing::SupportPlan(id) = thing
            && let Some(plan) = state.support_plan(id)
        {
            support += usize::from(plan.closed.is_none());
            assert!(plan.versions.keys().copied().eq(1..=plan.latest()));
        }
        if let Thing::DisasterPlan(id) = thing
            && let Some(plan) = state.disaster_plan(id)
        {
            disaster += usize::from(plan.ended.is_none());
            assert!(plan.versions.keys().copied().eq(1..=plan.latest()));
            let sound = plan.verified.is_none() || plan.ever_agreed();
            assert!(sound, "verified, and never agreed");
        }
    }
    [support, disaster]
}

/// Everything that goes on in a stream, each once.
fn things(history: &History) -> Vec<Thing> {
    let mut things: Vec<Thing> = Vec::new();
    for entry in history.standing() {
        things.extend(
            entry
                .event()
                .thing()
                .filter(|thing| !things.contains(thing)),
        );
    }
    things
}

fn the_timeline_agrees(state: &Child, history: &History) {
    let options = TimelineOptions {
        as_of: None,
        as_at: None,
        today: today(),
        yearly_clock: YearlyClock::PROPOSED,
    };
    let seen = timeline(history, options);
    for view in &seen.referrals {
        let referral = state.referral(view.referral.parse().unwrap()).unwrap();
        assert_eq!(
            (view.open, view.reminders),
            (referral.is_open(), referral.reminders)
        );
        assert_eq!(view.fed_back, referral.feedback.is_some());
    }
    for view in &seen.support_plans {
        let plan = state.support_plan(view.plan.parse().unwrap()).unwrap();
        assert_eq!(view.versions.len(), plan.versions.len());
    }
    for view in &seen.disaster_plans {
        let plan = state.disaster_plan(view.plan.parse().unwrap()).unwrap();
        assert_eq!(
            (view.office, view.end.is_some()),
            (plan.office, plan.ended.is_some())
        );
    }
}

fn today() -> Day {
    "2024-04-01".parse().unwrap()
}

async fn nothing_ended_is_due(centre: &Centre, persons: &Persons<'_>) {
    centre.caught_up().await;
    let (store, facts) = (&*centre.test.store, centre.test.facts());
    let basis = WorkBasis::read(store, &facts, (today(), today()), None).await;
    let basis = basis.unwrap();
    let items = basis.items(&Birthdays::default());
    for person in persons.keys().map(ToString::to_string) {
        let own = |item: &&WorkItem| item.child.as_ref() == Some(&person);
        let own: Vec<WorkItem> = items.iter().filter(own).cloned().collect();
        assert_eq!(basis.items_of(&person, &Birthdays::default()), own);
    }
    for item in items {
        let has = |known: fn(&Child, &str) -> Option<bool>| {
            let open = persons
                .values()
                .find_map(|(state, _)| known(state, &item.thing));
            assert_eq!(open, Some(true), "{item:?}");
        };
        match item.kind {
            WorkKind::ReferralReceipt
            | WorkKind::ReferralDecision
            | WorkKind::ReferralCompletion
            | WorkKind::IncomingDecision
            | WorkKind::IncomingCompletion => has(|state, id| {
                state
                    .referral(id.parse().ok()?)
                    .map(ledger_commands::state::Referral::is_open)
            }),
            WorkKind::IncomingFeedback => {
                has(|state, id| Some(state.referral(id.parse().ok()?)?.feedback.is_none()));
            },
            WorkKind::DischargeNotice => {
                has(|state, id| Some(state.hospital_stay(id.parse().ok()?)?.is_open()));
            },
            WorkKind::PlanAgreement | WorkKind::PlanMonitoring => {
                has(|state, id| Some(state.support_plan(id.parse().ok()?)?.closed.is_none()));
            },
            WorkKind::DisasterPlan | WorkKind::DisasterRecheck => {
                has(|state, id| Some(state.disaster_plan(id.parse().ok()?)?.ended.is_none()));
            },
            WorkKind::FollowUp => {
                has(|state, id| Some(state.follow_up(id.parse().ok()?)?.ended.is_none()));
            },
            WorkKind::Reconsent
            | WorkKind::ConsentEnds
            | WorkKind::Recommendation
            | WorkKind::Request => {},
        }
    }
}

async fn figures_agree(centre: &Centre) {
    let basis = centre.basis().await;
    let (store, facts) = (&*centre.test.store, centre.test.facts());
    let figures = figures_of_year(store, &facts, scope().year, None)
        .await
        .unwrap();
    for (id, key) in [
        ("A-1", "consultations"),
        ("A-2", "consultation_persons"),
        ("A-3", "support_plan_persons_first_agreed"),
        ("A-4", "facility_visits"),
        ("A-5", "advisors_active"),
    ] {
        let value = basis.measure(find(id).unwrap(), scope()).value.clone();
        let count = figures.count(key).unwrap();
        assert_eq!(value, Amount::Count { count }, "{id}");
    }
}
