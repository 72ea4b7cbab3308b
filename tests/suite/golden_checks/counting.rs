//! Checks 8, 9 and 11: visits, contacts and persons, referrals.

use ledger_tests::ledger::Engine;
use serde_json::{Value, json};

use super::{Centre, about, consultation, count, line, position, share};

/// Ten facilities that take part in fiscal year 2021, X01 to X10.
async fn facilities(centre: &Centre) {
    for nth in 1..=10 {
        let number = format!("X{nth:02}");
        centre
            .did(json!({"command": "register-facility", "number": number, "kind": "nursery",
                "occurred": "2021-08-03", "name": format!("見本{nth}号保育園"), "area": "tamagawa"}))
            .await;
        centre
            .did(
                json!({"command": "enrol-facility", "facility": number, "fiscal_year": 2021,
                "occurred": "2021-08-03"}),
            )
            .await;
    }
}

async fn visit(centre: &Centre, facility: &str, on: &str) {
    centre
        .did(
            json!({"command": "record-facility-support", "facility": facility, "occurred": on,
            "staff_kind": "nurse"}),
        )
        .await;
}

pub(super) async fn check_08_a_fifth_visit_is_extra_and_the_grid_shows_what_is_missing(
    engine: Engine,
) {
    let centre = Centre::new(engine).await;
    facilities(&centre).await;
    for on in [
        "2021-09-01",
        "2021-10-01",
        "2021-11-01",
        "2021-12-01",
        "2022-01-07",
    ] {
        visit(&centre, "X01", on).await;
    }
    for on in ["2021-09-02", "2021-10-02"] {
        visit(&centre, "X02", on).await;
    }

    let figure = async |key: &str| centre.figure(key, "2021", &[]).await;
    assert_eq!(figure("facility_visits").await, 7);
    assert_eq!(figure("facility_visits_capped_at_4").await, 6);
    let visits = centre.indicator("A-4", "2021", &[]).await;
    assert_eq!(visits["value"], count(7), "raw");
    assert_eq!(line(&visits, "capped-at-4"), &count(6), "towards 40");
    assert_eq!(visits["target"]["low"], 40);
    let capped = centre
        .indicator("A-4", "2021", &["--rule", "CR-回-2"])
        .await;
    assert_eq!(capped["value"], count(6));

    // The grid: a row for each of the ten, of which so many of four visits are missing.
    let rows = visits["lines"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row["key"].as_str().unwrap().starts_with("facility/"));
    let done: Vec<u64> = rows
        .map(|row| row["value"]["count"].as_u64().unwrap())
        .collect();
    assert_eq!(done.len(), 10);
    // A fifth visit fills no place of another facility.
    let mut missing: Vec<u64> = done
        .iter()
        .map(|done| 4_u64.saturating_sub(*done))
        .collect();
    missing.sort_unstable();
    assert_eq!(missing, [0, 2, 4, 4, 4, 4, 4, 4, 4, 4]);
    assert_eq!(missing.iter().sum::<u64>(), 40 - 6);
}

/// Makes C001 and C002 one person's, as two people decide it.
async fn merge(centre: &mut Centre) -> u64 {
    let stream = centre.ask(&["timeline", "C001"]).await["person"]["child"].take();
    let stream = format!("child-{}", stream.as_str().unwrap());
    centre
        .did(
            json!({"command": "request-approval", "approval": APPROVAL, "act": "merge",
            "occurred": "2024-03-30", "stream": stream, "absorbed": "C002",
            "reason": "同じ人と思われる。"}),
        )
        .await;
    let account = json!({"command": "open-account", "name": "test:other", "role": "manager",
        "occurred": "2024-03-30"});
    centre.did(account).await;
    centre.act_as("test:other");
    centre
        .did(json!({"command": "grant-approval", "approval": APPROVAL, "occurred": "2024-03-31"}))
        .await;
    centre.act_as("test:mihon");
    let merged = centre
        .did(
            json!({"command": "merge-cases", "survivor": "C001", "absorbed": "C002",
            "approval": APPROVAL, "occurred": "2024-03-31"}),
        )
        .await;
    position(&merged)
}

const APPROVAL: &str = "019a0000-0000-7000-8000-000000000001";

pub(super) async fn check_09_contacts_of_a_day_count_by_rule_and_a_merge_is_named(engine: Engine) {
    let mut centre = Centre::with_child(engine).await;
    for at in ["2023-09-05T10:00", "2023-09-05T15:30"] {
        centre.did(consultation("C001", at)).await;
    }
    let value = async |centre: &Centre, id: &str, more: &[&str]| {
        centre.indicator(id, "2023", more).await["value"].take()
    };

    assert_eq!(value(&centre, "A-1", &[]).await, count(2));
    assert_eq!(
        value(&centre, "A-1", &["--rule", "CR-延べ-1"]).await,
        count(2)
    );
    assert_eq!(
        value(&centre, "A-1", &["--rule", "CR-延べ-3"]).await,
        count(1)
    );
    assert_eq!(value(&centre, "A-2", &[]).await, count(1));

    centre.register("C002", "2019-10-15").await;
    centre.did(consultation("C002", "2023-09-06")).await;
    assert_eq!(value(&centre, "A-2", &[]).await, count(2));
    let before = centre.head().await;
    let merged = merge(&mut centre).await;

    assert_eq!(value(&centre, "A-2", &[]).await, count(1));
    assert_eq!(centre.figure("consultation_persons", "2023", &[]).await, 1);
    let then = ["--as-at", &before.to_string()];
    assert_eq!(
        centre.figure("consultation_persons", "2023", &then).await,
        2
    );
    assert_eq!(
        value(&centre, "A-1", &[]).await,
        count(3),
        "every contact stays"
    );
    let causes = centre.causes("A-2", "2023", before).await;
    let [(at, kind)] = &causes[..] else {
        panic!("one cause: {causes:?}");
    };
    assert_eq!(kind, "merged");
    // Both cases' streams are told of the merge; either event names it.
    assert!((merged..=merged + 1).contains(at), "{causes:?}");
}

fn referral(number: &str, on: &str) -> Value {
    about(
        "make-referral",
        on,
        json!({"referral": number, "area": "kitazawa",
        "section": "health-welfare", "urgency": "normal"}),
    )
}

fn step(name: &str, number: &str, on: &str, mut fields: Value) -> Value {
    fields["referral"] = number.into();
    about(name, on, fields)
}

pub(super) async fn check_11_referrals_end_and_close_as_they_should(engine: Engine) {
    let centre = Centre::with_child(engine).await;
    let on = ["--on", "2024-03-31"];
    let value = async |id: &str| centre.indicator(id, "2023", &on).await["value"].take();

    // An annulled one leaves nothing overdue.
    let made = centre.did(referral("F1", "2023-09-01")).await;
    let overdue = ("referral-receipt".to_owned(), "overdue".to_owned());
    assert_eq!(centre.work_on("2024-03-31").await, [overdue]);
    assert_eq!(value("C-4").await, share(1, 1));
    let stream = made["streams"][0]["stream"].clone();
    centre
        .did(
            json!({"command": "annul-event", "stream": stream, "reason": "duplicate",
            "target": format!("#{}", position(&made))}),
        )
        .await;
    assert_eq!(centre.work_on("2024-03-31").await, []);
    assert_eq!(value("C-4").await, share(0, 0));
    assert_eq!(centre.figure("referrals_made", "2023", &[]).await, 0);

    // A declined one needs a reason.
    centre.did(referral("F2", "2023-09-02")).await;
    let receive = |number: &str| step("receive-referral", number, "2023-09-04", json!({}));
    centre.did(receive("F2")).await;
    let declined = |reason: &str| {
        step(
            "decline-referral",
            "F2",
            "2023-09-05",
            json!({"reason": reason}),
        )
    };
    let refused = centre.refused(declined(" ")).await;
    assert_eq!(refused, ("MISSING_VALUE".to_owned(), "reason".to_owned()));
    centre.did(declined("対象外のため")).await;
    assert_eq!(centre.work_on("2024-03-31").await, []);
    assert_eq!(value("C-1").await, share(0, 1));

    // Closed with feedback it counts in C-1, closed without it does not.
    for number in ["F3", "F4"] {
        centre.did(referral(number, "2023-09-03")).await;
        centre.did(receive(number)).await;
        centre
            .did(step("accept-referral", number, "2023-09-05", json!({})))
            .await;
        let done = json!({"outcome": "served"});
        centre
            .did(step("complete-referral", number, "2023-10-01", done))
            .await;
    }
    assert_eq!(value("C-1").await, share(0, 3));
    let feedback = json!({"feedback": "報告書を受領"});
    centre
        .did(step("receive-feedback", "F3", "2023-10-05", feedback))
        .await;
    assert_eq!(value("C-1").await, share(1, 3));
    assert_eq!(
        centre
            .figure("referrals_closed_with_feedback", "2023", &[])
            .await,
        1
    );
    assert_eq!(centre.figure("referrals_completed", "2023", &[]).await, 2);
}
