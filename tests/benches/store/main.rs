//! How fast the store appends and reads, as ratios to the bare driver on the same server in one run.
//!
//! Absolute times mean nothing on a shared machine; each pair is sampled in turns and the medians
//! are compared. `CARE_LEDGER_BENCH_SAMPLES` (5), `CARE_LEDGER_BENCH_MILLIS` (1500) and
//! `CARE_LEDGER_BENCH_EVENTS` (200000) set how long; `CARE_LEDGER_BENCH_ONLY` names one part: `appends`,
//! `batches`, `processes`, `delivery`, `reads`, `sealing`, and two that run only when asked for:
//!
//! - `peers`, with `--features peers`: the same against the stores of others that cargo can bring,
//!   `postgres-es` and `disintegrate-postgres`.
//! - `grown`, with `CARE_LEDGER_BENCH_GROWN=1000000,20000000`: a line for each number of events that a
//!   ledger is made to hold first. A million takes 2 GB of disk and a minute before its first sample,
//!   twenty million 36 GB and ten minutes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::disallowed_methods,
    reason = "a benchmark prints its table, and its numbers are small"
)]

mod appends;
mod bare;
mod child;
mod events;
mod grown;
#[cfg(feature = "peers")]
mod peers;
mod processes;
mod reads;
mod sealing;

use std::time::Duration;

/// How long and how often everything is sampled.
#[derive(Clone, Copy)]
struct Effort {
    samples: usize,
    time: Duration,
    events: usize,
}

fn setting(name: &str, default: usize) -> usize {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match std::env::var(child::VARIABLE) {
        Ok(role) => runtime.block_on(child::run(&role)),
        Err(_) => runtime.block_on(run()),
    }
}

async fn run() {
    let effort = Effort {
        samples: setting("CARE_LEDGER_BENCH_SAMPLES", 5).max(1),
        time: Duration::from_millis(setting("CARE_LEDGER_BENCH_MILLIS", 1_500) as u64),
        events: setting("CARE_LEDGER_BENCH_EVENTS", 200_000).max(1_000),
    };
    let only = std::env::var("CARE_LEDGER_BENCH_ONLY").ok();
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    println!("medians of {} samples, taken in turns", effort.samples);
    if wanted("appends") {
        appends::bench(effort).await;
    }
    if wanted("batches") {
        appends::bench_batches(effort).await;
    }
    if wanted("processes") {
        processes::bench_appends(effort).await;
    }
    if wanted("delivery") {
        processes::bench_delivery(effort).await;
    }
    if wanted("reads") {
        reads::bench(effort).await;
    }
    if wanted("sealing") {
        sealing::bench(effort).await;
    }
    #[cfg(feature = "peers")]
    if wanted("peers") {
        peers::bench(effort).await;
    }
    if wanted("grown") {
        grown::bench(effort).await;
    }
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// A figure and what it is compared with, sample by sample.
#[derive(Default)]
struct Pair {
    ours: Vec<f64>,
    theirs: Vec<f64>,
}

impl Pair {
    fn push(&mut self, ours: f64, theirs: f64) {
        self.ours.push(ours);
        self.theirs.push(theirs);
    }

    fn ratio(self) -> f64 {
        let (ours, theirs) = self.medians();
        ours / theirs
    }

    fn medians(self) -> (f64, f64) {
        (median(self.ours), median(self.theirs))
    }

    /// Prints the row of a ratio that must not be below its bound.
    fn at_least(self, what: &str, bound: f64) {
        let (ours, theirs) = self.medians();
        let ratio = ours / theirs;
        judge(
            what,
            (ours, theirs),
            (ratio >= bound, format!("at least {bound}")),
        );
    }

    /// Prints the row of a ratio that must not be above its bound.
    fn at_most(self, what: &str, bound: f64) {
        let (ours, theirs) = self.medians();
        let ratio = ours / theirs;
        judge(
            what,
            (ours, theirs),
            (ratio <= bound, format!("at most {bound}")),
        );
    }
}

fn judge(what: &str, (ours, theirs): (f64, f64), (keeps, bound): (bool, String)) {
    let (verdict, ratio) = (if keeps { "PASS" } else { "FAIL" }, ours / theirs);
    println!("  {verdict}  {ratio:>5.2}  {bound:<12}  {what}  ({ours:.0} : {theirs:.0})");
}
