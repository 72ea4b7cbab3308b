//! Rules of referrals that go on after they had ended.

use super::*;

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["referral"] = json!("F1");
    about(name, on, fields)
}

/// A referral of the centre to a clinic.
fn outgoing() -> World {
    let mut world = with_child();
    world.did(step(
        "make-referral",
        "2021-09-10",
        json!({"party": "clinic", "office": "見本診療所", "urgency": "normal"}),
    ));
    world
}

fn reopen(on: &str) -> Value {
    step("reopen-referral", on, json!({"reason": "状態の変化"}))
}

#[test]
fn a_declined_referral_that_is_reopened_is_decided_anew() {
    let mut world = outgoing();
    world.did(step("receive-referral", "2021-09-11", json!({})));
    assert_eq!(
        world.refuses(reopen("2021-09-12")),
        ("REFERRAL_OPEN", "referral")
    );
    world.did(step(
        "decline-referral",
        "2021-09-15",
        json!({"reason": "満員"}),
    ));
    let early = ("STEPS_OUT_OF_ORDER", "occurred");

    assert_eq!(world.refuses(reopen("2021-09-14")), early);
    world.did(reopen("2021-10-01"));
    world.did(step("remind-referral", "2021-10-08", json!({})));
    assert_eq!(
        world.refuses(step("accept-referral", "2021-09-30", json!({}))),
        early
    );
    world.did(step("accept-referral", "2021-10-10", json!({})));
}

#[test]
fn a_completed_referral_that_is_reopened_is_completed_and_fed_back_again() {
    let mut world = outgoing();
    let complete = |on| step("complete-referral", on, json!({"outcome": "partly"}));
    let feedback = |on| step("receive-feedback", on, json!({"feedback": "報告"}));
    world.did(step("receive-referral", "2021-09-11", json!({})));
    world.did(step("accept-referral", "2021-09-12", json!({})));
    world.did(complete("2021-10-01"));
    world.did(feedback("2021-10-02"));

    world.did(reopen("2021-11-01"));

    assert_eq!(
        world.refuses(step("accept-referral", "2021-11-02", json!({}))),
        ("ALREADY_RECORDED", "referral")
    );
    world.did(complete("2021-12-01"));
    world.did(feedback("2021-12-02"));
    world.did(reopen("2022-01-05"));
}

#[test]
fn a_withdrawn_referral_goes_on_where_it_was_and_a_redirected_one_as_its_successor() {
    let mut world = outgoing();
    let withdraw = step("withdraw-referral", "2021-09-15", json!({"reason": "延期"}));
    world.did(withdraw);
    world.did(reopen("2021-10-01"));
    world.did(step("receive-referral", "2021-10-02", json!({})));
    let on = json!({"to": id("referral", "F2"), "office": "別の診療所"});
    world.did(step("redirect-referral", "2021-10-05", on));

    let refused = world.refuses(reopen("2021-10-06"));

    assert_eq!(refused, ("REFERRAL_NOT_OPEN", "referral"));
    assert_eq!(
        with_child().refuses(reopen("2021-10-06")),
        ("REFERRAL_NOT_FOUND", "referral")
    );
}

#[test]
fn a_correction_does_not_move_a_step_across_a_reopening() {
    let mut world = outgoing();
    world.did(step("receive-referral", "2021-09-11", json!({})));
    let declined = world.did(step(
        "decline-referral",
        "2021-09-15",
        json!({"reason": "満員"}),
    ));
    world.did(reopen("2021-10-01"));
    let accepted = world.did(step("accept-referral", "2021-10-10", json!({})));
    let child = id("child", "C001");
    let correct = |target: &str, on: &str| {
        json!({
            "command": "correct-event", "stream": format!("child-{child}"),
            "target": target, "reason": "wrong-date", "occurred": on,
        })
    };
    let (declined, accepted) = (declined[0].0.to_string(), accepted[0].0.to_string());
    let order = ("STEPS_OUT_OF_ORDER", "occurred");

    assert_eq!(world.refuses(correct(&declined, "2021-10-02")), order);
    assert_eq!(world.refuses(correct(&accepted, "2021-09-30")), order);
    world.did(correct(&declined, "2021-09-20"));
    world.did(correct(&accepted, "2021-10-11"));
}
