//! Structured logs to standard error: what the program does, never personal text.
//!
//! `CARE_LEDGER_LOG` says how much (`warn` by default; `info` shows every span as it ends, `trace` all),
//! `CARE_LEDGER_LOG_FORMAT=json` makes every line a JSON object.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, Registry};

/// Says how much is logged.
const LEVEL: &str = "CARE_LEDGER_LOG";
/// Says in which format.
const FORMAT: &str = "CARE_LEDGER_LOG_FORMAT";

/// The packages whose logs this project answers for.
const OURS: [&str; 5] = [
    "care_ledger",
    "ledger_app",
    "ledger_commands",
    "ledger_core",
    "ledger_projections",
];

/// Starts logging as the environment says.
pub fn start() {
    let level = EnvFilter::try_from_env(LEVEL).unwrap_or_else(|_| EnvFilter::new("warn"));
    let json = std::env::var(FORMAT).is_ok_and(|format| format.eq_ignore_ascii_case("json"));
    let lines = tracing_subscriber::fmt::layer()
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(std::io::stderr);
    let lines = if json {
        lines.json().boxed()
    } else {
        lines.boxed()
    };
    let started = Registry::default()
        .with(lines)
        .with(level)
        .with(cap())
        .try_init();
    // A second start in one process keeps the first one's.
    drop(started);
}

/// Whatever the environment asks: a driver that is told to debug writes statements with their
/// parameters, so libraries say nothing below `info`.
fn cap() -> Targets {
    let ours = OURS.map(|package| (package, LevelFilter::TRACE));
    Targets::new()
        .with_default(LevelFilter::INFO)
        .with_targets(ours)
}
