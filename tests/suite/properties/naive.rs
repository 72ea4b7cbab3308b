//! What was said, as plain records: name, JSON and day of every event that stands.

use std::collections::BTreeMap;

use ledger_core::history::{Entry, History};
use ledger_core::id::{EventId, StreamName};
use ledger_core::time::Day;
use serde_json::Value;

/// One event that stands.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) name: &'static str,
    pub(super) stream: String,
    pub(super) data: Value,
    pub(super) day: Option<Day>,
    /// Place of the event, or of the correction that holds.
    pub(super) place: u64,
    pub(super) recorded: Day,
    pub(super) corrected: bool,
}

/// Everything that stands, in the order of the log.
pub(super) fn said(histories: &BTreeMap<StreamName, History>) -> Vec<Said> {
    let mut all: Vec<Said> = histories
        .iter()
        .flat_map(|(stream, history)| {
            let entries = history.entries().iter().filter(|entry| entry.stands());
            entries.map(move |entry| one(stream, history, entry))
        })
        .collect();
    all.sort_by_key(|said| said.place);
    all
}

fn one(stream: &StreamName, history: &History, entry: &Entry) -> Said {
    let place = |id: EventId| history.find(id).unwrap().recorded.position.get();
    let newest = entry
        .corrections
        .last()
        .map(|correction| place(correction.by));
    Said {
        name: entry.event().info().name,
        stream: stream.as_str().to_owned(),
        data: entry.event().encode().unwrap(),
        day: entry.day(),
        place: newest.unwrap_or(entry.recorded.position.get()),
        recorded: entry.recorded.recorded_at.day_in_japan(),
        corrected: !entry.corrections.is_empty(),
    }
}

impl Said {
    /// A field of the payload, as text.
    pub(super) fn text(&self, field: &str) -> String {
        self.data[field].as_str().unwrap_or_default().to_owned()
    }

    /// Whose stream it stands in.
    pub(super) fn whose(&self) -> Option<String> {
        self.stream.strip_prefix("child-").map(str::to_owned)
    }

    /// Whether it occurred in fiscal year 2022.
    pub(super) fn in_2022(&self) -> bool {
        let year = day("2022-04-01")..=day("2023-03-31");
        self.day.is_some_and(|day| year.contains(&day))
    }

    /// Whether it had occurred at the end of that year.
    pub(super) fn by_the_end(&self) -> bool {
        self.day.is_some_and(|day| day <= end())
    }

    /// When it stands among others.
    pub(super) const fn when(&self) -> (Option<Day>, u64) {
        (self.day, self.place)
    }
}

/// The last day of fiscal year 2022.
pub(super) fn end() -> Day {
    day("2023-03-31")
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}
