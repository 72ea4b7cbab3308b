//! The books of one fiscal year: budget, expenditure, subsidy, and whether the year is closed.

use std::collections::{BTreeMap, HashMap};

use ledger_core::actor::Actor;
use ledger_core::event::{BudgetLineSet, Event, FinanceEvent, SubsidyAmount, SubsidyMenuSet};
use ledger_core::id::{ExpenditureId, Position};
use ledger_core::time::Day;

use super::Happened;

/// Money spent on a line, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expenditure {
    /// The budget line's code.
    pub line: String,
    /// How much.
    pub amount_yen: i64,
    /// The voucher's number.
    pub voucher: String,
    /// It was taken back whole.
    pub reversed: bool,
}

/// A step on the way of a subsidy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubsidyStep {
    /// The plan names it.
    Planned,
    /// The ward applied for it.
    Applied,
    /// It was decided.
    Decided,
    /// It came in.
    Received,
    /// It was settled.
    Settled,
}

/// The money of one fiscal year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearBooks {
    /// The budget lines by their codes.
    pub lines: BTreeMap<String, BudgetLineSet>,
    /// The menus of the subsidy by their codes.
    pub menus: BTreeMap<String, SubsidyMenuSet>,
    /// The position at which the year was closed.
    pub closed: Option<Position>,
    expenditures: HashMap<ExpenditureId, Expenditure>,
    subsidies: BTreeMap<(SubsidyStep, Option<String>), i64>,
    allowed: Vec<(Actor, Day)>,
}

impl YearBooks {
    /// Whether an account may still write into the closed year on a day.
    #[must_use]
    pub fn is_allowed(&self, account: &Actor, day: Day) -> bool {
        let mut allowed = self.allowed.iter();
        allowed.any(|(name, until)| name == account && day <= *until)
    }

    /// The budget line of a code on which money can be spent.
    #[must_use]
    pub fn spendable(&self, line: &str) -> Option<&BudgetLineSet> {
        // A line that names a part of others has no money of its own.
        self.lines.get(line).filter(|line| !line.existing)
    }

    /// The sum of the budget.
    #[must_use]
    pub fn budget_yen(&self) -> i64 {
        sum(self
            .lines
            .values()
            .filter(|line| !line.existing)
            .map(|line| line.amount_yen))
    }

    /// How much of the budget is for what was done before the trial.
    #[must_use]
    pub fn existing_yen(&self) -> i64 {
        sum(self
            .lines
            .values()
            .filter(|line| line.existing)
            .map(|line| line.amount_yen))
    }

    /// The budget of a line.
    #[must_use]
    pub fn budgeted_yen(&self, line: &str) -> i64 {
        self.spendable(line).map_or(0, |line| line.amount_yen)
    }

    /// What was spent on a line and not taken back.
    #[must_use]
    pub fn spent_yen(&self, line: &str) -> i64 {
        let standing = self.expenditures.values().filter(|spent| !spent.reversed);
        sum(standing
            .filter(|spent| spent.line == line)
            .map(|spent| spent.amount_yen))
    }

    /// Finds an expenditure.
    #[must_use]
    pub fn expenditure(&self, id: ExpenditureId) -> Option<&Expenditure> {
        self.expenditures.get(&id)
    }

    /// Whether an expenditure that was not taken back has a voucher.
    #[must_use]
    pub fn has_voucher(&self, voucher: &str) -> bool {
        let mut spent = self.expenditures.values();
        spent.any(|spent| !spent.reversed && spent.voucher == voucher)
    }

    /// The amount of a step for a menu; receipts add up, the others are the newest amount.
    #[must_use]
    pub fn subsidy_yen(&self, step: SubsidyStep, menu: Option<&str>) -> Option<i64> {
        let key = (step, menu.map(str::to_owned));
        self.subsidies.get(&key).copied()
    }

    /// The amounts of a step over all menus but one.
    #[must_use]
    pub fn other_subsidies_yen(&self, step: SubsidyStep, menu: Option<&str>) -> i64 {
        let others = self.subsidies.iter();
        let others = others.filter(|((of, other), _)| *of == step && other.as_deref() != menu);
        sum(others.map(|(_, amount)| *amount))
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Finance(event) = happened.event else {
            return;
        };
        match event {
            FinanceEvent::BudgetLineSet(set) => {
                self.lines.insert(set.line.clone(), set.clone());
            },
            FinanceEvent::ExpenditureRecorded(recorded) => {
                let spent = Expenditure {
                    line: recorded.line.clone(),
                    amount_yen: recorded.amount_yen,
                    voucher: recorded.voucher.clone(),
                    reversed: false,
                };
                self.expenditures.insert(recorded.expenditure, spent);
            },
            FinanceEvent::ExpenditureReversed(reversed) => {
                if let Some(spent) = self.expenditures.get_mut(&reversed.expenditure) {
                    spent.reversed = true;
                }
            },
            FinanceEvent::SubsidyMenuSet(set) => {
                self.menus.insert(set.menu.clone(), set.clone());
            },
            FinanceEvent::SubsidyPlanned(amount) => self.subsidy(SubsidyStep::Planned, amount),
            FinanceEvent::SubsidyApplied(amount) => self.subsidy(SubsidyStep::Applied, amount),
            FinanceEvent::SubsidyDecided(amount) => self.subsidy(SubsidyStep::Decided, amount),
            FinanceEvent::SubsidyReceived(amount) => self.subsidy(SubsidyStep::Received, amount),
            FinanceEvent::SubsidySettled(amount) => self.subsidy(SubsidyStep::Settled, amount),
            FinanceEvent::YearClosed(closed) => self.closed = Some(closed.as_at),
            FinanceEvent::LateEntryAllowed(allowed) => {
                self.allowed.push((allowed.account.clone(), allowed.until));
            },
        }
    }

    fn subsidy(&mut self, step: SubsidyStep, amount: &SubsidyAmount) {
        let sum = self
            .subsidies
            .entry((step, amount.menu.clone()))
            .or_default();
        *sum = match step {
            SubsidyStep::Received => sum.saturating_add(amount.amount_yen),
            SubsidyStep::Planned
            | SubsidyStep::Applied
            | SubsidyStep::Decided
            | SubsidyStep::Settled => amount.amount_yen,
        };
    }
}

fn sum(amounts: impl Iterator<Item = i64>) -> i64 {
    amounts.fold(0, i64::saturating_add)
}
