//! One figure: what it counts, by which rule, of how many; its breakdown as far as it may be seen; and, for who
//! may read events, which of them it counts and which it leaves out and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_projections::indicators::{Amount, Indicator, Line, Measure, rule_words};
use serde::Deserialize;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::{current, t};
use super::super::site::Site;
use super::families;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::row::{Plans, Row};
use crate::reading::{Sight, facility_names};
use crate::render;

/// Events of one page.
const PAGE: usize = 200;

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
    breakdown: Option<Breakdown>,
    events: Option<Events>,
}

struct Breakdown {
    stamp: String,
    rows: Vec<(String, String, String)>,
    withheld: bool,
}

struct Events {
    counted: Vec<Event>,
    excluded: Vec<(u64, &'static str)>,
    all: usize,
    left_out: usize,
    page: usize,
    pages: usize,
}

struct Event {
    position: u64,
    on: String,
    below: bool,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    fiscal_year: Option<i32>,
    #[serde(default)]
    page: usize,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let sight = Sight::in_role(signed_in.role, &site.open.open).await?;
    let (looked, year) = (&present.looked, present.year());
    let (indicator, measure) = looked.measure(&id).ok_or_else(Refusal::not_found)?;
    let mut row = Row::new(indicator, &measure, looked);
    if let Some(service) = indicator.service {
        row.source = Plans::of(&site, looked).await?.source(service);
    }
    let events = sight.is_whole().then(|| events(&measure, asked.page));
    let years = present.years.iter();
    let years = years.map(|one| {
        (
            one.year(),
            render::fiscal_year(*one, current()),
            *one == year,
        )
    });
    let years = years.collect();
    let frame = Frame::of("/committee/figures").looking_at(looked);
    let (above, rule) = (above(&measure.value), rule_words(&measure.rule));
    let divided = present.divided(&site).await?;
    let breakdown = match &divided {
        Some(divided) => breakdown(&site, indicator, divided, &sight).await?,
        None => None,
    };
    shown(&Page {
        chrome: Frame::chrome_of(format!("{} {}", indicator.id, row.name), &signed_in),
        frame,
        definition: t(indicator.definition_ja, indicator.definition_en),
        denominator: t(indicator.denominator_ja, indicator.denominator_en),
        rule: rule.map_or("", |rule| t(rule.ja, rule.en)),
        above,
        year: year.year(),
        years,
        row,
        breakdown,
        events,
    })
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
    sight: &Sight,
) -> Result<Option<Breakdown>, Refusal> {
    let Some((_, measure)) = looked.measure(indicator.id) else {
        return Ok(None);
    };
    let had = !measure.lines.is_empty();
    let measure = Arc::unwrap_or_clone(measure);
    let mut seen = sight.of_measure(measure, looked.scope, looked.basis.as_at);
    let store = site.open.open.store.as_ref();
    let names = facility_names(store, &seen, looked.basis.as_at).await?;
    let mut withheld = had && seen.lines.is_empty();
    if !sight.is_whole() {
        let (lines, some) = families::open(seen.lines);
        seen.lines = lines;
        withheld |= some;
    }
    let lines = render::in_table_order(&seen.lines).into_iter();
    let rows = lines.map(|line| told(line, indicator, &seen, &names));
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
) -> (String, String, String) {
    // A share's rows are shares of the same; another row may count something else.
    let unit = match (&line.value, &measure.value) {
        (Amount::Share { .. }, Amount::Share { .. }) => indicator.unit_ja,
        _ => "",
    };
    let planned = line.target.map(|it| render::target(it, current()));
    (
        render::breakdown(&line.key, names, current()),
        render::amount(&line.value, unit, current()),
        planned.unwrap_or_default(),
    )
}

/// A page of the events that a figure counts; those that it leaves out stand with the first one.
fn events(measure: &Measure, page: usize) -> Events {
    let all = measure.counted.len();
    let pages = all.div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let skipped = page.saturating_sub(1).saturating_mul(PAGE);
    let counted = measure.counted.iter().skip(skipped).take(PAGE);
    let excluded = measure
        .excluded
        .iter()
        .take(if page == 1 { PAGE } else { 0 });
    Events {
        counted: counted
            .map(|one| Event {
                position: one.position.get(),
                on: one
                    .day
                    .map(|on| render::day(on, current()))
                    .unwrap_or_default(),
                below: !one.hit,
            })
            .collect(),
        excluded: excluded
            .map(|one| (one.position.get(), render::reason(one.reason, current())))
            .collect(),
        all,
        left_out: measure.excluded.len(),
        page,
        pages,
    }
}
