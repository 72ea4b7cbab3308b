//! 連携の流れ: to whom the centre refers and who refers to it, and how far each came.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::super::chart::{Flow, Named, Stream};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::{Refusal, shown};
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{listed, t};
use super::super::site::Site;
use super::cells::cell;
use super::frame::Frame;
use super::hand_overs::{HandOver, HandOvers, State as Reached};
use super::looked::{Looked, Present};
use super::row::Row;

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
    let frame = Frame::of("/committee/referrals")
        .with_years(&present.years, present.year())
        .looking_at(&present.looked);
    let figures = Row::all(&FIGURES, &present.looked);
    let divided = present.divided(&site).await?;
    shown(&Page {
        chrome: frame.chrome(&signed_in),
        frame,
        figures,
        flow: divided.as_ref().map(drawn),
    })
}

fn drawn(looked: &Looked) -> Drawn {
    let hand_overs = HandOvers::of(looked);
    let coming: Vec<Stream> = hand_overs.offices.iter().map(stream).collect();
    let leaving = hand_overs.states.iter().filter(|one| one.count > 0);
    let leaving: Vec<Stream> = leaving.map(reached).collect();
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
        t("【未完結】", "[open] ")
    } else {
        ""
    };
    Stream {
        label: format!("{open}{} {}{}", one.name, one.count, t("件", "")),
        count: one.count,
        open: Some(if one.is_open { one.count } else { 0 }),
    }
}
