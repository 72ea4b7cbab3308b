//! A closed fiscal year takes nothing in any more, except from an account that is allowed to by name.

use ledger_core::history::Entry;
use ledger_core::id::StreamName;
use ledger_core::time::{FiscalYear, Occurred};

use crate::decision::{Context, View};
use crate::rejection::{Reason, Rejection};
use crate::state::YearBooks;

/// The stream of the fiscal year in which something occurred; it is read and not written.
pub(crate) fn stream(occurred: Option<Occurred>) -> Option<StreamName> {
    let day = occurred.and_then(Occurred::day)?;
    Some(StreamName::fiscal_year(FiscalYear::of(day)))
}

/// Whether something that occurred then may still be recorded.
pub(crate) fn may_record(
    view: View<'_>,
    occurred: Option<Occurred>,
    context: &Context,
) -> Result<(), Rejection> {
    let Some(stream) = stream(occurred) else {
        return Ok(());
    };
    may_write(view.state(&stream)?, context, "occurred")
}

/// Whether the actor may write into the year today.
pub(crate) fn may_write(
    books: &YearBooks,
    context: &Context,
    field: &'static str,
) -> Result<(), Rejection> {
    let open = books.closed.is_none() || books.is_allowed(&context.actor, context.today);
    if open {
        Ok(())
    } else {
        Err(Reason::FiscalYearClosed.on(field))
    }
}

/// The streams of the years that a correction of an event changes; `stream` holds the event.
pub(crate) fn changed(
    stream: &StreamName,
    entry: Option<&Entry>,
    moved_to: Option<Occurred>,
) -> Vec<StreamName> {
    let mut years = Vec::new();
    // What stands in a year's own books belongs to that year, whenever it was written down.
    let own = stream.as_fiscal_year().map(StreamName::fiscal_year);
    let dated = || [entry.map(Entry::occurred), moved_to].map(self::stream);
    for year in own.map_or_else(|| Vec::from(dated()), |own| vec![Some(own)]) {
        years.extend(year.filter(|year| !years.contains(year)));
    }
    years
}

/// Whether a correction may still change those years.
pub(crate) fn may_change(
    view: View<'_>,
    years: &[StreamName],
    context: &Context,
) -> Result<(), Rejection> {
    let mut years = years.iter();
    years.try_for_each(|year| may_write(view.state(year)?, context, "target"))
}
