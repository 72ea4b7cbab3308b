//! 施設への技術支援: ten facilities by four visits, with what is arranged, missing and free.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::code::{FacilityKind, Service, VisitStaff};
use ledger_core::time::{FiscalYear, wareki_short};
use ledger_projections::facility::{
    FacilityCard, GridRow, SupportGrid, VISITS_A_YEAR, Visit, VisitState, facility_card,
    support_grid,
};
use ledger_projections::indicators::Target;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::{Refusal, shown};
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::row::Row;
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

struct Facility {
    name: String,
    kind: &'static str,
    area: &'static str,
    cells: Vec<Cell>,
    further: usize,
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
        .with_years(&present.years, year)
        .looking_at(looked);
    shown(&Page {
        chrome: frame.chrome(&signed_in),
        frame,
        rows: grid.rows.iter().map(|row| facility(row, year)).collect(),
        free: (0..grid.free_rows).collect(),
        visits: VISITS_A_YEAR,
        sums: sums(&grid),
        figures: Row::all(&["A-4", "F-1", "F-2", "F-3"], looked),
    })
}

/// Every facility as it stood, its texts closed.
pub(super) async fn cards(site: &Site, looked: &Looked) -> Result<Vec<FacilityCard>, Refusal> {
    let store = site.open.open.store.as_ref();
    let found = histories(store, "facility-", looked.basis.as_at).await?;
    let cards = found.iter();
    let cards = cards.filter_map(|(_, history)| facility_card(history, looked.scope.day));
    Ok(cards.collect())
}

fn sums(grid: &SupportGrid) -> Vec<(&'static str, String)> {
    let planned = render::target(grid.planned, Lang::Ja);
    let planned = match grid.planned_facilities {
        Some(count) => format!("{planned}回（{count}か所×{VISITS_A_YEAR}回）"),
        None => planned,
    };
    vec![
        ("予定数", planned),
        ("実施", format!("{}回", grid.done)),
        ("各施設4回まで", format!("{}回", grid.counted)),
        ("今後の予定", format!("{}回", grid.scheduled)),
        ("未実施", format!("{}回", grid.missed)),
        ("空き", format!("{}回", grid.gaps)),
    ]
}

fn facility(row: &GridRow, year: FiscalYear) -> Facility {
    let card = &row.card;
    let gap = || Cell {
        class: "gap",
        word: if row.takes_part(year) {
            "空き"
        } else {
            "―"
        },
        on: String::new(),
    };
    let cells = row.visits.iter();
    let cells = cells.map(|visit| visit.as_ref().map_or_else(gap, cell));
    Facility {
        name: card.called(),
        kind: card.kind.map_or("―", FacilityKind::ja),
        area: card.area.map_or("―", ledger_core::code::Area::ja),
        cells: cells.collect(),
        further: row.extra.len(),
    }
}

fn cell(visit: &Visit) -> Cell {
    let (class, word) = match visit.state {
        VisitState::Done => ("done", "済"),
        VisitState::Scheduled => ("arranged", "予定"),
        VisitState::Missed => ("missed", "未実施"),
        VisitState::Cancelled => ("gap", "取りやめ"),
    };
    let on = visit.on.map_or_else(String::new, wareki_short);
    let staff = visit.staff_kind.map_or("", VisitStaff::ja);
    Cell {
        class,
        word,
        on: format!("{on} {staff}").trim().to_owned(),
    }
}
