//! Takes an expenditure back whole, and says why.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ExpenditureReversed, FinanceEvent};
use ledger_core::id::{ExpenditureId, LedgerId, StreamName};
use ledger_core::private::Private;
use ledger_core::time::{FiscalYear, Occurred};

use super::may_write;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::state::YearBooks;

/// Takes an expenditure back whole, and says why.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverseExpenditure {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The expenditure.
    pub expenditure: ExpenditureId,
    /// Why.
    pub reason: String,
}

impl Single for ReverseExpenditure {
    type State = YearBooks;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::fiscal_year(self.fiscal_year)
    }

    fn drafts(&self, books: &YearBooks, context: &Context) -> Result<Vec<Draft>, Rejection> {
        may_write(books, (self.fiscal_year, self.occurred), context)?;
        let spent = books.expenditure(self.expenditure);
        let spent = spent.ok_or(Reason::UnknownExpenditure.on("expenditure"))?;
        if spent.reversed {
            return Err(Reason::AlreadyRecorded.on("expenditure"));
        }
        let reason = given(Some(&self.reason)).ok_or(Reason::MissingValue.on("reason"))?;
        let event = FinanceEvent::ExpenditureReversed(ExpenditureReversed {
            fiscal_year: self.fiscal_year,
            expenditure: self.expenditure,
            reason: Private::Open(Some(reason)),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
