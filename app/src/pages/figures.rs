//! 実績: the indicators of a fiscal year, planned against actual, each with the rule by which it counts.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::ExportedList;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::facts::Facts;
use ledger_projections::indicators::{Basis, INDICATORS, Indicator, Measure, Scope, rule_words};
use ledger_projections::settings::Settings;
use serde::{Deserialize, Serialize};

use super::chrome::Chrome;
use super::door::SignedIn;
use super::export::{self, Cell, Links, Table, Wanted};
use super::fault::{Refusal, shown};
use super::few;
use super::form::Query;
use super::language::{current, t};
use super::site::Site;
use super::years::{Ended, Year, choice, ended, known_years, no_such_year};
use crate::fault::figures_failure;
use crate::render;

#[derive(Template)]
#[template(path = "figures.html")]
struct Page {
    chrome: Chrome,
    years: Vec<Year>,
    /// Why the present year is not among them.
    ended: Option<Ended>,
    year: String,
    /// The same as addresses have it.
    number: i32,
    on: String,
    as_at: String,
    groups: Vec<Group>,
    /// How the figures are taken along.
    export: Option<Links>,
    /// Who has the page, and since when.
    printed: String,
}

/// The indicators of a letter.
struct Group {
    letter: &'static str,
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    value: String,
    /// Its value, planned number and how far that is reached, as they are taken along.
    cells: (Cell, Cell, Cell),
    planned: String,
    reached: String,
    pace: String,
    rule: String,
    rule_words: &'static str,
    said_by: &'static str,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fiscal_year: Option<i32>,
    /// `csv` or `xlsx`: the figures as a file.
    #[serde(default, skip_serializing)]
    format: String,
    /// The table that a file is to hold, by its code.
    #[serde(default, skip_serializing)]
    table: String,
}

impl Wanted for Asked {
    fn form(&self) -> (&str, &str) {
        (&self.format, &self.table)
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadFigures, Subject::Ledger)?;
    let open = &site.open.open;
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let basis = Basis::read(open.store.as_ref(), &open.facts, Some(head)).await;
    let basis = basis.map_err(|error| figures_failure(&error))?;
    let today = site.today();
    let known = known_years(&basis.settings, today);
    let ended = ended(&basis.settings, today, &signed_in);
    let year = match asked.fiscal_year {
        None => basis.settings.year_near(today),
        Some(asked) => {
            let year = known.iter().find(|year| year.year() == asked);
            *year.ok_or_else(|| no_such_year(&known, ended.as_ref()))?
        },
    };
    let scope = scope(year, today);
    let groups = groups(&basis, scope);
    if let Some(format) = export::format(&asked.format)? {
        let named = (ExportedList::Figures, format, head);
        let table = table(groups, &render::fiscal_year(year, current()));
        return export::hand_over(&site, &signed_in, named, table).await;
    }
    shown(&Page {
        chrome: Chrome::of(t("実績", "Figures"), &signed_in, "/figures"),
        years: known.iter().map(|one| choice(*one, year)).collect(),
        ended,
        year: render::fiscal_year(year, current()),
        number: year.year(),
        on: render::day(scope.day, current()),
        as_at: head.to_string(),
        groups,
        printed: signed_in.printed(),
        export: Links::of(&signed_in, ExportedList::Figures, &asked),
    })
}

fn table(groups: Vec<Group>, year: &str) -> Table {
    let rows = groups.into_iter().flat_map(|group| group.rows);
    let rows = rows.map(|row| {
        vec![
            Cell::text(year),
            Cell::text(row.id),
            Cell::text(row.name),
            row.cells.0,
            row.cells.1,
            row.cells.2,
            Cell::text(row.rule),
            Cell::text(row.definition),
        ]
    });
    Table::new(
        t("実績", "Figures"),
        vec![
            t("年度", "Fiscal year"),
            t("指標", "Indicator"),
            t("名称", "Name"),
            t("実績", "Actual"),
            t("予定数", "Planned number"),
            t("達成の状況", "Achievement"),
            t("数え方の規則", "Counting rule"),
            t("定義", "Definition"),
        ],
        rows,
    )
}

/// A fiscal year, seen on its last day that has come.
pub(super) fn scope(year: FiscalYear, today: Day) -> Scope {
    let whole = Scope::of_year(year);
    Scope {
        day: whole.day.min(today),
        ..whole
    }
}

fn groups(basis: &Basis, scope: Scope) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for indicator in INDICATORS {
        let row = row(indicator, &basis.measure(indicator, scope), &basis.settings);
        let letter = indicator.id.get(..1).unwrap_or_default();
        match groups.last_mut() {
            Some(group) if group.letter == letter => group.rows.push(row),
            _ => groups.push(Group {
                letter,
                title: render::group(letter, current()),
                rows: vec![row],
            }),
        }
    }
    groups
}

/// The value alone: no list and no breakdown, which the committee sees only as at a meeting.
fn row(indicator: &Indicator, measure: &Measure, settings: &Settings) -> Row {
    let (value, cell) = few::value(indicator, &measure.value, settings);
    let rule = rule_words(&measure.rule);
    let reached = measure.achievement.as_ref();
    Row {
        id: indicator.id,
        name: t(indicator.ja, indicator.en),
        definition: t(indicator.definition_ja, indicator.definition_en),
        value,
        cells: (cell, Cell::planned(measure.target), Cell::reached(reached)),
        planned: measure
            .target
            .map(|planned| render::target(planned, current()))
            .unwrap_or_default(),
        reached: reached
            .map(|reached| render::achievement(reached, current()))
            .unwrap_or_default(),
        pace: reached
            .map(|reached| render::pace(reached, current()))
            .unwrap_or_default(),
        rule: render::rule_name(&measure.rule, current()),
        rule_words: rule.map_or("", |rule| t(rule.ja, rule.en)),
        said_by: render::said_by(rule.is_some_and(|rule| rule.stated), current()),
    }
}
