//! A timeline says what commands' states say, however exactly the time of each step is known.

use ledger_commands::state::{Child, Folded, State};
use ledger_core::event::{Event, Metadata, Privacy, Recorded, Thing};
use ledger_core::history::History;
use ledger_core::id::{
    DisasterPlanId, EventId, Position, ReferralId, Revision, StreamName, SupportPlanId,
};
use ledger_core::time::{Day, Occurred, TimeOfDay};
use ledger_projections::timeline::{Timeline, TimelineOptions, timeline};
use ledger_projections::yearly_clock::YearlyClock;
use ledger_tests::samples;
use proptest::prelude::*;
use serde_json::json;

fn day(day: u32) -> Day {
    Day::from_ymd_opt(2022, 2, day).unwrap()
}

/// A time of one day, or of its month, known as exactly as may be.
fn precisions() -> impl Strategy<Value = Occurred> {
    prop_oneof![
        (0..24_u32).prop_map(|hour| {
            let time = TimeOfDay::from_hms_opt(hour, 0, 0).unwrap();
            Occurred::minute_in_japan(day(1), time)
        }),
        Just(Occurred::Day(day(1))),
        Just(Occurred::Month(day(1))),
        Just(Occurred::Unknown),
    ]
}

/// A person's profile and every step of one referral and of one plan of each kind, in the order in
/// which commands write them.
fn steps() -> Vec<Event> {
    let own = [
        Thing::Referral(ReferralId::new(samples::uuid(4))),
        Thing::SupportPlan(SupportPlanId::new(samples::uuid(6))),
        Thing::DisasterPlan(DisasterPlanId::new(samples::uuid(7))),
    ];
    let mut steps = samples::events();
    steps.retain(|event| match event.thing() {
        Some(thing) if own.contains(&thing) => true,
        _ => matches!(event, Event::Profile(_)),
    });
    steps
}

fn history(times: &[Occurred]) -> History {
    let mut history = History::default();
    for (place, (event, occurred)) in (0_u64..).zip(steps().into_iter().zip(times)) {
        let id = samples::uuid(1_000 + u128::from(place));
        let metadata: Metadata = serde_json::from_value(json!({
            "schema": 1, "actor": "test:mihon", "role": "staff", "occurred": occurred,
            "command": id, "$correlationId": id, "$causationId": id,
        }))
        .unwrap();
        let recorded = Recorded {
            position: Position::new(place + 1),
            stream: StreamName::child(samples::child()),
            revision: Revision::new(place),
            id: EventId::new(id),
            recorded_at: "2024-04-01T00:00:00Z".parse().unwrap(),
            metadata,
            event,
            privacy: Privacy::Opened,
        };
        history.push(recorded).unwrap();
    }
    history
}

fn state(history: &History) -> Child {
    let stream = StreamName::child(samples::child());
    let folded = Folded::of_history(&stream, history);
    let State::Child(child) = folded.state() else {
        panic!("no child");
    };
    child.as_ref().clone()
}

fn seen(history: &History) -> Timeline {
    let options = TimelineOptions {
        as_of: None,
        as_at: None,
        today: Day::from_ymd_opt(2024, 4, 1).unwrap(),
        yearly_clock: YearlyClock::PROPOSED,
    };
    timeline(history, options)
}

fn assert_same(history: &History) {
    let (seen, state) = (seen(history), state(history));
    assert_eq!(seen.person.area, state.profile.area);
    assert_eq!(
        seen.person.procedures.len(),
        state
            .profile
            .procedures
            .iter()
            .filter(|one| !one.ended)
            .count()
    );
    let made = state.referral(ReferralId::new(samples::uuid(4))).unwrap();
    let referral = &seen.referrals[0];
    assert_eq!(
        (
            referral.made_on,
            referral.received_on,
            referral.accepted_on,
            referral.completed_on
        ),
        (
            made.made.day(),
            made.received.unwrap().day(),
            made.accepted.unwrap().day(),
            made.completed.unwrap().day()
        )
    );
    assert_eq!(
        (referral.fed_back, referral.open, referral.reminders),
        (made.feedback.is_some(), made.is_open(), made.reminders)
    );
    assert_same_plans(&seen, &state);
}

fn assert_same_plans(seen: &Timeline, state: &Child) {
    let plan = state
        .support_plan(SupportPlanId::new(samples::uuid(6)))
        .unwrap();
    let own = SupportPlanId::new(samples::uuid(6)).to_string();
    let seen_plan = seen.support_plans.iter().find(|one| one.plan == own);
    let seen_plan = seen_plan.unwrap();
    let versions: Vec<_> = seen_plan
        .versions
        .iter()
        .map(|one| (one.version, one.written_on, one.agreed_on))
        .collect();
    let expected: Vec<_> = plan
        .versions
        .iter()
        .map(|(version, one)| {
            (
                *version,
                one.made.day(),
                one.agreed.and_then(|step| step.day()),
            )
        })
        .collect();
    assert_eq!(versions, expected);
    assert_eq!(seen_plan.closing.is_some(), plan.closed.is_some());
    let plan = state
        .disaster_plan(DisasterPlanId::new(samples::uuid(7)))
        .unwrap();
    let own = DisasterPlanId::new(samples::uuid(7)).to_string();
    let seen_plan = seen.disaster_plans.iter().find(|one| one.plan == own);
    let seen_plan = seen_plan.unwrap();
    let versions: Vec<_> = seen_plan
        .versions
        .iter()
        .map(|one| (one.version, one.written_on, one.agreed_on))
        .collect();
    let expected: Vec<_> = plan
        .versions
        .iter()
        .map(|(version, one)| {
            (
                *version,
                one.made.day(),
                one.agreed.and_then(|step| step.day()),
            )
        })
        .collect();
    assert_eq!(versions, expected);
    assert_eq!(seen_plan.office, plan.office);
    assert_eq!(seen_plan.end.is_some(), plan.ended.is_some());
}

/// Every step of a plan or a referral stands behind the one that was recorded before it.
fn assert_ordered(history: &History) {
    let seen = seen(history);
    for kind in ["referral-", "support-plan-", "disaster-plan-"] {
        let of_kind = seen
            .entries
            .iter()
            .filter(|entry| entry.event_type.starts_with(kind));
        let positions: Vec<u64> = of_kind.map(|entry| entry.position.get()).collect();
        assert!(positions.is_sorted(), "{kind}: {positions:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_timeline_says_what_the_states_of_commands_say_whatever_the_precisions(
        times in prop::collection::vec(precisions(), steps().len())
    ) {
        let history = history(&times);
        assert_same(&history);
        assert_ordered(&history);
    }
}

#[test]
fn a_step_of_a_month_stands_behind_the_day_that_it_follows() {
    let mut times = vec![Occurred::Day(day(10)); steps().len()];
    let drafted = steps()
        .iter()
        .position(|step| step.info().name == "disaster-plan-drafted");
    times[drafted.unwrap() + 1] = Occurred::Month(day(1));

    let history = history(&times);

    assert_same(&history);
    assert_ordered(&history);
}
