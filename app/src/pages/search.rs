//! 対象者を探す: by name, kana, guardian, day of birth or telephone number; what is looked for stands in no address.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ledger_commands::Envelope;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::id::ChildId;
use ledger_projections::caseload::{CaseloadLine, caseload};
use ledger_projections::facts::Facts;
use serde::Deserialize;

use super::children::{Line, shown_line};
use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown_as};
use super::form::Sent;
use super::language::{current, t};
use super::site::Site;
use super::whom::called;
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::render;

/// Most persons who are shown: more people have so common a name than anybody looks through.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    chrome: Chrome,
    text: String,
    found: Vec<Found>,
    /// More were found than are shown.
    is_cut: bool,
    fault: Option<&'static str>,
}

/// Somebody who was found.
struct Found {
    line: Line,
    /// Name and day of birth, for whoever may open them.
    name: Option<(String, String)>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    text: String,
}

pub(super) async fn send(
    State(site): State<Arc<Site>>,
    sent: Sent<Asked>,
) -> Result<Response, Refusal> {
    let (signed_in, asked) = (sent.sender, sent.fields);
    signed_in.may(Action::RecordWork, Subject::Person)?;
    let found = site.names.find(&site.open, &asked.text, site.now()).await?;
    let Some(found) = found else {
        let few = t(
            "二文字以上の氏名かフリガナ、生年月日、または6桁以上の電話番号を入力してください。",
            "Give two or more characters of a name or its kana, a date of birth, or six or more digits of a telephone number.",
        );
        return page(&signed_in, asked.text, Vec::new(), Some(few));
    };
    let lines = lines(&site, &found).await?;
    let is_cut = lines.len() > MOST;
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let mut told = Vec::new();
    for line in lines.iter().take(MOST) {
        told.push(Found {
            name: opened(&site, &envelope, &line.child).await?,
            line: shown_line(line),
        });
    }
    let many = t(
        "多くの方が当てはまります。姓名の両方を入力すると絞り込めます。",
        "Many fit. Family and given name together narrow it.",
    );
    page(&signed_in, asked.text, told, is_cut.then_some(many))
}

/// The persons who were found, as the list of everybody has them, whoever looks being in charge first.
async fn lines(site: &Site, found: &[ChildId]) -> Result<Vec<CaseloadLine>, Refusal> {
    let open = &site.open.open;
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let known = caseload(&open.facts, site.today(), head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let own = known.iter().filter(|line| found.contains(&line.child));
    Ok(own.cloned().collect())
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
    fault: Option<&'static str>,
) -> Result<Response, Refusal> {
    let status = if fault.is_some() && found.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = Page {
        chrome: Chrome::of(t("対象者を探す", "Find a child"), signed_in, "/children"),
        is_cut: fault.is_some() && !found.is_empty(),
        text,
        found,
        fault,
    };
    shown_as(status, &page)
}
