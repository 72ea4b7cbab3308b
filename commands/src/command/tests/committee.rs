//! Rules of the committee's meetings.

use ledger_core::actor::Role;
use ledger_core::id::{EventId, StreamName};
use ledger_core::proof::Hash;

use super::*;
use crate::world::names;

const MEETING: &str = "01920000-0000-7000-8000-000000000001";
const FINDING: &str = "01920000-0000-7000-8000-000000000002";
const RECOMMENDATION: &str = "01920000-0000-7000-8000-000000000003";
const EVENT: &str = "5b0c7d3e-6d0a-5f6e-9a3c-2f1d6b8e4a01";
const HASH: &str = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";

fn meeting(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!(occurred);
    fields["meeting"] = json!(MEETING);
    fields
}

fn convene(occurred: &str) -> Value {
    meeting(
        "convene-meeting",
        occurred,
        json!({"planned_on": "2022-05-19"}),
    )
}

fn freeze(as_at: u64, head: u64) -> Value {
    let figures = json!({"fiscal_year": 2021, "day": "2022-03-31", "as_at": as_at, "figures": []});
    let fields = json!({"fiscal_year": 2021, "on_day": "2022-03-31", "as_at": as_at,
        "head": head, "figures": figures});
    meeting("freeze-materials", "2022-05-12", fields)
}

fn hold(occurred: &str) -> Value {
    meeting(
        "hold-meeting",
        occurred,
        json!({"attendees": ["見本　一郎"]}),
    )
}

fn find() -> Value {
    meeting(
        "record-finding",
        "2022-05-19",
        json!({"finding": FINDING, "text": "達した。"}),
    )
}

fn recommend(due_on: &str) -> Value {
    let fields = json!({"recommendation": RECOMMENDATION, "addressee": "centre",
        "due_on": due_on, "text": "案内すること。"});
    meeting("make-recommendation", "2022-05-19", fields)
}

fn answer(occurred: &str, mut fields: Value) -> Value {
    fields["recommendation"] = json!(RECOMMENDATION);
    meeting("answer-recommendation", occurred, fields)
}

fn minutes(position: u64) -> Value {
    let fields = json!({"position": position, "root": HASH});
    meeting("approve-minutes", "2022-06-10", fields)
}

fn review(grounds: &Value) -> Value {
    let fields = json!({"conclusion": "continue", "grounds": grounds});
    meeting("review-trial", "2022-05-19", fields)
}

fn convened() -> World {
    let mut world = World::new();
    world.did(convene("2022-04-28"));
    world
}

#[test]
fn a_meeting_goes_from_its_notice_to_its_minutes() {
    let mut world = convened();

    let mut events = world.did(freeze(4_321, 4_321));
    events.extend(world.did(hold("2022-05-19")));
    events.extend(world.did(find()));
    events.extend(world.did(recommend("2022-09-30")));
    events.extend(world.did(answer("2022-09-15", json!({"evidence": [EVENT]}))));
    events.extend(world.did(answer("2022-10-15", json!({"text": "続けている。"}))));
    events.extend(world.did(minutes(4_500)));
    events.extend(world.did(review(&json!(["volume", "know-how", "volume"]))));

    let wanted = [
        "materials-frozen",
        "meeting-held",
        "finding-recorded",
        "recommendation-made",
        "recommendation-answered",
        "recommendation-answered",
        "minutes-approved",
        "trial-reviewed",
    ];
    assert_eq!(names(&events), wanted);
    let frozen = events[0].1.event.encode().unwrap();
    let figures = frozen["figures"].as_str().unwrap();
    assert!(figures.starts_with("{\"as_at\":4321,"), "{figures}");
    let digest = Hash::of(figures.as_bytes()).to_string();
    assert_eq!(frozen["digest"], json!(digest));
    let reviewed = events[7].1.event.encode().unwrap();
    assert_eq!(reviewed["grounds"], json!(["know-how", "volume"]));
}

#[test]
fn nothing_comes_before_the_notice() {
    let world = World::new();

    for step in [
        freeze(1, 1),
        hold("2022-05-19"),
        find(),
        recommend("2022-09-30"),
        answer("2022-09-15", json!({"text": "した。"})),
        minutes(1),
        review(&json!(["volume"])),
    ] {
        assert_eq!(world.refuses(step), ("MEETING_NOT_FOUND", "meeting"));
    }
}

#[test]
fn a_meeting_is_convened_once_and_for_a_day_that_is_not_over() {
    let world = convened();

    assert_eq!(
        world.refuses(convene("2022-04-28")),
        ("ALREADY_RECORDED", "meeting")
    );
    assert_eq!(
        World::new().refuses(convene("2022-05-20")),
        ("STEPS_OUT_OF_ORDER", "planned_on")
    );
    assert_eq!(
        World::new().refuses(convene("2024-04-02")),
        ("OCCURRED_IN_FUTURE", "occurred")
    );
}

/// By two days or positions that follow each other the committee's account told one child's consultation apart.
#[test]
fn the_committees_own_account_freezes_what_stands_now_alone() {
    let mut world = convened();
    world.signs_in("iin-1", Role::Committee);

    assert_eq!(world.refuses(freeze(3, 4)), ("NOT_AS_IT_STANDS", "as_at"));
    let mut another_day = freeze(4, 4);
    another_day["on_day"] = json!("2022-03-30");
    another_day["figures"]["day"] = json!("2022-03-30");
    assert_eq!(
        world.refuses(another_day.clone()),
        ("NOT_AS_IT_STANDS", "on_day")
    );
    world.did(freeze(4, 4));
    let mut manager = convened();
    manager.signs_in("manager-1", Role::Manager);
    manager.did(another_day);
}

#[test]
fn materials_are_frozen_once_before_the_meeting_and_not_ahead_of_the_log() {
    let mut world = convened();
    let mut digest = freeze(1, 1);
    digest["digest"] = json!("9f86");

    assert_eq!(world.refuses(digest), ("NOT_A_HASH", "digest"));
    let mut digest = freeze(1, 1);
    digest["digest"] = json!(HASH);
    assert_eq!(world.refuses(digest), ("FIGURES_DIFFER", "digest"));
    for (field, other) in [
        ("as_at", json!(2)),
        ("day", json!("2022-04-01")),
        ("fiscal_year", json!(2022)),
    ] {
        let mut figures = freeze(1, 1);
        figures["figures"][field] = other;
        assert_eq!(
            world.refuses(figures),
            ("FIGURES_DIFFER", "figures"),
            "{field}"
        );
    }
    assert_eq!(world.refuses(freeze(5, 4)), ("POSITION_AHEAD", "as_at"));
    world.did(freeze(4, 4));
    assert_eq!(world.refuses(freeze(4, 4)), ("ALREADY_RECORDED", "meeting"));
    let mut late = convened();
    late.did(hold("2022-05-10"));
    assert_eq!(late.refuses(freeze(4, 4)), ("MEETING_HELD", "meeting"));
}

#[test]
fn a_meeting_is_held_once_after_its_notice_and_by_somebody() {
    let mut world = convened();
    let held = |fields: Value| meeting("hold-meeting", "2022-05-19", fields);

    assert_eq!(
        world.refuses(hold("2022-04-27")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(held(json!({"attendees": [" "]}))),
        ("MISSING_VALUE", "attendees")
    );
    assert_eq!(
        world.refuses(held(
            json!({"attendees": ["甲", "乙"], "attendee_count": 1})
        )),
        ("NOT_A_NUMBER", "attendee_count")
    );
    let events = world.did(held(json!({"attendees": ["甲", "乙"]})));
    assert_eq!(events[0].1.event.encode().unwrap()["attendee_count"], 2);
    assert_eq!(
        world.refuses(hold("2022-05-19")),
        ("ALREADY_RECORDED", "meeting")
    );
}

#[test]
fn findings_and_recommendations_say_something_once() {
    let mut world = convened();
    let mut silent = find();
    silent["text"] = json!("　");

    assert_eq!(world.refuses(silent), ("MISSING_VALUE", "text"));
    world.did(find());
    assert_eq!(
        world.refuses(recommend("2022-09-30")),
        ("MEETING_NOT_HELD", "meeting")
    );
    world.did(hold("2022-05-19"));
    let mut early = recommend("2022-09-30");
    early["occurred"] = json!("2022-05-18");
    assert_eq!(world.refuses(early), ("STEPS_OUT_OF_ORDER", "occurred"));
    assert_eq!(
        world.refuses(recommend("2022-05-18")),
        ("STEPS_OUT_OF_ORDER", "due_on")
    );
    world.did(recommend("2022-05-19"));
    assert_eq!(world.refuses(find()), ("ALREADY_RECORDED", "finding"));
    assert_eq!(
        world.refuses(recommend("2022-05-19")),
        ("ALREADY_RECORDED", "recommendation")
    );
}

#[test]
fn a_meeting_that_recommended_something_was_held() {
    let mut world = convened();
    let held = world.did(hold("2022-05-19"))[0].0;
    world.did(recommend("2022-09-30"));

    let annul = json!({"command": "annul-event", "stream": format!("committee-{MEETING}"),
        "target": held.to_string(), "reason": "typo"});
    assert_eq!(world.refuses(annul), ("LATER_STEPS_STAND", "target"));
}

#[test]
fn an_answer_needs_its_recommendation_and_words_or_events() {
    let mut world = convened();
    let said = json!({"text": "した。"});

    assert_eq!(
        world.refuses(answer("2022-09-15", said.clone())),
        ("RECOMMENDATION_NOT_FOUND", "recommendation")
    );
    world.did(hold("2022-05-19"));
    world.did(recommend("2022-09-30"));
    assert_eq!(
        world.refuses(answer("2022-05-18", said)),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(answer("2022-09-15", json!({}))),
        ("MISSING_VALUE", "text")
    );
}

#[test]
fn minutes_are_of_a_held_meeting_and_hold_a_later_head_than_its_materials() {
    let mut world = convened();
    world.did(freeze(4_321, 4_321));

    assert_eq!(
        world.refuses(minutes(4_500)),
        ("MEETING_NOT_HELD", "meeting")
    );
    world.did(hold("2022-05-19"));
    assert_eq!(
        world.refuses(minutes(4_320)),
        ("STEPS_OUT_OF_ORDER", "position")
    );
    let mut root = minutes(4_500);
    root["root"] = json!("見本");
    assert_eq!(world.refuses(root), ("NOT_A_HASH", "root"));
    let mut early = minutes(4_500);
    early["occurred"] = json!("2022-05-18");
    assert_eq!(world.refuses(early), ("STEPS_OUT_OF_ORDER", "occurred"));
    world.did(minutes(4_500));
    assert_eq!(
        world.refuses(minutes(4_500)),
        ("ALREADY_RECORDED", "meeting")
    );
}

#[test]
fn a_review_of_the_trial_has_its_grounds() {
    let world = convened();

    assert_eq!(
        world.refuses(review(&json!([]))),
        ("MISSING_VALUE", "grounds")
    );
}

#[test]
fn materials_frozen_by_mistake_are_annulled_and_frozen_again() {
    let mut world = convened();
    let frozen = world.did(freeze(4, 4))[0].0;

    world.did(
        json!({"command": "annul-event", "stream": format!("committee-{MEETING}"),
        "target": frozen.to_string(), "reason": "typo"}),
    );

    let frozen = world.did(freeze(5, 5));
    assert_eq!(names(&frozen), ["materials-frozen"]);
    world.did(hold("2022-05-19"));
    world.did(minutes(4_500));
    let stays = |target: EventId, refused: &str| {
        let annul = json!({"command": "annul-event", "stream": format!("committee-{MEETING}"),
            "target": target.to_string(), "reason": "typo"});
        assert_eq!(world.refuses(annul), (refused, "target"));
    };
    stays(frozen[0].0, "LATER_STEPS_STAND");
    let stream = StreamName::committee(MEETING.parse().unwrap());
    let last = world.history(&stream).entries().last().unwrap();
    stays(last.recorded.id, "NOT_CORRECTABLE");
    let first = world.history(&stream).entries().first().unwrap();
    stays(first.recorded.id, "LATER_STEPS_STAND");
}
