//! Rows of 災害時個別支援計画台帳.

use ledger_core::code::{DisasterPlanStep, Flag};

use super::*;
use crate::world::{day, flags, names};

#[test]
fn a_disaster_plan_without_a_guardian_is_only_drafted_and_only_reviewed() {
    let mut world = with_child();

    let drafted = world.does(&disaster(DisasterPlanStep::New, "2021-09-01", Some(false)));
    let checked = world.does(&disaster(
        DisasterPlanStep::Verification,
        "2022-09-01",
        None,
    ));

    assert_eq!(names(&drafted), ["disaster-plan-drafted"]);
    assert_eq!(flags(&drafted), [Flag::WithoutGuardian]);
    assert_eq!(names(&checked), ["disaster-plan-reviewed-internally"]);
    let wanted = [Flag::MissingValue, Flag::WithoutGuardian, Flag::NotAgreed];
    assert_eq!(flags(&checked), wanted);
}

#[test]
fn a_disaster_plan_with_a_guardian_is_agreed_verified_and_revised() {
    let mut world = with_child();
    let mut late = disaster(DisasterPlanStep::Verification, "2022-09-01", Some(true));
    late.next_due = Some(day("2023-09-02"));

    let drafted = world.does(&disaster(DisasterPlanStep::New, "2021-09-01", Some(true)));
    let verified = world.does(&late);
    let revised = world.does(&disaster(
        DisasterPlanStep::Review,
        "2022-10-01",
        Some(true),
    ));

    assert_eq!(
        names(&drafted),
        ["disaster-plan-drafted", "disaster-plan-agreed"]
    );
    assert_eq!(names(&verified), ["disaster-plan-verified"]);
    assert_eq!(flags(&verified), [Flag::NextDueLate]);
    assert_eq!(
        names(&revised),
        ["disaster-plan-revised", "disaster-plan-agreed"]
    );
    let row = disaster(DisasterPlanStep::Review, "2022-10-01", Some(true));
    assert_eq!(row.key(), ["D019", "見直し", "2022-10-01"]);
}

#[test]
fn a_disaster_plan_that_is_not_there_is_neither_verified_nor_revised() {
    let mut world = with_child();
    let verified = disaster(DisasterPlanStep::Verification, "2022-09-01", Some(true));

    assert_eq!(
        world.refuses_decision(&verified),
        ("PLAN_NOT_FOUND", "計画番号")
    );
    world.does(&disaster(DisasterPlanStep::New, "2022-09-02", Some(true)));
    assert_eq!(
        world.refuses_decision(&verified),
        ("STEPS_OUT_OF_ORDER", "実施日")
    );
}

/// The refusal named a code that no register's refusals have.
#[test]
fn a_plan_that_begins_a_second_time_is_out_of_order() {
    let mut world = with_child();
    world.does(&disaster(DisasterPlanStep::New, "2021-09-01", Some(true)));

    let again = disaster(DisasterPlanStep::New, "2021-09-02", Some(true));

    assert_eq!(
        world.refuses_decision(&again),
        ("STEPS_OUT_OF_ORDER", "区分")
    );
}

#[test]
fn the_centre_supports_no_ventilator_users_plan_even_before_it_knew_the_person() {
    let world = ventilator_user();

    for on in ["2021-07-01", "2021-08-02", "2022-09-01"] {
        let row = disaster(DisasterPlanStep::New, on, Some(true));
        assert_eq!(
            world.refuses_decision(&row),
            ("VENTILATOR_NOT_CENTRE", "対象者番号")
        );
    }
}

#[test]
fn the_centre_may_support_the_plan_from_the_day_on_which_the_ventilator_ended() {
    let mut world = ventilator_user();
    world.did(serde_json::json!({
        "command": "end-care-procedure", "child": "C001", "occurred": "2022-03-01",
        "procedure": "ventilator",
    }));

    let eve = disaster(DisasterPlanStep::New, "2022-02-28", Some(true));

    assert_eq!(world.refuses_decision(&eve).0, "VENTILATOR_NOT_CENTRE");
    world.does(&disaster(DisasterPlanStep::New, "2022-03-01", Some(true)));
}
