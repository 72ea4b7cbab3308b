//! Which rows of a figure's breakdown the committee sees of what a meeting was shown: whole families without
//! a small one, so that nothing can be made out of the rest.

use ledger_projections::indicators::Amount;
use ledger_projections::small_cells::SHOWN_MIN;

/// Whether the board of disaster plans divides what the figure counts, with small cells withheld: two tables of one
/// thing that withhold different cells tell each other's (decision record 10).
fn is_divided_on_a_board(figure: &str) -> bool {
    figure == "D-1"
}

/// A count that is not shown.
const fn is_small(count: i64) -> bool {
    0 < count && count < SHOWN_MIN
}

/// A value that tells of few.
fn is_few(value: &Amount) -> bool {
    match value {
        Amount::Count { count } => is_small(*count),
        Amount::Share { hits, of } => {
            is_small(*hits) || is_small(*of) || is_small(of.saturating_sub(*hits))
        },
        Amount::Days { n, .. }
        | Amount::Mean { n, .. }
        | Amount::YenEach { n, .. }
        | Amount::PerFte { n, .. } => is_small(*n),
        Amount::Change { now, before, .. } => is_small(*now) || before.is_some_and(is_small),
        Amount::Yen { .. } | Amount::YenOf { .. } => false,
    }
}

/// What a row is parted by; rows of their own are one family.
fn family(key: &str) -> &str {
    match key.split_once('/') {
        // What grew until a month tells the months.
        Some(("cumulative", _)) => "month",
        Some((first, _)) => first,
        None => "",
    }
}

/// Leaves out the rows of a figure's breakdown that are not shown.
pub(super) fn keep_open<T>(figure: &str, rows: &mut Vec<T>, told: impl Fn(&T) -> (&str, &Amount)) {
    if is_divided_on_a_board(figure) {
        rows.clear();
    }
    let few = rows.iter().map(&told).filter(|(_, value)| is_few(value));
    let few: Vec<String> = few.map(|(key, _)| family(key).to_owned()).collect();
    rows.retain(|row| !few.iter().any(|few| few == family(told(row).0)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(key: &'static str, count: i64) -> (&'static str, Amount) {
        (key, Amount::Count { count })
    }

    fn shown(figure: &str, mut lines: Vec<(&'static str, Amount)>) -> Vec<&'static str> {
        keep_open(figure, &mut lines, |(key, value)| (key, value));
        lines.into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn a_family_with_a_small_row_is_not_shown_at_all() {
        let lines = vec![
            count("area/kinuta", 4),
            count("area/tamagawa", 40),
            count("age/0", 0),
            count("age/1-2", 44),
        ];

        assert_eq!(shown("E-2", lines), ["age/0", "age/1-2"]);
    }

    #[test]
    fn what_a_board_divides_is_divided_nowhere_else() {
        let lines = vec![count("ventilator", 40), count("other", 60)];

        assert_eq!(shown("D-1", lines.clone()), Vec::<&str>::new());
        assert_eq!(shown("E-2", lines), ["ventilator", "other"]);
    }

    #[test]
    fn what_grew_month_by_month_goes_with_the_months() {
        let lines = vec![
            count("month/2021-08", 3),
            count("month/2021-09", 9),
            count("cumulative/2021-09", 12),
        ];
        assert_eq!(shown("A-1", lines), Vec::<&str>::new());
    }

    #[test]
    fn a_share_that_leaves_few_over_is_small_too_and_money_never_is() {
        for (value, kept) in [
            (Amount::Share { hits: 20, of: 22 }, false),
            (Amount::Share { hits: 20, of: 20 }, true),
            (Amount::Share { hits: 0, of: 3 }, false),
            (Amount::Yen { yen: Some(3) }, true),
            (
                Amount::Mean {
                    hundredths: Some(1),
                    n: 4,
                },
                false,
            ),
        ] {
            let shown = shown("B-1", vec![("x", value.clone())]);
            assert_eq!(shown.len(), usize::from(kept), "{value:?}");
        }
    }
}
