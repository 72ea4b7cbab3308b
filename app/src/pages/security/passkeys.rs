//! Passkeys: asked for, added, removed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_core::code::{SecondFactor, SignInChange};
use ledger_core::sign_in::Purpose;

use super::super::door::Arrived;
use super::super::fault::{Fault, Refusal, shown_as};
use super::super::form::Sent;
use super::super::host::{Client, Host};
use super::super::language::t;
use super::super::second::json;
use super::super::site::Site;
use super::confirm::{self, What};
use super::{Change, Given, may_remove, record, removed};
use crate::sign_in::lasting::{self, CHALLENGE};
use crate::sign_in::passkeys::PasskeyError;

/// Most characters of a passkey's name.
const LABEL_MAX: usize = 40;

/// Asks the browser for a new passkey: JSON for its script.
pub(super) async fn challenge(
    State(site): State<Arc<Site>>,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let change = Change::of(&site, sent).await?;
    let passkeys = site.passkeys.as_ref().ok_or_else(Refusal::not_found)?;
    let account = &change.arrived.account;
    let id = site
        .open
        .ledger
        .id()
        .derive("passkey-owner", &[account.as_str()]);
    let asked = passkeys.ask_new((id, account), &change.registered.passkeys);
    let asked = asked.map_err(|error| Refusal::internal(&error))?;
    let until = lasting::after(change.now, CHALLENGE);
    let kept = (&change.session, Purpose::NewPasskey);
    let kept = site.sign_ins.challenge(kept, &asked.state, until);
    kept.await.map_err(|error| Refusal::internal(&error))?;
    Ok(json(asked.asked))
}

/// Adds the passkey with which the browser answered.
pub(super) async fn add(
    State(site): State<Arc<Site>>,
    host: Host,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let change = Change::of(&site, sent).await?;
    let internal = |error| Refusal::internal(&error);
    let passkeys = site.passkeys.as_ref().ok_or_else(Refusal::not_found)?;
    let kept = (&change.session, Purpose::NewPasskey);
    let state = site.sign_ins.take_challenge(kept, change.now).await;
    let state = state.map_err(internal)?.unwrap_or_default();
    let label = named(&change.given.label);
    match passkeys.added((&state, &change.given.credential), &label, change.now) {
        Ok(passkey) => {
            record(&site, &change.arrived, SignInChange::PasskeyAdded).await?;
            let account = &change.arrived.account;
            let added = site.sign_ins.add_passkey(account, &passkey).await;
            if !added.map_err(internal)? {
                return Err(taken());
            }
            let registered = (SecondFactor::Passkey, SignInChange::PasskeyAdded);
            change.done(&site, registered).await
        },
        Err(error) => {
            if matches!(error, PasskeyError::Kept(_)) && !state.is_empty() {
                return Err(Refusal::internal(&error));
            }
            let mut page = change.page(&site, &host).await?;
            page.label = label;
            page.fault = Some(Fault {
                field: "label",
                message: t(
                    "パスキーを登録できませんでした。もう一度試してください。",
                    "The passkey was not registered. Try again.",
                )
                .to_owned(),
            });
            shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        },
    }
}

/// Removes a passkey.
pub(super) async fn remove(
    State(site): State<Arc<Site>>,
    Client(from): Client,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let (arrived, given) = (sent.sender, sent.fields);
    let (registered, _) = may_remove(&site, &arrived).await?;
    let own = registered.passkeys.iter().find(|one| one.id == given.id);
    if let Some(own) = own {
        let (whose, what) = ((&arrived, &given, &registered), What::Passkey(&own.label));
        if let Some(asked) = confirm::asked(&site, from, whose, what).await? {
            return Ok(asked);
        }
    }
    let id = given.id;
    let _alone = site.removals.lock().await;
    let (registered, last) = may_remove(&site, &arrived).await?;
    if !registered.passkeys.iter().any(|one| one.id == id) {
        return Ok(Redirect::to("/security").into_response());
    }
    record(&site, &arrived, SignInChange::PasskeyRemoved).await?;
    let removal = site.sign_ins.remove_passkey(&arrived.account, &id, last);
    removed(removal.await, SignInChange::PasskeyRemoved)
}

/// A device makes each credential anew; one that is there already was sent by no device.
fn taken() -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        t(
            "パスキーを登録できませんでした",
            "The passkey was not registered",
        ),
        t(
            "同じパスキーがすでに登録されています。",
            "The same passkey is registered already.",
        ),
        t("もう一度登録してください。", "Register it once more."),
    )
}

/// The name that its owner gives it.
fn named(typed: &str) -> String {
    let label: String = typed.trim().chars().take(LABEL_MAX).collect();
    if label.is_empty() {
        return t("名前のないパスキー", "unnamed passkey").to_owned();
    }
    label
}
