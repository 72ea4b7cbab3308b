//! The fold of a fiscal year's books: what each event says, and what the card shows of it.

use std::collections::BTreeMap;

use ledger_core::event::{
    BudgetLineSet, ExpenditureRecorded, FinanceEvent, LateEntryAllowed, SubsidyAmount,
    SubsidyMenuSet,
};
use ledger_core::history::Entry;
use ledger_core::time::{Day, FiscalYear};

use super::{
    BudgetCard, BudgetLine, Closed, Expenditure, LateEntry, Menu, Reversal, Subsidy, SubsidyStep,
};
use crate::card::readable;
use crate::subsidy::{in_force, payable_yen};

/// What the events of a year's stream say.
#[derive(Default)]
pub(super) struct Books<'h> {
    lines: Vec<&'h BudgetLineSet>,
    menus: BTreeMap<&'h str, &'h SubsidyMenuSet>,
    expenditures: Vec<Expenditure>,
    subsidies: Vec<Subsidy>,
    closed: Option<Closed>,
    late_entries: Vec<LateEntry>,
}

impl<'h> Books<'h> {
    /// Takes in the next event.
    pub(super) fn take(&mut self, event: &'h FinanceEvent, entry: &Entry, on: Day) {
        match event {
            FinanceEvent::BudgetLineSet(set) => self.line(set),
            FinanceEvent::ExpenditureRecorded(spent) => self.expenditures.push(spend(spent, entry)),
            FinanceEvent::ExpenditureReversed(reversed) => {
                let mut spent = self.expenditures.iter_mut();
                if let Some(spent) = spent.find(|one| one.expenditure == reversed.expenditure) {
                    spent.reversed = Some(Reversal {
                        on: entry.day(),
                        reason: readable(&reversed.reason),
                        event: entry.recorded.id,
                    });
                }
            },
            FinanceEvent::SubsidyMenuSet(set) => {
                self.menus.insert(&set.menu, set);
            },
            FinanceEvent::SubsidyPlanned(amount) => {
                self.subsidy(SubsidyStep::Planned, amount, entry);
            },
            FinanceEvent::SubsidyApplied(amount) => {
                self.subsidy(SubsidyStep::Applied, amount, entry);
            },
            FinanceEvent::SubsidyDecided(amount) => {
                self.subsidy(SubsidyStep::Decided, amount, entry);
            },
            FinanceEvent::SubsidyReceived(amount) => {
                self.subsidy(SubsidyStep::Received, amount, entry);
            },
            FinanceEvent::SubsidySettled(amount) => {
                self.subsidy(SubsidyStep::Settled, amount, entry);
            },
            FinanceEvent::YearClosed(closed) => {
                self.closed = Some(Closed {
                    on: entry.day(),
                    as_at: closed.as_at,
                    by: entry.recorded.metadata.actor.clone(),
                    event: entry.recorded.id,
                });
            },
            FinanceEvent::LateEntryAllowed(allowed) => {
                self.late_entries.push(late_entry(allowed, entry, on));
            },
        }
    }

    /// A line set again keeps its place.
    fn line(&mut self, set: &'h BudgetLineSet) {
        let mut lines = self.lines.iter_mut();
        match lines.find(|known| known.line == set.line) {
            Some(known) => *known = set,
            None => self.lines.push(set),
        }
    }

    fn subsidy(&mut self, step: SubsidyStep, amount: &SubsidyAmount, entry: &Entry) {
        self.subsidies.push(Subsidy {
            step,
            menu: amount.menu.clone(),
            amount_yen: amount.amount_yen,
            on: entry.day(),
            event: entry.recorded.id,
        });
    }

    fn spent_on(&self, line: &str) -> i64 {
        let own = self.standing().filter(|one| one.line == line);
        sum(own.map(|one| one.amount_yen))
    }

    /// What was spent and not taken back.
    fn standing(&self) -> impl Iterator<Item = &Expenditure> {
        let all = self.expenditures.iter();
        all.filter(|one| one.reversed.is_none())
    }

    /// The books as a card.
    pub(super) fn card(self, year: FiscalYear) -> BudgetCard {
        let lines: Vec<BudgetLine> = self.lines.iter().map(|set| self.shown(set)).collect();
        let of = |existing: bool| {
            let own = lines.iter().filter(move |line| line.existing == existing);
            sum(own.map(|line| line.amount_yen))
        };
        let (budget_yen, existing_yen) = (of(false), of(true));
        let spent_yen = sum(self.standing().map(|one| one.amount_yen));
        let menus = self.menus.values().map(|set| self.menu(set)).collect();
        let mut expenditures = self.expenditures;
        expenditures.sort_by_key(|one| (one.on.is_none(), one.on));
        let mut card = BudgetCard {
            fiscal_year: year,
            lines,
            budget_yen,
            existing_yen,
            new_yen: budget_yen.saturating_sub(existing_yen),
            spent_yen,
            expenditures,
            menus,
            subsidies: held(self.subsidies),
            ward_yen: None,
            closed: self.closed,
            late_entries: self.late_entries,
        };
        let nothing_spent = !card.expenditures.iter().any(|one| one.reversed.is_none());
        let planned_yen = card.subsidy_yen(SubsidyStep::Planned).unwrap_or(0);
        card.ward_yen = match (nothing_spent, card.lines.is_empty()) {
            (true, true) => None,
            (true, false) => Some(budget_yen.saturating_sub(planned_yen)),
            (false, _) => Some(spent_yen.saturating_sub(card.known_subsidy_yen())),
        };
        card
    }

    fn shown(&self, set: &BudgetLineSet) -> BudgetLine {
        let spent_yen = self.spent_on(&set.line);
        BudgetLine {
            line: set.line.clone(),
            name_ja: set.name_ja.clone(),
            amount_yen: set.amount_yen,
            existing: set.existing,
            spent_yen,
            left_yen: set.amount_yen.saturating_sub(spent_yen),
        }
    }

    fn menu(&self, set: &SubsidyMenuSet) -> Menu {
        let eligible_yen = sum(set.lines.iter().map(|line| self.spent_on(line)));
        Menu {
            menu: set.menu.clone(),
            name_ja: set.name_ja.clone(),
            lines: set.lines.clone(),
            rate_percent: set.rate_percent,
            cap_yen: set.cap_yen,
            eligible_yen,
            payable_yen: payable_yen(eligible_yen, i64::from(set.rate_percent), set.cap_yen),
        }
    }
}

fn spend(spent: &ExpenditureRecorded, entry: &Entry) -> Expenditure {
    Expenditure {
        expenditure: spent.expenditure,
        on: entry.day(),
        line: spent.line.clone(),
        amount_yen: spent.amount_yen,
        voucher: spent.voucher.clone(),
        payee: readable(&spent.payee),
        note: readable(&spent.note),
        reversed: None,
        event: entry.recorded.id,
    }
}

fn late_entry(allowed: &LateEntryAllowed, entry: &Entry, on: Day) -> LateEntry {
    LateEntry {
        account: allowed.account.clone(),
        until: allowed.until,
        holds: on <= allowed.until,
        allowed_by: entry.recorded.metadata.actor.clone(),
        reason: readable(&allowed.reason),
        event: entry.recorded.id,
    }
}

/// What holds of every step, in the order of the steps.
fn held(said: Vec<Subsidy>) -> Vec<Subsidy> {
    let mut steps: BTreeMap<SubsidyStep, Vec<Subsidy>> = BTreeMap::new();
    for one in said {
        steps.entry(one.step).or_default().push(one);
    }
    let held = steps.into_iter().flat_map(|(step, said)| {
        in_force(said, step == SubsidyStep::Received, |one| one.menu.clone())
    });
    held.collect()
}

fn sum(amounts: impl Iterator<Item = i64>) -> i64 {
    amounts.fold(0, i64::saturating_add)
}
