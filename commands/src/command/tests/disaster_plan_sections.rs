//! Rules of the need for a disaster plan, its sections, its use, and a move because of a ventilator.

use super::*;
use crate::world::names;

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["plan"] = json!("D1");
    about(name, on, fields)
}

fn ventilator(name: &str, on: &str) -> Value {
    about(name, on, json!({"procedure": "ventilator"}))
}

fn need(on: &str, fields: Value) -> Value {
    about("identify-disaster-plan-need", on, fields)
}

fn drafted() -> World {
    let mut world = with_child();
    let office = json!({"office": "centre"});
    world.did(step("draft-disaster-plan", "2021-09-01", office));
    world
}

fn agreed() -> World {
    let mut world = drafted();
    world.did(step(
        "agree-disaster-plan",
        "2021-09-01",
        json!({"version": 1}),
    ));
    world
}

#[test]
fn a_need_names_the_office_of_the_ventilator_rule_on_that_day() {
    let mut world = with_child();
    world.did(ventilator("start-care-procedure", "2021-08-15"));

    let centre = world.refuses(need("2021-08-20", json!({"office": "centre"})));
    let before = world.did(need("2021-08-10", json!({})));
    let since = world.did(need("2021-08-20", json!({})));

    assert_eq!(centre, ("VENTILATOR_NOT_CENTRE", "office"));
    let office = |events: &[(ledger_core::id::EventId, ledger_core::event::Draft)]| {
        events[0].1.event.encode().unwrap()["office"].clone()
    };
    assert_eq!(office(&before), "centre");
    assert_eq!(office(&since), "district-centre");
    assert_eq!(
        world.refuses(need("2021-08-21", json!({}))),
        ("ALREADY_RECORDED", "office")
    );
}

#[test]
fn a_need_or_none_wanted_is_said_of_a_person_without_an_open_plan() {
    let mut world = with_child();
    let not_wanted = |on| about("record-disaster-plan-not-wanted", on, json!({}));

    world.did(need("2021-08-20", json!({})));
    world.did(not_wanted("2021-08-25"));
    assert_eq!(
        world.refuses(not_wanted("2021-08-25")),
        ("ALREADY_RECORDED", "occurred")
    );
    world.did(not_wanted("2022-08-25"));
    world.did(need("2022-09-01", json!({})));
    let with_plan = drafted();
    assert_eq!(
        with_plan.refuses(need("2021-09-02", json!({}))),
        ("SECOND_OPEN_PLAN", "")
    );
    assert_eq!(
        with_plan.refuses(not_wanted("2021-09-02")),
        ("SECOND_OPEN_PLAN", "")
    );
}

fn write(on: &str, version: u32, mut fields: Value) -> Value {
    fields["version"] = json!(version);
    step("write-disaster-plan-sections", on, fields)
}

#[test]
fn sections_hold_numbers_and_a_decision_a_hazard_and_say_something() {
    let mut world = drafted();
    let blackout = || json!({"battery_minutes": 480, "blackout": "leave", "flood": "避難"});

    assert_eq!(
        world.refuses(write("2021-09-01", 2, blackout())),
        ("PLAN_NOT_FOUND", "version")
    );
    assert_eq!(
        world.refuses(write("2021-08-31", 1, blackout())),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(write("2021-09-01", 1, json!({"oxygen": " "}))),
        ("MISSING_VALUE", "power")
    );
    assert_eq!(
        world.refuses(write("2021-09-01", 1, json!({"battery_minutes": 50_000}))),
        ("NOT_A_NUMBER", "battery_minutes")
    );
    assert_eq!(
        world.refuses(write("2021-09-01", 1, json!({"water_days": 400}))),
        ("NOT_A_NUMBER", "water_days")
    );
    let events = world.did(write("2021-09-01", 1, blackout()));
    let written = events[0].1.event.encode().unwrap();
    assert_eq!(
        written["evacuation"],
        json!([
            {"hazard": "flood", "decision": "leave"},
            {"hazard": "blackout", "decision": "leave"},
        ])
    );
}

#[test]
fn a_correction_does_not_decide_a_hazard_twice() {
    let mut world = drafted();
    let events = world.did(write("2021-09-01", 1, json!({"flood": "stay"})));
    let child = id("child", "C001");
    let twice = json!([
        {"hazard": "flood", "decision": "leave"},
        {"hazard": "flood", "decision": "stay"},
    ]);

    let refused = world.refuses(json!({
        "command": "correct-event", "stream": format!("child-{child}"),
        "target": events[0].0.to_string(), "reason": "typo", "clear": {"evacuation": twice},
    }));

    assert_eq!(refused, ("REPEATED_HAZARD", "evacuation"));
}

#[test]
fn a_version_that_a_family_agreed_to_takes_no_sections_and_the_next_one_does() {
    let never_written = agreed();
    let mut written = drafted();
    written.did(write("2021-09-01", 1, json!({"power": "蓄電池"})));
    written.did(step(
        "agree-disaster-plan",
        "2021-09-02",
        json!({"version": 1}),
    ));

    for mut world in [never_written, written] {
        assert_eq!(
            world.refuses(write("2021-09-03", 1, json!({"power": "発電機"}))),
            ("AGREED_ALREADY", "version")
        );
        let next = json!({"base_version": 1});
        world.did(step("revise-disaster-plan", "2021-09-04", next));
        world.did(write("2021-09-05", 2, json!({"power": "発電機"})));
        assert_eq!(
            world.refuses(write("2021-09-05", 1, json!({"power": "発電機"}))),
            ("AGREED_ALREADY", "version")
        );
    }
}

#[test]
fn the_centre_does_not_write_a_ventilator_users_sections() {
    let mut world = drafted();
    world.did(ventilator("start-care-procedure", "2021-09-10"));

    let refused = world.refuses(write("2021-09-10", 1, json!({"power": "蓄電池"})));

    assert_eq!(refused, ("VENTILATOR_NOT_CENTRE", "plan"));
}

#[test]
fn a_use_lies_within_the_life_of_its_plan_and_may_be_told_after_its_end() {
    let mut world = agreed();
    world.did(step(
        "end-disaster-plan",
        "2022-01-01",
        json!({"reason": "moved"}),
    ));
    let used = |on| {
        step(
            "record-disaster-plan-use",
            on,
            json!({"hazard": "blackout"}),
        )
    };

    assert_eq!(
        with_child().refuses(used("2021-12-01")),
        ("PLAN_NOT_FOUND", "plan")
    );
    assert_eq!(
        world.refuses(used("2021-08-31")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(world.refuses(used("2022-01-02")), ("PLAN_CLOSED", "plan"));
    assert_eq!(
        names(&world.did(used("2021-12-01"))),
        ["disaster-plan-used"]
    );
}

#[test]
fn a_move_because_of_a_ventilator_agrees_with_the_profile() {
    let mut world = agreed();
    let to = |on, office, reason| {
        step(
            "transfer-disaster-plan",
            on,
            json!({"to": office, "reason": reason}),
        )
    };
    let disagrees = ("VENTILATOR_DISAGREES", "reason");

    let never = world.refuses(to("2022-01-09", "district-centre", "ventilator-started"));
    world.did(ventilator("start-care-procedure", "2022-01-10"));
    let before = world.refuses(to("2022-01-09", "district-centre", "ventilator-started"));
    let wrong_way = world.refuses(to("2022-01-20", "district-centre", "ventilator-ended"));
    world.did(to("2022-01-20", "district-centre", "ventilator-started"));
    world.did(ventilator("end-care-procedure", "2022-09-30"));
    let back = world.refuses(to("2022-10-01", "centre", "ventilator-started"));

    assert_eq!([never, before, wrong_way, back], [disagrees; 4]);
    world.did(to("2022-10-01", "centre", "ventilator-ended"));
}
