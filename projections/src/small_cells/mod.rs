//! Small cells: counts of 1 to 4 in a crossed table are not shown, nor what would give them away.
//!
//! Guaranteed for every suppressed cell, given all cells and totals that are shown and that counts are
//! not negative: at least two values fit, so that nobody can compute it; and no cell of 1 to 4 is
//! shown. The grand total is always shown. Row and column totals are shown unless the counts lie in
//! one row or one column, where the totals would be the cells: then only the grand total is. Where 1
//! to 4 persons stand in one cell, its row and its column are not named: their number says nothing
//! about where they stand.

mod together;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use self::together::{Place, Together};

/// Smallest count that is shown, besides 0.
pub const SHOWN_MIN: i64 = 5;

/// Counts crossed by two dimensions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    cells: BTreeMap<(String, String), i64>,
}

/// A table as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Codes of the rows.
    pub rows: Vec<String>,
    /// Codes of the columns.
    pub columns: Vec<String>,
    /// Row by row; none where the count is not shown.
    pub cells: Vec<Vec<Option<i64>>>,
    /// Totals of the rows; none where they would give the cells away.
    pub row_totals: Vec<Option<i64>>,
    /// Totals of the columns; none where they would give the cells away.
    pub column_totals: Vec<Option<i64>>,
    /// The total.
    pub total: i64,
}

impl Table {
    /// Adds to a cell; less than nothing adds nothing.
    pub fn add(&mut self, row: &str, column: &str, count: i64) {
        let cell = self.cells.entry((row.to_owned(), column.to_owned()));
        let cell = cell.or_default();
        *cell = cell.saturating_add(count.max(0));
    }

    /// What stands in a cell; nothing where nothing was added.
    #[must_use]
    pub fn count(&self, row: &str, column: &str) -> i64 {
        let key = (row.to_owned(), column.to_owned());
        self.cells.get(&key).copied().unwrap_or(0)
    }

    /// The table with small cells and their complements suppressed.
    #[must_use]
    pub fn suppressed(&self) -> Shown {
        if let Some(total) = self.one_small_cell() {
            return Shown::of_total(total);
        }
        let rows: BTreeSet<&str> = self.cells.keys().map(|(row, _)| row.as_str()).collect();
        let columns: BTreeSet<&str> = self
            .cells
            .keys()
            .map(|(_, column)| column.as_str())
            .collect();
        let counted = |row: &&str| {
            columns
                .iter()
                .map(|column| self.count(row, column))
                .collect()
        };
        let counts: Vec<Vec<i64>> = rows.iter().map(counted).collect();
        let hidden = hide(&counts);
        let is_shown = |cell: Cell| {
            hidden
                .as_ref()
                .is_some_and(|hidden| !hidden.contains(&cell))
        };
        let cells = counts.iter().enumerate().map(|(row, cells)| {
            let cells = cells.iter().enumerate();
            let shown = cells.map(|(column, count)| is_shown((row, column)).then_some(*count));
            shown.collect()
        });
        let row_totals = counts.iter().map(|row| sum(row.iter()));
        let column_totals =
            (0..columns.len()).map(|column| sum(counts.iter().filter_map(|row| row.get(column))));
        Shown {
            cells: cells.collect(),
            row_totals: row_totals
                .map(|sum| hidden.is_some().then_some(sum))
                .collect(),
            column_totals: column_totals
                .map(|sum| hidden.is_some().then_some(sum))
                .collect(),
            total: sum(counts.iter().flatten()),
            rows: rows.into_iter().map(str::to_owned).collect(),
            columns: columns.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl Table {
    /// The table with its small rows made one row, so that no row's total is one of 1 to 4: those rows
    /// become `other`, with the next smaller ones until they are 5 together or there are no more.
    #[must_use]
    pub fn with_small_rows_as(&self, other: &str) -> Self {
        let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
        for ((row, _), count) in &self.cells {
            let total = totals.entry(row).or_default();
            *total = total.saturating_add(*count);
        }
        let mut by_size: Vec<(i64, &str)> = totals
            .into_iter()
            .map(|(row, total)| (total, row))
            .filter(|(total, _)| *total > 0)
            .collect();
        by_size.sort_unstable();
        let mut merged: BTreeSet<&str> = BTreeSet::new();
        let mut together: i64 = 0;
        for (total, row) in by_size {
            let is_enough = together == 0 || together >= SHOWN_MIN;
            if total >= SHOWN_MIN && is_enough {
                break;
            }
            merged.insert(row);
            together = together.saturating_add(total);
        }
        let mut table = Self::default();
        for ((row, column), count) in &self.cells {
            let into = if merged.contains(row.as_str()) {
                other
            } else {
                row
            };
            table.add(into, column, *count);
        }
        table
    }

    /// The table with its columns named otherwise; those of one name become one.
    #[must_use]
    pub fn with_columns_as(&self, name: impl Fn(&str) -> &'static str) -> Self {
        let mut table = Self::default();
        for ((row, column), count) in &self.cells {
            table.add(row, name(column), *count);
        }
        table
    }

    /// What stands in each column altogether.
    #[must_use]
    pub fn column_totals(&self) -> BTreeMap<&str, i64> {
        let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
        for ((_, column), count) in &self.cells {
            let total = totals.entry(column).or_default();
            *total = total.saturating_add(*count);
        }
        totals
    }

    /// The count of the only cell with anything in it, where it is small.
    fn one_small_cell(&self) -> Option<i64> {
        let mut filled = self.cells.values().copied().filter(|count| *count > 0);
        let only = filled.next().filter(|count| *count < SHOWN_MIN);
        only.filter(|_| filled.next().is_none())
    }
}

impl Shown {
    /// A total, and nothing of where it stands.
    const fn of_total(total: i64) -> Self {
        Self {
            rows: Vec::new(),
            columns: Vec::new(),
            cells: Vec::new(),
            row_totals: Vec::new(),
            column_totals: Vec::new(),
            total,
        }
    }

    /// The same without the totals of its rows, or of its columns, where one of them is 1 to 4.
    #[must_use]
    pub fn without_small_totals(mut self) -> Self {
        let is_small =
            |total: &Option<i64>| total.is_some_and(|total| 0 < total && total < SHOWN_MIN);
        for totals in [&mut self.row_totals, &mut self.column_totals] {
            if totals.iter().any(is_small) {
                totals.fill(None);
            }
        }
        self
    }

    /// The same with its rows and columns by rank; those of the same rank stay as they stood.
    #[must_use]
    pub fn by_rank(self, row: impl Fn(&str) -> usize, column: impl Fn(&str) -> usize) -> Self {
        let rows = order(&self.rows, row);
        let columns = order(&self.columns, column);
        let cells = rows.iter().filter_map(|at| self.cells.get(*at));
        Self {
            cells: cells.map(|row| picked(row, &columns)).collect(),
            row_totals: picked(&self.row_totals, &rows),
            column_totals: picked(&self.column_totals, &columns),
            rows: picked(&self.rows, &rows),
            columns: picked(&self.columns, &columns),
            total: self.total,
        }
    }
}

/// The places of codes, by their rank.
fn order(codes: &[String], rank: impl Fn(&str) -> usize) -> Vec<usize> {
    let mut places: Vec<(usize, usize)> = codes
        .iter()
        .enumerate()
        .map(|(place, code)| (rank(code), place))
        .collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

fn picked<T: Clone>(all: &[T], places: &[usize]) -> Vec<T> {
    places
        .iter()
        .filter_map(|place| all.get(*place).cloned())
        .collect()
}

fn sum<'a>(counts: impl Iterator<Item = &'a i64>) -> i64 {
    counts.fold(0, |sum, count| sum.saturating_add(*count))
}

/// A cell, by row and column.
type Cell = (usize, usize);

/// Small cells, and others until every hidden cell can have another value; none where no choice of
/// cells does it, since all counts lie in one row or one column.
fn hide(counts: &[Vec<i64>]) -> Option<BTreeSet<Cell>> {
    let at = |(row, column): Cell| counts.get(row).and_then(|row| row.get(column)).copied();
    let width = counts.first().map_or(0, Vec::len);
    let all = || (0..counts.len()).flat_map(|row| (0..width).map(move |column| (row, column)));
    let small = |cell: &Cell| at(*cell).is_some_and(|count| 0 < count && count < SHOWN_MIN);
    let mut hidden: BTreeSet<Cell> = all().filter(small).collect();
    loop {
        let exposed = hidden
            .iter()
            .copied()
            .find(|cell| !can_move(counts, &hidden, *cell));
        let Some(exposed) = exposed else {
            return Some(hidden);
        };
        hidden.extend(complement(counts, &hidden, exposed)?);
    }
}

/// Whether a hidden cell can be one more or one less while every total and shown cell stays: a
/// closed path of hidden cells, alternately one more and one less, on which no count becomes negative.
fn can_move(counts: &[Vec<i64>], hidden: &BTreeSet<Cell>, cell: Cell) -> bool {
    [true, false]
        .iter()
        .any(|more| closed_path(counts, hidden, cell, *more))
}

/// Searches from a cell that changes one way back to its column; in rows the change is undone by a
/// cell that changes the other way, in columns by one that changes this way.
fn closed_path(counts: &[Vec<i64>], hidden: &BTreeSet<Cell>, cell: Cell, more: bool) -> bool {
    let at = |(row, column): Cell| counts.get(row).and_then(|row| row.get(column)).copied();
    let can_give = |cell: &Cell| at(*cell).is_some_and(|count| count > 0);
    if !more && !can_give(&cell) {
        return false;
    }
    let mut seen = BTreeSet::from([cell.0]);
    let mut rows = vec![cell.0];
    while let Some(row) = rows.pop() {
        // Along the row: a cell that goes the other way; it must be able to where that is down.
        let across = hidden
            .iter()
            .filter(|other| other.0 == row && **other != cell);
        for other in across.filter(|other| !more || can_give(other)) {
            if other.1 == cell.1 {
                return true;
            }
            // Along its column: a cell that goes the first way again.
            let down = hidden
                .iter()
                .filter(|next| next.1 == other.1 && next.0 != row);
            for next in down.filter(|next| more || can_give(next)) {
                if seen.insert(next.0) {
                    rows.push(next.0);
                }
            }
        }
    }
    false
}

/// The cheapest rectangle that frees a cell: with it the three other corners are hidden.
fn complement(counts: &[Vec<i64>], hidden: &BTreeSet<Cell>, cell: Cell) -> Option<[Cell; 3]> {
    let at = |(row, column): Cell| counts.get(row).and_then(|row| row.get(column)).copied();
    let width = counts.first().map_or(0, Vec::len);
    let mut best: Option<(i64, [Cell; 3])> = None;
    for row in (0..counts.len()).filter(|row| *row != cell.0) {
        for column in (0..width).filter(|column| *column != cell.1) {
            let corners = [(cell.0, column), (row, cell.1), (row, column)];
            let mut trial = hidden.clone();
            trial.extend(corners);
            if !can_move(counts, &trial, cell) {
                continue;
            }
            let new = corners.iter().filter(|corner| !hidden.contains(*corner));
            // Few and small cells are hidden rather than many and large ones.
            let cost = new.fold(0_i64, |cost, corner| {
                cost.saturating_add(at(*corner).unwrap_or(0))
                    .saturating_add(1)
            });
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, corners));
            }
        }
    }
    best.map(|(_, corners)| corners)
}

#[cfg(test)]
mod tests;
