//! The one-time link with which somebody sets their password.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use ledger_core::actor::{Actor, Role};
use ledger_core::code::SignInChange;
use ledger_core::event::SignInChanged;
use ledger_core::sign_in::Secret;
use serde::Deserialize;

use super::chrome::Chrome;
use super::fault::{Fault, Refusal, shown, shown_as};
use super::form::Open;
use super::host::{Came, Host};
use super::language::{current, t};
use super::second::after_password;
use super::sign_in;
use super::site::Site;
use crate::fault::execute_failure;
use crate::sign_in::password::{self, CHARACTERS_MIN};

#[derive(Template)]
#[template(path = "invitation.html")]
struct Page<'a> {
    chrome: Chrome,
    account: &'a Actor,
    fault: Option<Fault>,
    characters_min: usize,
}

#[derive(Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let (_, account, _) = invited(&site, &secret).await?;
    shown(&asking(&account, None))
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    Path(secret): Path<String>,
    (came, host): (Came, Host),
    jar: CookieJar,
    Open(given): Open<Given>,
) -> Result<Response, Refusal> {
    let (secret, account, role) = invited(&site, &secret).await?;
    if let Some(fault) = fault((&given.password, &given.again), &account) {
        let page = asking(&account, Some(fault));
        return shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let hash = password::hash(&given.password, site.random.as_ref()).await;
    let hash = hash.map_err(|error| Refusal::internal(&error))?;
    let changed = SignInChanged {
        account: account.clone(),
        change: SignInChange::PasswordSet,
    };
    let envelope = site.envelope(&account, role);
    let recorded = site.open.ledger.record_sign_in_change(changed, &envelope);
    recorded.await.map_err(|error| execute_failure(&error))?;
    let accepted = site
        .sign_ins
        .accept(&secret.digest(), &hash, site.now())
        .await;
    let accepted = accepted.map_err(|error| Refusal::internal(&error))?;
    let account = accepted.ok_or_else(over)?;
    let (jar, arrived) = sign_in::begin(&site, (&account, &came.place), jar).await?;
    let goes_on = ("/".to_owned(), String::new());
    let next = after_password(&site, arrived, host.name(), goes_on).await?;
    Ok((jar, next).into_response())
}

fn asking(account: &Actor, fault: Option<Fault>) -> Page<'_> {
    Page {
        chrome: Chrome::of_nobody(t("パスワードを決める", "Set your password")),
        account,
        fault,
        characters_min: CHARACTERS_MIN,
    }
}

/// Why a new password, typed twice, is not taken for an account; at the fields `password` and `again`.
pub(super) fn fault((typed, again): (&str, &str), account: &Actor) -> Option<Fault> {
    if let Err(weak) = password::check(typed, account) {
        let message = weak.text().lang(current()).to_owned();
        return Some(Fault {
            field: "password",
            message,
        });
    }
    let same = typed == again;
    (!same).then(|| Fault {
        field: "again",
        message: t(
            "2回の入力が違っています。もう一度入力してください。",
            "The two are not the same. Type the password again.",
        )
        .to_owned(),
    })
}

/// Whom a link invites, who is in a role: nobody comes in by a closed account.
async fn invited(site: &Site, secret: &str) -> Result<(Secret, Actor, Role), Refusal> {
    let secret = Secret::parse(secret).ok_or_else(over)?;
    let account = site.sign_ins.invited(&secret.digest(), site.now()).await;
    let account = account.map_err(|error| Refusal::internal(&error))?;
    if let Some(account) = account {
        let known = site.account_of(&account).await?;
        let role = known.role.ok_or_else(closed)?;
        return Ok((secret, account, role));
    }
    let replaced = site.sign_ins.is_replaced(&secret.digest()).await;
    let replaced = replaced.map_err(|error| Refusal::internal(&error))?;
    Err(if replaced {
        replaced_by_another()
    } else {
        over()
    })
}

fn replaced_by_another() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        t("このリンクは使えません", "This link cannot be used"),
        t(
            "このあとに新しいリンクが出されたため、使えなくなりました。",
            "A newer link was made since, so this one is worth nothing any more.",
        ),
        t(
            "あとから渡されたリンクを開いてください。見つからないときは、システム管理者に新しいリンクを頼んでください。",
            "Open the link that you were given later. If you cannot find it, ask the system administrator for a new one.",
        ),
    )
}

fn closed() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        t("このリンクは使えません", "This link cannot be used"),
        t(
            "このアカウントは利用終了になっています。",
            "The account is closed.",
        ),
        t(
            "引き続き使うときは、システム管理者に別の名前のアカウントを頼んでください。",
            "If you still need one, ask the system administrator for an account under another name.",
        ),
    )
}

fn over() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        t("このリンクは使えません", "This link cannot be used"),
        t(
            "すでに使われたか、24時間の期限が過ぎています。",
            "It was used already, or its 24 hours are over.",
        ),
        t(
            "システム管理者に、新しい招待のリンクを頼んでください。",
            "Ask the system administrator for a new invitation link.",
        ),
    )
}
