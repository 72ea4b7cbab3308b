//! The style sheet and the scripts, which are part of the program: nothing is fetched from anywhere else.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::route::Route;

const STYLE: &str = include_str!("../../assets/care-ledger.css");
const SCRIPT: &str = include_str!("../../assets/care-ledger.js");
const FRESH: &str = include_str!("../../assets/care-ledger-fresh.js");
const FORM: &str = include_str!("../../assets/care-ledger-form.js");
const KEPT: &str = include_str!("../../assets/care-ledger-kept.js");
const PLAY: &str = include_str!("../../assets/care-ledger-play.js");

const PASSKEY: &str = include_str!("../../assets/passkey.js");

/// The files.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/assets/care-ledger.css", style),
        Route::page("/assets/care-ledger.js", script),
        Route::page("/assets/care-ledger-fresh.js", fresh),
        Route::page("/assets/care-ledger-form.js", form),
        Route::page("/assets/care-ledger-kept.js", kept),
        Route::page("/assets/care-ledger-play.js", play),
        Route::page("/assets/passkey.js", passkey),
    ]
}

async fn passkey() -> impl IntoResponse {
    scripted(PASSKEY)
}

async fn script() -> impl IntoResponse {
    scripted(SCRIPT)
}

async fn play() -> impl IntoResponse {
    scripted(PLAY)
}

async fn form() -> impl IntoResponse {
    scripted(FORM)
}

async fn kept() -> impl IntoResponse {
    scripted(KEPT)
}

async fn fresh() -> impl IntoResponse {
    scripted(FRESH)
}

fn scripted(script: &'static str) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, script)
}

async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        // Holds nothing personal; asked for anew after an hour, as a newer program may have another.
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, STYLE)
}
