//! Rules of accounts.

use super::*;
use crate::world::names;

fn open(name: &str, role: &str) -> Value {
    json!({"command": "open-account", "name": name, "role": role, "occurred": "2021-07-26",
        "person": "見本　三郎"})
}

fn change(account: &str, role: &str) -> Value {
    json!({"command": "change-account-role", "account": account, "role": role,
        "occurred": "2023-04-01"})
}

fn close(account: &str) -> Value {
    json!({"command": "close-account", "account": account, "occurred": "2024-03-31"})
}

#[test]
fn an_account_is_opened_changed_and_closed_by_its_name() {
    let mut world = World::new();

    let mut events = world.did(open("st-7", "staff"));
    events.extend(world.did(change("ST-7", "センター長")));
    events.extend(world.did(close(&id("account", "st-7"))));

    assert_eq!(
        names(&events),
        ["account-opened", "account-role-changed", "account-closed"]
    );
    assert_eq!(events[1].1.event.encode().unwrap()["role"], "manager");
}

#[test]
fn a_name_is_given_once_also_in_other_letters_and_after_its_end() {
    let mut world = World::new();
    world.did(open("st-7", "staff"));

    assert_eq!(
        world.refuses(open("ST-7", "staff")),
        ("ALREADY_REGISTERED", "name")
    );
    world.did(close("st-7"));
    assert_eq!(
        world.refuses(open("st-7", "staff")),
        ("ALREADY_REGISTERED", "name")
    );
}

#[test]
fn the_id_of_an_account_follows_from_its_name() {
    let mut other = open("st-7", "staff");
    other["account"] = json!(id("account", "st-8"));

    assert_eq!(World::new().refuses(other), ("WRONG_STREAM", "account"));
}

#[test]
fn names_of_the_program_and_of_those_not_signed_in_are_reserved() {
    for name in ["system", "os:root", "OS:root"] {
        assert_eq!(
            World::new().refuses(open(name, "staff")),
            ("RESERVED_NAME", "name")
        );
    }
}

#[test]
fn an_account_that_is_not_there_or_closed_cannot_be_changed() {
    let mut world = World::new();
    for step in [change("st-7", "manager"), close("st-7")] {
        assert_eq!(world.refuses(step), ("ACCOUNT_NOT_FOUND", "account"));
    }
    world.did(open("st-7", "staff"));
    world.did(close("st-7"));

    for step in [change("st-7", "manager"), close("st-7")] {
        assert_eq!(world.refuses(step), ("ACCOUNT_CLOSED", "account"));
    }
}

/// The world's own actor is staff-1.
#[test]
fn nobody_changes_the_account_that_they_act_with() {
    let mut world = World::new();
    world.did(open("staff-1", "staff"));

    for step in [change("staff-1", "manager"), close("staff-1")] {
        assert_eq!(world.refuses(step), ("OWN_ACCOUNT", "account"));
    }
}

#[test]
fn a_role_changes_to_another_one_that_people_have() {
    use ledger_core::actor::Role;

    let mut world = World::new();
    world.did(open("st-7", "staff"));
    let to = |role: Role| crate::command::ChangeAccountRole {
        account: ledger_core::id::AccountId::new(ledger().derive("account", &["st-7"])),
        occurred: ledger_core::time::Occurred::Day(crate::world::day("2023-04-01")),
        role,
    };

    assert_eq!(
        world.refuses_decision(&to(Role::Staff)),
        ("NOTHING_CHANGES", "role")
    );
    for role in [Role::System, Role::Unauthenticated] {
        assert_eq!(world.refuses_decision(&to(role)), ("UNKNOWN_CODE", "role"));
    }
    assert_eq!(
        names(&world.does(&to(Role::Auditor))),
        ["account-role-changed"]
    );
}
