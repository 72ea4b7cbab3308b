//! Closes a fiscal year: nothing that occurred in it is recorded any more but by name.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FinanceEvent, FiscalYearClosed};
use ledger_core::id::{LedgerId, Position, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::in_books;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::state::YearBooks;

/// Closes a fiscal year: nothing that occurred in it is recorded any more but by name.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseFiscalYear {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The position at which its figures stand.
    pub as_at: Position,
}

impl Single for CloseFiscalYear {
    type State = YearBooks;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::fiscal_year(self.fiscal_year)
    }

    fn drafts(&self, books: &YearBooks, context: &Context) -> Result<Vec<Draft>, Rejection> {
        in_books(self.fiscal_year, self.occurred, context)?;
        if books.closed.is_some() {
            return Err(Reason::AlreadyRecorded.on("fiscal_year"));
        }
        let over = self
            .occurred
            .day()
            .is_some_and(|day| day > self.fiscal_year.last_day());
        if !over {
            return Err(Reason::FiscalYearNotOver.on("occurred"));
        }
        if self.as_at == Position::default() {
            return Err(Reason::NotANumber.on("as_at"));
        }
        let event = FinanceEvent::YearClosed(FiscalYearClosed {
            fiscal_year: self.fiscal_year,
            as_at: self.as_at,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
