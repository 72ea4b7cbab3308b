//! A bullet chart: what was done as a bar, the planned number as a mark or a range, the year before as a
//! tick, what the year ends with at this pace as a diamond.

use askama::Template;

use super::super::language::{current, t};
use super::Named;
use super::scale::{length, rounded_up};
use crate::lang::Lang;

/// Where the scale begins, and how long it is.
const LEFT: i64 = 8;
const ROOM: i64 = 300;

/// Up to where the planned number's words can stand in the middle below its mark, and where they end else: what is said
/// of the scale's end stands behind.
const MIDDLE_MAX: i64 = 185;
const WORDS_END: i64 = 215;

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

/// A bullet chart, drawn in a box of 320 by 43.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "chart/bullet.html")]
pub(in crate::pages) struct Bullet {
    named: Named,
    /// What is said of the number at the end of the scale, which is no planned number.
    end_told: String,
    /// What is said of the planned number, where that is not the scale's end: where it stands, how it is put there, and
    /// the words.
    plan_told: Option<(i64, &'static str, String)>,
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
        let scale = t("目盛の端", "end of scale");
        let planned = reading
            .planned
            .map(|(low, high)| (low, high, plan_in_words(low, high)));
        let end_told = match &planned {
            Some((_, high, told)) if *high == end => match current() {
                Lang::Ja => format!("{told}（{scale} {end}）"),
                Lang::En => format!("{told} ({scale}: {end})"),
            },
            Some(_) | None => format!("{scale} {end}"),
        };
        let beside = planned.filter(|(_, high, _)| *high != end);
        Self {
            named,
            end_told,
            plan_told: beside.map(|(low, high, told)| match at(low.min(high)) {
                x @ ..=MIDDLE_MAX => (x.max(LEFT.saturating_add(40)), "middle", told),
                _ => (WORDS_END, "end", told),
            }),
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

/// The planned number, from its lower to its upper end.
fn plan_in_words(low: i64, high: i64) -> String {
    let plan = t("予定", "planned");
    match current() {
        _ if low == high => format!("{plan} {low}"),
        Lang::Ja => format!("{plan} {low}〜{high}"),
        Lang::En => format!("{plan} {low}–{high}"),
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

        assert_eq!(
            (&*drawn.end_told, drawn.bar),
            ("予定 1000（目盛の端 1000）", 150)
        );
        assert_eq!(drawn.plan, Some((308, 0)));
        assert_eq!((drawn.before, drawn.forecast), (Some(83), None));
    }

    #[test]
    fn the_end_of_the_scale_is_told_apart_from_the_planned_number() {
        let drawn = |actual, planned| {
            let drawn = bullet(Reading {
                actual,
                planned: Some(planned),
                ..Reading::default()
            });
            (drawn.plan_told.map(|(_, _, told)| told), drawn.end_told)
        };

        let forty = (Some("予定 40".to_owned()), "目盛の端 50".to_owned());
        assert_eq!(drawn(39, (40, 40)), forty);
        assert_eq!(
            drawn(2, (1, 2)),
            (None, "予定 1〜2（目盛の端 2）".to_owned())
        );
        let text = bullet(Reading {
            actual: 39,
            planned: Some((40, 40)),
            ..Reading::default()
        });
        let text = text.render().unwrap();
        assert!(
            text.contains("予定 40</text>") && text.contains("目盛の端 50</text>"),
            "{text}"
        );
    }

    #[test]
    fn a_range_is_as_wide_as_it_is_and_nothing_is_drawn_of_what_is_missing() {
        let drawn = bullet(Reading {
            actual: 0,
            planned: Some((1, 2)),
            ..Reading::default()
        });

        assert_eq!(
            (&*drawn.end_told, drawn.bar),
            ("予定 1〜2（目盛の端 2）", 0)
        );
        assert_eq!(drawn.plan, Some((158, 150)));
        let nothing = bullet(Reading::default());
        assert_eq!(
            (&*nothing.end_told, nothing.bar, nothing.plan),
            ("目盛の端 1", 0, None)
        );
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
