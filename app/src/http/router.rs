//! Every path that the program answers, and what holds of all of them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::routing::get;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::probes::{self, Probes};
use crate::api;
use crate::pages::{self, Site};

/// How long a probe's answer may take.
const PROBE: Duration = Duration::from_secs(5);
/// Most bytes of a probe's body: none takes one.
const PROBE_BYTES: usize = 0;
/// What a page may load: its own style sheet and script, which listens to this program, and nothing else. No
/// other site may frame it.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Every path of the program: the probes, and the pages where there are any.
pub fn router(probes: Probes, site: Option<Arc<Site>>) -> Router {
    let bare = Router::new()
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics));
    let bare = match site {
        Some(_) => bare,
        None => bare
            .fallback(probes::not_found)
            .method_not_allowed_fallback(probes::not_allowed),
    };
    let bare = bare
        .with_state(probes)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PROBE,
        ))
        .layer(RequestBodyLimitLayer::new(PROBE_BYTES));
    let bare = guarded(bare).layer(always(CONTENT_SECURITY_POLICY, "default-src 'none'"));
    match site {
        Some(site) => bare
            .nest("/api", api_of(Arc::clone(&site)))
            .merge(pages_of(site)),
        None => bare,
    }
}

/// A year during which a browser asks this host over TLS alone, once it did (RFC 6797).
const TLS_ALONE: &str = "max-age=31536000";

fn pages_of(site: Arc<Site>) -> Router {
    let over_tls = site.over_tls;
    let pages = guarded(pages::routes(site));
    let pages = if over_tls {
        pages.layer(always(STRICT_TRANSPORT_SECURITY, TLS_ALONE))
    } else {
        pages
    };
    pages
        .layer(always(CONTENT_SECURITY_POLICY, POLICY))
        // A child's address leaves this program for no other site, nor a secret of an invitation.
        .layer(always(REFERRER_POLICY, "same-origin"))
}

/// Answers for programs, which a browser shows as nothing else.
fn api_of(site: Arc<Site>) -> Router {
    let bare = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    guarded(api::routes(site))
        .layer(SetResponseHeaderLayer::if_not_present(
            CONTENT_SECURITY_POLICY,
            bare,
        ))
        .layer(always(REFERRER_POLICY, "same-origin"))
}

fn guarded(router: Router) -> Router {
    let no_store = HeaderValue::from_static("no-store");
    router
        .layer(SetResponseHeaderLayer::if_not_present(
            CACHE_CONTROL,
            no_store,
        ))
        .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
