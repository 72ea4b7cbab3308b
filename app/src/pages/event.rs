//! 一つの記録: an event with its causes and effects, its bytes as they are stored, and what proves it. Personal text
//! stays closed.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_commands::stays_as_written;
use ledger_core::event::{Event, Recorded};
use ledger_core::id::{EventId, Position};
use ledger_core::proof::Hash;
use ledger_core::store::audit::leaf_of;
use ledger_core::store::{Direction, EventStore, Head, ReadAll, StoredEvent};
use serde::Deserialize;
use serde_json::Value;

use super::act::may_give;
use super::chrome::{Chrome, pages_of};
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::form::Query;
use super::language::{current, t};
use super::site::Site;
use crate::fault::read_failure;
use crate::reading::{
    amendments_of, beside, checked, in_stream, leaves_lacking, with_the_same_command,
};
use crate::render;
use crate::rights::{may_read, reads};
use crate::wiring::OpenLedger;

/// Most leaves that are read of the log for every event that is looked at; where the tree lacks more it is asked for.
const PROVED_AT_ONCE: u64 = 5_000;
/// Most characters of a text on the page; the whole of it is handed over as a file.
const SHOWN_MAX: usize = 6_000;

#[derive(Template)]
#[template(path = "event.html")]
struct Page {
    chrome: Chrome,
    position: u64,
    title: String,
    said: Option<String>,
    /// What later events say about it, each with its position.
    amendments: Vec<(String, Position)>,
    /// The stream, and how many of its events were recorded by then.
    stream: String,
    revision: u64,
    /// The audit to which it belongs.
    audit: Option<String>,
    /// The form in which auditors ask about it, for who may.
    ask: Option<String>,
    /// It was recorded just now; where somebody goes on who did.
    onwards: Option<Vec<(&'static str, &'static str)>>,
    /// Whether it can be corrected, annulled or moved from here.
    amends: bool,
    facts: Vec<(&'static str, String)>,
    /// Where it comes from and what came with it.
    links: Vec<Link>,
    data: Shown,
    metadata: Shown,
    bytes: Vec<Part>,
    leaf: String,
    proof: Proof,
    head: String,
    /// The events before and after it that the role reads.
    before: Option<Position>,
    after: Option<Position>,
}

/// Something that another event is to this one.
struct Link {
    label: &'static str,
    /// The event, where the role reads it.
    to: Option<(Position, String)>,
    /// What is said where there is no event to go to.
    otherwise: String,
}

/// A text, of which a part may be shown.
struct Shown {
    text: String,
    /// How many characters there are, where that is not all.
    cut: Option<usize>,
}

/// Stored bytes.
struct Part {
    title: &'static str,
    /// How the file with them is named; none for what stays sealed.
    name: Option<&'static str>,
    length: Option<usize>,
    sha256: String,
    /// None: no text, or sealed.
    text: Option<Shown>,
}

/// What was checked.
enum Proof {
    /// Nothing, as nobody asked and it takes a while.
    NotAsked,
    /// Bytes and leaf fit, or not; the tree holds the leaf, or not, or is too large; the hashes that lead up.
    Checked {
        leaf: bool,
        tree: Option<bool>,
        path: Vec<Hash>,
        root: Hash,
    },
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Not empty where the tree is to be made though it takes a while.
    #[serde(default)]
    check: String,
    /// Not empty where it was recorded just now.
    #[serde(default)]
    recorded: String,
}

/// The event at a position, for who reads its stream.
async fn found(site: &Site, signed_in: &SignedIn, position: &str) -> Result<StoredEvent, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let position: u64 = position.parse().map_err(|_| Refusal::not_found())?;
    let read = ReadAll::one(Position::new(position));
    let found = site.open.open.store.read_all(&read).await;
    let found = found.map_err(|error| read_failure(&error))?;
    let stored = found.events.first();
    let stored = stored.filter(|one| one.position.get() == position);
    let stored = stored.ok_or_else(Refusal::not_found)?.clone();
    may_read(signed_in.role, &stored.stream)?;
    Ok(stored)
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(position): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let stored = found(&site, &signed_in, &position).await?;
    let store: &dyn EventStore = site.open.open.store.as_ref();
    let (lang, at) = (current(), stored.position);
    let amendments = amendments_of(store, None, &stored).await?;
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let to = async |way| beside(store, signed_in.role, at, way).await;
    let recorded = Recorded::read(&stored).ok();
    let said = amendments.iter();
    let heading = format!("{} #{at}", t("記録", "Event"));
    shown(&Page {
        title: render::event_title(stored.event_type.as_str(), lang).to_owned(),
        links: links(store, &signed_in, (&stored, recorded.as_ref())).await?,
        said: recorded
            .as_ref()
            .map(|one| render::sentence(&one.event, one.privacy, lang)),
        amendments: said
            .map(|one| (render::amendment(one, lang), one.position))
            .collect(),
        stream: stored.stream.to_string(),
        revision: stored.revision.get().saturating_add(1),
        audit: stored
            .stream
            .as_str()
            .strip_prefix("audit-")
            .map(str::to_owned),
        onwards: (!asked.recorded.is_empty()).then(|| onwards(&signed_in, &stored)),
        amends: amends(&signed_in, &stored, recorded.as_ref()),
        ask: may_give(&signed_in, "ask-audit-question")
            .then(|| format!("/acts/ask-audit-question?event={}", stored.id)),
        facts: facts(&stored),
        data: cut(pretty(&stored.data)),
        metadata: cut(pretty(&stored.metadata)),
        bytes: parts(&stored),
        leaf: String::from_utf8_lossy(&leaf_of(&stored).bytes()).into_owned(),
        proof: proof(&site.open.open, (&head, at), !asked.check.is_empty()).await?,
        head: format!("{}:{}", head.position, head.frontier.root()),
        before: to(Direction::Backwards).await?,
        after: to(Direction::Forwards).await?,
        position: at.get(),
        chrome: Chrome::of(heading, &signed_in, "/events"),
    })
}

/// Whether whoever is signed in may amend it; the form says what cannot after all.
fn amends(signed_in: &SignedIn, stored: &StoredEvent, recorded: Option<&Recorded>) -> bool {
    let may = signed_in.may(Action::Correct, Subject::of(&stored.stream));
    may.is_ok() && recorded.is_some_and(|recorded| !stays_as_written(&recorded.event))
}

/// Where somebody goes on who recorded it: where it is listed with others, and to the next record.
fn onwards(signed_in: &SignedIn, stored: &StoredEvent) -> Vec<(&'static str, &'static str)> {
    let list = match stored.stream.category() {
        Some("facility" | "organisation") => Some((
            "/organisations",
            t("関係機関と施設", "Organisations and facilities"),
        )),
        Some("committee" | "request") => Some(("/committee/meetings", t("会議", "Meetings"))),
        Some("audit") => Some(("/audit/engagements", t("監査", "Audits"))),
        _ => None,
    };
    let begins = pages_of(signed_in.role).first();
    let begins = begins.map(|(path, (ja, en))| (*path, t(ja, en)));
    let acts = ("/acts", t("そのほかの記録", "Other records"));
    list.into_iter().chain([acts]).chain(begins).collect()
}

/// The bytes of data or metadata as they are stored.
pub(super) async fn bytes(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path((position, part)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let stored = found(&site, &signed_in, &position).await?;
    let bytes = match part.as_str() {
        "data" => stored.data,
        "metadata" => stored.metadata,
        _ => return Err(Refusal::not_found()),
    };
    let name = format!(
        "attachment; filename=\"event-{}-{part}.json\"",
        stored.position
    );
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

async fn proof(
    open: &OpenLedger,
    (head, at): (&Head, Position),
    is_asked: bool,
) -> Result<Proof, Refusal> {
    if !is_asked && leaves_lacking(open, head) > PROVED_AT_ONCE {
        return Ok(Proof::NotAsked);
    }
    let checked = checked(open, head, &[at]).await?;
    let one = checked.into_iter().next().ok_or_else(Refusal::not_found)?;
    Ok(Proof::Checked {
        leaf: one.leaf,
        tree: one.tree,
        path: one.path,
        root: head.frontier.root(),
    })
}

async fn links(
    store: &dyn EventStore,
    signed_in: &SignedIn,
    (stored, recorded): (&StoredEvent, Option<&Recorded>),
) -> Result<Vec<Link>, Refusal> {
    let link = |label, one: &StoredEvent| Link {
        label,
        to: reads(signed_in.role, one.stream.category()).then(|| {
            let title = render::event_title(one.event_type.as_str(), current());
            (one.position, title.to_owned())
        }),
        otherwise: t("この役割では見られない記録", "Not visible to this role").to_owned(),
    };
    let mut links = Vec::new();
    let Some(recorded) = recorded else {
        return Ok(links);
    };
    if let Event::Correction(correction) = &recorded.event {
        let label = t(
            "この記録が訂正・取消し・付替えをする記録",
            "Corrects, annuls or reassigns",
        );
        let target = in_stream(store, &stored.stream, correction.target()).await?;
        links.push(match target {
            Some(target) => link(label, &target),
            None => unknown(label, correction.target().to_string()),
        });
    }
    let together = with_the_same_command(store, stored).await?;
    let label = t("同じ操作で記録したもの", "Recorded by the same command");
    links.extend(together.iter().map(|one| link(label, one)));
    let metadata = &recorded.metadata;
    let own = metadata.command.uuid();
    for (label, id) in [
        (
            t("きっかけ（causation）", "Caused by (causation)"),
            metadata.causation,
        ),
        (
            t("一連の操作（correlation）", "Chain (correlation)"),
            metadata.correlation,
        ),
    ] {
        if id == own {
            let said = t("この操作そのもの", "This command");
            links.push(unknown(label, said.to_owned()));
            continue;
        }
        let event = in_stream(store, &stored.stream, EventId::new(id)).await?;
        links.push(match event {
            Some(event) => link(label, &event),
            None => unknown(label, id.to_string()),
        });
    }
    Ok(links)
}

const fn unknown(label: &'static str, otherwise: String) -> Link {
    Link {
        label,
        to: None,
        otherwise,
    }
}

/// JSON with a line for each field; what is none as it is.
fn pretty(bytes: &[u8]) -> String {
    let value: Result<Value, _> = serde_json::from_slice(bytes);
    let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
    pretty.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

fn cut(text: String) -> Shown {
    let all = text.chars().count();
    if all <= SHOWN_MAX {
        return Shown { text, cut: None };
    }
    Shown {
        text: text.chars().take(SHOWN_MAX).collect(),
        cut: Some(all),
    }
}

/// What the leaf's hashes are made of.
fn parts(stored: &StoredEvent) -> Vec<Part> {
    let clear = |title, name, bytes: &[u8]| Part {
        title,
        name: Some(name),
        length: Some(bytes.len()),
        sha256: Hash::of(bytes).to_string(),
        text: std::str::from_utf8(bytes)
            .ok()
            .map(|text| cut(text.to_owned())),
    };
    let mut parts = vec![
        clear(t("内容（data）", "Content (data)"), "data", &stored.data),
        clear(
            t("付帯情報（metadata）", "Metadata"),
            "metadata",
            &stored.metadata,
        ),
    ];
    let hash = leaf_of(stored).sealed;
    parts.extend(hash.map(|hash| Part {
        title: t("封印した部分（sealed）", "Sealed part"),
        name: None,
        length: stored.sealed.as_deref().map(<[u8]>::len),
        sha256: hash.to_string(),
        text: None,
    }));
    parts
}

fn facts(stored: &StoredEvent) -> Vec<(&'static str, String)> {
    let private = match (stored.sealed.is_some(), stored.sealed_sha256.is_some()) {
        (true, _) => t("封印してあります", "Sealed"),
        (false, true) => t("消去されました", "Erased"),
        (false, false) => t("ありません", "None"),
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
            t("記録した時刻", "Recorded at"),
            render::minute(stored.recorded_at, current()),
        ),
        (
            t(
                "同じ時刻（UTC、保存された形）",
                "The same in UTC, as stored",
            ),
            stored.recorded_at.to_string(),
        ),
        (
            t("個人に関する記述", "What is said of persons"),
            private.to_owned(),
        ),
        (t("葉のハッシュ", "Leaf hash"), stored.leaf_hash.to_string()),
    ]
}
