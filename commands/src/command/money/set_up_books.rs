//! Sets a new ledger's budget and planned subsidy up, over all years at once.

use std::collections::BTreeSet;

use ledger_core::event::{BudgetLineSet, Draft, FinanceEvent, SubsidyAmount};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::{in_books, may_stand, subsidy};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::state::{Happened, YearBooks};

/// Sets a new ledger's budget and planned subsidy up, over all years at once; what `init` sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUpBooks {
    /// When it was settled.
    pub occurred: Occurred,
    /// Lines of the budget.
    pub lines: Vec<BudgetLineSet>,
    /// Income from subsidy that the plan names.
    pub planned: Vec<SubsidyAmount>,
}

impl SetUpBooks {
    fn years(&self) -> BTreeSet<FiscalYear> {
        let lines = self.lines.iter().map(|line| line.fiscal_year);
        lines
            .chain(self.planned.iter().map(|planned| planned.fiscal_year))
            .collect()
    }

    fn events(&self, year: FiscalYear) -> Vec<FinanceEvent> {
        let lines = self.lines.iter().filter(|line| line.fiscal_year == year);
        let lines = lines.cloned().map(FinanceEvent::BudgetLineSet);
        let planned = self
            .planned
            .iter()
            .filter(|planned| planned.fiscal_year == year);
        lines
            .chain(planned.cloned().map(FinanceEvent::SubsidyPlanned))
            .collect()
    }
}

impl Decision for SetUpBooks {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        self.years()
            .into_iter()
            .map(StreamName::fiscal_year)
            .collect()
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let mut written = Vec::new();
        for year in self.years() {
            in_books(year, self.occurred, context)?;
            let stream = StreamName::fiscal_year(year);
            let books: &YearBooks = view.state(&stream)?;
            if *books != YearBooks::default() {
                return Err(Reason::AlreadyRegistered.on("lines"));
            }
            let mut so_far = books.clone();
            let mut drafts = Vec::new();
            for event in self.events(year) {
                may_set_up(&so_far, &event)?;
                let draft = Draft::new(event, self.occurred);
                let id = context.event_id(drafts.len());
                so_far.evolve(&Happened {
                    id,
                    latest: id,
                    event: &draft.event,
                    occurred: draft.occurred,
                });
                drafts.push(draft);
            }
            written.push(Written { stream, drafts });
        }
        Ok(written)
    }
}

fn may_set_up(books: &YearBooks, event: &FinanceEvent) -> Result<(), Rejection> {
    match event {
        FinanceEvent::BudgetLineSet(set) if books.lines.contains_key(&set.line) => {
            Err(Reason::AlreadyRecorded.on("lines"))
        },
        FinanceEvent::BudgetLineSet(set) => may_stand(books, set),
        FinanceEvent::SubsidyPlanned(planned) => {
            let menu = planned.menu.as_deref();
            subsidy(books, planned.fiscal_year, menu, planned.amount_yen).map(drop)
        },
        FinanceEvent::ExpenditureRecorded(_)
        | FinanceEvent::ExpenditureReversed(_)
        | FinanceEvent::SubsidyMenuSet(_)
        | FinanceEvent::SubsidyApplied(_)
        | FinanceEvent::SubsidyDecided(_)
        | FinanceEvent::SubsidyReceived(_)
        | FinanceEvent::SubsidySettled(_)
        | FinanceEvent::YearClosed(_)
        | FinanceEvent::LateEntryAllowed(_) => Err(Reason::WrongStream.into()),
    }
}
