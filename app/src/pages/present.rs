//! Who is signed in at the request that is being answered: a page that says why something was not done has their menu as well.

use std::sync::OnceLock;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use super::chrome::Who;

tokio::task_local! {
    /// Who is signed in, once that is known.
    static PRESENT: OnceLock<Who>;
}

/// Answers a request, while who is signed in is remembered as soon as it is known.
pub(super) async fn remembered(request: Request, next: Next) -> Response {
    PRESENT.scope(OnceLock::new(), next.run(request)).await
}

/// Remembers who is signed in.
pub(super) fn is(who: impl FnOnce() -> Who) {
    let noted = PRESENT.try_with(|present| {
        present.get_or_init(who);
    });
    // Where no request is answered nobody is remembered.
    noted.unwrap_or_default();
}

/// Who is signed in, as far as it is known by now.
pub(super) fn who() -> Option<Who> {
    let known = PRESENT.try_with(|present| present.get().cloned());
    known.ok().flatten()
}
