//! A form that records, as the browser keeps it until it is sent: what the page says of it, and the word that it is recorded.

use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use zeroize::Zeroizing;

use super::door::SignedIn;
use super::site::Site;

/// What the page of a form says for the script that keeps it.
pub(super) struct Kept {
    /// The key, which is written nowhere.
    pub(super) key: Zeroizing<String>,
    /// The name of the form among those that are kept.
    pub(super) name: String,
}

impl Kept {
    /// For the form that is sent to a path.
    pub(super) fn of(signed_in: &SignedIn, path: &str) -> Self {
        Self {
            key: signed_in.kept.text(),
            name: signed_in.kept.name(path),
        }
    }
}

/// Leads on once a form is recorded, and tells the browser.
pub(super) fn recorded(site: &Site, command: &str, to: &str) -> Response {
    (sent(site, command), Redirect::to(to)).into_response()
}

/// Tells the browser that a form is recorded, by the id that was made with its page.
pub(super) fn sent(site: &Site, command: &str) -> CookieJar {
    let name = if site.over_tls {
        "__Host-care-ledger-sent"
    } else {
        "care-ledger-sent"
    };
    // Read by the page's script, so not `HttpOnly`: it holds a random id that lets nobody in. The script takes it
    // away; where there is none it goes with the browser.
    let told = Cookie::build((name, command.to_owned()))
        .path("/")
        .secure(site.over_tls)
        .same_site(SameSite::Strict);
    CookieJar::new().add(told)
}
