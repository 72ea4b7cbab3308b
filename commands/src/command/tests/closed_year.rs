//! What a closed fiscal year takes in no more, and from whom it still does.

use ledger_core::actor::Role;

use super::*;
use crate::world::names;

/// Closes a fiscal year.
fn close(world: &mut World, year: i32) {
    world.did(json!({"command": "close-fiscal-year", "fiscal_year": year,
        "occurred": format!("{}-06-01", year.saturating_add(1)), "as_at": 100}));
}

fn allow(account: &str, until: &str) -> Value {
    json!({"command": "allow-late-entry", "fiscal_year": 2021, "occurred": "2022-06-10",
        "account": account, "allowed_until": until, "reason": "未入力の記録が見つかったため"})
}

fn mobility(occurred: &str) -> Value {
    let fields = json!({"motor_impairment": "mild", "smid_certified": false});
    about("assess-mobility", occurred, fields)
}

const CLOSED: (&str, &str) = ("FISCAL_YEAR_CLOSED", "occurred");

#[test]
fn daily_work_of_a_closed_year_is_refused_and_that_of_others_is_not() {
    let mut world = with_child();

    close(&mut world, 2021);

    assert_eq!(world.refuses(mobility("2022-03-31")), CLOSED);
    assert_eq!(world.refuses(mobility("2021-04")), CLOSED);
    world.did(mobility("2022-04-01"));
    world.did(mobility("2021-03-31"));
}

#[test]
fn every_kind_of_daily_work_is_refused_in_a_closed_year() {
    let mut world = with_child();
    world.did(
        json!({"command": "register-facility", "number": "X01", "occurred": "2021-08-03",
        "name": "見本保育園", "kind": "nursery", "area": "tamagawa"}),
    );
    world.did(
        json!({"command": "enrol-trainee", "number": "T01", "occurred": "2021-08-13",
        "name": "研修　一"}),
    );

    close(&mut world, 2021);

    let day = json!("2021-10-01");
    for name in [
        "register-child",
        "record-consultation",
        "record-inquiry",
        "register-facility",
        "change-facility",
        "withdraw-facility",
        "schedule-visit",
        "cancel-visit",
        "record-facility-support",
        "survey-facility-confidence",
        "record-acceptance",
        "change-facility-staffing",
        "enrol-trainee",
        "hold-session",
        "complete-training",
        "set-training-goal",
        "assess-competency",
        "draft-supervised-plan",
        "suspend-training",
        "resume-training",
        "leave-training",
        "verify-disaster-plan",
        "agree-support-plan",
    ] {
        let example = crate::Command::example(name).unwrap();
        let mut command: Value = serde_json::from_str(example).unwrap();
        command["occurred"] = day.clone();
        assert_eq!(world.refuses(command), CLOSED, "{name}");
    }
    let enrol = json!({"command": "enrol-facility", "facility": "X01", "fiscal_year": 2021,
        "occurred": "2022-07-01"});
    assert_eq!(world.refuses(enrol), CLOSED);
}

#[test]
fn an_account_that_is_allowed_by_name_still_writes_until_its_day() {
    let mut world = with_child();
    world.opens_account("staff-1");
    world.clock_says("2022-06-10T03:00:00Z");
    assert_eq!(
        world.refuses(allow("staff-1", "2022-06-30")),
        ("FISCAL_YEAR_OPEN", "fiscal_year")
    );
    close(&mut world, 2021);
    assert_eq!(
        world.refuses(allow("staff-1", "2022-06-09")),
        ("STEPS_OUT_OF_ORDER", "allowed_until")
    );
    let mut silent = allow("staff-1", "2022-06-30");
    silent["reason"] = json!(" ");
    assert_eq!(world.refuses(silent), ("MISSING_VALUE", "reason"));

    world.did(allow("staff-1", "2022-06-30"));

    world.did(mobility("2022-03-31"));
    world.signs_in("staff-2", Role::Staff);
    assert_eq!(world.refuses(mobility("2022-03-31")), CLOSED);
    world.signs_in("staff-1", Role::Staff);
    world.clock_says("2022-06-30T14:59:00Z");
    world.did(mobility("2022-03-30"));
    world.clock_says("2022-06-30T15:00:00Z");
    assert_eq!(world.refuses(mobility("2022-03-31")), CLOSED);
}

#[test]
fn a_correction_that_changes_a_closed_year_is_refused() {
    let mut world = with_child();
    world.opens_account("staff-1");
    world.did(mobility("2022-04-01"));
    let made = world.did(mobility("2022-03-31"));
    let (closed, open) = (made[0].0, {
        let stream = ledger_core::id::StreamName::child(id("child", "C001").parse().unwrap());
        world.history(&stream).entries()[1].recorded.id
    });
    let stream = format!("child-{}", id("child", "C001"));
    let correct = |target: ledger_core::id::EventId, occurred: Value| {
        json!({"command": "correct-event", "stream": stream, "target": target,
            "occurred": occurred, "reason": "wrong-date"})
    };
    let annul = |name: &str, target: ledger_core::id::EventId| json!({"command": name, "stream": stream, "target": target, "reason": "typo"});
    register(&mut world, "C002");
    close(&mut world, 2021);
    let refused = ("FISCAL_YEAR_CLOSED", "target");

    assert_eq!(world.refuses(correct(closed, json!("2022-04-02"))), refused);
    assert_eq!(world.refuses(correct(open, json!("2022-03-30"))), refused);
    assert_eq!(world.refuses(annul("annul-event", closed)), refused);
    let reassign = json!({"command": "reassign-event", "child": "C001", "target": closed,
        "to": "C002", "reason": "wrong-person"});
    assert_eq!(world.refuses(reassign), refused);

    let corrected = world.did(correct(open, json!("2022-04-02")));
    assert_eq!(names(&corrected), ["event-corrected"]);
    world.did(allow("staff-1", "2024-04-30"));
    world.did(annul("annul-event", closed));
    world.signs_in("staff-2", Role::Staff);
    let reversal = json!({"command": "reverse-annulment", "stream": stream, "target": closed,
        "reason": "typo"});
    assert_eq!(world.refuses(reversal), refused);
}

#[test]
fn the_money_of_a_closed_year_is_refused_but_for_what_tokyo_does_later() {
    let mut world = World::new();
    world.opens_account("staff-1");
    world.did(
        json!({"command": "set-budget-line", "fiscal_year": 2021, "occurred": "2021-04-01",
        "line": "相談員", "name": "相談員", "amount_yen": 10_000_000}),
    );
    world.did(
        json!({"command": "set-subsidy-menu", "fiscal_year": 2021, "occurred": "2021-04-01",
        "menu": "相談", "name": "相談", "lines": ["相談員"], "rate_percent": 100}),
    );
    world.did(
        json!({"command": "apply-subsidy", "fiscal_year": 2021, "occurred": "2021-06-01",
        "menu": "相談", "amount_yen": 10_000_000}),
    );
    let spent = json!({"command": "record-expenditure", "fiscal_year": 2021,
        "occurred": "2021-08-31", "line": "相談員", "amount_yen": 9_000_000, "voucher": "R3-1"});
    let budgeted = world.did(spent.clone());
    close(&mut world, 2021);
    let refused = ("FISCAL_YEAR_CLOSED", "fiscal_year");

    for name in [
        "set-budget-line",
        "record-expenditure",
        "reverse-expenditure",
        "set-subsidy-menu",
        "plan-subsidy",
        "apply-subsidy",
    ] {
        let example = crate::Command::example(name).unwrap();
        let command: Value = serde_json::from_str(example).unwrap();
        assert_eq!(world.refuses(command), refused, "{name}");
    }
    let annul = json!({"command": "annul-event", "stream": "fiscal-2021",
        "target": budgeted[0].0, "reason": "typo"});
    assert_eq!(world.refuses(annul), ("FISCAL_YEAR_CLOSED", "target"));
    for verb in ["decide", "receive", "settle"] {
        world.did(
            json!({"command": format!("{verb}-subsidy"), "fiscal_year": 2021,
            "occurred": "2022-06-20", "menu": "相談", "amount_yen": 9_000_000}),
        );
    }
    world.did(allow("staff-1", "2024-04-30"));
    let mut late = spent;
    late["voucher"] = json!("R3-2");
    late["expenditure"] = json!(id("expenditure", "R3-2"));
    world.did(late);
}
