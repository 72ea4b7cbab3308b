//! The log is narrowed down by who, what, where, when and how late, and the address keeps all of it.

use std::collections::{HashMap, HashSet};

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use serde_json::Value;

use super::{BINARY, centre, out, said, signed_in};

/// Every event of a ledger as the command line lists it.
pub(super) fn all(place: &Place) -> Vec<Value> {
    let lines = out(place, "events list --limit 1000000 --json");
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// The positions of a list and of all pages that follow.
pub(super) fn positions(browser: &mut Browser<'_>, query: &str) -> Vec<u64> {
    let mut found = Vec::new();
    let mut path = format!("/events?{query}");
    loop {
        let page = browser.open(&path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        assert!(page.body.len() < 100_000, "{path}: {}", page.body.len());
        let rows = page
            .body
            .split("<th scope=\"row\"><a href=\"/events/")
            .skip(1);
        found.extend(rows.map(|row| row.split('"').next().unwrap().parse::<u64>().unwrap()));
        let Some(next) = page.body.split("<a href=\"/events?").nth(1) else {
            return found;
        };
        let next = next.split('"').next().unwrap().replace("&#38;", "&");
        path = format!("/events?{next}");
    }
}

/// The day in Japan of a month, a day or a time.
pub(super) fn in_japan(at: &str) -> chrono::NaiveDate {
    let at = match at.len() {
        7 => format!("{at}-01"),
        10 => at.to_owned(),
        _ => {
            let at = at.replace('Z', "+00:00");
            // Minutes have no seconds, as they are stored.
            let at = if at.len() == 22 {
                at.replace("+00:00", ":00+00:00")
            } else {
                at
            };
            let at = chrono::DateTime::parse_from_rfc3339(&at).unwrap();
            let nine = chrono::FixedOffset::east_opt(9 * 3600).unwrap();
            at.with_timezone(&nine).date_naive().to_string()
        },
    };
    at.parse().unwrap()
}

/// Days between what happened and its recording, both in Japan.
pub(super) fn days_late(event: &Value) -> Option<i64> {
    let occurred = in_japan(event["metadata"]["occurred"]["at"].as_str()?);
    let recorded = in_japan(event["recorded_at"].as_str().unwrap());
    Some((recorded - occurred).num_days())
}

/// What an event must be like to be found.
type Wants<'a> = Box<dyn Fn(&Value) -> bool + 'a>;

/// A ledger in which much has happened.
pub(super) async fn played() -> Place {
    let place = Place::new(Engine::Sqlite).await;
    let _played = out(&place, "simulate --children 6 --seed 7 --json");
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_finds_what_the_log_holds_and_nothing_else() {
    let place = played().await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");
    let events = all(&place);
    let targets: HashSet<&str> = events
        .iter()
        .filter_map(|event| event["data"]["target"].as_str())
        .collect();
    assert!(!targets.is_empty());
    let amended = |event: &Value| targets.contains(event["id"].as_str().unwrap());
    let of = |event: &Value, field: &str| event["metadata"][field].as_str().unwrap().to_owned();
    let cases: Vec<(&str, Wants<'_>)> = vec![
        (
            "by=mihon-staff-1",
            Box::new(|it| of(it, "actor") == "mihon-staff-1"),
        ),
        ("amended=yes", Box::new(amended)),
        (
            "category=child&amended=no&delay=3",
            Box::new(|it| {
                let stream = it["stream"].as_str().unwrap();
                stream.starts_with("child-") && !amended(it) && days_late(it) >= Some(3)
            }),
        ),
        ("delay=30", Box::new(|it| days_late(it) >= Some(30))),
        (
            "type=consultation-recorded&by=mihon-manager",
            Box::new(|it| {
                it["type"] == "consultation-recorded" && of(it, "actor") == "mihon-manager"
            }),
        ),
        ("category=access&stream=child-", Box::new(|_| false)),
    ];
    for (query, wants) in cases {
        let wanted = events.iter().filter(|event| wants(event));
        let mut wanted: Vec<u64> = wanted.map(|it| it["position"].as_u64().unwrap()).collect();
        assert_eq!(
            positions(&mut auditor, &format!("{query}&order=old")),
            wanted,
            "{query}"
        );
        wanted.reverse();
        assert_eq!(positions(&mut auditor, query), wanted, "{query}");
        assert!(
            !wanted.is_empty() || query.contains("category=access") || query.contains("manager")
        );
        let taken = auditor.open(&format!("/events?{query}&format=csv"));
        assert_eq!(taken.status, 200, "{query}: {}", taken.body);
        assert_eq!(
            taken.body.matches("\r\n").count(),
            // The head, an empty line and who took it.
            wanted.len() + 3,
            "{query}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_is_that_where_persons_live_now_and_a_day_is_that_of_recording() {
    let place = played().await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");
    let events = all(&place);
    // Where persons live now.
    let mut lives: HashMap<String, String> = HashMap::new();
    for event in &events {
        let (stream, data) = (event["stream"].as_str().unwrap(), &event["data"]);
        let area = match event["type"].as_str().unwrap() {
            "child-registered" => data["area"].as_str(),
            "profile-changed" if data["field"] == "area" => data["area"].as_str(),
            _ => None,
        };
        if let Some(area) = area {
            lives.insert(stream.to_owned(), area.to_owned());
        }
    }
    let area = lives.values().next().unwrap().clone();
    let there = events
        .iter()
        .filter(|it| lives.get(it["stream"].as_str().unwrap()) == Some(&area));
    let there: Vec<u64> = there.map(|it| it["position"].as_u64().unwrap()).collect();
    assert_eq!(
        positions(&mut auditor, &format!("area={area}&order=old")),
        there
    );
    // A day is jumped to by when things were recorded.
    let recorded = |it: &Value| {
        // Japan's day begins nine hours earlier.
        let at = it["recorded_at"].as_str().unwrap().replace('Z', "+00:00");
        let at = chrono::DateTime::parse_from_rfc3339(&at).unwrap() + chrono::TimeDelta::hours(9);
        at.date_naive().to_string()
    };
    let day = recorded(&events[events.len() / 2]);
    let day = day.as_str();
    let of = |it: &Value| it["position"].as_u64().unwrap();
    let since = events
        .iter()
        .filter(|it| recorded(it).as_str() >= day)
        .map(of);
    let since: Vec<u64> = since.collect();
    let until = events
        .iter()
        .filter(|it| recorded(it).as_str() <= day)
        .map(of);
    let until: Vec<u64> = until.collect();
    assert!(
        since.len() + until.len() > events.len(),
        "the day has events"
    );
    // The oldest first from the day's first, the newest first from its last.
    let oldest = positions(&mut auditor, &format!("day={day}&order=old"));
    assert_eq!(oldest, since);
    let newest = positions(&mut auditor, &format!("day={day}"));
    assert_eq!(newest, until.into_iter().rev().collect::<Vec<_>>());
    for beyond in ["day=2999-01-01&order=old", "day=1999-01-01"] {
        assert_eq!(positions(&mut auditor, beyond), Vec::<u64>::new());
    }
    let all = positions(&mut auditor, "day=2999-01-01");
    assert_eq!(all.len(), events.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_that_are_on_are_told_and_taken_off_and_wrong_ones_are_refused() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    said(
        &place,
        "record start-care-procedure --child C101 --procedure suction --occurred 2024-04-02 --json",
    );
    let mut staff = signed_in(&serving, &place, "sato", "staff");

    let page = staff
        .open("/events?type=care-procedure-started&delay=10&area=kinuta")
        .body;
    assert!(
        page.contains("<li>記録の遅れ 10日以上 <a href=\"?type="),
        "{page}"
    );
    assert!(page.contains("<li>総合支所: 砧 "), "{page}");
    assert!(page.contains("医療的ケアの開始</td>"), "{page}");
    // Without one of them the others stay.
    let off = page.split("<li>記録の遅れ").nth(1).unwrap();
    let off = off
        .split("href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(
        off.replace("&#38;", "&"),
        "?type=care-procedure-started&area=kinuta"
    );
    // Who may not take records out is offered no file and is given none.
    assert!(!page.contains("format=csv"), "{page}");
    assert_eq!(staff.open("/events?format=csv").status, 403);
    for (query, status, told) in [
        ("delay=soon", 422, "「記録の遅れ」は数字で"),
        ("from=x", 422, "「位置」は数字で"),
        ("day=2024-13-01", 422, "日付を読み取れません"),
        ("day=2024-04-01&from=7", 422, "「日」と「位置」の両方"),
        ("category=nothing", 404, ""),
        ("area=mars", 404, ""),
        ("amended=maybe", 404, ""),
    ] {
        let answer = staff.open(&format!("/events?{query}"));
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
        assert!(answer.body.contains(told), "{query}: {}", answer.body);
    }
}

/// An auditor had a child's number, and the log took only the id of the child's record.
#[tokio::test(flavor = "multi_thread")]
async fn a_childs_record_is_found_by_number() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");
    let own = |event: &&Value| event["stream"].as_str().unwrap().starts_with("child-");
    let mut wanted: Vec<u64> = all(&place)
        .iter()
        .filter(own)
        .map(|event| event["position"].as_u64().unwrap())
        .collect();
    wanted.reverse();

    for typed in ["C101", "c101", "C-101", "101"] {
        let found = positions(&mut auditor, &format!("stream={typed}"));
        assert_eq!(found, wanted, "{typed}");
    }
    let begins = auditor.open("/events?stream=child-019&type=case-closed");
    assert!(
        !begins.body.contains("という番号の対象者"),
        "{}",
        begins.body
    );
    for typed in ["C-999", "C999"] {
        let nobody = auditor.open(&format!("/events?stream={typed}"));
        assert_eq!(nobody.status, 200, "{}", nobody.body);
        let told = format!("「{typed}」という番号の対象者はいません。当てはまる記録はありません");
        assert!(nobody.body.contains(&told), "{}", nobody.body);
    }
}
