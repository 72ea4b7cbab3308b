//! 緊急閲覧: whoever is not in charge says why the record is opened all the same, for a while.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::Envelope;
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::command::TakeEmergencyAccess;
use ledger_core::actor::Role;
use ledger_core::id::{ChildId, CommandId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::my_number::{self, holds_my_number};
use crate::pages::chrome::{Chrome, Emergency};
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown_as};
use crate::pages::form::{Draft, fields};
use crate::pages::giving::signed_in_again;
use crate::pages::in_charge;
use crate::pages::language::{current, sentence, t};
use crate::pages::numbers::whose;
use crate::pages::site::Site;
use crate::reading::{number_of, running_emergency, the_child};
use crate::sign_in::lasting;

/// How long access is taken, in minutes: long enough to read and call back.
const MINUTES: u32 = 60;

#[derive(Template)]
#[template(path = "person/emergency.html")]
struct Page {
    chrome: Chrome,
    child: String,
    number: String,
    /// Whether somebody could be put in charge, and whether nobody is.
    can_be_in_charge: bool,
    is_nobodys: bool,
    typed: Typed,
    minutes: u32,
    fault: Option<String>,
    /// What is to be known, of which nothing is wrong.
    calm: Option<&'static str>,
}

/// What is typed into the form, as it was typed.
#[derive(Deserialize, Serialize)]
pub(in crate::pages) struct Typed {
    /// Who types.
    #[serde(default)]
    account: String,
    /// An id made with the page.
    #[serde(default)]
    command: String,
    #[serde(default)]
    reason: String,
}

/// What stands above a page about a person while the account has access in an emergency, told why where the page opened
/// the record; nothing where it may open it anyway.
///
/// # Errors
/// [`Refusal`] where the log cannot be read.
pub(in crate::pages) async fn banner(
    site: &Site,
    signed_in: &SignedIn,
    child: ChildId,
    is_opened: bool,
) -> Result<Option<Emergency>, Refusal> {
    if signed_in.role == Role::Manager {
        return Ok(None);
    }
    let whose = (&signed_in.account, child);
    let running = running_emergency(&site.open, whose, site.now(), is_opened).await?;
    Ok(running.map(|taken| Emergency {
        until: taken.until.in_japan().format("%H:%M").to_string(),
        reason: taken.reason.text().map(str::to_owned),
    }))
}

/// The same above a form about whom a number or an id names, which opens nothing; nothing where it names nobody.
///
/// # Errors
/// [`Refusal`] where the log cannot be read.
pub(in crate::pages) async fn banner_of_form(
    site: &Site,
    signed_in: &SignedIn,
    named: &str,
) -> Result<Option<Emergency>, Refusal> {
    match whose(site, named).await? {
        Some(child) => banner(site, signed_in, child, false).await,
        None => Ok(None),
    }
}

/// Whether it was refused as being in charge is missing.
pub(in crate::pages) fn is_unassigned(refused: &Failure) -> bool {
    refused.code == "NO_PERMISSION" && refused.field() == Some("assignment")
}

/// Says that somebody is not in charge of a person, and asks for a reason.
pub(in crate::pages) async fn asked(
    site: &Site,
    signed_in: &SignedIn,
    child: ChildId,
) -> Result<Response, Refusal> {
    let typed = Typed {
        account: signed_in.account.to_string(),
        command: (site.new_id)().to_string(),
        reason: String::new(),
    };
    let page = page(site, signed_in, child, typed).await?;
    shown_as(StatusCode::FORBIDDEN, &page)
}

pub(in crate::pages) async fn send(
    State(site): State<Arc<Site>>,
    Path(child): Path<String>,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.signed_in, sent.fields);
    if !sent.is_own {
        return again(&site, &signed_in, &child, typed).await;
    }
    signed_in.may(Action::TakeEmergencyAccess, Subject::Person)?;
    if !lasting::is_recent(signed_in.begun_at, site.now()) {
        return Err(Refusal::SignInAgain {
            to: format!("/children/{child}/emergency"),
            draft: serde_html_form::to_string(&typed).map_err(|error| Refusal::internal(&error))?,
        });
    }
    let store = site.open.open.store.as_ref();
    let child = the_child(store, site.open.ledger.id(), &child).await?;
    let id = Uuid::try_parse(&typed.command).map_err(|_| Refusal::stale())?;
    let refused = match take(&site, &signed_in, child, (id, &typed.reason)).await {
        Ok(()) => return Ok(Redirect::to(&format!("/children/{child}")).into_response()),
        Err(refused) if refused.field() == Some("reason") => refused,
        Err(refused) => return Err(refused.into()),
    };
    let mut page = page(&site, &signed_in, child, typed).await?;
    page.fault = Some(sentence(refused.message(current())));
    shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The form with the reason that was typed before somebody had to sign in again; nothing is opened yet.
///
/// # Errors
/// [`Refusal`] where that is no such form, somebody else typed it, or the role takes no such access.
pub(in crate::pages) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    child: &str,
    draft: &str,
) -> Result<Response, Refusal> {
    again(site, signed_in, child, fields(draft.as_bytes())?).await
}

async fn again(
    site: &Site,
    signed_in: &SignedIn,
    child: &str,
    typed: Typed,
) -> Result<Response, Refusal> {
    signed_in.must_have_typed(&typed.account)?;
    signed_in.may(Action::TakeEmergencyAccess, Subject::Person)?;
    let (store, ledger) = (site.open.open.store.as_ref(), site.open.ledger.id());
    let child = the_child(store, ledger, child).await?;
    let mut page = page(site, signed_in, child, typed).await?;
    page.calm = Some(signed_in_again());
    shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn take(
    site: &Site,
    signed_in: &SignedIn,
    child: ChildId,
    (id, reason): (Uuid, &str),
) -> Result<(), Failure> {
    if holds_my_number(&ledger_core::text::normal(reason)) {
        return Err(my_number::refused("reason"));
    }
    let decision = TakeEmergencyAccess {
        child,
        minutes: Some(MINUTES),
        reason: Some(reason.to_owned()),
    };
    // Sent twice it is taken once; for another reason it is taken anew.
    let id = CommandId::new(CommandId::new(id).made(&format!("{child} {reason}")));
    let envelope = Envelope::new(id, signed_in.account.clone(), signed_in.role);
    let taken = site.open.ledger.execute(&decision, &envelope).await;
    taken.map(drop).map_err(|error| execute_failure(&error))
}

async fn page(
    site: &Site,
    signed_in: &SignedIn,
    child: ChildId,
    typed: Typed,
) -> Result<Page, Refusal> {
    let number = number_of(site.open.open.store.as_ref(), child).await?;
    Ok(Page {
        chrome: Chrome::of(
            t("担当ではありません", "You are not in charge"),
            signed_in,
            "/children",
        ),
        child: child.to_string(),
        can_be_in_charge: signed_in.role == Role::Staff,
        is_nobodys: in_charge::is_nobody(site, child).await,
        number: number.unwrap_or_else(|| child.to_string()),
        typed,
        minutes: MINUTES,
        fault: None,
        calm: None,
    })
}
