//! 記録そのもの: every event of the log, newest first. Personal text stays closed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::actor::Role;
use ledger_core::code::Area;
use ledger_core::event::{Event, ExportedList};
use ledger_core::id::{ChildId, StreamName};

use super::browse::{Asked, Chip, Line as Found, Search};
use super::chrome::Chrome;
use super::door::SignedIn;
use super::export::{self, Cell, Links, Table};
use super::fault::{Refusal, shown};
use super::form::Query;
use super::language::{current, t};
use super::numbers::is_number;
use super::site::Site;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::reading::{meant, number_of};
use crate::render;
use crate::rights::{reads, reads_all, reads_type};

/// Events of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "events.html")]
struct Page {
    chrome: Chrome,
    types: Vec<Choice>,
    categories: Vec<Choice>,
    areas: Vec<Choice>,
    asked: Asked,
    /// How many events there are, where none is left out: positions have no gaps.
    total: Option<u64>,
    /// The filters that are on.
    chips: Vec<Chip>,
    lines: Vec<Line>,
    /// What the role does not read is left out.
    is_partial: bool,
    /// The page holds as many lines as a page may.
    is_full: bool,
    /// How many fit but are left out as they do not say when they happened, and the query for them.
    left_out: Option<(usize, String)>,
    /// The query of the page with those that follow.
    next: Option<String>,
    /// What was typed for a stream where it can only be a number, and is the one of nobody.
    unknown: Option<String>,
    /// How the list is taken along.
    export: Option<Links>,
}

/// One choice of a list.
struct Choice {
    code: &'static str,
    title: String,
    chosen: bool,
}

struct Line {
    position: String,
    recorded: String,
    occurred: Option<String>,
    /// Days between what happened and its recording.
    delay: Option<i64>,
    title: String,
    stream: String,
    /// The register number of the person whose stream it is.
    number: Option<String>,
    actor: String,
    /// What a later event said about it last.
    act: Option<&'static str>,
}

/// Most rows of a list that is taken along.
const ROWS_MAX: usize = 20_000;

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let asked = asked.checked()?;
    if let Some(child) = numbered(&site, &asked.stream).await? {
        // The list is of the stream that the address names.
        let stream = StreamName::child(child).to_string();
        let query = Asked { stream, ..asked }.query();
        return Ok(Redirect::to(&format!("/events?{query}")).into_response());
    }
    let search = Search::begin(&site.open.open, signed_in.role, &asked).await?;
    let (lang, head) = (current(), search.head);
    if let Some(format) = export::format(&asked.format)? {
        // What may not be taken is not looked for.
        export::may_take(&site, &signed_in, ExportedList::Events).await?;
        let (lines, more) = search.whole(ROWS_MAX).await?;
        if more.is_some() {
            return Err(too_many().into());
        }
        let named = (ExportedList::Events, format, head);
        return export::hand_over(&site, &signed_in, named, table(&lines, lang)).await;
    }
    let left_out = search.left_out().filter(|count| *count > 0);
    let (lines, next) = search.page(PAGE).await?;
    let numbers = numbers(&site, &lines).await?;
    let chrome = Chrome::of(t("記録そのもの", "Events"), &signed_in, "/events");
    let chips = asked.chips(lang);
    let is_whole = chips.is_empty() && reads_all(signed_in.role);
    shown(&Page {
        total: is_whole.then(|| head.get()),
        types: types(&asked, signed_in.role, lang),
        categories: categories(&asked, signed_in.role, lang),
        areas: areas(&asked, lang),
        chips,
        is_full: lines.len() >= PAGE,
        lines: lines
            .iter()
            .map(|found| Line {
                number: numbers.get(&found.stored.stream).cloned(),
                ..line(found, lang)
            })
            .collect(),
        is_partial: !reads_all(signed_in.role),
        left_out: left_out.map(|count| (count, asked.undated())),
        next: next.map(|next| asked.from(next)),
        unknown: unknown(&asked.stream),
        export: Links::of(&signed_in, ExportedList::Events, &asked),
        chrome,
        asked,
    })
}

/// The person whose register number was typed where the beginning of a stream's name is asked for.
async fn numbered(site: &Site, typed: &str) -> Result<Option<ChildId>, Failure> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let found = meant(site.open.open.store.as_ref(), site.open.ledger.id(), typed);
    Ok(found.await?.map(|(child, _)| child))
}

/// The register numbers of the persons whose streams stand on a page.
async fn numbers(site: &Site, lines: &[Found]) -> Result<BTreeMap<StreamName, String>, Failure> {
    let streams: BTreeSet<&StreamName> = lines.iter().map(|line| &line.stored.stream).collect();
    let mut numbers = BTreeMap::new();
    for stream in streams {
        let Some(child) = stream.as_child() else {
            continue;
        };
        if let Some(number) = number_of(site.open.open.store.as_ref(), child).await? {
            numbers.insert(stream.clone(), number);
        }
    }
    Ok(numbers)
}

/// What was typed for a stream, where it can only be a number: one that somebody has was led on before.
fn unknown(typed: &str) -> Option<String> {
    is_number(typed).then(|| typed.to_owned())
}

fn too_many() -> Failure {
    Failure::refused(
        "TOO_MANY_ROWS",
        format!("一度に書き出せるのは{ROWS_MAX}件までです。"),
        format!("no more than {ROWS_MAX} events are taken along at once"),
    )
    .hint(
        "種類や日付で絞り込んでから、もう一度書き出してください。",
        "narrow the list by type or day first",
    )
}

fn types(asked: &Asked, role: Role, lang: Lang) -> Vec<Choice> {
    let known = Event::types().into_iter();
    let known = known.filter(|info| reads_type(role, info.name));
    let types = known.map(|info| Choice {
        code: info.name,
        title: render::event_title(info.name, lang).to_owned(),
        chosen: asked.kind == info.name,
    });
    types.collect()
}

fn categories(asked: &Asked, role: Role, lang: Lang) -> Vec<Choice> {
    let known = render::CATEGORIES.iter();
    let known = known.filter(|code| reads(role, Some(code)));
    let categories = known.map(|code| Choice {
        code,
        title: render::category_title(code, lang).to_owned(),
        chosen: asked.category == *code,
    });
    categories.collect()
}

fn areas(asked: &Asked, lang: Lang) -> Vec<Choice> {
    let areas = Area::ALL.iter().map(|area| Choice {
        code: area.code(),
        title: render::code_term(area.code(), area.ja(), lang),
        chosen: asked.area == area.code(),
    });
    areas.collect()
}

fn line(found: &Found, lang: Lang) -> Line {
    let stored = &found.stored;
    let recorded = stored.recorded_at.in_japan();
    let metadata = found.metadata.as_ref();
    let actor = metadata.map(|known| render::account(known.actor.as_str(), lang));
    Line {
        position: stored.position.to_string(),
        recorded: recorded.format("%Y-%m-%d %H:%M").to_string(),
        occurred: found.day().map(|day| day.to_string()),
        delay: found.delay().filter(|days| *days > 0),
        title: render::event_title(stored.event_type.as_str(), lang).to_owned(),
        stream: stored.stream.to_string(),
        number: None,
        actor: actor.unwrap_or_default(),
        act: found.act.map(|act| render::amendment_act(act, lang)),
    }
}

/// The list as it is taken along: what proves an event beside what the page shows.
fn table(lines: &[Found], lang: Lang) -> Table {
    let rows = lines.iter().map(|found| {
        let (stored, shown) = (&found.stored, line(found, lang));
        let metadata = found.metadata.as_ref();
        let role = metadata.map(|known| known.role);
        // By this it is looked for.
        let actor = metadata.map(|known| known.actor.to_string());
        vec![
            Cell::told(&shown.position),
            Cell::text(stored.recorded_at.to_string()),
            Cell::known(shown.occurred),
            found.delay().map_or(Cell::Nothing, Cell::Number),
            Cell::text(shown.title),
            Cell::text(stored.event_type.to_string()),
            Cell::text(shown.stream),
            Cell::told(&stored.revision.to_string()),
            Cell::known(actor),
            Cell::known(role.map(|role| render::role_of_account(role, lang).to_owned())),
            Cell::known(shown.act.map(ToOwned::to_owned)),
            Cell::text(stored.id.to_string()),
            Cell::text(stored.leaf_hash.to_string()),
        ]
    });
    Table::new(
        lang.pick("記録そのもの", "Events"),
        vec![
            lang.pick("位置", "Position"),
            lang.pick("記録した時刻（UTC）", "Recorded at (UTC)"),
            lang.pick("出来事の日", "Occurred on"),
            lang.pick("記録の遅れ（日）", "Days late"),
            lang.pick("種類", "Title"),
            lang.pick("種類のコード", "Type"),
            lang.pick("ストリーム", "Stream"),
            lang.pick("ストリーム内の番号", "Revision"),
            lang.pick("記録者", "Actor"),
            lang.pick("役割", "Role"),
            lang.pick("訂正・取消", "Corrected or annulled"),
            lang.pick("ID", "ID"),
            lang.pick("葉のハッシュ", "Leaf hash"),
        ],
        rows,
    )
}
