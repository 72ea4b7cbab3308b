//! Sentences about the programme's settings.

use ledger_core::event::{
    AreaTableSet, CodeTableRevised, ContractorAppointed, HolidayCalendarSet, KnownPopulationSet,
    OpeningHoursSet, PlannedNumberSet, ProgrammeDefined, ProgrammeEvent, RequiredCompetencySet,
    ReviewTermSet, SecondFactorRuleSet, StaffPostSet,
};

use super::super::programme::rule_name;
use super::super::terms::term_name;
use super::super::titles::role;
use super::super::words::counted;
use super::words::{CONTENT, Words};
use crate::lang::Lang;

pub(super) fn say(event: &ProgrammeEvent, to: &mut Words) {
    match event {
        ProgrammeEvent::Defined(event) => defined(event, to),
        ProgrammeEvent::PeriodSet(event) => {
            let (from, until) = (to.on(event.starts_on), to.on(event.ends_on));
            to.say(
                format!("実施期間を{from}から{until}までとした"),
                format!("Period set: {from} to {until}"),
            );
        },
        ProgrammeEvent::StartMoved(event) => {
            let on = to.on(event.starts_on);
            to.say(
                format!("事業開始日を{on}へ変更"),
                format!("Start moved to {on}"),
            )
            .quote("Reason", &event.reason_ja);
        },
        ProgrammeEvent::OpeningHoursSet(event) => opening_hours(event, to),
        ProgrammeEvent::HolidayCalendarSet(event) => holidays(event, to),
        ProgrammeEvent::PlannedNumberSet(event) => planned_number(event, to),
        ProgrammeEvent::CountingRuleAdopted(event) => {
            let [ja, en] = [Lang::Ja, Lang::En].map(|lang| rule_called(&event.rule, lang));
            to.say(
                format!("規則を採用：{ja}：{}", event.text_ja),
                format!("Rule adopted: {en}: {}", event.text_en),
            );
        },
        ProgrammeEvent::ContractorAppointed(event) => contractor(event, to),
        ProgrammeEvent::AreaTableSet(event) => area_table(event, to),
        ProgrammeEvent::CodeTableRevised(event) => code_table(event, to),
        ProgrammeEvent::KnownPopulationSet(event) => population(event, to),
        ProgrammeEvent::StaffPostSet(event) => post(event, to),
        ProgrammeEvent::StaffPostEnded(event) => {
            let on = to.on(event.until);
            to.say(format!("職を{on}で終えた"), format!("Post ended on {on}"));
        },
        ProgrammeEvent::ConcurrentConflict(event) => {
            to.say("兼務による支障があった", "A concurrent post got in the way")
                .text(CONTENT, &event.note);
        },
        ProgrammeEvent::RequiredCompetencySet(event) => competency(event, to),
        ProgrammeEvent::ReviewTermSet(event) => review_term(event, to),
        ProgrammeEvent::SecondFactorRuleSet(event) => second_factor(event, to),
    }
}

/// A rule's name with its id, by which it is adopted; of one without a name its id.
fn rule_called(id: &str, lang: Lang) -> String {
    let name = rule_name(id, lang);
    if name == id {
        return name;
    }
    match lang {
        Lang::Ja => format!("{name}（{id}）"),
        Lang::En => format!("{name} ({id})"),
    }
}

fn holidays(event: &HolidayCalendarSet, to: &mut Words) {
    let count = event.holidays.len();
    let days = counted(count, "day", "days");
    to.say(
        format!("祝日の一覧を定めた（{count}日）"),
        format!("Holidays set ({days})"),
    );
}

fn competency(event: &RequiredCompetencySet, to: &mut Words) {
    let (competency, level) = (to.term(event.competency), event.level);
    to.say(
        format!("修了の要件：{competency} {level}以上"),
        format!("Asked for at completion: {competency} at level {level} or more"),
    );
}

fn code_table(event: &CodeTableRevised, to: &mut Words) {
    let (table, version) = (&event.table, event.version);
    to.say(
        format!("コード表「{table}」を第{version}版とした"),
        format!("Code table revised: {table}, version {version}"),
    );
}

fn defined(event: &ProgrammeDefined, to: &mut Words) {
    let operator = &event.operator_ja;
    to.say(
        format!("事業を定めた：{}（{operator}）", event.name_ja),
        format!("Programme defined: {} ({operator})", event.name_en),
    );
}

fn second_factor(event: &SecondFactorRuleSet, to: &mut Words) {
    let role = role(event.role, to.lang);
    let (ja, en) = if event.required {
        ("求めることとした", "asked for")
    } else {
        ("求めないこととした", "not asked for")
    };
    to.say(
        format!("{role}のサインインで二つ目の確認を{ja}"),
        format!("Second factor at sign-in {en} (role: {role})"),
    );
}

fn post(event: &StaffPostSet, to: &mut Words) {
    let mut parts = Vec::new();
    parts.extend(event.fte_hundredths.map(|part| to.full_time(part)));
    if event.concurrent {
        parts.push(to.lang.pick("兼務", "concurrent").to_owned());
    }
    let parts = parts.join(to.lang.pick("、", ", "));
    let about = match (parts.is_empty(), to.lang) {
        (true, _) => String::new(),
        (false, Lang::Ja) => format!("（{parts}）"),
        (false, Lang::En) => format!(" ({parts})"),
    };
    let kind = to.term(event.kind);
    to.say(
        format!("{kind}を置いた{about}"),
        format!("Post set: {kind}{about}"),
    );
    if let Some(words) = &event.words_ja {
        to.quote("In the plan's words", words);
    }
}

fn opening_hours(event: &OpeningHoursSet, to: &mut Words) {
    let (from, until) = (
        event.hours.from().format("%H:%M"),
        event.hours.to().format("%H:%M"),
    );
    to.say(
        format!("開所時間を{from}〜{until}とした"),
        format!("Opening hours set: {from} to {until}"),
    );
}

fn planned_number(event: &PlannedNumberSet, to: &mut Words) {
    let year = match event.fiscal_year {
        Some(year) => to.year(year),
        None => to.lang.pick("通年", "a full year").to_owned(),
    };
    let about = if event.approximate {
        to.lang.pick("程度", " or so")
    } else {
        ""
    };
    let number = match (event.low == event.high, to.lang) {
        (true, _) => event.low.to_string(),
        (false, Lang::Ja) => format!("{}〜{}", event.low, event.high),
        (false, Lang::En) => format!("{} to {}", event.low, event.high),
    };
    let service = to.term(event.service);
    to.say(
        format!("{service}の予定数（{year}）を{number}{about}とした"),
        format!("Planned number of {year} set ({service}): {number}{about}"),
    );
}

fn area_table(event: &AreaTableSet, to: &mut Words) {
    let names = event.areas.iter().map(|area| match to.lang {
        Lang::Ja => area.name_ja.clone(),
        Lang::En => to.term(area.area),
    });
    let names: Vec<String> = names.collect();
    let names = names.join(to.lang.pick("、", ", "));
    to.labelled(("地域の表を定めた", "Areas set"), &names);
}

fn population(event: &KnownPopulationSet, to: &mut Words) {
    let area = match event.area {
        Some(area) => to.term(area),
        None => to.lang.pick("区全体", "the whole ward").to_owned(),
    };
    let persons = event.persons;
    to.say(
        format!("把握している対象者数（{area}）：{persons}人"),
        format!("Persons known to live there ({area}): {persons}"),
    );
}

fn review_term(event: &ReviewTermSet, to: &mut Words) {
    let (term, days) = (term_name(&event.term, to.lang), event.days);
    let (ja, en) = if event.business_days {
        ("営業日", counted(days, "business day", "business days"))
    } else {
        ("日", counted(days, "day", "days"))
    };
    to.say(
        format!("期限「{term}」を{days}{ja}とした"),
        format!("Term set ({term}): {en}"),
    );
}

fn contractor(event: &ContractorAppointed, to: &mut Words) {
    let (operator, method) = (&event.operator_ja, to.term(event.method));
    to.say(
        format!("運営事業者：{operator}（{method}）"),
        format!("Operator: {operator} ({method})"),
    )
    .quote("Ground", &event.basis_ja);
}
