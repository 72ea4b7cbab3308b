//! Rules of the home-living support plan.

use super::*;
use crate::world::names;

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["plan"] = json!("P1");
    about(name, on, fields)
}

fn drafted() -> World {
    let mut world = with_child();
    world.did(step(
        "draft-support-plan",
        "2021-10-01",
        json!({"goals": "自宅で暮らす"}),
    ));
    world
}

fn agreed() -> World {
    let mut world = drafted();
    world.did(step(
        "agree-support-plan",
        "2021-10-05",
        json!({"version": 1}),
    ));
    world
}

fn revise(base: u32) -> Value {
    step(
        "revise-support-plan",
        "2022-10-01",
        json!({"base_version": base, "reason": "yearly"}),
    )
}

#[test]
fn a_person_has_one_open_plan() {
    let mut world = agreed();
    let mut second = step("draft-support-plan", "2021-11-01", json!({}));

    assert_eq!(world.refuses(second.clone()), ("ALREADY_RECORDED", "plan"));
    second["plan"] = json!("P2");
    assert_eq!(world.refuses(second.clone()), ("SECOND_OPEN_PLAN", "plan"));
    world.did(step(
        "close-support-plan",
        "2021-10-31",
        json!({"closing": "completed"}),
    ));
    world.did(second);
}

#[test]
fn only_the_newest_version_is_agreed_once_and_not_before_it_was_written() {
    let world = drafted();
    let agree = |on, version: u32| step("agree-support-plan", on, json!({"version": version}));

    assert_eq!(
        world.refuses(agree("2021-10-05", 2)),
        ("STALE_BASE", "version")
    );
    assert_eq!(
        world.refuses(agree("2021-09-30", 1)),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        agreed().refuses(agree("2021-10-06", 1)),
        ("ALREADY_RECORDED", "version")
    );
    assert_eq!(
        with_child().refuses(agree("2021-10-06", 1)),
        ("PLAN_NOT_FOUND", "plan")
    );
}

#[test]
fn a_revision_rests_on_the_newest_agreed_version() {
    let mut world = agreed();
    assert_eq!(drafted().refuses(revise(1)), ("NOT_AGREED", "base_version"));

    let events = world.did(revise(1));

    assert_eq!(names(&events), ["support-plan-revised"]);
    assert_eq!(world.refuses(revise(1)), ("STALE_BASE", "base_version"));
    assert_eq!(world.refuses(revise(2)), ("NOT_AGREED", "base_version"));
}

#[test]
fn only_an_agreed_version_is_handed_out_and_to_somebody() {
    let mut world = agreed();
    let deliver = |version: u32, to: Value| {
        step(
            "deliver-support-plan",
            "2021-10-06",
            json!({"version": version, "family_only": true, "recipients": to}),
        )
    };

    let names = names(&world.did(deliver(1, json!(["見本　和子"]))));

    assert_eq!(names, ["support-plan-delivered"]);
    assert_eq!(
        world.refuses(deliver(1, json!([" "]))),
        ("MISSING_VALUE", "recipients")
    );
    assert_eq!(
        world.refuses(deliver(2, json!(["甲"]))),
        ("PLAN_NOT_FOUND", "version")
    );
    assert_eq!(
        drafted().refuses(deliver(1, json!(["甲"]))),
        ("NOT_AGREED", "version")
    );
}

#[test]
fn an_unagreed_plan_is_withdrawn_and_not_completed() {
    let mut world = drafted();
    let close = |closing| {
        step(
            "close-support-plan",
            "2021-10-31",
            json!({"closing": closing}),
        )
    };

    assert_eq!(world.refuses(close("completed")), ("NOT_AGREED", "closing"));
    assert_eq!(
        world.refuses(close("handed-over")),
        ("NOT_AGREED", "closing")
    );
    world.did(close("withdrawn"));
    assert_eq!(world.refuses(close("withdrawn")), ("PLAN_CLOSED", "plan"));
    assert_eq!(world.refuses(revise(1)), ("PLAN_CLOSED", "plan"));
}

#[test]
fn a_discharge_belongs_to_a_plan_that_is_there_or_to_none() {
    let mut world = drafted();
    let leave = step("record-discharge", "2021-10-20", json!({}));
    let mut alone = leave.clone();
    alone["plan"] = Value::Null;

    assert_eq!(names(&world.did(leave.clone())), ["discharged"]);
    assert_eq!(world.refuses(leave.clone()), ("ALREADY_RECORDED", "plan"));
    assert_eq!(with_child().refuses(leave), ("PLAN_NOT_FOUND", "plan"));
    with_child().did(alone);
}
