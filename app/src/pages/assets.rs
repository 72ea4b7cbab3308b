//! The style sheet and the scripts, which are part of the program: nothing is fetched from anywhere else.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

const STYLE: &str = include_str!("../../assets/care-ledger.css");
const SCRIPT: &str = include_str!("../../assets/care-ledger.js");

const PASSKEY: &str = include_str!("../../assets/passkey.js");

pub(super) async fn passkey() -> impl IntoResponse {
    of_scripts(PASSKEY)
}

pub(super) async fn script() -> impl IntoResponse {
    of_scripts(SCRIPT)
}

fn of_scripts(text: &'static str) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, text)
}

pub(super) async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        // Holds nothing personal; asked for anew after an hour, as a newer program may have another.
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, STYLE)
}
