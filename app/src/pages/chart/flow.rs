//! What comes to the middle from the left and leaves it to the right: bands as wide as their numbers, of
//! which the part whose loop is open is hatched and told in words.

use askama::Template;

use super::Named;
use super::scale::{length, lengths};

/// Where bands begin and end, and the middle between them.
const LEFT: i64 = 230;
const HUB: i64 = 370;
const HUB_END: i64 = 446;
const RIGHT: i64 = 586;
/// Width of all bands of the wider side together.
const ROOM: i64 = 200;
/// Least room for a label, and what lies between two bands and around all.
const SLOT: i64 = 24;
const GAP: i64 = 8;
const MARGIN: i64 = 10;

/// What flows in one band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Stream {
    /// From whom or to whom, with its number in words.
    pub(in crate::pages) label: String,
    /// How many.
    pub(in crate::pages) count: i64,
    /// How many of these have an open loop; none where that is not shown.
    pub(in crate::pages) open: Option<i64>,
}

/// A band with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Band {
    label: String,
    /// The outline of what is closed, and of what is open.
    closed: Option<String>,
    open: Option<String>,
    x: i64,
    y: i64,
}

/// A flow, drawn in a box of 880 and as high as its labels ask.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "chart/flow.html")]
pub(in crate::pages) struct Flow {
    named: Named,
    hub: String,
    hub_y: i64,
    hub_height: i64,
    middle: i64,
    height: i64,
    coming: Vec<Band>,
    leaving: Vec<Band>,
}

/// The bands of one side, each with its width.
struct Side<'s> {
    streams: &'s [Stream],
    widths: Vec<i64>,
}

impl<'s> Side<'s> {
    fn of(streams: &'s [Stream], widest: i64) -> Self {
        let counts: Vec<i64> = streams.iter().map(|one| one.count.max(0)).collect();
        let room = length(sum(&counts), widest, ROOM);
        Self {
            widths: lengths(&counts, room),
            streams,
        }
    }

    /// How high all bands are together, where they meet the middle.
    fn inner(&self) -> i64 {
        sum(&self.widths)
    }

    /// How high they are where their labels stand.
    fn outer(&self) -> i64 {
        let slots: Vec<i64> = self.widths.iter().map(|width| slot(*width)).collect();
        sum(&slots)
    }

    /// The bands from outside at `x.0` to the middle at `x.1`, around the same line.
    fn bands(&self, middle: i64, x: (i64, i64)) -> Vec<Band> {
        let begin = |height: i64| middle.saturating_sub(height.div_euclid(2));
        let (mut outside, mut inside) = (begin(self.outer()), begin(self.inner()));
        let mut bands = Vec::new();
        for (stream, width) in self.streams.iter().zip(self.widths.iter().copied()) {
            let centre = outside.saturating_add(slot(width).div_euclid(2));
            let from = centre.saturating_sub(width.div_euclid(2));
            let open = length(stream.open.unwrap_or(0), stream.count, width);
            let closed = width.saturating_sub(open);
            let under = (from.saturating_add(closed), inside.saturating_add(closed));
            bands.push(Band {
                label: stream.label.clone(),
                closed: outline(x, (from, inside), closed),
                open: outline(x, under, open),
                x: x.0,
                y: centre,
            });
            outside = outside.saturating_add(slot(width));
            inside = inside.saturating_add(width);
        }
        bands
    }
}

impl Flow {
    /// The bands of what comes and what leaves; both sides have one scale.
    pub(in crate::pages) fn of(
        named: Named,
        hub: String,
        coming: &[Stream],
        leaving: &[Stream],
    ) -> Self {
        let all = |side: &[Stream]| {
            let counts: Vec<i64> = side.iter().map(|one| one.count.max(0)).collect();
            sum(&counts)
        };
        let widest = all(coming).max(all(leaving));
        let (coming, leaving) = (Side::of(coming, widest), Side::of(leaving, widest));
        let hub_height = coming.inner().max(leaving.inner()).max(SLOT);
        let inside = coming.outer().max(leaving.outer()).max(hub_height);
        let height = inside.saturating_add(MARGIN.saturating_mul(2));
        let middle = height.div_euclid(2);
        Self {
            hub,
            hub_y: middle.saturating_sub(hub_height.div_euclid(2)),
            hub_height,
            middle,
            height,
            coming: coming.bands(middle, (LEFT, HUB)),
            leaving: leaving.bands(middle, (RIGHT, HUB_END)),
            named,
        }
    }
}

/// The room of a band with what parts it from the next.
fn slot(width: i64) -> i64 {
    width.max(SLOT).saturating_add(GAP)
}

fn sum(values: &[i64]) -> i64 {
    values
        .iter()
        .fold(0, |sum, value| sum.saturating_add(*value))
}

/// A band between two heights; none where it has no width.
fn outline(x: (i64, i64), y: (i64, i64), width: i64) -> Option<String> {
    if width == 0 {
        return None;
    }
    let ((from, to), (above, beyond)) = (x, y);
    let bend = from.saturating_add(to).div_euclid(2);
    let (below, under) = (above.saturating_add(width), beyond.saturating_add(width));
    Some(format!(
        "M{from} {above}C{bend} {above} {bend} {beyond} {to} {beyond}V{under}C{bend} {under} {bend} {below} {from} {below}z"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(count: i64, open: Option<i64>) -> Stream {
        Stream {
            label: "病院".to_owned(),
            count,
            open,
        }
    }

    fn flow(coming: &[Stream], leaving: &[Stream]) -> Flow {
        let named = Named {
            id: "f".to_owned(),
            title: String::new(),
            description: String::new(),
        };
        Flow::of(named, "センター".to_owned(), coming, leaving)
    }

    #[test]
    fn a_band_is_as_wide_as_its_number_on_either_side() {
        let side = Side::of(&[stream(30, None), stream(10, None)], 80).widths;
        assert_eq!(side, [75, 25]);
        let wider = [stream(80, None)];
        assert_eq!(Side::of(&wider, 80).widths, [ROOM]);
    }

    #[test]
    fn the_open_part_of_a_band_is_a_shape_of_its_own() {
        let drawn = flow(
            &[],
            &[stream(4, Some(1)), stream(4, Some(0)), stream(4, None)],
        );
        let shapes = |band: &Band| (band.closed.is_some(), band.open.is_some());

        let shapes: Vec<_> = drawn.leaving.iter().map(shapes).collect();
        assert_eq!(shapes, [(true, true), (true, false), (true, false)]);
        assert_eq!(shapes.len(), 3);
    }

    #[test]
    fn nothing_lies_outside_the_box_and_nothing_is_drawn_of_nothing() {
        for (coming, leaving) in [
            (vec![], vec![]),
            (vec![stream(0, None)], vec![]),
            (vec![stream(-4, Some(-1))], vec![stream(3, Some(9))]),
            (vec![stream(i64::MAX, Some(1)); 3], vec![stream(1, None)]),
            (vec![stream(1, Some(1)); 20], vec![stream(500, None); 2]),
        ] {
            let drawn = flow(&coming, &leaving);
            assert!(drawn.hub_y >= 0 && drawn.hub_y + drawn.hub_height <= drawn.height);
            for band in drawn.coming.iter().chain(&drawn.leaving) {
                assert!((0..=drawn.height).contains(&band.y), "{band:?}");
                let shapes = band.closed.iter().chain(&band.open);
                let numbers = shapes.flat_map(|shape| shape.split(|c: char| !c.is_ascii_digit()));
                let numbers = numbers.filter_map(|number| number.parse::<i64>().ok());
                assert!(
                    numbers.max().unwrap_or(0) <= 880.max(drawn.height),
                    "{band:?}"
                );
            }
        }
        assert_eq!(flow(&[stream(0, None)], &[]).coming[0].closed, None);
    }
}
