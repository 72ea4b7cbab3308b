//! The grid of a year's support (10か所×4回): a row a facility, a column each of its four visits.

use ledger_core::time::FiscalYear;
use serde::Serialize;

use super::{FacilityCard, Visit, VisitState};
use crate::indicators::Target;

/// Visits to one facility in a year that count towards the plan (paper: 10か所×4回).
pub const VISITS_A_YEAR: usize = 4;

/// A year's support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupportGrid {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The planned number of visits.
    pub planned: Target,
    /// The facilities for which the plan has room; none where nothing is planned.
    pub planned_facilities: Option<u32>,
    /// The facilities that take part, were visited or have a visit arranged.
    pub rows: Vec<GridRow>,
    /// Rows of the plan for which there is no facility yet.
    pub free_rows: u32,
    /// Visits that were given.
    pub done: u32,
    /// Of these the first four of each facility.
    pub counted: u32,
    /// Visits that are arranged for a day to come.
    pub scheduled: u32,
    /// Visits whose day passed without a record.
    pub missed: u32,
    /// Places of the facilities that take part for which there is no visit, given or arranged.
    pub gaps: u32,
}

/// A facility's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GridRow {
    /// The facility.
    pub card: FacilityCard,
    /// It takes part in the year, or did until it withdrew.
    pub enrolled: bool,
    /// The first four visits: given ones first, then those that are arranged; none: a gap (空き).
    pub visits: [Option<Visit>; VISITS_A_YEAR],
    /// Visits beyond the fourth.
    pub extra: Vec<Visit>,
}

impl GridRow {
    /// It takes part to the year's end, so that its gaps are to be filled.
    #[must_use]
    pub fn takes_part(&self, year: FiscalYear) -> bool {
        let enrolment = self.card.enrolment(year);
        enrolment.is_some_and(|one| one.withdrawn_on.is_none())
    }
}

/// Puts facilities into the grid of a year, in the order in which they are given.
#[must_use]
pub fn support_grid(cards: Vec<FacilityCard>, year: FiscalYear, planned: Target) -> SupportGrid {
    let rows: Vec<GridRow> = cards
        .into_iter()
        .filter_map(|card| row(card, year))
        .collect();
    let count = |state: VisitState| {
        let visits = rows.iter().flat_map(|row| row.card.visits_in(year));
        small(visits.filter(|visit| visit.state == state).count())
    };
    let counted = rows.iter().flat_map(|row| row.visits.iter().flatten());
    let counted = counted.filter(|visit| visit.state == VisitState::Done);
    let gaps = rows.iter().filter(|row| row.takes_part(year));
    let gaps = gaps.flat_map(|row| row.visits.iter().filter(|visit| visit.is_none()));
    let planned_facilities = facilities(planned);
    let taken = small(rows.len());
    SupportGrid {
        fiscal_year: year,
        planned,
        planned_facilities,
        free_rows: planned_facilities.map_or(0, |planned| planned.saturating_sub(taken)),
        done: count(VisitState::Done),
        counted: small(counted.count()),
        scheduled: count(VisitState::Scheduled),
        missed: count(VisitState::Missed),
        gaps: small(gaps.count()),
        rows,
    }
}

/// For how many facilities a planned number of visits has room.
fn facilities(planned: Target) -> Option<u32> {
    match planned {
        Target::Number { low, .. } => low.checked_div(u32::try_from(VISITS_A_YEAR).ok()?),
        Target::Expanding | Target::Unset => None,
    }
}

fn row(card: FacilityCard, year: FiscalYear) -> Option<GridRow> {
    let enrolled = card.enrolment(year).is_some();
    let stands = |visit: &&Visit| visit.state != VisitState::Cancelled;
    let mut visits: Vec<Visit> = card.visits_in(year).filter(stands).cloned().collect();
    if !enrolled && visits.is_empty() {
        return None;
    }
    // What was given counts towards the plan, whatever else is arranged before it; the sort is stable.
    visits.sort_by_key(|visit| visit.state != VisitState::Done);
    let mut rest = visits.into_iter();
    let first = std::array::from_fn(|_| rest.next());
    Some(GridRow {
        card,
        enrolled,
        visits: first,
        extra: rest.collect(),
    })
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
