//! 対象者: everybody whom the centre knows, without names, which are opened person by person.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::code::Area;
use ledger_core::text::register_number;
use ledger_projections::caseload::{CaseloadLine, caseload};
use ledger_projections::facts::Facts;
use serde::Deserialize;

use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::form::Query;
use super::site::Site;
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::render;

#[derive(Template)]
#[template(path = "children.html")]
struct Page {
    chrome: Chrome,
    asked: Asked,
    areas: Vec<Choice>,
    all: usize,
    /// Whether names may be looked for.
    searches: bool,
    lines: Vec<Line>,
}

/// One choice of a list.
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) ja: &'static str,
    pub(super) chosen: bool,
}

/// One person without a name.
pub(super) struct Line {
    pub(super) child: String,
    pub(super) number: String,
    pub(super) area: &'static str,
    pub(super) age: String,
    pub(super) procedures: String,
    pub(super) in_charge: String,
    pub(super) closed: Option<String>,
}

/// What is looked for; everybody whose case goes on where nothing is said.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    /// The beginning of a register number.
    #[serde(default)]
    number: String,
    /// An area's code.
    #[serde(default)]
    area: String,
    /// `mine`: whoever looks is in charge.
    #[serde(default)]
    charge: String,
    /// `all`: closed cases as well.
    #[serde(default)]
    closed: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let open = &site.open.open;
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let known = caseload(&open.views, site.today(), head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let own = signed_in.account.as_str();
    let lines = known.iter().filter(|line| asked.wants(line, own));
    let area = |area: &Area| Choice {
        code: area.code(),
        ja: area.ja(),
        chosen: asked.area == area.code(),
    };
    shown(&Page {
        chrome: Chrome::of("対象者", &signed_in, "/children"),
        areas: Area::ALL.iter().map(area).collect(),
        all: known.len(),
        searches: signed_in.may(Action::RecordWork, Subject::Person).is_ok(),
        lines: lines.map(shown_line).collect(),
        asked,
    })
}

impl Asked {
    fn wants(&self, line: &CaseloadLine, own: &str) -> bool {
        let number = register_number(&self.number);
        let has_number = line
            .number
            .as_ref()
            .is_some_and(|it| it.starts_with(&number));
        let lives_there = line.area.is_some_and(|area| area.code() == self.area);
        (number.is_empty() || has_number)
            && (self.area.is_empty() || lives_there)
            && (self.charge != "mine" || line.in_charge.iter().any(|account| account == own))
            && (self.closed == "all" || line.closed_on.is_none())
    }
}

pub(super) fn shown_line(line: &CaseloadLine) -> Line {
    let care: Vec<&str> = line.procedures.iter().map(|care| care.ja()).collect();
    let closed = line.closed_on.map(|day| render::day(day, Lang::Ja));
    Line {
        number: line.number.clone().unwrap_or_else(|| line.child.clone()),
        child: line.child.clone(),
        area: line.area.map_or("不明", Area::ja),
        age: line.age.map_or_else(|| "不明".to_owned(), render::age_band),
        procedures: care.join("、"),
        in_charge: line.in_charge.join("、"),
        closed,
    }
}
