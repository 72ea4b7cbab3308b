//! 再現: the record of one stream step by step on both clocks, with what each event changed. Personal text stays closed.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::history::{History, Standing};
use ledger_core::id::{Position, StreamName};
use ledger_core::time::{Day, Timestamp};
use ledger_projections::timeline::{Occurrence, TimelineOptions, occurred_by};
use ledger_projections::yearly_clock::YearlyClock;
use serde::{Deserialize, Serialize};

use super::chrome::Chrome;
use super::day::asked_day;
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::form::Query;
use super::language::{current, t};
use super::numbers::is_number;
use super::paging::Paging;
use super::site::Site;
use crate::failure::Failure;
use crate::reading::{hinted_at_first, meant, number_of, recent, settings_at};
use crate::render::{self, Looked};
use crate::rights::may_read;

#[derive(Template)]
#[template(path = "replay.html")]
struct Page {
    chrome: Chrome,
    stream: String,
    /// The register number of the person whose record it is, where it is one's.
    number: Option<String>,
    /// How many events were recorded by then, and how many there are.
    at: usize,
    all: usize,
    as_of: String,
    /// Where the first, the one before, the next and the last step are.
    steps: [Option<String>; 4],
    /// The last event in the order shown; none where nothing had occurred by then.
    now: Option<Step>,
    /// The position of the step's event.
    last: String,
    /// The step's event is not shown, as it had not occurred by then.
    is_later: bool,
    /// Events up to this point, as far as they had occurred; not all of them need stand on this page.
    count: usize,
    paging: Paging,
    /// What stands, with what this event changed; nothing where the stream's events stand for themselves.
    state: Vec<StateLine>,
    lines: Vec<Line>,
}

/// One event in full.
struct Step {
    position: String,
    title: &'static str,
    said: String,
    recorded: String,
    actor: String,
    occurred: String,
}

/// A line of what stands before and after the event.
struct StateLine {
    text: String,
    is_new: bool,
    is_gone: bool,
}

struct Line {
    /// How many events were recorded by then.
    at: usize,
    position: String,
    when: String,
    title: &'static str,
    /// That it does not stand as it was recorded.
    mark: &'static str,
}

#[derive(Default, Deserialize, Serialize)]
pub(super) struct Asked {
    /// How many events were recorded by then; all of them where nothing is said.
    at: Option<usize>,
    /// Those that were recorded by the end of this day, whatever their number.
    #[serde(default, skip_serializing)]
    recorded: String,
    /// Only what had occurred by the end of this day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    as_of: String,
    /// How many pages of the list were passed.
    #[serde(default, skip_serializing)]
    page: usize,
}

impl Asked {
    /// The same once so many events were recorded.
    fn stopped_at(self, at: usize) -> Self {
        Self {
            at: Some(at),
            ..self
        }
    }
}

/// Events on a page of the list.
const LINES: usize = 100;

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(stream): Path<String>,
    RawQuery(query): RawQuery,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    signed_in.may(Action::ReadEvents, Subject::Ledger)?;
    let name = StreamName::new(&stream).map_err(|_| Refusal::not_found())?;
    if is_number(&stream) {
        let there = by_number(&site, &stream, query).await?;
        return there.ok_or_else(|| Refusal::nobody(&stream));
    }
    may_read(signed_in.role, &name)?;
    let as_of = asked_day(&asked.as_of)?;
    let read = recent(&site.open.open, &name).await?;
    let all = read.records();
    let at = stopped_at(&asked, all)?;
    let so_far = all.get(..at).unwrap_or_default();
    let ((last, recorded_at), before) = so_far.split_last().ok_or_else(Refusal::not_found)?;
    let settings = settings_at(&site.open.open, Some(*last)).await?;
    let options = TimelineOptions {
        as_of,
        as_at: Some(*last),
        today: recorded_at.day_in_japan(),
        yearly_clock: YearlyClock::of(&settings),
    };
    let looked = Looked {
        options,
        settings: &settings,
    };
    let stands = |history: &History| render::state_lines(&name, history, looked, current());
    let stood = match before.last() {
        Some((before, _)) => stands(read.at(Some(*before))?.as_ref()),
        None => stands(&History::default()),
    };
    let history = read.at(Some(*last))?;
    let mut by_then = occurred_by(&history, as_of);
    by_then.reverse();
    let now = by_then.first();
    let is_later = now.is_none_or(|now| now.number < at);
    let stands_now = stands(&history);
    // What had not occurred by then changed nothing of what is shown.
    let stood = if is_later { stands_now.clone() } else { stood };
    let state = changed(stood, stands_now);
    let here = asked.stopped_at(at);
    let paging = Paging::of(&here, here.page, (LINES, by_then.len()));
    let lines = by_then.get(paging.shown.clone()).unwrap_or_default();
    let title = format!("{} #{last}", t("再現", "Replay"));
    shown(&Page {
        chrome: Chrome::of(title, &signed_in, "/events"),
        steps: steps(at, all.len(), &here.as_of),
        now: now.map(step),
        last: last.to_string(),
        is_later,
        lines: lines.iter().copied().map(line).collect(),
        count: by_then.len(),
        as_of: here.as_of,
        all: all.len(),
        number: number(&site, &name).await?,
        paging,
        stream,
        at,
        state,
    })
}

/// How many events were recorded by the point that is asked for.
fn stopped_at(asked: &Asked, all: &[(Position, Timestamp)]) -> Result<usize, Refusal> {
    let by_day = recorded_by(all, asked_day(&asked.recorded)?)?;
    let at = by_day.or(asked.at).unwrap_or(all.len());
    Ok(at.clamp(1, all.len().max(1)))
}

/// Where the record of the person is whose register number was given in the place of a stream's name.
async fn by_number(
    site: &Site,
    given: &str,
    query: Option<String>,
) -> Result<Option<Response>, Failure> {
    let found = meant(site.open.open.store.as_ref(), site.open.ledger.id(), given);
    let Some((child, _)) = found.await? else {
        return Ok(None);
    };
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let path = format!("/replay/{}{query}", StreamName::child(child));
    Ok(Some(Redirect::to(&path).into_response()))
}

/// The register number of the person whose record a stream is.
async fn number(site: &Site, stream: &StreamName) -> Result<Option<String>, Failure> {
    match stream.as_child() {
        Some(child) => number_of(site.open.open.store.as_ref(), child).await,
        None => Ok(None),
    }
}

/// How many events were recorded by the end of a day; none where no day is named.
fn recorded_by(all: &[(Position, Timestamp)], day: Option<Day>) -> Result<Option<usize>, Failure> {
    let Some(day) = day else {
        return Ok(None);
    };
    let by = all.iter();
    let by = by.filter(|(_, recorded_at)| recorded_at.day_in_japan() <= day);
    match (by.count(), all.first()) {
        (0, Some(first)) => {
            let failure = Failure::refused(
                "NOTHING_RECORDED",
                "「この日までに記録」: その日までに、このストリームの記録はまだありません。",
                "nothing of this stream was recorded by that day",
            );
            Err(hinted_at_first(failure, *first))
        },
        (count, _) => Ok(Some(count)),
    }
}

fn step(shown: &Occurrence<'_>) -> Step {
    let own = &shown.entry.recorded;
    let recorded = own.recorded_at.in_japan();
    Step {
        position: own.position.to_string(),
        title: render::event_title(own.event.info().name, current()),
        said: render::sentence(&own.event, own.privacy, current()),
        recorded: format!(
            "{} {}",
            render::day(recorded.date(), current()),
            recorded.format("%H:%M:%S")
        ),
        actor: render::account(own.metadata.actor.as_str(), current()),
        occurred: when(own.metadata.occurred.day(), shown.stands_on),
    }
}

/// The day of what happened; of what has none the one at which it stands, marked.
fn when(own: Option<Day>, stands_on: Option<Day>) -> String {
    own.map_or_else(
        || render::undated(stands_on, current()),
        |day| render::day(day, current()),
    )
}

/// The lines of both states in the order of the later one, what is gone behind them; of two that say the same each
/// counts.
fn changed(mut before: Vec<String>, after: Vec<String>) -> Vec<StateLine> {
    let stands = after.into_iter().map(|text| {
        let stood = before.iter().position(|one| *one == text);
        StateLine {
            is_new: stood.map(|at| before.remove(at)).is_none(),
            is_gone: false,
            text,
        }
    });
    let mut lines: Vec<StateLine> = stands.collect();
    lines.extend(before.into_iter().map(|text| StateLine {
        text,
        is_new: false,
        is_gone: true,
    }));
    lines
}

fn line(shown: Occurrence<'_>) -> Line {
    let entry = shown.entry;
    let mark = match entry.standing {
        Standing::Stands if entry.corrections.is_empty() => "",
        Standing::Stands => t("訂正済", "Corrected"),
        Standing::Annulled { .. } => t("取消し", "Annulled"),
        Standing::Reassigned { .. } => t("付替え済", "Reassigned"),
    };
    Line {
        at: shown.number,
        position: entry.recorded.position.to_string(),
        when: when(entry.day(), shown.stands_on),
        title: render::event_title(entry.event().info().name, current()),
        mark,
    }
}

fn steps(at: usize, all: usize, as_of: &str) -> [Option<String>; 4] {
    let to = |to: usize| {
        let asked = Asked {
            at: Some(to),
            as_of: as_of.to_owned(),
            ..Asked::default()
        };
        serde_html_form::to_string(asked).unwrap_or_default()
    };
    let back = (at > 1).then(|| to(at.saturating_sub(1)));
    let on = (at < all).then(|| to(at.saturating_add(1)));
    [
        (at > 1).then(|| to(1)),
        back,
        on,
        (at < all).then(|| to(all)),
    ]
}
