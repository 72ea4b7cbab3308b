//! Sets the amount of a line of the budget.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{BudgetLineSet, Draft, FinanceEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::{may_stand, may_write};
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::text;
use crate::state::YearBooks;

/// Sets the amount of a line of the budget.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetBudgetLine {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The line's code.
    pub line: String,
    /// Its name.
    pub name: String,
    /// Its amount, in yen; not negative.
    pub amount_yen: i64,
    /// It says how much of the other lines is for what was done before the trial (うち既存事業).
    #[serde(default)]
    pub existing: bool,
}

impl Single for SetBudgetLine {
    type State = YearBooks;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::fiscal_year(self.fiscal_year)
    }

    fn drafts(&self, books: &YearBooks, context: &Context) -> Result<Vec<Draft>, Rejection> {
        may_write(books, (self.fiscal_year, self.occurred), context)?;
        let set = BudgetLineSet {
            fiscal_year: self.fiscal_year,
            line: text(&self.line),
            name_ja: text(&self.name),
            amount_yen: self.amount_yen,
            existing: self.existing,
        };
        may_stand(books, &set)?;
        if books.lines.get(&set.line) == Some(&set) {
            return Err(Reason::NothingChanges.into());
        }
        let event = FinanceEvent::BudgetLineSet(set);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
