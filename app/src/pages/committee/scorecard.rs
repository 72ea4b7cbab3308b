//! 総括表: the trial on one page: ア to エ against plan, forecast, the year before, and what else the committee
//! looks at first. It prints on one sheet of A4.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::code::Service;
use ledger_core::event::ExportedList;
use ledger_core::time::FiscalYear;
use ledger_projections::indicators::{Achievement, Measure, Target, Visits};

use super::super::chart::{Bullet, Named, Reading};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Table};
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{current, listed, t};
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use super::row::{self, Plans, Row};
use super::since::Since;
use crate::lang::Lang;
use crate::reading::meeting_cards;
use crate::render;

/// The services: their marks in the ward's paper, and the figures that are held against plan.
const SERVICES: [(&str, &str, Service); 5] = [
    ("ア", "A-1", Service::SpecialistConsultation),
    ("ア", "A-3", Service::HomeLivingSupportPlan),
    ("イ", "A-4", Service::FacilityTechnicalSupport),
    ("ウ", "A-5", Service::AdvisorTraining),
    ("エ", "A-6", Service::DisasterPlanSupport),
];

/// What stands below them.
const FURTHER: [&str; 8] = ["A-2", "D-1", "D-2", "D-3", "C-1", "C-4", "H-1", "H-5"];

#[derive(Template)]
#[template(path = "committee/scorecard.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    services: Vec<Line>,
    further: Vec<Row>,
    /// How many of the lines are held against a number, which A-7 counts.
    reached: Option<Row>,
    first_year: bool,
    expanding: bool,
}

struct Line {
    mark: &'static str,
    row: Row,
    chart: Bullet,
    /// Whether it is reached, and what is taken for that; empty where no number is planned.
    band: String,
    /// How many per cent of the planned number were done.
    percent: String,
    before: String,
    beside: String,
    /// How it moved since the materials that a meeting was shown last; empty where there are none.
    since: String,
}

impl Line {
    fn cells(&self) -> Vec<Cell> {
        let row = &self.row;
        vec![
            Cell::text(self.mark),
            Cell::text(row.id),
            Cell::text(row.name),
            row.value_cell(),
            Cell::text(&self.beside),
            row.planned_cell(),
            Cell::text(&row.source),
            Cell::text(self.judged()),
            row.percent_cell(),
            Cell::text(&row.pace),
            Cell::told(&self.before),
            Cell::text(&self.since),
            Cell::count(&row.n),
            Cell::text(row.rule_in_words()),
        ]
    }

    /// Whether it is reached, as far as that is judged.
    fn judged(&self) -> &str {
        if self.band.is_empty() {
            t("判定なし", "Not judged")
        } else {
            &self.band
        }
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let looked = &present.looked;
    let plans = Plans::of(&site, looked).await?;
    let cards = meeting_cards(&site.open.open).await?;
    let since = Since::of(&cards, present.year());
    let lines: Vec<Line> = SERVICES
        .iter()
        .filter_map(|service| line(*service, looked, (&plans, since.as_ref())))
        .collect();
    let first = looked.basis.settings.starts_on().map(FiscalYear::of);
    let frame = Frame::of("/committee")
        .with_years(&present)
        .looking_at(looked);
    let expanding = render::target(Target::Expanding, current());
    let as_at = looked.basis.as_at;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        expanding: lines.iter().any(|line| line.row.planned == expanding),
        services: lines,
        further: Row::all(&FURTHER, looked),
        reached: Row::of("A-7", looked),
        first_year: first == Some(present.year()),
    };
    let named = (ExportedList::Scorecard, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

/// The services as they are taken along.
fn services(lines: &[Line]) -> Table {
    let columns = [
        t("資料の記号", "Mark in the paper"),
        t("指標", "Indicator"),
        t("事業", "Service"),
        t("実績", "Actual"),
        t("あわせて", "Beside it"),
        t("予定数", "Planned number"),
        t("予定数の出どころ", "Who says it"),
        t("判定", "Band"),
        t("達成の状況", "Achievement"),
        t("予定と年度末の見込み", "Plan and forecast"),
        t("前年度", "Previous year"),
        t("前回配布版との差", "Since the last materials"),
        t("数えた数（n）", "Counted (n)"),
        t("数え方", "Counting rule"),
    ];
    let rows = lines.iter().map(Line::cells);
    let title = t("予定数に対する実績", "Planned and actual");
    Table::new(title, columns, rows).coded("services")
}

fn line(
    (mark, id, service): (&'static str, &'static str, Service),
    looked: &Looked,
    (plans, since): (&Plans, Option<&Since>),
) -> Option<Line> {
    let (indicator, measure) = looked.measure(id)?;
    let mut row = Row::new(indicator, &measure, looked);
    row.source = plans.source(service);
    let before = before(id, looked);
    let unit = t(indicator.unit_ja, "");
    let reached = measure.achievement.as_ref();
    Some(Line {
        mark,
        chart: chart(&row, &measure, before),
        band: reached.map_or_else(String::new, judged),
        percent: reached.map_or_else(String::new, |it| render::percent_reached(it, current())),
        before: before.map_or_else(|| "―".to_owned(), |count| format!("{count}{unit}")),
        beside: beside(service, looked),
        since: since.map_or_else(String::new, |since| since.told(id, &measure.value)),
        row,
    })
}

/// Where a figure stands, at the beginning of a cell.
fn judged(reached: &Achievement) -> String {
    let judged = render::judged(reached, current());
    let mut letters = judged.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// What was done the year before, where the trial ran then.
fn before(id: &str, looked: &Looked) -> Option<i64> {
    let before = looked.year_before();
    let was_open = looked.basis.settings.in_trial(before.scope.year);
    before.count(id).filter(|_| was_open)
}

fn chart(row: &Row, measure: &Measure, before: Option<i64>) -> Bullet {
    let planned = match measure.target {
        Some(Target::Number { low, high, .. }) => Some((i64::from(low), i64::from(high))),
        Some(Target::Expanding | Target::Unset) | None => None,
    };
    let unfinished = measure.achievement.filter(|reached| !reached.is_final());
    let reading = Reading {
        actual: measure.value.count().unwrap_or(0),
        planned,
        before,
        forecast: unfinished.and_then(|reached| reached.forecast),
    };
    let mut said = vec![format!("{} {}", t("実績", "Actual"), row.value)];
    if !row.planned.is_empty() {
        said.push(format!("{} {}", t("予定数", "Planned"), row.planned));
    }
    let before = t("前年度", "Previous year");
    said.extend(reading.before.map(|count| format!("{before} {count}")));
    let forecast = t("年度末の見込み", "Forecast of the year's end");
    said.extend(reading.forecast.map(|count| format!("{forecast} {count}")));
    let named = Named {
        id: format!("chart-{}", row.id),
        title: row.name.to_owned(),
        description: listed(&said),
    };
    Bullet::of(named, reading)
}

/// What the paper's plan says besides the number: ten facilities by four visits, who completed, who verified.
fn beside(service: Service, looked: &Looked) -> String {
    let count = |key: &str| looked.count(key).unwrap_or(0);
    match service {
        Service::SpecialistConsultation => few(
            "うち匿名",
            "Of which anonymous",
            "件",
            count("consultations_anonymous"),
        ),
        Service::HomeLivingSupportPlan => {
            few("見直し", "Revised", "件", count("support_plan_revisions"))
        },
        Service::FacilityTechnicalSupport => visits(looked),
        Service::AdvisorTraining => few("修了", "Completed", "名", count("advisors_completed")),
        Service::DisasterPlanSupport => few(
            "保護者との検証",
            "Verified with the guardian",
            "人",
            count("disaster_plans_verified_with_guardian_persons"),
        ),
    }
}

/// How many there are of what a word names, in either language.
fn few(ja: &str, en: &str, unit: &str, count: i64) -> String {
    match current() {
        Lang::Ja => format!("{ja} {count}{unit}"),
        Lang::En => format!("{en}: {count}"),
    }
}

/// At how many facilities visits were, and how many there are by the rule's other reading: of more than four at one
/// facility the plan of ten by four knows nothing.
fn visits(looked: &Looked) -> String {
    let count = |key: &str| looked.count(key).unwrap_or(0);
    let (facilities, often) = (
        count("facilities_visited"),
        count("facilities_with_4_or_more"),
    );
    let other = other_reading(looked).unwrap_or_default();
    match current() {
        Lang::Ja => format!("{facilities}か所、うち4回以上は{often}か所。{other}"),
        Lang::En => format!("Facilities: {facilities}, with 4 or more visits: {often}. {other}"),
    }
}

/// How many visits there are, and how far that is, by the reading of the rule that is not in force.
fn other_reading(looked: &Looked) -> Option<String> {
    let (_, measure) = looked.measure("A-4")?;
    let is_capped = measure.rule == Visits::Capped.id();
    let count = if is_capped {
        looked.count("facility_visits")?
    } else {
        looked.count("facility_visits_capped_at_4")?
    };
    let settings = &looked.basis.settings;
    let reached = Achievement::of(count, measure.target?, settings, looked.scope);
    let reached = reached
        .map(|it| render::achievement(&it, current()))
        .unwrap_or_default();
    Some(match (current(), is_capped) {
        (Lang::Ja, false) => format!("各施設4回までと数える読みでは{count}回（{reached}）"),
        (Lang::En, false) => format!("Counting at most 4 each: {count} ({reached})"),
        (Lang::Ja, true) => format!("5回目以降も数える読みでは{count}回（{reached}）"),
        (Lang::En, true) => format!("Counting further visits as well: {count} ({reached})"),
    })
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let further = row::table(&self.further);
        vec![services(&self.services), further]
    }
}
