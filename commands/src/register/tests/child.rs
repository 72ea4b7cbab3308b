//! Rows of 対象者台帳.

use ledger_core::code::{CareProcedure, DisasterPlanStep, Flag};
use ledger_core::event::{Event, ProfileEvent};
use ledger_core::id::StreamName;

use super::*;
use crate::decision::Decision as _;
use crate::world::{World, day, flags, ledger, names};

#[test]
fn a_person_is_registered_with_care_mobility_birth_and_guardian() {
    let mut world = World::new();

    let events = world.does(&child("c００１"));

    let wanted = [
        "child-registered",
        "birth-detail-recorded",
        "care-procedure-started",
        "mobility-assessed",
        "guardian-added",
    ];
    assert_eq!(names(&events), wanted);
    assert_eq!(flags(&events), []);
    let Event::Profile(ProfileEvent::Registered(registered)) = &events[0].1.event else {
        panic!("a registration comes first");
    };
    assert_eq!(registered.number.as_deref(), Some("C001"));
    assert_eq!(registered.birth_month.as_deref(), Some("2019-10"));
    assert_eq!(
        world.refuses_decision(&child("C001")),
        ("ALREADY_REGISTERED", "対象者番号")
    );
}

#[test]
fn the_ventilator_column_alone_makes_a_ventilator_user_and_the_difference_is_flagged() {
    let mut said = child("C001");
    said.ventilator = Some(true);
    let mut listed = child("C002");
    listed.procedures = vec![CareProcedure::Ventilator];

    let (mut world, mut other) = (World::new(), World::new());
    let by_column = world.does(&said);
    let by_list = other.does(&listed);

    assert_eq!(flags(&by_column), [Flag::VentilatorDiffers]);
    assert_eq!(flags(&by_list), [Flag::VentilatorDiffers]);
    let row = disaster(DisasterPlanStep::New, "2021-09-01", Some(true));
    assert_eq!(
        world.refuses_decision(&row),
        ("VENTILATOR_NOT_CENTRE", "対象者番号")
    );
}

#[test]
fn a_parent_of_an_adult_is_a_contact() {
    let mut world = World::new();
    let mut row = child("C001");
    row.birth_date = day("2003-08-02");

    let events = world.does(&row);

    assert_eq!(flags(&events), [Flag::GuardianOfAdult]);
    let Event::Profile(ProfileEvent::GuardianAdded(detail)) = &events[4].1.event else {
        panic!("the guardian comes last");
    };
    assert!(detail.contact_only);
}

#[test]
fn a_person_with_empty_cells_is_taken_and_flagged() {
    let mut world = World::new();
    let mut row = child("C001");
    (row.area, row.motor_impairment, row.smid_certified) = (None, None, None);
    (row.guardian_name, row.guardian_relation) = (None, None);
    row.birth_weight_grams = None;

    let events = world.does(&row);

    assert_eq!(
        names(&events),
        ["child-registered", "care-procedure-started"]
    );
    assert_eq!(flags(&events), [Flag::MissingValue]);
}

#[test]
fn a_person_is_not_known_before_the_birth_nor_tomorrow() {
    let world = World::new();
    let mut unborn = child("C001");
    unborn.registered_on = day("2019-10-14");
    let mut tomorrow = child("C001");
    tomorrow.registered_on = day("2024-04-02");
    let mut heavy = child("C001");
    heavy.birth_weight_grams = Some(6_001);

    assert_eq!(
        world.refuses_decision(&unborn),
        ("OCCURRED_BEFORE_BIRTH", "初回把握日")
    );
    assert_eq!(
        world.refuses_decision(&tomorrow),
        ("OCCURRED_IN_FUTURE", "初回把握日")
    );
    assert_eq!(
        world.refuses_decision(&heavy),
        ("NOT_A_NUMBER", "出生体重g")
    );
}

#[test]
fn what_was_found_while_reading_stands_on_the_rows_first_event() {
    let mut world = World::new();
    let mut row = child("C001");
    row.flags = vec![Flag::EraMoved];

    let events = world.does(&row);

    assert_eq!(events[0].1.flags, [Flag::EraMoved]);
    let stream = StreamName::child(child_id(ledger(), "C001"));
    assert_eq!(row.streams(ledger()), [stream]);
}
