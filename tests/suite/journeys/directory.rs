//! The directory of local resources as staff use it while on the telephone.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

async fn registered(place: &Place, (name, kind, area, phone): (&str, &str, &str, &str)) -> String {
    let office = [
        "register-organisation",
        "--occurred",
        "R3.8.2",
        "--name",
        name,
    ];
    let about = ["--kind", kind, "--area", area, "--phone", phone];
    place.record(&[&office[..], &about].concat()).await
}

async fn confirmed(place: &Place, office: &str, (on, capacity): (&str, &str), more: &[&str]) {
    let said = [
        "confirm-resource",
        "--organisation",
        office,
        "--occurred",
        on,
    ];
    let line = [&said[..], &["--capacity", capacity], more].concat();
    place.record(&line).await;
}

/// Four offices: one open and asked lately, one open and asked long ago, one full, one never asked.
async fn place(engine: Engine) -> (Place, [String; 4]) {
    let place = Place::initialised(engine).await;
    let offices = [
        (
            "見本訪問看護ステーション",
            "訪問看護・訪問リハビリ",
            "砧",
            "03-0000-0001",
        ),
        ("見本短期入所", "短期入所", "砧", "03-0000-0002"),
        ("見本クリニック", "clinic", "北沢", "03-0000-0003"),
        ("見本通所施設", "day-facility", "玉川", "03-0000-0004"),
    ];
    let mut ids = Vec::new();
    for office in offices {
        ids.push(registered(&place, office).await);
    }
    let ids: [String; 4] = ids.try_into().unwrap();
    let care = [
        "--procedures",
        "suction,ventilator",
        "--age-to",
        "18",
        "--places",
        "2",
    ];
    let who = ["--confirmed-with", "管理者", "--note", "夜間は要相談"];
    let told = [&care[..], &who].concat();
    confirmed(&place, &ids[0], ("R6.3.1", "受入可"), &told).await;
    let service = ["--services", "短期入所"];
    confirmed(&place, &ids[1], ("R4.6.10", "open"), &service).await;
    confirmed(
        &place,
        &ids[2],
        ("R6.3.2", "full"),
        &["--procedures", "suction"],
    )
    .await;
    (place, ids)
}

async fn names(place: &Place, more: &[&str]) -> Vec<String> {
    let answer = place.json(&[&["directory"], more].concat()).await;
    let offices = answer["offices"].as_array().unwrap();
    let names = offices
        .iter()
        .map(|one| one["name"].as_str().unwrap().to_owned());
    names.collect()
}

async fn offices_are_found_by_what_they_take_on(engine: Engine) {
    let (place, _) = place(engine).await;

    let all = names(&place, &[]).await;
    let sorted = [
        "見本訪問看護ステーション",
        "見本短期入所",
        "見本通所施設",
        "見本クリニック",
    ];
    assert_eq!(all, sorted, "open and fresh, open and stale, unknown, full");
    let suction = ["見本訪問看護ステーション", "見本クリニック"];
    assert_eq!(names(&place, &["--resource", "suction"]).await, suction);
    assert_eq!(
        names(&place, &["--resource", "吸引", "--area", "砧"]).await,
        suction[..1]
    );
    assert_eq!(names(&place, &["--kind", "short-stay"]).await, sorted[1..2]);
    assert_eq!(names(&place, &["クリニック"]).await, suction[1..]);
    assert_eq!(
        names(&place, &["00000004"]).await,
        sorted[2..3],
        "by telephone"
    );
    // What was asked later is not known on an earlier day.
    let answer = place.json(&["directory", "--as-of", "R6.2.29"]).await;
    assert_eq!(answer["offices"][0]["name"], "見本短期入所");

    let text = place.run(&["directory"]).await.done().out;
    let first = text.lines().nth(1).unwrap();
    assert!(
        first.starts_with("03-0000-0001  見本訪問看護ステーション"),
        "{text}"
    );
    for said in [
        "受入可",
        "令和6年3月1日確認（test:mihon）",
        "⚑確認が古い",
        "未確認",
        "空き2",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("管理者") && !text.contains("夜間"), "{text}");
    assert!(text.lines().count() < 24, "one screen: {text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn offices_are_found_by_what_they_take_on_on_sqlite() {
    offices_are_found_by_what_they_take_on(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offices_are_found_by_what_they_take_on_on_postgres() {
    offices_are_found_by_what_they_take_on(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answered_and_the_conditions_are_opened_for_those_shown_alone() {
    let (place, ids) = place(Engine::Sqlite).await;
    let before = place.position().await;

    let line = ["directory", "訪問看護", "--open"];
    let open = place.run(&line).await.done().out;

    assert!(
        open.contains("応対 管理者") && open.contains("夜間は要相談"),
        "{open}"
    );
    assert_eq!(place.position().await, before + 1);
    let looked = place
        .json(&["events", "show", &(before + 1).to_string()])
        .await;
    assert_eq!(looked["data"]["stream"], format!("organisation-{}", ids[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_office_is_left_out_unless_asked_for_and_both_clocks_hold() {
    let (place, ids) = place(Engine::Sqlite).await;
    let before = place.position().await.to_string();
    let close = [
        "close-organisation",
        "--organisation",
        &ids[3],
        "--occurred",
        "R6.3.31",
    ];
    place.record(&close).await;

    assert_eq!(names(&place, &[]).await.len(), 3);
    assert_eq!(names(&place, &["--closed"]).await.len(), 4);
    assert_eq!(names(&place, &["--as-at", &before]).await.len(), 4);
    assert_eq!(names(&place, &["--as-of", "R6.3.30"]).await.len(), 4);
    let unknown = place.run(&["directory", "--resource", "月旅行"]).await;
    assert_eq!(unknown.code, 64);
    let english = ["directory", "--closed", "--lang", "en"];
    let english = place.run(&english).await.done().out;
    assert!(english.contains("[closed 2024-03-31]"), "{english}");
    let nobody: Value = place.json(&["directory", "どこにもない"]).await;
    assert_eq!(nobody["offices"], serde_json::json!([]));
}
