//! サインインの確認: after the password, a code of an app or a passkey.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use ledger_core::code::SecondFactor;
use ledger_core::sign_in::{Purpose, Secret};
use serde::Deserialize;

use super::chrome::Chrome;
use super::door::{Arrived, SignedIn, cookie};
use super::fault::{Refusal, shown, shown_as};
use super::form::{Query, Sent};
use super::host::Host;
use super::language::t;
use super::resume::resumed;
use super::route::Route;
use super::sign_in::{Nothing, going_on_to, own_path};
use super::site::Site;
use crate::fault::execute_failure;
use crate::sign_in::codes;
use crate::sign_in::lasting::{self, CHALLENGE};
use crate::sign_in::passkeys::{PasskeyError, Passkeys};
use crate::sign_in::second::{Registered, is_required};

#[derive(Template)]
#[template(path = "second.html")]
struct Page {
    chrome: Chrome,
    to: String,
    /// What was typed before the sign-in, sent along.
    draft: String,
    has_codes: bool,
    passkeys: Here,
    fault: Option<String>,
}

/// Whether the browser can be asked for a passkey on this page.
pub(super) enum Here {
    /// It can.
    Yes,
    /// At another address alone.
    At(String),
    /// Not at all, or the account has none.
    No,
}

impl Here {
    /// By the address that a request names as its host.
    pub(super) fn of(passkeys: Option<&Passkeys>, host: Option<&str>) -> Self {
        match (passkeys, host) {
            (Some(passkeys), Some(host)) if passkeys.is_here(host) => Self::Yes,
            (Some(passkeys), _) => Self::At(passkeys.address().to_owned()),
            (None, _) => Self::No,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    to: String,
    #[serde(default)]
    draft: String,
    /// A code of an app.
    #[serde(default)]
    code: String,
    /// A browser's answer with a passkey, JSON.
    #[serde(default)]
    credential: String,
}

/// The page and its forms.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::both("/sign-in/second", page, send).with_draft(),
        Route::form("/sign-in/second/challenge", challenge),
    ]
}

/// The address of the page, from which it goes on to another.
pub(super) fn address(to: &str) -> String {
    going_on_to("/sign-in/second", to)
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    host: Host,
    Query(asked): Query<Asked>,
    arrived: Arrived,
) -> Result<Response, Refusal> {
    let to = own_path(&asked.to).to_owned();
    if arrived.is_signed_in {
        return Ok(Redirect::to(&to).into_response());
    }
    let registered = registered(&site, &arrived).await?;
    if registered.is_nothing() {
        // Perhaps the rule changed since the password was given.
        if is_required(site.open.open.store.as_ref(), arrived.role).await? {
            return Ok(Redirect::to(&super::security::address(&to)).into_response());
        }
        record(&site, &arrived, None).await?;
        prove(&site, &arrived).await?;
        return Ok(Redirect::to(&to).into_response());
    }
    let here = Here::of(site.passkeys.as_ref(), host.name());
    shown(&asking(&arrived, &registered, here, (to, String::new())))
}

fn asking(
    arrived: &Arrived,
    registered: &Registered,
    here: Here,
    (to, draft): (String, String),
) -> Page {
    let any = !registered.passkeys.is_empty();
    Page {
        chrome: Chrome::of_arrived(t("サインインの確認", "Confirm the sign-in"), arrived),
        to,
        draft,
        has_codes: registered.codes,
        passkeys: if any { here } else { Here::No },
        fault: None,
    }
}

/// What comes after the right password.
///
/// # Errors
/// [`Refusal`] when the ledger or the sign-ins fail.
pub(super) async fn after_password(
    site: &Site,
    arrived: Arrived,
    host: Option<&str>,
    (to, draft): (String, String),
) -> Result<Response, Refusal> {
    let registered = registered(site, &arrived).await?;
    if !registered.is_nothing() {
        let here = Here::of(site.passkeys.as_ref(), host);
        return shown(&asking(&arrived, &registered, here, (to, draft)));
    }
    if is_required(site.open.open.store.as_ref(), arrived.role).await? {
        return super::security::asked(site, &arrived, host, (&to, &draft)).await;
    }
    // The cookie is of just now: nobody had it before the password.
    record(site, &arrived, None).await?;
    prove(site, &arrived).await?;
    on(site, &arrived.signed_in(site).await?, (&to, &draft)).await
}

/// Takes a code or a passkey.
pub(super) async fn send(
    State(site): State<Arc<Site>>,
    host: Host,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let (arrived, given) = (sent.sender, sent.fields);
    let to = own_path(&given.to).to_owned();
    if arrived.is_signed_in {
        let signed_in = arrived.signed_in(&site).await?;
        return on(&site, &signed_in, (&to, &given.draft)).await;
    }
    let (status, fault) = match judged(&site, &arrived, &given).await? {
        Judged::Right(second) => {
            let (signed_in, cookie) = complete(&site, arrived, second).await?;
            let next = on(&site, &signed_in, (&to, &given.draft)).await;
            // They are signed in all the same.
            let next = next.unwrap_or_else(Refusal::into_response);
            return Ok((CookieJar::new().add(cookie), next).into_response());
        },
        Judged::Wrong(fault) => (StatusCode::UNPROCESSABLE_ENTITY, fault),
        Judged::TooOften => (StatusCode::TOO_MANY_REQUESTS, too_often()),
    };
    tracing::warn!(account = %arrived.account, "a second factor was refused");
    let registered = registered(&site, &arrived).await?;
    let here = Here::of(site.passkeys.as_ref(), host.name());
    let mut page = asking(&arrived, &registered, here, (to, given.draft));
    page.fault = Some(fault.to_owned());
    shown_as(status, &page)
}

/// What was shown.
enum Judged {
    Right(SecondFactor),
    Wrong(&'static str),
    TooOften,
}

pub(super) fn too_often() -> &'static str {
    t(
        "試した回数が多すぎます。1分ほど待ってから、もう一度試してください。",
        "Too many tries. Wait a minute, then try again.",
    )
}

async fn judged(site: &Site, arrived: &Arrived, given: &Given) -> Result<Judged, Refusal> {
    if !site.second_tries.take(&arrived.account) {
        return Ok(Judged::TooOften);
    }
    if given.credential.is_empty() {
        return code(site, arrived, &given.code).await;
    }
    passkey(site, arrived, &given.credential).await
}

async fn code(site: &Site, arrived: &Arrived, typed: &str) -> Result<Judged, Refusal> {
    let (account, internal) = (&arrived.account, |error| Refusal::internal(&error));
    let secret = site.sign_ins.codes(account).await.map_err(internal)?;
    let Some(secret) = secret else {
        return Ok(Judged::Wrong(t(
            "認証アプリのコードは使えません。システム管理者に、登録のやり直しを頼んでください。",
            "Codes cannot be used. Ask the system administrator to have them registered anew.",
        )));
    };
    let used = match codes::step_of(&secret, typed, site.now()) {
        Some(step) => site
            .sign_ins
            .use_code(account, step)
            .await
            .map_err(internal)?,
        None => false,
    };
    if used {
        return Ok(Judged::Right(SecondFactor::OneTimeCode));
    }
    site.sign_ins.wrong_code(account).await.map_err(internal)?;
    Ok(Judged::Wrong(wrong_code()))
}

pub(super) fn wrong_code() -> &'static str {
    t(
        "コードが違うか、もう使われています。アプリに表示されている新しい6桁を入力してください。",
        "The code is wrong or was used. Type the six digits that the app shows now.",
    )
}

async fn passkey(site: &Site, arrived: &Arrived, answer: &str) -> Result<Judged, Refusal> {
    let internal = |error| Refusal::internal(&error);
    let wrong = Judged::Wrong(t(
        "パスキーを確かめられませんでした。もう一度試してください。",
        "The passkey could not be checked. Try again.",
    ));
    let (session, now) = (arrived.session(), site.now());
    let state = site
        .sign_ins
        .take_challenge((&session, Purpose::Passkey), now);
    let (Some(passkeys), Some(state)) = (&site.passkeys, state.await.map_err(internal)?) else {
        return Ok(wrong);
    };
    let has = site.sign_ins.passkeys(&arrived.account).await;
    match passkeys.shown((&state, answer), &has.map_err(internal)?) {
        Ok(used) => {
            let kept = (used.id.as_str(), used.credential.as_str());
            let noted = site.sign_ins.passkey_used(&arrived.account, kept);
            noted.await.map_err(internal)?;
            Ok(Judged::Right(SecondFactor::Passkey))
        },
        Err(PasskeyError::Answer(_) | PasskeyError::Unreadable(_)) => Ok(wrong),
        Err(error @ PasskeyError::Kept(_)) => Err(Refusal::internal(&error)),
    }
}

/// Asks the browser for a passkey of whoever has arrived: JSON for its script.
pub(super) async fn challenge(
    State(site): State<Arc<Site>>,
    sent: Sent<Nothing, Arrived>,
) -> Result<Response, Refusal> {
    let Nothing {} = sent.fields;
    let (arrived, internal) = (sent.sender, |error| Refusal::internal(&error));
    let passkeys = site.passkeys.as_ref().ok_or_else(Refusal::not_found)?;
    let has = site.sign_ins.passkeys(&arrived.account).await;
    let asked = passkeys.ask(&has.map_err(internal)?);
    let asked = asked.map_err(|error| Refusal::internal(&error))?;
    let until = lasting::after(site.now(), CHALLENGE);
    let kept = (&arrived.session(), Purpose::Passkey);
    let kept = site.sign_ins.challenge(kept, &asked.state, until);
    kept.await.map_err(internal)?;
    Ok(json(asked.asked))
}

/// An answer for a script.
pub(super) fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

/// What an account registered besides its password.
///
/// # Errors
/// [`Refusal`] when the sign-ins fail.
pub(super) async fn registered(site: &Site, arrived: &Arrived) -> Result<Registered, Refusal> {
    let registered = Registered::of(&site.sign_ins, &arrived.account).await;
    registered.map_err(|error| Refusal::internal(&error))
}

/// Signs somebody in who showed a second factor; that is an event before it is so. Their cookie is a new one:
/// whoever knew the one from before the second factor is not signed in by it.
///
/// # Errors
/// [`Refusal`] when the event cannot be written, or the sign-ins fail.
pub(super) async fn complete(
    site: &Site,
    arrived: Arrived,
    second: SecondFactor,
) -> Result<(SignedIn, Cookie<'static>), Refusal> {
    let internal = |error| Refusal::internal(&error);
    record(site, &arrived, Some(second)).await?;
    let secret = Secret::new(site.random.as_ref()).map_err(|error| Refusal::internal(&error))?;
    let (old, new) = (arrived.session(), secret.digest());
    let renewed = site.sign_ins.renew(&old, &new).await;
    renewed.map_err(internal)?;
    let cookie = cookie(site, &secret);
    let arrived = Arrived { secret, ..arrived };
    prove(site, &arrived).await?;
    Ok((arrived.signed_in(site).await?, cookie))
}

async fn record(
    site: &Site,
    arrived: &Arrived,
    second: Option<SecondFactor>,
) -> Result<(), Refusal> {
    let envelope = site.envelope(&arrived.account, arrived.role);
    let recorded = site.open.ledger.record_session(second, &envelope).await;
    recorded.map_err(|error| execute_failure(&error))?;
    tracing::info!(account = %arrived.account, "signed in");
    Ok(())
}

async fn prove(site: &Site, arrived: &Arrived) -> Result<(), Refusal> {
    let session = arrived.session();
    let proven = site.sign_ins.prove(&session, arrived.role, site.now());
    proven.await.map_err(|error| Refusal::internal(&error))
}

/// Where somebody goes on who has signed in: to what they typed before, or to a page.
///
/// # Errors
/// [`Refusal`] where what was typed is no form, or somebody else's.
pub(super) async fn on(
    site: &Site,
    signed_in: &SignedIn,
    (to, draft): (&str, &str),
) -> Result<Response, Refusal> {
    if draft.is_empty() {
        return Ok(Redirect::to(to).into_response());
    }
    resumed(site, signed_in, to, draft).await
}
