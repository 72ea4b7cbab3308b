//! The number of a request, by which what a page says is found again in the log.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::site::Site;

tokio::task_local! {
    /// The request that is being answered.
    static NUMBER: String;
}

/// The header in which an answer has it.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Letters of a number: few enough to be told on the telephone, and enough for the requests of some days.
const LETTERS: usize = 12;

/// The number of the request that is being answered; none where nothing is.
pub(super) fn number() -> Option<String> {
    NUMBER.try_with(Clone::clone).ok()
}

/// Gives a request its number. A number that comes from outside is not taken over: it may hold anything.
pub(super) async fn numbered(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    // The last letters of an id are random.
    let mut id = (site.new_id)().simple().to_string();
    let number = id.split_off(id.len().saturating_sub(LETTERS));
    let span = tracing::info_span!("request", number);
    let answered = NUMBER.scope(number.clone(), next.run(request));
    let mut response = answered.instrument(span).await;
    if let Ok(number) = HeaderValue::try_from(number) {
        response.headers_mut().insert(HEADER, number);
    }
    response
}
