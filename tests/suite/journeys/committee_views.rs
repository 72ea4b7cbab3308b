//! The committee's meetings as the program shows them: convened, frozen, held, answered, recomputed.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use rusqlite::Connection;
use serde_json::Value;

const TALK: [&str; 9] = [
    "consultation",
    "--children",
    "C101",
    "--consulter",
    "保護者",
    "--channel",
    "電話",
    "--topics",
    "就学",
];

async fn talked(place: &Place, on: &str) {
    let said = ["--content", "夜間の吸引が不安。", "--occurred", on];
    place.record(&[&TALK[..], &said].concat()).await;
}

/// A ledger with one person, two consultations of fiscal year 2021, and a meeting convened.
async fn convened(engine: Engine) -> (Place, String) {
    let place = Place::initialised(engine).await;
    let child = ["register-child", "--number", "C101", "--name", "見本　花子"];
    let born = [
        "--birth-date",
        "H29.4.25",
        "--area",
        "砧",
        "--occurred",
        "R3.8.5",
    ];
    place.record(&[&child[..], &born].concat()).await;
    talked(&place, "R3.8.6 10:00").await;
    talked(&place, "R3.9.7 10:00").await;
    let meeting = ["convene-meeting", "--occurred", "R4.4.28", "--nth", "2"];
    let more = ["--planned-on", "2022-05-19", "--agenda", "実施状況"];
    let meeting = place.record(&[&meeting[..], &more].concat()).await;
    (place, meeting)
}

/// Freezes the figures of fiscal year 2021, and answers the position at which they stand.
async fn frozen(place: &Place, meeting: &str) -> String {
    let pack = place.json(&["pack", "--fiscal-year", "2021"]).await;
    let at = pack["pack"]["as_at"].to_string();
    let digest = pack["digest"].as_str().unwrap();
    let freeze = format!("freeze-materials --meeting {meeting} --occurred R4.5.12");
    let what = format!("--fiscal-year 2021 --on-day 2022-03-31 --digest {digest}");
    place.told(&format!("{freeze} {what}")).await;
    at
}

async fn card(place: &Place, more: &[&str]) -> Value {
    place.json(&[&["meeting", "2"], more].concat()).await
}

async fn a_meeting_goes_from_its_notice_to_an_answer(engine: Engine) {
    let (place, meeting) = convened(engine).await;
    assert_eq!(card(&place, &[]).await["state"], "convened");
    let early = place.run(&["meeting", "2", "--now"]).await;
    assert_eq!(early.code, 2, "{}", early.err);
    assert!(early.err.contains("NOT_FROZEN"), "{}", early.err);

    let at = frozen(&place, &meeting).await;
    let before_held = place.position().await.to_string();
    let on = format!("--meeting {meeting} --occurred R4.5.19");
    let held = format!("hold-meeting {on} --attendee-count 7 --attendees 見本　一郎");
    place.told(&held).await;
    let found = format!("record-finding {on} --indicator A-1 --text 件数が伸びた。");
    place.told(&found).await;
    let made = format!("make-recommendation {on} --addressee センター --due-on 2022-09-30");
    place
        .told(&format!("{made} --text 期限前に案内すること。"))
        .await;

    let waiting = card(&place, &["--as-of", "R4.10.1"]).await;
    let recommendation = &waiting["meeting"]["recommendations"][0];
    assert_eq!(recommendation["wait"]["overdue"], true);
    assert_eq!(recommendation["text"], Value::Null, "sealed unless opened");
    let listed = place.json(&["meetings", "--as-of", "R4.10.1"]).await;
    assert_eq!(listed["meetings"][0]["open_recommendations"], 1);
    assert_eq!(listed["meetings"][0]["overdue_recommendations"], 1);
    assert_eq!(listed["meetings"][0]["frozen_as_at"].to_string(), at);

    let evidence = place.json(&["events", "show", "1"]).await["id"].clone();
    let evidence = evidence.as_str().unwrap();
    let id = recommendation["recommendation"].as_str().unwrap();
    let answer = format!("answer-recommendation --meeting {meeting} --recommendation {id}");
    let said = format!("--occurred R4.10.3 --evidence {evidence} --text 案内した。");
    place.told(&format!("{answer} {said}")).await;

    let answered = card(&place, &[]).await;
    let recommendation = &answered["meeting"]["recommendations"][0];
    assert_eq!(recommendation["answers"][0]["evidence"][0], evidence);
    assert_eq!(recommendation["wait"]["open"], false);
    let text = place.run(&["meeting", "2", "--now"]).await.done().out;
    for said in ["第2回", "開催済", "一致", evidence, "令和4年10月3日"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        !text.contains("案内した") && !text.contains("見本"),
        "{text}"
    );
    let then = card(&place, &["--as-at", &before_held]).await;
    assert_eq!(then["state"], "frozen");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_goes_from_its_notice_to_an_answer_on_sqlite() {
    a_meeting_goes_from_its_notice_to_an_answer(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_goes_from_its_notice_to_an_answer_on_postgres() {
    a_meeting_goes_from_its_notice_to_an_answer(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_corrected_after_the_freezing_changes_today_and_not_the_frozen_figures() {
    let (place, meeting) = convened(Engine::Sqlite).await;
    frozen(&place, &meeting).await;
    let timeline = place.json(&["timeline", "C101"]).await;
    let entries = timeline["entries"].as_array().unwrap();
    let talk = entries
        .iter()
        .find(|entry| entry["event_type"] == "consultation-recorded")
        .unwrap();
    let target = talk["position"].to_string();
    let year = ["indicators", "A-1", "--fiscal-year", "2021"];
    let count = async || place.json(&year).await["indicators"][0]["value"]["count"].clone();
    assert_eq!(count().await, 2);

    let annul = ["annul-event", "--target", &target, "--reason", "duplicate"];
    let refused = place.run(&[&["record"], &annul[..]].concat()).await;
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("frozen-figure"), "{}", refused.err);
    let child = timeline["person"]["child"].as_str().unwrap();
    place
        .told("open-account --name test:second --role manager --occurred R4.5.1")
        .await;
    let approval = "019a0000-0000-7000-8000-000000000009";
    place
        .told(&format!("request-approval --set approval={approval} --act frozen-figure --stream child-{child} --reason 二重 --occurred R4.6.1"))
        .await;
    let grant = [
        "record",
        "grant-approval",
        "--approval",
        approval,
        "--occurred",
        "R4.6.2",
    ];
    let grant = grant.map(str::to_owned).into_iter();
    let grant = grant.chain(place.options_with("--actor", "test:second"));
    let _granted = place.run_exactly(&grant.collect::<Vec<_>>()).await.done();
    place
        .record(&[&annul[..], &["--approval", approval]].concat())
        .await;

    assert_eq!(count().await, 1);
    let now = card(&place, &["--now"]).await;
    assert_eq!(now["now"]["agrees"], true, "{now}");
    assert_eq!(now["now"]["frozen_digest"], now["now"]["log_digest"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_table_is_told_with_each_figure_that_differs_and_made_anew() {
    let (place, meeting) = convened(Engine::Sqlite).await;
    frozen(&place, &meeting).await;
    let file = Connection::open(place.folder().join("centre.db")).unwrap();
    file.create_collation("C", Ord::cmp).unwrap();
    let table: String = file
        .query_row(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'facts%' AND sql LIKE '%from_position%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let gone = format!(
        "DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table} WHERE kind = 'consultation')"
    );
    assert_eq!(file.execute(&gone, []).unwrap(), 1);
    drop(file);

    let told = place.run(&["meeting", "2", "--now", "--json"]).await;

    assert_eq!(told.code, 1, "{}", told.err);
    let now = &told.json()["now"];
    assert_eq!(now["agrees"], false);
    assert_eq!(now["frozen_digest"], now["log_digest"]);
    let differing = now["differing"].as_array().unwrap();
    let first = &differing[0];
    assert_eq!(first["indicator"], "A-1");
    assert_eq!(
        (
            &first["of_log"]["value"]["count"],
            &first["of_views"]["value"]["count"]
        ),
        (&2.into(), &1.into())
    );
    assert!(differing.iter().all(|one| one["of_log"] != one["of_views"]));
    let text = place.run(&["meeting", "2", "--now"]).await;
    assert_eq!(text.code, 1);
    for said in [
        "不一致",
        "A-1",
        "記録から 2件",
        "集計表 1件",
        "rebuild facts",
    ] {
        assert!(text.out.contains(said), "{said}: {}", text.out);
    }
    let english = place.run(&["meeting", "2", "--now", "--lang", "en"]).await;
    assert!(
        english.out.contains("differs: the figures"),
        "{}",
        english.out
    );

    let _made = place.run(&["rebuild", "facts"]).await.done();
    assert_eq!(card(&place, &["--now"]).await["now"]["agrees"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_figures_that_the_log_makes_are_frozen() {
    let (place, meeting) = convened(Engine::Sqlite).await;
    let before = place.position().await;
    let freeze = format!("freeze-materials --meeting {meeting} --occurred R4.5.12");
    let freeze = format!("record {freeze} --fiscal-year 2021 --on-day 2022-03-31");
    let mut pack = place.json(&["pack", "--fiscal-year", "2021"]).await["pack"].take();
    pack["figures"][0]["value"]["count"] = 1_000_000.into();

    let digest = format!("{freeze} --digest {}", "ab".repeat(32));
    let figures = format!("{freeze} --figures {pack}");
    for (line, field) in [(digest, "digest"), (figures, "figures")] {
        let line: Vec<&str> = line.split(' ').collect();
        let refused = place.run(&[&line[..], &["--json"]].concat()).await;
        assert_eq!(refused.code, 2, "{}", refused.err);
        let said: Value = serde_json::from_str(&refused.err).unwrap();
        assert_eq!(
            (&said["code"], &said["field"]),
            (&"FIGURES_DIFFER".into(), &field.into())
        );
    }
    assert_eq!(place.position().await, before, "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_of_a_meeting_stay_as_they_were_frozen_whatever_is_recorded_after() {
    let (place, meeting) = convened(Engine::Sqlite).await;
    frozen(&place, &meeting).await;
    let before = card(&place, &["--figures"]).await["figures"].clone();
    assert_eq!(before["figures"][0]["indicator"], "A-1");
    let pack = place.json(&["pack", "--fiscal-year", "2021"]).await;
    let text = place.run(&["meeting", "2", "--figures"]).await.done().out;
    assert!(text.contains("A-1"), "{text}");

    let more = "--consulter guardian --channel phone --topics respite --duration-minutes 20";
    place
        .told(&format!(
            "consultation --children C101 --occurred 2021-09-01T10:00 {more}"
        ))
        .await;

    let after = place.json(&["pack", "--fiscal-year", "2021"]).await;
    assert_ne!(pack["pack"]["figures"][0], after["pack"]["figures"][0]);
    assert_eq!(card(&place, &["--figures"]).await["figures"], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_texts_of_a_meeting_are_shown_only_after_that_was_recorded() {
    let (place, meeting) = convened(Engine::Sqlite).await;
    let looks = async || {
        let list = ["events", "list", "--stream", "access-", "--json"];
        place.run(&list).await.done().out.lines().count()
    };
    let before = looks().await;

    let closed = place.run(&["meeting", "2"]).await.done().out;
    assert!(
        !closed.contains("実施状況") && closed.contains("--open"),
        "{closed}"
    );
    let _listed = place.run(&["meetings"]).await.done();
    assert_eq!(looks().await, before);
    let open = place.run(&["meeting", "2", "--open"]).await.done().out;

    assert!(open.contains("議題: 実施状況"), "{open}");
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
    let looked: Value = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    assert_eq!(looked["data"]["stream"], format!("committee-{meeting}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_named_by_its_number_or_its_id_and_else_refused() {
    let (place, meeting) = convened(Engine::Sqlite).await;

    let by_id = place.json(&["meeting", &meeting]).await;
    assert_eq!(by_id["meeting"]["nth"], 2);
    let unknown = place.run(&["meeting", "3"]).await;
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("UNKNOWN_MEETING"), "{}", unknown.err);
    let beyond = place.run(&["meeting", "2", "--as-at", "999999"]).await;
    assert_eq!(beyond.code, 64);
    assert!(beyond.err.contains("NO_SUCH_POSITION"), "{}", beyond.err);
    let earlier = place.run(&["meeting", "2", "--as-of", "R4.4.27"]).await;
    assert_eq!(earlier.code, 2, "not convened yet");
}

async fn refusal(place: &Place, line: &str) -> (String, String) {
    let line: Vec<&str> = line.split(' ').collect();
    let refused = place
        .run(&[&["record"], &line[..], &["--json"]].concat())
        .await;
    assert!(refused.code == 2 || refused.code == 64, "{}", refused.out);
    let said: Value = serde_json::from_str(refused.err.lines().last().unwrap()).unwrap();
    let text = |field: &str| said[field].as_str().unwrap_or_default().to_owned();
    (text("code"), text("field"))
}

fn is(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_meeting_says_of_the_log_is_compared_with_it() {
    let (place, meeting) = convened(Engine::Sqlite).await;
    frozen(&place, &meeting).await;
    let before = place.position().await;
    let on = format!("--meeting {meeting} --occurred R4.5.19");
    let root = "ab".repeat(32);

    let again =
        "convene-meeting --occurred R4.4.29 --nth 2 --planned-on 2022-06-19 --agenda 別の会議";
    assert_eq!(
        refusal(&place, again).await,
        is("ALREADY_RECORDED", "--nth")
    );
    let early = format!("hold-meeting --meeting {meeting} --occurred R4.5.11 --attendee-count 7");
    assert_eq!(
        refusal(&place, &early).await,
        is("STEPS_OUT_OF_ORDER", "occurred")
    );
    let finding = format!("record-finding {on} --indicator Z-99 --text 伸びた。");
    assert_eq!(
        refusal(&place, &finding).await,
        is("UNKNOWN_INDICATOR", "--indicator")
    );
    let ahead = "close-fiscal-year --fiscal-year 2021 --occurred R4.5.31 --as-at 99999";
    assert_eq!(
        refusal(&place, ahead).await,
        is("NO_SUCH_POSITION", "--as-at")
    );
    assert_eq!(place.position().await, before, "nothing was written");

    place
        .told(&format!(
            "hold-meeting {on} --attendee-count 7 --attendees 見本　一郎"
        ))
        .await;
    let minutes = format!("approve-minutes --meeting {meeting} --occurred R4.6.1");
    let other = format!("{minutes} --root {root}");
    assert_eq!(refusal(&place, &other).await, is("ROOT_DIFFERS", "--root"));
    place.told(&minutes).await;
    let head = place.position().await;
    let approved = place.json(&["events", "show", &head.to_string()]).await;
    assert_eq!(approved["data"]["position"].as_u64(), Some(head - 1));
    let verified = format!(
        "{}:{}",
        head - 1,
        approved["data"]["root"].as_str().unwrap()
    );
    let _ok = place.run(&["verify", "--since", &verified]).await.done();
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_a_meeting_was_shown_and_who_looked_at_what_stay_as_they_were_written() {
    let (place, meeting) = convened(Engine::Sqlite).await;
    frozen(&place, &meeting).await;
    let pinned = place.position().await;
    let correct = format!("correct-event --target {pinned} --reason 誤記 --occurred R4.5.13");
    assert_eq!(
        refusal(&place, &correct).await,
        is("NOT_CORRECTABLE", "target")
    );
    let held = format!("hold-meeting --meeting {meeting} --occurred R4.5.19 --attendee-count 7");
    place.told(&held).await;
    let annul = format!("annul-event --target {pinned} --reason 誤記");
    assert_eq!(
        refusal(&place, &annul).await,
        is("LATER_STEPS_STAND", "target")
    );

    let _looked = place.run(&["timeline", "C101"]).await.done();
    let looked = place.position().await;
    let looked = format!("annul-event --target {looked} --reason 誤記");
    assert_eq!(
        refusal(&place, &looked).await,
        is("NOT_CORRECTABLE", "target")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_command_id_makes_no_second_record_elsewhere() {
    let (place, _) = convened(Engine::Sqlite).await;
    let child = "register-child --number C102 --name 見本　月子 --area 砧 --occurred R3.8.5";
    place.told(child).await;
    let id = "019a0000-0000-7000-8000-000000000077";
    let talk = "--consulter 保護者 --channel 電話 --topics 就学 --occurred 2021-09-01T10:00";
    let first = format!("consultation --children C101 {talk} --command-id {id}");
    place.told(&first).await;
    let at = place.position().await;
    place.told(&first).await;
    let other = format!("consultation --children C102 {talk} --command-id {id}");
    assert_eq!(
        refusal(&place, &other).await,
        is("DUPLICATE_COMMAND", "--command-id")
    );
    assert_eq!(place.position().await, at);
}
