//! The pages: what the people of the centre see and do in a browser, made on the server.

mod accounts;
mod act;
mod amend;
mod assets;
mod audit;
#[cfg(test)]
mod bilingual;
mod browse;
mod chart;
mod children;
mod chrome;
mod committee;
mod counted;
mod day;
mod door;
mod due_acts;
mod events;
mod export;
mod fault;
mod figures;
mod form;
mod giving;
mod help;
mod help_words;
mod host;
mod invitation;
mod kept;
mod language;
mod noticed;
mod organisations;
mod origin;
mod pace;
mod paging;
mod person;
mod record;
mod referrals;
mod replay;
mod request;
mod resume;
mod search;
mod second;
mod security;
mod sign_in;
mod site;
mod system;
mod today;
mod told;

pub use pace::{PAGES_A_MINUTE, Pace};
pub use site::Site;

pub(crate) use door::{session_going_on, session_of};

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};

use self::fault::Refusal;

/// Most bytes of a form: some forty pages of text.
const FORM_BYTES: usize = 256 << 10;
/// How long a page may take.
const TIME: Duration = Duration::from_secs(10);

/// Gives up on a page that takes too long, and says so.
async fn in_time(request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let made = tokio::time::timeout(TIME, next.run(request)).await;
    made.unwrap_or_else(|_| Refusal::late(reads).into())
}

/// Every page. What is not a page is the caller's.
pub fn routes(site: Arc<Site>) -> Router {
    let numbered = middleware::from_fn_with_state(Arc::clone(&site), request::numbered);
    Router::new()
        .route("/", get(today::page))
        .route("/children", get(children::page))
        .route("/children/search", post(search::send))
        .route("/children/{child}", get(person::timeline::page))
        .route("/children/{child}/emergency", post(person::emergency::send))
        .route("/children/{child}/sheet", get(person::sheet::page))
        .route("/children/{child}/plans/{plan}", get(person::plan::page))
        .route(
            "/children/{child}/referrals/{referral}/letter",
            get(person::letter::page),
        )
        .route("/referrals", get(referrals::page))
        .route("/record", get(record::page).post(record::send))
        .route("/acts", get(act::menu))
        .route("/acts/{command}", get(act::page).post(act::send))
        .route("/figures", get(figures::page))
        .merge(committee::routes())
        .merge(audit::routes())
        .route("/events", get(events::page))
        .route("/events/{position}", get(events::one))
        .route("/events/{position}/figures", get(counted::page))
        .route("/replay/{stream}", get(replay::page))
        .route(
            "/events/{position}/amend",
            get(amend::page).post(amend::send),
        )
        .route("/accounts", get(accounts::page).post(accounts::send))
        .route("/system", get(system::page).post(system::send))
        .route("/organisations", get(organisations::page))
        .route(
            "/sign-in",
            get(sign_in::page)
                .post(sign_in::send)
                // A form that comes along is encoded once more.
                .layer(DefaultBodyLimit::max(3 * FORM_BYTES)),
        )
        .merge(second::routes())
        .merge(security::routes())
        .merge(help::routes())
        .route("/assets/passkey.js", get(assets::passkey))
        .route("/sign-out", post(sign_in::out))
        .route("/language", post(language::send))
        .route(
            "/invitation/{secret}",
            get(invitation::page).post(invitation::send),
        )
        .route("/assets/care-ledger.css", get(assets::style))
        .route("/assets/care-ledger.js", get(assets::script))
        .route("/assets/care-ledger-fresh.js", get(assets::fresh))
        .route("/assets/care-ledger-form.js", get(assets::form))
        .route("/assets/care-ledger-play.js", get(assets::play))
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || Refusal::not_allowed())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(middleware::from_fn(origin::same))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn(language::as_asked))
        .layer(numbered)
        .with_state(site)
}
