//! Records money spent on a line of the budget, with its voucher.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ExpenditureRecorded, FinanceEvent};
use ledger_core::id::{ExpenditureId, LedgerId, StreamName};
use ledger_core::text::register_number;
use ledger_core::time::{FiscalYear, Occurred};

use super::may_write;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::YEN_MAX;
use crate::rule::text::{private, text};
use crate::rule::time;
use crate::state::YearBooks;

/// Records money spent on a line of the budget, with its voucher.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordExpenditure {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The expenditure's new id.
    pub expenditure: ExpenditureId,
    /// The budget line's code.
    pub line: String,
    /// How much, in yen; more than 0.
    pub amount_yen: i64,
    /// The voucher's number (支出命令番号).
    pub voucher: String,
    /// To whom.
    #[serde(default)]
    pub payee: Option<String>,
    /// For what.
    #[serde(default)]
    pub note: Option<String>,
}

impl Single for RecordExpenditure {
    type State = YearBooks;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::fiscal_year(self.fiscal_year)
    }

    fn drafts(&self, books: &YearBooks, context: &Context) -> Result<Vec<Draft>, Rejection> {
        may_write(books, (self.fiscal_year, self.occurred), context)?;
        let line = text(&self.line);
        if books.spendable(&line).is_none() {
            return Err(Reason::UnknownBudgetLine.on("line"));
        }
        if books.expenditure(self.expenditure).is_some() {
            return Err(Reason::AlreadyRecorded.on("expenditure"));
        }
        if !(1..=YEN_MAX).contains(&self.amount_yen) {
            return Err(Reason::NotANumber.on("amount_yen"));
        }
        let voucher = register_number(&self.voucher);
        if voucher.is_empty() {
            return Err(Reason::MissingValue.on("voucher"));
        }
        if books.has_voucher(&voucher) {
            return Err(Reason::VoucherUsed.on("voucher"));
        }
        // Bills are paid after the year's end, too, but never before it begins.
        time::in_order(
            Some(self.fiscal_year.first_day()),
            self.occurred,
            "occurred",
        )?;
        let event = FinanceEvent::ExpenditureRecorded(ExpenditureRecorded {
            fiscal_year: self.fiscal_year,
            expenditure: self.expenditure,
            line,
            amount_yen: self.amount_yen,
            voucher,
            payee: private(self.payee.as_deref()),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
