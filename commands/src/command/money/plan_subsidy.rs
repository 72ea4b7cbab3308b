//! Sets the income from subsidy that the plan names (歳入見込).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FinanceEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::{may_write, subsidy};
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::state::{SubsidyStep, YearBooks};

/// Sets the income from subsidy that the plan names (歳入見込).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanSubsidy {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The menu's code; none where only the sum is known.
    #[serde(default)]
    pub menu: Option<String>,
    /// How much, in yen.
    pub amount_yen: i64,
}

impl Single for PlanSubsidy {
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
        if books.subsidy_yen(SubsidyStep::Planned, amount.menu.as_deref()) == Some(self.amount_yen)
        {
            return Err(Reason::NothingChanges.on("amount_yen"));
        }
        let event = FinanceEvent::SubsidyPlanned(amount);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
