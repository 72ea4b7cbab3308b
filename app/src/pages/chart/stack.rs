//! Bars that are made of parts, one below the other on one scale.

use askama::Template;

use super::Named;
use super::scale::{length, lengths};

/// Where bars begin, how long the longest is, and how far one is from the next.
const LEFT: i64 = 120;
const ROOM: i64 = 500;
const STEP: i64 = 34;
/// From which width on a number has room in its part.
const WITH_TEXT: i64 = 26;

/// A part of a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Share {
    /// How it is drawn: the name of a class.
    pub(in crate::pages) class: &'static str,
    /// How much it is.
    pub(in crate::pages) count: i64,
    /// What stands in it.
    pub(in crate::pages) label: String,
}

/// A bar of parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Bar {
    /// What it is.
    pub(in crate::pages) label: String,
    /// Its parts, from the left.
    pub(in crate::pages) shares: Vec<Share>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    class: &'static str,
    x: i64,
    width: i64,
    middle: i64,
    label: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawn {
    label: String,
    y: i64,
    text_y: i64,
    parts: Vec<Part>,
}

/// Stacked bars, drawn in a box of 640 and as high as they are many.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "chart/stack.html")]
pub(in crate::pages) struct Stack {
    named: Named,
    bars: Vec<Drawn>,
    height: i64,
}

impl Stack {
    /// The shapes of bars, of which the longest fills the box.
    pub(in crate::pages) fn of(named: Named, bars: &[Bar]) -> Self {
        let longest = bars.iter().map(sum).max().unwrap_or(0);
        let drawn = bars.iter().zip(0_i64..).map(|(bar, nth)| {
            let y = STEP.saturating_mul(nth).saturating_add(4);
            Drawn {
                label: bar.label.clone(),
                y,
                text_y: y.saturating_add(18),
                parts: parts(bar, length(sum(bar), longest, ROOM)),
            }
        });
        let bars: Vec<Drawn> = drawn.collect();
        let height = bars.last().map_or(STEP, |bar| bar.y.saturating_add(STEP));
        Self {
            named,
            bars,
            height,
        }
    }
}

fn sum(bar: &Bar) -> i64 {
    let shares = bar.shares.iter();
    shares.fold(0, |sum, share| sum.saturating_add(share.count.max(0)))
}

fn parts(bar: &Bar, room: i64) -> Vec<Part> {
    let counts: Vec<i64> = bar.shares.iter().map(|share| share.count).collect();
    let mut x = LEFT;
    let mut parts = Vec::new();
    for (share, width) in bar.shares.iter().zip(lengths(&counts, room)) {
        if width > 0 {
            parts.push(Part {
                class: share.class,
                x,
                width,
                middle: x.saturating_add(width.div_euclid(2)),
                label: if width < WITH_TEXT {
                    String::new()
                } else {
                    share.label.clone()
                },
            });
        }
        x = x.saturating_add(width);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(counts: &[i64]) -> Bar {
        let shares = counts.iter().map(|count| Share {
            class: "actual",
            count: *count,
            label: count.to_string(),
        });
        Bar {
            label: "砧".to_owned(),
            shares: shares.collect(),
        }
    }

    fn stack(bars: &[Bar]) -> Stack {
        let named = Named {
            id: "s".to_owned(),
            title: String::new(),
            description: String::new(),
        };
        Stack::of(named, bars)
    }

    #[test]
    fn parts_lie_side_by_side_on_one_scale() {
        let drawn = stack(&[bar(&[30, 70]), bar(&[50])]);
        let places = |nth: usize| -> Vec<(i64, i64)> {
            let parts = drawn.bars[nth].parts.iter();
            parts.map(|part| (part.x, part.width)).collect()
        };

        assert_eq!(places(0), [(120, 150), (270, 350)]);
        assert_eq!(places(1), [(120, 250)]);
    }

    #[test]
    fn nothing_lies_outside_the_box_and_nothing_is_drawn_of_nothing() {
        for counts in [
            vec![],
            vec![0, 0],
            vec![-1, 4],
            vec![1; 40],
            vec![i64::MAX; 3],
        ] {
            let drawn = stack(&[bar(&counts), bar(&[1])]);
            let parts = drawn.bars.iter().flat_map(|bar| &bar.parts);
            for part in parts {
                assert!(
                    part.width > 0 && part.x + part.width <= LEFT + ROOM,
                    "{counts:?}"
                );
            }
            assert!(drawn.bars.iter().all(|bar| bar.y + 26 <= drawn.height));
        }
        assert!(stack(&[bar(&[0])]).bars[0].parts.is_empty());
        assert_eq!(stack(&[]).height, STEP);
    }

    #[test]
    fn a_number_stands_where_it_has_room() {
        let drawn = stack(&[bar(&[1, 99])]);
        let labels: Vec<&str> = drawn.bars[0]
            .parts
            .iter()
            .map(|part| &*part.label)
            .collect();
        assert_eq!(labels, ["", "99"]);
    }
}
