//! 記録そのもの: every event of the log, newest first, and one of them with all that proves it.
//! Personal text stays closed.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::{Event, Metadata, Recorded, TypeInfo};
use ledger_core::id::Position;
use ledger_core::store::{Direction, EventStore, Filter, ReadAll, StoredEvent};
use serde::Deserialize;

use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::form::Query;
use super::language::{current, t};
use super::site::Site;
use crate::fault::read_failure;
use crate::reading::{amendments_of, unreadable};
use crate::render;

/// Events of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "events.html")]
struct Page {
    chrome: Chrome,
    types: Vec<Type>,
    asked: Asked,
    lines: Vec<Line>,
    /// The query of the page with older ones.
    older: Option<String>,
}

struct Type {
    name: &'static str,
    title: &'static str,
    chosen: bool,
}

struct Line {
    position: String,
    recorded: String,
    title: String,
    stream: String,
    actor: String,
}

#[derive(Template)]
#[template(path = "event.html")]
struct One {
    chrome: Chrome,
    position: u64,
    title: String,
    said: Option<String>,
    /// What later events say about it.
    amendments: Vec<String>,
    /// The stream, and how many of its events were recorded by then.
    stream: String,
    revision: u64,
    facts: Vec<(&'static str, String)>,
    data: String,
    metadata: String,
    is_last: bool,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    /// The newest position to show.
    #[serde(default)]
    from: String,
    /// A type's name.
    #[serde(default, rename = "type")]
    kind: String,
    /// The beginning of streams' names.
    #[serde(default)]
    stream: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let known = Event::types();
    if !asked.kind.is_empty() && !known.iter().any(|info| info.name == asked.kind) {
        return Err(Refusal::not_found());
    }
    let store = site.open.open.store.as_ref();
    let (events, next) = newest(store, &asked).await?;
    let kind = |info: &TypeInfo| Type {
        name: info.name,
        title: render::event_title(info.name, current()),
        chosen: asked.kind == info.name,
    };
    shown(&Page {
        chrome: Chrome::of(t("記録そのもの", "Events"), &signed_in, "/events"),
        types: known.iter().map(kind).collect(),
        lines: events.iter().map(line).collect(),
        older: next.map(|next| asked.older(next)),
        asked,
    })
}

/// A page of events, newest first, and from where older ones follow. A read looks only so far for what
/// fits a filter, and is gone on with until the page is full or the log ends.
async fn newest(
    store: &dyn EventStore,
    asked: &Asked,
) -> Result<(Vec<StoredEvent>, Option<u64>), Refusal> {
    let mut read = ReadAll {
        from: asked.from.trim().parse().ok().map(Position::new),
        direction: Direction::Backwards,
        limit: PAGE,
        filter: asked.filter(),
        as_at: None,
    };
    let mut events = Vec::new();
    loop {
        read.limit = PAGE.saturating_sub(events.len());
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        events.extend(page.events.iter().cloned());
        match page.next {
            Some(next) if events.len() < PAGE => read.from = Some(Position::new(next)),
            next => return Ok((events, next)),
        }
    }
}

impl Asked {
    /// The query for the same from another position on.
    fn older(&self, from: u64) -> String {
        let from = from.to_string();
        let pairs = [
            ("type", &self.kind),
            ("stream", &self.stream),
            ("from", &from),
        ];
        serde_html_form::to_string(pairs).unwrap_or_default()
    }

    fn filter(&self) -> Filter {
        let known = Event::types();
        let kind = known.iter().find(|info| info.name == self.kind);
        let kind = kind.and_then(|info| ledger_core::id::EventType::new(info.name).ok());
        let mut filter = Filter::default();
        if kind.is_some() {
            filter.types = Filter::of_types(kind).types;
        }
        let stream = self.stream.trim();
        if !stream.is_empty() {
            filter.streams = Filter::of_streams(stream).streams;
        }
        filter
    }
}

fn metadata(stored: &StoredEvent) -> Option<Metadata> {
    serde_json::from_slice(&stored.metadata).ok()
}

fn line(stored: &StoredEvent) -> Line {
    let recorded = stored.recorded_at.in_japan();
    Line {
        position: stored.position.to_string(),
        recorded: recorded.format("%Y-%m-%d %H:%M").to_string(),
        title: render::event_title(stored.event_type.as_str(), current()).to_owned(),
        stream: stored.stream.to_string(),
        actor: metadata(stored).map_or_else(String::new, |known| known.actor.to_string()),
    }
}

pub(super) async fn one(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(position): Path<String>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let store: &dyn EventStore = site.open.open.store.as_ref();
    let position: u64 = position.parse().map_err(|_| Refusal::not_found())?;
    let read = ReadAll::one(Position::new(position));
    let found = store.read_all(&read).await;
    let found = found.map_err(|error| read_failure(&error))?;
    let stored = found.events.first();
    let stored = stored.filter(|one| one.position.get() == position);
    let stored = stored.ok_or_else(Refusal::not_found)?.clone();
    let amendments = amendments_of(store, None, &stored).await?;
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let title = render::event_title(stored.event_type.as_str(), current());
    let recorded = Recorded::read(&stored).ok();
    let pretty = |bytes: &[u8]| -> Result<String, Refusal> {
        let value: serde_json::Value =
            serde_json::from_slice(bytes).map_err(|error| unreadable(&error))?;
        Ok(serde_json::to_string_pretty(&value).unwrap_or_default())
    };
    shown(&One {
        chrome: Chrome::of(
            format!("{} #{position}", t("記録", "Event")),
            &signed_in,
            "/events",
        ),
        position,
        title: title.to_owned(),
        said: recorded.map(|recorded| render::sentence(&recorded.event, recorded.privacy)),
        amendments: amendments
            .iter()
            .map(|one| render::amendment(one, current()))
            .collect(),
        stream: stored.stream.to_string(),
        revision: stored.revision.get().saturating_add(1),
        facts: facts(&stored),
        data: pretty(&stored.data)?,
        metadata: pretty(&stored.metadata)?,
        is_last: head.position == stored.position,
    })
}

fn facts(stored: &StoredEvent) -> Vec<(&'static str, String)> {
    let private = match (stored.sealed.is_some(), stored.sealed_sha256.is_some()) {
        (true, _) => t("封印してあります", "sealed"),
        (false, true) => t("消去されました", "erased"),
        (false, false) => t("ありません", "none"),
    };
    vec![
        (t("位置", "Position"), stored.position.to_string()),
        (t("ストリーム", "Stream"), stored.stream.to_string()),
        (
            t("ストリーム内の番号", "Number in the stream"),
            stored.revision.to_string(),
        ),
        ("ID", stored.id.to_string()),
        (t("種類", "Kind"), stored.event_type.to_string()),
        (
            t("記録した時刻（UTC）", "Recorded at (UTC)"),
            stored.recorded_at.to_string(),
        ),
        (
            t("個人に関する記述", "What is said of persons"),
            private.to_owned(),
        ),
        (t("葉のハッシュ", "Leaf hash"), stored.leaf_hash.to_string()),
    ]
}
