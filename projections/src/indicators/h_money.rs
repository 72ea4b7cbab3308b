//! H: money of the fiscal year, in whole yen: budget, spending, subsidy, and what is left to the ward.

use std::collections::BTreeMap;

use super::a_volume;
use super::fold::Fold;
use super::given::{Given, code};
use super::measure::{Counted, Line, Measured};
use crate::facts::{Kind, Stored};
use crate::subsidy::{in_force, payable_yen};

/// Percent that the subsidy pays after its first three years.
const LATER_PERCENT: i64 = 50;
/// The menu of an amount that is said for all menus together.
const ALL_MENUS: &str = "all";

/// What a year's events say: budget lines as set last, spending that was not taken back.
struct Year<'a> {
    /// The lines that add up to the budget.
    budget: BTreeMap<&'a str, &'a Stored>,
    /// The lines that name a part of it, for what was there before the trial.
    existing: Vec<&'a Stored>,
    spent: Vec<&'a Stored>,
}

fn year<'a>(given: &Given<'a, '_>) -> Year<'a> {
    let budget = of_year(given, Kind::BudgetLine);
    // A line set again has the newer amount.
    let lines: BTreeMap<&str, &Stored> = budget
        .into_iter()
        .map(|fact| (fact.thing.as_str(), fact))
        .collect();
    let (existing, budget): (BTreeMap<_, _>, BTreeMap<_, _>) = lines
        .into_iter()
        .partition(|(_, fact)| fact.says("existing"));
    let until = |fact: &&Stored| fact.day.is_none_or(|day| day <= given.scope.day);
    let spent = of_year(given, Kind::Expenditure).into_iter().filter(until);
    let stands = |fact: &&Stored| {
        let reversed = given.facts.about(Kind::ExpenditureReversed, &fact.thing);
        !reversed.iter().any(until_ref(given))
    };
    Year {
        budget,
        existing: existing.into_values().collect(),
        spent: spent.filter(stands).collect(),
    }
}

fn until_ref<'g>(given: &'g Given<'_, '_>) -> impl Fn(&&Stored) -> bool + 'g {
    |fact| fact.day.is_none_or(|day| day <= given.scope.day)
}

/// The facts of a kind that name the scope's fiscal year.
fn of_year<'a>(given: &Given<'a, '_>, kind: Kind) -> Vec<&'a Stored> {
    let year = given.scope.year.to_string();
    let facts = given.facts.of(kind).iter().copied();
    facts
        .filter(|fact| fact.other.as_deref() == Some(year.as_str()))
        .collect()
}

fn yen(fact: &Stored) -> Counted {
    Counted::of(fact, None, fact.event.to_string()).amount(fact.value.unwrap_or(0))
}

fn total(facts: &[&Stored]) -> i64 {
    facts
        .iter()
        .fold(0, |sum, fact| sum.saturating_add(fact.value.unwrap_or(0)))
}

/// H-1: spent of the budget, by line.
pub(super) fn spending(given: &Given<'_, '_>) -> Measured {
    let year = year(given);
    let mut lines: BTreeMap<String, Vec<Counted>> = BTreeMap::new();
    let mut counted = Vec::new();
    for (line, fact) in &year.budget {
        let own = lines.entry(format!("line/{line}")).or_default();
        own.push(yen(fact).hit(false));
        counted.push(yen(fact).hit(false));
    }
    for fact in &year.spent {
        let own = lines
            .entry(format!("line/{}", code(fact.detail.as_deref())))
            .or_default();
        own.push(yen(fact));
        counted.push(yen(fact));
    }
    Measured::new(Fold::YenOf, counted).lines(super::given::lines(Fold::YenOf, lines))
}

/// H-2: the budget, of which what was there before the trial, and what is new.
pub(super) fn budget(given: &Given<'_, '_>) -> Measured {
    let year = year(given);
    let all: Vec<Counted> = year.budget.into_values().map(yen).collect();
    let existing: Vec<Counted> = year.existing.into_iter().map(yen).collect();
    let taken = existing.iter().cloned().map(negative);
    let new = all.iter().cloned().chain(taken).collect();
    let lines = [
        Line::new("existing", Fold::Yen, existing),
        Line::new("new", Fold::Yen, new),
    ];
    Measured::new(Fold::Yen, all).lines(lines)
}

/// H-3: spent for each contact, plan and visit: all spending over all of them alike, and that of each
/// budget line, since nothing tells which spending was for which service.
pub(super) fn unit_cost(given: &Given<'_, '_>) -> Measured {
    let mut units = Vec::new();
    for (service, measured) in a_volume::services(given) {
        if service == ledger_core::code::Service::AdvisorTraining {
            continue;
        }
        for mut one in measured.counted.into_iter().filter(|one| one.hit) {
            one.unit = format!("{}/{}", service.code(), one.unit).into();
            units.push(one.hit(false));
        }
    }
    let mut lines: BTreeMap<String, Vec<Counted>> = BTreeMap::new();
    let mut counted = units.clone();
    for fact in year(given).spent {
        let line = format!("line/{}", code(fact.detail.as_deref()));
        let own = lines.entry(line).or_insert_with(|| units.clone());
        own.push(yen(fact));
        counted.push(yen(fact));
    }
    Measured::new(Fold::YenEach, counted).lines(super::given::lines(Fold::YenEach, lines))
}

/// H-4: subsidy of each menu: its rate of the eligible spending, up to its cap.
pub(super) fn subsidy(given: &Given<'_, '_>) -> Measured {
    let counted = computed(given, None, &year(given).spent);
    let mut lines: Vec<Line> = Vec::new();
    for one in &counted {
        let key = format!("menu/{}", one.unit);
        lines.push(Line::new(key, Fold::Yen, vec![one.clone()]));
    }
    for step in ["planned", "applied", "decided", "received", "settled"] {
        let own = step_of_subsidy(given, step).into_iter().map(yen);
        lines.push(Line::new(step, Fold::Yen, own.collect()));
    }
    Measured::new(Fold::Yen, counted).lines(lines)
}

/// What holds of a step of the year's subsidy.
fn step_of_subsidy<'a>(given: &Given<'a, '_>, step: &str) -> Vec<&'a Stored> {
    let said = of_year(given, Kind::Subsidy).into_iter();
    let said = said.filter(|fact| fact.says(step)).collect();
    in_force(said, step == "received", |fact| {
        (fact.thing != ALL_MENUS).then(|| fact.thing.clone())
    })
}

/// The subsidy that each menu makes of costs, at its own rate or at another.
fn computed(given: &Given<'_, '_>, percent: Option<i64>, costs: &[&Stored]) -> Vec<Counted> {
    let mut menus: BTreeMap<&str, &Stored> = BTreeMap::new();
    for fact in of_year(given, Kind::SubsidyMenu) {
        menus.insert(&fact.thing, fact);
    }
    let lines = of_year(given, Kind::SubsidyMenuLine);
    let mut counted = Vec::new();
    for (menu, fact) in menus {
        let own = lines.iter().filter(|line| line.event == fact.event);
        let own: Vec<&str> = own.filter_map(|line| line.detail.as_deref()).collect();
        let eligible = costs.iter().copied();
        let eligible: Vec<&Stored> = eligible
            .filter(|cost| own.contains(&line_of(cost)))
            .collect();
        let rate = fact
            .detail
            .as_deref()
            .and_then(|rate| rate.parse::<i64>().ok());
        let rate = percent.or(rate).unwrap_or(0);
        let paid = payable_yen(total(&eligible), rate, fact.value.unwrap_or(0));
        counted.push(Counted::of(fact, None, menu).amount(paid).with(eligible));
    }
    counted
}

/// The budget line of a cost.
fn line_of(cost: &Stored) -> &str {
    if cost.kind == Kind::BudgetLine {
        &cost.thing
    } else {
        code(cost.detail.as_deref())
    }
}

/// Subsidy as far as it is known: received, else decided, else computed, else planned.
fn known_subsidy(given: &Given<'_, '_>) -> Vec<Counted> {
    for step in ["settled", "received", "decided"] {
        let own = step_of_subsidy(given, step).into_iter().map(yen);
        let own: Vec<Counted> = own.collect();
        if !own.is_empty() {
            return own;
        }
    }
    let computed = computed(given, None, &year(given).spent);
    if !computed.is_empty() {
        return computed;
    }
    let planned = step_of_subsidy(given, "planned").into_iter();
    planned.map(yen).collect()
}

fn negative(one: Counted) -> Counted {
    let amount = one.amount;
    one.amount(0_i64.saturating_sub(amount))
}

/// H-5: what is left to the ward: spending less subsidy; before anything is spent, of the budget. Nothing
/// where neither is recorded.
pub(super) fn ward_share(given: &Given<'_, '_>) -> Measured {
    let year = year(given);
    let planned = step_of_subsidy(given, "planned").into_iter();
    let budget = year.budget.values().map(|fact| yen(fact));
    let mut of_budget: Vec<Counted> = budget.collect();
    if !of_budget.is_empty() {
        of_budget.extend(planned.map(yen).map(negative));
    }
    let spent = year.spent.iter().map(|fact| yen(fact));
    let counted = if year.spent.is_empty() {
        of_budget.clone()
    } else {
        let subsidy = known_subsidy(given).into_iter().map(negative);
        spent.chain(subsidy).collect()
    };
    Measured::new(Fold::Yen, counted).lines([Line::new("by-budget", Fold::Yen, of_budget)])
}

/// H-6: what would be left to the ward at the later rate of one half: of spending; before anything is
/// spent, of the budget. Nothing where no menu says what the subsidy pays for.
pub(super) fn cliff(given: &Given<'_, '_>) -> Measured {
    let year = year(given);
    let costs = if year.spent.is_empty() {
        year.budget.into_values().collect()
    } else {
        year.spent
    };
    let halved = computed(given, Some(LATER_PERCENT), &costs);
    if halved.is_empty() {
        return Measured::new(Fold::Yen, Vec::new());
    }
    let mut counted: Vec<Counted> = costs.iter().map(|fact| yen(fact)).collect();
    if !counted.is_empty() {
        counted.extend(halved.into_iter().map(negative));
    }
    Measured::new(Fold::Yen, counted)
}
