//! What happened to one thing, event by event: the day, the title and the sentence of each.

use ledger_core::history::{Entry, History};
use ledger_core::time::Day;
use ledger_projections::amendment::amendments;
use serde_json::{Value, json};

use super::amendment::{amendment, mark};
use super::sentence::sentence;
use super::titles::event_title;
use super::words::day;
use crate::lang::Lang;

/// The events that had occurred by the end of a day, by their days; those without a day first.
fn told(history: &History, by: Day) -> Vec<&Entry> {
    let entries = history.entries().iter();
    let mut told: Vec<&Entry> = entries
        .filter(|entry| entry.day().is_none_or(|day| day <= by))
        .collect();
    told.sort_by_key(|entry| (entry.day(), entry.recorded.position));
    told
}

/// A thing's history in lines, two an event; what no longer stands is marked.
#[must_use]
pub fn history(history: &History, by: Day, lang: Lang) -> Vec<String> {
    let about = amendments([history]);
    let mut lines = Vec::new();
    for entry in told(history, by) {
        let on = entry.day().map_or_else(
            || lang.pick("（日付不明）", "(no date)").to_owned(),
            |on| day(on, lang),
        );
        let title = event_title(entry.recorded.event.info().name, lang);
        let mark = mark(entry.standing, lang);
        let position = entry.recorded.position;
        lines.push(format!("  {on}  {mark}{title}  #{position}"));
        let said = sentence(entry.event(), entry.recorded.privacy, lang);
        lines.push(format!("      {said}"));
        let said = about.get(&entry.recorded.id).into_iter().flatten();
        lines.extend(said.map(|one| format!("      ⚑ {}", amendment(one, lang))));
    }
    lines
}

/// The same for machines.
#[must_use]
pub fn history_json(history: &History, by: Day) -> Vec<Value> {
    let about = amendments([history]);
    let told = told(history, by).into_iter();
    let told = told.map(|entry| {
        json!({
            "position": entry.recorded.position,
            "event": entry.recorded.id,
            "type": entry.recorded.event.info().name,
            "on": entry.day(),
            "stands": entry.stands(),
            "sentence_ja": sentence(entry.event(), entry.recorded.privacy, Lang::Ja),
            "amendments": about.get(&entry.recorded.id).map(Vec::as_slice).unwrap_or_default(),
        })
    });
    told.collect()
}
