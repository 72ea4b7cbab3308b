//! Rules of opinions and requests.

use super::*;
use crate::world::names;

const OPINION: &str = "01920000-0000-7000-8000-000000000004";
const REQUEST: &str = "01920000-0000-7000-8000-000000000005";
const EVENT: &str = "5b0c7d3e-6d0a-5f6e-9a3c-2f1d6b8e4a01";

fn opinion(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!(occurred);
    fields["opinion"] = json!(OPINION);
    fields
}

fn request(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!(occurred);
    fields["request"] = json!(REQUEST);
    fields
}

fn receive() -> Value {
    opinion(
        "receive-opinion",
        "2022-02-18",
        json!({"text": "分かりにくい。"}),
    )
}

fn make(addressee: &str, due_on: &str) -> Value {
    let fields = json!({"addressee": addressee, "due_on": due_on, "text": "報酬の対象とすること。",
        "indicators": ["A-1", " "], "evidence": [EVENT]});
    request("make-request", "2022-07-01", fields)
}

fn answer(occurred: &str) -> Value {
    request("answer-request", occurred, json!({"text": "検討する。"}))
}

fn withdraw(occurred: &str) -> Value {
    request("withdraw-request", occurred, json!({}))
}

#[test]
fn an_opinion_is_received_once_and_answered_as_often_as_work_goes_on() {
    let mut world = World::new();
    let answer = |occurred: &str, fields: Value| opinion("answer-opinion", occurred, fields);
    let said = json!({"text": "配布した。"});

    assert_eq!(
        world.refuses(answer("2022-06-01", said.clone())),
        ("OPINION_NOT_FOUND", "opinion")
    );
    let mut silent = receive();
    silent["text"] = json!("");
    assert_eq!(world.refuses(silent), ("MISSING_VALUE", "text"));
    world.did(receive());
    assert_eq!(world.refuses(receive()), ("ALREADY_RECORDED", "opinion"));
    assert_eq!(
        world.refuses(answer("2022-02-17", said.clone())),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(answer("2022-06-01", json!({}))),
        ("MISSING_VALUE", "text")
    );
    let mut events = world.did(answer("2022-06-01", said));
    events.extend(world.did(answer("2022-07-01", json!({"evidence": [EVENT]}))));
    assert_eq!(names(&events), ["council-opinion-answered"; 2]);
}

#[test]
fn a_request_goes_outside_the_ward_with_what_speaks_for_it() {
    let mut world = World::new();

    for addressee in ["centre", "ward"] {
        assert_eq!(
            world.refuses(make(addressee, "2023-03-31")),
            ("NOT_AN_ADDRESSEE", "addressee")
        );
    }
    assert_eq!(
        world.refuses(make("state", "2022-06-30")),
        ("STEPS_OUT_OF_ORDER", "due_on")
    );
    let mut silent = make("tokyo", "2023-03-31");
    silent["text"] = json!("");
    assert_eq!(world.refuses(silent), ("MISSING_VALUE", "text"));
    let events = world.did(make("state", "2023-03-31"));
    assert_eq!(
        events[0].1.event.encode().unwrap()["indicators"],
        json!(["A-1"])
    );
    assert_eq!(
        world.refuses(make("state", "2023-03-31")),
        ("ALREADY_RECORDED", "request")
    );
}

#[test]
fn a_request_is_answered_or_taken_back_and_then_over() {
    let made = || {
        let mut world = World::new();
        world.did(make("tokyo", "2023-03-31"));
        world
    };
    for step in [answer("2023-02-10"), withdraw("2023-02-10")] {
        let unknown = World::new().refuses(step.clone());
        assert_eq!(unknown, ("REQUEST_NOT_FOUND", "request"));
        let mut world = made();
        world.did(step);
        for next in [answer("2023-02-11"), withdraw("2023-02-11")] {
            assert_eq!(world.refuses(next), ("REQUEST_ENDED", "request"));
        }
    }
    for early in [answer("2022-06-30"), withdraw("2022-06-30")] {
        assert_eq!(made().refuses(early), ("STEPS_OUT_OF_ORDER", "occurred"));
    }
    let mut silent = answer("2023-02-10");
    silent["text"] = json!("");
    assert_eq!(made().refuses(silent), ("MISSING_VALUE", "text"));
}
