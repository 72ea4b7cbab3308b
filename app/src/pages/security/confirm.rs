//! Before a second factor is removed its owner gives the password once more, and is told what follows.

use std::net::IpAddr;

use askama::Template;
use axum::response::Response;

use super::super::chrome::Chrome;
use super::super::door::Arrived;
use super::super::fault::{Refusal, shown, shown_as};
use super::super::language::{current, t};
use super::super::site::Site;
use super::{Given, password};
use crate::lang::Lang;
use crate::sign_in::second::Registered;

#[derive(Template)]
#[template(path = "security_remove.html")]
struct Page {
    chrome: Chrome,
    /// Where its form is sent.
    path: &'static str,
    /// Of the passkey that is removed.
    id: String,
    /// Nothing is left but the password.
    is_last: bool,
    fault: Option<&'static str>,
}

/// What is removed.
#[derive(Clone, Copy)]
pub(super) enum What<'w> {
    /// The codes of an app.
    Codes,
    /// A passkey, by the name that its owner gave it.
    Passkey(&'w str),
}

impl What<'_> {
    fn title(self) -> String {
        let Self::Passkey(label) = self else {
            return t("認証アプリの登録を削除する", "Remove the app").to_owned();
        };
        match current() {
            Lang::Ja => format!("パスキー「{label}」の登録を削除する"),
            Lang::En => format!("Remove the passkey \"{label}\""),
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Codes => "/security/codes/remove",
            Self::Passkey(_) => "/security/passkeys/remove",
        }
    }
}

/// The page that asks for the password, where it is still to be given or was wrong; none where it was right.
pub(super) async fn asked(
    site: &Site,
    from: IpAddr,
    (arrived, given, registered): (&Arrived, &Given, &Registered),
    what: What<'_>,
) -> Result<Option<Response>, Refusal> {
    let mut page = Page {
        chrome: Chrome::of_arrived(what.title(), arrived),
        path: what.path(),
        id: given.id.clone(),
        is_last: registered.number() <= 1,
        fault: None,
    };
    if given.shown.is_empty() {
        return shown(&page).map(Some);
    }
    let Some((status, fault)) = password::fault(site, from, arrived, &given.old).await? else {
        return Ok(None);
    };
    page.fault = Some(fault);
    shown_as(status, &page).map(Some)
}
