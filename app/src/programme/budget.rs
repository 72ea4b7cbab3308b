//! The plan's money: the lines of its budget, and the income from subsidy that it names.

use std::collections::BTreeMap;

use ledger_commands::command::SetUpBooks;
use ledger_core::event::{BudgetLineSet, SubsidyAmount};
use ledger_core::text::normal;
use ledger_core::time::{FiscalYear, Occurred};
use serde::Deserialize;

use super::{Plan, not_right};
use crate::failure::Failure;

/// Yen of one thousand yen, in which the plan counts.
const THOUSAND: i64 = 1_000;

/// The line that says how much of the others is for what was done before the trial.
const EXISTING: &str = "既存事業";

#[derive(Default, Deserialize)]
pub(super) struct Budget {
    #[serde(default)]
    expenditure: Expenditure,
    #[serde(default)]
    revenue: BTreeMap<String, i64>,
}

#[derive(Default, Deserialize)]
struct Expenditure {
    #[serde(default)]
    existing_services_i_u: Option<i64>,
    #[serde(default)]
    breakdown_of_total: Vec<Line>,
}

/// One line of the budget.
#[derive(Deserialize)]
pub(super) struct Line {
    pub(super) ja: String,
    amount: i64,
}

impl Budget {
    /// The lines of the budget, as the plan words them.
    pub(super) fn lines(&self) -> &[Line] {
        &self.expenditure.breakdown_of_total
    }
}

/// The budget of the first fiscal year of service, and the subsidy of each year that has one.
pub(super) fn books(plan: &Plan, occurred: Occurred) -> Result<Option<SetUpBooks>, Failure> {
    let budget = &plan.budget_thousand_yen;
    let first = FiscalYear::of(plan.programme.starts_on);
    let line = |line: String, name_ja: &str, amount: i64, existing| BudgetLineSet {
        fiscal_year: first,
        line,
        name_ja: name_ja.to_owned(),
        amount_yen: amount.saturating_mul(THOUSAND),
        existing,
    };
    let named = budget.lines().iter();
    let mut lines: Vec<BudgetLineSet> = named
        .map(|set| line(code(&set.ja), &set.ja, set.amount, false))
        .collect();
    let existing = budget.expenditure.existing_services_i_u;
    lines.extend(existing.map(|amount| line(EXISTING.to_owned(), EXISTING, amount, true)));
    let mut planned = Vec::new();
    for (year, amount) in &budget.revenue {
        let parsed = year
            .parse()
            .map_err(|_| not_right("--programme", &format!("year {year}")))?;
        planned.push(SubsidyAmount {
            fiscal_year: FiscalYear::new(parsed),
            menu: None,
            amount_yen: amount.saturating_mul(THOUSAND),
        });
    }
    if lines.is_empty() && planned.is_empty() {
        return Ok(None);
    }
    Ok(Some(SetUpBooks {
        occurred,
        lines,
        planned,
    }))
}

/// A line's code: its name without what stands in brackets.
fn code(name: &str) -> String {
    let name = normal(name);
    let bare = name.split(['(', '（']).next().unwrap_or(&name);
    bare.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::PLAN;
    use ledger_core::time::Day;

    /// Golden check 2 of the paper: the plan's sums.
    #[test]
    fn the_carried_budget_adds_up_to_what_the_plan_says() {
        let plan: Plan = serde_json::from_str(PLAN).unwrap();
        let day = Day::from_ymd_opt(2020, 12, 17).unwrap();

        let books = books(&plan, Occurred::Day(day)).unwrap().unwrap();

        let sum = |existing: bool| -> i64 {
            let lines = books.lines.iter().filter(|line| line.existing == existing);
            lines.map(|line| line.amount_yen).sum()
        };
        assert_eq!((sum(false), sum(true)), (15_680_000, 4_080_000));
        let codes: Vec<&str> = books.lines.iter().map(|line| line.line.as_str()).collect();
        let wanted = [
            "相談員",
            "保健師",
            "顧問",
            "医療アドバイザー報償費",
            "その他事務費等",
            "既存事業",
        ];
        assert_eq!(codes, wanted);
        let planned = books.planned.iter();
        let planned = planned.map(|planned| (planned.fiscal_year.year(), planned.amount_yen));
        let wanted = [(2021, 12_600_000), (2022, 11_300_000), (2023, 11_300_000)];
        assert_eq!(planned.collect::<Vec<_>>(), wanted);
    }
}
