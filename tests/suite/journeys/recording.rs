//! The same command sent again under its id writes nothing twice; files say what options do not.

use std::io::Write as _;
use std::process::Stdio;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use rusqlite::Connection;
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");
const ID: &str = "019a0000-0000-7000-8000-000000000001";

/// Commands that make a stream of their own and were given no number for it.
const WITHOUT_A_NUMBER: [&[&str]; 4] = [
    &[
        "inquiry",
        "--consulter",
        "病院",
        "--channel",
        "電話",
        "--topics",
        "退院",
    ],
    &[
        "register-child",
        "--name",
        "見本　花子",
        "--occurred",
        "R3.8.5",
    ],
    &[
        "register-facility",
        "--name",
        "見本園",
        "--kind",
        "保育園",
        "--area",
        "砧",
        "--occurred",
        "R3.8.5",
    ],
    &[
        "enrol-trainee",
        "--name",
        "研修　一",
        "--occurred",
        "R3.8.5",
    ],
];

/// Commands about C101 that make a thing in its stream.
const IN_A_STREAM: [&[&str]; 3] = [
    &[
        "make-referral",
        "--child",
        "C101",
        "--area",
        "砧",
        "--section",
        "保健福祉課",
        "--urgency",
        "通常",
        "--occurred",
        "R3.9.10",
    ],
    &[
        "consultation",
        "--children",
        "C101",
        "--consulter",
        "保護者",
        "--channel",
        "電話",
        "--topics",
        "就学",
        "--occurred",
        "R3.9.10",
    ],
    &[
        "add-guardian",
        "--child",
        "C101",
        "--name",
        "見本　母",
        "--occurred",
        "R3.9.10",
    ],
];

async fn record(place: &Place, line: &[&str], more: &[&str]) -> Value {
    let line = [&["record", "--json"], line, more].concat();
    place.run(&line).await.done().json()
}

async fn head(place: &Place) -> Value {
    place.run(&["status", "--json"]).await.done().json()["position"].clone()
}

async fn what_makes_its_own_stream_stands_once_under_one_command_id(engine: Engine) {
    let place = Place::initialised(engine).await;
    for (n, line) in WITHOUT_A_NUMBER.iter().enumerate() {
        let id = format!("019a0000-0000-7000-8000-00000000002{n}");
        let id = ["--command-id", &id];
        let first = record(&place, line, &id).await;
        let before = head(&place).await;

        let second = record(&place, line, &id).await;

        assert_eq!(first["repeated"], false, "{line:?}");
        assert_eq!(second["repeated"], true, "{line:?}");
        assert_eq!(second["streams"], first["streams"], "{line:?}");
        assert_eq!(head(&place).await, before, "{line:?}");
        // Without the id each is another command, and makes another thing.
        let third = record(&place, line, &[]).await;
        assert_ne!(third["streams"][0]["stream"], first["streams"][0]["stream"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_its_own_stream_stands_once_under_one_command_id_on_sqlite() {
    what_makes_its_own_stream_stands_once_under_one_command_id(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_its_own_stream_stands_once_under_one_command_id_on_postgres() {
    what_makes_its_own_stream_stands_once_under_one_command_id(Engine::Postgres).await;
}

async fn with_child() -> Place {
    let place = Place::initialised(Engine::Sqlite).await;
    let child = [
        "register-child",
        "--number",
        "C101",
        "--name",
        "見本　花子",
        "--occurred",
        "R3.8.5",
    ];
    record(&place, &child, &[]).await;
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_command_makes_in_a_stream_has_one_id_however_often_it_is_sent() {
    let place = with_child().await;
    for (n, line) in IN_A_STREAM.iter().enumerate() {
        let id = format!("019a0000-0000-7000-8000-00000000001{n}");
        let id = ["--command-id", &id];

        let (first, second) = (
            record(&place, line, &id).await,
            record(&place, line, &id).await,
        );

        assert_eq!(
            (&second["events"], &second["repeated"]),
            (&first["events"], &true.into())
        );
    }
    // What follows a referral finds it, sent twice or not.
    let timeline = place
        .run(&["timeline", "C101", "--json"])
        .await
        .done()
        .json();
    let referrals = timeline["referrals"].as_array().unwrap();
    assert_eq!(referrals.len(), 1);
    let referral = referrals[0]["referral"].as_str().unwrap().to_owned();
    let step = [
        "receive-referral",
        "--child",
        "C101",
        "--referral",
        &referral,
        "--occurred",
        "R3.9.12",
    ];
    record(&place, &step, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_names_the_command() {
    let place = Place::initialised(Engine::Sqlite).await;
    let line = [&["record"], WITHOUT_A_NUMBER[0], &["--command-id", ID]].concat();

    let text = place.run(&line).await.done().out;
    let json = record(&place, WITHOUT_A_NUMBER[0], &["--command-id", ID]).await;
    let drawn = record(&place, WITHOUT_A_NUMBER[0], &[]).await;

    assert!(text.contains(&format!("コマンドID {ID}")), "{text}");
    assert_eq!(json["command"], ID);
    let drawn = drawn["command"].as_str().unwrap();
    assert!(drawn.len() == ID.len() && drawn != ID, "{drawn}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_with_an_unknown_outcome_is_told_with_the_id_to_repeat_it_with() {
    let place = Place::initialised(Engine::Sqlite).await;
    let file = Connection::open(place.folder().join("centre.db")).unwrap();
    let break_it =
        "CREATE TRIGGER broken BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk'); END";
    file.execute_batch(break_it).unwrap();
    let line = [&["record"], WITHOUT_A_NUMBER[0]].concat();

    let failed = place.run(&line).await;

    assert_eq!(failed.code, 1);
    let (_, after) = failed.err.split_once("--command-id ").unwrap();
    let id = after.split_whitespace().next().unwrap();
    let english = place.run(&[&line[..], &["--lang", "en"]].concat()).await;
    assert!(
        english.err.contains("hint: repeat it with --command-id "),
        "{}",
        english.err
    );
    file.execute_batch("DROP TRIGGER broken").unwrap();
    let receipt = record(&place, WITHOUT_A_NUMBER[0], &["--command-id", id]).await;
    assert_eq!(
        (&receipt["command"], &receipt["repeated"]),
        (&id.into(), &false.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_changes_by_the_wards_terms_and_dates() {
    let place = with_child().await;
    let change = |field: &'static str, old: &'static str, new: &'static str| {
        [
            "change-profile",
            "--child",
            "C101",
            "--occurred",
            "R4.4.1",
            "--field",
            field,
            "--old",
            old,
            "--new",
            new,
        ]
    };

    record(&place, &change("area", "", "北沢"), &[]).await;
    record(&place, &change("総合支所", "北沢", "玉川"), &[]).await;
    record(&place, &change("birth-date", "", "R1.10.15"), &[]).await;
    record(&place, &change("生年月日", "R1.10.15", "R1.10.16"), &[]).await;

    let timeline = place
        .run(&["timeline", "C101", "--json"])
        .await
        .done()
        .json();
    assert_eq!(timeline["person"]["area"], "tamagawa", "{timeline}");
    assert_eq!(timeline["person"]["birth_date"], "2019-10-16", "{timeline}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_value_is_named_by_its_option() {
    let place = Place::initialised(Engine::Sqlite).await;
    let line = [
        "record",
        "register-child",
        "--name",
        "　",
        "--occurred",
        "R3.8.5",
    ];

    let ja = place.run(&line).await;
    let en = place.run(&[&line[..], &["--lang", "en"]].concat()).await;

    assert_eq!((ja.code, en.code), (2, 2));
    assert!(
        ja.err
            .starts_with("エラー: 必要な項目が空欄です。（--name）"),
        "{}",
        ja.err
    );
    assert!(
        en.err
            .starts_with("error: A required value is empty. (--name)"),
        "{}",
        en.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_says_what_options_do_not_and_options_go_first() {
    let place = with_child().await;
    let file = place.folder().join("相談.json");
    let content = json!({"children": ["C101"], "consulter": "保護者", "channel": "電話",
        "topics": ["就学"], "occurred": "2021-09-10T10:00", "content": "夜間の吸引が不安。"});
    std::fs::write(&file, content.to_string()).unwrap();

    let line = [
        "consultation",
        "--channel",
        "訪問",
        "--file",
        file.to_str().unwrap(),
    ];
    let receipt = record(&place, &line, &[]).await;

    let position = receipt["position"].to_string();
    let shown = place
        .run(&["events", "show", &position, "--open", "--json"])
        .await
        .done()
        .json();
    assert_eq!(shown["data"]["channel"], "visit", "{shown}");
    assert_eq!(shown["opened"]["content"], "夜間の吸引が不安。");
    let other = ["record", "make-referral", "--file", file.to_str().unwrap()];
    let mut named = content;
    named["command"] = "record-consultation".into();
    std::fs::write(&file, named.to_string()).unwrap();
    assert!(place.run(&other).await.err.contains("[OTHER_COMMAND]"));
    std::fs::write(&file, "[1]").unwrap();
    assert!(place.run(&other).await.err.contains("[BAD_JSON]"));
    let none = ["record", "make-referral", "--file", "none.json"];
    assert!(place.run(&none).await.err.contains("[FILE_FAILED]"));
}

#[tokio::test(flavor = "multi_thread")]
async fn standard_input_is_a_file_named_by_a_dash() {
    let place = with_child().await;
    let line = [
        "record",
        "consultation",
        "--children",
        "C101",
        "--file",
        "-",
        "--json",
    ];
    let mut program = place
        .process(BINARY, &line)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let content = json!({"consulter": "guardian", "channel": "phone", "topics": ["respite"],
        "occurred": "2021-09-10", "content": "夜間の吸引が不安。"});

    let mut input = program.stdin.take().unwrap();
    input.write_all(content.to_string().as_bytes()).unwrap();
    drop(input);

    let output = program.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let receipt: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(receipt["events"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_open_is_named_when_a_case_is_to_be_closed() {
    let place = Place::initialised(Engine::Sqlite).await;
    for line in [
        "register-child --number C101 --name 見本花子 --birth-date H29.4.25 --area 砧 --occurred R3.8.5",
        "schedule-follow-up --child C101 --occurred R3.8.6 --due-on R3.9.6",
    ] {
        place.told(line).await;
    }
    let close = ["record", "close-case", "--child", "C101"];
    let close = [&close[..], &["--occurred", "R4.3.31", "--reason", "転出"]].concat();

    let refused = place.run(&close).await;

    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("CASE_HAS_OPEN_THINGS"),
        "{}",
        refused.err
    );
    assert!(
        refused.err.contains("終わっていないもの: 次の対応 "),
        "{}",
        refused.err
    );
    let english = place.run(&[&close[..], &["--lang", "en"]].concat()).await;
    assert!(english.err.contains("open: follow-up "), "{}", english.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_name_and_birthday_of_another_and_who_leaves_the_ward_is_noticed() {
    let place = Place::initialised(Engine::Sqlite).await;
    let child = "--name 見本花子 --kana みほん --birth-date H29.4.25 --area 砧 --occurred R3.8.5";
    let register = async |number: &str, more: &str| {
        let line = format!("record register-child --number {number} {more} --json");
        let line: Vec<&str> = line.split(' ').collect();
        place.run(&line).await.done().json()["notices"].clone()
    };
    assert_eq!(register("C101", child).await, json!([]));
    let other = child.replace("H29.4.25", "H29.5.25");
    assert_eq!(
        register("C102", &other).await,
        json!([]),
        "the same day of another month"
    );
    // A day off is a slip more often than another child.
    let slip = child.replace("見本花子", "見本　花子");
    let same = register("C103", &slip.replace("H29.4.25", "H29.4.26")).await;
    assert!(
        same[0]
            .as_str()
            .unwrap()
            .starts_with("C101 と氏名（またはフリガナ）が同じで、生年月日も同じか近い日、またはどちらかが不明です"),
        "{same}"
    );
    assert_eq!(same.as_array().unwrap().len(), 1);

    let area = "change-profile --child C101 --field area --old 砧 --new 区外 --occurred R4.4.1";
    let moved = place
        .run(&[&["record"], &area.split(' ').collect::<Vec<_>>()[..]].concat())
        .await;
    let moved = moved.done().out;
    assert!(moved.contains("close-case"), "{moved}");
}
