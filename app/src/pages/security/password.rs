//! The password: asked for anew before what anybody signs in with goes, and changed by its owner.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ledger_core::code::SignInChange;

use super::super::door::Arrived;
use super::super::fault::{Fault, Refusal, shown_as};
use super::super::form::Sent;
use super::super::host::{Client, Host};
use super::super::invitation;
use super::super::language::t;
use super::super::second::too_often;
use super::super::site::Site;
use super::{Given, back, made, must_be_signed_in, record};
use crate::sign_in::password::{hash, is_right, is_too_long};

/// Why what was typed is not taken as the present password of whoever is here; none where it is theirs.
pub(super) async fn fault(
    site: &Site,
    from: IpAddr,
    arrived: &Arrived,
    typed: &str,
) -> Result<Option<(StatusCode, &'static str)>, Refusal> {
    if !site.tries.take(from, &arrived.account) {
        return Ok(Some((StatusCode::TOO_MANY_REQUESTS, too_often())));
    }
    let stored = site.sign_ins.password(&arrived.account).await;
    let stored = stored.map_err(|error| Refusal::internal(&error))?;
    // Longer ones are never stored, and hashing them would only take time.
    let typed = if is_too_long(typed) { "" } else { typed };
    let right = is_right(typed, stored).await;
    if right.map_err(|error| Refusal::internal(&error))? {
        return Ok(None);
    }
    tracing::warn!(account = %arrived.account, "a password that was asked for anew was wrong");
    let wrong = t(
        "いまのパスワードが違います。",
        "That is not your present password.",
    );
    Ok(Some((StatusCode::UNPROCESSABLE_ENTITY, wrong)))
}

/// Sets another password for whoever knows the present one; their other sessions end.
pub(super) async fn change(
    State(site): State<Arc<Site>>,
    Client(from): Client,
    host: Host,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let (arrived, given) = (sent.sender, sent.fields);
    must_be_signed_in(&arrived)?;
    if let Some((status, fault)) = wrong(&site, from, &arrived, &given).await? {
        let mut page = made(&site, &arrived, host.name(), ("/security", "")).await?;
        page.fault = Some(fault);
        return shown_as(status, &page);
    }
    let hash = hash(&given.password, site.random.as_ref()).await;
    let hash = hash.map_err(|error| Refusal::internal(&error))?;
    record(&site, &arrived, SignInChange::PasswordSet).await?;
    let session = arrived.session();
    let own = (&arrived.account, &session);
    let kept = site.sign_ins.set_password(own, &hash, site.now()).await;
    kept.map_err(|error| Refusal::internal(&error))?;
    Ok(back(SignInChange::PasswordSet))
}

/// What is wrong with what was typed. The present password is judged last, and costs a try.
async fn wrong(
    site: &Site,
    from: IpAddr,
    arrived: &Arrived,
    given: &Given,
) -> Result<Option<(StatusCode, Fault)>, Refusal> {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let typed = (&*given.password, &*given.again);
    if let Some(fault) = invitation::fault(typed, &arrived.account) {
        return Ok(Some((refused, fault)));
    }
    if given.old == given.password {
        let same = t(
            "いまと同じパスワードです。別のパスワードにしてください。",
            "It is the same as your present password. Choose another one.",
        );
        return Ok(Some((refused, at("password", same))));
    }
    let fault = fault(site, from, arrived, &given.old).await?;
    Ok(fault.map(|(status, said)| (status, at("old", said))))
}

fn at(field: &'static str, said: &str) -> Fault {
    Fault {
        field,
        message: said.to_owned(),
    }
}
