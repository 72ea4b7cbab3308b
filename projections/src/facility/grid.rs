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

/// How the places of the grid come out, and what they are against the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Places of the grid: four for each facility in it.
    pub places: u32,
    /// Of them those with a visit that is arranged.
    pub arranged: u32,
    /// Of them those with a visit whose day passed without a record.
    pub missed: u32,
    /// Of them those without any.
    pub empty: u32,
    /// Facilities of the grid with fewer than four visits given.
    pub below_four: u32,
    /// The plan; none where it names no number.
    pub plan: Option<AgainstPlan>,
}

/// The plan beside the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgainstPlan {
    /// Planned visits.
    pub planned: u32,
    /// Facilities of the grid beyond those for which the plan has room.
    pub facilities_beyond: u32,
}

impl SupportGrid {
    /// Visits given beyond the fourth of each facility.
    #[must_use]
    pub const fn further(&self) -> u32 {
        self.done.saturating_sub(self.counted)
    }

    /// How its places come out.
    #[must_use]
    pub fn account(&self) -> Account {
        let places = self.rows.iter().flat_map(|row| &row.visits);
        let places: Vec<Option<VisitState>> = places
            .map(|visit| visit.as_ref().map(|visit| visit.state))
            .collect();
        let with = |state| small(places.iter().filter(|own| **own == state).count());
        let below = self
            .rows
            .iter()
            .filter(|row| row.first_four() < small(VISITS_A_YEAR));
        let planned = match self.planned {
            Target::Number { low, .. } => Some(low),
            Target::Expanding | Target::Unset => None,
        };
        let beyond = |planned| small(self.rows.len()).saturating_sub(planned);
        Account {
            places: small(places.len()),
            arranged: with(Some(VisitState::Scheduled)),
            missed: with(Some(VisitState::Missed)),
            empty: with(None),
            below_four: small(below.count()),
            plan: planned.map(|planned| AgainstPlan {
                planned,
                facilities_beyond: self.planned_facilities.map_or(0, beyond),
            }),
        }
    }
}

impl GridRow {
    /// How many of the four places hold a visit that was given.
    #[must_use]
    pub fn first_four(&self) -> u32 {
        small(
            self.visits
                .iter()
                .flatten()
                .filter(|visit| visit.state == VisitState::Done)
                .count(),
        )
    }

    /// How many visits beyond the fourth were given.
    #[must_use]
    pub fn further(&self) -> u32 {
        small(
            self.extra
                .iter()
                .filter(|visit| visit.state == VisitState::Done)
                .count(),
        )
    }

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
