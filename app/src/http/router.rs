//! Every path that the program answers, and what holds of all of them.

use std::time::Duration;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::routing::get;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::probes::{self, Probes};

/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(5);
/// Most bytes of a request's body: no path takes one.
const BODY_BYTES: usize = 0;

/// Every path of the program.
pub fn router(probes: Probes) -> Router {
    let always = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    Router::new()
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics))
        .fallback(probes::not_found)
        .method_not_allowed_fallback(probes::not_allowed)
        .with_state(probes)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER,
        ))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES))
        .layer(always(CACHE_CONTROL, "no-store"))
        .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(CONTENT_SECURITY_POLICY, "default-src 'none'"))
}
