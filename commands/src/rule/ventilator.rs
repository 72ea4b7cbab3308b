//! The ventilator rule: whose support a person's individual disaster plan is.
//!
//! Other wards judge by hours or kind of device; a changed rule gets a new name here, and plans
//! keep the name of the rule by which they were judged.

use ledger_core::code::{CareProcedure, Office};
use ledger_core::time::Day;

use crate::rejection::{Reason, Rejection};
use crate::state::Child;

/// The rule in force, with its version.
pub const RULE: &str = "ventilator-disaster-plan@1";

/// Whether a person was on a ventilator on a day, whatever the device and the hours.
///
/// Before the day on which the centre came to know the person, the profile of that day stands:
/// care that was going on then had begun earlier.
#[must_use]
pub fn on_ventilator(child: &Child, day: Day) -> bool {
    let known = child.registered_on().map_or(day, |since| day.max(since));
    let mut periods = child.profile.procedures.iter();
    periods.any(|period| period.procedure == CareProcedure::Ventilator && period.covers(known))
}

/// A ventilator user's plan is supported by the district centre; there is no override.
///
/// # Errors
/// [`Reason::VentilatorNotCentre`] when the centre would support it.
pub fn may_support(
    office: Office,
    child: &Child,
    day: Option<Day>,
    field: &'static str,
) -> Result<(), Rejection> {
    let judged = day.is_some_and(|day| on_ventilator(child, day));
    if office == Office::Centre && judged {
        return Err(Reason::VentilatorNotCentre.on(field));
    }
    Ok(())
}
