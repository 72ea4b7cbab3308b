//! What happened on the day beyond which another may not lie, in words.

use ledger_core::event::Event;
use ledger_core::history::{Entry, History};
use ledger_core::id::StreamName;
use ledger_core::time::{Day, parse_day};
use serde_json::{Map, Value};

use super::things::child_of;
use crate::lang::Lang;
use crate::reading::closed_history;
use crate::render;
use crate::wiring::OpenWithKeys;

/// Fields that name a thing whose steps stand in a stream of its own, with the beginning of that stream's name.
const STREAMS: [(&str, &str); 9] = [
    ("approval", "approval"),
    ("engagement", "audit"),
    ("facility", "facility"),
    ("inquiry", "inquiry"),
    ("meeting", "committee"),
    ("opinion", "opinion"),
    ("organisation", "organisation"),
    ("request", "request"),
    ("trainee", "trainee"),
];

/// Commands that name no thing of which a step came before, with the types of that step.
const STEPS: [(&str, &[&str]); 6] = [
    ("close-case", &["case-reopened", "case-closed"]),
    ("reopen-case", &["case-closed", "case-reopened"]),
    ("undo-merge", &["cases-merged"]),
    ("record-discharge", &["hospital-stay-started"]),
    ("end-care-procedure", &["care-procedure-started"]),
    ("draft-support-plan", &["support-plan-requested"]),
];

/// What happened on a day that the field of a command may not pass, in both languages: it is the record's own day, or
/// that of a step before; none where that cannot be told.
pub(super) async fn what(
    limit: Day,
    (field, fields): (Option<&'static str>, &Map<String, Value>),
    open: &OpenWithKeys,
) -> Option<(String, String)> {
    let own = fields.get("occurred").and_then(Value::as_str);
    let own = own.and_then(|text| text.split([' ', 'T']).next());
    let own = own.and_then(|text| Some(parse_day(text).ok()?.day));
    if field != Some("occurred") && own == Some(limit) {
        return Some((
            "この記録の日".to_owned(),
            "the day of this record".to_owned(),
        ));
    }
    for stream in streams(fields, open) {
        // Only what and when is compared.
        let history = closed_history(open.open.store.as_ref(), &stream, None).await;
        let step = history
            .ok()
            .and_then(|history| step(&history, limit, fields));
        if let Some(name) = step {
            let ja = format!("「{}」の日", render::event_title(name, Lang::Ja));
            let en = format!("the day of \"{}\"", render::event_title(name, Lang::En));
            return Some((ja, en));
        }
    }
    None
}

/// The streams in which the step may stand, that of the thing itself first.
fn streams(fields: &Map<String, Value>, open: &OpenWithKeys) -> Vec<StreamName> {
    let text = |field: &str| fields.get(field).and_then(Value::as_str).map(str::trim);
    let own = STREAMS
        .iter()
        .filter_map(|(field, begins)| StreamName::new(format!("{begins}-{}", text(field)?)).ok());
    let corrected = text("stream").and_then(|stream| StreamName::new(stream).ok());
    let child = child_of(fields, open).map(StreamName::child);
    own.chain(corrected).chain(child).collect()
}

/// The type of the last event of a day that is a step of what the command names.
fn step(history: &History, day: Day, fields: &Map<String, Value>) -> Option<&'static str> {
    let text = |field: &str| fields.get(field).and_then(Value::as_str);
    let command = text("command").unwrap_or_default();
    let steps = STEPS.iter().find(|(name, _)| *name == command);
    let steps = steps.map_or(&[][..], |(_, steps)| steps);
    let target = history
        .entries()
        .iter()
        .find(|entry| Some(&*entry.recorded.id.to_string()) == text("target"));
    let corrected = target.and_then(|target| target.event().thing());
    let is_step = |entry: &&Entry| {
        let event = entry.event();
        let is_same = corrected.is_some() && event.thing() == corrected;
        let is_other = Some(entry.recorded.id) != target.map(|target| target.recorded.id);
        let is_named = steps.contains(&event.info().name) || names(event, fields);
        entry.day() == Some(day) && is_other && (is_same || is_named || !is_of_person(entry))
    };
    let found = history.standing().filter(is_step).last();
    found.map(|entry| entry.event().info().name)
}

/// A person's record holds many things; any other stream is of one alone.
fn is_of_person(entry: &Entry) -> bool {
    entry.recorded.stream.as_child().is_some()
}

/// Whether a command names the thing of which an event is a step.
fn names(event: &Event, fields: &Map<String, Value>) -> bool {
    if event.thing().is_none() {
        return false;
    }
    let said = event.display();
    let given = fields
        .iter()
        .filter(|(field, _)| !["child", "command"].contains(&&***field));
    let mut ids = given.filter_map(|(field, value)| Some((said.get(field)?, value)));
    ids.any(|(said, given)| said == given && given.as_str().is_some_and(|id| id.len() == ID_CHARS))
}

/// Letters of an id.
const ID_CHARS: usize = 36;
