//! Rows of 相談記録簿.

use ledger_core::code::{Area, Flag};
use ledger_core::event::{ConsultationEvent, Event};
use ledger_core::time::Occurred;

use super::*;
use crate::decision::Decision as _;
use crate::world::{World, day, flags, ledger, text};

#[test]
fn a_consultation_keeps_the_name_only_where_it_differs() {
    let mut world = with_child();
    let same = consultation("S1", Some("C001"));
    let mut other = consultation("S2", Some("C001"));
    other.name = text("見本　華子");
    other.area = Some(Area::Kinuta);

    let same = world.does(&same);
    let other = world.does(&other);

    assert_eq!(flags(&same), []);
    assert_eq!(flags(&other), [Flag::NameDiffers, Flag::AreaDiffers]);
    let name = |event: &Event| {
        let Event::Consultation(ConsultationEvent::Recorded(it)) = event else {
            panic!("a consultation");
        };
        it.name_given.text().map(str::to_owned)
    };
    assert_eq!(name(&same[0].1.event), None);
    assert_eq!(name(&other[0].1.event).as_deref(), Some("見本 華子"));
    let minute = Occurred::parse("2021-08-06T07:10Z").unwrap();
    assert_eq!(same[0].1.occurred, minute);
}

#[test]
fn a_consultation_without_a_number_is_an_inquiry_of_its_own() {
    let mut world = World::new();
    let row = consultation("S1", None);

    world.does(&row);

    let stream = row.streams(ledger()).remove(0);
    assert_eq!(stream.category(), Some("inquiry"));
    assert_eq!(world.history(&stream).entries().len(), 1);
    assert_eq!(
        world.refuses_decision(&row),
        ("ALREADY_RECORDED", "受付番号")
    );
}

#[test]
fn a_consultation_needs_a_known_person_a_topic_and_a_possible_day() {
    let world = with_child();
    let row = |change: fn(&mut ConsultationRow)| {
        let mut row = consultation("S1", Some("C001"));
        change(&mut row);
        world.refuses_decision(&row)
    };

    assert_eq!(
        row(|row| row.child = text("C999")),
        ("UNKNOWN_PERSON", "対象者番号")
    );
    assert_eq!(row(|row| row.topics.clear()), ("MISSING_VALUE", "主訴"));
    assert_eq!(
        row(|row| row.day = day("2019-10-14")),
        ("OCCURRED_BEFORE_BIRTH", "受付日")
    );
    assert_eq!(
        row(|row| row.day = day("2024-04-02")),
        ("OCCURRED_IN_FUTURE", "受付日")
    );
    assert_eq!(
        row(|row| row.duration_minutes = Some(1_441)),
        ("NOT_A_NUMBER", "所要分")
    );
}

#[test]
fn a_record_from_before_the_registration_is_taken_and_flagged() {
    let mut world = with_child();
    let mut row = consultation("S1", Some("C001"));
    row.day = day("2021-08-01");

    assert_eq!(flags(&world.does(&row)), [Flag::BeforeRegistration]);
}

#[test]
fn a_fact_of_a_register_is_taken_though_the_case_is_closed() {
    let mut world = World::new();
    world.does(&child("C001"));
    let closed = serde_json::json!({"command": "close-case", "child": "C001",
        "occurred": "2021-08-05", "reason": "moved"});
    world.did(closed);

    let events = world.does(&consultation("S0001", Some("C001")));

    assert_eq!(crate::world::names(&events), ["consultation-recorded"]);
}
