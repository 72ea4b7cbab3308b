//! 監査: how the ledger is kept, for auditors and the manager. Nobody's text is opened.

mod access;
mod access_asked;
mod access_lines;
mod corrections;
mod frame;
mod import_rejections;
mod imports;
mod index;
mod rules;
mod sample;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::site::Site;

/// The pages.
pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/audit", get(index::page))
        .route("/audit/corrections", get(corrections::page))
        .route("/audit/imports", get(imports::page))
        .route("/audit/rules", get(rules::page))
        .route("/audit/access", get(access::page))
        .route("/audit/sample", get(sample::page))
}
