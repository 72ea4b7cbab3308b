//! The HTTP API: the same commands and views as at the command line, for programs, as JSON.

mod caller;
mod changes;
mod children;
mod commands;
mod docs;
mod document;
mod lists;
mod news;
mod part;
mod problem;
mod referrals;
mod review;
mod served;
mod shape;
mod views;
mod wording;

pub use caller::{A_MINUTE, Rates};
pub use news::News;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use self::problem::{Problem, lang_of};
use crate::pages::Site;

/// Most bytes of a command.
const BODY: usize = 256 << 10;
/// How long an answer may take: figures of years are counted anew for each.
const TIME: Duration = Duration::from_secs(30);

/// Gives up on an answer that takes too long, and says so.
async fn in_time(request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let lang = lang_of(request.headers());
    let made = tokio::time::timeout(TIME, next.run(request)).await;
    made.unwrap_or_else(|_| Problem::late(reads).told(lang).into_response())
}

/// Every path of the API, under `/api`.
pub fn routes(site: Arc<Site>) -> Router {
    let fixed = document::FIXED.iter();
    let fixed = fixed.fold(Router::new(), |router, one| {
        router.route(below_api(one.path), (one.answers)())
    });
    let all = views::ALL.iter().fold(fixed, |router, view| {
        let look = async move |State(site), caller, path, query| {
            views::look(view, (site, caller), path, query).await
        };
        router.route(below_api(view.path), get(look))
    });
    all.fallback(async |headers: HeaderMap| Problem::not_found().told(lang_of(&headers)))
        .method_not_allowed_fallback(async |headers: HeaderMap| {
            Problem::not_allowed().told(lang_of(&headers))
        })
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn(in_time))
        .with_state(site)
}

/// A path as the router of the API has it.
fn below_api(path: &'static str) -> &'static str {
    path.strip_prefix("/api").unwrap_or(path)
}
