//! 委員会と資料: the meetings of the committee, each with the figures that it was shown.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::ExportedList;
use ledger_core::time::Day;
use ledger_projections::committee::MeetingCard;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Table};
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{current, t};
use super::super::site::Site;
use super::frame::Frame;
use super::meeting_records::Told;
use super::paper::{Paper, answer};
use crate::lang::Lang;
use crate::reading::meeting_cards;
use crate::render;

#[derive(Template)]
#[template(path = "committee/meetings.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    meetings: Vec<Line>,
    /// Something of a meeting was recorded just now.
    is_recorded: bool,
    /// The position of a notice that was annulled just now.
    annulled: Option<u64>,
}

struct Line {
    id: String,
    name: String,
    on: String,
    state: &'static str,
    materials: String,
    open: usize,
    late: usize,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
    Query(told): Query<Told>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadFigures, Subject::Ledger)?;
    let mut cards = meeting_cards(&site.open.open).await?;
    cards.sort_by_key(|card| std::cmp::Reverse((card.planned_on, card.nth)));
    let frame = Frame::of("/committee/meetings");
    let today = site.today();
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        meetings: cards.iter().map(|card| line(card, today)).collect(),
        is_recorded: !told.recorded.is_empty(),
        annulled: told.annulled,
    };
    let named = (ExportedList::Meetings, signed_in.head);
    answer((&site, &signed_in), named, &asked, page).await
}

/// How a meeting is named in an address: its number, or its id where it has none.
pub(in crate::pages) fn address(card: &MeetingCard) -> String {
    let nth = card.nth.map(|nth| nth.to_string());
    nth.unwrap_or_else(|| card.meeting.to_string())
}

fn line(card: &MeetingCard, today: Day) -> Line {
    let held = card.held.as_ref().and_then(|held| held.held_on);
    let materials = card.materials.as_ref().map(|frozen| {
        let year = render::fiscal_year(frozen.fiscal_year, current());
        let on = render::day(frozen.on_day, current());
        let at = frozen.as_at;
        match current() {
            Lang::Ja => format!("{year}（基準日 {on}、位置 {at}）"),
            Lang::En => format!("{year} (as of {on}, position {at})"),
        }
    });
    let late = |due: Option<Day>| due.is_some_and(|due| due < today);
    Line {
        id: address(card),
        name: render::meeting_name(card, current()),
        on: render::day(held.unwrap_or(card.planned_on), current()),
        state: render::meeting_state(card.state(), current()),
        materials: materials.unwrap_or_else(|| t("未確定", "Not frozen").to_owned()),
        open: card.open_recommendations().count(),
        late: card
            .open_recommendations()
            .filter(|made| late(made.due_on))
            .count(),
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let columns = [
            t("回", "Meeting"),
            t("開催日（予定日）", "Held (or planned) on"),
            t("状態", "State"),
            t("確定した資料", "Frozen materials"),
            t("未回答の提言", "Open recommendations"),
            t("うち期限超過", "Of these overdue"),
        ];
        let rows = self.meetings.iter().map(|one| {
            vec![
                Cell::text(&one.name),
                Cell::text(&one.on),
                Cell::text(one.state),
                Cell::text(&one.materials),
                Cell::number(one.open),
                Cell::number(one.late),
            ]
        });
        vec![Table::new(t("委員会の一覧", "Meetings"), columns, rows)]
    }
}
