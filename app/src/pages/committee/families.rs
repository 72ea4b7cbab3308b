//! Which rows of a figure's breakdown the committee sees of what a meeting was shown: whole families without
//! a small one, so that nothing can be made out of the rest.

use ledger_projections::indicators::{Amount, Line};
use ledger_projections::small_cells::SHOWN_MIN;

/// Whether the board of disaster plans divides what the figure counts, with small cells withheld: two tables of one
/// thing that withhold different cells tell each other's (decision record 10).
pub(super) fn is_divided_on_a_board(figure: &str) -> bool {
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

/// The rows that are shown, and whether some are not.
pub(super) fn open(lines: Vec<Line>) -> (Vec<Line>, bool) {
    let few: Vec<String> = lines
        .iter()
        .filter(|line| is_few(&line.value))
        .map(|line| family(&line.key).to_owned())
        .collect();
    let all = lines.len();
    let shown = lines.into_iter();
    let shown = shown.filter(|line| !few.iter().any(|few| few == family(&line.key)));
    let shown: Vec<Line> = shown.collect();
    let withheld = shown.len() < all;
    (shown, withheld)
}

#[cfg(test)]
mod tests {
    use ledger_projections::indicators::Fold;

    use super::*;

    fn line(key: &str, value: Amount) -> Line {
        let mut line = Line::new(key, Fold::Units, Vec::new());
        line.value = value;
        line
    }

    fn count(key: &str, count: i64) -> Line {
        line(key, Amount::Count { count })
    }

    fn shown(lines: Vec<Line>) -> Vec<String> {
        let (shown, _) = open(lines);
        shown.into_iter().map(|line| line.key).collect()
    }

    #[test]
    fn a_family_with_a_small_row_is_not_shown_at_all() {
        let lines = vec![
            count("area/kinuta", 4),
            count("area/tamagawa", 40),
            count("age/0", 0),
            count("age/1-2", 44),
        ];
        let (kept, withheld) = open(lines.clone());

        assert_eq!(shown(lines), ["age/0", "age/1-2"]);
        assert_eq!((kept.len(), withheld), (2, true));
    }

    #[test]
    fn what_grew_month_by_month_goes_with_the_months() {
        let lines = vec![
            count("month/2021-08", 3),
            count("month/2021-09", 9),
            count("cumulative/2021-09", 12),
        ];
        assert_eq!(shown(lines), Vec::<String>::new());
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
            let (shown, withheld) = open(vec![line("x", value.clone())]);
            assert_eq!(
                (shown.len(), withheld),
                (usize::from(kept), !kept),
                "{value:?}"
            );
        }
    }
}
