//! 月別の推移: each service month by month, the years side by side on one scale.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::Months;
use ledger_core::event::ExportedList;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::small_cells::Table;

use super::super::chart::{Columns, Height, Named, rounded_up};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Cell};
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{current, listed, t};
use super::super::site::Site;
use super::cells::{Seen, cell};
use super::course_rates::rates;
use super::frame::Frame;
use super::looked::{Looked, Present, indicator};
use super::paper::{Paper, answer};
use crate::render;

/// An id, its name in both languages, and its unit in Japanese.
type Monthly = (&'static str, (&'static str, &'static str), &'static str);

/// What is shown by month: the figures' ids, their names and units. What is about persons is counted
/// together, so that nothing that is withheld can be made out of the rest.
const OF_PERSONS: [Monthly; 4] = [
    (
        "A-1",
        ("専門相談（延べ）", "Consultations (contacts)"),
        "件",
    ),
    ("referrals_made", ("連携", "Referrals"), "件"),
    (
        "A-3",
        (
            "在宅生活支援プラン（新たな合意）",
            "Support plans (newly agreed)",
        ),
        "人",
    ),
    (
        "A-6",
        (
            "災害時個別支援計画（新たな作成支援）",
            "Disaster plans (newly supported)",
        ),
        "件",
    ),
];
/// Visits to facilities are about nobody.
const OF_FACILITIES: Monthly = ("A-4", ("施設への技術支援", "Facility support"), "回");

#[derive(Template)]
#[template(path = "committee/course.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    services: Vec<Service>,
    /// What the months of a fiscal year are called.
    months: Vec<String>,
}

/// A figure month by month, in each year.
pub(super) struct Service {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    /// The number at the top of every chart of the service.
    pub(super) top: i64,
    /// It is no count: its months do not add up.
    pub(super) is_rate: bool,
    pub(super) years: Vec<Year>,
}

/// A year of it.
pub(super) struct Year {
    /// As addresses have it.
    number: i32,
    title: String,
    stamp: String,
    chart: Columns,
    /// Months with what stands in them.
    months: Vec<(String, String)>,
    total: String,
}

impl Year {
    /// The same with what the whole year is told as.
    pub(super) fn with_total(self, told: &str, unit: &str) -> Self {
        Self {
            total: format!("{told}{unit}"),
            ..self
        }
    }

    fn cells(&self, service: &str) -> Vec<Cell> {
        let first = [Cell::text(service), Cell::text(&self.title)];
        let months = self.months.iter().map(|(_, told)| Cell::told(told));
        let last = [Cell::told(&self.total), Cell::text(&self.stamp)];
        first.into_iter().chain(months).chain(last).collect()
    }
}

/// A service's months of one year; withheld ones without a number.
struct Course {
    year: FiscalYear,
    stamp: String,
    months: Vec<(Day, Height)>,
    total: i64,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, None).await?;
    let (as_at, present_year) = (present.looked.basis.as_at, present.year());
    let frame = Frame::of("/committee/course").ending(&present);
    let looked = present.divided_years(&site).await?;
    let services = OF_PERSONS.into_iter().chain([OF_FACILITIES]);
    let services = services.map(|service| told(service, &looked));
    let services = services.chain(rates(&looked));
    let first = present_year.first_day();
    let months = (0..12).filter_map(|nth| first.checked_add_months(Months::new(nth)));
    let page = Page {
        months: months.map(month).collect(),
        chrome: frame.chrome(&signed_in),
        frame,
        services: services
            .filter(|service| !service.years.is_empty())
            .collect(),
    };
    let named = (ExportedList::MonthlyCourse, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

fn told((id, (ja, en), unit): Monthly, looked: &[Looked]) -> Service {
    let (name, unit) = (t(ja, en), t(unit, ""));
    let courses: Vec<Course> = looked.iter().map(|looked| course(id, looked)).collect();
    let shown = courses.iter().flat_map(|course| &course.months);
    let tops = shown.map(|(_, height)| height.top());
    let top = rounded_up(tops.max().unwrap_or(0));
    Service {
        years: courses
            .into_iter()
            .map(|course| year(id, name, unit, course, top))
            .collect(),
        id,
        name,
        unit,
        top,
        is_rate: false,
    }
}

/// The months of a service in a year; those of persons from one table, as they are suppressed together.
fn course(id: &str, looked: &Looked) -> Course {
    let counts = months(id, looked);
    let seen = (id != OF_FACILITIES.0).then(|| {
        let mut table = Table::default();
        for (service, _, _) in OF_PERSONS {
            for (month, count) in months(service, looked).iter() {
                table.add(service, &month.to_string(), *count);
            }
        }
        Seen::of(&table)
    });
    let has_come = |month: Day| {
        let begun = looked.basis.settings.starts_on();
        let first =
            begun.is_none_or(|begun| month.checked_add_months(Months::new(1)) > Some(begun));
        first && month <= looked.scope.end()
    };
    let height = |month: Day| match &seen {
        _ if !has_come(month) => Height::None,
        Some(seen) => seen
            .cell(id, &month.to_string())
            .map_or(Height::Withheld, Height::Of),
        None => Height::Of(counts.get(&month).copied().unwrap_or(0)),
    };
    let first = looked.scope.year.first_day();
    let all = (0..12).filter_map(|nth| first.checked_add_months(Months::new(nth)));
    Course {
        year: looked.scope.year,
        stamp: looked.stamp(),
        months: all.map(|month| (month, height(month))).collect(),
        total: counts
            .values()
            .fold(0, |sum, count| sum.saturating_add(*count)),
    }
}

fn months(id: &str, looked: &Looked) -> Arc<BTreeMap<Day, i64>> {
    let known = indicator(id);
    known.map(|known| looked.months(known)).unwrap_or_default()
}

fn year(id: &str, name: &str, unit: &str, course: Course, top: i64) -> Year {
    let months = course.months.into_iter().map(|(day, height)| {
        let told = in_words(&height);
        (day, height, told)
    });
    let months: Vec<_> = months.collect();
    let total = course.total.to_string();
    drawn((id, name), (course.year, course.stamp), &months, top).with_total(&total, unit)
}

/// The months of a year as a picture and in words.
pub(super) fn drawn(
    (id, name): (&str, &str),
    (year, stamp): (FiscalYear, String),
    months: &[(Day, Height, String)],
    top: i64,
) -> Year {
    let title = render::fiscal_year(year, current());
    let cells = months
        .iter()
        .map(|(day, _, told)| (month(*day), told.clone()));
    let cells: Vec<(String, String)> = cells.collect();
    let said = cells.iter().map(|(month, told)| format!("{month} {told}"));
    let named = Named {
        id: format!("months-{id}-{}", year.year()),
        title: format!("{name} {title}"),
        description: listed(&said.collect::<Vec<_>>()),
    };
    let heights = months.iter();
    let heights = heights.map(|(day, height, told)| {
        let month = day.format("%-m").to_string();
        (month, height.clone(), told.clone())
    });
    let heights: Vec<(String, Height, String)> = heights.collect();
    Year {
        number: year.year(),
        title,
        stamp,
        chart: Columns::of(named, &heights, top),
        months: cells,
        total: String::new(),
    }
}

/// What a month is called: 4月.
fn month(day: Day) -> String {
    let form = t("%-m月", "%b");
    day.format(form).to_string()
}

fn in_words(height: &Height) -> String {
    match height {
        Height::Of(count) => count.to_string(),
        Height::Withheld => cell(None),
        Height::None => "―".to_owned(),
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<export::Table> {
        if self.services.is_empty() {
            return Vec::new();
        }
        let first = [t("事業", "Service"), t("年度", "Fiscal year")].map(str::to_owned);
        let last = [
            t("計（率・日数は最新）", "Total (of rates the newest)"),
            t("時点", "As of"),
        ]
        .map(str::to_owned);
        let columns = first.into_iter().chain(self.months.clone()).chain(last);
        let rows = self.services.iter().flat_map(|service| {
            let years = service.years.iter();
            years.map(|year| year.cells(service.name))
        });
        vec![export::Table::new(
            t("月別の推移", "Month by month"),
            columns,
            rows,
        )]
    }
}
