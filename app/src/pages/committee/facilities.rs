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
    /// What was done in each column, the further visits and all of it.
    column_sums: Vec<u32>,
    sums: Vec<(&'static str, String)>,
    /// How the grid, what was done and the plan come out, in words and numbers.
    account: Vec<(String, u32)>,
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
        let last = [t("5回目以降", "Further visits"), t("実施の計", "Done")];
        let columns = first
            .map(str::to_owned)
            .into_iter()
            .chain(visits)
            .chain(last.map(str::to_owned));
        let free = self.free.iter().map(|_| {
            let name = t("（対象施設の空き）", "(room for a facility)");
            let none = (0..self.visits.saturating_add(2)).map(|_| export::Cell::text("―"));
            let cells = std::iter::once(export::Cell::text(name)).chain(none);
            let nothing = [export::Cell::Number(0), export::Cell::Number(0)];
            cells.chain(nothing).collect()
        });
        let sums = self
            .column_sums
            .iter()
            .map(|sum| export::Cell::Number(i64::from(*sum)));
        let named = [t("実施の計", "Done"), "", ""].map(export::Cell::text);
        let sums = named.into_iter().chain(sums).collect();
        let rows = self
            .rows
            .iter()
            .map(Facility::line)
            .chain(free)
            .chain([sums]);
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
    /// Visits beyond the fourth that took place, and all that did.
    further: u32,
    done: u32,
}

impl Facility {
    fn line(&self) -> Vec<export::Cell> {
        let first = [&self.name, &self.kind, &self.area].map(export::Cell::text);
        let cells = self.cells.iter().map(|cell| {
            let told = format!("{} {}", cell.word, cell.on);
            export::Cell::text(told.trim())
        });
        let sums = [self.further, self.done].map(|sum| export::Cell::Number(i64::from(sum)));
        first.into_iter().chain(cells).chain(sums).collect()
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
        column_sums: column_sums(&grid),
        sums: sums(&grid),
        account: account(&grid),
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

/// What was done in each of the four columns, beyond them, and altogether.
fn column_sums(grid: &SupportGrid) -> Vec<u32> {
    let done = |nth: usize| {
        let places = grid
            .rows
            .iter()
            .filter_map(|row| row.visits.get(nth)?.as_ref());
        let done = places.filter(|visit| visit.state == VisitState::Done);
        u32::try_from(done.count()).unwrap_or(u32::MAX)
    };
    let columns = (0..VISITS_A_YEAR).map(done);
    columns.chain([grid.further(), grid.done]).collect()
}

/// From the places of the grid to what was done, and from that to the plan: each number is what those before it come
/// to.
fn account(grid: &SupportGrid) -> Vec<(String, u32)> {
    let account = grid.account();
    let facilities = grid.rows.len();
    let places = match current() {
        Lang::Ja => format!("表の欄（{facilities}か所×{VISITS_A_YEAR}回）"),
        Lang::En => {
            format!("Places of the grid ({facilities} facilities by {VISITS_A_YEAR} visits)")
        },
    };
    let word = |ja, en| t(ja, en).to_owned();
    let mut rows = vec![
        (places, account.places),
        (word("　うち実施（済）", "Of them done"), grid.counted),
        (word("　うち予定", "Of them arranged"), account.arranged),
        (word("　うち未実施", "Of them missed"), account.missed),
        (
            word("　うち予定もない欄", "Of them without a visit"),
            account.empty,
        ),
        (
            word("5回目以降の実施", "Further visits done"),
            grid.further(),
        ),
        (
            word(
                "実施の計（4回まで＋5回目以降）",
                "Done (first four and further ones)",
            ),
            grid.done,
        ),
    ];
    if let Some(plan) = account.plan {
        let planned = plan.planned;
        let short = match current() {
            Lang::Ja => format!("予定数{planned}回に足りない回数（5回目以降も数えて）"),
            Lang::En => format!("Missing to the planned {planned}, further visits counted"),
        };
        let capped = match current() {
            Lang::Ja => format!("予定数{planned}回に足りない回数（各施設4回まで）"),
            Lang::En => format!("Missing to the planned {planned}, at most 4 each"),
        };
        rows.push((short, planned.saturating_sub(grid.done)));
        rows.push((capped, planned.saturating_sub(grid.counted)));
        rows.push((
            word(
                "予定の施設数を超える施設",
                "Facilities beyond those planned",
            ),
            plan.facilities_beyond,
        ));
        rows.push((
            word(
                "4回に達していない施設",
                "Facilities with fewer than 4 visits",
            ),
            account.below_four,
        ));
    }
    rows
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
        further: row.further(),
        done: row.first_four().saturating_add(row.further()),
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
            Table::new(
                t("表と予定数の照らし合わせ", "The grid and the plan"),
                [t("区分", "What"), t("数", "Number")],
                self.account.iter().map(|(name, sum)| {
                    vec![
                        export::Cell::text(name),
                        export::Cell::Number(i64::from(*sum)),
                    ]
                }),
            )
            .coded("account"),
        ]
    }
}
