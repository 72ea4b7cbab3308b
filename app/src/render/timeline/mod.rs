//! A timeline as text for a terminal.

mod cards;
mod entry;
mod kinds;

pub use entry::{Told, ToldLine, occurred, recorder, told, undated};
pub use kinds::{care_field, entry_kind};

use ledger_core::code::{Area, MotorImpairment};
use ledger_core::time::{Day, FiscalYear, wareki_fiscal_year};
use ledger_projections::timeline::{Person, Timeline, TimelineEntry};
use serde_json::Value;

use super::labels::field_label;
use super::words::{counted, day, short, value};
use crate::lang::Lang;

/// Writes a timeline for reading.
#[must_use]
pub fn timeline(timeline: &Timeline, lang: Lang) -> String {
    let mut text = Page::new(lang, Place::Terminal);
    text.person(timeline);
    text.cards(timeline);
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

/// What goes on for the person, a line each, for people: plans with their clocks, open referrals.
#[must_use]
pub fn timeline_cards(timeline: &Timeline, lang: Lang) -> Vec<String> {
    let mut text = Page::new(lang, Place::Screen);
    text.cards(timeline);
    let lines = text.text.lines();
    lines.map(|line| line.trim().to_owned()).collect()
}

/// What stands of a person without a name, a line each: area, daily medical care, movement.
#[must_use]
pub fn person_lines(person: &Person, lang: Lang) -> Vec<String> {
    let label = |field: &str, said: String| format!("{}: {said}", field_label(field, lang));
    let area = person.area.map(Area::code);
    let area = area.map(|area| label("area", value("area", &Value::from(area), lang)));
    let care = person.procedures.iter().map(|one| {
        let care = value("procedure", &Value::from(one.procedure.code()), lang);
        let since = since(one.since, lang);
        label("procedure", format!("{care}{since}"))
    });
    let motor = person.motor_impairment.map(MotorImpairment::code);
    let motor = motor.map(|degree| {
        let degree = value("motor_impairment", &Value::from(degree), lang);
        label("motor_impairment", degree)
    });
    let guardians = person.guardians.len();
    let guardians = (guardians > 0).then(|| match lang {
        Lang::Ja => format!("保護者・連絡先: {guardians}名"),
        Lang::En => format!("guardians and contacts: {guardians}"),
    });
    let first = area.into_iter().chain(care);
    first.chain(motor).chain(guardians).collect()
}

/// Since when something holds, behind it.
fn since(since: Option<Day>, lang: Lang) -> String {
    let Some(since) = since.map(|since| day(since, lang)) else {
        return String::new();
    };
    match lang {
        Lang::Ja => format!("（{since}〜）"),
        Lang::En => format!(" (since {since})"),
    }
}

/// The numbers of the cases that were merged into a person's, whose records are told with these; none where none was.
#[must_use]
pub fn merged_numbers(timeline: &Timeline, lang: Lang) -> Option<String> {
    let cases = timeline.person.cases.iter().map(ToString::to_string);
    let numbers: Vec<String> = cases
        .map(|case| number_in(timeline, &case).to_owned())
        .collect();
    let numbers = (!numbers.is_empty()).then(|| numbers.join(lang.pick("、", ", ")))?;
    let closed = timeline.withheld_cases.len();
    Some(match (lang, closed) {
        (_, 0) => numbers,
        (Lang::Ja, _) => format!("{numbers}（うち{closed}件は、権限がなく記録を開けません）"),
        (Lang::En, _) => format!("{numbers} (records of {closed} are not open to this account)"),
    })
}

/// A person's register number, where the timeline knows it; else the beginning of the id.
fn number_in<'a>(timeline: &'a Timeline, person: &'a str) -> &'a str {
    let number = timeline.numbers.get(person);
    number.map_or_else(|| short(person), String::as_str)
}

/// Where it is read: commands at a terminal name what has no number by the beginning of its id.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Terminal,
    Screen,
}

struct Page {
    text: String,
    lang: Lang,
    place: Place,
}

impl Page {
    const fn new(lang: Lang, place: Place) -> Self {
        let text = String::new();
        Self { text, lang, place }
    }

    fn cards(&mut self, timeline: &Timeline) {
        self.wish(timeline.disaster_wish.as_ref());
        for plan in &timeline.disaster_plans {
            self.disaster_plan(plan);
        }
        for plan in &timeline.support_plans {
            self.support_plan(plan);
        }
        for referral in timeline.referrals.iter().filter(|referral| referral.open) {
            self.open_referral(referral);
        }
    }

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
            .map(|kana| match lang {
                Lang::Ja => format!("（{kana}）"),
                Lang::En => format!(" ({kana})"),
            })
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
            self.line(self.pick("動ける医療的ケア児・者", "mobile with medical care"));
        }
        if let Some(survivor) = timeline.merged_into {
            let survivor = survivor.to_string();
            let number = number_in(timeline, &survivor);
            self.line(&match lang {
                Lang::Ja => format!("⚑ {number} に統合されています。続きは統合先に記録します"),
                Lang::En => format!("⚑ merged into {number}, where what follows is recorded"),
            });
        }
        self.merged(timeline);
        self.withheld(timeline);
        self.clocks(timeline);
        self.line("");
    }

    /// The other numbers that the person had.
    fn merged(&mut self, timeline: &Timeline) {
        if let Some(numbers) = merged_numbers(timeline, self.lang) {
            let label = self.pick("統合した番号", "merged numbers");
            self.line(&format!("{label}: {numbers}"));
        }
    }

    /// What is not told, as whoever looks may not open it.
    fn withheld(&mut self, timeline: &Timeline) {
        if !timeline.withheld.is_empty() {
            let count = timeline.withheld.len();
            self.line(&match self.lang {
                Lang::Ja => format!("⚑ 権限がなく開けない問い合わせが{count}件あります"),
                Lang::En => {
                    let inquiries = counted(count, "inquiry is", "inquiries are");
                    format!("⚑ {inquiries} not open to this account")
                },
            });
        }
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
        let told = told(entry, timeline, self.lang);
        let gap = self.pick("", " ");
        let mark = told.mark.map(|mark| format!("{mark}{gap}"));
        let mark = mark.unwrap_or_default();
        self.line(&format!(
            "{}  {mark}{}{}  #{}",
            told.when, told.title, told.recorded, entry.position
        ));
        for part in told.lines {
            if part.struck.is_empty() {
                self.line(&format!("    {}", part.text));
            } else {
                self.line(&format!("    ~~ {} ~~{}", part.struck, part.text));
            }
        }
    }
}
