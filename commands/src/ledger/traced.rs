//! The spans of commands: which one, how many events, how long, how it ended; never what it says.

use std::time::Instant;

use ledger_core::store::AppendError;
use tracing::{Instrument as _, Span};

use super::ExecuteError;

/// The span of a command on its way through the loop.
macro_rules! command_span {
    ($name:literal, $envelope:expr) => {
        tracing::info_span!(
            $name,
            command.id = %$envelope.command,
            event.count = tracing::field::Empty,
            outcome = tracing::field::Empty,
            duration_ms = tracing::field::Empty,
        )
    };
}
pub(super) use command_span;

/// Runs a call in its span and notes how it ended.
pub(super) async fn traced<T>(
    span: Span,
    call: impl Future<Output = Result<T, ExecuteError>>,
    events: impl FnOnce(&T) -> usize,
) -> Result<T, ExecuteError> {
    let begun = Instant::now();
    let result = call.instrument(span.clone()).await;
    match &result {
        Ok(done) => {
            span.record("event.count", events(done));
            span.record("outcome", "ok");
        },
        Err(error) => {
            span.record("outcome", outcome(error));
        },
    }
    span.record("duration_ms", begun.elapsed().as_secs_f64() * 1_000.0);
    result
}

fn outcome(error: &ExecuteError) -> &'static str {
    match error {
        ExecuteError::Rejected(rejection) => rejection.code(),
        ExecuteError::Busy => "busy",
        ExecuteError::Contended { .. } => "contended",
        ExecuteError::Append(error) if matches!(**error, AppendError::Conflict { .. }) => {
            "conflict"
        },
        ExecuteError::Append(_) => "append",
        ExecuteError::Read(_) => "read",
        ExecuteError::Decode(_) | ExecuteError::History(_) => "decode",
        ExecuteError::Encode(_) => "encode",
    }
}
