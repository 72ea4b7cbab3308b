//! What was corrected, annulled or moved says why, by whom and when, wherever it is looked at.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

/// Records a line of words, and answers the position of its last event.
async fn did(place: &Place, line: &str) -> u64 {
    let words: Vec<&str> = ["record"].into_iter().chain(line.split(' ')).collect();
    place.json(&words).await["position"].as_u64().unwrap()
}

async fn text(place: &Place, line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    place.run(&words).await.done().out
}

async fn json(place: &Place, line: &str) -> Value {
    place.json(&line.split(' ').collect::<Vec<_>>()).await
}

fn holds(text: &str, said: &[&str]) {
    for one in said {
        assert!(text.contains(one), "{one}: {text}");
    }
}

/// A person with a consultation that was corrected, and one that was annulled.
async fn talked() -> (Place, [u64; 4]) {
    let place = Place::initialised(Engine::Sqlite).await;
    did(&place, "register-child --number C101 --name 見本花子 --birth-date 2017-04-25 --area 砧 --occurred 2021-08-05").await;
    let talk = "consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学 --duration-minutes 20 --content";
    let first = did(&place, &format!("{talk} 夜間 --occurred 2022-04-01")).await;
    let second = did(&place, &format!("{talk} 二重 --occurred 2022-04-02")).await;
    let clear = r#"clear={"duration_minutes":30}"#;
    let why = "--reason typo --explanation 聞き違い";
    let corrected = did(
        &place,
        &format!("correct-event --target #{first} --set {clear} {why}"),
    )
    .await;
    let why = "--reason duplicate --explanation 同じ電話";
    let annulled = did(&place, &format!("annul-event --target #{second} {why}")).await;
    (place, [first, second, corrected, annulled])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_says_what_it_says_now_and_why_by_whom_and_when_it_was_changed() {
    let (place, [_, _, corrected, annulled]) = talked().await;

    let told = text(&place, "timeline C101").await;
    let timeline = json(&place, "timeline C101").await;

    let (corrected_at, annulled_at) = (format!("#{corrected}"), format!("#{annulled}"));
    holds(
        &told,
        &[
            "~~ 所要分: 20 ~~ → 30",
            "訂正 理由: 誤記「聞き違い」",
            &corrected_at,
        ],
    );
    holds(
        &told,
        &[
            "取消し 理由: 二重登録「同じ電話」",
            "記録  #",
            &annulled_at,
            "~~ 保護者から電話で相談",
        ],
    );
    let entries = timeline["entries"].as_array().unwrap();
    let changed: Vec<&Value> = entries
        .iter()
        .filter(|entry| entry["amendments"].is_array())
        .collect();
    let [first, second] = changed[..] else {
        panic!("{timeline}");
    };
    let amendment = &first["earlier"][0]["amendment"];
    assert_eq!(
        (&amendment["act"], &amendment["reason"]),
        (&"corrected".into(), &"typo".into())
    );
    assert_eq!(amendment["position"], corrected);
    assert_eq!(second["amendments"][0]["explanation"], "同じ電話");
    assert!(second["amendments"][0]["actor"].is_string(), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_says_by_which_event_it_was_annulled_or_corrected() {
    let (place, [first, second, corrected, annulled]) = talked().await;

    let closed = text(&place, &format!("events show {second}")).await;
    let opened = text(&place, &format!("events show {second} --open")).await;
    let shown = json(&place, &format!("events show {first}")).await;
    let plain = json(&place, &format!("events show {annulled}")).await;

    holds(
        &closed,
        &["⚑ 取消し 理由: 二重登録", &format!("#{annulled}"), "ID: "],
    );
    assert!(!closed.contains("同じ電話"), "{closed}");
    holds(&opened, &["取消し 理由: 二重登録「同じ電話」"]);
    let by = &shown["amendments"][0];
    assert_eq!(
        (&by["act"], &by["reason"]),
        (&"corrected".into(), &"typo".into())
    );
    let correcting = json(&place, &format!("events show {corrected}")).await;
    assert_eq!(by["event_id"], correcting["id"]);
    assert_eq!(plain["amendments"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_annulled_of_a_meeting_stands_struck_on_its_card() {
    let place = Place::initialised(Engine::Sqlite).await;
    let meeting = place
        .told(
            "convene-meeting --occurred R4.4.28 --nth 2 --planned-on 2022-05-19 --agenda 実施状況",
        )
        .await;
    let held = format!("hold-meeting --meeting {meeting} --occurred R4.5.19 --attendees 見本委員");
    let held = did(&place, &held).await;
    let before = text(&place, "meeting 2").await;
    let why = "--reason wrong-date --explanation 日の誤り";
    let annulled = did(&place, &format!("annul-event --target #{held} {why}")).await;

    let closed = text(&place, "meeting 2").await;
    let opened = text(&place, "meeting 2 --open").await;
    let card = json(&place, "meeting 2").await;

    assert!(!before.contains("取消し・訂正"), "{before}");
    holds(
        &closed,
        &[
            "取消し・訂正",
            "【取消し】~~",
            "取消し 理由: 日付の誤り",
            &format!("#{annulled}"),
        ],
    );
    holds(&opened, &["「日の誤り」"]);
    assert_eq!(card["amended"][0]["position"], held);
    assert_eq!(card["amended"][0]["amendments"][0]["position"], annulled);
}
