//! 災害への備え: who needs a disaster plan, how current the plans are, by area and by who supports them, and
//! how long devices would run without power.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_projections::indicators::boards::{DisasterShown, disaster_board};
use ledger_projections::small_cells::Shown;
use ledger_projections::yearly_clock::YearlyClock;

use super::super::chart::{Bar, Named, Share, Stack};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::Table;
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{listed, t};
use super::super::site::Site;
use super::areas::area_rows;
use super::cells::{Cells, Seen};
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use super::row::{self, Row};

const FIGURES: [&str; 8] = ["A-6", "D-1", "D-2", "D-3", "D-4", "D-5", "D-6", "D-7"];

/// The states of a plan, each with how it is drawn.
const STATES: [(&str, (&str, &str), &str); 5] = [
    (
        "current",
        ("1年以内に合意・検証", "Agreed or verified within a year"),
        "actual",
    ),
    (
        "due-soon",
        ("期限まで60日以内", "Due within 60 days"),
        "soft",
    ),
    ("overdue", ("期限超過", "Overdue"), "hatched"),
    ("long-overdue", ("長期超過", "Long overdue"), "dark"),
    ("no-plan", ("計画なし", "No plan"), "dotted"),
];

const POWER: [(&str, (&str, &str)); 5] = [
    ("under-4h", ("4時間未満", "Under 4 hours")),
    ("4h-8h", ("4〜8時間未満", "4 to under 8 hours")),
    ("8h-24h", ("8〜24時間未満", "8 to under 24 hours")),
    ("24h-and-more", ("24時間以上", "24 hours and more")),
    ("not-written", ("記載なし", "Not written")),
];

#[derive(Template)]
#[template(path = "committee/disaster.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    figures: Vec<Row>,
    board: Option<Board>,
    /// For how many days a plan is current, and from when it is long overdue.
    terms: YearlyClock,
}

/// The tables; none of one that the numbers beside it would tell.
struct Board {
    stamp: String,
    /// Areas as bars; none where their table is not shown.
    chart: Option<Stack>,
    by_area: Option<Cells>,
    by_support: Option<Cells>,
    power: Option<Cells>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let as_at = present.looked.basis.as_at;
    let frame = Frame::of("/committee/disaster")
        .with_years(&present)
        .looking_at(&present.looked);
    let figures = Row::all(&FIGURES, &present.looked);
    let terms = YearlyClock::of(&present.looked.basis.settings);
    let divided = present.divided(&site).await?;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        figures,
        board: divided.as_ref().map(board),
        terms,
    };
    let named = (ExportedList::DisasterPreparedness, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

fn board(looked: &Looked) -> Board {
    let shown = looked.board("disaster", |given| disaster_board(given).shown());
    let DisasterShown {
        by_area,
        by_support,
        power,
    } = &*shown;
    let seen = |table: &Option<Shown>| table.clone().map(Seen::together);
    let by_area = seen(by_area);
    let columns = STATES.map(|(code, (ja, en), _)| (code, t(ja, en)));
    let bands = POWER.map(|(code, (ja, en))| (code, t(ja, en)));
    let support = support();
    let to = |_: &str, state: &str| {
        let (figure, line) = figure_of(state);
        Some(row::link(figure, line, looked))
    };
    let told = by_area.as_ref();
    Board {
        stamp: looked.stamp(),
        chart: told.map(chart),
        by_area: told.map(|seen| seen.linked(&area_rows(seen), &columns, to)),
        by_support: seen(by_support).map(|seen| seen.linked(&support, &columns, to)),
        power: seen(power).map(|seen| seen.in_words(&support, &bands)),
    }
}

/// Who supports a plan, in words.
fn support() -> [(String, String); 2] {
    let ventilator = t(
        "人工呼吸器使用（総合支所が対応）",
        "Ventilator (supported by the district office)",
    );
    let other = t(
        "その他（センターが支援）",
        "Others (supported by the centre)",
    );
    [("ventilator", ventilator), ("other", other)]
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
}

/// The figure that counts plans in a state in the whole ward, and its row where it has one.
fn figure_of(state: &str) -> (&'static str, &'static str) {
    match state {
        "no-plan" => ("D-1", ""),
        "due-soon" => ("D-3", "due-in-60-days"),
        "overdue" => ("D-3", "overdue"),
        "long-overdue" => ("D-3", "long-overdue"),
        _ => ("D-2", ""),
    }
}

/// Areas as bars of states; what is withheld is one part, as wide as all of it together.
fn chart(seen: &Seen) -> Stack {
    let bars: Vec<Bar> = area_rows(seen)
        .into_iter()
        .map(|(area, label)| bar(seen, &area, label))
        .collect();
    let said = STATES.iter().map(|(state, (ja, en), _)| {
        let total = super::cells::cell(seen.column_total(state));
        format!("{} {total}{}", t(ja, en), t("人", ""))
    });
    let named = Named {
        id: "plans-by-area".to_owned(),
        title: t(
            "災害時個別支援計画の状態（地域別）",
            "State of the disaster plans by area",
        )
        .to_owned(),
        description: listed(&said.collect::<Vec<_>>()),
    };
    Stack::of(named, &bars)
}

fn bar(seen: &Seen, area: &str, label: String) -> Bar {
    let mut shares = Vec::new();
    let mut told: i64 = 0;
    for (state, _, class) in STATES {
        let count = seen.cell(area, state).unwrap_or(0);
        told = told.saturating_add(count);
        shares.push(Share {
            class,
            count,
            label: count.to_string(),
        });
    }
    let rest = seen.row_total(area).unwrap_or(0).saturating_sub(told);
    shares.push(Share {
        class: "withheld",
        count: rest,
        label: super::cells::WITHHELD.to_owned(),
    });
    Bar { label, shares }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let area = t("地域", "Area");
        let group = t("区分", "Group");
        let by_area = t("地域別の計画の状態", "Plans by area");
        let by_support = t("支援を担う者別の計画の状態", "Plans by who supports");
        let power = t("電源の備え", "Backup power");
        let board = self.board.iter().flat_map(|board| {
            let tables = [
                (&board.by_area, by_area, area, "by-area"),
                (&board.by_support, by_support, group, "by-support"),
                (&board.power, power, group, "power"),
            ];
            let tables = tables.into_iter();
            tables.filter_map(|(cells, title, first, code)| {
                let table = cells.as_ref()?.table(title, first).coded(code);
                Some(table.stamped(&board.stamp))
            })
        });
        let figures = std::iter::once(row::table(&self.figures));
        figures.chain(board).collect()
    }
}
