//! Records that a subsidy was decided (交付決定).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FinanceEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::{follows, in_books, subsidy};
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::{SubsidyStep, YearBooks};

/// Records that a subsidy was decided (交付決定).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideSubsidy {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The menu's code; none where only the sum is known.
    #[serde(default)]
    pub menu: Option<String>,
    /// How much in all, in yen.
    pub amount_yen: i64,
}

impl Single for DecideSubsidy {
    type State = YearBooks;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::fiscal_year(self.fiscal_year)
    }

    fn drafts(&self, books: &YearBooks, context: &Context) -> Result<Vec<Draft>, Rejection> {
        // Tokyo decides, pays and settles after the year is closed, too.
        in_books(self.fiscal_year, self.occurred, context)?;
        let amount = subsidy(
            books,
            self.fiscal_year,
            self.menu.as_deref(),
            self.amount_yen,
        )?;
        follows(books, SubsidyStep::Applied, &amount)?;
        let event = FinanceEvent::SubsidyDecided(amount);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
