//! Live: the books of one fiscal year (予算と執行), folded from its stream as they stood at the end of a
//! day: lines, expenditure with voucher and reversal, subsidy by menu, closing and late entries.

mod books;
#[cfg(test)]
mod tests;

use ledger_core::actor::Actor;
use ledger_core::event::Event;
use ledger_core::history::History;
use ledger_core::id::{EventId, ExpenditureId, Position};
use ledger_core::time::{Day, FiscalYear};
use serde::Serialize;

use self::books::Books;
use crate::card::by;

/// The books of a fiscal year; amounts are whole yen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetCard {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The lines, in the order in which they were set.
    pub lines: Vec<BudgetLine>,
    /// The budget: what its lines add up to, a part that is named of them left out.
    pub budget_yen: i64,
    /// How much of it is for what was done before the trial.
    pub existing_yen: i64,
    /// How much of it is new.
    pub new_yen: i64,
    /// What was spent and not taken back.
    pub spent_yen: i64,
    /// What was spent, by the day.
    pub expenditures: Vec<Expenditure>,
    /// The menus of the subsidy.
    pub menus: Vec<Menu>,
    /// What holds of the steps of the subsidy.
    pub subsidies: Vec<Subsidy>,
    /// The ward's own share: spent less the subsidy as far as it is known; before anything is spent the
    /// budget less the subsidy that is planned.
    pub ward_yen: Option<i64>,
    /// Closing of the year.
    pub closed: Option<Closed>,
    /// Who may still write into the closed year.
    pub late_entries: Vec<LateEntry>,
}

/// A line of the budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetLine {
    /// Its code.
    pub line: String,
    /// Its name.
    pub name_ja: String,
    /// Its amount.
    pub amount_yen: i64,
    /// It names a part of the other lines and adds nothing to their sum.
    pub existing: bool,
    /// What was spent on it and not taken back.
    pub spent_yen: i64,
    /// What is left; less than nothing where more was spent.
    pub left_yen: i64,
}

/// Money spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expenditure {
    /// The expenditure.
    pub expenditure: ExpenditureId,
    /// The day.
    pub on: Option<Day>,
    /// The budget line's code.
    pub line: String,
    /// How much.
    pub amount_yen: i64,
    /// The voucher's number.
    pub voucher: String,
    /// To whom, where it can be read.
    pub payee: Option<String>,
    /// For what, where it can be read.
    pub note: Option<String>,
    /// That it was taken back whole.
    pub reversed: Option<Reversal>,
    /// The event.
    pub event: EventId,
}

/// An expenditure was taken back whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reversal {
    /// The day.
    pub on: Option<Day>,
    /// Why, where it can be read.
    pub reason: Option<String>,
    /// The event.
    pub event: EventId,
}

/// A menu of the subsidy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Menu {
    /// Its code.
    pub menu: String,
    /// Its name.
    pub name_ja: String,
    /// Codes of the budget lines that it pays for.
    pub lines: Vec<String>,
    /// How much of the eligible spending is paid, in percent.
    pub rate_percent: u32,
    /// At most this much.
    pub cap_yen: i64,
    /// What was spent on its lines.
    pub eligible_yen: i64,
    /// What it pays of that.
    pub payable_yen: i64,
}

/// A step on the way of a subsidy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubsidyStep {
    /// The plan names it (歳入見込).
    Planned,
    /// The ward applied for it (交付申請).
    Applied,
    /// It was decided (交付決定).
    Decided,
    /// It came in (受入).
    Received,
    /// It was settled (精算).
    Settled,
}

/// An amount of subsidy that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subsidy {
    /// The step.
    pub step: SubsidyStep,
    /// The menu's code; none for all together.
    pub menu: Option<String>,
    /// How much.
    pub amount_yen: i64,
    /// The day.
    pub on: Option<Day>,
    /// The event.
    pub event: EventId,
}

/// Closing of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// The day.
    pub on: Option<Day>,
    /// The position at which its figures stand.
    pub as_at: Position,
    /// Who closed it.
    pub by: Actor,
    /// The event.
    pub event: EventId,
}

/// An account may write into the closed year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LateEntry {
    /// The account.
    pub account: Actor,
    /// Last day on which it may.
    pub until: Day,
    /// It still may.
    pub holds: bool,
    /// Who allowed it.
    pub allowed_by: Actor,
    /// Why, where it can be read.
    pub reason: Option<String>,
    /// The event.
    pub event: EventId,
}

impl BudgetCard {
    /// What holds of a step, all menus together; none where nothing was said of it.
    #[must_use]
    pub fn subsidy_yen(&self, step: SubsidyStep) -> Option<i64> {
        let own = self.subsidies.iter().filter(|one| one.step == step);
        own.map(|one| one.amount_yen).reduce(i64::saturating_add)
    }

    /// The subsidy as far as it is known, and how: settled, else received, else decided, else what the
    /// menus pay of the spending, else planned.
    #[must_use]
    pub fn known_subsidy_yen(&self) -> i64 {
        let steps = [
            SubsidyStep::Settled,
            SubsidyStep::Received,
            SubsidyStep::Decided,
        ];
        let said = steps.into_iter().find_map(|step| self.subsidy_yen(step));
        let paid = self.menus.iter().map(|menu| menu.payable_yen);
        let paid = paid.reduce(i64::saturating_add);
        let planned = || self.subsidy_yen(SubsidyStep::Planned);
        said.or(paid).or_else(planned).unwrap_or(0)
    }
}

/// Folds a fiscal year's history as it stood at the end of a day; none where nothing was said of it.
#[must_use]
pub fn budget_card(history: &History, year: FiscalYear, on: Day) -> Option<BudgetCard> {
    let mut books = Books::default();
    let mut said = false;
    for entry in by(history, on) {
        if let Event::Finance(event) = entry.event() {
            said = true;
            books.take(event, entry, on);
        }
    }
    said.then(|| books.card(year))
}
