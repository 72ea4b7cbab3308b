//! Answers for whoever watches the program: is it alive, can it be used, how does it go.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use tokio::sync::watch;

use crate::keeper::{Looked, readiness};
use crate::lang::Lang;
use crate::metrics::Metrics;

/// The content type of Prometheus' text.
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What the probes answer from: the last look at the ledger, so that asking often costs nothing.
#[derive(Clone)]
pub struct Probes {
    /// The last look.
    pub looked: watch::Receiver<Looked>,
    /// Most events that a kept projection may be behind.
    pub lag_max: u64,
    /// The numbers.
    pub metrics: Metrics,
    /// The language of the answers.
    pub lang: Lang,
}

/// The process is alive.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The ledger answers and what is kept of it is up to date; else why not.
pub(super) async fn readyz(State(probes): State<Probes>) -> Response {
    let ready = readiness(&probes.looked.borrow(), probes.lag_max);
    match ready {
        Ok(()) => "ok\n".into_response(),
        Err(reason) => {
            let reason = format!("{}\n", reason.text().lang(probes.lang));
            (StatusCode::SERVICE_UNAVAILABLE, reason).into_response()
        },
    }
}

/// Every metric.
pub(super) async fn metrics(State(probes): State<Probes>) -> Response {
    ([(CONTENT_TYPE, PROMETHEUS)], probes.metrics.text()).into_response()
}

/// There is no such path.
pub(super) async fn not_found(State(probes): State<Probes>) -> Response {
    let text = probes.lang.pick(
        "ありません（/healthz /readyz /metrics）。\n",
        "not found; there are /healthz, /readyz and /metrics\n",
    );
    (StatusCode::NOT_FOUND, text).into_response()
}

/// The path takes no such method.
pub(super) async fn not_allowed(State(probes): State<Probes>) -> Response {
    let text = probes
        .lang
        .pick("GETだけを受け付けます。\n", "only GET is taken\n");
    (StatusCode::METHOD_NOT_ALLOWED, text).into_response()
}
