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
        let Event::Programme(event) = happened.event else {
            return;
        };
        match event {
            ProgrammeEvent::Defined(_) => self.defined = true,
            ProgrammeEvent::CountingRuleAdopted(adopted) => {
                self.rules.insert(adopted.rule.clone());
            },
            ProgrammeEvent::PeriodSet(_)
            | ProgrammeEvent::OpeningHoursSet(_)
            | ProgrammeEvent::HolidayCalendarSet(_)
            | ProgrammeEvent::PlannedNumberSet(_)
            | ProgrammeEvent::StartMoved(_)
            | ProgrammeEvent::ContractorAppointed(_)
            | ProgrammeEvent::AreaTableSet(_)
            | ProgrammeEvent::CodeTableRevised(_)
            | ProgrammeEvent::KnownPopulationSet(_)
            | ProgrammeEvent::StaffPostSet(_)
            | ProgrammeEvent::StaffPostEnded(_)
            | ProgrammeEvent::ConcurrentConflict(_)
            | ProgrammeEvent::RequiredCompetencySet(_)
            | ProgrammeEvent::ReviewTermSet(_) => {},
        }
    }
}
