//! Commands about the programme's settings.

mod adopt_counting_rule;
mod appoint_contractor;
mod define_programme;
mod end_staff_post;
mod move_start;
mod note_concurrent_conflict;
mod require_competency;
mod revise_code_table;
mod rules;
mod set_area_table;
mod set_holiday_calendar;
mod set_known_population;
mod set_opening_hours;
mod set_period;
mod set_planned_number;
mod set_review_term;
mod set_second_factor_rule;
mod set_staff_post;
mod set_up_programme;

pub use adopt_counting_rule::AdoptCountingRule;
pub use appoint_contractor::AppointContractor;
pub use define_programme::DefineProgramme;
pub use end_staff_post::EndStaffPost;
pub use move_start::MoveStart;
pub use note_concurrent_conflict::NoteConcurrentConflict;
pub use require_competency::RequireCompetency;
pub use revise_code_table::ReviseCodeTable;
pub use set_area_table::SetAreaTable;
pub use set_holiday_calendar::SetHolidayCalendar;
pub use set_known_population::SetKnownPopulation;
pub use set_opening_hours::SetOpeningHours;
pub use set_period::SetPeriod;
pub use set_planned_number::SetPlannedNumber;
pub use set_review_term::SetReviewTerm;
pub use set_second_factor_rule::SetSecondFactorRule;
pub use set_staff_post::SetStaffPost;
pub use set_up_programme::SetUpProgramme;

use ledger_core::event::{Draft, ProgrammeEvent};
use ledger_core::time::Occurred;

use self::rules::may_set;
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::time;
use crate::state::Programme;

/// One setting, where it keeps the rules.
fn set(
    programme: &Programme,
    event: ProgrammeEvent,
    occurred: Occurred,
    context: &Context,
) -> Result<Vec<Draft>, Rejection> {
    time::occurred(occurred, context, "occurred")?;
    may_set(programme, &event)?;
    Ok(vec![Draft::new(event, occurred)])
}
