//! What the board withholds cannot be worked out from the rest of it and the figures beside it: tried by solving.
#![allow(clippy::arithmetic_side_effects, reason = "numbers of tests are small")]
#![allow(clippy::indexing_slicing, reason = "a test may fail")]

use ledger_core::code::Area;
use proptest::prelude::*;

use super::super::disaster::{DisasterBoard, PLAN_STATES, POWER_BANDS};
use super::{DisasterShown, SUPPORT};
use crate::small_cells::{SHOWN_MIN, Shown};

/// Somebody who needs a plan: area, state of the plan, on a ventilator or not, how long devices run.
type Person = (usize, usize, bool, Option<usize>);

fn board(persons: &[Person]) -> DisasterBoard {
    let mut board = DisasterBoard::default();
    for (area, state, ventilator, power) in persons.iter().copied() {
        let support = SUPPORT[usize::from(!ventilator)];
        board
            .by_area
            .add(Area::ALL[area].code(), PLAN_STATES[state], 1);
        board.by_support.add(support, PLAN_STATES[state], 1);
        // Whoever is on a ventilator needs power, written down or not.
        let band = power.or(ventilator.then_some(POWER_BANDS.len() - 1));
        if let Some(band) = band {
            board.power.add(support, POWER_BANDS[band], 1);
        }
    }
    board
}

const PRIME: i64 = 1_000_003;

/// Which unknowns a set of equations determines; what they come to does not matter for it.
fn determined(mut equations: Vec<Vec<i64>>, unknowns: usize) -> Vec<bool> {
    let mut done = 0;
    let mut pivots = vec![None; unknowns];
    for column in 0..unknowns {
        let Some(found) = (done..equations.len()).find(|at| equations[*at][column] != 0) else {
            continue;
        };
        equations.swap(done, found);
        let pivot = equations[done].clone();
        let inverse = (1..PRIME)
            .find(|by| by * pivot[column] % PRIME == 1)
            .unwrap();
        let pivot: Vec<i64> = pivot.iter().map(|of| of * inverse % PRIME).collect();
        for (at, equation) in equations.iter_mut().enumerate() {
            let by = equation[column];
            if at != done && by != 0 {
                for (own, of) in equation.iter_mut().zip(&pivot) {
                    *own = (*own - by * of).rem_euclid(PRIME);
                }
            }
        }
        equations[done] = pivot;
        pivots[column] = Some(done);
        done += 1;
    }
    let alone = |column: usize| {
        let others = |row: usize| equations[row].iter().filter(|of| **of != 0).count();
        pivots[column].is_some_and(|row| others(row) == 1)
    };
    (0..unknowns).map(alone).collect()
}

/// The withheld cells of all tables as unknowns: their tables, rows and columns.
fn unknowns(tables: &[(&str, &Shown)]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for (table, (_, shown)) in tables.iter().enumerate() {
        for (row, cells) in shown.cells.iter().enumerate() {
            let none = cells.iter().enumerate().filter(|(_, cell)| cell.is_none());
            found.extend(none.map(|(column, _)| (table, row, column)));
        }
    }
    found
}

/// Everything that adds up on the page: totals of columns (D-1, D-2, D-3 and D-6 are sums of them), totals of rows as
/// far as they are told, D-7, and that whoever is on a ventilator has a device that needs power.
fn equations(tables: &[(&str, &Shown)], unknowns: &[(usize, usize, usize)]) -> Vec<Vec<i64>> {
    let of = |holds: &dyn Fn(&str, usize, usize) -> i64| -> Vec<i64> {
        let all = unknowns.iter();
        all.map(|(table, row, column)| holds(tables[*table].0, *row, *column).rem_euclid(PRIME))
            .collect()
    };
    let mut equations = vec![of(&|name, row, column| {
        i64::from(name == "by-support" && row == 0 && column < 4)
    })];
    let is_there = |wanted: &str| tables.iter().any(|(name, _)| *name == wanted);
    if is_there("power") {
        equations.push(of(&|name, row, _| match (name, row) {
            ("power", 0) => 1,
            ("without-plan", 0) => -1,
            _ => 0,
        }));
    }
    if is_there("by-support") {
        equations.extend([0, 1].map(|support| {
            of(&|name, row, column| match (name, row, column) {
                ("by-support", row, 4) if row == support => 1,
                ("without-plan", row, _) if row == support => -1,
                _ => 0,
            })
        }));
    }
    for (wanted, shown) in tables {
        for at in 0..shown.columns.len() {
            assert!(shown.column_totals[at].is_some());
            equations.push(of(&|name, _, column| {
                i64::from(name == *wanted && column == at)
            }));
        }
        for (at, told) in shown.row_totals.iter().enumerate() {
            if told.is_some() {
                equations.push(of(&|name, row, _| i64::from(name == *wanted && row == at)));
            }
        }
    }
    equations
}

fn tables(shown: &DisasterShown) -> Vec<(&'static str, &Shown)> {
    let all = [
        ("by-area", &shown.by_area),
        ("by-support", &shown.by_support),
        ("power", &shown.power),
    ];
    all.into_iter()
        .filter_map(|(name, table)| Some((name, table.as_ref()?)))
        .collect()
}

/// Who has no plan, by who would support it: a table that stands nowhere, and that others may not tell.
fn without_plan(board: &DisasterBoard) -> Shown {
    let total = SUPPORT.map(|support| board.by_support.count(support, PLAN_STATES[4]));
    Shown {
        rows: SUPPORT.map(str::to_owned).to_vec(),
        columns: vec![PLAN_STATES[4].to_owned()],
        cells: vec![vec![None]; 2],
        row_totals: vec![None; 2],
        column_totals: vec![Some(total.iter().sum())],
        total: total.iter().sum(),
    }
}

/// The withheld cells that can be worked out, of all that are withheld.
fn given_away(board: &DisasterBoard, shown: &DisasterShown) -> (usize, usize) {
    let without_plan = without_plan(board);
    let mut tables = tables(shown);
    tables.push(("without-plan", &without_plan));
    let unknowns = unknowns(&tables);
    let told = determined(equations(&tables, &unknowns), unknowns.len());
    let is_withheld = |(table, row, _): &(usize, usize, usize)| {
        let small = 1..SHOWN_MIN;
        tables[*table].0 != "without-plan"
            || small.contains(&board.by_support.count(SUPPORT[*row], PLAN_STATES[4]))
    };
    let withheld = unknowns
        .iter()
        .zip(told)
        .filter(|(cell, _)| is_withheld(cell));
    let told: Vec<bool> = withheld.map(|(_, told)| told).collect();
    (told.iter().filter(|told| **told).count(), told.len())
}

#[test]
fn a_small_cell_is_not_told_by_the_figure_of_ventilator_users() {
    // Two on a ventilator have a plan, three have none; the other plans are many. D-7 says that two have a plan.
    let mut persons = vec![(0, 0, true, Some(0)); 2];
    persons.extend(vec![(1, 4, true, Some(0)); 3]);
    for state in 0..5 {
        persons.extend(vec![(2, state, false, None); 9]);
        persons.extend(vec![(3, state, false, Some(4)); 9]);
    }
    let board = board(&persons);

    let shown = board.shown();

    let support = shown.by_support.as_ref().unwrap();
    assert_eq!((support.cells[0][0], support.cells[0][4]), (None, None));
    assert_eq!(given_away(&board, &shown).0, 0);
    // Each table by itself leaves the ventilator users' cells to D-7 alone.
    let mut alone = shown.clone();
    alone.by_support = Some(board.by_support.suppressed().by_rank(
        |row| usize::from(row != SUPPORT[0]),
        |state| PLAN_STATES.iter().position(|own| *own == state).unwrap(),
    ));
    assert!(given_away(&board, &alone).0 > 0);
}

#[test]
fn where_everybody_has_one_kind_of_support_the_totals_tell_no_more_than_is_shown() {
    let persons = vec![
        (0, 2, false, None),
        (0, 2, false, None),
        (0, 0, false, None),
    ];

    let board = board(&persons);
    let shown = board.shown();

    assert_eq!(given_away(&board, &shown).0, 0, "{shown:?}");
    assert!(tables(&shown).iter().all(|(_, table)| table.total <= 3));
}

#[test]
fn power_and_d_7_do_not_tell_who_on_a_ventilator_has_no_plan_where_no_table_says_it() {
    // All three on a ventilator who have a plan are in time: D-7 would tell that cell, so the table is not shown.
    let mut persons = vec![(0, 0, true, Some(4)); 3];
    persons.extend(vec![(1, 4, true, Some(4)); 3]);
    persons.extend(vec![(0, 0, false, None); 10]);
    persons.extend(vec![(1, 4, false, Some(0)); 10]);
    let board = board(&persons);

    let shown = board.shown();

    assert_eq!(shown.by_support, None);
    assert_eq!(given_away(&board, &shown).0, 0, "{shown:?}");
    let mut alone = shown.clone();
    alone.power = Some(board.power.suppressed().by_rank(
        |row| usize::from(row != SUPPORT[0]),
        |band| POWER_BANDS.iter().position(|own| *own == band).unwrap(),
    ));
    assert!(given_away(&board, &alone).0 > 0);
}

#[test]
fn large_counts_are_shown_with_all_their_totals() {
    let mut persons = Vec::new();
    for (area, state) in
        (0..Area::ALL.len()).flat_map(|area| (0..5).map(move |state| (area, state)))
    {
        persons.extend(vec![(area, state, area < 3, Some(state)); 6]);
    }
    let board = board(&persons);
    let shown = board.shown();

    assert_eq!(given_away(&board, &shown), (0, 0));
    let areas = shown.by_area.unwrap();
    assert!(areas.row_totals.iter().all(|total| *total == Some(30)));
}

fn persons() -> impl Strategy<Value = Vec<Person>> {
    let power = prop::option::of(0..POWER_BANDS.len());
    let person = (
        0..Area::ALL.len(),
        0_usize..5,
        prop::bool::weighted(0.3),
        power,
    );
    prop::collection::vec(person, 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_withheld_can_be_worked_out_from_what_stands_on_the_page(persons in persons()) {
        let board = board(&persons);
        let shown = board.shown();

        prop_assert_eq!(given_away(&board, &shown).0, 0, "{:?}", shown);
        for (name, table) in tables(&shown) {
            let cells = table.cells.iter().flatten().flatten();
            for count in cells {
                prop_assert!(*count == 0 || *count >= SHOWN_MIN, "{} {}", name, count);
            }
        }
    }
}

/// Numbers that follow from each other, below a limit: the same in every run.
struct Drawn(u64);

impl Drawn {
    fn below<T: Copy>(&mut self, choices: &[T]) -> T {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let nth = (self.0 >> 33) % u64::try_from(choices.len()).unwrap();
        choices[usize::try_from(nth).unwrap()]
    }
}

/// Somebody of a ward, where most have no plan or a new one, and areas are of different size.
fn anybody(drawn: &mut Drawn) -> Person {
    let area = drawn.below(&[0, 0, 1, 2, 2, 3, 4, 4, 4, 4]);
    let ventilator = drawn.below(&[true, false, false, false]);
    let state = drawn.below(&[0, 0, 0, 0, 1, 2, 3, 4, 4, 4]);
    let power = drawn.below(&[Some(4), None]);
    (area, if ventilator { 4 } else { state }, ventilator, power)
}

#[test]
fn of_an_area_no_few_are_left_together_beside_what_is_told_of_it() {
    let mut drawn = Drawn(42);
    let mut rows = 0;
    for _ in 0..40 {
        let persons: Vec<Person> = (0..90).map(|_| anybody(&mut drawn)).collect();
        let shown = board(&persons).shown();
        for (cells, total) in shown.by_area.iter().flat_map(|table| {
            let totals = table.row_totals.iter().flatten();
            table.cells.iter().zip(totals)
        }) {
            let told: i64 = cells.iter().flatten().sum();
            let few = (1..SHOWN_MIN).contains(&(total - told));
            assert!(!few || told == 0, "{cells:?} of {total}");
            rows += 1;
        }
    }
    assert!(rows > 200, "{rows}");
}
