//! A record is replayed step by step: what stood, what each event changed, nobody's text.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::browse_days::import_an_undated_report;
use super::{BINARY, centre, openings, out, said, signed_in};

/// The record of whoever has a number is found by that, and told by it.
fn is_found_by_number(auditor: &mut Browser<'_>, stream: &str) {
    let numbered = auditor.open("/replay/C-101?at=2");
    assert!(
        numbered.body.contains("4件のうち2件目"),
        "{}",
        numbered.body
    );
    let whose = format!("<h1>再現 C101 <small class=\"code\">{stream}</small>");
    assert!(numbered.body.contains(&whose), "{}", numbered.body);
    assert_eq!(auditor.open("/replay/C999").status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_shows_what_the_event_changed_and_no_text() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    for line in [
        "record start-care-procedure --child C101 --procedure suction --occurred 2024-04-02",
        "record change-profile --child C101 --field area --old kinuta --new tamagawa --occurred 2024-04-05",
        "record end-care-procedure --child C101 --procedure suction --occurred 2024-04-09",
    ] {
        said(&place, &format!("{line} --json"));
    }
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let list = auditor.open("/events?type=care-procedure-ended&stream=child-");
    let position = list.body.split("href=\"/events/").nth(1).unwrap();
    let position = position.split('"').next().unwrap();
    let event = auditor.open(&format!("/events/{position}"));
    let path = event.body.split("href=\"/replay/").nth(1).unwrap();
    let path = path.split('"').next().unwrap();
    let stream = path.strip_suffix("?at=4").expect(path);

    let step = |auditor: &mut Browser<'_>, query: &str| {
        let page = auditor.open(&format!("/replay/{stream}?{query}"));
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        assert!(!page.body.contains("花子"), "{query}: {}", page.body);
        page.body
    };
    is_found_by_number(&mut auditor, stream);
    let ended = step(&mut auditor, "at=4");
    assert!(
        ended.contains("<del>医療的ケア: 吸引（令和6年4月2日〜）</del>"),
        "{ended}"
    );
    assert!(ended.contains("4件のうち4件目"), "{ended}");
    let moved = step(&mut auditor, "at=3");
    assert!(moved.contains("<ins>総合支所: 玉川</ins>"), "{moved}");
    assert!(moved.contains("<del>総合支所: 砧</del>"), "{moved}");
    assert!(
        moved.contains("<li>医療的ケア: 吸引"),
        "what stays is not marked: {moved}"
    );
    let started = step(&mut auditor, "at=2");
    assert!(started.contains("<ins>医療的ケア: 吸引"), "{started}");
    // The other clock: what had occurred by a day, of all that is recorded.
    let then = step(&mut auditor, "at=4&as_of=2024-04-03");
    assert!(
        then.contains("総合支所: 砧") && !then.contains("玉川"),
        "{then}"
    );
    assert!(then.contains("2024-04-03までの出来事"), "{then}");
    // First and last have nothing before and behind them.
    let first = step(&mut auditor, "at=1");
    assert!(
        !first.contains("rel=\"prev\"") && first.contains("rel=\"next\""),
        "{first}"
    );
    assert!(!step(&mut auditor, "at=99").contains("rel=\"next\""));
    // From the event to the figures in which it counts.
    let known = auditor.open("/events/52/figures");
    assert_eq!(known.status, 200, "{}", known.body);
    assert!(known.body.contains("令和3年度の指標"), "{}", known.body);
    assert_eq!(openings(&place), 0, "nothing was opened");
    assert_eq!(
        auditor.open(&format!("/replay/{stream}?as_of=x")).status,
        422
    );
    assert_eq!(auditor.open("/replay/child-none").status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_occurrence_an_undated_report_stands_behind_its_referral_and_the_last_is_the_last_shown()
{
    let place = centre(Engine::Sqlite).await;
    import_an_undated_report(&place).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let found = auditor.open("/events?type=referral-feedback-received").body;
    let position = found.split("href=\"/events/").nth(1).unwrap();
    let position = position.split('"').next().unwrap();
    let event = auditor.open(&format!("/events/{position}")).body;
    let stream = event.split("href=\"/replay/").nth(1).unwrap();
    let stream = stream.split(['?', '"']).next().unwrap();
    let titles = |page: &str| -> Vec<String> {
        let rows = page.split("id=\"list\"").nth(1).unwrap().split("<tr>");
        let cells = rows.skip(2).map(|row| row.split("<td>").nth(3).unwrap());
        let titles = cells.map(|cell| cell.split('<').next().unwrap().to_owned());
        titles.collect()
    };
    let last = |page: &str| -> String {
        let now = page.split("id=\"now\"").nth(1).unwrap();
        let title = now.split("<b>").nth(1).unwrap();
        title.split('<').next().unwrap().to_owned()
    };

    // Before the referral its report is not there yet, though it has no date.
    let before = auditor.open(&format!("/replay/{stream}?as_of=2022-05-05"));
    assert_eq!(before.status, 200, "{}", before.body);
    let shown = titles(&before.body);
    assert!(!shown.contains(&"連携の報告受領".to_owned()), "{shown:?}");
    assert_eq!(last(&before.body), shown[0]);
    assert!(
        before
            .body
            .contains("この日より後の出来事なので含めていません")
    );
    // By the last step of the referral it is, at that day, marked; the later referral is not the last.
    let by = auditor
        .open(&format!("/replay/{stream}?as_of=2022-05-10"))
        .body;
    assert!(
        by.contains("<td>日付不明（令和4年5月10日の欄に表示）</td>"),
        "{by}"
    );
    let shown = titles(&by);
    assert_eq!(last(&by), shown[0]);
    assert!(!by.contains("令和4年6月1日"), "{by}");
    // Before everything there is nothing.
    let none = auditor
        .open(&format!("/replay/{stream}?as_of=2001-01-01"))
        .body;
    assert!(none.contains("この日までの出来事はありません"), "{none}");
    // Without a day the last step is the last.
    let all = auditor.open(&format!("/replay/{stream}")).body;
    assert_eq!(last(&all), titles(&all)[0]);
    assert!(!all.contains("含めていません"), "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_to_a_day_of_recording_and_can_be_played() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    said(
        &place,
        "record start-care-procedure --child C101 --procedure suction --occurred 2024-04-02 --json",
    );
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let event = auditor.open("/events/52").body;
    let stream = event.split("href=\"/replay/").nth(1).unwrap();
    let stream = stream.split('?').next().unwrap();

    // C101 was registered on the first of April by the clock of the place, and all else today.
    for (query, at) in [
        ("recorded=2024-04-01", 1),
        ("at=2&recorded=2024-04-01", 1),
        ("at=1&recorded=2999-01-01", 2),
        ("at=1", 1),
    ] {
        let page = auditor.open(&format!("/replay/{stream}?{query}"));
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        let told = format!("2件のうち{at}件目");
        assert!(page.body.contains(&told), "{query}: {}", page.body);
        assert!(page.body.contains("data-play=\"▶ 再生"), "{}", page.body);
    }
    let early = auditor.open(&format!("/replay/{stream}?recorded=1999-01-01"));
    assert_eq!(early.status, 422, "{}", early.body);
    for script in ["care-ledger-play.js", "care-ledger-fresh.js"] {
        let script = serving.get(&format!("/assets/{script}"));
        assert_eq!(script.status, 200);
        let kind = script.header("content-type").unwrap();
        assert!(kind.starts_with("text/javascript"), "{kind}");
    }
    let script = serving.get("/assets/care-ledger-play.js").body;
    assert!(script.contains("prefers-reduced-motion"), "{script}");
}

/// The stream of the newest event of a category, as the log has it.
fn newest_of(place: &Place, category: &str) -> Option<String> {
    let options = format!("events list --stream {category} --limit 100000 --json");
    let lines = out(place, &options);
    let last = lines.lines().last()?;
    let event: serde_json::Value = serde_json::from_str(last).unwrap();
    event["stream"].as_str().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_is_shown_of_every_kind_of_stream_and_its_text_is_not() {
    let place = Place::new(Engine::Sqlite).await;
    out(&place, "simulate --children 6 --seed 7 --json");
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");
    for (category, told) in [
        ("facility-", "種別: "),
        ("organisation-", "確認"),
        ("trainee-", "受講開始: "),
        ("committee-", "開催予定日: "),
        ("opinion-", "受領日: "),
        ("request-", "要望日: "),
        ("audit-", "対象の位置: "),
        ("account-", "役割: "),
        ("approval-", "承認する行為: "),
        ("inquiry-", "相談"),
        ("fiscal-", "区の負担"),
        ("programme", "実施期間: "),
    ] {
        let stream = newest_of(&place, category).expect(category);
        let newest = stands(&mut auditor, &stream);
        assert!(newest.contains(told), "{stream} {told}: {newest}");
        // The newest setting is a post that begins later: it is not among those that are filled.
        let changes = newest.contains("<ins>") || newest.contains("<del>");
        assert!(changes || stream == "programme", "{stream}: {newest}");
        let first = stands(&mut auditor, &format!("{stream}?at=1"));
        assert!(first.contains("<ins>"), "{stream}: {first}");
        assert!(!first.contains("<del>"), "nothing stood before: {first}");
    }
    assert_eq!(openings_by(&place, "kansa-9"), 0, "nothing was opened");
    // Who opened what stands for itself.
    let stream = newest_of(&place, "access-").unwrap();
    let page = auditor.open(&format!("/replay/{stream}")).body;
    assert!(!page.contains("<h2 id=\"state\">"), "{page}");
}

/// What stands by a step, as its page has it.
fn stands(auditor: &mut Browser<'_>, step: &str) -> String {
    let page = auditor.open(&format!("/replay/{step}"));
    assert_eq!(page.status, 200, "{step}: {}", page.body);
    let state = page.body.split("<h2 id=\"state\">").nth(1);
    let state = state.unwrap_or_else(|| panic!("{step}: {}", page.body));
    let state = state.split("</section>").next().unwrap();
    // How the command line opens texts is no word of a page.
    assert!(!state.contains("--open"), "{step}: {state}");
    state.to_owned()
}

/// How often an account opened somebody's text.
fn openings_by(place: &Place, account: &str) -> usize {
    let options = "events list --type personal-text-opened --limit 100000 --json";
    let lines = out(place, options);
    let lines = lines.lines().filter(|line| {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        event["metadata"]["actor"] == account
    });
    lines.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_planned_for_another_year_is_among_what_the_settings_say() {
    let place = centre(Engine::Sqlite).await;
    let planned = serde_json::json!({
        "service": "specialist-consultation", "fiscal_year": 2023, "low": 417, "high": 417,
        "unit": "件", "count_rule_ja": "延べ件数", "approximate": true,
    });
    let set = format!("record set-planned-number --occurred R5.4.1 --planned {planned} --json");
    said(&place, &set);
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    let page = auditor.open("/replay/programme").body;

    let added = page.split("<ins>").skip(1);
    let added: Vec<&str> = added.map(|it| it.split("</ins>").next().unwrap()).collect();
    assert!(
        added.iter().any(|line| line.contains("417")),
        "{added:?}: {page}"
    );
}
