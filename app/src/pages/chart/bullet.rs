//! A bullet chart: what was done as a bar, the planned number as a mark or a range, the year before as a
//! tick, what the year ends with at this pace as a diamond.

use askama::Template;

use super::Named;
use super::scale::{length, rounded_up};

/// Where the scale begins, and how long it is.
const LEFT: i64 = 8;
const ROOM: i64 = 300;

/// What a bullet chart shows.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::pages) struct Reading {
    /// What was done.
    pub(in crate::pages) actual: i64,
    /// The planned number, from its lower to its upper end.
    pub(in crate::pages) planned: Option<(i64, i64)>,
    /// What was done the year before.
    pub(in crate::pages) before: Option<i64>,
    /// What the year ends with at this pace.
    pub(in crate::pages) forecast: Option<i64>,
}

/// A bullet chart, drawn in a box of 320 by 40.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "chart/bullet.html")]
pub(in crate::pages) struct Bullet {
    named: Named,
    /// The number at the end of the scale.
    end: i64,
    /// Length of the bar.
    bar: i64,
    /// Where the planned number stands, and how wide its range is.
    plan: Option<(i64, i64)>,
    before: Option<i64>,
    forecast: Option<i64>,
}

impl Bullet {
    /// The shapes of a reading.
    pub(in crate::pages) fn of(named: Named, reading: Reading) -> Self {
        let numbers = [
            Some(reading.actual),
            reading.planned.map(|(_, high)| high),
            reading.before,
            reading.forecast,
        ];
        let end = rounded_up(numbers.into_iter().flatten().max().unwrap_or(0));
        let at = |value: i64| LEFT.saturating_add(length(value, end, ROOM));
        Self {
            named,
            end,
            bar: length(reading.actual, end, ROOM),
            plan: reading.planned.map(|(low, high)| {
                let from = at(low.min(high));
                (from, at(high).saturating_sub(from))
            }),
            before: reading.before.map(at),
            forecast: reading.forecast.map(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bullet(reading: Reading) -> Bullet {
        let named = Named {
            id: "a".to_owned(),
            title: "専門相談".to_owned(),
            description: "<b>".to_owned(),
        };
        Bullet::of(named, reading)
    }

    #[test]
    fn bar_and_marks_share_one_scale() {
        let drawn = bullet(Reading {
            actual: 500,
            planned: Some((1_000, 1_000)),
            before: Some(250),
            forecast: None,
        });

        assert_eq!((drawn.end, drawn.bar), (1_000, 150));
        assert_eq!(drawn.plan, Some((308, 0)));
        assert_eq!((drawn.before, drawn.forecast), (Some(83), None));
    }

    #[test]
    fn a_range_is_as_wide_as_it_is_and_nothing_is_drawn_of_what_is_missing() {
        let drawn = bullet(Reading {
            actual: 0,
            planned: Some((1, 2)),
            ..Reading::default()
        });

        assert_eq!((drawn.end, drawn.bar), (2, 0));
        assert_eq!(drawn.plan, Some((158, 150)));
        let nothing = bullet(Reading::default());
        assert_eq!((nothing.end, nothing.bar, nothing.plan), (1, 0, None));
    }

    #[test]
    fn whatever_the_numbers_nothing_lies_outside_the_box() {
        for number in [-1, 0, 1, 7, 999_999, i64::MAX] {
            let drawn = bullet(Reading {
                actual: number,
                planned: Some((number, 3)),
                before: Some(number),
                forecast: Some(number),
            });
            let (from, width) = drawn.plan.unwrap();
            for x in [
                drawn.bar + LEFT,
                from,
                from + width,
                drawn.before.unwrap(),
                drawn.forecast.unwrap(),
            ] {
                assert!((LEFT..=LEFT + ROOM).contains(&x), "{number}: {x}");
            }
        }
    }

    #[test]
    fn a_picture_has_its_name_and_no_markup_of_its_texts() {
        let text = bullet(Reading::default()).render().unwrap();

        assert!(
            text.contains("role=\"img\" aria-labelledby=\"a-title a-text\""),
            "{text}"
        );
        assert!(
            text.contains("&#60;b&#62;") && !text.contains("style"),
            "{text}"
        );
    }
}
