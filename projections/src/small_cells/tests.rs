//! Nobody can compute a suppressed cell: tried by listing every table that fits.
#![allow(clippy::arithmetic_side_effects, reason = "numbers of tests are small")]

use proptest::prelude::*;

use super::{SHOWN_MIN, Shown, Table};

fn table(cells: &[Vec<i64>]) -> Table {
    let mut table = Table::default();
    for (row, cells) in cells.iter().enumerate() {
        for (column, count) in cells.iter().enumerate() {
            table.add(&format!("r{row}"), &format!("c{column}"), *count);
        }
    }
    table
}

/// Every table of non-negative counts that agrees with what is shown, up to a number of them.
fn solutions(shown: &Shown, most: usize) -> Vec<Vec<Vec<i64>>> {
    let mut found = Vec::new();
    let empty = vec![vec![0; shown.columns.len()]; shown.rows.len()];
    solve(shown, (0, 0), empty, &mut found, most);
    found
}

fn solve(
    shown: &Shown,
    (row, column): (usize, usize),
    table: Vec<Vec<i64>>,
    found: &mut Vec<Vec<Vec<i64>>>,
    most: usize,
) {
    if found.len() >= most {
        return;
    }
    if row == shown.rows.len() {
        let fits = (0..shown.columns.len()).all(|column| {
            let sum: i64 = table.iter().map(|row| row[column]).sum();
            shown.column_totals[column].is_none_or(|total| total == sum)
        });
        let total: i64 = table.iter().flatten().sum();
        if fits && total == shown.total {
            found.push(table);
        }
        return;
    }
    if column == shown.columns.len() {
        let sum: i64 = table[row].iter().sum();
        if shown.row_totals[row].is_none_or(|total| total == sum) {
            solve(shown, (row + 1, 0), table, found, most);
        }
        return;
    }
    let used: i64 = table[row].iter().sum();
    let left = shown.row_totals[row].unwrap_or(shown.total) - used;
    let above: i64 = table.iter().map(|row| row[column]).sum();
    let left = left.min(shown.column_totals[column].unwrap_or(shown.total) - above);
    let values: Vec<i64> = match shown.cells[row][column] {
        Some(count) => vec![count],
        None => (0..=left).collect(),
    };
    for value in values {
        let mut table = table.clone();
        table[row][column] = value;
        solve(shown, (row, column + 1), table, found, most);
    }
}

fn has_two_values(shown: &Shown, (row, column): (usize, usize)) -> bool {
    let all = solutions(shown, 20_000);
    let first = all[0][row][column];
    all.iter().any(|table| table[row][column] != first)
}

#[test]
fn large_counts_and_nothing_are_shown() {
    let shown = table(&[vec![5, 0], vec![7, 9]]).suppressed();

    assert_eq!(shown.cells, [[Some(5), Some(0)], [Some(7), Some(9)]]);
    assert_eq!(shown.row_totals, [Some(5), Some(16)]);
    assert_eq!(shown.total, 21);
}

#[test]
fn a_small_cell_hides_the_cheapest_others_with_it() {
    let shown = table(&[vec![2, 30, 8], vec![9, 40, 6], vec![50, 60, 70]]).suppressed();

    let hidden = [
        [true, false, true],
        [true, false, true],
        [false, false, false],
    ];
    for (row, cells) in shown.cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            assert_eq!(cell.is_none(), hidden[row][column], "{row} {column}");
        }
    }
}

#[test]
fn a_row_whose_total_is_one_is_not_given_away() {
    let shown = table(&[vec![1, 0], vec![20, 30]]).suppressed();

    assert!(has_two_values(&shown, (0, 0)));
}

#[test]
fn counts_in_one_row_are_hidden_with_the_columns_totals() {
    let shown = table(&[vec![3, 12], vec![0, 0]]).suppressed();

    assert!(shown.cells.iter().flatten().all(Option::is_none));
    assert_eq!(shown.column_totals, [None, None]);
    assert_eq!(shown.total, 15, "the total is always shown");
}

#[test]
fn where_a_few_stand_alone_is_not_said() {
    for cells in [&[vec![3]][..], &[vec![0, 2], vec![0, 0]]] {
        let shown = table(cells).suppressed();

        assert!(shown.rows.is_empty() && shown.columns.is_empty() && shown.cells.is_empty());
        assert!(shown.total > 0);
    }
    assert_eq!(table(&[vec![5]]).suppressed().cells, [[Some(5)]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_small_count_is_shown_and_none_can_be_computed(
        cells in (2_usize..4, 2_usize..4).prop_flat_map(|(rows, columns)| {
            let count = prop_oneof![3 => 0_i64..6, 1 => Just(0_i64)];
            prop::collection::vec(prop::collection::vec(count, columns), rows)
        }),
    ) {
        let shown = table(&cells).suppressed();

        prop_assert_eq!(shown.total, cells.iter().flatten().sum::<i64>());
        prop_assume!(shown.total > 0);
        let all = solutions(&shown, 200_000);
        for (row, counts) in shown.cells.iter().enumerate() {
            for (column, cell) in counts.iter().enumerate() {
                match cell {
                    Some(count) => {
                        prop_assert_eq!(*count, cells[row][column]);
                        prop_assert!(*count == 0 || *count >= SHOWN_MIN);
                    },
                    None => prop_assert!(
                        all.iter().any(|table| table[row][column] != all[0][row][column]),
                        "{:?} gives {} {} away", shown, row, column,
                    ),
                }
            }
        }
    }
}

#[test]
fn rows_and_columns_stand_by_their_rank_with_their_cells_and_totals() {
    let mut table = Table::default();
    for (row, column, count) in [("12-14", "x", 7), ("3-5", "x", 8), ("3-5", "y", 9)] {
        table.add(row, column, count);
    }
    let ages = ["3-5", "12-14"];
    let rank = |code: &str| ages.iter().position(|age| *age == code).unwrap();

    let shown = table.suppressed().by_rank(rank, |_| 0);

    assert_eq!(shown.rows, ages);
    assert_eq!(shown.columns, ["x", "y"]);
    assert_eq!(shown.cells[0], [Some(8), Some(9)]);
    assert_eq!(shown.row_totals, [Some(17), Some(7)]);
    assert_eq!(shown.total, 24);
}

/// The rows of a table with their totals.
fn rows(table: &Table) -> Vec<(String, i64)> {
    let mut rows: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
    for ((row, _), count) in &table.cells {
        *rows.entry(row.clone()).or_default() += count;
    }
    rows.into_iter().collect()
}

#[test]
fn small_rows_become_one_that_is_not_small() {
    let merged = |cells: &[Vec<i64>]| rows(&table(cells).with_small_rows_as("other"));
    let row = |name: &str, total| (name.to_owned(), total);

    assert_eq!(
        merged(&[vec![9, 0], vec![0, 5]]),
        [row("r0", 9), row("r1", 5)]
    );
    assert_eq!(
        merged(&[vec![9, 0], vec![1, 1], vec![2, 1], vec![0, 0]]),
        [row("other", 5), row("r0", 9), row("r3", 0)]
    );
    assert_eq!(
        merged(&[vec![9, 0], vec![1, 1], vec![3, 3]]),
        [row("other", 8), row("r0", 9)],
        "the next smaller one comes along"
    );
    assert_eq!(merged(&[vec![1, 0], vec![0, 2]]), [row("other", 3)]);
}

#[test]
fn columns_of_one_name_become_one() {
    let cells = table(&[vec![3, 4, 5], vec![1, 0, 2]]);

    let merged = cells.with_columns_as(|column| if column == "c1" { "b" } else { "a" });

    assert_eq!(merged.column_totals(), [("a", 11), ("b", 4)].into());
    assert_eq!(rows(&merged), rows(&cells));
}

proptest! {
    #[test]
    fn no_row_is_small_but_where_all_are_few(
        cells in prop::collection::vec(prop::collection::vec(0_i64..9, 2), 1..6)
    ) {
        let merged = table(&cells).with_small_rows_as("other");
        let total: i64 = cells.iter().flatten().sum();

        let rows = rows(&merged);
        prop_assert_eq!(rows.iter().map(|(_, of)| of).sum::<i64>(), total);
        for (row, of) in rows {
            prop_assert!(of == 0 || of >= SHOWN_MIN || total < SHOWN_MIN, "{} {}", row, of);
        }
    }
}

#[test]
fn totals_of_few_go_with_all_of_their_kind() {
    let mut table = Table::default();
    for (row, column, count) in [("a", "x", 20), ("a", "y", 8), ("b", "x", 3), ("b", "y", 9)] {
        table.add(row, column, count);
    }
    let whole = table.suppressed().without_small_totals();
    assert_eq!(
        whole,
        table.suppressed(),
        "12, 28, 17 and 23 tell of nobody"
    );

    table.add("c", "y", 2);
    let shown = table.suppressed().without_small_totals();
    assert_eq!(shown.row_totals, [None, None, None]);
    assert_eq!(shown.column_totals, [Some(23), Some(19)]);
    assert_eq!(shown.cells, table.suppressed().cells);
}
