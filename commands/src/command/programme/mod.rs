//! Commands about the programme's settings.

mod adopt_counting_rule;
mod define_programme;
mod set_holiday_calendar;
mod set_opening_hours;
mod set_period;
mod set_planned_number;
mod set_up_programme;

pub use adopt_counting_rule::AdoptCountingRule;
pub use define_programme::DefineProgramme;
pub use set_holiday_calendar::SetHolidayCalendar;
pub use set_opening_hours::SetOpeningHours;
pub use set_period::SetPeriod;
pub use set_planned_number::SetPlannedNumber;
pub use set_up_programme::SetUpProgramme;

use ledger_core::event::ProgrammeEvent;

use crate::rejection::{Reason, Rejection};
use crate::state::Programme;

/// What every setting must keep, alone or with the others.
fn may_set(programme: &Programme, event: &ProgrammeEvent) -> Result<(), Rejection> {
    match event {
        ProgrammeEvent::Defined(defined) => {
            let blank = defined.name_ja.trim().is_empty() || defined.name_en.trim().is_empty();
            refuse_if(blank, Reason::MissingValue, "definition")
        },
        ProgrammeEvent::PeriodSet(period) => {
            let days = [period.preparation_from, period.starts_on, period.ends_on];
            refuse_if(!days.is_sorted(), Reason::StepsOutOfOrder, "period")
        },
        ProgrammeEvent::PlannedNumberSet(planned) => {
            refuse_if(planned.low > planned.high, Reason::NotANumber, "planned")
        },
        ProgrammeEvent::CountingRuleAdopted(adopted) => {
            refuse_if(adopted.rule.trim().is_empty(), Reason::MissingValue, "rule")?;
            let known = programme.has_rule(&adopted.rule);
            refuse_if(known, Reason::AlreadyRecorded, "rule")
        },
        ProgrammeEvent::OpeningHoursSet(_)
        | ProgrammeEvent::HolidayCalendarSet(_)
        | ProgrammeEvent::StartMoved(_)
        | ProgrammeEvent::ContractorAppointed(_)
        | ProgrammeEvent::AreaTableSet(_)
        | ProgrammeEvent::CodeTableRevised(_)
        | ProgrammeEvent::KnownPopulationSet(_)
        | ProgrammeEvent::StaffPostSet(_)
        | ProgrammeEvent::StaffPostEnded(_)
        | ProgrammeEvent::ConcurrentConflict(_)
        | ProgrammeEvent::RequiredCompetencySet(_)
        | ProgrammeEvent::ReviewTermSet(_) => Ok(()),
    }
}

fn refuse_if(wrong: bool, reason: Reason, field: &'static str) -> Result<(), Rejection> {
    if wrong { Err(reason.on(field)) } else { Ok(()) }
}
