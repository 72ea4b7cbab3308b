//! The day's work as staff see it: what is due and overdue, on both clocks, and why.

use std::time::Duration;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

/// A ledger with one person who turns 18 in April 2022.
async fn place(engine: Engine) -> Place {
    let place = Place::initialised(engine).await;
    let child = ["register-child", "--number", "C101", "--name", "見本　花子"];
    let born = [
        "--birth-date",
        "H16.4.25",
        "--area",
        "砧",
        "--occurred",
        "R3.8.5",
    ];
    place.record(&[&child[..], &born].concat()).await;
    place
}

async fn record(place: &Place, command: &str, on: &str, more: &[&str]) {
    let line = [&[command, "--child", "C101", "--occurred", on], more].concat();
    place.record(&line).await;
}

async fn items(place: &Place, more: &[&str]) -> Vec<Value> {
    let list = place.json(&[&["work-list"], more].concat()).await;
    list["items"].as_array().unwrap().clone()
}

/// What is to be done on a day: kind, state and days left of each.
async fn seen(place: &Place, more: &[&str]) -> Vec<(String, String, i64)> {
    let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
    let items = items(place, more).await;
    let seen = items.iter().map(|item| {
        let left = item["days_left"].as_i64().unwrap();
        (text(item, "kind"), text(item, "state"), left)
    });
    seen.collect()
}

fn is(kind: &str, state: &str, left: i64) -> (String, String, i64) {
    (kind.to_owned(), state.to_owned(), left)
}

/// The id of the thing of a kind that is to be done on a day.
async fn thing(place: &Place, kind: &str, on: &str) -> String {
    let items = items(place, &["--on", on, "--kind", kind]).await;
    items[0]["thing"].as_str().unwrap().to_owned()
}

const REFERRAL: [&str; 14] = [
    "--direction",
    "to",
    "--party",
    "district-centre",
    "--area",
    "砧",
    "--section",
    "保健福祉課",
    "--urgency",
    "normal",
    "--reason",
    "services",
    "--request",
    "手当の案内",
];

async fn refer(place: &Place) {
    record(place, "make-referral", "2021-08-05", &REFERRAL).await;
}

async fn draft_plan(place: &Place) {
    let plan = [
        "--discharge-planned-on",
        "2021-10-20",
        "--goals",
        "自宅で暮らす",
    ];
    let by = ["--services", "訪問看護", "--staff", "相談員A"];
    record(
        place,
        "draft-support-plan",
        "2021-09-01",
        &[&plan[..], &by].concat(),
    )
    .await;
}

/// Drafts a disaster plan and agrees to it; answers its id.
async fn agree_disaster_plan(place: &Place) -> String {
    let plan = [
        "--office",
        "centre",
        "--method",
        "visit",
        "--plan-text",
        "車の電源を使う。",
    ];
    let more = ["--area", "砧", "--result", "made-and-confirmed-by-family"];
    record(
        place,
        "draft-disaster-plan",
        "2021-11-12",
        &[&plan[..], &more].concat(),
    )
    .await;
    let drafted = place.position().await.to_string();
    let drafted = place.json(&["events", "show", &drafted]).await;
    let id = drafted["data"]["plan"].as_str().unwrap().to_owned();
    let agreed = ["--plan", &id, "--version", "1", "--agreed-by", "母"];
    record(place, "agree-disaster-plan", "2021-11-12", &agreed).await;
    id
}

async fn schedule_follow_up(place: &Place) {
    let account = [
        "open-account",
        "--name",
        "staff-1",
        "--role",
        "staff",
        "--occurred",
        "2021-11-01",
    ];
    place.record(&account).await;
    let call = [
        "--due-on",
        "2021-12-20",
        "--owner",
        "staff-1",
        "--what",
        "電話する。",
    ];
    record(place, "schedule-follow-up", "2021-12-01", &call).await;
}

/// On each of some days what of a kind is to be done: state and days left, or nothing.
async fn comes(place: &Place, kind: &str, days: &[(&str, Option<(&str, i64)>)]) {
    for (day, wanted) in days {
        let found = seen(place, &["--kind", kind, "--on", day]).await;
        let wanted = wanted.map(|(state, left)| is(kind, state, left));
        assert_eq!(found, wanted.into_iter().collect::<Vec<_>>(), "{day}");
    }
}

/// Records one thing of each kind, and looks at it around its days.
async fn every_kind_of_work_comes_when_it_is_due(engine: Engine) {
    let place = place(engine).await;
    refer(&place).await;
    // Friday the 6th; weekend and the substitute holiday of the 9th; Tuesday, Wednesday.
    let days = [
        ("2021-08-11", Some(("due", 0))),
        ("2021-08-12", Some(("overdue", -1))),
    ];
    comes(&place, "referral-receipt", &days).await;
    draft_plan(&place).await;
    let days = [
        ("2021-09-21", None),
        ("2021-09-22", Some(("due", 14))),
        ("2021-10-07", Some(("overdue", -1))),
    ];
    comes(&place, "plan-agreement", &days).await;
    agree_disaster_plan(&place).await;
    let days = [
        ("2022-09-13", None),
        ("2022-09-14", Some(("due", 59))),
        ("2022-11-12", Some(("due", 0))),
        ("2022-11-13", Some(("overdue", -1))),
        ("2023-05-14", Some(("overdue", -183))),
        ("2023-05-15", Some(("long-overdue", -184))),
    ];
    comes(&place, "disaster-plan", &days).await;
    let suction = ["--procedure", "吸引"];
    record(&place, "start-care-procedure", "2022-01-10", &suction).await;
    let days = [
        ("2022-01-09", None),
        ("2022-01-12", Some(("needs-recheck", -2))),
    ];
    comes(&place, "disaster-recheck", &days).await;
    schedule_follow_up(&place).await;
    let days = [
        ("2021-12-12", None),
        ("2021-12-13", Some(("due", 7))),
        ("2021-12-21", Some(("overdue", -1))),
    ];
    comes(&place, "follow-up", &days).await;
    // Born on the 25th: the month says it to all, the day to who opens it.
    let days = [("2022-03-31", None), ("2022-04-01", Some(("due", 29)))];
    comes(&place, "reconsent", &days).await;
    a_birthday_is_told_once_its_opening_is_recorded(&place).await;
    the_list_says_it_all_without_personal_text(&place).await;
}

async fn a_birthday_is_told_once_its_opening_is_recorded(place: &Place) {
    let before = place.position().await;
    let on = ["--on", "2022-04-01"];
    let opened = seen(place, &[&on[..], &["--open"]].concat()).await;
    assert!(opened.contains(&is("reconsent", "due", 24)), "{opened:?}");
    let access = place.position().await.to_string();
    assert_eq!(
        place.position().await,
        before + 1,
        "one birthday was opened"
    );
    let access = place.json(&["events", "show", &access]).await;
    assert_eq!(access["type"], "personal-text-opened");
    assert_eq!(access["data"]["purpose"], "work-list");

    let others = ["--open", "--kind", "follow-up"];
    let _none = seen(place, &[&on[..], &others].concat()).await;
    assert_eq!(place.position().await, before + 1, "no task hangs on one");

    // One's own consent counts from the birthday on, whether the list tells the day or the month.
    let own = "--recipients hospital --data medical-care --purpose discharge";
    let own = format!("{own} --form written --given-by person");
    let own: Vec<&str> = own.split(' ').collect();
    let reconsent = ["--kind", "reconsent", "--on", "2022-05-10"];
    record(place, "give-consent", "2022-04-24", &own).await;
    assert_eq!(
        seen(place, &reconsent).await,
        [is("reconsent", "overdue", -10)]
    );
    record(place, "give-consent", "2022-04-25", &own).await;
    assert_eq!(seen(place, &reconsent).await, []);
}

async fn the_list_says_it_all_without_personal_text(place: &Place) {
    let on = ["--on", "2022-11-13"];
    let text = place.run(&[&["work-list"], &on[..]].concat()).await;
    let text = text.done().out;
    for said in [
        "受理の確認がない連携 1件",
        "1日超過",
        "令和4年1月10日から307日",
        "担当 staff-1",
        "期限の数え方",
        "連携の受理の確認は3営業日以内（仮定）",
        "検証は365日以内（区の資料「年1回程度」）",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        !text.contains("花子") && !text.contains("電話する"),
        "{text}"
    );
    let count = async |more: &[&str]| items(place, &[&on[..], more].concat()).await.len();
    assert_eq!(count(&["--owner", "staff-1"]).await, 1);
    assert_eq!(count(&["--for", "C101"]).await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_work_comes_when_it_is_due_on_sqlite() {
    every_kind_of_work_comes_when_it_is_due(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_work_comes_when_it_is_due_on_postgres() {
    every_kind_of_work_comes_when_it_is_due(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_cancelled_ended_or_closed_is_never_overdue_and_both_clocks_hold() {
    let place = place(Engine::Sqlite).await;
    refer(&place).await;
    draft_plan(&place).await;
    let plan = agree_disaster_plan(&place).await;
    schedule_follow_up(&place).await;
    let on = ["--on", "2022-12-01"];
    let kinds = async |more: &[&str]| {
        let items = seen(&place, &[&on[..], more].concat()).await;
        items.into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>()
    };
    let all = [
        "referral-receipt",
        "plan-agreement",
        "follow-up",
        "disaster-plan",
    ];
    assert_eq!(kinds(&[]).await, all);
    let open = place.position().await.to_string();

    let referral = thing(&place, "referral-receipt", "2022-12-01").await;
    let support = thing(&place, "plan-agreement", "2022-12-01").await;
    let call = thing(&place, "follow-up", "2022-12-01").await;
    let ends = [
        format!("withdraw-referral --occurred 2021-09-20 --referral {referral} --reason 希望"),
        format!("close-support-plan --occurred 2021-10-15 --plan {support} --closing withdrawn"),
        format!("cancel-follow-up --occurred 2021-12-19 --follow-up {call} --reason 希望"),
        format!("end-disaster-plan --occurred 2022-03-31 --plan {plan} --reason moved"),
    ];
    for end in ends {
        place.told(&format!("{end} --child C101")).await;
    }

    assert_eq!(kinds(&[]).await, Vec::<String>::new());
    // What was known before they ended, and what had occurred before that.
    assert_eq!(kinds(&["--as-at", &open]).await, all);
    assert_eq!(kinds(&["--as-of", "2021-09-19"]).await, all[..2]);
    assert_eq!(kinds(&["--as-of", "2021-09-20"]).await, all[1..2]);
    let none = place
        .run(&["work-list", "--on", "2022-12-01"])
        .await
        .done()
        .out;
    assert!(none.contains("0件") && none.contains("（仮定）"), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_case_leaves_nothing_overdue() {
    let place = place(Engine::Sqlite).await;
    schedule_follow_up(&place).await;
    assert_eq!(items(&place, &["--on", "2022-12-01"]).await.len(), 1);

    let call = thing(&place, "follow-up", "2022-12-01").await;
    record(
        &place,
        "finish-follow-up",
        "2021-12-24",
        &["--follow-up", &call],
    )
    .await;
    let closed = [
        "--reason",
        "moved",
        "--exception",
        "報告待ち",
        "--note",
        "転出した。",
    ];
    record(&place, "close-case", "2022-03-01", &closed).await;

    assert_eq!(
        items(&place, &["--on", "2022-04-10"]).await,
        Vec::<Value>::new()
    );
    let before = ["--on", "2022-04-10", "--as-of", "2022-02-28"];
    let kinds = seen(&place, &before).await;
    assert_eq!(kinds, [is("reconsent", "due", 20)], "it went on until then");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_a_time_of_recording_holds_what_was_recorded_by_that_very_moment() {
    let place = place(Engine::Sqlite).await;
    let mut positions = Vec::new();
    for _ in 0..3 {
        place.clock.advance(Duration::from_hours(1));
        refer(&place).await;
        positions.push(place.position().await);
    }
    let count = async |at: &str| {
        let line = [
            "--on",
            "2021-08-12",
            "--kind",
            "referral-receipt",
            "--as-at",
            at,
        ];
        items(&place, &line).await.len()
    };

    let mut times = Vec::new();
    for (index, position) in positions.iter().enumerate() {
        let position = position.to_string();
        assert_eq!(count(&position).await, index + 1);
        let event = place.json(&["events", "show", &position]).await;
        let at = event["recorded_at"].as_str().unwrap().to_owned();
        assert_eq!(count(&at).await, index + 1, "at {at}");
        times.push(at);
    }
    assert_eq!(times[0], "2024-04-01T01:00:00.000000Z");
    // A microsecond before each, the day before the first event, and behind the head.
    assert_eq!(count("2024-04-01T00:59:59.999999Z").await, 0);
    assert_eq!(count("2024-04-01T02:59:59.999999Z").await, 2);
    assert_eq!(count("2024-03-31").await, 0);
    assert_eq!(count("R6.4.1").await, 3);
    assert_eq!(count("2030-01-01T00:00:00Z").await, 3);
    assert_eq!(count("0").await, 0);
    let beyond = (positions[2] + 1).to_string();
    for at in [beyond.as_str(), "いつか"] {
        let refused = place.run(&["work-list", "--as-at", at]).await;
        assert_eq!(refused.code, 64, "{at}: {}", refused.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_that_the_ward_sets_is_said_below_the_list() {
    let place = place(Engine::Sqlite).await;
    schedule_follow_up(&place).await;
    let on = ["work-list", "--on", "2021-12-06"];
    let count = async || place.json(&on).await["items"].as_array().unwrap().len();
    assert_eq!(count().await, 0);

    let set = [
        "set-review-term",
        "--occurred",
        "2021-08-02",
        "--term",
        "follow-up-ahead",
    ];
    let line = [
        &["record"],
        &set[..],
        &["--days", "14", "--business-days", "false"],
    ]
    .concat();
    let _set = place.run(&line).await.done();

    assert_eq!(count().await, 1);
    let text = place.run(&on).await.done().out;
    assert!(
        text.contains("次の対応は14日前から表示（区の設定）"),
        "{text}"
    );
    let english = place
        .run(&[&on[..], &["--lang", "en"]].concat())
        .await
        .done()
        .out;
    assert!(
        english.contains("shown 14 days before (set by the ward)"),
        "{english}"
    );
}
