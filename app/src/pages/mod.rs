//! The pages: what the people of the centre see and do in a browser, made on the server.

mod assets;
mod children;
mod chrome;
mod door;
mod emergency;
mod fault;
mod form;
mod invitation;
mod origin;
mod record;
mod sign_in;
mod site;
mod timeline;
mod today;

pub use site::Site;

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{get, post};

use self::fault::Refusal;

/// Every page. What is not a page is the caller's.
pub fn routes(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(today::page))
        .route("/children", get(children::page))
        .route("/children/{child}", get(timeline::page))
        .route("/children/{child}/emergency", post(emergency::send))
        .route("/record", get(record::page).post(record::send))
        .route("/sign-in", get(sign_in::page).post(sign_in::send))
        .route("/sign-out", post(sign_in::out))
        .route(
            "/invitation/{secret}",
            get(invitation::page).post(invitation::send),
        )
        .route("/assets/care-ledger.css", get(assets::style))
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || Refusal::not_allowed())
        .layer(middleware::from_fn(origin::same))
        .with_state(site)
}
