//! Rules of closing a case and going on with it.

use super::*;
use crate::world::names;

fn close(on: &str) -> Value {
    about("close-case", on, json!({"reason": "moved"}))
}

fn closed() -> World {
    let mut world = with_child();
    world.did(close("2023-03-31"));
    world
}

fn referral(on: &str) -> Value {
    about(
        "make-referral",
        on,
        json!({"referral": "F1", "area": "kitazawa", "section": "health-welfare",
            "urgency": "normal"}),
    )
}

fn consultation(on: &str) -> Value {
    json!({
        "command": "record-consultation", "children": ["C001"], "occurred": on,
        "consulter": "guardian", "channel": "phone", "topics": ["family"],
    })
}

#[test]
fn whatever_is_open_keeps_a_case_open_unless_an_exception_says_why() {
    let stay = json!({"stay": id("hospital-stay", "1")});
    let follow_up = json!({"follow_up": id("follow-up", "1"), "due_on": "2023-04-30"});
    let disaster = json!({"plan": "D1", "office": "centre"});
    let plan = json!({"plan": "P1"});
    let openings = [
        ("referral ", referral("2023-01-10")),
        (
            "home-living support plan ",
            about("draft-support-plan", "2023-01-10", plan),
        ),
        (
            "disaster plan ",
            about("draft-disaster-plan", "2023-01-10", disaster),
        ),
        (
            "hospital stay ",
            about("start-hospital-stay", "2023-01-10", stay),
        ),
        (
            "follow-up ",
            about("schedule-follow-up", "2023-01-10", follow_up),
        ),
    ];

    for (kind, opening) in openings {
        let mut world = with_child();
        world.did(opening);
        assert_eq!(
            world.refuses(close("2023-03-31")),
            ("CASE_HAS_OPEN_THINGS", "exception")
        );
        let refused = world.rejects(close("2023-03-31"));
        let named: Vec<String> = refused.open.iter().map(ToString::to_string).collect();
        assert_eq!(named.len(), 1, "{named:?}");
        assert!(named[0].starts_with(kind), "{named:?}");
        let mut excepted = close("2023-03-31");
        excepted["exception"] = json!("転出先の返事を待つ。");
        let events = world.did(excepted);
        assert_eq!(events[0].1.event.encode().unwrap()["left_open"], 1);
    }
}

#[test]
fn a_case_with_nothing_open_is_closed_once_and_goes_on_with_a_reason() {
    let mut world = with_child();
    let mut reopen = about("reopen-case", "2023-06-01", json!({}));
    assert_eq!(world.refuses(reopen.clone()), ("CASE_NOT_CLOSED", "child"));

    let events = world.did(close("2023-03-31"));

    assert_eq!(names(&events), ["case-closed"]);
    assert_eq!(events[0].1.event.encode().unwrap()["left_open"], 0);
    assert_eq!(world.refuses(close("2023-04-01")), ("CASE_CLOSED", "child"));
    assert_eq!(world.refuses(close("2023-03-01")), ("CASE_CLOSED", "child"));
    assert_eq!(world.refuses(reopen.clone()), ("MISSING_VALUE", "reason"));
    reopen["reason"] = json!("区内へ戻られた。");
    let mut early = reopen.clone();
    early["occurred"] = json!("2023-03-30");
    assert_eq!(world.refuses(early), ("STEPS_OUT_OF_ORDER", "occurred"));
    assert_eq!(names(&world.did(reopen)), ["case-reopened"]);
    world.did(consultation("2023-06-02"));
}

#[test]
fn nothing_new_is_done_for_a_closed_case() {
    let world = closed();
    let closed = ("CASE_CLOSED", "child");

    assert_eq!(world.refuses(referral("2023-04-01")), closed);
    assert_eq!(world.refuses(referral("2023-03-31")), closed);
    assert_eq!(
        world.refuses(consultation("2023-04-01")),
        ("CASE_CLOSED", "children")
    );
    let guardian = json!({"name": "見本　和子"});
    assert_eq!(
        world.refuses(about("add-guardian", "2023-04-01", guardian)),
        closed
    );
}

#[test]
fn what_happened_before_the_closing_is_written_down_later_unless_it_would_stay_open() {
    let mut world = closed();

    world.did(consultation("2023-03-30"));

    assert_eq!(
        world.refuses(referral("2023-03-30")),
        ("CASE_CLOSED", "child")
    );
    let mut promising = consultation("2023-03-30");
    promising["consultation"] = json!("S2");
    promising["follow_up_due_on"] = json!("2023-04-30");
    assert_eq!(world.refuses(promising), ("CASE_CLOSED", "children"));
}

#[test]
fn what_was_left_open_comes_to_its_end_in_the_closed_case() {
    let mut world = with_child();
    world.did(referral("2023-01-10"));
    let mut excepted = close("2023-03-31");
    excepted["exception"] = json!("報告を待つ。");
    world.did(excepted);

    let received = about("receive-referral", "2023-04-10", json!({"referral": "F1"}));

    assert_eq!(names(&world.did(received)), ["referral-received"]);
    let sent_on = json!({"referral": "F1", "area": "kinuta", "section": "health-welfare"});
    assert_eq!(
        world.refuses(about("redirect-referral", "2023-04-11", sent_on)),
        ("CASE_CLOSED", "child")
    );
}

#[test]
fn a_closed_case_is_still_corrected_and_what_is_shared_of_it_is_still_written_down() {
    let mut world = with_child();
    let target = world.did(consultation("2022-08-06"))[0].0;
    world.did(close("2023-03-31"));

    world.did(correct_clear(target, json!({"channel": "visit"})));
    world.did(about(
        "share-information",
        "2023-04-20",
        json!({"party": "ward", "data": ["medical-care"], "purpose": "support", "basis": "law",
            "ground": "転出先の区からの照会。"}),
    ));
    world.did(annul(
        world.history(&child_stream("C001")).entries()[2]
            .recorded
            .id,
    ));
    world.did(referral("2023-04-01"));
}
