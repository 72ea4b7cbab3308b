//! The council's opinions and the ward's requests as the program shows them, up to their answers.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;

/// A ledger with an opinion, a request to the state with evidence and a day, and one to Tokyo, each with
/// its id.
async fn asked(engine: Engine) -> (Place, [String; 3], String) {
    let place = Place::initialised(engine).await;
    let evidence = place.json(&["events", "show", "1"]).await["id"].clone();
    let evidence = evidence.as_str().unwrap().to_owned();
    let opinion = "receive-opinion --occurred R4.2.18 --text 相談先が分からない。";
    let why = format!("--indicators A-1,A-4 --evidence {evidence} --due-on 2023-03-31");
    let state = "make-request --occurred R4.7.1 --addressee 国 --text 報酬の対象に。";
    let tokyo = "make-request --occurred R4.7.2 --addressee 東京都 --text 拡充を。";
    let ids = [
        place.told(opinion).await,
        place.told(&format!("{state} {why}")).await,
        place.told(tokyo).await,
    ];
    (place, ids, evidence)
}

async fn opinions_and_requests_are_listed_until_they_are_answered(engine: Engine) {
    let (place, [opinion, state, tokyo], evidence) = asked(engine).await;
    let all_open = place.position().await.to_string();

    let withdrawn = format!("withdraw-request --request {tokyo} --occurred R4.9.1");
    place
        .told(&format!("{withdrawn} --reason 重複のため。"))
        .await;
    let late = place.json(&["requests", "--as-of", "R5.4.1"]).await;
    let requests = late["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 3);
    assert_eq!(requests[0]["kind"], "opinion");
    let [asked, gone] = [&requests[1]["card"], &requests[2]["card"]];
    assert_eq!(asked["addressee"], "state");
    assert_eq!(asked["wait"]["overdue"], true);
    assert_eq!(asked["evidence"][0], *evidence);
    assert_eq!(asked["text"], serde_json::Value::Null);
    assert_eq!(gone["end"]["kind"], "withdrawn");
    assert_eq!(gone["wait"]["overdue"], false);
    let text = place.run(&["requests", "--as-of", "R5.4.1"]).await.done();
    for said in [
        "要望（国へ）",
        "期限超過",
        "根拠1件",
        "取下げ",
        "連絡協議会の意見",
    ] {
        assert!(text.out.contains(said), "{said}: {}", text.out);
    }

    let answered = format!("answer-request --request {state} --occurred R5.2.10");
    place
        .told(&format!("{answered} --text 検討するとの回答。"))
        .await;
    let answered = format!("answer-opinion --opinion {opinion} --occurred R4.6.1");
    place
        .told(&format!("{answered} --evidence {evidence}"))
        .await;

    let one = place.json(&["requests", "2"]).await;
    assert_eq!(one["card"]["end"]["kind"], "answered");
    assert_eq!(one["card"]["end"]["text"], serde_json::Value::Null);
    let one = place.json(&["requests", "1"]).await;
    assert_eq!(one["card"]["answers"][0]["evidence"][0], *evidence);
    // Both clocks: what was known then, and what had occurred by then.
    let known = place.json(&["requests", "--as-at", &all_open]).await;
    assert_eq!(known["requests"][2]["card"]["end"], serde_json::Value::Null);
    let occurred = place.json(&["requests", "--as-of", "R4.6.30"]).await;
    assert_eq!(occurred["requests"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn opinions_and_requests_are_listed_until_they_are_answered_on_sqlite() {
    opinions_and_requests_are_listed_until_they_are_answered(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opinions_and_requests_are_listed_until_they_are_answered_on_postgres() {
    opinions_and_requests_are_listed_until_they_are_answered(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_of_a_request_is_shown_only_when_asked_for_and_after_that_was_recorded() {
    let place = Place::initialised(Engine::Sqlite).await;
    let made = ["make-request", "--occurred", "R4.7.1", "--addressee", "国"];
    let id = place
        .record(&[&made[..], &["--text", "報酬の対象とすること。"]].concat())
        .await;
    let before = place.position().await;

    let closed = place.run(&["requests", "1"]).await.done().out;
    assert!(
        !closed.contains("報酬") && closed.contains("封印"),
        "{closed}"
    );
    assert_eq!(place.position().await, before);
    let open = place.run(&["requests", &id, "--open"]).await.done().out;

    assert!(open.contains("内容: 報酬の対象とすること。"), "{open}");
    assert_eq!(place.position().await, before + 1);
    let looked = place
        .json(&["events", "show", &(before + 1).to_string()])
        .await;
    assert_eq!(looked["data"]["stream"], format!("request-{id}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_listed_is_refused_and_opening_needs_one_of_them() {
    let place = Place::initialised(Engine::Sqlite).await;

    let unknown = place.run(&["requests", "1"]).await;
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("NOT_LISTED"), "{}", unknown.err);
    assert_eq!(place.run(&["requests", "--open"]).await.code, 64);
    let empty = place.run(&["requests"]).await.done().out;
    assert!(empty.contains("意見と要望 0件"), "{empty}");
}
