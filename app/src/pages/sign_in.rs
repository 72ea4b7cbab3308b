//! Signing in and out.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use ledger_core::actor::Actor;
use ledger_core::sign_in::{Place, Secret};
use serde::Deserialize;

use super::chrome::Chrome;
use super::door::{Arrived, cookie, no_cookie};
use super::fault::{Refusal, shown, shown_as};
use super::form::{Open, Query, Sent};
use super::host::{Came, Host};
use super::language::{self, To, t};
use super::second::after_password;
use super::site::Site;
use crate::sign_in::lasting;
use crate::sign_in::password::{is_right, is_too_long};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    chrome: Chrome,
    to: String,
    /// What was typed before, sent along.
    draft: String,
    account: String,
    fault: Option<&'static str>,
    /// What is said of what was typed before, of which nothing is wrong.
    calm: Option<&'static str>,
    /// Why it is asked for, where nobody came for that; sent along.
    why: Why,
    /// Nobody can sign in yet.
    is_new: bool,
}

/// Why somebody is asked to sign in who did not come for that.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// They came for that, or asked for a page.
    Nothing,
    /// They are signed in, and not lately enough to take a list out.
    Lists,
    /// They sent a form, and were signed out.
    SignedOut,
    /// They sent a form, and did not sign in lately enough for that.
    TooLongAgo,
}

impl Why {
    const ALL: [Self; 4] = [
        Self::Nothing,
        Self::Lists,
        Self::SignedOut,
        Self::TooLongAgo,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Lists => "1",
            Self::SignedOut => "out",
            Self::TooLongAgo => "late",
        }
    }

    fn of(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|why| why.code() == code);
        found.unwrap_or(Self::Nothing)
    }

    /// What is said of what was typed before.
    fn said(self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Lists => None,
            Self::SignedOut => Some(t(
                "サインアウトしていました。入力した内容は残っています。",
                "You were signed out. What you typed is kept.",
            )),
            Self::TooLongAgo => Some(t(
                "この操作は、サインインから10分以内にできます。もう一度サインインしてください。入力した内容は残っています。",
                "This is done within ten minutes of signing in: sign in once more. What you typed is kept.",
            )),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
    /// Why it is asked for.
    #[serde(default)]
    again: String,
}

#[derive(Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    to: String,
    #[serde(default)]
    draft: String,
    /// Why it is asked for.
    #[serde(default)]
    again: String,
    #[serde(default)]
    account: String,
    /// Never shown again.
    #[serde(default)]
    password: String,
    /// The language in which the page is to be shown; nobody signs in then.
    language: Option<To>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let is_new = site.sign_ins.is_empty().await;
    shown(&Page {
        chrome: Chrome::of_nobody(t("サインイン", "Sign in")),
        to: own_path(&asked.to).to_owned(),
        draft: String::new(),
        account: String::new(),
        fault: None,
        calm: None,
        // Whatever an address says, nothing was typed before.
        why: if Why::of(&asked.again) == Why::Lists {
            Why::Lists
        } else {
            Why::Nothing
        },
        is_new: is_new.map_err(|error| Refusal::internal(&error))?,
    })
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    came: Came,
    host: Host,
    jar: CookieJar,
    Open(given): Open<Given>,
) -> Result<Response, Refusal> {
    if let Some(to) = given.language {
        return language::changed(to, jar, asking_again(&site, given)).await;
    }
    let to = own_path(&given.to).to_owned();
    let again = |status, account: String, fault| {
        shown_as(
            status,
            &Page {
                chrome: Chrome::of_nobody(t("サインイン", "Sign in")),
                to: to.clone(),
                draft: given.draft.clone(),
                account,
                fault: Some(fault),
                calm: None,
                why: Why::of(&given.again),
                is_new: false,
            },
        )
    };
    let wrong = t(
        "アカウント名かパスワードが違います。",
        "The account's name or the password is wrong.",
    );
    // A name that is none is as wrong as one that nobody has.
    let Ok(account) = Actor::new(given.account.trim()) else {
        return again(StatusCode::UNPROCESSABLE_ENTITY, String::new(), wrong);
    };
    let name = account.to_string();
    if !site.tries.take(came.from, &account) {
        let wait = t(
            "試した回数が多すぎます。1分ほど待ってから、もう一度試してください。",
            "Too many tries. Wait a minute, then try again.",
        );
        return again(StatusCode::TOO_MANY_REQUESTS, name, wait);
    }
    let judged = judged(&site, &account, &given.password).await?;
    if !matches!(judged, Judged::Right) {
        // What is no account's name may be a password, typed into the wrong field.
        match judged {
            Judged::Wrong => tracing::warn!(%account, "a sign-in was refused"),
            Judged::Unknown | Judged::Right => {
                tracing::warn!("a sign-in with a name that no account has was refused");
            },
        }
        return again(StatusCode::UNPROCESSABLE_ENTITY, name, wrong);
    }
    let (jar, arrived) = begin(&site, (&account, &came.place), jar).await?;
    let went = (to, given.draft);
    let next = after_password(&site, arrived, host.name(), went).await?;
    Ok((jar, next).into_response())
}

/// The same page once more with the name that was typed, and without the password.
async fn asking_again(site: &Site, given: Given) -> Result<Response, Refusal> {
    let why = Why::of(&given.again);
    let is_new = site.sign_ins.is_empty().await;
    shown(&Page {
        chrome: Chrome::of_nobody(t("サインイン", "Sign in")),
        to: own_path(&given.to).to_owned(),
        draft: given.draft,
        account: given.account,
        fault: None,
        calm: why.said(),
        why,
        is_new: is_new.map_err(|error| Refusal::internal(&error))?,
    })
}

/// Asks somebody to sign in again who sent a form; what was typed is kept on the page.
pub(super) fn interrupted(to: String, draft: String) -> Response {
    kept(to, draft, Why::SignedOut)
}

/// The same of somebody who is signed in, and not lately enough for what was sent.
pub(super) fn too_long_ago(to: String, draft: String) -> Response {
    kept(to, draft, Why::TooLongAgo)
}

fn kept(to: String, draft: String, why: Why) -> Response {
    let page = Page {
        chrome: Chrome::of_nobody(t("サインイン", "Sign in")),
        to,
        draft,
        account: String::new(),
        fault: None,
        calm: why.said(),
        why,
        is_new: false,
    };
    match shown_as(StatusCode::UNAUTHORIZED, &page) {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

/// Where somebody signs in again before a list is taken out, from where it goes on to the list.
pub(super) fn again_for(to: &str) -> String {
    let query = serde_html_form::to_string([("to", to), ("again", "1")]).unwrap_or_default();
    format!("/sign-in?{query}")
}

/// What a password is.
enum Judged {
    /// The account's, which is open.
    Right,
    /// Not the account's, or the account is closed.
    Wrong,
    /// No account has the name.
    Unknown,
}

async fn judged(site: &Site, account: &Actor, password: &str) -> Result<Judged, Refusal> {
    let stored = site.sign_ins.password(account).await;
    let stored = stored.map_err(|error| Refusal::internal(&error))?;
    // Longer ones are never stored, and hashing them would only take time.
    let given = if is_too_long(password) { "" } else { password };
    let right = is_right(given, stored).await;
    let right = right.map_err(|error| Refusal::internal(&error))?;
    let known = site.account_of(account).await?;
    Ok(match (right, known.role, known.name) {
        (true, Some(_), _) => Judged::Right,
        (_, _, Some(_)) => Judged::Wrong,
        (_, _, None) => Judged::Unknown,
    })
}

/// Begins a session of somebody whose password was right, there where they are, and gives the browser its cookie.
pub(super) async fn begin(
    site: &Site,
    (account, place): (&Actor, &Place),
    jar: CookieJar,
) -> Result<(CookieJar, Arrived), Refusal> {
    let secret = Secret::new(site.random.as_ref()).map_err(|error| Refusal::internal(&error))?;
    let (digest, now) = (secret.digest(), site.now());
    let forgotten = site.sign_ins.forget(lasting::before(now, lasting::WHOLE));
    forgotten.await.map_err(|error| Refusal::internal(&error))?;
    let begun = site.sign_ins.begin(&digest, account, now).await;
    begun.map_err(|error| Refusal::internal(&error))?;
    let noted = site.sign_ins.begun_at(&digest, place).await;
    noted.map_err(|error| Refusal::internal(&error))?;
    let known = site.account_of(account).await?;
    let jar = jar.add(cookie(site, &secret));
    let arrived = Arrived {
        account: account.clone(),
        role: known.role.ok_or_else(Refusal::stale)?,
        secret,
        begun_at: now,
        is_signed_in: false,
    };
    Ok((jar, arrived))
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn out(
    State(site): State<Arc<Site>>,
    jar: CookieJar,
    sent: Sent<Nothing, Arrived>,
) -> Result<Response, Refusal> {
    let Nothing {} = sent.fields;
    let ended = site.sign_ins.end(&sent.sender.session()).await;
    ended.map_err(|error| Refusal::internal(&error))?;
    tracing::info!(account = %sent.sender.account, "signed out");
    let jar = jar.add(no_cookie(&site));
    Ok((jar, Redirect::to("/sign-in")).into_response())
}

/// The address of a page of the sign-in, from which it goes on to another.
pub(super) fn going_on_to(path: &str, to: &str) -> String {
    let query = serde_html_form::to_string([("to", to)]).unwrap_or_default();
    format!("{path}?{query}")
}

/// A path of this program; anything else would lead a browser to another site.
pub(super) fn own_path(to: &str) -> &str {
    let plain = |c: char| c.is_ascii_graphic() && c != '\\';
    let is_own = to.starts_with('/') && !to.starts_with("//") && to.chars().all(plain);
    if is_own { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn signing_in_leads_to_no_other_site() {
        for own in ["/", "/children/C001?as_of=2024-03-31"] {
            assert_eq!(own_path(own), own);
        }
        for other in [
            "",
            "children",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/対象者",
        ] {
            assert_eq!(own_path(other), "/", "{other}");
        }
    }
}
