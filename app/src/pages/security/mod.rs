//! サインインの設定: what somebody signs in with besides the password; they alone change it.

mod codes;
mod confirm;
mod passkeys;
mod password;
mod sessions;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use ledger_core::code::{SecondFactor, SignInChange};
use ledger_core::event::SignInChanged;
use ledger_core::sign_in::{Digest, Last, Removal, SignInError};
use ledger_core::time::Timestamp;
use serde::Deserialize;

use super::chrome::Chrome;
use super::door::Arrived;
use super::fault::{Fault, Refusal, shown};
use super::form::{Query, Sent};
use super::host::Host;
use super::language::{current, t, term};
use super::route::Route;
use super::second::{Here, complete, on, registered};
use super::sign_in::{going_on_to, own_path};
use super::site::Site;
use crate::fault::execute_failure;
use crate::render;
use crate::sign_in::lasting;
use crate::sign_in::password::CHARACTERS_MIN;
use crate::sign_in::second::{Registered, is_required};

#[derive(Template)]
#[template(path = "security.html")]
struct Page {
    chrome: Chrome,
    /// It goes on here, once something is registered that must be.
    to: String,
    /// What was typed before the sign-in, sent along.
    draft: String,
    standing: Standing,
    here: Here,
    new_codes: Option<codes::NewCodes>,
    label: String,
    done: Option<String>,
    fault: Option<Fault>,
    characters_min: usize,
}

impl Page {
    /// Whether what is wrong is wrong with a field.
    fn is_wrong(&self, field: &str) -> bool {
        self.fault
            .as_ref()
            .is_some_and(|fault| fault.field == field)
    }

    /// What stands above what is wrong.
    fn not_done(&self) -> &'static str {
        if ["code", "label"].iter().any(|field| self.is_wrong(field)) {
            t("まだ登録していません", "It is not registered yet")
        } else {
            t("パスワードを変えていません", "The password was not changed")
        }
    }
}

/// How somebody stands.
struct Standing {
    asked: AskedFor,
    /// They signed in lately enough to change something.
    recent: bool,
    codes: bool,
    passkeys: Vec<Line>,
    /// Where the account is signed in; nothing before all was shown that the role asks for.
    sessions: Vec<sessions::Line>,
    /// Tokens with which programs act as the account: each its name, and until when.
    tokens: Vec<(String, String)>,
}

/// Whether a second factor is asked for.
enum AskedFor {
    /// The role signs in without.
    No,
    /// The role asks for one.
    Yes,
    /// The role asks for one, and they must register it now.
    Now,
}

/// A passkey.
struct Line {
    id: String,
    label: String,
    added: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
    /// What was done just now.
    #[serde(default)]
    done: String,
}

#[derive(Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    to: String,
    #[serde(default)]
    draft: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    credential: String,
    #[serde(default)]
    label: String,
    /// Of the passkey that is removed.
    #[serde(default)]
    id: String,
    /// The present password.
    #[serde(default)]
    old: String,
    /// Not empty where the page was shown that says what follows, and asks for the password.
    #[serde(default)]
    shown: String,
    /// The new password, twice.
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// Says that the other sessions were ended.
const ENDED: &str = "ended-others";

/// The page and its forms.
pub(super) fn routes() -> Vec<Route> {
    let all = [
        Route::page("/security", page),
        Route::form("/security/codes", codes::register),
        Route::form("/security/codes/new", codes::show),
        Route::form("/security/codes/remove", codes::remove),
        Route::form("/security/passkeys", passkeys::add),
        Route::form("/security/passkeys/challenge", passkeys::challenge),
        Route::form("/security/passkeys/remove", passkeys::remove),
        Route::form("/security/password", password::change),
        Route::form("/security/sessions/end", sessions::end_others),
    ];
    all.into_iter().map(Route::with_draft).collect()
}

/// Sends somebody here who must register something before they go on; what was typed comes along.
///
/// # Errors
/// [`Refusal`] when the ledger or the sign-ins fail.
pub(super) async fn asked(
    site: &Site,
    arrived: &Arrived,
    host: Option<&str>,
    (to, draft): (&str, &str),
) -> Result<Response, Refusal> {
    if draft.is_empty() {
        return Ok(Redirect::to(&address(to)).into_response());
    }
    shown(&made(site, arrived, host, (to, draft)).await?)
}

/// The address of the page, from which it goes on to another.
pub(super) fn address(to: &str) -> String {
    going_on_to("/security", to)
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    host: Host,
    Query(asked): Query<Asked>,
    arrived: Arrived,
) -> Result<Response, Refusal> {
    let mut page = made(&site, &arrived, host.name(), (&asked.to, "")).await?;
    page.done = done(&asked.done);
    shown(&page)
}

/// What was done just now, by its code.
fn done(code: &str) -> Option<String> {
    if code == ENDED {
        let ended = t(
            "ほかの端末からサインアウトしました。",
            "You are signed out everywhere else.",
        );
        return Some(ended.to_owned());
    }
    let change: SignInChange = code.parse().ok()?;
    let changed = term(change.code(), change.ja());
    Some(format!("{}{changed}", t("変更しました：", "Changed: ")))
}

/// Refuses whoever has still to show a second factor.
fn must_be_signed_in(arrived: &Arrived) -> Result<(), Refusal> {
    if arrived.is_signed_in {
        return Ok(());
    }
    let to = "/security".to_owned();
    Err(Refusal::SecondFactor { to })
}

/// The page of somebody who has arrived, and may be here: who registered something shows that first.
async fn made(
    site: &Site,
    arrived: &Arrived,
    host: Option<&str>,
    (to, draft): (&str, &str),
) -> Result<Page, Refusal> {
    let registered = may_be_here(site, arrived, (to, draft)).await?;
    let required = is_required(site.open.open.store.as_ref(), arrived.role).await?;
    let title = t("サインインの設定", "Sign-in settings");
    Ok(Page {
        chrome: Chrome::of_arrived(title, arrived),
        to: own_path(to).to_owned(),
        draft: draft.to_owned(),
        here: Here::of(site.passkeys.as_ref(), host),
        standing: Standing {
            asked: match (required, registered.is_nothing()) {
                (false, _) => AskedFor::No,
                (true, false) => AskedFor::Yes,
                (true, true) => AskedFor::Now,
            },
            recent: lasting::is_recent(arrived.begun_at, site.now()),
            codes: registered.codes,
            passkeys: registered.passkeys.into_iter().map(line).collect(),
            sessions: if arrived.is_signed_in {
                sessions::of(site, arrived).await?
            } else {
                Vec::new()
            },
            tokens: tokens(site, arrived).await?,
        },
        new_codes: None,
        label: String::new(),
        done: None,
        fault: None,
        characters_min: CHARACTERS_MIN,
    })
}

/// The account's tokens that are not over. Who made one is an event; here its owner learns that there is one.
async fn tokens(site: &Site, arrived: &Arrived) -> Result<Vec<(String, String)>, Refusal> {
    let tokens = site.sign_ins.tokens(&arrived.account).await;
    let tokens = tokens.map_err(|error| Refusal::internal(&error))?;
    let going_on = tokens.into_iter().filter(|one| one.until > site.now());
    let told = going_on.map(|one| {
        let until = one.until.in_japan().format("%Y-%m-%d %H:%M");
        (one.name, until.to_string())
    });
    Ok(told.collect())
}

fn line(passkey: ledger_core::sign_in::StoredPasskey) -> Line {
    let added = render::day(passkey.added_at.day_in_japan(), current());
    Line {
        id: passkey.id,
        label: passkey.label,
        added,
    }
}

/// What is registered; whoever registered something and has not shown it is sent to show it.
async fn may_be_here(
    site: &Site,
    arrived: &Arrived,
    (to, draft): (&str, &str),
) -> Result<Registered, Refusal> {
    let registered = registered(site, arrived).await?;
    if arrived.is_signed_in || registered.is_nothing() {
        return Ok(registered);
    }
    let to = own_path(to).to_owned();
    Err(keeping(
        (&to, draft),
        Refusal::SecondFactor { to: to.clone() },
    ))
}

/// The same for a change, which needs a sign-in of just now.
async fn may_change(
    site: &Site,
    arrived: &Arrived,
    went: (&str, &str),
) -> Result<Registered, Refusal> {
    let registered = may_be_here(site, arrived, went).await?;
    if lasting::is_recent(arrived.begun_at, site.now()) {
        return Ok(registered);
    }
    Err(keeping(went, not_recent()))
}

/// Why something is not done; where what was typed came along, a sign-in that brings it here again.
fn keeping((to, draft): (&str, &str), refusal: Refusal) -> Refusal {
    if draft.is_empty() {
        return refusal;
    }
    Refusal::SignIn {
        to: own_path(to).to_owned(),
        draft: draft.to_owned(),
    }
}

/// A change that somebody sends who may make it.
struct Change {
    arrived: Arrived,
    given: Given,
    registered: Registered,
    /// The session in which it is made.
    session: Digest,
    now: Timestamp,
}

impl Change {
    async fn of(site: &Site, sent: Sent<Given, Arrived>) -> Result<Self, Refusal> {
        let (arrived, given) = (sent.sender, sent.fields);
        let registered = may_change(site, &arrived, (&given.to, &given.draft)).await?;
        Ok(Self {
            registered,
            session: arrived.session(),
            now: site.now(),
            arrived,
            given,
        })
    }

    /// The page as it was before.
    async fn page(&self, site: &Site, host: &Host) -> Result<Page, Refusal> {
        let went = (&*self.given.to, &*self.given.draft);
        made(site, &self.arrived, host.name(), went).await
    }

    /// Something was registered: whoever had to goes on, everybody else sees it listed.
    async fn done(
        self,
        site: &Site,
        (second, change): (SecondFactor, SignInChange),
    ) -> Result<Response, Refusal> {
        if self.arrived.is_signed_in {
            return Ok(back(change));
        }
        let (signed_in, cookie) = complete(site, self.arrived, second).await?;
        let went = (own_path(&self.given.to), &*self.given.draft);
        let next = on(site, &signed_in, went).await;
        // They are signed in all the same.
        let next = next.unwrap_or_else(Refusal::into_response);
        Ok((CookieJar::new().add(cookie), next).into_response())
    }
}

/// What is signed in with is changed by who signed in just now.
fn not_recent() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        t("サインインし直してください", "Sign in again first"),
        t(
            "サインインの設定は、サインインから10分以内に変えられます。何も変えていません。",
            "What you sign in with can be changed within ten minutes of signing in. Nothing was changed.",
        ),
        t(
            "サインアウトしてサインインし直し、もう一度開いてください。",
            "Sign out, sign in and open the page again.",
        ),
    )
}

/// What is registered, and whether the last of it may go: the one that the role asks for stays.
async fn may_remove(site: &Site, arrived: &Arrived) -> Result<(Registered, Last), Refusal> {
    let registered = may_change(site, arrived, ("/", "")).await?;
    if !is_required(site.open.open.store.as_ref(), arrived.role).await? {
        return Ok((registered, Last::MayGo));
    }
    if registered.number() <= 1 {
        return Err(last_one());
    }
    Ok((registered, Last::Stays))
}

fn last_one() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        t("最後の一つは削除できません", "The last one stays"),
        t(
            "この役割のサインインには二つ目の確認が必要です。何も変えていません。",
            "This role signs in with a second factor. Nothing was changed.",
        ),
        t(
            "ほかの方法を登録してから、削除してください。",
            "Register another one first, then remove this.",
        ),
    )
}

/// Says what came of a removal.
fn removed(
    removal: Result<Removal, SignInError>,
    change: SignInChange,
) -> Result<Response, Refusal> {
    match removal.map_err(|error| Refusal::internal(&error))? {
        Removal::Done | Removal::NotThere => Ok(back(change)),
        Removal::IsLast => Err(last_one()),
    }
}

async fn record(site: &Site, arrived: &Arrived, change: SignInChange) -> Result<(), Refusal> {
    let changed = SignInChanged {
        account: arrived.account.clone(),
        change,
    };
    let envelope = site.envelope(&arrived.account, arrived.role);
    let recorded = site.open.ledger.record_sign_in_change(changed, &envelope);
    recorded.await.map_err(|error| execute_failure(&error))?;
    // Who signed in elsewhere did so with what was registered before.
    let session = arrived.session();
    let ended = site.sign_ins.end_others(&arrived.account, &session).await;
    ended.map_err(|error| Refusal::internal(&error))
}

fn back(change: SignInChange) -> Response {
    Redirect::to(&format!("/security?done={change}")).into_response()
}
