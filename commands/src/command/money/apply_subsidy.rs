//! Records that the ward applied for a subsidy (交付申請).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FinanceEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::{may_write, subsidy, within_cap};
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::{SubsidyStep, YearBooks};

/// Records that the ward applied for a subsidy (交付申請).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplySubsidy {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The menu's code; none where only the sum is known.
    #[serde(default)]
    pub menu: Option<String>,
    /// How much in all, in yen; an application that changes takes the place of the one before.
    pub amount_yen: i64,
}

impl Single for ApplySubsidy {
    type State = YearBooks;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::fiscal_year(self.fiscal_year)
    }

    fn drafts(&self, books: &YearBooks, context: &Context) -> Result<Vec<Draft>, Rejection> {
        may_write(books, (self.fiscal_year, self.occurred), context)?;
        let amount = subsidy(
            books,
            self.fiscal_year,
            self.menu.as_deref(),
            self.amount_yen,
        )?;
        within_cap(books, SubsidyStep::Applied, &amount)?;
        let event = FinanceEvent::SubsidyApplied(amount);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
