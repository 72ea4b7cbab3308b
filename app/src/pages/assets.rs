//! The style sheet, which is part of the program: nothing is fetched from anywhere else.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

const STYLE: &str = include_str!("../../assets/care-ledger.css");

pub(super) async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        // Holds nothing personal; asked for anew after an hour, as a newer program may have another.
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, STYLE)
}
