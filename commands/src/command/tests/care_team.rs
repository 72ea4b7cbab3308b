//! Rules of the people around a person.

use ledger_core::actor::Role;

use super::*;
use crate::world::names;

fn member(name: &str, on: &str, mut fields: Value) -> Value {
    fields["member"] = json!(id("care-team-member", "1"));
    about(name, on, fields)
}

fn join() -> Value {
    let fields = json!({"party": "visiting-nursing", "role": "visiting-nurse",
        "person": "見本　桂"});
    member("join-care-team", "2021-08-06", fields)
}

fn assign(account: &str, charge: &str) -> Value {
    let fields = json!({"account": account, "charge": charge});
    about("assign-staff", "2021-08-06", fields)
}

fn emergency(minutes: Option<u32>) -> Value {
    json!({"command": "take-emergency-access", "child": "C001", "minutes": minutes,
        "reason": "夜間に救急から問合せ。"})
}

#[test]
fn a_member_joins_once_and_leaves_once_and_not_before() {
    let mut world = with_child();
    let leave = |on| member("leave-care-team", on, json!({}));
    assert_eq!(
        world.refuses(leave("2021-08-06")),
        ("MEMBER_NOT_FOUND", "member")
    );
    world.did(join());

    assert_eq!(world.refuses(join()), ("ALREADY_RECORDED", "member"));
    assert_eq!(
        world.refuses(leave("2021-08-05")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        names(&world.did(leave("2022-03-31"))),
        ["care-team-member-left"]
    );
    assert_eq!(
        world.refuses(leave("2022-04-01")),
        ("ALREADY_RECORDED", "member")
    );
}

#[test]
fn one_account_is_in_charge_first_of_all_and_none_twice() {
    let mut world = with_child();
    world.opens_account("staff-1");
    world.opens_account("staff-2");
    world.did(assign("staff-1", "deputy"));
    assert_eq!(
        world.refuses(assign("staff-1", "deputy")),
        ("ALREADY_RECORDED", "account")
    );

    world.did(assign("staff-1", "main"));

    assert_eq!(
        world.refuses(assign("staff-2", "main")),
        ("MAIN_ALREADY_ASSIGNED", "charge")
    );
    world.did(assign("staff-2", "deputy"));
    let unassign = about(
        "unassign-staff",
        "2022-03-31",
        json!({"account": "staff-1"}),
    );
    world.did(unassign.clone());
    assert_eq!(world.refuses(unassign), ("NOT_ASSIGNED", "account"));
    world.act_as("staff-2");
    world.did(assign("staff-2", "main"));
}

/// Whoever was in charge alone and took themselves out of it could say no more who follows.
#[test]
fn whoever_is_in_charge_hands_over_in_one_step() {
    let mut world = with_child();
    for name in ["staff-1", "staff-2", "staff-3"] {
        world.opens_account(name);
    }
    world.did(assign("staff-1", "main"));
    world.did(assign("staff-2", "deputy"));
    let hand_over = |to: &str, before: &str| {
        let mut assign = assign(to, "main");
        assign["in_place_of"] = json!(before);
        assign
    };

    world.act_as("staff-1");
    assert_eq!(
        world.refuses(hand_over("staff-3", "staff-2")),
        ("MAIN_ALREADY_ASSIGNED", "charge")
    );
    assert_eq!(
        world.refuses(hand_over("staff-2", "staff-3")),
        ("NOT_ASSIGNED", "in_place_of")
    );
    let both = ["staff-unassigned", "staff-assigned"];
    let handed_over = world.did(hand_over("staff-3", "staff-1"));
    assert_eq!(names(&handed_over), both);
    assert_eq!(
        world.refuses(hand_over("staff-1", "staff-3")),
        ("CHARGE_OF_OTHERS", "account")
    );
    world.act_as("staff-3");
    // One half of it alone would leave two in charge first of all.
    let second = ("MAIN_ALREADY_ASSIGNED", "target");
    assert_eq!(world.refuses(annul(handed_over[0].0)), second);
    assert_eq!(names(&world.did(hand_over("staff-2", "staff-3"))), both);
}

/// Staff put themselves in charge where a record was closed to them, and it was open without a reason.
#[test]
fn nobody_comes_in_charge_beside_others_by_themselves() {
    let mut world = with_child();
    for name in ["staff-1", "staff-2", "staff-3"] {
        world.opens_account(name);
    }
    let charge = world.did(assign("staff-1", "main"))[0].0;
    let unassign =
        |account: &str| about("unassign-staff", "2022-03-31", json!({"account": account}));

    world.act_as("staff-2");
    let refused = ("CHARGE_OF_OTHERS", "account");
    assert_eq!(world.refuses(assign("staff-2", "deputy")), refused);
    assert_eq!(world.refuses(unassign("staff-1")), refused);
    let amended = ("CHARGE_OF_OTHERS", "target");
    let account = json!({"account": "staff-2"});
    for amends in [annul(charge), correct_clear(charge, account)] {
        assert_eq!(world.refuses(amends), amended);
    }

    // Whoever is in charge takes in somebody else, as the manager does; where nobody is, anybody may.
    world.act_as("staff-1");
    world.did(assign("staff-2", "deputy"));
    world.did(unassign("staff-1"));
    world.signs_in("manager-1", Role::Manager);
    world.did(assign("staff-3", "main"));
    world.did(unassign("staff-2"));
    world.did(unassign("staff-3"));
    world.signs_in("staff-2", Role::Staff);
    world.did(assign("staff-2", "main"));
}

#[test]
fn access_in_an_emergency_is_for_oneself_with_a_reason_and_three_hours_at_most() {
    let mut world = with_child();
    let mut unsaid = emergency(Some(60));
    unsaid["reason"] = json!("　");

    assert_eq!(
        world.refuses(emergency(Some(181))),
        ("NOT_A_NUMBER", "minutes")
    );
    assert_eq!(
        world.refuses(emergency(Some(0))),
        ("NOT_A_NUMBER", "minutes")
    );
    assert_eq!(world.refuses(unsaid), ("MISSING_VALUE", "reason"));
    for short in ["救", "夜間の 問合せ。", "ああ　　　　　　　　"] {
        let mut short_of_it = emergency(Some(60));
        short_of_it["reason"] = json!(short);
        assert_eq!(world.refuses(short_of_it), ("REASON_TOO_SHORT", "reason"));
    }
    let taken = world.did(emergency(None));
    let event = taken[0].1.event.encode().unwrap();
    assert_eq!(event["account"], "staff-1");
    assert_eq!(event["until"], "2024-04-01T06:00:00.000000Z");
}

#[test]
fn an_emergency_access_can_be_neither_annulled_nor_moved_nor_corrected() {
    let mut world = with_child();
    register(&mut world, "C002");
    let taken = world.did(emergency(Some(30)))[0].0;
    let kept = ("NOT_CORRECTABLE", "target");

    assert_eq!(world.refuses(annul(taken)), kept);
    assert_eq!(world.refuses(move_to(taken, "C002")), kept);
    let account = json!({"account": "staff-9"});
    assert_eq!(world.refuses(correct_clear(taken, account)), kept);
}

#[test]
fn a_member_moves_to_another_person_and_who_is_in_charge_does_not() {
    let mut world = with_child();
    world.opens_account("staff-1");
    world.opens_account("staff-2");
    register(&mut world, "C002");
    let joined = world.did(join())[0].0;
    let left = world.did(member("leave-care-team", "2022-03-31", json!({})))[0].0;
    let assigned = world.did(assign("staff-1", "main"))[0].0;

    assert_eq!(
        world.refuses(move_to(left, "C002")),
        ("MEMBER_NOT_FOUND", "target")
    );
    assert_eq!(
        world.refuses(move_to(assigned, "C002")),
        ("NOT_REASSIGNABLE", "target")
    );
    world.did(annul(left));
    world.did(move_to(joined, "C002"));
}
