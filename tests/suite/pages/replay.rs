//! A record is replayed step by step: what stood, what each event changed, nobody's text.

use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::{BINARY, centre, openings, said, signed_in};

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
    let stream = path.split('?').next().unwrap();
    assert!(path.ends_with("?at=4"), "{path}");

    let step = |auditor: &mut ledger_tests::browsing::Browser<'_>, query: &str| {
        let page = auditor.open(&format!("/replay/{stream}?{query}"));
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        assert!(!page.body.contains("花子"), "{query}: {}", page.body);
        page.body
    };
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
