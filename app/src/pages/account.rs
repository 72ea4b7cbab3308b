//! 一つのアカウント: in which role it acts, and what ends with it. An administrator changes the role or closes it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject, account};
use ledger_commands::{Command, Envelope};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::CommandId;
use ledger_projections::caseload::caseload;
use ledger_projections::facts::Facts;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::accounts::may_change;
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Fault, Refusal, shown, shown_as};
use super::form::{Query, Sent, fields};
use super::giving;
use super::language::{current, sentence, t};
use super::site::Site;
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, views_failure};
use crate::reading::Wanted;
use crate::render;
use crate::sign_in::invite::Admitting;

#[derive(Template)]
#[template(path = "account.html")]
struct Page {
    chrome: Chrome,
    name: String,
    /// The path of its history, event by event.
    stream: String,
    /// None: it is closed.
    role: Option<&'static str>,
    /// The roles in which it does not act.
    others: Vec<(&'static str, &'static str)>,
    /// It is that of whoever looks, who changes nothing about it.
    is_own: bool,
    /// Of how many children whose case goes on it is in charge.
    in_charge: usize,
    /// The id of what is recorded, made with the page.
    command: String,
    /// What was done just now, or is to be known.
    done: Option<&'static str>,
    /// Which role was chosen.
    chosen: String,
    fault: Option<Fault>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// What was done just now.
    #[serde(default)]
    done: String,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Typed {
    /// An id made with the page.
    #[serde(default)]
    command: String,
    #[serde(default)]
    role: String,
    /// The account's name typed once more, before it is closed.
    #[serde(default)]
    name: String,
    /// Not empty where it is closed although it is in charge of children.
    #[serde(default)]
    anyway: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let mut page = made(&site, &signed_in, &name).await?;
    page.done = match asked.done.as_str() {
        "role" => Some(t(
            "役割を変えました。この方は、次の操作でサインインし直します。",
            "The role was changed. They sign in again with their next step.",
        )),
        "close" => Some(t(
            "閉じました。サインインとトークンも終わらせました。",
            "It was closed. Its sign-ins and tokens were ended, too.",
        )),
        _ => None,
    };
    shown(&page)
}

pub(super) async fn change_role(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    sent: Sent<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.sender, sent.fields);
    let account = changed(&site, &signed_in, (&name, &typed))?;
    let Some(role) = Role::of_account(&typed.role) else {
        let said = t("新しい役割を選んでください。", "Choose the new role.");
        return again(&site, &signed_in, &name, (typed, fault("role", said))).await;
    };
    let fields = json!({"command": "change-account-role", "role": role});
    let done = give(&site, &signed_in, &account, (&typed, fields)).await;
    told(&site, &signed_in, &account, (typed, "role", done)).await
}

pub(super) async fn close(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    sent: Sent<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.sender, sent.fields);
    let account = changed(&site, &signed_in, (&name, &typed))?;
    if typed.name.trim() != account.as_str() {
        let said = t(
            "確かめのため、閉じるアカウントの名前をそのまま入力してください。",
            "To make sure, type the name of the account that is closed.",
        );
        return again(&site, &signed_in, &name, (typed, fault("name", said))).await;
    }
    if typed.anyway.is_empty() && in_charge(&site, &account).await? > 0 {
        let said = t(
            "担当している対象者がいます。先に担当を替えるか、替えずに閉じることを選んでください。",
            "It is in charge of children. Put others in charge first, or choose to close it all the same.",
        );
        let fault = fault("anyway", said);
        return again(&site, &signed_in, &name, (typed, fault)).await;
    }
    let fields = json!({"command": "close-account"});
    let done = give(&site, &signed_in, &account, (&typed, fields)).await;
    told(&site, &signed_in, &account, (typed, "close", done)).await
}

/// The account that is to be changed, by who may and signed in lately.
fn changed(
    site: &Site,
    signed_in: &SignedIn,
    (name, typed): (&str, &Typed),
) -> Result<Actor, Refusal> {
    let draft = serde_html_form::to_string(typed).map_err(|error| Refusal::internal(&error))?;
    may_change(site, signed_in, (format!("/accounts/{name}"), draft))?;
    Actor::new(name).map_err(|_| Refusal::not_found())
}

/// The page of an account with the role that was chosen before somebody had to sign in again.
///
/// # Errors
/// [`Refusal`] where there is no such account, or the role keeps none.
pub(super) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    name: &str,
    draft: &str,
) -> Result<Response, Refusal> {
    let typed: Typed = fields(draft.as_bytes())?;
    let mut page = made(site, signed_in, name).await?;
    page.chosen = typed.role;
    page.done = Some(giving::signed_in_again());
    shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Gives a command about the account, and ends what it is signed in with.
async fn give(
    site: &Site,
    signed_in: &SignedIn,
    account: &Actor,
    (typed, mut fields): (&Typed, Value),
) -> Result<(), Failure> {
    let id = Uuid::try_parse(&typed.command).map_err(|_| no_page())?;
    // Sent twice it is recorded once; for another role it is a command of its own.
    let of = format!("{account} {fields}");
    let id = CommandId::new(CommandId::new(id).made(&of));
    let ledger = site.open.ledger.id();
    if let Some(fields) = fields.as_object_mut() {
        let stream = account::stream(ledger, account);
        let own = stream.as_str().strip_prefix("account-").unwrap_or_default();
        fields.insert("account".to_owned(), own.into());
        fields.insert("occurred".to_owned(), json!(site.today()));
    }
    let command = Command::read(fields, ledger, id).map_err(|error| {
        let said = error.to_string();
        Failure::failed("BAD_COMMAND", format!("記録できません（{said}）。"), said)
    })?;
    let envelope = Envelope::new(id, signed_in.account.clone(), signed_in.role);
    let done = site.open.ledger.execute(&command, &envelope).await;
    done.map_err(|error| execute_failure(&error))?;
    let ended = site
        .sign_ins
        .end_others(account, &signed_in.session())
        .await;
    ended.map_err(|error| crate::sign_in::failure(&error))?;
    if site.account_of(account).await?.role.is_none() {
        let admitting = Admitting {
            open: &site.open,
            sign_ins: &site.sign_ins,
            clock: site.clock.as_ref(),
            random: site.random.as_ref(),
            new_id: &site.new_id,
        };
        let by = (&signed_in.account, signed_in.role);
        admitting.revoke_tokens(by, account).await?;
    }
    Ok(())
}

fn no_page() -> Failure {
    Failure::refused(
        "STALE_PAGE",
        "この画面の番号が届きませんでした。何も記録していません。",
        "the page's own id did not arrive; nothing was recorded",
    )
}

/// The account as it is then, or why it was not changed.
async fn told(
    site: &Site,
    signed_in: &SignedIn,
    account: &Actor,
    (typed, what, done): (Typed, &'static str, Result<(), Failure>),
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/accounts/{account}?done={what}")).into_response()),
        Err(failure) if failure.exit == Exit::Failed => Err(failure.into()),
        Err(failure) => {
            let said = sentence(failure.message(current()));
            let field = if what == "role" { "role" } else { "name" };
            let fault = Fault {
                field,
                message: said,
            };
            again(site, signed_in, account.as_str(), (typed, fault)).await
        },
    }
}

fn fault(field: &'static str, said: &str) -> Fault {
    Fault {
        field,
        message: said.to_owned(),
    }
}

async fn again(
    site: &Site,
    signed_in: &SignedIn,
    name: &str,
    (typed, fault): (Typed, Fault),
) -> Result<Response, Refusal> {
    let mut page = made(site, signed_in, name).await?;
    page.chosen = typed.role;
    page.fault = Some(fault);
    shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn made(site: &Site, signed_in: &SignedIn, name: &str) -> Result<Page, Refusal> {
    signed_in.may(Action::ManageAccounts, Subject::Ledger)?;
    let account = Actor::new(name).map_err(|_| Refusal::not_found())?;
    let known = site.account_of(&account).await?;
    if known.name.is_none() {
        return Err(Refusal::not_found());
    }
    let heading = format!("{} {account}", t("アカウント", "Account"));
    Ok(Page {
        chrome: Chrome::of(heading, signed_in, "/accounts"),
        stream: account::stream(site.open.ledger.id(), &account).to_string(),
        role: known
            .role
            .map(|role| render::role_of_account(role, current())),
        others: others(known.role),
        in_charge: in_charge(site, &account).await?,
        is_own: account == signed_in.account,
        name: account.to_string(),
        command: (site.new_id)().to_string(),
        done: None,
        chosen: String::new(),
        fault: None,
    })
}

/// Of how many children whose case goes on an account is in charge.
async fn in_charge(site: &Site, account: &Actor) -> Result<usize, Refusal> {
    let open = &site.open.open;
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let known = caseload(&open.facts, site.today(), head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let wanted = Wanted {
        in_charge: Some(account.as_str()),
        ..Wanted::default()
    };
    Ok(known.iter().filter(|line| wanted.has(line)).count())
}

/// The roles of people but one, each with its code.
fn others(role: Option<Role>) -> Vec<(&'static str, &'static str)> {
    let all = Role::OF_ACCOUNTS.iter();
    let all = all.filter_map(|(code, _)| Some((*code, Role::of_account(code)?)));
    all.filter(|(_, other)| Some(*other) != role)
        .map(|(code, other)| (code, render::role_of_account(other, current())))
        .collect()
}
