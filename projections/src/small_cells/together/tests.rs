//! Nobody can compute a withheld cell from the cells and the sums that are shown: tried by every change of them.
#![allow(clippy::arithmetic_side_effects, reason = "numbers of tests are small")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::SHOWN_MIN;
use super::{Place, Together};

/// Cells with sums of some of them, each by the cells' places.
fn together(counts: &[i64], sums: &[Vec<usize>]) -> (Together, Vec<Place>) {
    let mut shown = Together::default();
    let places: Vec<Place> = counts.iter().map(|count| shown.cell(*count)).collect();
    for sum in sums {
        let cells: Vec<Place> = sum.iter().map(|at| places[*at]).collect();
        shown.told(&cells);
    }
    (shown, places)
}

/// Whether counts that differ in a cell agree with all that is shown.
fn may_be_another(counts: &[i64], sums: &[Vec<usize>], hidden: &[bool], cell: usize) -> bool {
    may_be_others(counts, sums, hidden, &[cell])
}

/// Whether counts by which some cells are more or fewer together agree with all that is shown; each cell is tried
/// one less, the same and one more.
fn may_be_others(counts: &[i64], sums: &[Vec<usize>], hidden: &[bool], cells: &[usize]) -> bool {
    fn tried(
        (counts, sums, hidden): (&[i64], &[Vec<usize>], &[bool]),
        cells: &[usize],
        moved: &mut Vec<i64>,
    ) -> bool {
        let at = moved.len();
        if at == counts.len() {
            let stays = |sum: &Vec<usize>| sum.iter().map(|at| moved[*at]).sum::<i64>() == 0;
            let together: i64 = cells.iter().map(|at| moved[*at]).sum();
            return together != 0 && sums.iter().all(stays);
        }
        let by: &[i64] = if hidden[at] { &[0, -1, 1] } else { &[0] };
        by.iter().any(|by| {
            moved.push(*by);
            let found = counts[at] + by >= 0 && tried((counts, sums, hidden), cells, moved);
            moved.pop();
            found
        })
    }
    tried((counts, sums, hidden), cells, &mut Vec::new())
}

fn hidden(shown: &Together, places: &[Place]) -> Option<Vec<bool>> {
    let withheld = shown.withheld()?;
    Some(
        places
            .iter()
            .map(|place| withheld.contains(place))
            .collect(),
    )
}

#[test]
fn a_sum_of_part_of_a_row_is_told_and_gives_no_cell_of_it_away() {
    // Ventilator users: three plans in time, four without one; how many have a plan is told as a figure of its own.
    let counts = [3, 0, 4, 20, 90, 30];
    let columns = [vec![0, 3], vec![1, 4], vec![2, 5]];
    let of_row = |more: &[usize]| [&columns[..], &[more.to_vec()]].concat();

    let alone = hidden_of(&counts, &of_row(&[0, 1, 2]));
    assert_eq!(alone, [true, false, true, true, false, true]);
    let with_figure = hidden_of(&counts, &of_row(&[0, 1]));
    assert_eq!(with_figure, [true, true, true, true, true, true]);
}

fn hidden_of(counts: &[i64], sums: &[Vec<usize>]) -> Vec<bool> {
    let (shown, places) = together(counts, sums);
    hidden(&shown, &places).unwrap()
}

/// One person stood in one of two withheld cells, as the rest of the row told.
#[test]
fn what_is_withheld_of_a_row_is_not_few_together() {
    let counts = [1, 0, 20, 7, 9, 8, 30, 6];
    let columns = (0..4).map(|at| vec![at, at + 4]);
    let rows = [(0..4).collect(), (4..8).collect()];
    let sums: Vec<Vec<usize>> = columns.chain(rows).collect();

    let hidden = hidden_of(&counts, &sums);

    let withheld = |row: usize| (row..row + 4).filter(|at| hidden[*at]);
    let of_row = |row: usize| withheld(row).map(|at| counts[at]).sum::<i64>();
    assert!(
        of_row(0) >= SHOWN_MIN && of_row(4) >= SHOWN_MIN,
        "{hidden:?}"
    );
    // Of which cells it can be more or fewer is not known either.
    assert!(withheld(0).count() > 2, "{hidden:?}");
}

/// The row's length is told by another table, less what it shows.
#[test]
fn what_is_withheld_is_not_few_where_a_shown_cell_is_taken_off() {
    let mut shown = Together::default();
    let bands = [1, 0, 20].map(|count| shown.cell(count));
    let others = [30, 9, 8].map(|count| shown.cell(count));
    let without_plan = shown.cell(6);
    shown.told_less(&bands, &[without_plan]);
    for (own, other) in bands.iter().zip(&others) {
        shown.told(&[*own, *other]);
    }
    shown.told(&others);

    let withheld = shown.withheld().unwrap();

    let few: i64 = bands
        .iter()
        .zip([1, 0, 20])
        .filter(|(at, _)| withheld.contains(at))
        .map(|(_, count)| count)
        .sum();
    assert!(
        few >= SHOWN_MIN || withheld.contains(&without_plan),
        "{withheld:?}"
    );
}

#[test]
fn a_cell_that_is_a_sum_cannot_be_withheld() {
    let (shown, _) = together(&[3, 9], &[vec![0], vec![1]]);

    assert_eq!(shown.withheld(), None);
}

#[test]
fn rows_of_two_tables_that_are_as_long_tell_each_other() {
    // The cells of the one are large; that its row is as long as one of the other withholds one of them all the same.
    let with = |tied: bool| {
        let mut shown = Together::default();
        let first = [6, 0].map(|count| shown.cell(count));
        let second = [2, 4, 40, 50].map(|count| shown.cell(count));
        shown.told(&[second[0], second[2]]);
        shown.told(&[second[1], second[3]]);
        if tied {
            shown.told_less(&first, &second[..2]);
        }
        let withheld = shown.withheld().unwrap();
        let is_withheld = |place: &Place| withheld.contains(place);
        (
            first.iter().any(is_withheld),
            second.iter().all(is_withheld),
        )
    };

    assert_eq!(
        with(true),
        (true, true),
        "what one has less of the other has, too"
    );
    assert_eq!(with(false), (false, true));
}

#[test]
fn what_is_unseen_is_never_named_and_ties_all_the_same() {
    let mut shown = Together::default();
    let (small, large) = (shown.cell(2), shown.cell(8));
    let unseen = shown.unseen(7);
    shown.told(&[small, large]);
    shown.told_less(&[large], &[unseen]);

    assert_eq!(shown.withheld(), Some(BTreeSet::from([small, large])));
}

/// Counts, and sums of some of them.
fn cells_and_sums() -> impl Strategy<Value = (Vec<i64>, Vec<Vec<usize>>)> {
    (2_usize..9).prop_flat_map(|cells| {
        let count = prop_oneof![3 => 0_i64..8, 1 => Just(0_i64)];
        let sum = prop::sample::subsequence((0..cells).collect::<Vec<_>>(), 1..=cells);
        let counts = prop::collection::vec(count, cells);
        (counts, prop::collection::vec(sum, 0..5))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_withheld_cell_can_be_computed_from_what_is_told((counts, sums) in cells_and_sums()) {
        let (shown, places) = together(&counts, &sums);
        let Some(hidden) = hidden(&shown, &places) else {
            return Ok(());
        };
        for (at, count) in counts.iter().enumerate() {
            prop_assert!(hidden[at] || *count == 0 || *count >= SHOWN_MIN, "{} is shown", at);
            prop_assert!(
                !hidden[at] || may_be_another(&counts, &sums, &hidden, at),
                "{} is given away, {:?}", at, hidden,
            );
        }
        let all = vec![true; counts.len()];
        for sum in &sums {
            let part = |wanted: bool| {
                let part = sum.iter().filter(|at| hidden[**at] == wanted);
                part.copied().collect::<Vec<usize>>()
            };
            let counted = |part: &[usize]| part.iter().map(|at| counts[*at]).sum::<i64>();
            let few = part(true);
            let is_few = (1..SHOWN_MIN).contains(&counted(&few)) && counted(&part(false)) > 0;
            prop_assert!(
                !is_few || !may_be_others(&counts, &sums, &all, &few),
                "{:?} tells of few, {:?}", sum, hidden,
            );
        }
    }

    #[test]
    fn where_no_choice_is_found_there_is_none((counts, sums) in cells_and_sums()) {
        let (shown, places) = together(&counts, &sums);
        let all = vec![true; counts.len()];
        let is_small = |count: i64| 0 < count && count < SHOWN_MIN;
        let mut small = (0..counts.len()).filter(|at| is_small(counts[*at]));
        let hopeless = small.any(|at| !may_be_another(&counts, &sums, &all, at));

        prop_assert!(hidden(&shown, &places).is_some() || hopeless);
    }
}
