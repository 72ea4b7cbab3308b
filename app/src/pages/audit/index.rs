//! 監査: what there is to look at, how much of it, and when the newest was recorded.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::{AuditEvent, CorrectionEvent, TypeInfo};
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll};
use ledger_projections::event_index::{EventIndex, Kind, kinds};
use ledger_projections::register_rows::{RegisterRows, counted};

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::{Refusal, shown};
use super::super::language::current;
use super::super::site::Site;
use super::frame::{ENGAGEMENTS, Frame, SECTIONS};
use crate::fault::{read_failure, views_failure};
use crate::lang::Lang;
use crate::render;

#[derive(Template)]
#[template(path = "audit/index.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    lines: Vec<Line>,
    /// Where the log ends, and the root there.
    head: String,
}

struct Line {
    path: &'static str,
    title: &'static str,
    about: &'static str,
    count: String,
    newest: Option<String>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
) -> Result<Response, Refusal> {
    let frame = Frame::of("/audit");
    let chrome = frame.chrome(&signed_in)?;
    let (open, lang) = (&site.open.open, current());
    let store: &dyn EventStore = open.store.as_ref();
    open.catch_up(&EventIndex, &mut |_, _| {}).await?;
    open.catch_up(&RegisterRows, &mut |_, _| {}).await?;
    let kinds = kinds(&open.views).await;
    let kinds = kinds.map_err(|error| views_failure(&error))?;
    let imported = counted(&open.views).await;
    let imported = imported.map_err(|error| views_failure(&error))?;
    let mut lines = Vec::new();
    for section in SECTIONS.iter().filter(|one| one.path != "/audit") {
        let (count, newest) = match section.path {
            "/audit/imports" => (
                amount(imported.0, ("行", "rows"), lang),
                Position::from_i64(imported.1),
            ),
            path => {
                let (events, newest) = of_types(&kinds, &types_of(path));
                (amount(events, ("件の記録", "events"), lang), newest)
            },
        };
        lines.push(Line {
            path: section.path,
            title: lang.pick(section.title.0, section.title.1),
            about: lang.pick(section.about.0, section.about.1),
            count,
            newest: recorded_on(store, newest, lang).await?,
        });
    }
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let head = format!("{}:{}", head.position, head.frontier.root());
    shown(&Page {
        chrome,
        frame,
        lines,
        head,
    })
}

/// The types of events that a page tells of.
fn types_of(path: &str) -> Vec<&'static str> {
    let names = |types: &[TypeInfo]| types.iter().map(|info| info.name).collect();
    match path {
        "/audit/corrections" => names(CorrectionEvent::TYPES),
        // The page tells of no other of the programme's events.
        "/audit/rules" => vec!["counting-rule-adopted", "review-term-set"],
        // Sign-ins stand in the same streams, and are no openings.
        "/audit/access" => vec!["personal-text-opened", "list-exported", "backup-taken"],
        ENGAGEMENTS => names(AuditEvent::TYPES),
        "/audit/sample" => vec!["sample-drawn"],
        _ => Vec::new(),
    }
}

fn of_types(kinds: &[Kind], types: &[&str]) -> (u64, Position) {
    let own = kinds
        .iter()
        .filter(|kind| !kind.is_category && types.contains(&kind.name.as_str()));
    own.fold((0, Position::default()), |(events, newest), kind| {
        let events = events.saturating_add(kind.events);
        (events, newest.max(kind.newest))
    })
}

fn amount(count: impl std::fmt::Display, unit: (&str, &str), lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{count}{}", unit.0),
        Lang::En => format!("{count} {}", unit.1),
    }
}

/// The day on which the event at a position was recorded; none where there is none yet.
async fn recorded_on(
    store: &dyn EventStore,
    position: Position,
    lang: Lang,
) -> Result<Option<String>, Refusal> {
    if position == Position::default() {
        return Ok(None);
    }
    let page = store.read_all(&ReadAll::one(position)).await;
    let page = page.map_err(|error| read_failure(&error))?;
    let newest = page.events.first();
    Ok(newest.map(|newest| render::day(newest.recorded_at.day_in_japan(), lang)))
}
