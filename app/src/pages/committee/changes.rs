//! 前回からの変更: which figures that a meeting was shown are other ones now, and, for who may read events, by
//! which of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::time::Day;
use ledger_projections::committee::{Materials, MeetingCard};
use ledger_projections::indicators::{self, Amount, Change, ChangedPart, Scope};
use serde::{Deserialize, Serialize};

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Table, Wanted};
use super::super::fault::Refusal;
use super::super::few;
use super::super::form::Query;
use super::super::language::{current, listed, t};
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present, indicator};
use super::meetings::address;
use super::paper::{Paper, answer};
use crate::lang::Lang;
use crate::reading::{Sight, changes_since, facility_names, meeting_cards};
use crate::render;

/// The figure that says up to where the log was read: every event moves it on.
pub(super) const READ_TO: &str = "I-9";

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
    /// Up to where the log was read then and is now, which alone says nothing of what is counted.
    read: Option<(String, String)>,
    with_events: bool,
}

impl Page {
    /// How many figures are shown otherwise, and of how many only what they rest on changed.
    fn counts(&self) -> (usize, usize) {
        let rebased = self
            .lines
            .iter()
            .filter(|line| !line.what.is_empty())
            .count();
        (self.lines.len().saturating_sub(rebased), rebased)
    }
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
    /// What it was and is, as it is taken along.
    cells: (Cell, Cell),
    /// What changed where what is shown did not; empty where it did.
    what: &'static str,
    /// Rows of the breakdown with what they were and are; none for the committee, which sees those of a meeting
    /// alone.
    groups: Vec<(String, String, String)>,
    causes: Vec<(String, &'static str)>,
    further: usize,
}

impl Line {
    fn cells(&self, with_events: bool) -> Vec<Cell> {
        let mut cells = vec![
            Cell::text(self.id),
            Cell::text(self.name),
            self.cells.0.clone(),
            self.cells.1.clone(),
            Cell::text(self.what),
        ];
        if with_events {
            let groups = self.groups.iter();
            let groups = groups.map(|(name, was, is)| format!("{name} {was}→{is}"));
            cells.push(Cell::text(listed(&groups.collect::<Vec<_>>())));
        }
        if with_events {
            let causes = self.causes.iter();
            let causes = causes.map(|(position, kind)| format!("#{position} {kind}"));
            cells.push(Cell::text(causes.collect::<Vec<_>>().join(" ")));
        }
        cells
    }
}

#[derive(Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    meeting: String,
    /// `csv` or `xlsx`: the figures as a file.
    #[serde(default, skip_serializing)]
    format: String,
    #[serde(default, skip_serializing)]
    table: String,
}

impl Wanted for Asked {
    fn form(&self) -> (&str, &str) {
        (&self.format, &self.table)
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, None).await?;
    let as_at = present.looked.basis.as_at;
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
        read: None,
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
        let window = (materials.as_at, &*present.looked.basis);
        let changes = changes_since(&site.open.open, scope(materials), window).await?;
        let shown = Looked::shown_at(&site, card).await?;
        for change in changes {
            let change = sight.of_change(change);
            if change.indicator == READ_TO {
                let line = line(&change, &then);
                page.read = Some((line.before, line.after));
                continue;
            }
            let whole = shown.as_ref().filter(|_| sight.is_whole());
            if is_told(&change, &then, &sight) {
                let groups = groups(&site, &change, whole.map(|shown| (shown, &then))).await?;
                let line = line(&change, &then);
                page.lines.push(Line { groups, ..line });
            }
        }
        // What is shown otherwise stands first; the sort is stable.
        page.lines.sort_by_key(|line| !line.what.is_empty());
    }
    let named = (ExportedList::FigureChanges, as_at);
    answer((&site, &signed_in), named, &asked, page).await
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

/// Whether somebody is told of a change: of a figure of few the committee knows no breakdown, nor that it changed.
fn is_told(change: &Change, now: &Looked, sight: &Sight) -> bool {
    let hides = |value| sight.hides(change.indicator, value);
    if hides(&change.before) && hides(&change.after) {
        return false;
    }
    let n = now
        .measure(change.indicator)
        .map_or(0, |(_, measure)| measure.n);
    change.part != ChangedPart::Breakdown || !sight.hides_lines(n)
}

/// The rows of a breakdown that are other ones now, where the value is the same.
async fn groups(
    site: &Site,
    change: &Change,
    looked: Option<(&Looked, &Looked)>,
) -> Result<Vec<(String, String, String)>, Refusal> {
    let looked = looked.filter(|_| change.part != ChangedPart::Value);
    let measured = looked.and_then(|(then, now)| {
        let (_, before) = then.measure(change.indicator)?;
        let (_, after) = now.measure(change.indicator)?;
        Some((before, after, now.basis.as_at))
    });
    let Some((before, after, as_at)) = measured else {
        return Ok(Vec::new());
    };
    let names = facility_names(&site.open.open, &after, as_at).await?;
    let told = |lines: &[indicators::Line], key: &str| {
        let line = lines.iter().find(|line| line.key == key);
        let told = line.map(|line| render::amount(&line.value, "", current()));
        told.unwrap_or_else(|| "―".to_owned())
    };
    let keys = before.lines.iter().chain(&after.lines);
    let keys: BTreeSet<&str> = keys.map(|line| &*line.key).collect();
    let rows = keys.into_iter().map(|key| {
        let name = render::breakdown(key, &names, current());
        (name, told(&before.lines, key), told(&after.lines, key))
    });
    Ok(rows.filter(|(_, was, is)| was != is).take(CAUSES).collect())
}

/// What changed where what is shown is what it was.
fn what(change: &Change) -> &'static str {
    match change.part {
        ChangedPart::Value if change.before == change.after => t(
            "値は同じで、予定数か数え方が変わりました",
            "Same value, another planned number or counting rule",
        ),
        ChangedPart::Value => t(
            "示す数は同じで、もとの件数（n）などだけが変わりました",
            "Shown the same, only its basis (n) changed",
        ),
        ChangedPart::List => t(
            "値は同じで、数えた記録だけが変わりました",
            "Same value, other events counted",
        ),
        ChangedPart::Breakdown => t(
            "値は同じで、内訳だけが変わりました",
            "Same value, another breakdown",
        ),
    }
}

fn line(change: &Change, now: &Looked) -> Line {
    let known = indicator(change.indicator);
    let name = known.map_or("", |known| t(known.ja, known.en));
    let told = |value: &Amount| {
        let none = || (String::new(), Cell::Nothing);
        known.map_or_else(none, |known| few::value(known, value, &now.basis.settings))
    };
    let ((before, cell_before), (after, cell_after)) = (told(&change.before), told(&change.after));
    let is_shown_otherwise = change.part == ChangedPart::Value && before != after;
    let causes = change.causes.iter().take(CAUSES);
    Line {
        id: change.indicator,
        name,
        year: now.scope.year.year(),
        before,
        after,
        cells: (cell_before, cell_after),
        what: if is_shown_otherwise { "" } else { what(change) },
        groups: Vec::new(),
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

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let mut columns = vec![
            t("指標", "Indicator"),
            t("名称", "Name"),
            t("会議のとき", "At the meeting"),
            t("いま", "Now"),
            t("変わったもの", "What changed"),
        ];
        if self.with_events {
            columns.push(t("内訳", "Breakdown"));
            columns.push(t("変えた記録", "Changed by"));
        }
        let rows = self.lines.iter().map(|line| line.cells(self.with_events));
        let title = match current() {
            Lang::Ja => format!("{}から{}まで", self.since, self.until),
            Lang::En => format!("From {} to {}", self.since, self.until),
        };
        vec![Table::new(t("変わった数", "Changed figures"), columns, rows).stamped(title)]
    }
}
