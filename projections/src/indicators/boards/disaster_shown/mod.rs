//! The disaster board as it may be shown: its three tables and the figures beside them withhold together, so that
//! none of them tells what another one withholds.

use std::collections::BTreeSet;

use ledger_core::code::Area;

use super::disaster::{DisasterBoard, PLAN_STATES, POWER_BANDS};
use crate::indicators::given::code;
use crate::small_cells::{Place, Shown, Table, Together};

/// Who supports a plan: the district centre for those on a ventilator, the centre for the others.
const SUPPORT: [&str; 2] = ["ventilator", "other"];

/// The tables of the board with what may be seen of them; none where nothing may.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisasterShown {
    /// States of plans by area.
    pub by_area: Option<Shown>,
    /// States of plans by who supports them.
    pub by_support: Option<Shown>,
    /// How long devices run by who supports the plan.
    pub power: Option<Shown>,
}

/// Which tables of the board are shown at all: the others would be told by what stands beside them.
#[derive(Clone, Copy)]
struct Extent {
    by_area: bool,
    by_support: bool,
    power: bool,
}

impl Extent {
    const fn of(by_area: bool, by_support: bool, power: bool) -> Self {
        Self {
            by_area,
            by_support,
            power,
        }
    }
}

/// From all of it to nothing: where one kind of support or one area has nearly everybody, totals alone tell the cells.
const EXTENTS: [Extent; 8] = [
    Extent::of(true, true, true),
    Extent::of(true, false, true),
    Extent::of(true, true, false),
    Extent::of(true, false, false),
    Extent::of(false, true, true),
    Extent::of(false, false, true),
    Extent::of(false, true, false),
    Extent::of(false, false, false),
];

/// A table's counts, row by row, with their places among those that are withheld together.
struct Grid {
    rows: Vec<&'static str>,
    columns: &'static [&'static str],
    counts: Vec<Vec<i64>>,
    places: Vec<Vec<Place>>,
}

impl DisasterBoard {
    /// What may be seen of it beside the figures D-1 to D-7, whose numbers are taken as known to whoever looks: how
    /// many plans are in each state, how many have one, how many of those on a ventilator have one, and for how many
    /// a duration of power is written; and how many live in each area, which another page tells.
    #[must_use]
    pub fn shown(&self) -> DisasterShown {
        let shown = EXTENTS.iter().find_map(|extent| self.within(*extent));
        shown.unwrap_or_default()
    }

    fn within(&self, extent: Extent) -> Option<DisasterShown> {
        let mut all = Together::default();
        let by_area = extent
            .by_area
            .then(|| Grid::of(&self.by_area, areas(&self.by_area), &PLAN_STATES, &mut all));
        for row in by_area.iter().flat_map(|grid| &grid.places) {
            all.told(row);
        }
        let by_support = extent
            .by_support
            .then(|| Grid::of(&self.by_support, SUPPORT.to_vec(), &PLAN_STATES, &mut all));
        let without_plan = match &by_support {
            Some(grid) => told_plans(grid, &mut all),
            None => self.untold_plans(&mut all),
        };
        let power = extent
            .power
            .then(|| Grid::of(&self.power, SUPPORT.to_vec(), &POWER_BANDS, &mut all));
        if let Some(power) = &power {
            self.tie(&without_plan, power, &mut all);
        }
        let withheld = all.withheld()?;
        Some(DisasterShown {
            by_area: by_area.map(|grid| grid.shown(&withheld, true)),
            by_support: by_support.map(|grid| grid.shown(&withheld, false)),
            power: power.map(|grid| grid.shown(&withheld, false)),
        })
    }

    /// How many have no plan, by who would support it, where the table that says so is not shown: both together are
    /// D-1, and how many have one is known of both, as D-7 tells it of those on a ventilator.
    fn untold_plans(&self, all: &mut Together) -> Vec<Place> {
        let [.., no_plan] = PLAN_STATES;
        let without_plan =
            SUPPORT.map(|support| all.guarded(self.by_support.count(support, no_plan)));
        all.told(&without_plan);
        without_plan.to_vec()
    }

    /// What the table of power has to do with who has no plan: of those on a ventilator everybody has a device that
    /// needs power, of the others not everybody; and how many have a plan is known of both.
    fn tie(&self, without_plan: &[Place], power: &Grid, all: &mut Together) {
        for ((support, without_plan), bands) in SUPPORT.iter().zip(without_plan).zip(&power.places)
        {
            if *support == SUPPORT[0] {
                all.told_less(bands, &[*without_plan]);
            } else {
                let persons: i64 = PLAN_STATES
                    .iter()
                    .map(|state| self.by_support.count(support, state))
                    .sum();
                let without_device = all.unseen(persons.saturating_sub(power.sum_of(support)));
                all.told_less(
                    &[bands.as_slice(), &[without_device]].concat(),
                    &[*without_plan],
                );
            }
        }
    }
}

/// The cells of those without a plan, where the others of their rows are shown: D-7 tells the sum of those on a
/// ventilator, and so of the others.
fn told_plans(by_support: &Grid, all: &mut Together) -> Vec<Place> {
    let rows = by_support.places.iter().filter_map(|row| row.split_last());
    let told = rows.map(|(without_plan, with_plan)| {
        all.told(with_plan);
        *without_plan
    });
    told.collect()
}

/// Every area, since one in which nobody lives may be withheld like others; and the unknown one where there is
/// somebody.
fn areas(table: &Table) -> Vec<&'static str> {
    let mut areas: Vec<&'static str> = Area::ALL.iter().map(|area| area.code()).collect();
    let unknown = code(None);
    if PLAN_STATES
        .iter()
        .any(|state| table.count(unknown, state) > 0)
    {
        areas.push(unknown);
    }
    areas
}

impl Grid {
    /// A table's cells, with the totals of its columns, which the figures tell as well.
    fn of(
        table: &Table,
        rows: Vec<&'static str>,
        columns: &'static [&'static str],
        all: &mut Together,
    ) -> Self {
        let counted = |row: &&str| {
            columns
                .iter()
                .map(|column| table.count(row, column))
                .collect()
        };
        let counts: Vec<Vec<i64>> = rows.iter().map(counted).collect();
        let places: Vec<Vec<Place>> = counts
            .iter()
            .map(|row| row.iter().map(|count| all.cell(*count)).collect())
            .collect();
        for at in 0..columns.len() {
            let column = places.iter().filter_map(|row| row.get(at).copied());
            all.told(&column.collect::<Vec<_>>());
        }
        Self {
            rows,
            columns,
            counts,
            places,
        }
    }

    fn sum_of(&self, row: &str) -> i64 {
        let counts = self
            .rows
            .iter()
            .zip(&self.counts)
            .find(|(own, _)| **own == row);
        counts.map_or(0, |(_, counts)| counts.iter().sum())
    }

    fn shown(&self, withheld: &BTreeSet<Place>, with_row_totals: bool) -> Shown {
        let seen = |(count, place): (&i64, &Place)| (!withheld.contains(place)).then_some(*count);
        let rows = self.counts.iter().zip(&self.places);
        let sums = self.counts.iter().map(|row| row.iter().sum::<i64>());
        let of_column = |at: usize| {
            self.counts
                .iter()
                .filter_map(|row| row.get(at))
                .sum::<i64>()
        };
        Shown {
            rows: self.rows.iter().map(|row| (*row).to_owned()).collect(),
            columns: self
                .columns
                .iter()
                .map(|column| (*column).to_owned())
                .collect(),
            cells: rows
                .map(|(counts, places)| counts.iter().zip(places).map(seen).collect())
                .collect(),
            row_totals: sums
                .clone()
                .map(|sum| with_row_totals.then_some(sum))
                .collect(),
            column_totals: (0..self.columns.len())
                .map(|at| Some(of_column(at)))
                .collect(),
            total: sums.sum(),
        }
    }
}

#[cfg(test)]
mod tests;
