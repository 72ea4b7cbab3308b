//! The programme's settings, as far as the commands that set them ask.

use std::collections::BTreeSet;

use ledger_core::event::{Event, ProgrammeEvent};

use super::Happened;

/// Which settings the programme has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Programme {
    /// Name, place and operator are set.
    pub defined: bool,
    rules: BTreeSet<String>,
}

impl Programme {
    /// Whether a rule is adopted, by its id with its version.
    #[must_use]
    pub fn has_rule(&self, rule: &str) -> bool {
        self.rules.contains(rule)
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        match happened.event {
            Event::Programme(ProgrammeEvent::Defined(_)) => self.defined = true,
            Event::Programme(ProgrammeEvent::CountingRuleAdopted(adopted)) => {
                self.rules.insert(adopted.rule.clone());
            },
            Event::Programme(
                ProgrammeEvent::PeriodSet(_)
                | ProgrammeEvent::OpeningHoursSet(_)
                | ProgrammeEvent::HolidayCalendarSet(_)
                | ProgrammeEvent::PlannedNumberSet(_),
            )
            | Event::Profile(_)
            | Event::Consultation(_)
            | Event::Referral(_)
            | Event::SupportPlan(_)
            | Event::DisasterPlan(_)
            | Event::Correction(_)
            | Event::Facility(_)
            | Event::Trainee(_)
            | Event::Access(_) => {},
        }
    }
}
