//! 対象者を探す: by name, kana, guardian, number, day of birth or telephone number; what is looked for stands in no
//! address.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::Envelope;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::id::ChildId;
use ledger_core::text::register_number;
use ledger_projections::caseload::{CaseloadLine, caseload};
use serde::Deserialize;

use super::children::{Line, shown_line};
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown_as};
use super::form::{Query, Sent};
use super::language::{current, t};
use super::site::Site;
use super::whom::called;
use crate::failure::Failure;
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::names::SoughtNumber;
use crate::reading::{ClosedAccounts, goes_on_as, meant};
use crate::render;

/// Most persons who are shown: more people have so common a name than anybody looks through.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    chrome: Chrome,
    text: String,
    found: Vec<Found>,
    told: Told,
}

/// What is said of a search.
enum Told {
    /// Who was found says enough, or nothing was searched for yet.
    Nothing,
    Nobody,
    Notice(String),
    /// What was typed is no search.
    Fault(&'static str),
}

/// Somebody who was found.
struct Found {
    line: Line,
    /// Name and day of birth, for whoever may open them.
    name: Option<(String, String)>,
}

/// What a form asks for.
#[derive(Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    text: String,
}

/// Who fits.
struct Fitting {
    lines: Vec<CaseloadLine>,
    closed: ClosedAccounts,
    /// That the number is one of before a merge.
    merged: Option<String>,
}

/// By which number somebody comes back to what they searched for.
#[derive(Deserialize)]
pub(super) struct Asked {
    of: Option<u64>,
}

/// Holds what is searched for and leads to what was found, so that a browser comes back there.
pub(super) async fn send(
    State(site): State<Arc<Site>>,
    sent: Sent<Sought>,
) -> Result<Response, Refusal> {
    let (signed_in, sought) = (sent.sender, sent.fields);
    signed_in.may(Action::RecordWork, Subject::Person)?;
    let number = site
        .searches
        .hold(&signed_in.account, sought.text, site.now());
    Ok(Redirect::to(&format!("/children/search?of={number}")).into_response())
}

pub(super) async fn found(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::RecordWork, Subject::Person)?;
    let held = |number| site.searches.text(&signed_in.account, number, site.now());
    let Some(text) = asked.of.and_then(held) else {
        let gone = t(
            "検索した言葉は残していません。もう一度入力してください。",
            "What was searched for is not kept for long. Please type it once more.",
        );
        let told = asked
            .of
            .map_or(Told::Nothing, |_| Told::Notice(gone.to_owned()));
        return page(&signed_in, String::new(), Vec::new(), told);
    };
    let Some(Fitting {
        lines,
        closed,
        merged,
    }) = fitting(&site, &text).await?
    else {
        let few = t(
            "氏名かフリガナの二文字以上（一文字の姓名はその漢字）、対象者番号、生年月日、または6桁以上の電話番号を入力してください。",
            "Give two or more characters of a name or its kana (or the one character of a name), a child's number, a date of birth, or six or more digits of a telephone number.",
        );
        return page(&signed_in, text, Vec::new(), Told::Fault(few));
    };
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let mut told = Vec::new();
    for line in lines.iter().take(MOST) {
        told.push(Found {
            name: opened(&site, &envelope, &line.child).await?,
            line: shown_line(line, &closed),
        });
    }
    let said = match (lines.len(), merged) {
        (_, Some(merged)) => Told::Notice(merged),
        (0, None) => Told::Nobody,
        (few, None) if few <= MOST => Told::Nothing,
        (_, None) => Told::Notice(
            t(
                "多くの方が当てはまります。姓名の両方を入力すると絞り込めます。",
                "Many fit. Family and given name together narrow it.",
            )
            .to_owned(),
        ),
    };
    page(&signed_in, text, told, said)
}

/// Who fits by name or number, as the list of everybody has them, whoever looks being in charge first, with the
/// accounts that are closed; none where too little is asked for.
async fn fitting(site: &Site, text: &str) -> Result<Option<Fitting>, Refusal> {
    let named = site.names.find(&site.open, text, site.now()).await?;
    let number = SoughtNumber::of(text);
    let open = &site.open.open;
    let head = open.catch_up_on_work().await?;
    let known = caseload(&open.facts, site.today(), head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    // One character is looked for as a whole name only: that nobody has it does not say that nobody is there.
    let is_enough = named.is_some() && text.trim().chars().count() > 1;
    let mut named = going_on(site, named.unwrap_or_default().as_slice(), &known).await?;
    let has_number = |line: &CaseloadLine| line.number.as_ref().is_some_and(|it| number.is(it));
    let mut merged = None;
    if !known.iter().any(has_number)
        && let Some((before, survivor)) = merged_number(site, text).await?
    {
        let own = known.iter().find(|line| line.child == survivor);
        let own = own.and_then(|line| line.number.as_deref());
        merged = Some(said_of_merge(&before, own.unwrap_or(&survivor)));
        named.push(survivor);
    }
    let fits = |line: &&CaseloadLine| named.contains(&line.child) || has_number(line);
    let lines: Vec<CaseloadLine> = known.iter().filter(fits).cloned().collect();
    let closed = ClosedAccounts::read(open, head).await?;
    Ok((is_enough || !lines.is_empty()).then_some(Fitting {
        lines,
        closed,
        merged,
    }))
}

/// The same persons, each as the list has them: whoever was merged into another as that one.
async fn going_on(
    site: &Site,
    named: &[ChildId],
    known: &[CaseloadLine],
) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for child in named {
        let own = child.to_string();
        let is_listed = known.iter().any(|line| line.child == own);
        let survivor = if is_listed {
            None
        } else {
            goes_on_as(&site.open.open, *child).await?
        };
        all.push(survivor.map_or(own, |survivor| survivor.to_string()));
    }
    Ok(all)
}

/// A number under which nothing goes on, and whose record it was merged into.
async fn merged_number(site: &Site, text: &str) -> Result<Option<(String, String)>, Failure> {
    let open = &site.open.open;
    let found = meant(open.store.as_ref(), site.open.ledger.id(), text).await?;
    let Some((child, number)) = found else {
        return Ok(None);
    };
    let survivor = goes_on_as(open, child).await?;
    Ok(survivor.map(|survivor| (register_number(&number), survivor.to_string())))
}

fn said_of_merge(before: &str, number: &str) -> String {
    match current() {
        Lang::Ja => format!("{before} は {number} に統合されています。"),
        Lang::En => format!("{before} was merged into {number}."),
    }
}

/// Name and day of birth of a person; that they are opened is recorded first. None for whoever may not.
async fn opened(
    site: &Site,
    envelope: &Envelope,
    child: &str,
) -> Result<Option<(String, String)>, Refusal> {
    let Ok(child) = child.parse::<ChildId>() else {
        return Ok(None);
    };
    let called = called(site, envelope, child).await?;
    Ok(called.map(|called| {
        let born = called.born.map(|day| match current() {
            Lang::Ja => format!("　{}生", render::day(day, current())),
            Lang::En => format!(", born {day}"),
        });
        (called.name, born.unwrap_or_default())
    }))
}

fn page(
    signed_in: &SignedIn,
    text: String,
    found: Vec<Found>,
    told: Told,
) -> Result<Response, Refusal> {
    let status = match told {
        Told::Fault(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Told::Nothing | Told::Nobody | Told::Notice(_) => StatusCode::OK,
    };
    let page = Page {
        chrome: Chrome::of(t("対象者を探す", "Find a child"), signed_in, "/children"),
        text,
        found,
        told,
    };
    shown_as(status, &page)
}
