//! Checks 5 to 7: the yearly clock, opening hours, fiscal years and eras.

use ledger_tests::ledger::Engine;
use serde_json::{Value, json};

use super::{Centre, about, consultation, count, share};

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["plan"] = "D1".into();
    about(name, on, fields)
}

fn verify(on: &str, guardian: bool) -> Value {
    let fields = json!({"guardian_present": guardian, "method": "visit", "result": "valid"});
    step("verify-disaster-plan", on, fields)
}

/// How the plan's clock stands on a day, in the timeline, in the figures and in the work list.
async fn clock(centre: &Centre, on: &str) -> (String, u64, u64, Option<String>) {
    let timeline = centre.ask(&["timeline", "C001", "--as-of", on]).await;
    let state = timeline["disaster_plans"][0]["clock"]["state"].as_str();
    let figures = centre.ask(&["figures", "--on", on]).await;
    let number = |key: &str| figures[key].as_u64().unwrap();
    let work = centre.work_on(on).await;
    let mut yearly = work.into_iter().filter(|(kind, _)| kind == "disaster-plan");
    (
        state.unwrap().to_owned(),
        number("disaster_plans_current"),
        number("disaster_plans_overdue"),
        yearly.next().map(|(_, state)| state),
    )
}

fn stands(state: &str, work: Option<&str>) -> (String, u64, u64, Option<String>) {
    let overdue = u64::from(state == "overdue");
    (
        state.to_owned(),
        1 - overdue,
        overdue,
        work.map(str::to_owned),
    )
}

pub(super) async fn check_05_only_a_verification_with_a_guardian_resets_the_years_clock(
    engine: Engine,
) {
    let centre = Centre::with_child(engine).await;
    centre
        .place
        .clock
        .set("2025-06-01T03:00:00Z".parse().unwrap());
    centre
        .did(step(
            "draft-disaster-plan",
            "2023-02-20",
            json!({"office": "centre"}),
        ))
        .await;
    centre
        .did(step(
            "agree-disaster-plan",
            "2023-03-01",
            json!({"version": 1}),
        ))
        .await;

    // 29 February 2024 is day 365, the day after it day 366.
    assert_eq!(clock(&centre, "2023-12-31").await, stands("current", None));
    assert_eq!(
        clock(&centre, "2024-02-29").await,
        stands("due-soon", Some("due"))
    );
    assert_eq!(
        clock(&centre, "2024-03-01").await,
        stands("overdue", Some("overdue"))
    );

    // Without a guardian it is an internal review, which leaves the clock as it is.
    let refused = centre.refused(verify("2024-02-28", false)).await;
    assert_eq!(refused.0, "GUARDIAN_REQUIRED");
    centre
        .did(step(
            "review-disaster-plan",
            "2024-02-28",
            json!({"method": "tabletop"}),
        ))
        .await;
    assert_eq!(
        clock(&centre, "2024-03-01").await,
        stands("overdue", Some("overdue"))
    );
    let verified =
        async |on: &str| centre.indicator("D-2", "2023", &["--on", on]).await["value"].take();
    assert_eq!(verified("2024-02-29").await, share(1, 1));
    assert_eq!(verified("2024-03-01").await, share(0, 1));

    // With a guardian it starts anew, on 29 February, too.
    centre.did(verify("2024-02-29", true)).await;
    assert_eq!(clock(&centre, "2024-03-01").await, stands("current", None));
    assert_eq!(verified("2024-03-01").await, share(1, 1));
    assert_eq!(
        clock(&centre, "2025-02-28").await,
        stands("due-soon", Some("due"))
    );
    assert_eq!(
        clock(&centre, "2025-03-01").await,
        stands("overdue", Some("overdue"))
    );
}

pub(super) async fn check_06_holidays_and_the_closing_hour_are_outside_hours(engine: Engine) {
    let centre = Centre::with_child(engine).await;
    let outside = async || {
        let figure = centre
            .figure("consultations_outside_hours", "2021", &[])
            .await;
        let indicator = centre.indicator("E-5", "2021", &[]).await["value"].take();
        (figure.as_u64().unwrap(), indicator)
    };

    // A working day up to 16:59; 9 August 2021 is a substitute holiday.
    centre.did(consultation("C001", "2021-08-10T16:59")).await;
    assert_eq!(outside().await, (0, share(0, 1)));
    centre.did(consultation("C001", "2021-08-10T17:00")).await;
    assert_eq!(outside().await, (1, share(1, 2)));
    centre.did(consultation("C001", "2021-08-09T10:00")).await;
    assert_eq!(outside().await, (2, share(2, 3)));
}

pub(super) async fn check_07_fiscal_years_turn_on_the_first_of_april_and_eras_are_read(
    engine: Engine,
) {
    let centre = Centre::new(engine).await;
    centre.register("C001", "2015-10-15").await;
    for on in ["2021-03-31", "2021-04-01", "R3.8.1", "令和元年5月1日"] {
        centre.did(consultation("C001", on)).await;
    }

    let years = [
        ("2019", "令和元年度", 1),
        ("2020", "令和2年度", 1),
        ("2021", "令和3年度", 2),
    ];
    for (year, era, contacts) in years {
        let counted = centre.figure("consultations", year, &[]).await;
        assert_eq!(counted, contacts, "{year}");
        assert_eq!(
            centre.indicator("A-1", year, &[]).await["value"],
            count(contacts)
        );
        let said = centre
            .run(&["figures", "--fiscal-year", year])
            .await
            .done()
            .out;
        assert!(said.starts_with(&format!("{era}の実績")), "{said}");
    }
    let timeline = centre.ask(&["timeline", "C001"]).await;
    let entries = timeline["entries"].as_array().unwrap().iter();
    let contacts = entries.filter(|entry| entry["event_type"] == "consultation-recorded");
    let days: Vec<&Value> = contacts.map(|entry| &entry["occurred"]["at"]).collect();
    assert_eq!(
        days,
        ["2019-05-01", "2021-03-31", "2021-04-01", "2021-08-01"]
    );
}
