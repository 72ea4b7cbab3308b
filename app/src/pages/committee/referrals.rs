//! 連携の流れ: to whom the centre refers and who refers to it, and how far each came.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::ExportedList;

use super::super::chart::{Flow, Named, Stream};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Table};
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{listed, t};
use super::super::site::Site;
use super::cells::cell;
use super::frame::Frame;
use super::hand_overs::{HandOver, HandOvers, State as Reached};
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use super::row::{self, Row};

const FIGURES: [&str; 9] = [
    "referrals_made",
    "referrals_completed",
    "referrals_closed_with_feedback",
    "referrals_declined",
    "C-1",
    "C-2",
    "C-3",
    "C-4",
    "C-5",
];

#[derive(Template)]
#[template(path = "committee/referrals.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    figures: Vec<Row>,
    flow: Option<Drawn>,
}

struct Drawn {
    stamp: String,
    few: bool,
    total: i64,
    chart: Flow,
    offices: Vec<Office>,
    states: Vec<Reached>,
    /// How many of them are open.
    open: i64,
    /// Where those of any year are counted that are late.
    link: String,
    /// Whether the list of all that have not ended may be looked at.
    lists: bool,
}

impl Drawn {
    fn tables(&self) -> [Table; 2] {
        let offices = [
            t("相手", "Other office"),
            t("向き", "Direction"),
            t("件数", "Number"),
            t("未完結", "Open"),
            t("完結・終了", "Closed or ended"),
        ];
        let with = self.offices.iter().map(|one| {
            vec![
                Cell::text(&one.name),
                Cell::text(one.direction),
                Cell::Number(one.made),
                Cell::count(&one.open),
                Cell::count(&one.over),
            ]
        });
        let states = [
            t("その後", "What became of it"),
            t("件数", "Number"),
            t("未完結かどうか", "Open or not"),
        ];
        let became = self.states.iter().map(|one| {
            let open = if one.is_open {
                t("未完結", "Open")
            } else {
                "―"
            };
            vec![
                Cell::text(one.name),
                Cell::Number(one.count),
                Cell::text(open),
            ]
        });
        [
            Table::new(t("相手別", "By office"), offices, with).coded("offices"),
            Table::new(t("その後", "What became of them"), states, became).coded("states"),
        ]
    }
}

struct Office {
    name: String,
    direction: &'static str,
    made: i64,
    open: String,
    over: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let as_at = present.looked.basis.as_at;
    let frame = Frame::of("/committee/referrals")
        .with_years(&present)
        .looking_at(&present.looked);
    let figures = Row::all(&FIGURES, &present.looked);
    let divided = present.divided(&site).await?;
    let lists = signed_in.may(Action::ReadEvents, Subject::Ledger).is_ok();
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        figures,
        flow: divided.as_ref().map(|looked| drawn(looked, lists)),
    };
    let named = (ExportedList::ReferralFlow, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

fn drawn(looked: &Looked, lists: bool) -> Drawn {
    let hand_overs = HandOvers::of(looked);
    let coming: Vec<Stream> = hand_overs.offices.iter().map(stream).collect();
    let leaving = hand_overs.states.iter().filter(|one| one.count > 0);
    let leaving: Vec<Stream> = leaving.map(reached).collect();
    let open = hand_overs.states.iter().filter(|one| one.is_open);
    let open = open.fold(0_i64, |sum, one| sum.saturating_add(one.count));
    let said = leaving.iter().map(|stream| stream.label.clone());
    let named = Named {
        id: "referral-flow".to_owned(),
        title: t("連携先と、その後", "To whom, and what became of it").to_owned(),
        description: listed(&said.collect::<Vec<_>>()),
    };
    Drawn {
        stamp: looked.stamp(),
        few: hand_overs.are_few(),
        total: hand_overs.total,
        chart: Flow::of(named, t("連携", "Referrals").to_owned(), &coming, &leaving),
        offices: hand_overs.offices.iter().map(office).collect(),
        states: hand_overs.states,
        open,
        link: row::link("C-4", "", looked),
        lists,
    }
}

fn direction(one: &HandOver) -> &'static str {
    if one.is_others() {
        "―"
    } else if one.is_incoming() {
        t("センターへ", "To the centre")
    } else {
        t("センターから", "From the centre")
    }
}

fn office(one: &HandOver) -> Office {
    Office {
        name: one.office(),
        direction: direction(one),
        made: one.made,
        open: cell(one.open),
        over: cell(one.over),
    }
}

fn stream(one: &HandOver) -> Stream {
    Stream {
        label: format!("{} {}{}", one.office(), one.made, t("件", "")),
        count: one.made,
        open: None,
    }
}

fn reached(one: &Reached) -> Stream {
    let open = if one.is_open {
        t("【未完結】", "[Open] ")
    } else {
        ""
    };
    Stream {
        label: format!("{open}{} {}{}", one.name, one.count, t("件", "")),
        count: one.count,
        open: Some(if one.is_open { one.count } else { 0 }),
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let flow = self.flow.as_ref().filter(|flow| !flow.few);
        let flow = flow.map(|flow| flow.tables().map(|table| table.stamped(&flow.stamp)));
        let figures = std::iter::once(row::table(&self.figures));
        figures.chain(flow.into_iter().flatten()).collect()
    }
}
