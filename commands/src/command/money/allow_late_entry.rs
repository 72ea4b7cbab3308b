//! Allows an account by name to write into a closed fiscal year until a day.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Actor;
use ledger_core::event::{Draft, FinanceEvent, LateEntryAllowed};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::private::Private;
use ledger_core::time::{Day, FiscalYear, Occurred};

use super::in_books;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::state::YearBooks;

/// Allows an account by name to write into a closed fiscal year until a day.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllowLateEntry {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The account's name.
    pub account: Actor,
    /// Last day on which it may.
    pub allowed_until: Day,
    /// Why.
    pub reason: String,
}

impl Single for AllowLateEntry {
    type State = YearBooks;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::fiscal_year(self.fiscal_year)
    }

    fn drafts(&self, books: &YearBooks, context: &Context) -> Result<Vec<Draft>, Rejection> {
        in_books(self.fiscal_year, self.occurred, context)?;
        if books.closed.is_none() {
            return Err(Reason::FiscalYearOpen.on("fiscal_year"));
        }
        if self.allowed_until < context.today {
            return Err(Reason::StepsOutOfOrder.on("allowed_until"));
        }
        let reason = given(Some(&self.reason)).ok_or(Reason::MissingValue.on("reason"))?;
        let event = FinanceEvent::LateEntryAllowed(LateEntryAllowed {
            fiscal_year: self.fiscal_year,
            account: self.account.clone(),
            until: self.allowed_until,
            reason: Private::Open(Some(reason)),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
