//! Money of one fiscal year: budget, expenditure, subsidy, and the closing of the year.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::actor::Actor;
use crate::id::{ExpenditureId, Position};
use crate::private::Private;
use crate::time::{Day, FiscalYear};

events! {
    /// One fiscal year's money; amounts are whole yen.
    pub enum FinanceEvent {
        /// A line of the budget got its amount.
        "budget-line-set" @ 1 clear => BudgetLineSet(BudgetLineSet),
        /// Money was spent on a line, with its voucher.
        "expenditure-recorded" @ 1 record => ExpenditureRecorded(ExpenditureRecorded),
        /// An expenditure was taken back whole.
        "expenditure-reversed" @ 1 record => ExpenditureReversed(ExpenditureReversed),
        /// A menu of the subsidy: which lines, which rate, which cap.
        "subsidy-menu-set" @ 1 clear => SubsidyMenuSet(SubsidyMenuSet),
        /// The ward applied for a subsidy (交付申請).
        "subsidy-applied" @ 1 clear => SubsidyApplied(SubsidyAmount),
        /// The subsidy was decided (交付決定).
        "subsidy-decided" @ 1 clear => SubsidyDecided(SubsidyAmount),
        /// The subsidy came in (受入).
        "subsidy-received" @ 1 clear => SubsidyReceived(SubsidyAmount),
        /// The subsidy was settled (精算).
        "subsidy-settled" @ 1 clear => SubsidySettled(SubsidyAmount),
        /// The plan names an income from subsidy (歳入見込).
        "subsidy-planned" @ 1 clear => SubsidyPlanned(SubsidyAmount),
        /// The fiscal year was closed at a position.
        "fiscal-year-closed" @ 1 clear => YearClosed(FiscalYearClosed),
        /// An account may still write into the closed year.
        "late-entry-allowed" @ 1 record => LateEntryAllowed(LateEntryAllowed),
    }
}

/// A line of the budget got its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BudgetLineSet {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The line's code.
    pub line: String,
    /// Its name.
    pub name_ja: String,
    /// Its amount; not negative.
    pub amount_yen: i64,
    /// It says how much of the other lines is for what was done before the trial (うち既存事業),
    /// and adds nothing to their sum.
    pub existing: bool,
}

/// Money was spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExpenditureRecorded {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The expenditure.
    pub expenditure: ExpenditureId,
    /// The budget line's code.
    pub line: String,
    /// How much; more than 0.
    pub amount_yen: i64,
    /// The voucher's number (支出命令番号).
    pub voucher: String,
    /// To whom.
    pub payee: Private<Option<String>>,
    /// For what.
    pub note: Private<Option<String>>,
}

/// An expenditure was taken back whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExpenditureReversed {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The expenditure.
    pub expenditure: ExpenditureId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// A menu of the subsidy (事業メニュー).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SubsidyMenuSet {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The menu's code.
    pub menu: String,
    /// Its name.
    pub name_ja: String,
    /// Codes of the budget lines that it pays for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// How much of the eligible spending is paid, in percent.
    pub rate_percent: u32,
    /// At most this much; none of the lines above it.
    pub cap_yen: i64,
}

/// An amount of subsidy of one menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SubsidyAmount {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The menu's code; none where only the sum is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub menu: Option<String>,
    /// How much; not negative.
    pub amount_yen: i64,
}

/// The fiscal year was closed (年度締め).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FiscalYearClosed {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The position at which its figures stand.
    pub as_at: Position,
}

/// An account may still write into the closed year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LateEntryAllowed {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The account's name.
    pub account: Actor,
    /// Last day on which it may.
    pub until: Day,
    /// Why.
    pub reason: Private<Option<String>>,
}
