//! Rows of 施設技術支援記録 and 相談員指導・育成記録, and what holds for every register.

use ledger_core::code::{Area, DisasterPlanStep, Flag, SessionKind};

use super::*;
use crate::world::{World, day, flags, names};

#[test]
fn the_first_visit_registers_the_facility_and_later_ones_change_it() {
    let mut world = World::new();
    let mut moved = visit("G2", 4);
    moved.area = Some(Area::Kinuta);
    moved.name = None;

    let first = world.does(&visit("G1", 1));
    let second = world.does(&moved);

    assert_eq!(
        names(&first),
        ["facility-registered", "facility-support-given"]
    );
    assert_eq!(
        names(&second),
        ["facility-changed", "facility-support-given"]
    );
    assert_eq!(flags(&second), [Flag::CountDiffers]);
    assert_eq!(
        world.refuses_decision(&visit("G1", 1)),
        ("ALREADY_RECORDED", "支援番号")
    );
}

#[test]
fn the_count_of_visits_begins_anew_with_the_fiscal_year() {
    let mut world = World::new();
    let mut next_year = visit("G2", 1);
    next_year.day = day("2022-04-01");

    world.does(&visit("G1", 1));

    assert_eq!(flags(&world.does(&next_year)), []);
}

#[test]
fn training_enrols_holds_sessions_and_completes() {
    let mut world = World::new();

    let start = world.does(&session("I1", SessionKind::Start));
    let lecture = world.does(&session("I2", SessionKind::Lecture));
    let end = world.does(&session("I3", SessionKind::Completion));

    assert_eq!(names(&start), ["trainee-enrolled", "training-session-held"]);
    assert_eq!(names(&lecture), ["training-session-held"]);
    assert_eq!(names(&end), ["training-session-held", "trainee-completed"]);
    assert_eq!(flags(&end), []);
}

/// A second completion was a session like any other, and its year counted none.
#[test]
fn an_advisor_who_completes_again_completes_in_that_year_too() {
    let mut world = World::new();
    let mut again = session("I2", SessionKind::Completion);
    again.day = day("2023-02-01");

    world.does(&session("I1", SessionKind::Completion));
    let events = world.does(&again);

    assert_eq!(
        names(&events),
        ["training-session-held", "trainee-completed"]
    );
}

#[test]
fn training_without_its_start_enrols_with_the_first_row_and_is_flagged() {
    let mut world = World::new();

    let events = world.does(&session("I1", SessionKind::Lecture));

    assert_eq!(
        names(&events),
        ["trainee-enrolled", "training-session-held"]
    );
    assert_eq!(flags(&events), [Flag::NotEnrolled]);
}

#[test]
fn every_cell_of_a_row_is_a_column_of_its_register() {
    fn check<R: RegisterRow>(row: &R) {
        let columns = R::COLUMNS.to_vec();
        let mut places = row
            .filled()
            .into_iter()
            .map(|column| columns.iter().position(|known| *known == column).unwrap());
        assert!(places.by_ref().is_sorted());
    }
    check(&child("C001"));
    check(&consultation("S1", Some("C001")));
    check(&referral());
    check(&plan(2, "2021-10-01"));
    check(&disaster(DisasterPlanStep::New, "2021-09-01", Some(true)));
    check(&visit("G1", 1));
    check(&session("I1", SessionKind::Start));
}
