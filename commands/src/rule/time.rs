//! When something may have occurred: never in the future, before the birth, or before its cause.

use chrono::{Datelike as _, Months, TimeDelta};
use ledger_core::time::{Day, Occurred, Timestamp};

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::state::Birth;

/// How far ahead of our clock another one may be.
const CLOCK_TOLERANCE_MINUTES: i64 = 5;

/// A decision's time of occurrence must be known and must not lie in the future.
pub(crate) fn occurred(
    occurred: Occurred,
    context: &Context,
    field: &'static str,
) -> Result<(), Rejection> {
    let latest = context
        .now
        .utc()
        .checked_add_signed(TimeDelta::minutes(CLOCK_TOLERANCE_MINUTES))
        .map_or(context.now, Timestamp::from_utc);
    let ahead = match occurred {
        Occurred::Minute(at) => at > latest,
        Occurred::Day(day) | Occurred::Month(day) => day > context.today,
        Occurred::Unknown => return Err(Reason::MissingValue.on(field)),
    };
    refuse_if(ahead, Reason::OccurredInFuture, field)
}

/// A fact's day must not be later than today.
pub(crate) fn fact_day(day: Day, context: &Context, field: &'static str) -> Result<(), Rejection> {
    refuse_if(day > context.today, Reason::OccurredInFuture, field)
}

/// Nothing occurs before the person's birth.
pub(crate) fn after_birth(
    birth: &Birth,
    occurred: Occurred,
    field: &'static str,
) -> Result<(), Rejection> {
    refuse_if(birth.is_after(occurred), Reason::OccurredBeforeBirth, field)
}

/// A step does not occur before the one it follows; an unknown day is before nothing.
pub(crate) fn in_order(
    before: Option<Day>,
    after: Occurred,
    field: &'static str,
) -> Result<(), Rejection> {
    match last_day(after) {
        Some(after) => not_before(before, after, field),
        None => Ok(()),
    }
}

/// A planned or due day does not lie before the day from which it is counted.
pub(crate) fn not_before(
    since: Option<Day>,
    planned: Day,
    field: &'static str,
) -> Result<(), Rejection> {
    match since {
        Some(since) if planned < since => {
            Err(Reason::StepsOutOfOrder.on(field).between(planned, since))
        },
        Some(_) | None => Ok(()),
    }
}

/// Whether a planned day lies more than a year after another.
#[must_use]
pub fn more_than_a_year_later(planned: Option<Day>, day: Day) -> bool {
    let year_later = day.checked_add_months(Months::new(12));
    matches!((planned, year_later), (Some(planned), Some(limit)) if planned > limit)
}

/// The last day on which it may have occurred.
pub(crate) fn last_day(occurred: Occurred) -> Option<Day> {
    match occurred {
        Occurred::Month(first) => first
            .with_day(1)
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .and_then(|next| next.pred_opt()),
        Occurred::Minute(_) | Occurred::Day(_) | Occurred::Unknown => occurred.day(),
    }
}

fn refuse_if(wrong: bool, reason: Reason, field: &'static str) -> Result<(), Rejection> {
    if wrong { Err(reason.on(field)) } else { Ok(()) }
}
