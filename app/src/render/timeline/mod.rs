//! A timeline as text for a terminal.

mod cards;

use ledger_core::event::Source;
use ledger_core::time::{Day, FiscalYear, Occurred, wareki_fiscal_year};
use ledger_projections::amendment::Act;
use ledger_projections::timeline::{Earlier, Timeline, TimelineEntry};
use serde_json::{Map, Value};

use super::amendment::amendment;
use super::fields::{changes, in_words};
use super::sentence::sentence;
use super::titles::event_title;
use super::words::{day, short, value};
use crate::lang::Lang;

/// Writes a timeline for reading.
#[must_use]
pub fn timeline(timeline: &Timeline, lang: Lang) -> String {
    let mut text = Page {
        text: String::new(),
        lang,
    };
    text.person(timeline);
    text.wish(timeline.disaster_wish.as_ref());
    for plan in &timeline.disaster_plans {
        text.disaster_plan(plan);
    }
    for plan in &timeline.support_plans {
        text.support_plan(plan);
    }
    for referral in timeline.referrals.iter().filter(|referral| referral.open) {
        text.open_referral(referral);
    }
    let mut year = None;
    for entry in &timeline.entries {
        let of = entry.shown_on.map(FiscalYear::of);
        if of != year {
            year = of;
            text.heading(of);
        }
        text.entry(entry, timeline);
    }
    text.text
}

/// A person's register number, where the timeline knows it; else the beginning of the id.
fn number_in<'a>(timeline: &'a Timeline, person: &'a str) -> &'a str {
    let number = timeline.numbers.get(person);
    number.map_or_else(|| short(person), String::as_str)
}

struct Page {
    text: String,
    lang: Lang,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn pick(&self, ja: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    fn person(&mut self, timeline: &Timeline) {
        let (person, lang) = (&timeline.person, self.lang);
        let hidden = self.pick("（氏名は開示されていません）", "(name not open)");
        let name = person.name.as_deref().unwrap_or(hidden);
        let kana = person
            .kana
            .as_deref()
            .map(|kana| format!("（{kana}）"))
            .unwrap_or_default();
        let number = person.number.as_deref().unwrap_or("-");
        self.line(&format!("{number}  {name}{kana}"));
        let area = person
            .area
            .map(|area| value("area", &Value::from(area.code()), lang));
        let mut about = Vec::new();
        if let Some(birth) = person.birth_date {
            about.push(format!(
                "{} {}",
                self.pick("生年月日", "born"),
                day(birth, lang)
            ));
        }
        if let Some(age) = person.age_years {
            about.push(format!("{age}{}", self.pick("歳", " years")));
        }
        about.extend(area);
        if let Some(known) = person.known_since {
            about.push(format!(
                "{} {}",
                self.pick("初回把握日", "known since"),
                day(known, lang)
            ));
        }
        self.line(&about.join("  "));
        let care: Vec<String> = person
            .procedures
            .iter()
            .map(|one| value("procedure", &Value::from(one.procedure.code()), lang))
            .collect();
        if !care.is_empty() {
            let label = self.pick("医療的ケア", "care");
            self.line(&format!("{label}: {}", care.join(self.pick("、", ", "))));
        }
        if person.movable {
            self.line(self.pick(
                "動ける医療的ケア児・者",
                "can move (動ける医療的ケア児・者)",
            ));
        }
        if let Some(survivor) = timeline.merged_into {
            let survivor = survivor.to_string();
            let number = number_in(timeline, &survivor);
            self.line(&match lang {
                Lang::Ja => format!("⚑ {number} に統合されています。続きは統合先に記録します"),
                Lang::En => format!("⚑ merged into {number}, where what follows is recorded"),
            });
        }
        self.clocks(timeline);
        self.line("");
    }

    fn clocks(&mut self, timeline: &Timeline) {
        if let Some(as_of) = timeline.as_of {
            let until = day(as_of, self.lang);
            self.line(&format!(
                "{}: {until}",
                self.pick("この日までの出来事", "occurred by")
            ));
        }
        if let Some(as_at) = timeline.as_at {
            let label = self.pick("この位置までの記録", "recorded up to position");
            self.line(&format!("{label}: {as_at}"));
        }
    }

    fn heading(&mut self, year: Option<FiscalYear>) {
        let name = match (year, self.lang) {
            (Some(year), Lang::Ja) => wareki_fiscal_year(year),
            (Some(year), Lang::En) => format!("fiscal year {year}"),
            (None, _) => self.pick("日付不明", "no date").to_owned(),
        };
        self.line(&format!("\n── {name} ──"));
    }

    fn entry(&mut self, entry: &TimelineEntry, timeline: &Timeline) {
        let when = self.when(entry.occurred, entry.shown_on);
        let title = event_title(entry.event_type, self.lang);
        let mark = match entry.standing {
            "annulled" => self.pick("【取消し】", "[annulled] "),
            "reassigned" => self.pick("【付替え済】", "[reassigned] "),
            _ => "",
        };
        let recorded = self.recorded(entry);
        self.line(&format!(
            "{when}  {mark}{title}{recorded}  #{}",
            entry.position
        ));
        self.links(entry, timeline);
        self.said(entry);
        for flag in &entry.flags {
            let flag = self.lang.pick(flag.ja(), flag.code()).to_owned();
            self.line(&format!("    ⚑ {flag}"));
        }
        for (earlier, now) in replaced(entry) {
            self.earlier(earlier, now);
        }
        for one in &entry.amendments {
            if one.act != Act::Corrected {
                self.line(&format!("    ⚑ {}", amendment(one, self.lang)));
            }
        }
    }

    /// What it says in force; struck through where it no longer stands.
    fn said(&mut self, entry: &TimelineEntry) {
        let words = match self.lang {
            Lang::Ja => Some(sentence(&entry.event, entry.opened)),
            Lang::En => in_words(&entry.fields, entry.privacy == "erased", self.lang),
        };
        match words {
            Some(words) if entry.standing == "stands" => self.line(&format!("    {words}")),
            Some(words) => self.line(&format!("    ~~ {words} ~~")),
            None => {},
        }
    }

    /// Where it stands now, and where it stood before, where it was moved between two persons.
    fn links(&mut self, entry: &TimelineEntry, timeline: &Timeline) {
        let to = self.pick("付替え先の対象者", "now with person");
        if let Some(person) = &entry.reassigned_to {
            let person = number_in(timeline, person);
            self.line(&format!("    → {to}: {person}"));
        }
        let from = self.pick("付替え元の対象者", "reassigned from person");
        if let Some(person) = &entry.reassigned_from {
            let person = number_in(timeline, person);
            self.line(&format!("    ← {from}: {person}"));
        }
    }

    /// How it came into the ledger, where that was not at once.
    fn recorded(&self, entry: &TimelineEntry) -> String {
        match (&entry.source, entry.late_days, self.lang) {
            (Some(Source::Register { register, row, .. }), _, Lang::Ja) => {
                format!("（{} {row}行）", register.ja())
            },
            (Some(Source::Register { register, row, .. }), _, Lang::En) => {
                format!(" ({register} row {row})")
            },
            (None, Some(days), Lang::Ja) => format!("（{days}日後に記録）"),
            (None, Some(days), Lang::En) => format!(" (recorded {days} days later)"),
            (None, None, _) => String::new(),
        }
    }

    fn when(&self, occurred: Occurred, stands: Option<Day>) -> String {
        let date = occurred.day().or(stands).map(|at| day(at, self.lang));
        let time = occurred
            .time_of_day()
            .map(|time| format!(" {}", time.format("%H:%M")));
        let unknown = if occurred.day().is_none() {
            self.pick("（日付不明）", " (no date)")
        } else {
            ""
        };
        format!(
            "{}{}{unknown}",
            date.unwrap_or_default(),
            time.unwrap_or_default()
        )
    }

    /// What was said before, struck through, with what replaced it, why, who did and when.
    fn earlier(&mut self, earlier: &Earlier, now: (Occurred, &Map<String, Value>)) {
        let (occurred, fields) = now;
        let label = self.pick("訂正前", "before correction");
        let when = self.when(earlier.occurred, None);
        let moved = if occurred == earlier.occurred {
            String::new()
        } else {
            format!(" → {}", self.when(occurred, None))
        };
        self.line(&format!("    ~~ {label}: {when} ~~{moved}"));
        for change in changes(&earlier.fields, fields, self.lang) {
            self.line(&format!("    {change}"));
        }
        if let Some(one) = &earlier.amendment {
            self.line(&format!("    ⚑ {}", amendment(one, self.lang)));
        }
    }
}

/// Each earlier content of an entry with the content that replaced it.
fn replaced(
    entry: &TimelineEntry,
) -> impl Iterator<Item = (&Earlier, (Occurred, &Map<String, Value>))> {
    let in_force = std::iter::once((entry.occurred, &entry.fields));
    let later = entry.earlier.iter().skip(1);
    let later = later.map(|one| (one.occurred, &one.fields)).chain(in_force);
    entry.earlier.iter().zip(later)
}
