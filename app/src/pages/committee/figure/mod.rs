//! One figure: what it counts, by which rule, of how many; its breakdown as far as it may be seen; and, for who
//! may read events, which of them it counts and which it leaves out and why.

mod events;
mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::time::FiscalYear;
use ledger_projections::indicators::{Amount, Indicator, Line, Measure, rule_words};
use serde::{Deserialize, Serialize};

use self::events::{Events, events};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Wanted};
use super::super::fault::Refusal;
use super::super::few::WITHHELD;
use super::super::form::Query;
use super::super::language::{current, t};
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::meetings::address;
use super::paper::answer;
use super::row::{Plans, Row};
use crate::reading::{Sight, facility_names, meeting_cards};
use crate::render;

#[derive(Template)]
#[template(path = "committee/figure.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    row: Row,
    /// What it counts, and what stands below its line.
    definition: &'static str,
    denominator: &'static str,
    rule: &'static str,
    /// The numerator in words, where it has a line.
    above: String,
    year: i32,
    years: Vec<(i32, String, bool)>,
    /// The meeting as which it was shown it is looked at.
    meeting: Option<String>,
    breakdown: Option<Breakdown>,
    events: Option<Events>,
    /// The measure of which a file lists the events; none for who may read no events.
    listed: Option<Arc<Measure>>,
}

struct Breakdown {
    stamp: String,
    rows: Vec<Group>,
    withheld: bool,
}

/// A row of the breakdown.
struct Group {
    name: String,
    value: String,
    planned: String,
    /// Both as they are taken along.
    cells: [Cell; 2],
    /// The query under which the events of it alone are listed; none for who may read no events.
    query: Option<String>,
    /// It is the one that is asked for.
    chosen: bool,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(skip_serializing_if = "Option::is_none")]
    fiscal_year: Option<i32>,
    /// A meeting's number or id: the figure as it was shown it.
    #[serde(skip_serializing_if = "String::is_empty")]
    meeting: String,
    /// The key of a row of the breakdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    line: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
    /// The page of the events that are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<usize>,
    #[serde(skip_serializing)]
    format: String,
    #[serde(skip_serializing)]
    table: String,
}

impl Wanted for Asked {
    fn form(&self) -> (&str, &str) {
        (&self.format, &self.table)
    }
}

impl Asked {
    /// The query of the same with something else.
    fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = self.clone();
        change(&mut other);
        serde_html_form::to_string(other).unwrap_or_default()
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let sight = Sight::in_role(signed_in.role, &site.open.open).await?;
    let then = shown_then(&site, &asked).await?;
    let looked = then.as_ref().unwrap_or(&present.looked);
    let (year, as_at) = (looked.scope.year, looked.basis.as_at);
    let (indicator, measure) = looked.measure(&id).ok_or_else(Refusal::not_found)?;
    // Who sees the events sees how many they are.
    let is_listed = sight.lists(&id);
    let tell = if is_listed { Row::whole } else { Row::new };
    let mut row = tell(indicator, &measure, looked);
    if let Some(service) = indicator.service {
        row.source = Plans::of(&site, looked).await?.source(service);
    }
    let mut page = Page {
        chrome: Frame::chrome_of(format!("{} {}", indicator.id, row.name), &signed_in),
        frame: Frame::of("/committee/figures")
            .of_year(year)
            .ending(&present)
            .looking_at(looked),
        definition: t(indicator.definition_ja, indicator.definition_en),
        denominator: t(indicator.denominator_ja, indicator.denominator_en),
        rule: rule_words(&measure.rule).map_or("", |rule| t(rule.ja, rule.en)),
        above: if row.value == WITHHELD {
            WITHHELD.to_owned()
        } else {
            above(&measure.value)
        },
        year: year.year(),
        years: years(&present, year),
        meeting: looked.shown_at.clone(),
        row,
        breakdown: None,
        events: None,
        listed: is_listed.then_some(measure),
    };
    let divided = match then {
        Some(then) => Some(then),
        None => present.divided(&site).await?,
    };
    if let Some(divided) = &divided {
        page.breakdown = breakdown(&site, indicator, divided, (&sight, &asked)).await?;
    }
    let listed = page.listed.as_ref();
    page.events = listed.map(|measure| events(measure, page.breakdown.as_ref(), &asked));
    answer(
        (&site, &signed_in),
        (ExportedList::Figure, as_at),
        &asked,
        page,
    )
    .await
}

/// The figure's facts as the meeting that is asked for was shown them; none where none is.
async fn shown_then(site: &Site, asked: &Asked) -> Result<Option<Looked>, Refusal> {
    if asked.meeting.is_empty() {
        return Ok(None);
    }
    let cards = meeting_cards(&site.open.open).await?;
    let mut cards = cards.iter();
    let card = cards
        .find(|card| address(card) == asked.meeting || card.meeting.to_string() == asked.meeting);
    let card = card.ok_or_else(Refusal::not_found)?;
    let looked = Looked::shown_at(site, card).await?;
    looked.map(Some).ok_or_else(Refusal::not_found)
}

fn years(present: &Present, shown: FiscalYear) -> Vec<(i32, String, bool)> {
    let years = present.years.iter();
    let years = years.map(|one| {
        let title = render::fiscal_year(*one, current());
        (one.year(), title, *one == shown)
    });
    years.collect()
}

fn above(value: &Amount) -> String {
    match value {
        Amount::Share { hits, .. } => hits.to_string(),
        Amount::YenOf { yen, .. } => render::yen(*yen, current()),
        Amount::Count { .. }
        | Amount::Days { .. }
        | Amount::Mean { .. }
        | Amount::Yen { .. }
        | Amount::YenEach { .. }
        | Amount::Change { .. }
        | Amount::PerFte { .. } => String::new(),
    }
}

/// The rows of a breakdown; by the committee whole families without a small one, as a meeting was shown them.
async fn breakdown(
    site: &Site,
    indicator: &'static Indicator,
    looked: &Looked,
    (sight, asked): (&Sight, &Asked),
) -> Result<Option<Breakdown>, Refusal> {
    let Some((_, measure)) = looked.measure(indicator.id) else {
        return Ok(None);
    };
    let had = !measure.lines.is_empty();
    let seen = sight.of_measure(&measure, looked.scope, looked.basis.as_at);
    let names = facility_names(&site.open.open, &seen, looked.basis.as_at).await?;
    let withheld = seen.lines.len() < measure.lines.len();
    let lines = render::in_table_order(&seen.lines).into_iter();
    let rows = lines.map(|line| {
        let group = told(line, indicator, &seen, &names);
        let query = sight.is_whole().then(|| {
            asked.with(|other| {
                other.line.clone_from(&line.key);
                (other.page, other.left_out) = (None, None);
            })
        });
        Group {
            query,
            chosen: line.key == asked.line,
            ..group
        }
    });
    Ok(had.then(|| Breakdown {
        stamp: looked.stamp(),
        rows: rows.collect(),
        withheld,
    }))
}

fn told(
    line: &Line,
    indicator: &Indicator,
    measure: &Measure,
    names: &BTreeMap<String, String>,
) -> Group {
    // A share's rows are shares of the same; another row may count something else.
    let unit = match (&line.value, &measure.value) {
        (Amount::Share { .. }, Amount::Share { .. }) => indicator.unit_ja,
        _ => "",
    };
    let planned = line.target.map(|it| render::target(it, current()));
    Group {
        name: render::breakdown(&line.key, names, current()),
        value: render::amount(&line.value, unit, current()),
        planned: planned.unwrap_or_default(),
        cells: [Cell::amount(&line.value, unit), Cell::planned(line.target)],
        query: None,
        chosen: false,
    }
}
