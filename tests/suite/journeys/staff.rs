//! Staff write down a day's work and look at a person's timeline.

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};
use serde_json::Value;

/// A ledger with two registered siblings, C101 and C102.
async fn place(engine: Engine) -> Place {
    let place = Place::initialised(engine).await;
    for (number, name) in [("C101", "見本　花子"), ("C102", "見本　太郎")] {
        record(
            &place,
            &[
                "register-child",
                "--number",
                number,
                "--name",
                name,
                "--birth-date",
                "H29.4.25",
                "--area",
                "砧",
                "--occurred",
                "R3.8.5",
            ],
        )
        .await;
    }
    place
}

/// Records something that is taken, and answers the receipt.
async fn record(place: &Place, arguments: &[&str]) -> Value {
    record_to_answer(place, arguments).await.done().json()
}

async fn record_to_answer(place: &Place, arguments: &[&str]) -> Answer {
    let line: Vec<&str> = ["record", "--json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    place.run(&line).await
}

async fn timeline(place: &Place, child: &str) -> Value {
    place
        .run(&["timeline", child, "--json"])
        .await
        .done()
        .json()
}

/// The entries of one type in a timeline.
fn entries<'a>(timeline: &'a Value, event_type: &str) -> Vec<&'a Value> {
    let entries = timeline["entries"].as_array().unwrap();
    entries
        .iter()
        .filter(|entry| entry["event_type"] == event_type)
        .collect()
}

const CONSULTATION: [&str; 11] = [
    "consultation",
    "--children",
    "C101,C102",
    "--consulter",
    "保護者",
    "--channel",
    "電話",
    "--topics",
    "レスパイト,就学",
    "--content",
    "夜間の吸引が不安。",
];

async fn a_consultation_stands_in_both_timelines_at_once(engine: Engine) {
    let place = place(engine).await;

    let receipt = record(&place, &CONSULTATION).await;

    for child in ["C101", "C102"] {
        let timeline = timeline(&place, child).await;
        let [talk] = entries(&timeline, "consultation-recorded")[..] else {
            panic!("one consultation: {timeline}");
        };
        assert_eq!(talk["fields"]["content"], "夜間の吸引が不安。");
        assert_eq!(talk["fields"]["topics"][1], "school-entry");
        // The kit's clock, in Japan's time on the page and in UTC in the ledger.
        assert_eq!(talk["occurred"]["at"], "2024-04-01T00:00Z");
    }
    let listed = place.run(&["events", "list", "--json"]).await.done().out;
    assert!(
        !listed.contains("吸引") && !listed.contains("花子"),
        "{listed}"
    );
    assert!(receipt["position"].as_u64().unwrap() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_stands_in_both_timelines_at_once_on_sqlite() {
    a_consultation_stands_in_both_timelines_at_once(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_stands_in_both_timelines_at_once_on_postgres() {
    a_consultation_stands_in_both_timelines_at_once(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_shows_both_and_changes_nothing_that_it_does_not_name() {
    let place = place(Engine::Sqlite).await;
    let said = ["--occurred", "R6.3.27 14:10"];
    let receipt = record(&place, &[&CONSULTATION[..], &said].concat()).await;
    let [first, second] = &receipt["streams"].as_array().unwrap()[..] else {
        panic!("two streams: {receipt}");
    };
    assert_ne!(first["stream"], second["stream"]);
    let target = format!("#{}", first["position"]);

    let correct = ["correct-event", "--target", &target, "--reason", "誤記"];
    let content = ["--set", r#"private={"content":"夜間の吸引を相談。"}"#];
    let _taken = record(&place, &[&correct[..], &content].concat()).await;

    let child = first["stream"].as_str().unwrap();
    let child = child.strip_prefix("child-").unwrap();
    let timeline = timeline(&place, child).await;
    let talk = entries(&timeline, "consultation-recorded")[0];
    assert_eq!(talk["fields"]["content"], "夜間の吸引を相談。");
    assert_eq!(talk["occurred"]["at"], "2024-03-27T05:10Z");
    assert_eq!(
        talk["earlier"][0]["fields"]["content"],
        "夜間の吸引が不安。"
    );
    assert_eq!(
        talk["earlier"][0]["fields"]["topics"],
        talk["fields"]["topics"]
    );
    let text = place.run(&["timeline", child]).await.done().out;
    assert!(text.contains("~~ 内容: 夜間の吸引が不安。"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_goes_round_its_loop_by_its_number() {
    let place = place(Engine::Sqlite).await;
    let made = [
        "make-referral",
        "--child",
        "C101",
        "--number",
        "F1",
        "--area",
        "砧",
        "--section",
        "保健福祉課",
        "--urgency",
        "通常",
        "--occurred",
        "R3.9.10",
    ];
    let receipt = record_to_answer(&place, &made).await;
    assert_eq!(receipt.code, 64, "numbers are given by the register alone");

    let made: Vec<&str> = made
        .iter()
        .filter(|word| !["--number", "F1"].contains(word))
        .copied()
        .collect();
    let _taken = record(&place, &made).await;
    let referral = timeline(&place, "C101").await["referrals"][0]["referral"]
        .as_str()
        .unwrap()
        .to_owned();
    let step = |name: &'static str, on: &'static str, more: &'static [&'static str]| {
        let of = ["--child", "C101", "--referral", &referral, "--occurred", on];
        let line: Vec<String> = [name]
            .iter()
            .chain(&of)
            .chain(more)
            .map(|word| (*word).to_owned())
            .collect();
        line
    };
    for line in [
        step("receive-referral", "R3.9.12", &[]),
        step("accept-referral", "R3.9.20", &[]),
        step("complete-referral", "R3.10.1", &["--outcome", "一部対応"]),
        step(
            "receive-feedback",
            "R3.10.5",
            &["--feedback", "報告書を受領"],
        ),
    ] {
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        let _taken = record(&place, &line).await;
    }

    let closed = timeline(&place, "C101").await;
    assert_eq!(closed["referrals"][0]["open"], false);
    let figures = ["figures", "--fiscal-year", "2021", "--json"];
    let figures = place.run(&figures).await.done().json();
    assert_eq!(figures["referrals_closed_with_feedback"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_twice_stands_once() {
    let place = place(Engine::Sqlite).await;
    let id = ["--command-id", "019a0000-0000-7000-8000-000000000001"];
    let line = [&CONSULTATION[..], &id].concat();

    let (first, second) = (record(&place, &line).await, record(&place, &line).await);

    assert_eq!(first["position"], second["position"]);
    assert_eq!(
        (&first["repeated"], &second["repeated"]),
        (&false.into(), &true.into())
    );
    let timeline = timeline(&place, "C101").await;
    assert_eq!(entries(&timeline, "consultation-recorded").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_a_timeline_is_an_event_that_stands_before_the_text() {
    let place = place(Engine::Sqlite).await;
    let looks = async || {
        let list = [
            "events",
            "list",
            "--stream",
            "access-",
            "--by",
            "test:mihon",
            "--json",
        ];
        place.run(&list).await.done().out.lines().count()
    };
    let before = looks().await;

    let _seen = timeline(&place, "C101").await;
    assert_eq!(looks().await, before + 1);
    let nobody = place.run(&["timeline", "C999"]).await;

    assert_eq!(nobody.code, 2);
    assert_eq!(looks().await, before + 1);
    let list = [
        "events",
        "list",
        "--stream",
        "access-",
        "--newest-first",
        "--json",
    ];
    let listed = place.run(&list).await.done().out;
    let opened: Value = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    assert_eq!(opened["data"]["purpose"], "timeline");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named_by_its_field_and_nothing_is_written() {
    let place = place(Engine::Sqlite).await;
    let head = async || place.run(&["status", "--json"]).await.done().json()["position"].clone();
    let before = head().await;
    let asked: [(&[&str], u8, &str, &str); 7] = [
        (&["--channel", "伝書鳩"], 64, "BAD_FIELD", "channel"),
        (&["--occurred", "昨日"], 64, "BAD_FIELD", "occurred"),
        (&["--topics", "就学,見本"], 64, "BAD_FIELD", "topics[1]"),
        (&["--set", "colour=red"], 64, "BAD_FIELD", "colour"),
        (&["--children", "C101,C1"], 2, "UNKNOWN_PERSON", "children"),
        (
            &["--occurred", "R9.8.6"],
            2,
            "OCCURRED_IN_FUTURE",
            "occurred",
        ),
        (
            &["--occurred", "H20.8.6"],
            2,
            "OCCURRED_BEFORE_BIRTH",
            "occurred",
        ),
    ];
    for (options, exit, code, field) in asked {
        let mut line = vec!["consultation"];
        for pair in CONSULTATION[1..].chunks(2) {
            if pair[0] != options[0] {
                line.extend(pair);
            }
        }
        line.extend(options);

        let answer = record_to_answer(&place, &line).await;

        assert_eq!(answer.code, exit, "{options:?} {}", answer.err);
        let error: Value = serde_json::from_str(&answer.err).unwrap();
        assert_eq!(
            (&error["code"], &error["field"]),
            (&code.into(), &field.into()),
            "{error}"
        );
        assert!(!answer.err.contains("吸引"), "{}", answer.err);
    }
    let number = ["--content", "個人番号は 1234 5678 9018 です"];
    let line = [&CONSULTATION[..9], &number].concat();
    let refused = record_to_answer(&place, &line).await;
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(
        refused.err.contains("MY_NUMBER") && !refused.err.contains("5678"),
        "{}",
        refused.err
    );
    assert_eq!(head().await, before);
}
