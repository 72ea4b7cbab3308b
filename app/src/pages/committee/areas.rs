//! 地域×事業: what each service did for the persons of each area.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::code::Area;
use ledger_projections::facility::VisitState;
use ledger_projections::indicators::boards::by_area;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::{Refusal, shown};
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{t, term};
use super::super::site::Site;
use super::cells::{Cells, Seen};
use super::facilities::cards;
use super::frame::Frame;
use super::looked::{Looked, Present};

/// What the services did; referrals have a page of their own, so that two tables cannot be held against each
/// other.
const COLUMNS: [(&str, (&str, &str)); 5] = [
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
            "of them mobile with medical care",
        ),
    ),
    (
        "support-plans",
        ("在宅生活支援プラン（実人数）", "Support plans (children)"),
    ),
    (
        "disaster-plans",
        ("災害時個別支援計画（実人数）", "Disaster plans (children)"),
    ),
];

#[derive(Template)]
#[template(path = "committee/areas.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    cells: Option<Cells>,
    visits: Vec<(String, usize)>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let mut frame = Frame::of("/committee/areas").with_years(&present.years, present.year());
    let looked = present.divided(&site).await?;
    let mut page = Page {
        chrome: frame.chrome(&signed_in),
        cells: None,
        visits: Vec::new(),
        frame: Frame::of("/committee/areas"),
    };
    if let Some(looked) = &looked {
        frame = frame.looking_at(looked);
        page.cells = Some(cells(looked));
        page.visits = visits(&site, looked).await?;
    }
    page.frame = frame;
    shown(&page)
}

fn cells(looked: &Looked) -> Cells {
    let seen = Seen::of(&looked.with(by_area));
    let columns = COLUMNS.map(|(code, (ja, en))| (code, t(ja, en)));
    seen.in_words(&area_rows(&seen), &columns)
}

/// The areas as the ward lists them, and those that are not known where there are such.
pub(super) fn area_rows(seen: &Seen) -> Vec<(String, String)> {
    let areas = Area::ALL.iter();
    let mut rows: Vec<(String, String)> = areas
        .map(|area| (area.code().to_owned(), term(area.code(), area.ja())))
        .collect();
    if seen.rows().iter().any(|row| row == "unknown") {
        rows.push(("unknown".to_owned(), t("不明", "unknown").to_owned()));
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
        rows.push((t("不明", "unknown").to_owned(), unknown));
    }
    Ok(rows)
}
