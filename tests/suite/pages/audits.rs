//! Audits on pages: what waits, where each step is recorded and what is recorded next; texts only when they are opened.

use ledger_core::id::Position;
use ledger_core::sample::draw;
use ledger_tests::browsing::{Browser, filled, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use serde_json::{Value, json};

use super::{BINARY, ENGINES, centre, openings, out, position, said, signed_in};

const SEED: &str = "監査-2024";

/// An audit of all events so far, with a sample of three.
struct Engaged {
    audit: String,
    head: u64,
    /// The events that were drawn, each with its position.
    drawn: Vec<(u64, String)>,
}

async fn engaged(place: &Place) -> Engaged {
    let head = position(place);
    let open = format!("open-audit --from-position 1 --to-position {head} --scope 相談の記録");
    let opened = record(place, &format!("{open} --occurred R6.4.2"));
    let audit = opened["streams"][0]["stream"].as_str().unwrap();
    let audit = audit.strip_prefix("audit-").unwrap().to_owned();
    let mut drawn = Vec::new();
    for at in draw(SEED, Position::new(1), Position::new(head), 3) {
        let event = place.json(&["events", "show", &at.to_string()]).await;
        drawn.push((at.get(), event["id"].as_str().unwrap().to_owned()));
    }
    let named = drawn
        .iter()
        .map(|(at, id)| json!({"position": at, "event": id}));
    let command = json!({
        "command": "draw-sample", "engagement": audit, "occurred": "2024-04-03",
        "method": "random", "seed": SEED, "from_position": 1, "to_position": head,
        "drawn": named.collect::<Vec<Value>>(),
    });
    let file = place.folder().join("sample.json");
    std::fs::write(&file, command.to_string()).unwrap();
    record(place, &format!("draw-sample --file {}", file.display()));
    Engaged { audit, head, drawn }
}

/// Records something, with the machine's clock like the program that serves.
fn record(place: &Place, line: &str) -> Value {
    said(place, &format!("record {line} --json"))
}

/// The newest event's position after something was recorded.
fn recorded(place: &Place, line: &str) -> u64 {
    record(place, line);
    position(place)
}

/// What stands between two texts, the first of its kind.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let behind = page.split(from).nth(1).expect(from);
    behind.split(to).next().unwrap()
}

async fn an_audit_goes_from_its_opening_to_its_end(engine: Engine) {
    let place = centre(engine).await;
    let Engaged { audit, head, drawn } = engaged(&place).await;
    let on = format!("--engagement {audit} --occurred 2024-04-05");
    let (at, event) = &drawn[0];
    let ask = format!("ask-audit-question {on} --event {event} --text 日が離れている理由は。");
    let asked = recorded(&place, &ask);
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let before = openings(&place);

    let list = auditor.open("/audit/engagements").body;
    let page = auditor.open(&format!("/audit/engagements/{audit}")).body;

    assert!(
        list.contains(&format!(
            "href=\"/audit/engagements/{audit}\">監査 1</a></th>"
        )),
        "{list}"
    );
    for told in [
        "実施中",
        &format!("#1〜#{head}"),
        "最長",
        "/acts/open-audit",
    ] {
        assert!(list.contains(told), "{told}: {list}");
    }
    for told in [
        format!("<a href=\"/events/{asked}\">質問 1</a>"),
        format!("<a href=\"/events/{at}\">#{at} "),
        "未回答（".to_owned(),
        "✓ 記録された標本と一致".to_owned(),
        format!("/replay/audit-{audit}"),
        format!("/acts/issue-audit-finding?engagement={audit}&amp;question="),
        format!("/acts/close-audit?engagement={audit}"),
    ] {
        assert!(page.contains(&told), "{told}: {page}");
    }
    for sealed in ["日が離れている理由", "相談の記録"] {
        assert!(!page.contains(sealed), "{sealed}: {page}");
    }
    assert!(
        !page.contains("/acts/give-audit-answer"),
        "nobody answers for whom it asks: {page}"
    );
    assert_eq!(openings(&place), before, "nothing was opened");
    drawn_again(&mut auditor, &page, &drawn);
    another_sample(&mut auditor, &audit, head);
    answered(&place, &serving, &audit);
    cleared_and_closed(&place, &mut auditor, (&audit, event));
}

/// The link to the sample draws the same events.
fn drawn_again(auditor: &mut Browser<'_>, page: &str, drawn: &[(u64, String)]) {
    let query = between(page, "href=\"/audit/sample?seed=", "\"").replace("&#38;", "&");
    let again = auditor.open(&format!("/audit/sample?seed={query}")).body;
    let rows = again.split("<tr><th scope=\"row\"><a href=\"/events/");
    let rows = rows
        .skip(1)
        .map(|row| row.split('"').next().unwrap().parse().unwrap());
    let wanted: Vec<u64> = drawn.iter().map(|(at, _)| *at).collect();
    assert_eq!(rows.collect::<Vec<u64>>(), wanted, "{again}");
}

/// A sample is drawn on its page, and recorded in the audit from there.
fn another_sample(auditor: &mut Browser<'_>, audit: &str, head: u64) {
    let drawn = auditor.open(&format!("/audit/sample?seed=abc&n=2&from=1&to={head}"));
    assert!(
        drawn.body.contains("この標本を監査に記録する"),
        "{}",
        drawn.body
    );
    let (form, command) = (hidden(&drawn, "page_token"), hidden(&drawn, "command"));
    let to = head.to_string();
    let mut fields = vec![
        ("page_token", &*form),
        ("command", &*command),
        ("engagement", audit),
        ("seed", "abc"),
        ("n", "2"),
        ("from", "1"),
        ("to", &*to),
    ];
    let page = auditor.send("/audit/sample", &fields);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("<h3>標本 2 "), "{}", page.body);
    assert_eq!(page.body.matches("✓ 記録された標本と一致").count(), 2);
    // Sent twice it is recorded once.
    let page = auditor.send("/audit/sample", &fields);
    assert!(!page.body.contains("<h3>標本 3 "), "{}", page.body);
    fields[3] = ("seed", " ");
    let refused = auditor.send("/audit/sample", &fields);
    assert_eq!(refused.status, 422, "{}", refused.body);
    let whole = auditor.open("/audit/sample?seed=abc&n=2");
    assert!(
        !whole.body.contains("この標本を監査に記録する"),
        "the audit's scope does not hold all of the log: {}",
        whole.body
    );
}

/// Staff see what is asked, open it, and answer by a form that knows the question.
fn answered(place: &Place, serving: &Serving, audit: &str) {
    let mut staff = signed_in(serving, place, "sato", "staff");
    let path = format!("/audit/engagements/{audit}");
    let page = staff.open(&path);
    assert!(
        !page.body.contains("href=\"/audit/corrections\""),
        "what they may not open is not offered: {}",
        page.body
    );
    assert!(!page.body.contains("/acts/issue-audit-finding"), "{audit}");
    let before = openings(place);
    let form = [("page_token", &*hidden(&page, "page_token"))];
    let open = staff.send(&path, &form);
    assert!(
        open.body.contains("日が離れている理由は。"),
        "{}",
        open.body
    );
    assert!(open.body.contains("相談の記録"), "{}", open.body);
    assert_eq!(openings(place), before + 1, "it is recorded");

    let query = between(&page.body, "/acts/give-audit-answer?", "\"").replace("&amp;", "&");
    let form = staff.open(&format!("/acts/give-audit-answer?{query}"));
    for id in query.split('&') {
        let (_, id) = id.split_once('=').unwrap();
        assert!(form.body.contains(&format!("value=\"{id}\"")), "{id}");
    }
    let question = query.split("question=").nth(1).unwrap();
    let on = format!("--engagement {audit} --occurred 2024-04-08");
    let answer = format!("give-audit-answer {on} --question {question} --text 訪問先で受けた。");
    let answered = recorded(place, &answer);
    let page = staff.open(&path).body;
    assert!(page.contains("回答済み（3日）"), "{page}");
    assert!(
        page.contains(&format!("href=\"/events/{answered}\"")),
        "{page}"
    );
    assert!(!page.contains("/acts/give-audit-answer"), "{page}");
}

fn cleared_and_closed(place: &Place, auditor: &mut Browser<'_>, (audit, event): (&str, &str)) {
    let path = format!("/audit/engagements/{audit}");
    let on = format!("--engagement {audit} --occurred 2024-04-09");
    let issue = format!("issue-audit-finding {on} --severity 軽微 --text 翌日に。");
    record(place, &issue);
    let page = auditor.open(&path).body;
    assert!(page.contains("未解消（"), "{page}");
    let query = between(&page, "/acts/clear-audit-finding?", "\"").replace("&amp;", "&");
    let finding = query.split("finding=").nth(1).unwrap();
    let clear = format!("clear-audit-finding {on} --finding {finding} --evidence {event}");
    record(place, &format!("{clear} --text 直した。"));
    let page = auditor.open(&path).body;
    assert!(page.contains("解消（0日）"), "{page}");
    record(place, &format!("close-audit {on} --text 適正である。"));
    let closed = auditor.open(&path).body;
    assert!(closed.contains("終了 <small>令和6年4月9日"), "{closed}");
    assert!(!closed.contains("次に記録すること"), "{closed}");
    // Who replays it sees what the last event changed.
    let replay = auditor.open(&format!("/replay/audit-{audit}")).body;
    assert!(
        replay.contains("<ins>終了: 令和6年4月9日</ins>"),
        "{replay}"
    );
    assert!(replay.contains("<del>監査  [実施中]"), "{replay}");
    let at = position(place);
    let last = auditor.open(&format!("/events/{at}"));
    assert_eq!(last.status, 200);
    let csv = auditor.open(&format!("{path}?table=findings&format=csv"));
    assert!(csv.body.contains("軽微"), "{}", csv.body);
    let taken = out(place, "events list --type list-exported --json");
    let taken: Value = serde_json::from_str(taken.lines().last().unwrap()).unwrap();
    let shown = said(place, &format!("events show {} --json", taken["position"]));
    assert_eq!(shown["data"]["list"], "audits", "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_goes_from_its_opening_to_its_end_on_both_engines() {
    for engine in ENGINES {
        an_audit_goes_from_its_opening_to_its_end(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_that_is_not_drawn_from_its_seed_is_told() {
    let place = centre(Engine::Sqlite).await;
    let Engaged { audit, drawn, .. } = engaged(&place).await;
    let file = rusqlite::Connection::open(place.folder().join("centre.db")).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
    let drop_all: String = file.query_row(triggers, [], |row| row.get(0)).unwrap();
    file.execute_batch(&drop_all).unwrap();
    let change = "UPDATE events SET event_id = zeroblob(16) WHERE position = ?1";
    let at = i64::try_from(drawn[1].0).unwrap();
    assert_eq!(file.execute(change, [at]).unwrap(), 1);
    drop(file);
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    let page = auditor.open(&format!("/audit/engagements/{audit}")).body;

    assert!(page.contains("記録された標本と一致しません"), "{page}");
    assert!(page.contains("この台帳にありません"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_is_opened_of_what_was_recorded_between_two_days() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let mut of = |days: &str| auditor.open(&format!("/audit/engagements?{days}"));

    let newest = position(&place);
    let all = of("recorded_from=R1.5.1&recorded_to=2999-03-31");
    let since = of("recorded_from=2000-01-01&recorded_to=");
    for page in [all, since] {
        let typed = filled(&page, "/acts/open-audit");
        let typed = |name: &str| {
            let field = typed.iter().find(|(field, _)| field == name);
            field.map(|(_, value)| value.parse::<u64>().unwrap())
        };
        assert_eq!(typed("from_position"), Some(1), "{}", page.body);
        // Who signed in may be recorded in between.
        assert!(typed("to_position") >= Some(newest), "{}", page.body);
    }
    for (days, told) in [
        (
            "recorded_to=2000-01-01",
            "その期間に記録されたものはありません",
        ),
        (
            "recorded_from=2999-01-01",
            "その期間に記録されたものはありません",
        ),
        (
            "recorded_from=2025-01-01&recorded_to=2000-01-01",
            "より後の日です",
        ),
        ("recorded_from=2024-13-01", "「記録した日（から）」"),
        (
            "recorded_from=2024-01-01&recorded_to=x",
            "「記録した日（まで）」",
        ),
    ] {
        let page = of(days);
        assert_eq!(page.status, 422, "{days}: {}", page.body);
        assert!(page.body.contains(told), "{days}: {}", page.body);
    }
}
