//! Pages as 32 people ask for them at once, against the plain reading and writing that each rests on, on the
//! embedded store.
//!
//! `CARE_LEDGER_BENCH_EVENTS` (200000) sets how many events the ledger has, `CARE_LEDGER_BENCH_ASKS` (40)
//! how often each of the 32 asks for a page, and `CARE_LEDGER_BENCH_PAGES` the paths of those that are asked for,
//! between commas, one that ends in `*` for all that begin so, and `day` for what a day asks for, of one person after
//! the other. A page's ratio is its 95th percentile to that of what it reads of the database, asked for by as many at
//! once through the same store; the facts that stand the program holds in memory, so that of them a page reads nothing
//! but where the log ends.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    reason = "a benchmark prints its table, and its numbers are small"
)]

mod asked;
mod bare;
#[path = "../domain/load.rs"]
mod load;
mod served;

use std::time::{Duration, Instant};

use ledger_core::id::{EventType, Position, StreamName};
use ledger_core::store::{Filter, ReadAll};
use ledger_tests::ledger::{Engine, TestLedger};

use self::asked::Asked;
use self::served::Served;

/// People who ask at once.
const CLIENTS: usize = 32;
/// Events of the person whose pages are opened.
const PERSON_EVENTS: usize = 250;
/// Most times that a page takes longer than what it reads.
const BOUND: f64 = 3.0;

fn setting(name: &str, default: usize) -> usize {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(run());
}

async fn run() {
    let events = setting("CARE_LEDGER_BENCH_EVENTS", 200_000);
    let asks = setting("CARE_LEDGER_BENCH_ASKS", 40).max(1);
    let ledger = TestLedger::new(Engine::Sqlite).await;
    let begun = Instant::now();
    let person = load::person(&ledger, PERSON_EVENTS).await;
    load::centre(&ledger, events.saturating_sub(PERSON_EVENTS)).await;
    let head = ledger.store.head().await.unwrap().position;
    let took = begun.elapsed().as_secs_f64();
    println!("\n{head} events, made in {took:.0} s; {CLIENTS} clients ask {asks} times each");
    let served = Served::start(&ledger, &person);
    println!(
        "  page: alone, median | at once, 95th percentile | what it reads, 95th percentile | kB"
    );
    let wanted = std::env::var("CARE_LEDGER_BENCH_PAGES").unwrap_or_default();
    let pages = asked::pages(&person).into_iter();
    for page in pages.filter(|page| is_wanted(&page.path, &wanted)) {
        let name = format!("{} ({})", page.path, page.asker.role());
        measured(&name, (&ledger, &served), (&[page], asks)).await;
    }
    if is_wanted("day", &wanted) {
        let persons = persons(&ledger).await;
        let day: Vec<Asked> = persons.chunks(100).flat_map(asked::day).collect();
        let name = format!(
            "a day's pages, of {} persons one after the other",
            persons.len()
        );
        measured(&name, (&ledger, &served), (&day, asks * 4)).await;
    }
}

/// Every person of the ledger.
async fn persons(ledger: &TestLedger) -> Vec<StreamName> {
    let mut persons = Vec::new();
    let registered = EventType::new("child-registered").unwrap();
    let mut read = ReadAll {
        filter: Filter::of_types([registered]),
        ..ReadAll::after(Position::default())
    };
    loop {
        let page = ledger.store.read_all(&read).await.unwrap();
        persons.extend(page.events.iter().map(|event| event.stream.clone()));
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return persons,
        }
    }
}

/// Asks for some pages in turns, and for what they read.
async fn measured(
    name: &str,
    (ledger, served): (&TestLedger, &Served),
    (pages, asks): (&[Asked], usize),
) {
    let alone = served.alone(pages, asks);
    // Of those who ask first all wait for what is held afterwards.
    let _first = served.at_once(pages, CLIENTS, 1);
    let Some(((alone, bytes), page)) = alone.zip(served.at_once(pages, CLIENTS, asks)) else {
        println!("  FAIL  {name}: not every request was answered");
        return;
    };
    let bare = bare::at_once(ledger, pages, CLIENTS, asks).await;
    judge(name, (alone, page, bare), bytes);
}

fn is_wanted(path: &str, wanted: &str) -> bool {
    let fits = |one: &str| match one.strip_suffix('*') {
        Some(begin) => path.starts_with(begin),
        None => one == path,
    };
    wanted.is_empty() || wanted.split(',').any(fits)
}

/// The pages for which one of those who ask at once asks, one after the other: each begins at another.
fn in_turn(pages: &[Asked], client: usize, asks: usize) -> impl Iterator<Item = &Asked> {
    pages.iter().cycle().skip(client * asks).take(asks)
}

/// The duration below which that part of all lie.
fn percentile(mut took: Vec<Duration>, percent: usize) -> Duration {
    took.sort();
    took[(took.len() * percent / 100).min(took.len() - 1)]
}

fn judge(path: &str, (alone, page, bare): (Duration, Duration, Duration), bytes: usize) {
    let ratio = page.as_secs_f64() / bare.as_secs_f64();
    let verdict = if ratio <= BOUND || page <= Duration::from_millis(50) {
        "PASS"
    } else {
        "FAIL"
    };
    let [alone, page, bare] = [alone, page, bare].map(|took| took.as_secs_f64() * 1_000.0);
    let kilobytes = bytes / 1_000;
    println!(
        "  {verdict}  {path}: {alone:.0} ms | {page:.0} ms | {bare:.0} ms | {kilobytes} kB: ratio {ratio:.2}, bound {BOUND}"
    );
}
