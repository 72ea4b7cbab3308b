//! Rules of approvals: two persons, one answer, never edited.

use ledger_core::actor::Role;

use super::*;
use crate::world::names;

fn step(name: &str, on: &str) -> Value {
    json!({"command": name, "approval": id("approval", "1"), "occurred": on,
        "reason": "同じ人と思われる。"})
}

fn request() -> Value {
    let mut json = step("request-approval", "2023-09-09");
    json["act"] = json!("merge");
    json["stream"] = json!(child_stream("C001"));
    json["absorbed"] = json!("C002");
    json
}

fn grant(on: &str) -> Value {
    json!({"command": "grant-approval", "approval": id("approval", "1"), "occurred": on})
}

#[test]
fn who_asked_does_not_grant() {
    let mut world = World::new();
    world.did(request());
    assert_eq!(
        world.refuses(grant("2023-09-10")),
        ("SAME_PERSON_APPROVES", "approval")
    );

    world.act_as("staff-2");
    let events = world.did(grant("2023-09-10"));

    assert_eq!(names(&events), ["approval-granted"]);
    assert_eq!(events[0].1.event.encode().unwrap()["granted_by"], "staff-2");
}

#[test]
fn an_approval_is_asked_for_once_with_a_reason_and_answered_once() {
    let mut world = World::new();
    let mut unsaid = request();
    unsaid["reason"] = json!("");
    assert_eq!(world.refuses(unsaid), ("MISSING_VALUE", "reason"));
    assert_eq!(
        world.refuses(grant("2023-09-10")),
        ("APPROVAL_MISSING", "approval")
    );
    world.did(request());
    assert_eq!(world.refuses(request()), ("ALREADY_RECORDED", "approval"));

    world.act_as("staff-2");
    assert_eq!(
        world.refuses(grant("2023-09-08")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    let refuse = step("refuse-approval", "2023-09-10");
    assert_eq!(world.refuses(refuse.clone()), ("NO_PERMISSION", "role"));
    world.signs_in("manager-1", Role::Manager);
    world.did(refuse);

    assert_eq!(
        world.refuses(grant("2023-09-11")),
        ("APPROVAL_DECIDED", "approval")
    );
    assert_eq!(
        world.refuses(step("refuse-approval", "2023-09-11")),
        ("APPROVAL_DECIDED", "approval")
    );
}

#[test]
fn who_asked_may_take_it_back() {
    let mut world = World::new();
    world.did(request());

    let events = world.did(step("refuse-approval", "2023-09-10"));

    assert_eq!(names(&events), ["approval-refused"]);
}

#[test]
fn who_asked_may_take_back_what_was_granted_and_nobody_else_may() {
    let mut world = World::new();
    world.did(request());
    world.signs_in("manager-1", Role::Manager);
    world.did(grant("2023-09-10"));
    let refuse = step("refuse-approval", "2023-09-11");
    assert_eq!(
        world.refuses(refuse.clone()),
        ("APPROVAL_DECIDED", "approval")
    );

    world.act_as("staff-1");
    let events = world.did(refuse.clone());

    assert_eq!(names(&events), ["approval-refused"]);
    assert_eq!(world.refuses(refuse), ("APPROVAL_DECIDED", "approval"));
}

#[test]
fn what_two_people_agreed_on_is_not_corrected() {
    let mut world = World::new();
    let asked = world.did(request())[0].0;
    let stream = format!("approval-{}", id("approval", "1"));
    let mut undone = annul(asked);
    undone["stream"] = json!(stream);
    let mut changed = correct_clear(asked, json!({"act": "closed-year"}));
    changed["stream"] = json!(stream);

    assert_eq!(world.refuses(undone), ("NOT_CORRECTABLE", "target"));
    assert_eq!(world.refuses(changed), ("NOT_CORRECTABLE", "target"));
}
