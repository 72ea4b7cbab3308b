//! Rules of stays in hospital and the discharge.

use super::*;
use crate::world::names;

fn stay(number: &str) -> Value {
    json!(id("hospital-stay", number))
}

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    if fields.get("stay").is_none() {
        fields["stay"] = stay("1");
    }
    about(name, on, fields)
}

fn admitted() -> World {
    let mut world = with_child();
    world.did(step("start-hospital-stay", "2021-09-01", json!({})));
    world
}

fn discharge(on: &str) -> Value {
    about("record-discharge", on, json!({"hospital": "見本病院"}))
}

#[test]
fn a_person_is_in_one_hospital_at_a_time() {
    let mut world = admitted();
    let again = step("start-hospital-stay", "2021-10-01", json!({}));
    let second = step(
        "start-hospital-stay",
        "2021-10-01",
        json!({"stay": stay("2")}),
    );

    assert_eq!(world.refuses(again.clone()), ("ALREADY_RECORDED", "stay"));
    assert_eq!(
        world.refuses(second.clone()),
        ("HOSPITAL_STAY_OPEN", "child")
    );
    world.did(discharge("2021-09-30"));
    assert_eq!(world.refuses(again), ("ALREADY_RECORDED", "stay"));
    world.did(second);
}

#[test]
fn a_discharge_ends_the_stay_and_does_not_come_before_the_admission() {
    let mut world = admitted();
    assert_eq!(
        world.refuses(discharge("2021-08-31")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );

    world.did(discharge("2021-09-30"));

    let set = json!({"planned_on": "2021-10-01"});
    assert_eq!(
        world.refuses(step("set-discharge-date", "2021-09-30", set)),
        ("HOSPITAL_STAY_NOT_OPEN", "stay")
    );
}

#[test]
fn the_notice_and_the_planned_day_follow_the_admission() {
    let mut world = admitted();
    let notice = |on, planned: &str| {
        let fields = json!({"planned_on": planned, "sender": "医療ソーシャルワーカー"});
        step("receive-discharge-notice", on, fields)
    };
    let set = |on, planned: &str| step("set-discharge-date", on, json!({"planned_on": planned}));

    assert_eq!(
        world.refuses(notice("2021-08-31", "2021-10-01")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(notice("2021-09-10", "2021-08-31")),
        ("STEPS_OUT_OF_ORDER", "planned_on")
    );
    assert_eq!(
        world.refuses(set("2021-08-31", "2021-10-01")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(set("2021-09-10", "2021-08-31")),
        ("STEPS_OUT_OF_ORDER", "planned_on")
    );
    let events = world.did(notice("2021-09-10", "2021-10-01"));
    assert_eq!(names(&events), ["discharge-notice-received"]);
    assert_eq!(
        world.refuses(set("2021-09-11", "2021-10-01")),
        ("NOTHING_CHANGES", "planned_on")
    );
    world.did(set("2021-09-11", "2021-10-05"));
}

#[test]
fn a_notice_is_about_a_known_stay_and_a_known_referral() {
    let world = admitted();
    let unknown = json!({"stay": stay("9")});
    let referral = json!({"referral": "F9"});
    let notice = |fields| step("receive-discharge-notice", "2021-09-10", fields);

    assert_eq!(
        world.refuses(notice(unknown)),
        ("HOSPITAL_STAY_NOT_FOUND", "stay")
    );
    assert_eq!(
        world.refuses(notice(referral)),
        ("REFERRAL_NOT_FOUND", "referral")
    );
}

#[test]
fn a_correction_does_not_put_the_admission_behind_the_notice() {
    let mut world = with_child();
    let started = world.did(step("start-hospital-stay", "2021-09-01", json!({})))[0].0;
    world.did(step("receive-discharge-notice", "2021-09-10", json!({})));
    let mut later = correct_clear(started, json!({}));
    later["occurred"] = json!("2021-09-11");

    assert_eq!(
        world.refuses(later.clone()),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    later["occurred"] = json!("2021-09-10");
    assert_eq!(
        world.refuses(annul(started)),
        ("LATER_STEPS_STAND", "target")
    );
    world.did(later);
}

#[test]
fn a_stay_moves_to_a_person_who_is_in_no_hospital() {
    let mut world = with_child();
    register(&mut world, "C002");
    let started = world.did(step("start-hospital-stay", "2021-09-01", json!({})))[0].0;
    let mut other = step(
        "start-hospital-stay",
        "2021-09-01",
        json!({"stay": stay("2")}),
    );
    other["child"] = json!("C002");
    world.did(other);

    assert_eq!(
        world.refuses(move_to(started, "C002")),
        ("HOSPITAL_STAY_OPEN", "target")
    );
    let mut left = discharge("2021-09-30");
    left["child"] = json!("C002");
    world.did(left);
    world.did(move_to(started, "C002"));
}
