//! Rules of consent and of what is shared on it.

use super::*;
use crate::world::names;

fn consent(number: &str) -> Value {
    json!(id("consent", number))
}

fn give(mut fields: Value) -> Value {
    let defaults = [
        ("consent", consent("1")),
        ("recipients", json!(["hospital", "visiting-nursing"])),
        ("data", json!(["medical-care", "support-plan"])),
        ("purpose", json!("discharge")),
        ("form", json!("written")),
        ("given_by", json!("guardian")),
    ];
    for (field, value) in defaults {
        if fields.get(field).is_none() {
            fields[field] = value;
        }
    }
    about("give-consent", "2021-08-06", fields)
}

fn withdraw(on: &str) -> Value {
    let fields = json!({"consent": consent("1"), "withdrawn_by": "guardian"});
    about("withdraw-consent", on, fields)
}

fn share(on: &str, mut fields: Value) -> Value {
    let defaults = [
        ("party", json!("hospital")),
        ("data", json!(["medical-care"])),
        ("purpose", json!("discharge")),
        ("basis", json!("consent")),
    ];
    for (field, value) in defaults {
        if fields.get(field).is_none() {
            fields[field] = value;
        }
    }
    about("share-information", on, fields)
}

fn consented(fields: Value) -> World {
    let mut world = with_child();
    world.did(give(fields));
    world
}

const MISSING: (&str, &str) = ("CONSENT_MISSING", "consent");

#[test]
fn the_person_or_the_legal_guardian_consents_to_something() {
    let mut world = with_child();
    let refuses = |world: &World, fields| world.refuses(give(fields));

    let family = json!({"given_by": "family"});
    assert_eq!(refuses(&world, family), ("CONSENT_BY_OTHER", "given_by"));
    let nobody = json!({"recipients": []});
    assert_eq!(refuses(&world, nobody), ("MISSING_VALUE", "recipients"));
    let nothing = json!({"data": []});
    assert_eq!(refuses(&world, nothing), ("MISSING_VALUE", "data"));
    let over = json!({"valid_to": "2021-08-05"});
    assert_eq!(refuses(&world, over), ("STEPS_OUT_OF_ORDER", "valid_to"));
    world.did(give(json!({})));
    assert_eq!(refuses(&world, json!({})), ("ALREADY_RECORDED", "consent"));
}

#[test]
fn a_consent_is_withdrawn_once_and_not_before_it_was_given() {
    let mut world = with_child();
    assert_eq!(
        world.refuses(withdraw("2021-09-01")),
        ("CONSENT_NOT_FOUND", "consent")
    );
    world.did(give(json!({})));

    assert_eq!(
        world.refuses(withdraw("2021-08-05")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(withdraw("2021-09-01"));
    assert_eq!(
        world.refuses(withdraw("2021-09-02")),
        ("ALREADY_RECORDED", "consent")
    );
}

#[test]
fn a_refusal_is_recorded_once_and_lets_nothing_be_shared() {
    let mut world = with_child();
    let mut refusal = about(
        "refuse-consent",
        "2021-08-06",
        json!({"consent": consent("1"), "recipients": ["hospital"], "data": [],
            "purpose": "discharge", "refused_by": "guardian"}),
    );
    assert_eq!(world.refuses(refusal.clone()), ("MISSING_VALUE", "data"));
    refusal["data"] = json!(["medical-care"]);

    assert_eq!(names(&world.did(refusal.clone())), ["consent-refused"]);

    assert_eq!(world.refuses(refusal), ("ALREADY_RECORDED", "consent"));
    assert_eq!(world.refuses(share("2021-09-01", json!({}))), MISSING);
}

#[test]
fn what_is_shared_lies_within_a_consent_in_every_respect() {
    let mut world = consented(json!({}));
    let outside = [
        json!({"party": "school"}),
        json!({"data": ["medical-care", "family"]}),
        json!({"purpose": "education"}),
    ];

    for fields in outside {
        assert_eq!(world.refuses(share("2021-09-01", fields)), MISSING);
    }
    assert_eq!(world.refuses(share("2021-08-05", json!({}))), MISSING);
    assert_eq!(
        world.refuses(share("2021-09-01", json!({"data": []}))),
        ("MISSING_VALUE", "data")
    );
    let events = world.did(share("2021-08-06", json!({})));
    assert_eq!(events[0].1.event.encode().unwrap()["consent"], consent("1"));
}

#[test]
fn a_consent_for_named_offices_covers_no_other() {
    let office = json!(id("organisation", "H1"));
    let other = json!(id("organisation", "H2"));
    let mut world = consented(json!({"organisations": [office]}));

    assert_eq!(world.refuses(share("2021-09-01", json!({}))), MISSING);
    assert_eq!(
        world.refuses(share("2021-09-01", json!({"organisation": other}))),
        MISSING
    );
    world.did(share("2021-09-01", json!({"organisation": office})));
}

#[test]
fn a_consent_holds_to_its_last_day_and_to_the_day_before_it_is_withdrawn() {
    let mut world = consented(json!({"valid_to": "2021-12-31"}));
    world
        .decide(&crate::world::command(share("2021-12-31", json!({}))))
        .unwrap();
    assert_eq!(world.refuses(share("2022-01-01", json!({}))), MISSING);

    world.did(withdraw("2021-10-01"));

    assert_eq!(world.refuses(share("2021-10-01", json!({}))), MISSING);
    assert_eq!(world.refuses(share("2021-10", json!({}))), MISSING);
    // Withdrawing stops what comes, not what was.
    world.did(share("2021-09-30", json!({})));
}

#[test]
fn by_the_minute_a_consent_holds_until_it_is_withdrawn() {
    let mut world = with_child();
    let mut given = give(json!({}));
    given["occurred"] = json!("2021-08-06T10:00");
    world.did(given);
    world.did(withdraw("2021-08-06T15:00"));

    assert_eq!(world.refuses(share("2021-08-06T09:59", json!({}))), MISSING);
    assert_eq!(world.refuses(share("2021-08-06T15:00", json!({}))), MISSING);
    world.did(share("2021-08-06T14:59", json!({})));
}

#[test]
fn a_named_consent_is_there_and_covers_what_is_shared() {
    let mut world = consented(json!({}));
    world.did(give(
        json!({"consent": consent("2"), "purpose": "education",
        "recipients": ["school"]}),
    ));

    let named = |number| json!({"consent": consent(number)});
    assert_eq!(
        world.refuses(share("2021-09-01", named("9"))),
        ("CONSENT_NOT_FOUND", "consent")
    );
    assert_eq!(world.refuses(share("2021-09-01", named("2"))), MISSING);
    world.did(share("2021-09-01", named("1")));
}

#[test]
fn another_ground_needs_its_reason_and_no_consent() {
    let mut world = with_child();
    let emergency = |ground: Value| {
        let fields = json!({"party": "other", "basis": "emergency", "ground": ground});
        share("2021-09-01", fields)
    };

    assert_eq!(
        world.refuses(emergency(Value::Null)),
        ("CONSENT_MISSING", "ground")
    );
    let mut unknown = emergency(json!("停電で搬送された。"));
    unknown["consent"] = consent("9");
    assert_eq!(world.refuses(unknown), ("CONSENT_NOT_FOUND", "consent"));
    let mut shared = emergency(json!("停電で搬送された。"));
    shared["sharing"] = json!(id("sharing", "1"));
    world.did(shared.clone());
    assert_eq!(world.refuses(shared), ("ALREADY_RECORDED", "sharing"));
}

#[test]
fn a_sharing_moves_after_its_consent_and_a_consent_keeps_its_id() {
    let mut world = with_child();
    register(&mut world, "C002");
    let given = world.did(give(json!({})))[0].0;
    let shared = world.did(share("2021-09-01", json!({})))[0].0;

    assert_eq!(
        world.refuses(correct_clear(given, json!({"consent": consent("2")}))),
        ("NOT_CORRECTABLE", "clear")
    );
    assert_eq!(
        world.refuses(move_to(shared, "C002")),
        ("CONSENT_NOT_FOUND", "target")
    );
    world.did(move_to(given, "C002"));
    world.did(move_to(shared, "C002"));
}
