//! Acts: a form for every command of daily work, made from what the command asks.

pub(super) mod input;
mod menu;
mod things;

pub(super) use menu::page as menu;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::Command;
use ledger_commands::authorise::{Assignment, Subject, authorise};
use ledger_commands::command::Field;

use self::input::{Input, Shape};
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown_as};
use super::form::{Draft, Query, fields};
use super::giving::{Fault, give, goes_on_at, told, told_today};
use super::language::{current, t};
use super::site::Site;
use crate::lang::Lang;

/// Says that the day's work goes on once something is recorded from there.
pub(super) const TODAY: &str = "today";

/// Names and texts, as a form sends them.
pub(super) type Typed = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "act.html")]
struct Page {
    chrome: Chrome,
    /// Where the form is sent.
    path: String,
    heading: &'static str,
    /// Who types, and the id made with the page.
    account: String,
    command: String,
    /// Where other acts are chosen, for the same person.
    others: String,
    inputs: Vec<Input>,
    faults: Vec<Fault>,
    /// What stands above the faults.
    summary: &'static str,
}

/// What the command of a name does, as a title has it.
fn title(name: &'static str) -> &'static str {
    let about = match current() {
        Lang::Ja => Command::about_ja(name),
        Lang::En => Command::about(name),
    };
    about.unwrap_or(name).trim_end_matches(['。', '.'])
}

/// Whether the role may give the command of a name.
pub(super) fn may_give(signed_in: &SignedIn, name: &str) -> bool {
    let action = Command::acts_of(name);
    // The ledger asks once more, for the very person or thing.
    action.is_some_and(|action| {
        let may = authorise(signed_in.role, action, Subject::Person, Assignment::None);
        may.is_ok()
    })
}

/// A command that has a form, with its fields.
struct Act {
    name: &'static str,
    fields: Vec<Field>,
}

fn act(signed_in: &SignedIn, name: &str) -> Result<Act, Refusal> {
    let known = Command::NAMES.iter().find(|known| **known == name);
    let name = known.copied().ok_or_else(Refusal::not_found)?;
    if !may_give(signed_in, name) {
        return Err(Refusal::not_yours());
    }
    let fields = Command::fields(name).ok_or_else(Refusal::not_found)?;
    Ok(Act { name, fields })
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(name): Path<String>,
    Query(mut typed): Query<Typed>,
) -> Result<Response, Refusal> {
    let act = act(&signed_in, &name)?;
    if !typed.iter().any(|(field, _)| field == "occurred") {
        typed.push(("occurred".to_owned(), site.today().to_string()));
    }
    typed.push(("account".to_owned(), signed_in.account.to_string()));
    typed.push(("command".to_owned(), (site.new_id)().to_string()));
    asking(&site, &signed_in, &act, typed, Vec::new()).await
}

fn another_day() -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        t("日付が変わりました", "It is another day"),
        t(
            "この画面を開いたあとに日付が変わったため、記録していません。",
            "The day changed since this page was opened, so nothing was recorded.",
        ),
        t(
            "「今日の業務」を開き直して、もう一度押してください。",
            "Open \"Today\" again and press once more.",
        ),
    )
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    sent: Draft<Typed>,
) -> Result<Response, Refusal> {
    let (signed_in, typed) = (sent.signed_in, sent.fields);
    let act = act(&signed_in, &name)?;
    if !sent.is_own {
        return again(&site, &signed_in, &act, typed).await;
    }
    // A page that was left open over midnight says 今日 of the day before.
    if first(&typed, "then") == TODAY && first(&typed, "occurred") != site.today().to_string() {
        return Err(another_day());
    }
    let json = Command::typed(act.name, &act.fields, &typed);
    match give(&site, &signed_in, first(&typed, "command"), json).await {
        Ok(receipt) => {
            let to = if first(&typed, "then") == TODAY {
                told_today(&receipt)
            } else {
                goes_on_at(&site, &signed_in, &receipt).await
            };
            Ok(Redirect::to(&to).into_response())
        },
        Err(fault) => {
            let fault = fault.labelled(|field| input::label_of(&act.fields, field));
            asking(&site, &signed_in, &act, typed, vec![fault]).await
        },
    }
}

/// The form of the command of a name, with what was typed before somebody had to sign in again.
///
/// # Errors
/// [`Refusal`] where that is no such form, or the role may not give the command.
pub(super) async fn resumed(
    site: &Site,
    signed_in: &SignedIn,
    name: &str,
    draft: &str,
) -> Result<Response, Refusal> {
    let act = act(signed_in, name)?;
    again(site, signed_in, &act, fields(draft.as_bytes())?).await
}

async fn again(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: Typed,
) -> Result<Response, Refusal> {
    if first(&typed, "account") != signed_in.account.as_str() {
        return Err(Refusal::somebody_elses());
    }
    let fault = Fault::of_before();
    asking(site, signed_in, act, typed, vec![fault]).await
}

/// The first text that was typed into a field.
pub(super) fn first<'t>(typed: &'t Typed, field: &str) -> &'t str {
    let own = typed.iter().find(|(name, _)| name == field);
    own.map_or("", |(_, text)| text.as_str())
}

async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: Typed,
    faults: Vec<Fault>,
) -> Result<Response, Refusal> {
    let child = Some(first(&typed, "child").trim()).filter(|child| !child.is_empty());
    let mut inputs = Vec::new();
    for field in &act.fields {
        let things = things::of(site, &field.takes, &field.name, child).await?;
        inputs.push(Input::of(field, &typed, things, &faults));
    }
    let others = menu::path("/acts", child);
    let (status, summary) = told(&faults);
    let heading = title(act.name);
    let page = Page {
        chrome: Chrome::of(heading, signed_in, "/acts"),
        path: format!("/acts/{}", act.name),
        heading,
        account: first(&typed, "account").to_owned(),
        command: first(&typed, "command").to_owned(),
        others,
        inputs,
        faults,
        summary,
    };
    shown_as(status, &page)
}
