//! A year's months as columns; several charts share one scale, so that their heights can be compared.

use askama::Template;
use ledger_projections::small_cells::SHOWN_MIN;

use super::Named;
use super::scale::length;

const LEFT: i64 = 6;
const STEP: i64 = 29;
const WIDTH: i64 = 21;
/// Where the columns stand, and how high they may be.
const FLOOR: i64 = 108;
const ROOM: i64 = 90;
/// Height of a mark that stands where a number is not shown.
const MARK: i64 = 14;

/// What stands in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Height {
    /// So many.
    Of(i64),
    /// A number that is not shown.
    Withheld,
    /// The month has not come, or lies before the beginning.
    None,
}

impl Height {
    /// How high a scale reaches for it at least; for what is withheld beyond the few that it may be, as a scale that ends
    /// at one reads as if each of them were one.
    pub(in crate::pages) const fn top(&self) -> i64 {
        match self {
            Self::Of(count) => *count,
            Self::Withheld => SHOWN_MIN,
            Self::None => 0,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    x: i64,
    y: i64,
    height: i64,
    middle: i64,
    /// Where the number stands above it.
    above: i64,
    label: String,
    month: String,
    withheld: bool,
}

/// Columns by month, drawn in a box of 360 by 126.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "chart/columns.html")]
pub(in crate::pages) struct Columns {
    named: Named,
    columns: Vec<Column>,
}

impl Columns {
    /// The columns of months, each with how high it is and what is told of it; `top` is as high as the box.
    pub(in crate::pages) fn of(
        named: Named,
        months: &[(String, Height, String)],
        top: i64,
    ) -> Self {
        let places = (0_i64..).map(|nth| LEFT.saturating_add(STEP.saturating_mul(nth)));
        let columns = months.iter().zip(places).map(|((month, height, told), x)| {
            let (size, label) = match height {
                Height::Of(count) => (length(*count, top, ROOM), told.clone()),
                Height::Withheld => (MARK, told.clone()),
                Height::None => (0, String::new()),
            };
            let y = FLOOR.saturating_sub(size);
            Column {
                x,
                y,
                height: size,
                middle: x.saturating_add(WIDTH.div_euclid(2)),
                above: y.saturating_sub(4),
                label,
                month: month.clone(),
                withheld: *height == Height::Withheld,
            }
        });
        Self {
            named,
            columns: columns.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(heights: &[Height], top: i64) -> Columns {
        let named = Named {
            id: "a".to_owned(),
            title: String::new(),
            description: String::new(),
        };
        let months = (1..).zip(heights).map(|(month, height): (u32, _)| {
            let told = match height {
                Height::Of(count) => count.to_string(),
                Height::Withheld => "※".to_owned(),
                Height::None => "―".to_owned(),
            };
            (month.to_string(), height.clone(), told)
        });
        let months: Vec<_> = months.collect();
        Columns::of(named, &months, top)
    }

    #[test]
    fn the_same_number_is_as_high_wherever_the_scale_is_the_same() {
        let one = columns(&[Height::Of(50), Height::Of(100), Height::Of(0)], 100);
        let heights: Vec<i64> = one.columns.iter().map(|column| column.height).collect();

        assert_eq!(heights, [45, 90, 0]);
        assert_eq!(columns(&[Height::Of(50)], 100).columns[0].height, 45);
    }

    #[test]
    fn what_is_withheld_is_as_high_whatever_it_is_and_what_is_missing_has_no_number() {
        let drawn = columns(&[Height::Withheld, Height::None], 1);

        assert_eq!(
            (drawn.columns[0].height, &*drawn.columns[0].label),
            (MARK, "※")
        );
        assert_eq!((drawn.columns[1].height, &*drawn.columns[1].label), (0, ""));
    }

    #[test]
    fn a_whole_year_of_large_numbers_fits_the_box() {
        let drawn = columns(&vec![Height::Of(i64::MAX); 12], 10);

        for column in &drawn.columns {
            assert!(
                column.above >= 12 && column.y + column.height == FLOOR,
                "{column:?}"
            );
            assert!(column.x >= 0 && column.x + WIDTH <= 360, "{column:?}");
        }
    }
}
