//! 地域×事業: what each service did for the persons of each area.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::code::{Area, CareProcedure};
use ledger_core::event::ExportedList;
use ledger_projections::facility::VisitState;
use ledger_projections::indicators::boards::by_area;
use ledger_projections::small_cells::Table;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Cell};
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{t, term};
use super::super::site::Site;
use super::cells::{Cells, Seen};
use super::facilities::cards;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use super::row;

/// What the services did. Referrals have a page of their own, so that two tables cannot be held against each other; and
/// so have disaster plans: how many of an area have one tells by two years how many were made (decision record 36).
const COLUMNS: [(&str, (&str, &str)); 4] = [
    (
        "contacts",
        ("専門相談（延べ件数）", "Consultations (contacts)"),
    ),
    (
        "persons",
        ("専門相談（実人数）", "Consultations (children)"),
    ),
    (
        "movable",
        (
            "うち動ける医療的ケア児・者",
            "Of whom mobile with medical care",
        ),
    ),
    (
        "support-plans",
        ("在宅生活支援プラン（実人数）", "Support plans (children)"),
    ),
];

#[derive(Template)]
#[template(path = "committee/areas.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    cells: Option<Cells>,
    /// Persons by their medical care.
    care: Option<Cells>,
    visits: Vec<(String, usize)>,
    /// The year as addresses have it.
    year: i32,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let as_at = present.looked.basis.as_at;
    let mut frame = Frame::of("/committee/areas").with_years(&present);
    let mut page = Page {
        chrome: frame.chrome(&signed_in),
        cells: None,
        care: None,
        visits: Vec::new(),
        year: present.year().year(),
        frame: Frame::of("/committee/areas"),
    };
    let looked = present.divided(&site).await?;
    if let Some(looked) = &looked {
        frame = frame.looking_at(looked);
        page.cells = Some(cells(looked));
        page.care = Some(care(looked));
        page.visits = visits(&site, looked).await?;
    }
    page.frame = frame;
    let named = (ExportedList::AreasAndServices, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

fn cells(looked: &Looked) -> Cells {
    let seen = Seen::of(&looked.board("areas", by_area));
    let columns = COLUMNS.map(|(code, (ja, en))| (code, t(ja, en)));
    seen.linked(&area_rows(&seen), &columns, |area, column| {
        let (id, line) = figure_of(area, column)?;
        Some(row::link(id, &line, looked))
    })
}

/// Who consulted, by the medical care that they need; whoever needs several stands with each, so that nothing adds
/// up, and kinds of fewer than five are put together.
fn care(looked: &Looked) -> Cells {
    let mut table = Table::default();
    let measured = looked.measure("E-2");
    for line in measured.iter().flat_map(|(_, measure)| &measure.lines) {
        let kind = line.key.strip_prefix("procedure/");
        let kind = kind.and_then(|rest| rest.strip_suffix("/persons"));
        if let (Some(kind), Some(count)) = (kind, line.value.count()) {
            table.add(kind, "persons", count);
        }
    }
    let seen = Seen::of(&table.with_small_rows_as("others"));
    let names = seen.rows().iter().map(|code| {
        let name = match code.as_str() {
            "others" => t("その他（少数の合算）", "Others (few each)").to_owned(),
            "unknown" => t("なし・不明", "None or unknown").to_owned(),
            code => CareProcedure::ALL
                .iter()
                .find(|kind| kind.code() == code)
                .map_or_else(|| code.to_owned(), |kind| term(code, kind.ja())),
        };
        (code.clone(), name)
    });
    let names: Vec<(String, String)> = names.collect();
    let columns = [(
        "persons",
        t("専門相談（実人数）", "Consultations (children)"),
    )];
    let cells = seen.linked(&names, &columns, |kind, _| {
        let line = format!("procedure/{kind}/persons");
        (kind != "others").then(|| row::link("E-2", &line, looked))
    });
    Cells {
        totals: Vec::new(),
        ..cells
    }
}

/// The figure that tells of a cell, and the row of its breakdown where it has one.
fn figure_of(area: &str, column: &str) -> Option<(&'static str, String)> {
    match column {
        "contacts" => Some(("E-2", format!("area/{area}/contacts"))),
        "persons" => Some(("E-2", format!("area/{area}/persons"))),
        "movable" => Some(("E-1", String::new())),
        "support-plans" => Some(("A-3", String::new())),
        _ => None,
    }
}

/// The areas as the ward lists them, and those that are not known where there are such.
pub(super) fn area_rows(seen: &Seen) -> Vec<(String, String)> {
    let areas = Area::ALL.iter();
    let mut rows: Vec<(String, String)> = areas
        .map(|area| (area.code().to_owned(), term(area.code(), area.ja())))
        .collect();
    if seen.rows().iter().any(|row| row == "unknown") {
        rows.push(("unknown".to_owned(), t("不明", "Unknown").to_owned()));
    }
    rows
}

/// Visits to the facilities of each area, which are about nobody.
async fn visits(site: &Site, looked: &Looked) -> Result<Vec<(String, usize)>, Refusal> {
    let (cards, year) = (cards(site, looked).await?, looked.scope.year);
    let done = |area: Option<Area>| {
        let own = cards.iter().filter(|card| card.area == area);
        let visits = own.flat_map(|card| card.visits_in(year));
        visits
            .filter(|visit| visit.state == VisitState::Done)
            .count()
    };
    let mut rows: Vec<(String, usize)> = Area::ALL
        .iter()
        .map(|area| (term(area.code(), area.ja()), done(Some(*area))))
        .collect();
    let unknown = done(None);
    if unknown > 0 {
        rows.push((t("不明", "Unknown").to_owned(), unknown));
    }
    Ok(rows)
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<export::Table> {
        let (Some(cells), Some(care)) = (&self.cells, &self.care) else {
            return Vec::new();
        };
        let area = t("地域", "Area");
        let persons = t("対象者の地域別", "By where the children live");
        let visits = self.visits.iter();
        let visits = visits.map(|(area, count)| vec![Cell::text(area), Cell::number(*count)]);
        vec![
            cells.table(persons, area).coded("persons"),
            care.table(
                t("医療的ケア別", "By medical care"),
                t("医療的ケア", "Medical care"),
            )
            .coded("care"),
            export::Table::new(
                t("施設の地域別", "By area of the facilities"),
                [
                    area,
                    t("施設への技術支援（回）", "Facility support (visits)"),
                ],
                visits,
            )
            .coded("facilities"),
        ]
    }
}
