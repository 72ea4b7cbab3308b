//! Rules of the profile.

use super::*;
use crate::command::Command;
use crate::world::{command, flags, names};
use ledger_core::code::Flag;

#[test]
fn a_person_is_registered_once_with_a_name_and_not_in_the_future() {
    let world = with_child();
    let register = |number: &str, occurred: &str, name: &str| {
        json!({"command": "register-child", "number": number, "occurred": occurred, "name": name,
            "birth_date": "2019-10-15"})
    };

    let refuses = |json| world.refuses(json);
    let mut other = register("C2", "2021-08-02", "別");
    other["child"] = json!("C3");

    assert_eq!(refuses(other), ("WRONG_STREAM", "number"));
    assert_eq!(
        refuses(register("ｃ００１", "2021-08-02", "別")),
        ("ALREADY_REGISTERED", "child")
    );
    assert_eq!(
        refuses(register("C2", "2024-04-02", "別")),
        ("OCCURRED_IN_FUTURE", "occurred")
    );
    assert_eq!(
        refuses(register("C2", "2019-10-14", "別")),
        ("OCCURRED_BEFORE_BIRTH", "occurred")
    );
    assert_eq!(
        refuses(register("C2", "2021-08-02", "　")),
        ("MISSING_VALUE", "name")
    );
}

#[test]
fn a_minute_may_be_as_far_ahead_as_clocks_differ() {
    let mut world = with_child();
    let assessed = |at| about("assess-mobility", at, json!({"smid_certified": true}));

    world.did(assessed("2024-04-01T12:05"));

    let ahead = world.refuses(assessed("2024-04-01T12:06"));
    assert_eq!(ahead, ("OCCURRED_IN_FUTURE", "occurred"));
}

#[test]
fn nothing_is_recorded_about_an_unknown_person() {
    let world = World::new();

    let refused = world.refuses(about(
        "assess-mobility",
        "2021-08-06",
        json!({"smid_certified": true}),
    ));

    assert_eq!(refused, ("UNKNOWN_PERSON", "child"));
}

#[test]
fn where_only_the_month_of_birth_matters_the_month_is_compared() {
    let mut world = with_child();
    let assessed = |on| about("assess-mobility", on, json!({"smid_certified": true}));

    let events = world.did(assessed("2019-10"));

    assert_eq!(flags(&events), [Flag::BeforeRegistration]);
    assert_eq!(
        world.refuses(assessed("2019-09")),
        ("OCCURRED_BEFORE_BIRTH", "occurred")
    );
    assert_eq!(
        world.refuses(assessed("2019-10-14")),
        ("OCCURRED_BEFORE_BIRTH", "occurred")
    );
}

#[test]
fn a_profile_changes_only_from_its_current_value() {
    let mut world = with_child();
    let change = |field: &str, old: Value, new: Value| {
        about(
            "change-profile",
            "2022-04-01",
            json!({"field": field, "old": old, "new": new}),
        )
    };

    let events = world.did(change("area", json!("kitazawa"), json!("kinuta")));

    assert_eq!(names(&events), ["profile-changed"]);
    let refuses = |json| world.refuses(json);
    let stale = refuses(change("area", json!("kitazawa"), json!("tamagawa")));
    assert_eq!(stale, ("STALE_VALUE", "old"));
    let same = refuses(change("area", json!("kinuta"), json!("kinuta")));
    assert_eq!(same, ("NOTHING_CHANGES", "new"));
    let nowhere = by_program(
        change("area", json!("kinuta"), json!("setagaya")),
        "shibuya",
    );
    let nowhere = world.refuses_decision(&nowhere);
    assert_eq!(nowhere, ("UNKNOWN_CODE", "new"));
    let nameless = refuses(change("name", json!("見本 花子"), Value::Null));
    assert_eq!(nameless, ("MISSING_VALUE", "new"));
    let born_late = refuses(change(
        "birth-date",
        json!("2019-10-15"),
        json!("2021-08-03"),
    ));
    assert_eq!(born_late, ("OCCURRED_BEFORE_BIRTH", "new"));
    let other = change("birth-date", json!("2019-10-15"), json!("2019-10-16"));
    let no_date = world.refuses_decision(&by_program(other, "3 August"));
    assert_eq!(no_date, ("NOT_A_DATE", "new"));
}

/// A change with a new value that was not read from JSON, where it would have been refused earlier.
fn by_program(json: Value, new: &str) -> Command {
    let Command::ChangeProfile(mut change) = command(json) else {
        panic!("it is a change");
    };
    change.new = Some(new.to_owned());
    Command::ChangeProfile(change)
}

#[test]
fn birth_detail_needs_a_possible_number() {
    let mut world = with_child();
    let detail = |fields| about("record-birth-detail", "2021-08-06", fields);

    world.did(detail(json!({"weight_grams": 200})));

    let refuses = |fields| world.refuses(detail(fields));
    assert_eq!(refuses(json!({})), ("MISSING_VALUE", "weight_grams"));
    assert_eq!(
        refuses(json!({"weight_grams": 199})),
        ("NOT_A_NUMBER", "weight_grams")
    );
    assert_eq!(
        refuses(json!({"gestation_weeks": 46})),
        ("NOT_A_NUMBER", "gestation_weeks")
    );
}

#[test]
fn care_begins_once_and_ends_after_it_began() {
    let mut world = with_child();
    let care = |name, on| about(name, on, json!({"procedure": "suction"}));

    let idle = world.refuses(care("end-care-procedure", "2021-09-01"));
    world.did(care("start-care-procedure", "2021-09-01"));

    assert_eq!(idle, ("PROCEDURE_NOT_OPEN", "procedure"));
    let again = world.refuses(care("start-care-procedure", "2021-10-01"));
    assert_eq!(again, ("PROCEDURE_OPEN", "procedure"));
    let early = world.refuses(care("end-care-procedure", "2021-08-31"));
    assert_eq!(early, ("STEPS_OUT_OF_ORDER", "occurred"));
    world.did(care("end-care-procedure", "2021-10-01"));
    world.did(care("start-care-procedure", "2021-11-01"));
    let hours = json!({"procedure": "oxygen", "hours_per_day": 25});
    let refused = world.refuses(about("start-care-procedure", "2021-09-01", hours));
    assert_eq!(refused, ("NOT_A_NUMBER", "hours_per_day"));
}

#[test]
fn mobility_needs_one_of_its_inputs() {
    let refused = with_child().refuses(about("assess-mobility", "2021-09-01", json!({})));

    assert_eq!(refused, ("MISSING_VALUE", "motor_impairment"));
}

#[test]
fn the_last_guardian_of_a_minor_goes_only_with_a_reason() {
    let mut world = with_child();
    let guardian = |name, on, mut fields: Value| {
        fields["guardian"] = json!("K1");
        about(name, on, fields)
    };
    let named = json!({"name": "見本　和子", "relation": "母"});

    let unknown = world.refuses(guardian("change-guardian", "2021-09-01", named.clone()));
    world.did(guardian("add-guardian", "2021-09-01", named.clone()));

    assert_eq!(unknown, ("UNKNOWN_GUARDIAN", "guardian"));
    let again = world.refuses(guardian("add-guardian", "2021-09-01", named.clone()));
    assert_eq!(again, ("ALREADY_RECORDED", "guardian"));
    let nameless = world.refuses(guardian("change-guardian", "2021-09-01", json!({})));
    assert_eq!(nameless, ("MISSING_VALUE", "name"));
    let silent = world.refuses(guardian("remove-guardian", "2022-04-01", json!({})));
    assert_eq!(silent, ("LAST_GUARDIAN", "reason"));
    world.did(guardian(
        "remove-guardian",
        "2022-04-01",
        json!({"reason": "死別"}),
    ));
    let gone = world.refuses(guardian(
        "remove-guardian",
        "2022-04-01",
        json!({"reason": "死別"}),
    ));
    assert_eq!(gone, ("UNKNOWN_GUARDIAN", "guardian"));
}

#[test]
fn a_care_score_lies_within_the_form_and_names_its_version() {
    let mut world = with_child();
    let assess = |score: u32, form: &str| {
        let fields = json!({"score": score, "form_version": form});
        about("assess-care-score", "2021-09-01", fields)
    };

    assert_eq!(
        world.refuses(assess(201, "2021")),
        ("NOT_A_NUMBER", "score")
    );
    assert_eq!(
        world.refuses(assess(21, "　")),
        ("MISSING_VALUE", "form_version")
    );
    world.did(assess(0, "2021"));
    let target = world.did(assess(200, "2021"))[0].0;
    assert_eq!(
        world.refuses(correct_clear(target, json!({"score": 201}))),
        ("NOT_A_NUMBER", "score")
    );
}

#[test]
fn welfare_services_are_recorded_all_together_and_each_once() {
    let mut world = with_child();
    let services = json!({"handbooks": ["physical"], "services": ["home-help", "居宅介護"]});

    let events = world.did(about("record-welfare-services", "2021-09-01", services));

    let event = events[0].1.event.encode().unwrap();
    assert_eq!(event["services"], json!(["home-help"]));
    // In use are none: that is known now, too.
    world.did(about("record-welfare-services", "2022-04-01", json!({})));
}
