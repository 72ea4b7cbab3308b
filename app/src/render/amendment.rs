//! What later events say about an earlier one, in words: what, why, by whom, when and at which position.

use ledger_core::history::{Entry, History, Standing};
use ledger_core::time::Day;
use ledger_projections::amendment::{Act, Amendment, amendments};
use serde_json::{Value, json};

use super::sentence::sentence;
use super::titles::{event_title, role};
use super::words::{day, term_within};
use crate::lang::Lang;

/// What is said about an event, in a word.
#[must_use]
pub const fn act(act: Act, lang: Lang) -> &'static str {
    match act {
        Act::Corrected => lang.pick("訂正", "corrected"),
        Act::Annulled => lang.pick("取消し", "annulled"),
        Act::Reinstated => lang.pick("取消しの撤回", "reinstated"),
        Act::Reassigned => lang.pick("付替え", "reassigned"),
    }
}

/// One amendment in a line.
#[must_use]
pub fn amendment(one: &Amendment, lang: Lang) -> String {
    let act = act(one.act, lang);
    let (actor, position) = (&one.actor, one.position);
    let at = one.recorded_at.in_japan();
    let (on, time) = (day(at.date(), lang), at.format("%H:%M"));
    let explanation = one
        .explanation
        .as_deref()
        .map(|text| text.replace('\n', " "));
    match lang {
        Lang::Ja => {
            let (reason, role) = (one.reason.ja(), role(one.role, lang));
            let explanation = explanation.map(|text| format!("「{text}」"));
            let explanation = explanation.unwrap_or_default();
            format!(
                "{act} 理由: {reason}{explanation}  {actor}（{role}）  {on} {time} 記録  #{position}"
            )
        },
        Lang::En => {
            let reason = term_within(one.reason, lang);
            let explanation = explanation.map(|text| format!(", \"{text}\""));
            let explanation = explanation.unwrap_or_default();
            format!("{act}: {reason}{explanation}  by {actor}  recorded {on} {time}  #{position}")
        },
    }
}

/// The mark before the title of what no longer stands.
pub(super) const fn mark(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::Stands => "",
        Standing::Annulled { .. } => lang.pick("【取消し】", "[annulled] "),
        Standing::Reassigned { .. } => lang.pick("【付替え済】", "[reassigned] "),
    }
}

/// What of a stream was annulled, corrected or moved: each event, struck through where it no longer
/// stands, and what was said about it; nothing where nothing was.
#[must_use]
pub fn amended(history: &History, by: Day, lang: Lang) -> Vec<String> {
    let about = amendments([history]);
    let mut lines = Vec::new();
    for entry in had_occurred(history, by) {
        let Some(said) = about.get(&entry.recorded.id) else {
            continue;
        };
        if lines.is_empty() {
            lines.push(
                lang.pick("取消し・訂正", "Annulled and corrected")
                    .to_owned(),
            );
        }
        lines.push(format!("  {}", struck(entry, lang)));
        lines.extend(
            said.iter()
                .map(|one| format!("      {}", amendment(one, lang))),
        );
    }
    lines
}

/// The same for machines.
#[must_use]
pub fn amended_json(history: &History, by: Day) -> Vec<Value> {
    let about = amendments([history]);
    let told = had_occurred(history, by).filter_map(|entry| {
        let said = about.get(&entry.recorded.id)?;
        Some(json!({
            "position": entry.recorded.position,
            "event": entry.recorded.id,
            "type": entry.recorded.event.info().name,
            "on": entry.day(),
            "stands": entry.stands(),
            "sentence_ja": sentence(entry.event(), entry.recorded.privacy, Lang::Ja),
            "amendments": said,
        }))
    });
    told.collect()
}

fn had_occurred(history: &History, by: Day) -> impl Iterator<Item = &Entry> {
    let entries = history.entries().iter();
    entries.filter(move |entry| entry.day().is_none_or(|day| day <= by))
}

/// An event in a line, struck through where it no longer stands.
fn struck(entry: &Entry, lang: Lang) -> String {
    let on = entry.day().map(|on| day(on, lang));
    let on = on.unwrap_or_else(|| lang.pick("（日付不明）", "(no date)").to_owned());
    let title = event_title(entry.recorded.event.info().name, lang);
    let position = entry.recorded.position;
    let said = sentence(entry.event(), entry.recorded.privacy, lang);
    let line = format!("{on}  {title}  {said}");
    if entry.stands() {
        format!("{line}  #{position}")
    } else {
        format!("{}~~ {line} ~~  #{position}", mark(entry.standing, lang))
    }
}
