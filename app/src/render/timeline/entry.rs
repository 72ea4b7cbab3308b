//! One event of a timeline in words, for a terminal or a page.

use ledger_core::event::Source;
use ledger_core::time::{Day, Occurred};
use ledger_projections::amendment::Act;
use ledger_projections::timeline::{Earlier, Timeline, TimelineEntry};
use serde_json::{Map, Value};

use super::super::account::account;
use super::super::amendment::amendment;
use super::super::fields::changed;
use super::super::sentence::sentence;
use super::super::titles::event_title;
use super::super::words::{counted, day, term_within};
use super::{care_field, number_in};
use crate::lang::Lang;

/// One event in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When it occurred.
    pub when: String,
    /// That it no longer stands.
    pub mark: Option<&'static str>,
    /// What kind of event it is.
    pub title: &'static str,
    /// Its fields of care.
    pub care_fields: Vec<&'static str>,
    /// On which day it was recorded.
    pub recorded_on: String,
    /// How it came into the ledger, where that was not at once.
    pub recorded: String,
    /// What it says, what was said before and why, a line each.
    pub lines: Vec<ToldLine>,
}

/// A line, whose first part may no longer hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldLine {
    /// What no longer holds; empty where all does.
    pub struck: String,
    /// The rest.
    pub text: String,
}

impl ToldLine {
    const fn of(text: String) -> Self {
        let struck = String::new();
        Self { struck, text }
    }
}

/// When something occurred; of an unknown day that it is not known, with the day at which it stands, if any.
#[must_use]
pub fn occurred(at: Occurred, stands: Option<Day>, lang: Lang) -> String {
    let date = at
        .day()
        .map_or_else(|| undated(stands, lang), |on| day(on, lang));
    let time = at.time_of_day();
    let time = time.map(|time| format!(" {}", time.format("%H:%M")));
    format!("{date}{}", time.unwrap_or_default())
}

/// That a day is not known, with the day at which what happened stands, if any: it is not the day of it.
#[must_use]
pub fn undated(stands: Option<Day>, lang: Lang) -> String {
    match (stands.map(|on| day(on, lang)), lang) {
        (Some(on), Lang::Ja) => format!("日付不明（{on}の欄に表示）"),
        (Some(on), Lang::En) => format!("no date (shown under {on})"),
        (None, _) => lang.pick("日付不明", "no date").to_owned(),
    }
}

/// Tells one event of a timeline.
#[must_use]
pub fn told(entry: &TimelineEntry, timeline: &Timeline, lang: Lang) -> Told {
    let teller = Teller { lang };
    let mark = match entry.standing {
        "annulled" => Some(lang.pick("【取消し】", "[annulled]")),
        "reassigned" => Some(lang.pick("【付替え済】", "[reassigned]")),
        _ => None,
    };
    let mut lines = teller.links(entry, timeline);
    lines.push(teller.said(entry));
    for flag in &entry.flags {
        lines.push(ToldLine::of(format!("⚑ {}", term_within(*flag, lang))));
    }
    for (earlier, now) in replaced(entry) {
        lines.extend(teller.earlier(earlier, now));
    }
    for one in &entry.amendments {
        if one.act != Act::Corrected {
            lines.push(ToldLine::of(format!("⚑ {}", amendment(one, lang))));
        }
    }
    Told {
        when: teller.when(entry.occurred, entry.shown_on),
        mark,
        title: event_title(entry.event_type, lang),
        care_fields: entry
            .care_fields
            .iter()
            .map(|field| care_field(*field, lang))
            .collect(),
        recorded_on: day(entry.recorded_at.day_in_japan(), lang),
        recorded: teller.recorded(entry),
        lines,
    }
}

/// By whom it was recorded, for people: what was imported came from a register, whoever ran the program.
#[must_use]
pub fn recorder(entry: &TimelineEntry, lang: Lang) -> String {
    match &entry.source {
        Some(Source::Register { register, .. }) => match lang {
            Lang::Ja => format!("取込み（{}）", register.ja()),
            Lang::En => format!("import ({})", term_within(*register, lang)),
        },
        None => account(&entry.actor, lang),
    }
}

struct Teller {
    lang: Lang,
}

impl Teller {
    fn pick(&self, ja: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(ja, en)
    }

    /// What it says in force; struck through where it no longer stands.
    fn said(&self, entry: &TimelineEntry) -> ToldLine {
        let words = sentence(&entry.event, entry.opened, self.lang);
        match entry.standing {
            "stands" => ToldLine::of(words),
            _ => ToldLine {
                struck: words,
                text: String::new(),
            },
        }
    }

    /// Where it stands now, and where it stood before, where it was moved between two persons.
    fn links(&self, entry: &TimelineEntry, timeline: &Timeline) -> Vec<ToldLine> {
        let to = self.pick("付替え先の対象者", "now with person");
        let to = entry.reassigned_to.as_ref().map(|person| {
            let person = number_in(timeline, person);
            ToldLine::of(format!("→ {to}: {person}"))
        });
        let from = self.pick("付替え元の対象者", "reassigned from person");
        let from = entry.reassigned_from.as_ref().map(|person| {
            let person = number_in(timeline, person);
            ToldLine::of(format!("← {from}: {person}"))
        });
        let case = entry.case.as_ref().map(|case| {
            let case = number_in(timeline, case);
            ToldLine::of(match self.lang {
                Lang::Ja => format!("（統合前の番号 {case} の記録）"),
                Lang::En => format!("(recorded as {case}, before the cases were merged)"),
            })
        });
        to.into_iter().chain(from).chain(case).collect()
    }

    /// How it came into the ledger, where that was not at once.
    fn recorded(&self, entry: &TimelineEntry) -> String {
        match (&entry.source, entry.late_days, self.lang) {
            (Some(Source::Register { register, row, .. }), _, Lang::Ja) => {
                format!("（{} {row}行）", register.ja())
            },
            (Some(Source::Register { register, row, .. }), _, Lang::En) => {
                format!(" ({}, row {row})", term_within(*register, self.lang))
            },
            (None, Some(days), Lang::Ja) => format!("（{days}日後に記録）"),
            (None, Some(days), Lang::En) => {
                format!(" (recorded {} later)", counted(days, "day", "days"))
            },
            (None, None, _) => String::new(),
        }
    }

    fn when(&self, at: Occurred, stands: Option<Day>) -> String {
        occurred(at, stands, self.lang)
    }

    /// What was said before, struck through, with what replaced it, why, who did and when.
    fn earlier(&self, earlier: &Earlier, now: (Occurred, Map<String, Value>)) -> Vec<ToldLine> {
        let (occurred, fields) = now;
        let label = self.pick("訂正前", "before correction");
        let mut lines = vec![if occurred == earlier.occurred {
            ToldLine::of(label.to_owned())
        } else {
            ToldLine {
                struck: format!("{label}: {}", self.when(earlier.occurred, None)),
                text: format!(" → {}", self.when(occurred, None)),
            }
        }];
        let changed = changed(&earlier.fields, &fields, self.lang).into_iter();
        lines.extend(changed.map(|one| ToldLine {
            struck: format!("{}: {}", one.label, one.before),
            text: format!(" → {}", one.after),
        }));
        if let Some(one) = &earlier.amendment {
            lines.push(ToldLine::of(format!("⚑ {}", amendment(one, self.lang))));
        }
        lines
    }
}

/// Each earlier content of an entry with the content that replaced it.
fn replaced(
    entry: &TimelineEntry,
) -> impl Iterator<Item = (&Earlier, (Occurred, Map<String, Value>))> {
    let in_force = std::iter::once_with(|| (entry.occurred, entry.fields()));
    let later = entry.earlier.iter().skip(1);
    let later = later
        .map(|one| (one.occurred, one.fields.clone()))
        .chain(in_force);
    entry.earlier.iter().zip(later)
}
