//! The pages: what the people of the centre see and do in a browser, made on the server.

mod account;
mod account_changes;
mod accounts;
mod act;
mod amend;
mod api_docs;
mod approval_requests;
mod approvals;
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
mod emergencies;
mod event;
mod events;
mod export;
mod fault;
mod few;
mod figures;
mod form;
mod giving;
mod help;
mod help_words;
mod host;
mod in_charge;
mod invitation;
mod kept;
mod language;
mod noticed;
mod numbers;
mod opening;
mod organisations;
mod origin;
mod pace;
mod paging;
mod person;
mod present;
mod record;
mod referrals;
mod replay;
mod request;
mod resume;
mod route;
mod search;
mod searches;
mod second;
mod security;
mod shown;
mod sign_in;
mod site;
mod system;
mod today;
mod told;
mod whom;
mod years;

pub use pace::{PAGES_A_MINUTE, Pace};
pub use searches::Searches;
pub use site::Site;

pub(crate) use api_docs::{Look, api_docs};
pub(crate) use door::{session_going_on, session_of};
pub(crate) use language::{as_asked, current as current_language};

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::Response;

use self::fault::Refusal;
use self::route::Route;

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

async fn not_found(State(site): State<Arc<Site>>, request: Request) -> Refusal {
    door::look(&request.into_parts().0, &site).await;
    Refusal::not_found()
}

async fn not_allowed(State(site): State<Arc<Site>>, request: Request) -> Refusal {
    door::look(&request.into_parts().0, &site).await;
    Refusal::not_allowed()
}

/// Every path of the pages, in the order in which they are written here.
fn all() -> Vec<Route> {
    let mut all = of_the_work();
    all.extend(committee::routes());
    all.extend(audit::routes());
    all.extend(of_the_log());
    all.extend(of_who_signs_in());
    all.extend(second::routes());
    all.extend(security::routes());
    all.extend(help::routes());
    all.extend(assets::routes());
    all
}

/// Every path of the pages with the methods that it answers.
#[must_use]
pub fn paths() -> Vec<(&'static str, &'static [&'static str])> {
    all().iter().map(Route::known).collect()
}

fn of_the_work() -> Vec<Route> {
    vec![
        Route::page("/", today::page),
        Route::page("/children", children::page),
        Route::both("/children/search", search::found, search::send),
        Route::page("/children/{child}", person::timeline::page),
        Route::form("/children/{child}/emergency", person::emergency::send),
        Route::page("/children/{child}/sheet", person::sheet::page),
        Route::page("/children/{child}/plans/{plan}", person::plan::page),
        Route::page(
            "/children/{child}/referrals/{referral}/letter",
            person::letter::page,
        ),
        Route::page("/referrals", referrals::page),
        Route::both("/record", record::page, record::send),
        Route::page("/acts", act::menu),
        Route::both("/acts/{command}", act::page, act::send).with_draft(),
        Route::page("/figures", figures::page),
        Route::page("/organisations", organisations::page),
    ]
}

fn of_the_log() -> Vec<Route> {
    vec![
        Route::page("/events", events::page),
        Route::page("/events/{position}", event::page),
        Route::page("/events/{position}/bytes/{part}", event::bytes),
        Route::page("/events/{position}/figures", counted::page),
        Route::both("/events/{position}/amend", amend::page, amend::send),
        Route::page("/replay/{stream}", replay::page),
    ]
}

fn of_who_signs_in() -> Vec<Route> {
    vec![
        Route::both("/accounts", accounts::page, accounts::send),
        Route::page("/accounts/{account}", account::page),
        Route::form("/accounts/{account}/role", account::change_role),
        Route::form("/accounts/{account}/close", account::close),
        Route::both("/system", system::page, system::send),
        Route::both("/sign-in", sign_in::page, sign_in::send).with_draft(),
        Route::form("/sign-out", sign_in::out),
        Route::form("/language", language::send),
        Route::both("/invitation/{secret}", invitation::page, invitation::send),
    ]
}

/// Every page. What is not a page is the caller's.
pub fn routes(site: Arc<Site>) -> Router {
    let numbered = middleware::from_fn_with_state(Arc::clone(&site), request::numbered);
    let all = all().into_iter();
    all.fold(Router::new(), |router, route| route.onto(router))
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(middleware::from_fn(origin::same))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn(present::remembered))
        .layer(middleware::from_fn(as_asked))
        .layer(numbered)
        .with_state(site)
}
