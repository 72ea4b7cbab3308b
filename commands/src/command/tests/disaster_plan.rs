//! Rules of the individual disaster plan.

use ledger_core::code::Flag;

use super::*;
use crate::world::{flags, names};

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["plan"] = json!("D1");
    about(name, on, fields)
}

fn draft(on: &str, office: &str) -> Value {
    step("draft-disaster-plan", on, json!({"office": office}))
}

fn ventilator(name: &str, on: &str) -> Value {
    about(name, on, json!({"procedure": "ventilator"}))
}

fn drafted() -> World {
    let mut world = with_child();
    world.did(draft("2021-09-01", "centre"));
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

fn verify(on: &str) -> Value {
    step(
        "verify-disaster-plan",
        on,
        json!({"guardian_present": true, "method": "visit", "result": "valid"}),
    )
}

#[test]
fn the_centre_may_not_draft_a_ventilator_users_plan_but_the_district_centre_may() {
    let mut world = with_child();
    world.did(ventilator("start-care-procedure", "2021-08-15"));

    let refused = world.refuses(draft("2021-09-01", "centre"));
    let events = world.did(draft("2021-09-01", "district-centre"));

    assert_eq!(refused, ("VENTILATOR_NOT_CENTRE", "office"));
    let drafted = events[0].1.event.encode().unwrap();
    assert_eq!(drafted["area"], "kitazawa");
    assert_eq!(drafted["rule"], "ventilator-disaster-plan@1");
}

/// Golden check 4: the branch of the person's area succeeds; another one has to say why.
#[test]
fn the_district_centre_of_another_area_supports_a_plan_with_a_reason_alone() {
    let mut world = with_child();
    world.did(ventilator("start-care-procedure", "2021-08-15"));
    let other = |fields: Value| {
        let mut draft = draft("2021-09-01", "district-centre");
        draft["area"] = json!("kinuta");
        draft["out_of_area"] = fields;
        draft
    };
    let refused = ("OTHER_AREA", "out_of_area");
    let mut need = about("identify-disaster-plan-need", "2021-09-01", json!({}));
    need["area"] = json!("kinuta");

    assert_eq!(world.refuses(need), refused);
    assert_eq!(world.refuses(other(json!(null))), refused);
    let events = world.did(other(json!("本人・家族の希望")));
    let drafted = events[0].1.event.encode().unwrap();
    assert_eq!(drafted["area"], "kinuta");
    assert_eq!(drafted["out_of_area"], "family-wish");

    let transfer = |area: &str| {
        let fields = json!({"to": "district-centre", "area": area, "reason": "other"});
        step("transfer-disaster-plan", "2021-10-01", fields)
    };
    assert_eq!(world.refuses(transfer("tamagawa")), refused);
    let moved = world.did(transfer("kitazawa"))[0].1.event.encode().unwrap();
    assert!(
        moved.get("out_of_area").is_none(),
        "it is the person's area"
    );
}

#[test]
fn the_ventilator_rule_looks_at_the_day_of_the_act() {
    let mut world = with_child();
    world.did(ventilator("start-care-procedure", "2021-08-15"));
    world.did(ventilator("end-care-procedure", "2021-08-20"));

    assert_eq!(
        world.refuses(draft("2021-08-15", "centre")).0,
        "VENTILATOR_NOT_CENTRE"
    );
    assert_eq!(
        world.refuses(draft("2021-08-19", "centre")).0,
        "VENTILATOR_NOT_CENTRE"
    );
    assert!(
        world
            .decide(&crate::world::command(draft("2021-08-14", "centre")))
            .is_ok()
    );
    world.did(draft("2021-08-20", "centre"));
}

#[test]
fn a_person_has_one_open_disaster_plan() {
    let mut world = drafted();
    let mut second = draft("2021-10-01", "centre");

    assert_eq!(world.refuses(second.clone()), ("ALREADY_RECORDED", "plan"));
    second["plan"] = json!("D2");
    assert_eq!(world.refuses(second.clone()), ("SECOND_OPEN_PLAN", "plan"));
    world.did(step(
        "end-disaster-plan",
        "2021-09-30",
        json!({"reason": "moved"}),
    ));
    world.did(second);
}

#[test]
fn a_district_centre_has_an_area_of_the_ward() {
    let mut world = World::new();
    world.did(
        json!({"command": "register-child", "number": "C001", "occurred": "2021-08-02",
        "name": "見本　花子"}),
    );
    let mut outside = draft("2021-09-01", "district-centre");

    assert_eq!(world.refuses(outside.clone()), ("MISSING_VALUE", "area"));
    outside["area"] = json!("outside-ward");
    assert_eq!(world.refuses(outside), ("UNKNOWN_CODE", "area"));
}

#[test]
fn a_verification_needs_a_guardian_or_the_person_and_an_agreed_plan() {
    let mut world = agreed();
    let mut alone = verify("2022-09-01");
    alone["guardian_present"] = json!(false);
    // Two years old: no one of age was there.
    let mut minor = alone.clone();
    minor["person_present"] = json!(true);
    assert_eq!(
        world.refuses(minor.clone()),
        ("GUARDIAN_REQUIRED", "guardian_present")
    );
    let mut both = minor.clone();
    both["guardian_present"] = json!(true);
    let mut person = minor;
    person["occurred"] = json!("2037-10-15");
    let mut day_before = person.clone();
    day_before["occurred"] = json!("2037-10-14");

    assert_eq!(
        world.refuses(alone),
        ("GUARDIAN_REQUIRED", "guardian_present")
    );
    assert_eq!(
        drafted().refuses(verify("2022-09-01")),
        ("NOT_AGREED", "plan")
    );
    assert_eq!(
        with_child().refuses(verify("2022-09-01")),
        ("PLAN_NOT_FOUND", "plan")
    );
    assert_eq!(
        world.refuses(verify("2021-08-31")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    let verified = world.did(both);
    assert_eq!(names(&verified), ["disaster-plan-verified"]);
    world.clock_says("2037-12-01T03:00:00Z");
    assert_eq!(
        world.refuses(day_before),
        ("GUARDIAN_REQUIRED", "guardian_present")
    );
    assert_eq!(names(&world.did(person)), ["disaster-plan-verified"]);
}

#[test]
fn a_next_verification_more_than_a_year_ahead_is_taken_and_flagged() {
    let mut world = agreed();
    let due = |on: &str| {
        let mut json = verify("2022-09-01");
        json["next_due"] = json!(on);
        json
    };

    assert_eq!(flags(&world.did(due("2023-09-01"))), []);
    assert_eq!(flags(&world.did(due("2023-09-02"))), [Flag::NextDueLate]);
}

#[test]
fn an_internal_review_has_a_command_of_its_own() {
    let mut world = drafted();

    let events = world.did(step("review-disaster-plan", "2022-06-01", json!({})));

    assert_eq!(names(&events), ["disaster-plan-reviewed-internally"]);
    let early = world.refuses(step("review-disaster-plan", "2021-08-31", json!({})));
    assert_eq!(early, ("STEPS_OUT_OF_ORDER", "occurred"));
}

#[test]
fn a_revision_rests_on_the_newest_agreed_version() {
    let mut world = agreed();
    let revise = |base: u32| {
        step(
            "revise-disaster-plan",
            "2022-07-01",
            json!({"base_version": base}),
        )
    };

    assert_eq!(drafted().refuses(revise(1)), ("NOT_AGREED", "base_version"));
    assert_eq!(names(&world.did(revise(1))), ["disaster-plan-revised"]);
    assert_eq!(world.refuses(revise(1)), ("STALE_BASE", "base_version"));
    let agree = |version: u32| {
        step(
            "agree-disaster-plan",
            "2022-07-02",
            json!({"version": version}),
        )
    };
    assert_eq!(world.refuses(agree(1)), ("STALE_BASE", "version"));
    world.did(agree(2));
    assert_eq!(world.refuses(agree(2)), ("ALREADY_RECORDED", "version"));
}

#[test]
fn a_plan_moves_to_the_district_centre_when_a_ventilator_comes_and_back_when_it_goes() {
    let mut world = agreed();
    world.did(ventilator("start-care-procedure", "2022-01-10"));
    let to = |on, office, reason| {
        step(
            "transfer-disaster-plan",
            on,
            json!({"to": office, "reason": reason}),
        )
    };

    assert_eq!(
        world.refuses(verify("2022-09-01")),
        ("VENTILATOR_NOT_CENTRE", "plan")
    );
    world.did(to("2022-01-20", "district-centre", "ventilator-started"));
    world.did(verify("2022-09-01"));
    let back = to("2022-10-01", "centre", "ventilator-ended");
    assert_eq!(world.refuses(back.clone()), ("VENTILATOR_NOT_CENTRE", "to"));
    world.did(ventilator("end-care-procedure", "2022-09-30"));
    world.did(back.clone());
    assert_eq!(world.refuses(back), ("NOTHING_CHANGES", "to"));
}

#[test]
fn a_transfer_names_a_referral_that_is_there() {
    let mut transfer = step(
        "transfer-disaster-plan",
        "2022-01-20",
        json!({"to": "district-centre", "reason": "moved"}),
    );
    transfer["referral"] = json!("F1");

    assert_eq!(
        agreed().refuses(transfer),
        ("REFERRAL_NOT_FOUND", "referral")
    );
}

#[test]
fn an_ended_plan_has_no_further_steps() {
    let mut world = agreed();
    let end = |on| step("end-disaster-plan", on, json!({"reason": "moved"}));

    assert_eq!(
        world.refuses(end("2021-08-31")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(end("2022-01-01"));
    assert_eq!(world.refuses(verify("2022-09-01")), ("PLAN_CLOSED", "plan"));
}
