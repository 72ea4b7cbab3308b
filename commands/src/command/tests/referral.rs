//! Rules of the referral's loop.

use super::*;
use crate::world::names;

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["referral"] = json!("F1");
    about(name, on, fields)
}

fn made() -> World {
    let mut world = with_child();
    let fields = json!({"area": "kitazawa", "section": "health-welfare", "urgency": "normal"});
    world.did(step("make-referral", "2021-09-10", fields));
    world
}

fn accepted() -> World {
    let mut world = made();
    world.did(step("receive-referral", "2021-09-16", json!({})));
    world.did(step("accept-referral", "2021-09-24", json!({})));
    world
}

fn completed() -> World {
    let mut world = accepted();
    world.did(step(
        "complete-referral",
        "2021-11-19",
        json!({"outcome": "served"}),
    ));
    world
}

#[test]
fn a_referral_goes_to_a_section_of_the_ward_once() {
    let world = made();
    let make = |number: &str, area: &str| {
        let mut json = step(
            "make-referral",
            "2021-09-10",
            json!({"area": area, "section": "health-welfare", "urgency": "normal"}),
        );
        json["referral"] = json!(number);
        json
    };

    assert_eq!(
        world.refuses(make("F1", "kitazawa")),
        ("ALREADY_RECORDED", "referral")
    );
    assert_eq!(
        world.refuses(make("F2", "outside-ward")),
        ("UNKNOWN_CODE", "area")
    );
}

#[test]
fn the_loop_is_walked_step_by_step_and_closed_by_the_feedback() {
    let mut world = completed();

    let events = world.did(step(
        "receive-feedback",
        "2021-11-22",
        json!({"feedback": "報告書"}),
    ));

    assert_eq!(names(&events), ["referral-feedback-received"]);
    let again = world.refuses(step(
        "receive-feedback",
        "2021-11-22",
        json!({"feedback": "再"}),
    ));
    assert_eq!(again, ("ALREADY_RECORDED", "referral"));
    let remind = world.refuses(step("remind-referral", "2021-12-01", json!({})));
    assert_eq!(remind, ("REFERRAL_NOT_OPEN", "referral"));
}

#[test]
fn no_step_of_the_loop_is_skipped_or_repeated() {
    let world = made();
    let order = ("STEPS_OUT_OF_ORDER", "referral");
    let done = ("ALREADY_RECORDED", "referral");
    let outcome = json!({"outcome": "served"});

    assert_eq!(
        world.refuses(step("accept-referral", "2021-09-24", json!({}))),
        order
    );
    let decline = step(
        "decline-referral",
        "2021-09-24",
        json!({"reason": "対象外"}),
    );
    assert_eq!(world.refuses(decline.clone()), order);
    assert_eq!(
        world.refuses(step("complete-referral", "2021-09-24", outcome.clone())),
        order
    );
    let feedback = step(
        "receive-feedback",
        "2021-09-24",
        json!({"feedback": "報告"}),
    );
    assert_eq!(world.refuses(feedback), order);
    let world = accepted();
    assert_eq!(
        world.refuses(step("receive-referral", "2021-09-24", json!({}))),
        done
    );
    assert_eq!(
        world.refuses(step("accept-referral", "2021-09-25", json!({}))),
        done
    );
    assert_eq!(world.refuses(decline), done);
    let world = completed();
    assert_eq!(
        world.refuses(step("complete-referral", "2021-11-20", outcome)),
        done
    );
}

#[test]
fn no_step_lies_before_the_one_it_follows() {
    let world = made();
    let early = ("STEPS_OUT_OF_ORDER", "occurred");

    assert_eq!(
        world.refuses(step("receive-referral", "2021-09-09", json!({}))),
        early
    );
    assert_eq!(
        world.refuses(step("remind-referral", "2021-09-09", json!({}))),
        early
    );
    let world = accepted();
    let outcome = json!({"outcome": "served"});
    assert_eq!(
        world.refuses(step("complete-referral", "2021-09-23", outcome)),
        early
    );
}

#[test]
fn a_decline_and_a_withdrawal_need_a_reason_and_a_feedback_its_text() {
    let mut world = made();
    world.did(step("receive-referral", "2021-09-16", json!({})));

    let refuses = |name, fields| world.refuses(step(name, "2021-11-24", fields));

    assert_eq!(
        refuses("decline-referral", json!({"reason": " "})),
        ("MISSING_VALUE", "reason")
    );
    assert_eq!(
        refuses("withdraw-referral", json!({})),
        ("MISSING_VALUE", "reason")
    );
    let blank = completed().refuses(step(
        "receive-feedback",
        "2021-11-24",
        json!({"feedback": ""}),
    ));
    assert_eq!(blank, ("MISSING_VALUE", "feedback"));
}

#[test]
fn reminders_are_counted() {
    let mut world = made();

    world.did(step("remind-referral", "2021-09-20", json!({})));
    let second = world.did(step("remind-referral", "2021-09-27", json!({})));

    let nth = second[0].1.event.encode().unwrap()["nth"].clone();
    assert_eq!(nth, 2);
}

#[test]
fn nothing_follows_a_withdrawal() {
    let mut world = made();
    world.did(step(
        "withdraw-referral",
        "2021-09-20",
        json!({"reason": "家族の希望"}),
    ));
    let closed = ("REFERRAL_NOT_OPEN", "referral");

    assert_eq!(
        world.refuses(step("receive-referral", "2021-09-21", json!({}))),
        closed
    );
    assert_eq!(
        world.refuses(step("remind-referral", "2021-09-21", json!({}))),
        closed
    );
    let again = step("withdraw-referral", "2021-09-21", json!({"reason": "再"}));
    assert_eq!(world.refuses(again), closed);
    let late = step(
        "withdraw-referral",
        "2021-12-01",
        json!({"reason": "家族の希望"}),
    );
    assert_eq!(completed().refuses(late), closed);
}

#[test]
fn a_referral_goes_on_as_a_new_one_in_the_same_append() {
    let mut world = made();
    world.did(step("receive-referral", "2021-09-16", json!({})));
    world.did(step(
        "decline-referral",
        "2021-09-24",
        json!({"reason": "対象外"}),
    ));
    let to =
        |section: &str| json!({"to": id("referral", "F2"), "area": "kitazawa", "section": section});

    let same = world.refuses(step(
        "redirect-referral",
        "2021-09-25",
        to("health-welfare"),
    ));
    let events = world.did(step("redirect-referral", "2021-09-25", to("child-family")));

    assert_eq!(same, ("NOTHING_CHANGES", "section"));
    assert_eq!(names(&events), ["referral-redirected", "referral-made"]);
    let next = events[1].1.event.encode().unwrap();
    assert_eq!(next["redirected_from"], id("referral", "F1"));
    assert_eq!(next["urgency"], "normal");
    let again = world.refuses(step("redirect-referral", "2021-09-25", to("child-family")));
    assert_eq!(again, ("REFERRAL_NOT_OPEN", "referral"));
    let mut known = step("redirect-referral", "2021-12-01", to("child-family"));
    known["to"] = json!(id("referral", "F1"));
    assert_eq!(made().refuses(known), ("ALREADY_RECORDED", "to"));
    let ended = completed().refuses(step("redirect-referral", "2021-12-01", to("child-family")));
    assert_eq!(ended, ("REFERRAL_NOT_OPEN", "referral"));
}

#[test]
fn a_referral_that_is_not_there_has_no_steps() {
    let refused = with_child().refuses(step("receive-referral", "2021-09-16", json!({})));

    assert_eq!(refused, ("REFERRAL_NOT_FOUND", "referral"));
}
