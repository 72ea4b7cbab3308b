//! Amounts, answers and levels stay within what the commands take, whoever writes them.

use ledger_core::event::{Event, FacilityEvent, FinanceEvent, TraineeEvent};

use super::limit::{ANSWERS, LEVEL_MAX, YEN_MAX};

/// Whether an event holds a number out of its range.
pub(super) fn has_wrong_number(event: &Event) -> bool {
    if let Event::Finance(event) = event {
        return has_wrong_amount(event);
    }
    if let Event::Facility(FacilityEvent::ConfidenceSurveyed(survey)) = event {
        let isolation = survey.isolation;
        return !ANSWERS.contains(&survey.confidence)
            || isolation.is_some_and(|answer| !ANSWERS.contains(&answer));
    }
    matches!(event, Event::Trainee(TraineeEvent::CompetencyAssessed(it)) if it.level > LEVEL_MAX)
}

const fn has_wrong_amount(event: &FinanceEvent) -> bool {
    let (least, amount) = match event {
        FinanceEvent::BudgetLineSet(set) => (0, set.amount_yen),
        FinanceEvent::ExpenditureRecorded(spent) => (1, spent.amount_yen),
        FinanceEvent::SubsidyMenuSet(set) => (0, set.cap_yen),
        FinanceEvent::SubsidyPlanned(of)
        | FinanceEvent::SubsidyApplied(of)
        | FinanceEvent::SubsidyDecided(of)
        | FinanceEvent::SubsidyReceived(of)
        | FinanceEvent::SubsidySettled(of) => (0, of.amount_yen),
        FinanceEvent::ExpenditureReversed(_)
        | FinanceEvent::YearClosed(_)
        | FinanceEvent::LateEntryAllowed(_) => return false,
    };
    amount < least || amount > YEN_MAX
}
