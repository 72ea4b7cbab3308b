//! Who listens is told that there are new records, and nothing about them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use ledger_tests::ledger::Engine;
use ledger_tests::programs::Program;
use ledger_tests::serving::Serving;

use super::{serving, token};
use crate::pages::{ENGINES, PASSWORD, centre, openings, position, put_in_charge, said, signed_in};

/// Somebody who listens.
struct Listener(BufReader<TcpStream>);

impl Listener {
    fn at(serving: &Serving, program: &Program<'_>, headers: &str) -> Self {
        let mut stream = serving.connect();
        let whose = program.authorization();
        let asked = format!("GET /api/changes HTTP/1.1\r\nHost: ledger\r\n{whose}{headers}\r\n");
        stream.write_all(asked.as_bytes()).unwrap();
        Self(BufReader::new(stream))
    }

    /// The next line that begins so; none where the stream ends first.
    fn line(&mut self, begins: &str) -> Option<String> {
        let mut line = String::new();
        while self.0.read_line(&mut line).unwrap() > 0 {
            if let Some(rest) = line.trim_end().strip_prefix(begins) {
                return Some(rest.to_owned());
            }
            line.clear();
        }
        None
    }

    /// The next position that is told.
    fn position(&mut self) -> u64 {
        let data = self.line("data: ").expect("an event");
        let data: serde_json::Value = serde_json::from_str(&data).unwrap();
        assert_eq!(data.as_object().unwrap().len(), 1, "nothing else: {data}");
        data["position"].as_u64().unwrap()
    }
}

async fn a_new_record_is_told_of_and_a_look_is_not(engine: Engine) {
    let place = centre(engine).await;
    let serving = serving(&place);
    let (staff, other) = (
        token(&place, "sato", "staff"),
        token(&place, "iin-1", "committee"),
    );
    let mut desk = signed_in(&serving, &place, "ito", "staff");
    put_in_charge(&place, "sato");
    let (staff, other) = (
        Program::with(&serving, &staff),
        Program::with(&serving, &other),
    );
    let mut listener = Listener::at(&serving, &other, "");
    let kind = listener.line("content-type: ").unwrap();
    assert_eq!(kind, "text/event-stream");
    while listener.position() < position(&place) {}
    let before = position(&place);

    let looked = openings(&place);
    assert_eq!(staff.get("/api/children/C101").status, 200);
    assert_eq!(openings(&place), looked + 1);
    let again = [("account", "ito"), ("password", PASSWORD)];
    assert_eq!(desk.send("/sign-in", &again).status, 200);
    said(
        &place,
        "record close-case --child C101 --reason moved --occurred 2024-03-29 --json",
    );
    let now = position(&place);
    assert_eq!(now, before + 3);
    assert_eq!(listener.position(), now, "neither look nor sign-in is news");

    // Who was away is told what was missed, once.
    let last = format!("Last-Event-ID: {before}\r\n");
    let mut late = Listener::at(&serving, &other, &last);
    assert_eq!(late.position(), now);
    serving.signal("TERM");
    assert_eq!(
        listener.line("data: "),
        None,
        "the stream ends with the program"
    );
    assert_eq!(serving.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_record_is_told_of_and_a_look_is_not_on_both_engines() {
    for engine in ENGINES {
        a_new_record_is_told_of_and_a_look_is_not(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_listen_for_one_token_and_a_token_taken_back_hears_no_more() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let staff = token(&place, "sato", "staff");
    let program = Program::with(&serving, &staff);
    let mut listeners: Vec<Listener> = (0..4)
        .map(|_| Listener::at(&serving, &program, ""))
        .collect();
    for listener in &mut listeners {
        listener.position();
    }
    assert_eq!(program.get("/api/changes").status, 204, "one too many");
    // Who leaves makes place for another; that they left is seen with the next thing they are sent.
    drop(listeners.pop());
    said(&place, "token sato --revoke --json");
    for mut listener in listeners {
        assert_eq!(listener.line("data: "), None, "it ends with the token");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_shows_what_is_going_on_says_where_the_log_ended() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let script = "<script src=\"/assets/care-ledger.js\" defer></script>";
    for path in ["/", "/children", "/events", "/children/C101"] {
        let head = position(&place);
        let page = manager.open(path);
        let told = page.body.contains(&format!("data-living=\"{head}\""));
        assert!(told && page.body.contains(script), "{path}: {}", page.body);
    }
    for path in ["/record", "/figures"] {
        let page = manager.open(path);
        assert!(!page.body.contains("data-living"), "{path}: {}", page.body);
        assert!(!page.body.contains(script), "{path}: {}", page.body);
    }
    let script = manager.open("/assets/care-ledger.js");
    let kind = script.header("content-type");
    assert_eq!(kind, Some("text/javascript; charset=utf-8"));
    assert!(
        script.body.contains("新しい記録があります。"),
        "{}",
        script.body
    );
}
