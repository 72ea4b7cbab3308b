//! Structured logs to standard error: what the program does, never personal text.

use tracing_subscriber::EnvFilter;

/// Starts logging at the level of `CARE_LEDGER_LOG`, warnings by default; as JSON when asked.
pub fn start(as_json: bool) {
    let filter =
        EnvFilter::try_from_env("CARE_LEDGER_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in one process keeps the first one's.
    let started = if as_json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
    drop(started);
}
