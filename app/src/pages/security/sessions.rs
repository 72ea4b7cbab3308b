//! The account's own sessions: where each began, and a way to end all but this one.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_core::sign_in::OwnSession;

use super::super::door::Arrived;
use super::super::fault::Refusal;
use super::super::form::Sent;
use super::super::language::{current, t};
use super::super::sign_in::Nothing;
use super::super::site::Site;
use super::{ENDED, must_be_signed_in};
use crate::render;
use crate::sign_in::lasting;

/// A session.
pub(super) struct Line {
    /// On which browser and system.
    pub(super) device: String,
    /// From which address.
    pub(super) address: String,
    pub(super) begun: String,
    pub(super) seen: String,
    /// It is the one in which the page is shown.
    pub(super) is_this: bool,
    /// The password was given, and what else is asked for was not shown yet.
    pub(super) is_half: bool,
}

/// The sessions of whoever is here that are not over, the one used last first.
pub(super) async fn of(site: &Site, arrived: &Arrived) -> Result<Vec<Line>, Refusal> {
    let this = arrived.session();
    let sessions = site.sign_ins.sessions(&arrived.account, &this).await;
    let sessions = sessions.map_err(|error| Refusal::internal(&error))?;
    let going_on = sessions
        .into_iter()
        .filter(|one| !lasting::is_over(&one.session, site.now()));
    Ok(going_on.map(line).collect())
}

fn line(one: OwnSession) -> Line {
    let unknown = || t("不明", "not known").to_owned();
    let known = |text: String| if text.is_empty() { unknown() } else { text };
    Line {
        device: known(one.place.device),
        address: known(one.place.address),
        begun: render::minute(one.session.begun_at, current()),
        seen: render::minute(one.session.seen_at, current()),
        is_this: one.is_this,
        is_half: one.session.proven_for.is_none(),
    }
}

/// Ends every session of the account but this one.
pub(super) async fn end_others(
    State(site): State<Arc<Site>>,
    sent: Sent<Nothing, Arrived>,
) -> Result<Response, Refusal> {
    let Nothing {} = sent.fields;
    let arrived = sent.sender;
    must_be_signed_in(&arrived)?;
    let session = arrived.session();
    let ended = site.sign_ins.end_others(&arrived.account, &session).await;
    ended.map_err(|error| Refusal::internal(&error))?;
    tracing::info!(account = %arrived.account, "signed out everywhere else");
    Ok(Redirect::to(&format!("/security?done={ENDED}")).into_response())
}
