//! What the program holds of records while it serves, against what is read of the log each time.

use ledger_core::store::ExpectedRevision;
use ledger_tests::conformance::{append, event};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::programs::Program;
use ledger_tests::serving::Serving;
use serde_json::Value;

use super::audit::events;
use super::{BINARY, ENGINES, centre, put_in_charge, said, signed_in};
use crate::journeys::beside_at;

/// What is recorded about a person, by another process than the one that serves.
const RECORDED: [&str; 4] = [
    "start-care-procedure --child C101 --procedure suction --occurred 2024-04-02",
    "change-profile --child C101 --field area --old kinuta --new tamagawa --occurred 2024-04-05",
    "change-profile --child C101 --field name --old 見本　花子 --new 見本　華子 --occurred 2024-04-06",
    "end-care-procedure --child C101 --procedure suction --occurred 2024-04-09",
];

async fn a_record_is_shown_as_the_log_has_it_whatever_was_shown_before(engine: Engine) {
    let place = centre(engine).await;
    said(
        &place,
        "record open-account --name sato --role staff --occurred 2024-04-01 --json",
    );
    put_in_charge(&place, "sato");
    let made = said(&place, "token sato --for 1 --json");
    let serving = Serving::start_with(&place, BINARY, &["--requests-a-minute", "1000000"]);
    let program = Program::with(&serving, made["token"].as_str().unwrap());
    let first = events(&place, " --category child")[0]["position"].as_u64();
    let mut positions = vec![first.unwrap()];
    for line in RECORDED {
        shown_as_read(&place, &program, &positions);
        said(&place, &format!("record {line} --json"));
        positions.push(place.position().await);
    }
    // What was recorded last is corrected, another annulled: the same again, then as it stood before.
    let last = &events(&place, " --type care-procedure-ended")[0];
    let [stream, target] = ["stream", "id"].map(|field| last[field].as_str().unwrap());
    let annulled = format!("annul-event --stream {stream} --target {target} --reason other");
    said(
        &place,
        &format!("record {annulled} --explanation 誤入力 --json"),
    );
    positions.push(place.position().await);
    shown_as_read(&place, &program, &positions);
}

/// The timeline at each position, the newest first and last, and as it stands.
fn shown_as_read(place: &Place, program: &Program<'_>, positions: &[u64]) {
    let back = positions.iter().rev().chain(positions);
    for asked in back.map(|at| Some(*at)).chain([None]) {
        let (query, option) = match asked {
            Some(at) => (format!("?as_at={at}"), format!(" --as-at {at}")),
            None => (String::new(), String::new()),
        };
        let shown = program.json(&format!("/api/children/C101{query}"));
        let read = said(place, &format!("timeline C101{option} --json"));
        assert_eq!(told(&shown), told(&read), "{asked:?}");
    }
}

fn told(timeline: &Value) -> [&Value; 3] {
    ["person", "entries", "position"].map(|field| &timeline[field])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_shown_as_the_log_has_it_whatever_was_shown_before_on_both_engines() {
    for engine in ENGINES {
        a_record_is_shown_as_the_log_has_it_whatever_was_shown_before(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_leads_up_to_an_event_that_cannot_be_understood() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let registered = &events(&place, " --category child")[0];
    let stream = registered["stream"].as_str().unwrap();
    let replay = format!("/replay/{stream}");
    assert_eq!(auditor.open(&replay).status, 200);
    let store = beside_at(&place, Engine::Sqlite, "2100-01-01T00:00:00Z").await;
    let _foreign = append(&*store, stream, ExpectedRevision::Any, vec![event(b"{}")]).await;

    let broken = auditor.open(&replay);
    assert_eq!(broken.status, 500, "{}", broken.body);
    assert!(broken.body.contains("問題が起きました"), "{}", broken.body);
    let before = auditor.open(&format!("{replay}?at=1"));
    assert_eq!(before.status, 200, "{}", before.body);
    assert!(before.body.contains("2件のうち1件目"), "{}", before.body);
}
