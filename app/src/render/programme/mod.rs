//! The programme's settings of a fiscal year in words, each with who set it and when.

mod rules;
mod staff;

pub use rules::rule_name;

use ledger_core::time::{Weekday, wareki_fiscal_year};
use ledger_projections::programme::{Planned, ProgrammeCard, Set, SetBy};

use super::indicator::target;
use super::sheet::Sheet;
use super::words::{day, term_within};
use crate::lang::Lang;

/// The settings; `opened` says whether texts are open.
#[must_use]
pub fn programme(card: &ProgrammeCard, opened: bool, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    if !card.in_trial {
        sheet.say(
            "  この年度は試行の期間外です。",
            "  this year lies outside the trial",
        );
    }
    definition(&mut sheet, card);
    period(&mut sheet, card);
    hours(&mut sheet, card);
    contractor(&mut sheet, card);
    areas(&mut sheet, card);
    planned(&mut sheet, card);
    staff::posts(&mut sheet, card);
    staff::conflicts(&mut sheet, card);
    rules::competencies(&mut sheet, card);
    rules::rules(&mut sheet, card);
    rules::terms(&mut sheet, card);
    rules::second_factors(&mut sheet, card);
    rules::code_tables(&mut sheet, card);
    if !opened && !card.conflicts.is_empty() {
        sheet.sealed();
    }
    sheet.finish()
}

/// Who set something and when.
fn set_by(by: &SetBy, lang: Lang) -> String {
    let on = by.on.map_or_else(|| "—".to_owned(), |on| day(on, lang));
    let recorded = day(by.recorded_at.day_in_japan(), lang);
    let (actor, position) = (&by.actor, by.position);
    match lang {
        Lang::Ja if on == recorded => format!("［{on} {actor} #{position}］"),
        Lang::Ja => format!("［{on}付 {recorded}記録 {actor} #{position}］"),
        Lang::En => format!("[{on}, recorded {recorded} by {actor}, #{position}]"),
    }
}

/// A line with its label, and behind it who set it.
fn setting<T>(sheet: &mut Sheet, label: (&str, &str), said: &str, set: &Set<T>) {
    let by = set_by(&set.by, sheet.lang);
    sheet.field(2, label, &format!("{said}  {by}"));
}

fn definition(sheet: &mut Sheet, card: &ProgrammeCard) {
    let Some(set) = &card.definition else { return };
    let provisional = if set.value.provisional {
        sheet.pick("（仮称）", " (provisional name)")
    } else {
        ""
    };
    let name = match sheet.lang {
        Lang::Ja if set.value.name_ja.contains("仮称") => set.value.name_ja.clone(),
        Lang::Ja => format!("{provisional}{}", set.value.name_ja),
        Lang::En => format!("{}{provisional}", set.value.name_en),
    };
    setting(sheet, ("事業", "programme"), &name, set);
    sheet.field(4, ("場所", "place"), &set.value.place_ja);
    sheet.field(4, ("出典", "source"), &set.value.source);
}

fn period(sheet: &mut Sheet, card: &ProgrammeCard) {
    let Some(set) = &card.period else { return };
    let lang = sheet.lang;
    let (from, until) = (
        card.starts_on.unwrap_or(set.value.starts_on),
        set.value.ends_on,
    );
    let said = range(&day(from, lang), &day(until, lang), lang);
    setting(sheet, ("実施期間", "period"), &said, set);
    let preparation = day(set.value.preparation_from, lang);
    let eve = from.pred_opt().unwrap_or(from);
    let preparation = range(&preparation, &day(eve, lang), lang);
    sheet.field(4, ("開設準備期間", "preparation"), &preparation);
    if !card.moves.is_empty() {
        let first = day(set.value.starts_on, lang);
        sheet.field(4, ("当初の開始日", "first start"), &first);
    }
    for moved in &card.moves {
        let to = day(moved.value.starts_on, lang);
        let (reason, by) = (&moved.value.reason_ja, set_by(&moved.by, lang));
        let said = match lang {
            Lang::Ja => format!("{to}（{reason}）  {by}"),
            Lang::En => format!("{to} ({reason})  {by}"),
        };
        sheet.field(4, ("開始日の変更", "start moved"), &said);
    }
}

/// From one to another, or from one on.
pub(super) fn range(from: &str, to: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{from}〜{to}"),
        Lang::En if to.is_empty() => format!("from {from}"),
        Lang::En => format!("{from} to {to}"),
    }
}

const fn weekday(day: Weekday, lang: Lang) -> &'static str {
    match day {
        Weekday::Mon => lang.pick("月", "Mon"),
        Weekday::Tue => lang.pick("火", "Tue"),
        Weekday::Wed => lang.pick("水", "Wed"),
        Weekday::Thu => lang.pick("木", "Thu"),
        Weekday::Fri => lang.pick("金", "Fri"),
        Weekday::Sat => lang.pick("土", "Sat"),
        Weekday::Sun => lang.pick("日", "Sun"),
    }
}

fn hours(sheet: &mut Sheet, card: &ProgrammeCard) {
    let lang = sheet.lang;
    if let Some(set) = &card.opening_hours {
        let hours = &set.value.hours;
        let days: Vec<&str> = hours
            .weekdays()
            .iter()
            .map(|day| weekday(*day, lang))
            .collect();
        let days = days.join(lang.pick("・", " "));
        let (from, to) = (hours.from().format("%H:%M"), hours.to().format("%H:%M"));
        let since = set.value.from.map(|from| match lang {
            Lang::Ja => format!("（{}から）", day(from, lang)),
            Lang::En => format!(" (from {from})"),
        });
        let open = range(&from.to_string(), &to.to_string(), lang);
        let said = format!("{days} {open}{}", since.unwrap_or_default());
        setting(sheet, ("開所日時", "opening hours"), &said, set);
    }
    if let Some(set) = &card.holidays {
        let said = match lang {
            Lang::Ja => format!("{}日を登録", set.value),
            Lang::En => format!("{} listed", set.value),
        };
        setting(sheet, ("祝日", "holidays"), &said, set);
    }
}

fn contractor(sheet: &mut Sheet, card: &ProgrammeCard) {
    let lang = sheet.lang;
    let Some(set) = &card.contractor else {
        sheet.field(
            2,
            ("運営事業者", "operator"),
            lang.pick("この日に定めなし", "none on that day"),
        );
        return;
    };
    let one = &set.value;
    let method = term_within(one.method, lang);
    let until = one.until.map(|until| day(until, lang)).unwrap_or_default();
    let (operator, held) = (&one.operator_ja, range(&day(one.from, lang), &until, lang));
    let said = match lang {
        Lang::Ja => format!("{operator}（{method}、{held}）"),
        Lang::En => format!("{operator} ({method}, {held})"),
    };
    setting(sheet, ("運営事業者", "operator"), &said, set);
    sheet.field(4, ("根拠", "ground"), &one.basis_ja);
}

fn areas(sheet: &mut Sheet, card: &ProgrammeCard) {
    let lang = sheet.lang;
    if let Some(set) = &card.areas {
        let names = set.value.areas.iter().map(|area| match lang {
            Lang::Ja => area.name_ja.clone(),
            Lang::En => term_within(area.area, lang),
        });
        let names: Vec<String> = names.collect();
        let names = names.join(lang.pick("・", ", "));
        setting(sheet, ("地域（総合支所）", "areas"), &names, set);
    }
    for set in &card.populations {
        let area = match set.value.area {
            Some(area) => term_within(area, lang),
            None => lang.pick("区全体", "the ward").to_owned(),
        };
        let (persons, source) = (set.value.persons, &set.value.source);
        let said = match lang {
            Lang::Ja => format!("{area} {persons}人（{source}）"),
            Lang::En => format!("{area}: {persons} ({source})"),
        };
        setting(
            sheet,
            ("把握している対象者数", "persons known to live there"),
            &said,
            set,
        );
    }
}

fn planned(sheet: &mut Sheet, card: &ProgrammeCard) {
    let year = match sheet.lang {
        Lang::Ja => format!("予定数（{}）", wareki_fiscal_year(card.fiscal_year)),
        Lang::En => format!("planned numbers of fiscal year {}", card.fiscal_year),
    };
    sheet.line(&format!("  {year}"));
    for one in &card.planned {
        number(sheet, one);
    }
}

/// A service's planned number; where the plan names none for the year, what it says of a full one.
fn number(sheet: &mut Sheet, planned: &Planned) {
    let lang = sheet.lang;
    let mut said = target(planned.target, lang);
    if let Some(set) = &planned.set {
        let (low, high, rule) = (set.value.low, set.value.high, &set.value.count_rule_ja);
        let number = if low == high {
            low.to_string()
        } else {
            range(&low.to_string(), &high.to_string(), lang)
        };
        let of_full_year = set.value.fiscal_year.is_none();
        said = match lang {
            Lang::Ja if of_full_year => format!("{said}（{rule}、通年の予定数 {number}）"),
            Lang::Ja => format!("{said}（{rule}）"),
            Lang::En if of_full_year => format!("{said} ({rule}; a full year: {number})"),
            Lang::En => format!("{said} ({rule})"),
        };
        said = format!("{said}  {}", set_by(&set.by, lang));
    }
    let service = planned.service;
    sheet.field(4, (service.ja(), service.code()), &said);
}
