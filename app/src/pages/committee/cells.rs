//! A table of counts as it is shown: small cells, and what would give them away, are withheld.

use ledger_projections::small_cells::{Shown, Table};

use super::super::export;
pub(super) use super::super::few::WITHHELD;
use super::super::language::t;

/// A table in words.
pub(super) struct Cells {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// The columns' totals; empty where there is nothing to add up.
    pub(super) totals: Vec<String>,
}

impl Cells {
    /// The same to be taken along, with what its rows are.
    pub(super) fn table(&self, title: &str, first: &str) -> export::Table {
        let columns = std::iter::once(first.to_owned()).chain(self.columns.iter().cloned());
        let rows = self.rows.iter().map(|row| line(&row.name, &row.cells));
        let totals = (!self.totals.is_empty()).then(|| line(t("計", "Total"), &self.totals));
        export::Table::new(title, columns, rows.chain(totals))
    }
}

fn line(name: &str, cells: &[String]) -> Vec<export::Cell> {
    let cells = cells.iter().map(|told| export::Cell::count(told));
    std::iter::once(export::Cell::text(name))
        .chain(cells)
        .collect()
}

/// A row of it.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Vec<String>,
    /// Where what a cell counts is told, cell by cell; of those that are withheld nowhere.
    pub(super) links: Vec<Option<String>>,
}

impl Row {
    /// Its cells, each with where it leads.
    pub(super) fn each(&self) -> impl Iterator<Item = (&String, Option<&String>)> {
        let links = self.links.iter().map(Option::as_ref);
        self.cells.iter().zip(links.chain(std::iter::repeat(None)))
    }
}

/// A count in words.
pub(super) fn cell(count: Option<i64>) -> String {
    count.map_or_else(|| WITHHELD.to_owned(), |count| count.to_string())
}

/// What is shown of a table, as it is counted.
pub(super) struct Seen {
    shown: Shown,
}

impl Seen {
    /// A table with its small cells withheld.
    pub(super) fn of(table: &Table) -> Self {
        Self {
            shown: table.suppressed(),
        }
    }

    /// A table that was withheld together with others.
    pub(super) const fn together(shown: Shown) -> Self {
        Self { shown }
    }

    /// What is shown of a cell: nothing of it, or how many; of what is not in the table, none are.
    pub(super) fn cell(&self, row: &str, column: &str) -> Option<i64> {
        let place = |codes: &[String], code: &str| codes.iter().position(|own| own == code);
        let row = place(&self.shown.rows, row);
        let column = place(&self.shown.columns, column);
        let Some((row, column)) = row.zip(column) else {
            // Of a table of which only the total is shown nothing else is known.
            return (!self.is_total_alone()).then_some(0);
        };
        *self.shown.cells.get(row)?.get(column)?
    }

    /// What is shown of a row's total.
    pub(super) fn row_total(&self, row: &str) -> Option<i64> {
        let place = self.shown.rows.iter().position(|own| own == row)?;
        *self.shown.row_totals.get(place)?
    }

    /// What is shown of a column's total.
    pub(super) fn column_total(&self, column: &str) -> Option<i64> {
        match self.shown.columns.iter().position(|own| own == column) {
            Some(place) => *self.shown.column_totals.get(place)?,
            None => (!self.is_total_alone()).then_some(0),
        }
    }

    /// The total.
    pub(super) const fn total(&self) -> i64 {
        self.shown.total
    }

    /// The codes of the rows.
    pub(super) fn rows(&self) -> &[String] {
        &self.shown.rows
    }

    /// Nothing is shown but the total.
    fn is_total_alone(&self) -> bool {
        self.shown.rows.is_empty() && self.shown.total > 0
    }

    /// The table in words, with these rows and columns in this order.
    pub(super) fn in_words(&self, rows: &[(String, String)], columns: &[(&str, &str)]) -> Cells {
        self.linked(rows, columns, |_, _| None)
    }

    /// The same, where a cell's row and column lead to what it counts.
    pub(super) fn linked(
        &self,
        rows: &[(String, String)],
        columns: &[(&str, &str)],
        to: impl Fn(&str, &str) -> Option<String>,
    ) -> Cells {
        let link = |row: &str, column: &str| self.cell(row, column).and_then(|_| to(row, column));
        let row = |(code, name): &(String, String)| Row {
            name: name.clone(),
            links: columns
                .iter()
                .map(|(column, _)| link(code, column))
                .collect(),
            cells: columns
                .iter()
                .map(|(column, _)| cell(self.cell(code, column)))
                .collect(),
        };
        Cells {
            columns: columns.iter().map(|(_, name)| (*name).to_owned()).collect(),
            rows: rows.iter().map(row).collect(),
            totals: columns
                .iter()
                .map(|(column, _)| cell(self.column_total(column)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cells_and_what_would_give_them_away_are_withheld() {
        let mut table = Table::default();
        for (row, column, count) in [("a", "x", 3), ("a", "y", 9), ("b", "x", 7), ("b", "y", 8)] {
            table.add(row, column, count);
        }
        let seen = Seen::of(&table);

        let rows = [
            ("a".to_owned(), "A".to_owned()),
            ("b".to_owned(), "B".to_owned()),
        ];
        let cells = seen.in_words(&rows, &[("x", "X"), ("y", "Y")]);
        let told: Vec<_> = cells.rows.iter().map(|row| row.cells.join(" ")).collect();
        assert_eq!(told, ["※ ※", "※ ※"]);
        assert_eq!(cells.totals, ["10", "17"]);
        assert_eq!(seen.cell("c", "x"), Some(0), "nobody is there");
    }

    #[test]
    fn where_a_few_stand_alone_nothing_but_their_number_is_known() {
        let mut table = Table::default();
        table.add("a", "x", 2);
        let seen = Seen::of(&table);

        assert_eq!((seen.cell("a", "x"), seen.cell("b", "x")), (None, None));
        assert_eq!((seen.column_total("x"), seen.total()), (None, 2));
    }
}
