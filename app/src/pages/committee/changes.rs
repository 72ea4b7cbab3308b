//! 前回からの変更: which figures that a meeting was shown are other ones now, and, for who may read events, by
//! which of them.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::id::Position;
use ledger_core::time::Day;
use ledger_projections::committee::{Materials, MeetingCard};
use ledger_projections::figures;
use ledger_projections::indicators::{Change, ChangedPart, Scope, changed_since, find};
use serde::Deserialize;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::{Refusal, shown};
use super::super::form::Query;
use super::super::language::{current, t};
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::meetings::address;
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::{Sight, meeting_cards};
use crate::render;

/// Most events that are named for one figure.
const CAUSES: usize = 20;

#[derive(Template)]
#[template(path = "committee/changes.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    meetings: Vec<Choice>,
    /// What the meeting was shown, and until where it is looked at.
    since: String,
    until: String,
    lines: Vec<Line>,
    with_events: bool,
}

struct Choice {
    address: String,
    name: String,
    chosen: bool,
}

struct Line {
    id: &'static str,
    name: &'static str,
    year: i32,
    before: String,
    after: String,
    same_value: bool,
    causes: Vec<(String, &'static str)>,
    further: usize,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    meeting: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, None).await?;
    let sight = Sight::in_role(signed_in.role, &site.open.open).await?;
    let mut cards = meeting_cards(&site.open.open).await?;
    cards.retain(|card| card.materials.is_some());
    cards.sort_by_key(|card| std::cmp::Reverse(place(card)));
    let asked_for = cards.iter().find(|card| address(card) == asked.meeting);
    let chosen = asked_for.or_else(|| cards.first());
    let frame = Frame::of("/committee/changes");
    let mut page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        meetings: cards.iter().map(|card| choice(card, chosen)).collect(),
        since: String::new(),
        until: position(present.looked.basis.as_at),
        lines: Vec::new(),
        with_events: sight.is_whole(),
    };
    if let Some((card, materials)) = chosen.and_then(|card| Some((card, card.materials.as_ref()?)))
    {
        let then = Looked {
            basis: Arc::clone(&present.looked.basis),
            scope: scope(materials),
            shown_at: None,
        };
        page.since = materials_of(&render::meeting_name(card, current()), materials.as_at);
        page.frame.stamp = then.stamp();
        let changes = changes(&site, materials, &present.looked).await?;
        let seen = changes.into_iter().map(|change| sight.of_change(change));
        page.lines = seen
            .filter(|change| change.part != ChangedPart::Breakdown)
            .map(|change| line(&change, materials.fiscal_year.year()))
            .collect();
    }
    shown(&page)
}

fn position(at: Position) -> String {
    match current() {
        Lang::Ja => format!("台帳の位置 {at}"),
        Lang::En => format!("position {at} of the ledger"),
    }
}

fn materials_of(meeting: &str, at: Position) -> String {
    match current() {
        Lang::Ja => format!("{meeting}の資料（位置 {at}）"),
        Lang::En => format!("the materials of meeting {meeting} (position {at})"),
    }
}

fn place(card: &MeetingCard) -> (Option<Position>, Day) {
    let at = card.materials.as_ref().map(|materials| materials.as_at);
    (at, card.planned_on)
}

fn scope(materials: &Materials) -> Scope {
    Scope {
        year: materials.fiscal_year,
        day: materials.on_day,
    }
}

fn choice(card: &MeetingCard, chosen: Option<&MeetingCard>) -> Choice {
    Choice {
        address: address(card),
        name: render::meeting_name(card, current()),
        chosen: chosen.is_some_and(|chosen| chosen.meeting == card.meeting),
    }
}

async fn changes(
    site: &Site,
    materials: &Materials,
    present: &Looked,
) -> Result<Vec<Change>, Refusal> {
    let open = &site.open.open;
    let window = (materials.as_at, present.basis.as_at);
    let changes = changed_since(open.store.as_ref(), &open.views, scope(materials), window).await;
    Ok(changes.map_err(|error| figures_failure(&error))?)
}

fn line(change: &Change, year: i32) -> Line {
    let known = find(change.indicator).or_else(|| figures::find(change.indicator));
    let (name, unit) = known.map_or(("", ""), |known| (t(known.ja, known.en), known.unit_ja));
    let causes = change.causes.iter().take(CAUSES);
    Line {
        id: change.indicator,
        name,
        year,
        before: render::amount(&change.before, unit, current()),
        after: render::amount(&change.after, unit, current()),
        same_value: change.part == ChangedPart::List,
        causes: causes
            .map(|cause| {
                (
                    cause.position.to_string(),
                    render::cause(cause.kind, current()),
                )
            })
            .collect(),
        further: change.causes.len().saturating_sub(CAUSES),
    }
}
