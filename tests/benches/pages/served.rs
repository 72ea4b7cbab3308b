//! The program while it serves the benchmark's ledger, and those who ask it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ledger_core::id::StreamName;
use ledger_tests::browsing::{Browser, path_of};
use ledger_tests::ledger::TestLedger;
use ledger_tests::serving::Serving;
use serde_json::Value;

use super::asked::{Asked, Asker};
use super::{in_turn, percentile};

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");
const PASSWORD: &str = "朝の公園で犬と歩く人たち 42";
/// How long the projections may take to be made.
const PATIENCE: Duration = Duration::from_mins(10);

/// A program that serves, and the cookies of those who signed in.
pub(super) struct Served {
    serving: Serving,
    cookies: BTreeMap<Asker, String>,
}

impl Served {
    /// Serves a ledger until this is dropped, with its projections made, and somebody in charge of this person.
    pub(super) fn start(ledger: &TestLedger, person: &StreamName) -> Self {
        frozen(ledger);
        let links = Asker::ALL.map(|asker| (asker, invited(ledger, asker)));
        in_charge(ledger, person);
        let mut serve = program(ledger, "serve --listen 127.0.0.1:0 --json");
        let mut child = serve.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let out = child.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut said).unwrap();
        let said: Value = serde_json::from_str(&said).unwrap();
        let address = said["listening"].as_str().unwrap().replace("http://", "");
        let serving = Serving::of(child, address.parse().unwrap());
        ready(&serving);
        let cookies = links.map(|(asker, link)| (asker, signed_in(&serving, &link)));
        Self {
            serving,
            cookies: BTreeMap::from(cookies),
        }
    }

    /// The median of asking for pages one after another, and the bytes of the largest; none where one was refused.
    pub(super) fn alone(&self, pages: &[Asked], asks: usize) -> Option<(Duration, usize)> {
        let asked = in_turn(pages, 0, asks).map(|page| self.ask(page));
        let asked = asked.collect::<Option<Vec<(Duration, usize)>>>()?;
        let bytes = asked.iter().map(|(_, bytes)| *bytes).max()?;
        let took = asked.into_iter().map(|(took, _)| took).collect();
        Some((percentile(took, 50), bytes))
    }

    /// The 95th percentile of asking for them, `clients` at once; none where one of them was refused.
    pub(super) fn at_once(&self, pages: &[Asked], clients: usize, asks: usize) -> Option<Duration> {
        let took = thread::scope(|scope| {
            let client = |client| {
                let asked = in_turn(pages, client, asks).map(|page| Some(self.ask(page)?.0));
                asked.collect::<Option<Vec<Duration>>>()
            };
            let clients: Vec<_> = (0..clients)
                .map(|nth| scope.spawn(move || client(nth)))
                .collect();
            let took = clients.into_iter().map(|client| client.join().unwrap());
            took.collect::<Option<Vec<Vec<Duration>>>>()
        });
        Some(percentile(took?.concat(), 95))
    }

    fn ask(&self, page: &Asked) -> Option<(Duration, usize)> {
        let (path, cookie) = (&page.path, &self.cookies[&page.asker]);
        let begun = Instant::now();
        let page = self.serving.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: ledger\r\nConnection: close\r\nCookie: {cookie}\r\n\r\n"
        ));
        let took = begun.elapsed();
        (page.status == 200).then_some((took, page.body.len()))
    }
}

/// Freezes the figures of a year for a meeting: what the committee sees afterwards.
fn frozen(ledger: &TestLedger) {
    let convened =
        "convene-meeting --occurred 2023-05-12 --nth 4 --planned-on 2023-05-19 --agenda 実施";
    let convened = said(ledger, &format!("record {convened} --json"));
    let convened: Value = serde_json::from_str(&convened).unwrap();
    let streams = convened["streams"].as_array().unwrap().iter();
    let mut streams = streams.filter_map(|one| one["stream"].as_str());
    let meeting = streams.find_map(|stream| stream.strip_prefix("committee-"));
    let meeting = meeting.unwrap();
    let freeze = format!("freeze-materials --meeting {meeting} --occurred 2023-05-19");
    said(
        ledger,
        &format!("record {freeze} --fiscal-year 2023 --on-day 2023-05-19"),
    );
}

/// The link by which a new account in a role sets its password; it needs no second factor.
fn invited(ledger: &TestLedger, asker: Asker) -> String {
    let role = asker.role();
    if asker != Asker::Committee {
        let factor = format!("set-second-factor-rule --role {role} --required false");
        said(ledger, &format!("record {factor} --occurred 2024-04-01"));
    }
    let invite = format!("invite bench-{role} --role {role} --json");
    let link: Value = serde_json::from_str(&said(ledger, &invite)).unwrap();
    path_of(link["link"].as_str().unwrap())
}

/// Puts the account of the staff in charge of a person.
fn in_charge(ledger: &TestLedger, person: &StreamName) {
    let child = person.as_child().unwrap();
    let account = format!("bench-{}", Asker::Staff.role());
    let assign = format!("assign-staff --child {child} --account {account} --charge main");
    said(ledger, &format!("record {assign} --occurred 2024-04-01"));
}

/// The cookie of somebody who sets a password and is signed in.
fn signed_in(serving: &Serving, link: &str) -> String {
    let mut browser = Browser::at(serving);
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    let page = browser.send(link, &fields);
    assert_eq!(page.status, 200, "{}", page.body);
    browser.cookie().unwrap().to_owned()
}

/// Waits until the projections are made.
fn ready(serving: &Serving) {
    let begun = Instant::now();
    while serving.get("/readyz").status != 200 {
        assert!(begun.elapsed() < PATIENCE, "the projections are not made");
        thread::sleep(Duration::from_millis(500));
    }
}

/// What the program says.
fn said(ledger: &TestLedger, line: &str) -> String {
    let output = program(ledger, line).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

/// The program on the benchmark's ledger.
fn program(ledger: &TestLedger, line: &str) -> Command {
    let file = |name: &str| ledger.folder().join(name).display().to_string();
    let mut program = Command::new(BINARY);
    program.args(line.split(' '));
    program.args(["--store", &format!("sqlite:{}", file("log.db"))]);
    program.args(["--keys", &format!("sqlite:{}", file("log.keys"))]);
    program.args(["--kek", &file("log.kek"), "--actor", "bench"]);
    // All ask with one session, as none of them is one person.
    program.env("CARE_LEDGER_PAGES", "1000000");
    program
}
