//! Reads the programme's plan and the holiday list into what `init` records.

mod budget;
mod further;

use std::collections::BTreeMap;
use std::path::Path;

use ledger_commands::command::{SetUpBooks, SetUpProgramme};
use ledger_core::code::Service;
use ledger_core::event::{
    CountingRuleAdopted, HolidayCalendarSet, OpeningHoursSet, PeriodSet, PlannedNumberSet,
    ProgrammeDefined,
};
use ledger_core::id::LedgerId;
use ledger_core::time::{
    Day, FiscalYear, NewYearBreak, Occurred, OpeningHours, parse_day, parse_holidays,
};
use ledger_projections::figures::{OF_DAY, OF_YEAR};
use serde::Deserialize;

use crate::failure::Failure;

/// The plan that the program carries.
pub const PLAN: &str = include_str!("../../data/programme-plan.json");
/// The holiday list that the program carries.
pub const HOLIDAYS: &str = include_str!("../../data/japanese-holidays.csv");

#[derive(Deserialize)]
struct Plan {
    source: String,
    programme: Programme,
    planned: Vec<Planned>,
    rules: Vec<Rule>,
    #[serde(default)]
    budget_thousand_yen: budget::Budget,
}

#[derive(Deserialize)]
struct Programme {
    name_ja: String,
    name_en: String,
    #[serde(default)]
    provisional_name: bool,
    place_ja: String,
    operator_ja: String,
    #[serde(default)]
    operation_ja: String,
    opening: OpeningHours,
    preparation_from: Day,
    starts_on: Day,
    ends_on: Day,
}

#[derive(Deserialize)]
struct Planned {
    service: String,
    unit: String,
    count_rule: String,
    annual_full: Number,
    #[serde(default)]
    approximate: bool,
    #[serde(default)]
    by_year: BTreeMap<String, Option<Number>>,
}

/// A planned number, or a range of them.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Number {
    One(u32),
    Range(u32, u32),
}

#[derive(Deserialize)]
struct Rule {
    id: String,
    ja: String,
    en: String,
}

/// What a new ledger begins with.
#[derive(Debug)]
pub struct Settings {
    /// The programme's settings.
    pub programme: SetUpProgramme,
    /// Budget and planned subsidy; none where the plan names no money.
    pub books: Option<SetUpBooks>,
}

/// The settings of a plan and a holiday list; none given: those that the program carries.
///
/// # Errors
/// [`Failure`] when a file cannot be read or is not of that kind.
pub fn settings(
    plan: Option<&Path>,
    holidays: Option<&Path>,
    ledger: LedgerId,
    today: Day,
) -> Result<Settings, Failure> {
    let plan_text = text(plan, PLAN, "--programme")?;
    let plan: Plan = serde_json::from_str(&plan_text).map_err(|error| {
        let at = format!("{}:{}", error.line(), error.column());
        not_right("--programme", &format!("{at} {error}"))
    })?;
    let holidays = text(holidays, HOLIDAYS, "--holidays")?;
    let holidays =
        parse_holidays(&holidays).map_err(|error| not_right("--holidays", &error.to_string()))?;
    let programme = &plan.programme;
    let mut planned = Vec::new();
    for one in &plan.planned {
        planned.extend(numbers(one)?);
    }
    let occurred = Occurred::Day(settled_on(&plan.source).unwrap_or(today).min(today));
    let books = budget::books(&plan, occurred)?;
    let programme = SetUpProgramme {
        occurred,
        definition: ProgrammeDefined {
            name_ja: programme.name_ja.clone(),
            name_en: programme.name_en.clone(),
            provisional: programme.provisional_name,
            place_ja: programme.place_ja.clone(),
            operator_ja: programme.operator_ja.clone(),
            source: plan.source.clone(),
        },
        period: PeriodSet {
            preparation_from: programme.preparation_from,
            starts_on: programme.starts_on,
            ends_on: programme.ends_on,
        },
        opening_hours: OpeningHoursSet {
            from: None,
            hours: programme.opening.clone(),
            new_year_break: NewYearBreak::default(),
        },
        calendar: HolidayCalendarSet { holidays },
        planned,
        rules: rules(&plan),
        further: further::settings(&plan, ledger)?,
    };
    Ok(Settings { programme, books })
}

/// The day on which the plan was settled, which its source begins with: 令和2年12月17日.
fn settled_on(source: &str) -> Option<Day> {
    let (date, _) = source.split_once('日')?;
    parse_day(&format!("{date}日"))
        .ok()
        .map(|parsed| parsed.day)
}

fn numbers(planned: &Planned) -> Result<Vec<PlannedNumberSet>, Failure> {
    let name = planned.service.replace('_', "-");
    let service: Service = name
        .parse()
        .map_err(|_| not_right("--programme", &format!("service {name}")))?;
    let set = |number: Number, fiscal_year| {
        let (low, high) = match number {
            Number::One(number) => (number, number),
            Number::Range(low, high) => (low, high),
        };
        PlannedNumberSet {
            service,
            fiscal_year,
            low,
            high,
            unit: planned.unit.clone(),
            count_rule_ja: planned.count_rule.clone(),
            approximate: planned.approximate,
        }
    };
    let mut numbers = vec![set(planned.annual_full, None)];
    for (year, number) in &planned.by_year {
        let parsed = year
            .parse()
            .map_err(|_| not_right("--programme", &format!("year {year}")))?;
        numbers.extend(number.map(|number| set(number, Some(FiscalYear::new(parsed)))));
    }
    Ok(numbers)
}

/// The plan's own rules, then those by which figures are counted, each id once.
fn rules(plan: &Plan) -> Vec<CountingRuleAdopted> {
    let of_plan = plan.rules.iter().map(|rule| CountingRuleAdopted {
        rule: rule.id.clone(),
        text_ja: rule.ja.clone(),
        text_en: rule.en.clone(),
        stated: true,
    });
    let of_figures = OF_YEAR
        .iter()
        .chain(OF_DAY)
        .map(|rule| CountingRuleAdopted {
            rule: rule.rule.to_owned(),
            text_ja: rule.ja.to_owned(),
            text_en: rule.en.to_owned(),
            stated: rule.stated(),
        });
    let mut rules: Vec<CountingRuleAdopted> = Vec::new();
    for rule in of_plan.chain(of_figures) {
        if !rules.iter().any(|known| known.rule == rule.rule) {
            rules.push(rule);
        }
    }
    rules
}

fn text(path: Option<&Path>, carried: &str, option: &'static str) -> Result<String, Failure> {
    let Some(path) = path else {
        return Ok(carried.to_owned());
    };
    std::fs::read_to_string(path).map_err(|error| {
        let path = path.display();
        Failure::failed(
            "FILE_FAILED",
            format!("{path} を読めません（{error}）。"),
            format!("{path} cannot be read ({error})"),
        )
        .on(option)
    })
}

fn not_right(option: &'static str, what: &str) -> Failure {
    Failure::failed(
        "BAD_FILE",
        format!("{option} のファイルの内容が正しくありません（{what}）。"),
        format!("the file of {option} is not right: {what}"),
    )
    .on(option)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carried_plan_is_read_whole() {
        let today = Day::from_ymd_opt(2024, 4, 1).unwrap();

        let ledger = LedgerId::new(uuid::Uuid::from_u128(1));
        let settings = settings(None, None, ledger, today).unwrap().programme;

        assert_eq!(settings.occurred.to_string(), "2020-12-17");
        assert_eq!(settings.period.starts_on.to_string(), "2021-08-01");
        let numbers: Vec<(Service, Option<i32>, u32, u32)> = settings
            .planned
            .iter()
            .map(|set| {
                (
                    set.service,
                    set.fiscal_year.map(FiscalYear::year),
                    set.low,
                    set.high,
                )
            })
            .collect();
        assert!(numbers.contains(&(Service::SpecialistConsultation, None, 1_000, 1_000)));
        assert!(numbers.contains(&(Service::SpecialistConsultation, Some(2021), 500, 500)));
        assert!(numbers.contains(&(Service::AdvisorTraining, None, 1, 2)));
        assert_eq!(numbers.len(), 7, "years without a number set none");
        assert!(settings.calendar.holidays.len() > 200);
        let ids: Vec<&str> = settings
            .rules
            .iter()
            .map(|rule| rule.rule.as_str())
            .collect();
        assert!(ids.contains(&"ventilator-disaster-plan") && ids.contains(&"CR-延べ-1"));
    }
}
