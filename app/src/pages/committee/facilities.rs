//! 施設への技術支援: ten facilities by four visits, with what is arranged, missing and free.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::code::Service;
use ledger_core::event::ExportedList;
use ledger_core::time::wareki_short;
use ledger_projections::facility::{
    FacilityCard, GridRow, SupportGrid, VISITS_A_YEAR, Visit, VisitState, facility_card,
    support_grid,
};
use ledger_projections::indicators::Target;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{self, Table};
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{current, t, term};
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use super::row::{self, Row};
use crate::lang::Lang;
use crate::reading::histories;
use crate::render;

#[derive(Template)]
#[template(path = "committee/facilities.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    rows: Vec<Facility>,
    /// Facilities for which the plan has room.
    free: Vec<u32>,
    visits: usize,
    sums: Vec<(&'static str, String)>,
    figures: Vec<Row>,
}

impl Page {
    /// The grid as it is taken along, with the rows for which there is no facility yet.
    fn grid(&self) -> Table {
        let first = [t("施設", "Facility"), t("種別", "Kind"), t("地域", "Area")];
        let visits = (1..=self.visits).map(|nth| match current() {
            Lang::Ja => format!("{nth}回目"),
            Lang::En => format!("Visit {nth}"),
        });
        let further = t("5回目以降", "Further visits").to_owned();
        let columns = first
            .map(str::to_owned)
            .into_iter()
            .chain(visits)
            .chain([further]);
        let free = self.free.iter().map(|_| {
            let name = t("（対象施設の空き）", "(room for a facility)");
            let none = (0..self.visits.saturating_add(2)).map(|_| export::Cell::text("―"));
            let cells = std::iter::once(export::Cell::text(name)).chain(none);
            cells.chain([export::Cell::Number(0)]).collect()
        });
        let rows = self.rows.iter().map(Facility::line).chain(free);
        Table::new(
            t("10か所×4回の表", "Ten facilities by four visits"),
            columns,
            rows,
        )
        .coded("grid")
    }
}

struct Facility {
    /// Where its visits are told.
    link: String,
    name: String,
    kind: String,
    area: String,
    cells: Vec<Cell>,
    further: usize,
}

impl Facility {
    fn line(&self) -> Vec<export::Cell> {
        let first = [&self.name, &self.kind, &self.area].map(export::Cell::text);
        let cells = self.cells.iter().map(|cell| {
            let told = format!("{} {}", cell.word, cell.on);
            export::Cell::text(told.trim())
        });
        let further = export::Cell::number(self.further);
        first.into_iter().chain(cells).chain([further]).collect()
    }
}

/// A place of the grid: how it is drawn, and what stands in it.
struct Cell {
    class: &'static str,
    word: &'static str,
    on: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let (looked, year) = (&present.looked, present.year());
    let planned = Target::of(
        &looked.basis.settings,
        Service::FacilityTechnicalSupport,
        year,
    );
    let grid = support_grid(cards(&site, looked).await?, year, planned);
    let frame = Frame::of("/committee/facilities")
        .with_years(&present)
        .looking_at(looked);
    let as_at = looked.basis.as_at;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        rows: grid.rows.iter().map(|row| facility(row, looked)).collect(),
        free: (0..grid.free_rows).collect(),
        visits: VISITS_A_YEAR,
        sums: sums(&grid),
        figures: Row::all(&["A-4", "F-1", "F-2", "F-3"], looked),
    };
    let named = (ExportedList::FacilitySupport, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

/// Every facility as it stood, its texts closed.
pub(super) async fn cards(site: &Site, looked: &Looked) -> Result<Vec<FacilityCard>, Refusal> {
    let open = &site.open.open;
    let found = histories(open, "facility-", looked.basis.as_at).await?;
    let cards = found.iter();
    let cards = cards.filter_map(|(_, history)| facility_card(history, looked.scope.day));
    Ok(cards.collect())
}

fn sums(grid: &SupportGrid) -> Vec<(&'static str, String)> {
    let planned = render::target(grid.planned, current());
    let planned = match grid.planned_facilities {
        Some(count) => match current() {
            Lang::Ja => format!("{planned}回（{count}か所×{VISITS_A_YEAR}回）"),
            Lang::En => format!("{planned} ({count} facilities by {VISITS_A_YEAR} visits)"),
        },
        None => planned,
    };
    let times = |count: u32| format!("{count}{}", t("回", ""));
    vec![
        (t("予定数", "Planned number"), planned),
        (t("実施", "Done"), times(grid.done)),
        (
            t("各施設4回まで", "Up to 4 for each facility"),
            times(grid.counted),
        ),
        (t("今後の予定", "Arranged"), times(grid.scheduled)),
        (t("未実施", "Missed"), times(grid.missed)),
        (t("空き", "Free"), times(grid.gaps)),
    ]
}

fn facility(row: &GridRow, looked: &Looked) -> Facility {
    let (card, year) = (&row.card, looked.scope.year);
    let line = format!("facility/{}", card.facility);
    let gap = || Cell {
        class: "gap",
        word: if row.takes_part(year) {
            t("空き", "Free")
        } else {
            "―"
        },
        on: String::new(),
    };
    let none = || "―".to_owned();
    let cells = row.visits.iter();
    let cells = cells.map(|visit| visit.as_ref().map_or_else(gap, cell));
    Facility {
        link: row::link("A-4", &line, looked),
        name: card.called(),
        kind: card
            .kind
            .map_or_else(none, |kind| term(kind.code(), kind.ja())),
        area: card
            .area
            .map_or_else(none, |area| term(area.code(), area.ja())),
        cells: cells.collect(),
        further: row.extra.len(),
    }
}

fn cell(visit: &Visit) -> Cell {
    let (class, word) = match visit.state {
        VisitState::Done => ("done", t("済", "Done")),
        VisitState::Scheduled => ("arranged", t("予定", "Arranged")),
        VisitState::Missed => ("missed", t("未実施", "Missed")),
        VisitState::Cancelled => ("gap", t("取りやめ", "Cancelled")),
    };
    let on = visit.on.map_or_else(String::new, |on| match current() {
        Lang::Ja => wareki_short(on),
        Lang::En => on.to_string(),
    });
    let staff = visit.staff_kind;
    let staff = staff.map_or_else(String::new, |staff| term(staff.code(), staff.ja()));
    Cell {
        class,
        word,
        on: format!("{on} {staff}").trim().to_owned(),
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let sums = self.sums.iter();
        let sums =
            sums.map(|(name, told)| vec![export::Cell::text(*name), export::Cell::told(told)]);
        vec![
            self.grid(),
            row::table(&self.figures),
            Table::new(
                t("予定と実施", "Planned and done"),
                [t("区分", "What"), t("回数", "Number")],
                sums,
            )
            .coded("sums"),
        ]
    }
}
