//! Staff look at a person's timeline through both clocks, and see what was corrected.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

/// Records a command written as one line, and answers the position of its last event.
async fn did(place: &Place, line: &str) -> String {
    let line: Vec<&str> = ["record", "--json"]
        .into_iter()
        .chain(line.split(' '))
        .collect();
    let receipt = place.run(&line).await.done().json();
    receipt["position"].to_string()
}

async fn seen(place: &Place, child: &str, more: &str) -> Value {
    let line = format!("timeline {child} --json {more}");
    let line: Vec<&str> = line.split_whitespace().collect();
    place.run(&line).await.done().json()
}

/// Two siblings, and the first one's disaster plan, drafted at a minute and agreed on that day.
async fn place() -> Place {
    let place = Place::initialised(Engine::Sqlite).await;
    for number in ["C101", "C102"] {
        let line = format!(
            "register-child --number {number} --name 見本花子 --birth-date 2017-04-25 --area 砧 --occurred 2021-08-05"
        );
        did(&place, &line).await;
    }
    place
}

fn clock(timeline: &Value) -> &Value {
    &timeline["disaster_plans"][0]["clock"]["state"]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_a_disaster_plan_is_seen_on_any_day_and_as_at_any_position() {
    let place = place().await;
    let of = "--child C101 --set plan=D1";
    let drafted = did(
        &place,
        &format!("draft-disaster-plan {of} --office centre --occurred 2022-02-01T10:00"),
    )
    .await;
    let of = "--child C101 --plan D1";
    let agreed = did(
        &place,
        &format!("agree-disaster-plan {of} --version 1 --occurred 2022-02-01"),
    )
    .await;
    let _verified = did(&place, &format!("verify-disaster-plan {of} --guardian-present true --method visit --result valid --occurred 2023-02-01")).await;
    let ended = did(
        &place,
        &format!("end-disaster-plan {of} --reason moved --occurred 2024-03-31"),
    )
    .await;

    for (look, state) in [
        (format!("--as-at {drafted}"), "drafted"),
        ("--as-of 2022-02-01".to_owned(), "current"),
        ("--as-of 2022-12-04".to_owned(), "due-soon"),
        ("--as-of 2023-02-01".to_owned(), "current"),
        ("--as-of 2024-02-02".to_owned(), "overdue"),
        (format!("--as-at {agreed}"), "long-overdue"),
        (format!("--as-at {ended}"), "ended"),
    ] {
        assert_eq!(clock(&seen(&place, "C101", &look).await), state, "{look}");
    }
    let before = seen(&place, "C101", "--as-of 2022-01-31").await;
    assert_eq!(before["disaster_plans"], serde_json::json!([]));
    let plan = seen(&place, "C101", "").await["disaster_plans"][0].clone();
    assert_eq!(plan["versions"][0]["agreed_on"], "2022-02-01");
    assert_eq!(plan["verified_on"], serde_json::json!(["2023-02-01"]));
    let figures = place
        .run(&["figures", "--on", "2022-02-01", "--json"])
        .await
        .done();
    assert!(
        figures.out.contains("disaster_plans_current"),
        "{}",
        figures.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plans_versions_differ_by_field_and_a_referral_counts_its_reminders() {
    let place = place().await;
    for line in [
        "draft-support-plan --child C101 --set plan=P1 --goals 在宅 --services 訪問看護 --occurred 2022-03-01T09:00",
        "agree-support-plan --child C101 --plan P1 --version 1 --occurred 2022-03-01",
        "revise-support-plan --child C101 --plan P1 --base-version 1 --reason yearly --goals 通園 --services 訪問看護 --occurred 2023-03-01",
        "make-referral --child C101 --set referral=F1 --area 砧 --section 保健福祉課 --urgency 通常 --occurred 2022-05-01T15:00",
        "receive-referral --child C101 --referral F1 --occurred 2022-05-01",
        "remind-referral --child C101 --referral F1 --occurred 2022-05-10",
        "remind-referral --child C101 --referral F1 --occurred 2022-05-20",
    ] {
        did(&place, line).await;
    }

    let timeline = seen(&place, "C101", "").await;

    let plan = &timeline["support_plans"][0];
    assert_eq!(plan["versions"][0]["agreed_on"], "2022-03-01");
    let changes = &plan["differences"][0]["changes"];
    assert_eq!(changes.as_array().unwrap().len(), 1, "{changes}");
    assert_eq!(
        (
            &changes[0]["field"],
            &changes[0]["before"],
            &changes[0]["after"]
        ),
        (&"goals".into(), &"在宅".into(), &"通園".into())
    );
    let then = seen(&place, "C101", "--as-of 2023-02-28").await;
    assert_eq!(
        then["support_plans"][0]["versions"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let referral = &timeline["referrals"][0];
    assert_eq!(
        (
            &referral["received_on"],
            &referral["reminders"],
            &referral["open"]
        ),
        (&"2022-05-01".into(), &2.into(), &true.into())
    );
    let text = place.run(&["timeline", "C101"]).await.done().out;
    assert!(text.contains("1→2 目標: 在宅 → 通園"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_header_says_who_the_person_is_on_that_day() {
    let place = place().await;
    for line in [
        "start-care-procedure --child C101 --procedure ventilator --occurred 2021-09-01T10:00",
        "end-care-procedure --child C101 --procedure ventilator --occurred 2021-09-01",
        "start-care-procedure --child C101 --procedure suction --occurred 2021-09-01",
        "assess-mobility --child C101 --motor-impairment mild --smid-certified false --occurred 2022-01-10",
        "add-guardian --child C101 --name 見本和子 --relation 母 --occurred 2021-08-06",
        "change-profile --child C101 --field area --old kinuta --new setagaya --occurred 2021-08-01",
    ] {
        did(&place, line).await;
    }

    let person = seen(&place, "C101", "").await["person"].clone();
    let then = seen(&place, "C101", "--as-of 2021-08-31").await["person"].clone();

    assert_eq!(person["area"], "setagaya");
    assert_eq!(person["known_since"], "2021-08-05");
    assert_eq!(
        (&person["ventilator"], &person["movable"]),
        (&false.into(), &true.into())
    );
    assert_eq!(person["procedures"][0]["procedure"], "suction");
    assert_eq!(person["guardians"][0]["relation"], "母");
    assert_eq!(
        (&person["age_years"], &then["age_years"]),
        (&6.into(), &4.into())
    );
    assert_eq!(then["procedures"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_annulled_or_moved_stands_struck_with_links_both_ways() {
    let place = place().await;
    let talk =
        "consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学 --content";
    let annulled = did(&place, &format!("{talk} 二重 --occurred 2022-04-01")).await;
    let moved = did(&place, &format!("{talk} 取違え --occurred 2022-04-02")).await;
    let child = seen(&place, "C101", "").await["person"]["child"]
        .as_str()
        .unwrap()
        .to_owned();
    let other = seen(&place, "C102", "").await["person"]["child"]
        .as_str()
        .unwrap()
        .to_owned();
    did(
        &place,
        &format!("annul-event --stream child-{child} --target #{annulled} --reason duplicate"),
    )
    .await;
    did(
        &place,
        &format!("reassign-event --child C101 --target #{moved} --to C102 --reason wrong-person"),
    )
    .await;

    let from = seen(&place, "C101", "").await;
    let to = seen(&place, "C102", "").await;

    let lines = |timeline: &Value| -> Vec<Value> {
        let entries = timeline["entries"].as_array().unwrap().iter();
        let talks = entries.filter(|entry| entry["event_type"] == "consultation-recorded");
        talks.cloned().collect()
    };
    let [struck, stub] = &lines(&from)[..] else {
        panic!("two lines: {from}")
    };
    assert_eq!(
        (&struck["standing"], &stub["standing"]),
        (&"annulled".into(), &"reassigned".into())
    );
    assert_eq!(stub["reassigned_to"], other);
    let [here] = &lines(&to)[..] else {
        panic!("one line: {to}")
    };
    assert_eq!(
        (&here["standing"], &here["reassigned_from"]),
        (&"stands".into(), &child.as_str().into())
    );
    for (person, lang, link) in [
        ("C101", "ja", "→ 付替え先の対象者: C102"),
        ("C102", "ja", "← 付替え元の対象者: C101"),
        ("C101", "en", "→ now with person: C102"),
        ("C102", "en", "← reassigned from person: C101"),
    ] {
        let text = place
            .run(&["timeline", person, "--lang", lang])
            .await
            .done()
            .out;
        assert!(text.contains(link), "{text}");
    }
}
