//! Rows of 在宅生活支援プラン台帳, at first and grown.

use ledger_core::code::Flag;

use super::*;
use crate::world::{day, flags, names, text};

#[test]
fn a_plan_is_drafted_agreed_and_left_hospital_with() {
    let mut world = with_child();
    let mut row = plan(1, "2021-10-01");
    row.agreed_on = Some(day("2021-10-22"));
    row.discharge_planned_on = Some(day("2021-10-20"));
    row.discharged_on = Some(day("2021-10-21"));

    let events = world.does(&row);

    let wanted = ["support-plan-drafted", "support-plan-agreed", "discharged"];
    assert_eq!(names(&events), wanted);
    assert_eq!(flags(&events), [Flag::AgreedAfterDischarge]);
    assert_eq!(
        world.refuses_decision(&row),
        ("ALREADY_RECORDED", "プラン番号")
    );
}

#[test]
fn a_plan_version_needs_the_one_before_it() {
    let mut world = with_child();
    world.does(&plan(1, "2021-10-01"));

    let events = world.does(&plan(2, "2022-10-01"));

    assert_eq!(names(&events), ["support-plan-revised"]);
    assert_eq!(
        flags(&events),
        [Flag::NotAgreed, Flag::RevisedBeforeAgreement]
    );
    let orphan = world.refuses_decision(&plan(4, "2022-11-01"));
    assert_eq!(orphan, ("VERSION_WITHOUT_PREDECESSOR", "版"));
    let early = world.refuses_decision(&plan(3, "2022-09-30"));
    assert_eq!(early, ("STEPS_OUT_OF_ORDER", "作成日"));
    assert_eq!(
        world.refuses_decision(&plan(0, "2022-11-01")),
        ("NOT_A_NUMBER", "版")
    );
}

#[test]
fn a_plan_is_not_agreed_before_it_is_drafted() {
    let world = with_child();
    let mut row = plan(1, "2021-10-01");
    row.agreed_on = Some(day("2021-09-30"));

    assert_eq!(
        world.refuses_decision(&row),
        ("STEPS_OUT_OF_ORDER", "合意日")
    );
}

#[test]
fn a_second_open_plan_is_taken_and_flagged() {
    let mut world = with_child();
    world.does(&plan(1, "2021-10-01"));
    let mut second = plan(1, "2021-11-01");
    second.number = "P002".to_owned();

    let events = world.does(&second);

    assert_eq!(flags(&events), [Flag::NotAgreed, Flag::SecondOpenPlan]);
}

#[test]
fn a_grown_plan_adds_agreement_and_discharge_and_completes_the_draft() {
    let mut world = with_child();
    let mut row = plan(1, "2021-10-01");
    row.goals = None;
    let before = row.filled();
    world.does(&row);
    row.agreed_on = Some(day("2021-10-05"));
    row.discharged_on = Some(day("2021-10-21"));
    row.goals = text("自宅で安心して暮らす");

    let events = world.does(&Grown::new(row.clone(), &before));

    let wanted = ["support-plan-agreed", "discharged", "event-corrected"];
    assert_eq!(names(&events), wanted);
    assert_eq!(row.key(), ["P001", "1"]);
}
