//! Rules of facilities and their technical support.

use super::*;
use crate::world::{flags, names};

fn facility(world: &mut World) {
    world.did(
        json!({"command": "register-facility", "number": "X01", "occurred": "2021-08-03",
        "name": "見本保育園", "kind": "nursery", "area": "tamagawa"}),
    );
}

/// A command about X01: its name, its day and its other fields.
fn to(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!(occurred);
    fields["facility"] = json!("X01");
    fields
}

fn enrol(year: i32) -> Value {
    to(
        "enrol-facility",
        "2021-08-03",
        json!({ "fiscal_year": year }),
    )
}

fn visit_on(number: &str, day: &str) -> Value {
    let fields = json!({"visit": id("visit", number), "staff_kind": "nurse"});
    to("record-facility-support", day, fields)
}

fn visit(number: &str) -> Value {
    visit_on(number, "2021-08-04")
}

fn schedule(number: &str, planned_on: &str) -> Value {
    let fields = json!({"visit": id("visit", number), "planned_on": planned_on});
    to("schedule-visit", "2021-08-10", fields)
}

fn cancel(number: &str, reason: &str) -> Value {
    let fields = json!({"visit": id("visit", number), "reason": reason});
    to("cancel-visit", "2021-08-19", fields)
}

/// A ledger with the facility X01, enrolled for 2021.
fn enrolled() -> World {
    let mut world = World::new();
    facility(&mut world);
    world.did(enrol(2021));
    world
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
    world.did(enrol(2021));

    world.did(visit("G1"));
    let second = world.did(visit("G2"));

    assert_eq!(second[0].1.event.encode().unwrap()["nth"], 2);
    assert_eq!(world.refuses(visit("G2")), ("ALREADY_RECORDED", "visit"));
}

#[test]
fn a_facility_is_enrolled_once_a_fiscal_year() {
    let mut world = World::new();
    assert_eq!(world.refuses(enrol(2021)), ("UNKNOWN_FACILITY", "facility"));
    facility(&mut world);
    assert_eq!(
        world.refuses(enrol(20_211)),
        ("NOT_A_NUMBER", "fiscal_year")
    );

    world.did(enrol(2021));

    assert_eq!(
        world.refuses(enrol(2021)),
        ("ALREADY_RECORDED", "fiscal_year")
    );
    assert_eq!(names(&world.did(enrol(2022))), ["facility-enrolled"]);
}

#[test]
fn a_visit_needs_enrolment_in_the_fiscal_year_of_its_day() {
    let mut world = World::new();
    facility(&mut world);
    assert_eq!(world.refuses(visit("G1")), ("NOT_ENROLLED", "facility"));

    world.did(enrol(2021));

    world.did(visit_on("G1", "2022-03-31"));
    assert_eq!(
        world.refuses(visit_on("G2", "2022-04-01")),
        ("NOT_ENROLLED", "facility")
    );
    assert_eq!(
        world.refuses(schedule("G3", "2022-04-01")),
        ("NOT_ENROLLED", "planned_on")
    );
}

#[test]
fn a_facility_that_withdrew_is_visited_until_that_day_and_may_come_back() {
    let mut world = World::new();
    facility(&mut world);
    let withdraw = || to("withdraw-facility", "2021-12-24", json!({"reason": "閉園"}));
    assert_eq!(world.refuses(withdraw()), ("NOT_ENROLLED", "facility"));
    world.did(enrol(2021));
    world.did(enrol(2022));

    world.did(withdraw());

    assert_eq!(world.refuses(withdraw()), ("NOT_ENROLLED", "facility"));
    world.did(visit_on("G1", "2021-12-24"));
    for day in ["2021-12-25", "2022-04-01"] {
        assert_eq!(
            world.refuses(visit_on("G2", day)),
            ("NOT_ENROLLED", "facility")
        );
    }
    world.did(enrol(2022));
    world.did(visit_on("G2", "2022-04-01"));
}

/// Golden check 8 of the paper: a fifth visit counts in the raw figure and is shown as extra.
#[test]
fn a_fifth_visit_in_a_fiscal_year_is_taken_and_flagged() {
    let mut world = enrolled();
    world.did(enrol(2022));
    for number in ["G1", "G2", "G3", "G4"] {
        assert_eq!(flags(&world.did(visit(number))), []);
    }

    let fifth = world.did(visit("G5"));

    assert_eq!(flags(&fifth), [Flag::ExtraVisit]);
    assert_eq!(fifth[0].1.event.encode().unwrap()["nth"], 5);
    assert_eq!(flags(&world.did(visit_on("G6", "2022-04-01"))), []);
}

#[test]
fn an_arranged_visit_is_done_or_cancelled_once() {
    let mut world = enrolled();
    assert_eq!(
        world.refuses(schedule("G1", "2021-08-09")),
        ("STEPS_OUT_OF_ORDER", "planned_on")
    );
    assert_eq!(
        world.refuses(cancel("G1", "都合")),
        ("VISIT_NOT_SCHEDULED", "visit")
    );

    world.did(schedule("G1", "2021-08-20"));
    world.did(schedule("G2", "2021-09-20"));

    assert_eq!(
        world.refuses(schedule("G1", "2021-08-21")),
        ("ALREADY_RECORDED", "visit")
    );
    assert_eq!(
        world.refuses(cancel("G2", " ")),
        ("MISSING_VALUE", "reason")
    );
    world.did(visit_on("G1", "2021-08-20"));
    world.did(cancel("G2", "施設の都合"));
    assert_eq!(
        world.refuses(cancel("G1", "都合")),
        ("VISIT_NOT_SCHEDULED", "visit")
    );
    assert_eq!(
        world.refuses(visit_on("G2", "2021-09-20")),
        ("VISIT_NOT_SCHEDULED", "visit")
    );
    assert_eq!(
        world.refuses(schedule("G2", "2021-10-20")),
        ("ALREADY_RECORDED", "visit")
    );
}

#[test]
fn a_survey_has_answers_from_one_to_five() {
    let mut world = enrolled();
    let survey = |confidence: u32, isolation: u32| {
        let fields = json!({"survey": id("survey", "S1"), "phase": "支援前",
            "procedure": "吸引", "confidence": confidence, "isolation": isolation});
        to("survey-facility-confidence", "2021-08-20", fields)
    };

    assert_eq!(world.refuses(survey(0, 3)), ("NOT_A_NUMBER", "confidence"));
    assert_eq!(world.refuses(survey(6, 3)), ("NOT_A_NUMBER", "confidence"));
    assert_eq!(world.refuses(survey(3, 6)), ("NOT_A_NUMBER", "isolation"));
    assert_eq!(
        names(&world.did(survey(1, 5))),
        ["facility-confidence-surveyed"]
    );
    assert_eq!(world.refuses(survey(1, 5)), ("ALREADY_RECORDED", "survey"));
}

#[test]
fn a_facility_that_did_not_take_a_child_on_says_why() {
    let mut world = enrolled();
    let acceptance = |outcome: &str, reason: Value| {
        let fields = json!({"outcome": outcome, "procedures": ["人工呼吸器"], "reason": reason});
        to("record-acceptance", "2021-10-01", fields)
    };

    assert_eq!(
        world.refuses(acceptance("受入れ見送り", json!(null))),
        ("MISSING_VALUE", "reason")
    );
    let taken = world.did(acceptance("受入れ", json!(null)));
    assert_eq!(names(&taken), ["facility-acceptance-recorded"]);
    world.did(acceptance("受入れ見送り", json!("看護師がいない")));
}

#[test]
fn a_staffing_is_recorded_where_it_changes() {
    let mut world = enrolled();
    let staffing = |nurses: u32| {
        let fields = json!({"nurse_fte_hundredths": nurses, "procedures": ["吸引", "吸引"]});
        to("change-facility-staffing", "2021-10-01", fields)
    };

    assert_eq!(
        world.refuses(staffing(10_001)),
        ("NOT_A_NUMBER", "nurse_fte_hundredths")
    );
    let changed = world.did(staffing(150));
    assert_eq!(
        changed[0].1.event.encode().unwrap()["procedures"],
        json!(["suction"])
    );
    assert_eq!(world.refuses(staffing(150)), ("NOTHING_CHANGES", ""));
    world.did(staffing(0));
}
