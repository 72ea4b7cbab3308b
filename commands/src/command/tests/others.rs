//! Rules of facilities, training and the programme's settings.

use super::*;
use crate::world::names;

fn facility(world: &mut World) {
    world.did(
        json!({"command": "register-facility", "number": "X01", "occurred": "2021-08-03",
        "name": "見本保育園", "kind": "nursery", "area": "tamagawa"}),
    );
}

fn visit(number: &str) -> Value {
    json!({"command": "record-facility-support", "facility": "X01", "occurred": "2021-08-04",
        "visit": id("visit", number), "staff_kind": "nurse"})
}

fn trainee(world: &mut World) {
    world.did(
        json!({"command": "enrol-trainee", "number": "T01", "occurred": "2021-08-13",
        "name": "研修　一"}),
    );
}

fn set(name: &str, field: &str, value: Value) -> Value {
    let mut json = json!({"command": name, "occurred": "2020-12-17"});
    json[field] = value;
    json
}

#[test]
fn a_facility_is_registered_once_and_changed_only_by_something_else() {
    let mut world = World::new();
    let change = |fields: Value| {
        let mut json = fields;
        json["command"] = json!("change-facility");
        json["facility"] = json!("X01");
        json["occurred"] = json!("2022-04-01");
        json
    };
    let unknown = world.refuses(change(json!({"area": "kinuta"})));

    facility(&mut world);

    assert_eq!(unknown, ("UNKNOWN_FACILITY", "facility"));
    let again = json!({"command": "register-facility", "number": "X01", "occurred": "2021-08-03",
        "name": "別", "kind": "nursery", "area": "tamagawa"});
    assert_eq!(world.refuses(again), ("ALREADY_REGISTERED", "facility"));
    assert_eq!(
        world.refuses(change(json!({"area": "tamagawa"}))),
        ("NOTHING_CHANGES", "")
    );
    assert_eq!(
        names(&world.did(change(json!({"area": "kinuta"})))),
        ["facility-changed"]
    );
}

#[test]
fn visits_to_a_known_facility_are_counted_by_the_year() {
    let mut world = World::new();
    assert_eq!(world.refuses(visit("G1")), ("UNKNOWN_FACILITY", "facility"));
    facility(&mut world);

    world.did(visit("G1"));
    let second = world.did(visit("G2"));

    assert_eq!(second[0].1.event.encode().unwrap()["nth"], 2);
    assert_eq!(world.refuses(visit("G2")), ("ALREADY_RECORDED", "visit"));
}

#[test]
fn sessions_and_completion_need_an_enrolled_advisor() {
    let mut world = World::new();
    let session = |on: &str| {
        json!({"command": "hold-session", "trainee": "T01", "occurred": on,
        "session": id("session", "I1"), "kind": "lecture"})
    };
    let complete = json!({"command": "complete-training", "trainee": "T01",
        "occurred": "2022-03-10"});
    assert_eq!(
        world.refuses(session("2021-09-06")),
        ("UNKNOWN_TRAINEE", "trainee")
    );
    assert_eq!(
        world.refuses(complete.clone()),
        ("UNKNOWN_TRAINEE", "trainee")
    );

    trainee(&mut world);

    assert_eq!(
        world.refuses(session("2021-08-12")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(session("2021-09-06"));
    assert_eq!(
        world.refuses(session("2021-09-06")),
        ("ALREADY_RECORDED", "session")
    );
    world.did(complete.clone());
    assert_eq!(world.refuses(complete), ("ALREADY_RECORDED", "trainee"));
    let again = json!({"command": "enrol-trainee", "number": "T01", "occurred": "2021-08-13",
        "name": "別"});
    assert_eq!(world.refuses(again), ("ALREADY_REGISTERED", "trainee"));
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let mut world = World::new();
    let rule = set(
        "adopt-counting-rule",
        "rule",
        json!({"rule": "CR-1", "text_ja": "延べ", "text_en": "contacts", "stated": true}),
    );
    let period = set(
        "set-period",
        "period",
        json!({"preparation_from": "2021-08-02", "starts_on": "2021-08-01", "ends_on": "2024-03-31"}),
    );
    let planned = set(
        "set-planned-number",
        "planned",
        json!({"service": "advisor-training",
        "low": 2, "high": 1, "unit": "名", "count_rule_ja": "人", "approximate": false}),
    );

    world.did(rule.clone());

    assert_eq!(world.refuses(rule), ("ALREADY_RECORDED", "rule"));
    assert_eq!(world.refuses(period), ("STEPS_OUT_OF_ORDER", "period"));
    assert_eq!(world.refuses(planned), ("NOT_A_NUMBER", "planned"));
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_programme_is_set_up_once_and_at_once() {
    let mut world = World::new();
    let value = |name: &str, field: &str| {
        let example: Value = serde_json::from_str(crate::Command::example(name).unwrap()).unwrap();
        example[field].clone()
    };
    let set_up = crate::command::SetUpProgramme {
        occurred: ledger_core::time::Occurred::parse("2020-12-17").unwrap(),
        definition: read(value("define-programme", "definition")),
        period: read(value("set-period", "period")),
        opening_hours: read(value("set-opening-hours", "opening_hours")),
        calendar: read(value("set-holiday-calendar", "calendar")),
        planned: vec![read(value("set-planned-number", "planned"))],
        rules: vec![read(value("adopt-counting-rule", "rule"))],
    };
    let mut twice = set_up.clone();
    twice.rules.extend(set_up.rules.clone());

    assert_eq!(world.refuses_decision(&twice), ("ALREADY_RECORDED", "rule"));
    let events = world.does(&set_up);

    let wanted = [
        "programme-defined",
        "programme-period-set",
        "opening-hours-set",
        "holiday-calendar-set",
        "planned-number-set",
        "counting-rule-adopted",
    ];
    assert_eq!(names(&events), wanted);
    assert_eq!(
        world.refuses_decision(&set_up),
        ("ALREADY_REGISTERED", "definition")
    );
}
