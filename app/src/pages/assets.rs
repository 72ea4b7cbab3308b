//! The style sheet and the scripts, which are part of the program: nothing is fetched from anywhere else.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

const STYLE: &str = include_str!("../../assets/care-ledger.css");
const SCRIPT: &str = include_str!("../../assets/care-ledger.js");
const FRESH: &str = include_str!("../../assets/care-ledger-fresh.js");
const FORM: &str = include_str!("../../assets/care-ledger-form.js");
const PLAY: &str = include_str!("../../assets/care-ledger-play.js");

const PASSKEY: &str = include_str!("../../assets/passkey.js");

pub(super) async fn passkey() -> impl IntoResponse {
    scripted(PASSKEY)
}

pub(super) async fn script() -> impl IntoResponse {
    scripted(SCRIPT)
}

pub(super) async fn play() -> impl IntoResponse {
    scripted(PLAY)
}

pub(super) async fn form() -> impl IntoResponse {
    scripted(FORM)
}

pub(super) async fn fresh() -> impl IntoResponse {
    scripted(FRESH)
}

fn scripted(script: &'static str) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, script)
}

pub(super) async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        // Holds nothing personal; asked for anew after an hour, as a newer program may have another.
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, STYLE)
}
