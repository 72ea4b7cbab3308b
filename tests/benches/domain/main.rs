//! How fast what people look at is made from the log, as ratios to plain reading in the same run.
//!
//! `CARE_LEDGER_BENCH_EVENTS` (200000) sets how many events the ledger has, and
//! `CARE_LEDGER_BENCH_SAMPLES` (3) how often each pair is timed, in turns; medians are compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a benchmark prints its table, and its numbers are small"
)]

mod load;
mod pages;
mod projections;
mod timeline;

use std::time::Instant;

use ledger_tests::ledger::{Engine, TestLedger};

/// Events of the person whose timeline is folded.
const TIMELINE_EVENTS: usize = 2_000;

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
    let samples = setting("CARE_LEDGER_BENCH_SAMPLES", 3).max(1);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let ledger = TestLedger::new(engine).await;
        let begun = Instant::now();
        let person = load::person(&ledger, TIMELINE_EVENTS).await;
        load::centre(&ledger, events.saturating_sub(TIMELINE_EVENTS)).await;
        let head = ledger.store.head().await.unwrap().position;
        let took = begun.elapsed().as_secs_f64();
        println!("\n{engine:?}: {head} events, made in {took:.0} s; medians of {samples}");
        timeline::bench(&ledger, &person, samples).await;
        projections::bench(&ledger, head, samples).await;
        pages::bench(&ledger, samples).await;
    }
}

/// Seconds that some work takes.
async fn timed<T>(work: impl Future<Output = T>) -> (f64, T) {
    let begun = Instant::now();
    let done = work.await;
    (begun.elapsed().as_secs_f64(), done)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// A ratio that must not be above, or not be below, its bound.
fn judge(what: &str, ratio: f64, (keeps, bound): (bool, String)) {
    let verdict = if keeps { "PASS" } else { "FAIL" };
    println!("  {verdict}  {what}: ratio {ratio:.2}, bound {bound}");
}

fn at_most(ratio: f64, bound: f64) -> (bool, String) {
    (ratio <= bound, format!("at most {bound}"))
}

fn at_least(ratio: f64, bound: f64) -> (bool, String) {
    (ratio >= bound, format!("at least {bound}"))
}
