//! 対象者: everybody whom the centre knows, without names, which are opened person by person.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::actor::Role;
use ledger_core::code::{Area, CareProcedure};
use ledger_core::event::ExportedList;
use ledger_core::time::AgeBand;
use ledger_projections::caseload::{CaseloadLine, caseload};
use serde::{Deserialize, Serialize};

use super::chrome::Chrome;
use super::door::SignedIn;
use super::export::{self, Cell, Links, Table};
use super::fault::{Refusal, shown};
use super::form::Query;
use super::in_charge::{all_named, has_left};
use super::language::{current, listed, t, term};
use super::paging::Paging;
use super::site::Site;
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::reading::{ClosedAccounts, UNKNOWN_AGE, Wanted};
use crate::render;

#[derive(Template)]
#[template(path = "children.html")]
struct Page {
    chrome: Chrome,
    asked: Asked,
    areas: Vec<Choice>,
    ages: Vec<Choice>,
    procedures: Vec<Choice>,
    all: usize,
    /// Whether it is the manager, who puts others in charge.
    hands_over: bool,
    /// Whether names may be looked for.
    searches: bool,
    /// Below which path the records are read.
    records: &'static str,
    /// How the list is taken along.
    export: Option<Links>,
    /// How many fit, not all of whom need stand on this page.
    found: usize,
    lines: Vec<Line>,
    paging: Paging,
}

/// Asks for whom somebody is in charge of whose account is closed.
const LEFT: &str = "closed";
/// Where they are listed.
pub(super) const LEFT_PATH: &str = "/children?staff=closed";

/// Persons on a page.
const LINES: usize = 150;

/// One choice of a list.
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// One person without a name.
pub(super) struct Line {
    pub(super) child: String,
    pub(super) number: String,
    pub(super) area: String,
    pub(super) age: String,
    pub(super) procedures: String,
    pub(super) in_charge: String,
    /// Where somebody else is put in charge instead of an account that is closed: path and words.
    pub(super) hand_over: Vec<(String, String)>,
    pub(super) closed: Option<String>,
}

/// What is looked for; everybody whose case goes on where nothing is said.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct Asked {
    /// The beginning of a register number.
    #[serde(default)]
    number: String,
    /// An area's code.
    #[serde(default)]
    area: String,
    /// An age band's code, or `unknown`.
    #[serde(default)]
    age: String,
    /// The code of daily medical care that goes on.
    #[serde(default)]
    procedure: String,
    /// `mine`: whoever looks is in charge.
    #[serde(default)]
    charge: String,
    /// `closed`: somebody is in charge whose account is closed.
    #[serde(default)]
    staff: String,
    /// `all`: closed cases as well.
    #[serde(default)]
    closed: String,
    /// How many pages were passed.
    #[serde(default, skip_serializing)]
    page: usize,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(default, skip_serializing)]
    format: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let open = &site.open.open;
    let head = open.catch_up_on_work().await?;
    let known = caseload(&open.facts, site.today(), head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let wanted = asked.wanted(signed_in.account.as_str());
    let closed = ClosedAccounts::read(open, head).await?;
    let lines = known.iter().filter(|line| {
        let has_left = asked.staff != LEFT || has_left(&line.in_charge, &closed);
        has_left && wanted.has(line)
    });
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::Caseload, format, head);
        // In a file an account stands by its name alone.
        let unmarked = ClosedAccounts::default();
        let table = table(lines.map(|line| shown_line(line, &unmarked)));
        return export::hand_over(&site, &signed_in, named, table).await;
    }
    let found: Vec<&CaseloadLine> = lines.collect();
    let paging = Paging::of(&asked, asked.page, (LINES, found.len()));
    let lines = found.get(paging.shown.clone()).unwrap_or_default();
    let hands_over = signed_in.role == Role::Manager;
    let lines = lines.iter().map(|line| {
        let mut shown = shown_line(line, &closed);
        if hands_over {
            shown.hand_over = hand_over(line, &closed);
        }
        shown
    });
    shown(&Page {
        chrome: Chrome::of(t("対象者", "Children"), &signed_in, "/children"),
        areas: asked.areas(),
        ages: asked.ages(),
        procedures: asked.procedures(),
        all: known.len(),
        hands_over,
        records: signed_in.records(),
        searches: signed_in.may(Action::RecordWork, Subject::Person).is_ok(),
        lines: lines.collect(),
        paging,
        found: found.len(),
        export: Links::of(&signed_in, ExportedList::Caseload, &asked),
        asked,
    })
}

fn table(lines: impl Iterator<Item = Line>) -> Table {
    let rows = lines.map(|line| {
        vec![
            Cell::text(line.number),
            Cell::text(line.area),
            Cell::text(line.age),
            Cell::text(line.procedures),
            Cell::text(line.in_charge),
            Cell::known(line.closed),
        ]
    });
    Table::new(
        t("対象者", "Children"),
        vec![
            t("対象者番号", "Child's number"),
            t("総合支所", "Area"),
            t("年齢区分", "Age"),
            t("医療的ケア", "Medical care"),
            t("担当", "In charge"),
            t("終結", "Closed"),
        ],
        rows,
    )
}

impl Asked {
    fn areas(&self) -> Vec<Choice> {
        let areas = Area::ALL.iter();
        let choice = |it: &Area| chosen(it.code(), term(it.code(), it.ja()), &self.area);
        areas.map(choice).collect()
    }

    fn ages(&self) -> Vec<Choice> {
        let bands = AgeBand::ALL.iter();
        let choice = |it: &AgeBand| chosen(it.code(), render::age_band(*it, current()), &self.age);
        let unknown = chosen(UNKNOWN_AGE, t("不明", "unknown").to_owned(), &self.age);
        bands.map(choice).chain([unknown]).collect()
    }

    fn procedures(&self) -> Vec<Choice> {
        let all = CareProcedure::ALL.iter();
        let choice =
            |it: &CareProcedure| chosen(it.code(), term(it.code(), it.ja()), &self.procedure);
        all.map(choice).collect()
    }

    /// What is asked for, as whoever looks means it; an empty field asks for nothing.
    fn wanted<'a>(&'a self, own: &'a str) -> Wanted<'a> {
        let said = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        Wanted {
            number: said(&self.number),
            area: said(&self.area),
            age: said(&self.age),
            procedure: said(&self.procedure),
            in_charge: (self.charge == "mine").then_some(own),
            closed: self.closed == "all",
        }
    }
}

fn chosen(code: &'static str, label: String, asked: &str) -> Choice {
    Choice {
        chosen: asked == code,
        code,
        label,
    }
}

/// The forms by which a person gets somebody else in charge in place of each account that is closed, or nobody.
fn hand_over(line: &CaseloadLine, closed: &ClosedAccounts) -> Vec<(String, String)> {
    let child = line.number.as_ref().unwrap_or(&line.child);
    let form = |act: &str, field: &str, account: &String| {
        let query = serde_html_form::to_string([("child", child), (field, account)]);
        format!("/acts/{act}?{}", query.unwrap_or_default())
    };
    let left = line.in_charge.iter().filter(|account| closed.has(account));
    let forms = left.flat_map(|account| {
        let hand_over = match current() {
            Lang::Ja => format!("{account}の後任を決める"),
            Lang::En => format!("Hand over from {account}"),
        };
        let take_out = match current() {
            Lang::Ja => format!("{account}を担当から外す"),
            Lang::En => format!("Take {account} out of charge"),
        };
        [
            (form("assign-staff", "in_place_of", account), hand_over),
            (form("unassign-staff", "account", account), take_out),
        ]
    });
    forms.collect()
}

/// One person, without the forms of whoever hands over.
pub(super) fn shown_line(line: &CaseloadLine, accounts: &ClosedAccounts) -> Line {
    let care = line.procedures.iter();
    let care: Vec<String> = care.map(|care| term(care.code(), care.ja())).collect();
    let unknown = || t("不明", "unknown").to_owned();
    let closed = line.closed_on.map(|day| render::day(day, current()));
    Line {
        number: line.number.clone().unwrap_or_else(|| line.child.clone()),
        child: line.child.clone(),
        area: line
            .area
            .map_or_else(unknown, |area| term(area.code(), area.ja())),
        age: line
            .age
            .map_or_else(unknown, |age| render::age_band(age, current())),
        procedures: listed(&care),
        in_charge: all_named(&line.in_charge, accounts),
        hand_over: Vec::new(),
        closed,
    }
}
