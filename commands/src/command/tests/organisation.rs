//! Rules of the directory of offices.

use super::*;
use crate::world::names;

fn office(name: &str, on: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["organisation"] = json!("O1");
    fields["occurred"] = json!(on);
    fields
}

fn register() -> Value {
    office(
        "register-organisation",
        "2021-08-02",
        json!({"kind": "visiting-nursing", "name": "見本訪問看護ステーション", "area": "kitazawa"}),
    )
}

fn registered() -> World {
    let mut world = World::new();
    world.did(register());
    world
}

fn confirm(fields: Value) -> Value {
    office("confirm-resource", "2022-06-10", fields)
}

#[test]
fn an_office_is_taken_in_once_and_has_a_name() {
    let world = registered();
    let mut nameless = register();
    nameless["name"] = json!("　");

    assert_eq!(
        world.refuses(register()),
        ("ALREADY_REGISTERED", "organisation")
    );
    assert_eq!(World::new().refuses(nameless), ("MISSING_VALUE", "name"));
    let mut future = register();
    future["occurred"] = json!("2024-04-02");
    assert_eq!(
        World::new().refuses(future),
        ("OCCURRED_IN_FUTURE", "occurred")
    );
}

#[test]
fn a_change_keeps_what_is_not_given_and_changes_something() {
    let mut world = registered();
    let change = |fields| office("change-organisation", "2022-04-01", fields);

    let same = world.refuses(change(json!({"area": "kitazawa"})));
    let events = world.did(change(json!({"phone": "03-0000-0000"})));

    assert_eq!(same, ("NOTHING_CHANGES", ""));
    let now = events[0].1.event.encode().unwrap();
    assert_eq!(now["name"], "見本訪問看護ステーション");
    assert_eq!(now["phone"], "03-0000-0000");
    assert_eq!(
        World::new().refuses(change(json!({"phone": "03-0000-0000"}))),
        ("UNKNOWN_ORGANISATION", "organisation")
    );
}

#[test]
fn a_confirmation_is_of_a_known_office_and_its_ages_are_in_order() {
    let mut world = registered();
    let ages =
        |from: u32, to: u32| confirm(json!({"capacity": "open", "age_from": from, "age_to": to}));

    assert_eq!(
        World::new().refuses(confirm(json!({"capacity": "full"}))),
        ("UNKNOWN_ORGANISATION", "organisation")
    );
    assert_eq!(world.refuses(ages(6, 5)), ("NOT_A_NUMBER", "age_to"));
    assert_eq!(world.refuses(ages(0, 121)), ("NOT_A_NUMBER", "age_to"));
    assert_eq!(names(&world.did(ages(6, 6))), ["resource-confirmed"]);
    world.did(confirm(
        json!({"capacity": "受入可", "services": ["短期入所"], "procedures": ["吸引"]}),
    ));
}

#[test]
fn a_closed_office_is_asked_and_changed_no_longer() {
    let mut world = registered();
    let close = |on| office("close-organisation", on, json!({}));

    assert_eq!(
        world.refuses(close("2021-08-01")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(close("2022-03-31"));
    let closed = ("ORGANISATION_CLOSED", "organisation");
    assert_eq!(world.refuses(close("2022-03-31")), closed);
    assert_eq!(world.refuses(confirm(json!({"capacity": "open"}))), closed);
    let change = office(
        "change-organisation",
        "2022-04-01",
        json!({"name": "別の名"}),
    );
    assert_eq!(world.refuses(change), closed);
}

#[test]
fn a_correction_does_not_make_an_office_another() {
    let mut world = World::new();
    let events = world.did(register());
    let organisation = id("organisation", "O1");

    let refused = world.refuses(json!({
        "command": "correct-event", "stream": format!("organisation-{organisation}"),
        "target": events[0].0.to_string(), "reason": "typo",
        "clear": {"organisation": id("organisation", "O2")},
    }));

    assert_eq!(refused, ("NOT_CORRECTABLE", "clear"));
}
