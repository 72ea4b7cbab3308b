//! Who opened what, signed in and took what along is shown to those who review the ledger alone.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};
use serde_json::Value;

use super::{BINARY, ENGINES, centre, out, signed_in};

/// The newest event of a type: its position and its stream.
fn newest(place: &Place, event_type: &str) -> (u64, String) {
    let lines = out(
        place,
        &format!("events list --type {event_type} --limit 1000 --json"),
    );
    let event: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let stream = event["stream"].as_str().unwrap().to_owned();
    (event["position"].as_u64().unwrap(), stream)
}

fn rows(page: &Response) -> usize {
    page.body.matches("<th scope=\"row\">").count()
}

/// Lists in which nothing but accesses fits.
const LISTS: [&str; 4] = [
    "/events?type=session-begun",
    "/events?category=access",
    "/events?stream=access-",
    "/events?type=personal-text-opened&order=old",
];
/// What a list says that leaves something out.
const LEFT_OUT: &str = "この一覧に含めていません";

fn is_told_nothing(staff: &mut Browser<'_>, (position, stream): &(u64, String)) {
    for path in LISTS {
        let page = staff.open(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        assert_eq!(rows(&page), 0, "{path}: {}", page.body);
        assert!(page.body.contains(LEFT_OUT), "{path}: {}", page.body);
    }
    let all = staff.open("/events");
    assert!(rows(&all) > 10 && all.body.contains(LEFT_OUT));
    for access in [stream, "value=\"access\"", "value=\"session-begun\""] {
        assert!(!all.body.contains(access), "{access}: {}", all.body);
    }
    for path in [
        format!("/events/{position}"),
        format!("/events/{position}/figures"),
        format!("/replay/{stream}"),
        "/replay/access-1999-01-01".to_owned(),
    ] {
        let page = staff.open(&path);
        assert_eq!(page.status, 403, "{path}: {}", page.body);
    }
}

/// No link of a page leads to an event that is not shown.
fn events_beside_are_shown(browser: &mut Browser<'_>, position: u64) {
    for at in [position - 1, position + 1] {
        let page = browser.open(&format!("/events/{at}"));
        for link in page.body.split("href=\"/events/").skip(1) {
            let beside = link.split('"').next().unwrap();
            let answer = browser.open(&format!("/events/{beside}"));
            assert_eq!(answer.status, 200, "{at} {beside}");
        }
    }
}

async fn accesses_are_shown_to_those_who_review_alone(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    assert_eq!(manager.open("/children/C101").status, 200);
    let accesses = ["session-begun", "personal-text-opened"].map(|it| newest(&place, it));
    // Accounts are opened after that, so that there is something on either side.
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    for access in &accesses {
        is_told_nothing(&mut staff, access);
        events_beside_are_shown(&mut staff, access.0);
    }
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    for reviewer in [&mut manager, &mut auditor] {
        for path in LISTS {
            let page = reviewer.open(path);
            assert!(rows(&page) > 0, "{path}: {}", page.body);
            assert!(!page.body.contains(LEFT_OUT), "{path}: {}", page.body);
        }
        for (position, stream) in &accesses {
            for path in [format!("/events/{position}"), format!("/replay/{stream}")] {
                assert_eq!(reviewer.open(&path).status, 200, "{path}");
            }
        }
    }
    for (account, role) in [("iin-1", "committee"), ("joho-1", "admin")] {
        let mut other = signed_in(&serving, &place, account, role);
        let (position, stream) = &accesses[0];
        for path in [format!("/events/{position}"), format!("/replay/{stream}")] {
            assert_eq!(other.open(&path).status, 403, "{role} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accesses_are_shown_to_those_who_review_alone_on_both_engines() {
    for engine in ENGINES {
        accesses_are_shown_to_those_who_review_alone(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_names_an_account_at_the_command_line_reads_what_its_role_reads() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let _staff = signed_in(&serving, &place, "sato", "staff");
    let (position, _) = newest(&place, "session-begun");

    let as_sato = async |line: &str| {
        let line = line.split(' ').map(str::to_owned);
        let line: Vec<String> = line.chain(place.options_with("--actor", "sato")).collect();
        place.run_exactly(&line).await
    };
    let listed = as_sato("events list --limit 1000").await.done();
    assert!(!listed.out.contains("サインイン"), "{}", listed.out);
    assert!(listed.err.contains("access"), "it says so: {}", listed.err);
    for line in [
        format!("events show {position}"),
        format!("explain {position} --fiscal-year 2026"),
    ] {
        let refused = as_sato(&line).await;
        assert_eq!(refused.code, 2, "{line}: {}", refused.err);
        assert!(
            refused.err.contains("NO_PERMISSION"),
            "{line}: {}",
            refused.err
        );
    }
    let position = position.to_string();
    let own = place.run(&["events", "show", &position]).await.done();
    assert!(own.out.contains("sato"), "{}", own.out);
}
