//! The drawing of an audit's sample: from a recorded seed, so that anybody draws the same.
//!
//! Every position of the range gets the SHA-256 hash of the text `seed:position` (UTF-8, the
//! position in decimal); the positions with the smallest hashes are the sample, the smallest hash
//! first. So a drawing can be repeated with a pencil and `sha256sum`, and a larger sample from the
//! same seed begins with the smaller one.

use std::collections::BinaryHeap;

use crate::id::Position;
use crate::proof::Hash;
use crate::text::normal;

/// The longest range from which is drawn, in positions.
pub const RANGE_MAX: u64 = 10_000_000;

/// The largest sample.
pub const SIZE_MAX: usize = 1_000;

/// Draws at most `size` positions of `from..=to` by a seed, in the order of the drawing.
///
/// The seed is brought to its normal form first. A range that is shorter than the sample is drawn
/// whole. No more than [`SIZE_MAX`] positions are drawn, and none from a range that is empty or
/// longer than [`RANGE_MAX`].
#[must_use]
pub fn draw(seed: &str, from: Position, to: Position, size: usize) -> Vec<Position> {
    if to.get().saturating_sub(from.get()) >= RANGE_MAX {
        return Vec::new();
    }
    let all = (from.get()..=to.get()).map(Position::new);
    draw_among(seed, all, size)
}

/// Draws at most `size` of some positions by a seed, in the same way: of a stratum of the log, for instance.
#[must_use]
pub fn draw_among(
    seed: &str,
    positions: impl IntoIterator<Item = Position>,
    size: usize,
) -> Vec<Position> {
    let seed = normal(seed);
    let size = size.min(SIZE_MAX);
    let mut smallest: BinaryHeap<(Hash, Position)> = BinaryHeap::new();
    for position in positions {
        let hash = Hash::of(format!("{seed}:{position}").as_bytes());
        smallest.push((hash, position));
        if smallest.len() > size {
            smallest.pop();
        }
    }
    let sorted = smallest.into_sorted_vec().into_iter();
    sorted.map(|(_, position)| position).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn drawn(seed: &str, from: u64, to: u64, size: usize) -> Vec<u64> {
        let drawn = draw(seed, Position::new(from), Position::new(to), size);
        drawn.into_iter().map(Position::get).collect()
    }

    /// Recomputed outside this program: `printf '監査-2024:%d' 17 | sha256sum`, for each position.
    #[test]
    fn a_seed_draws_what_anybody_draws_with_it() {
        assert_eq!(drawn("監査-2024", 1, 100, 5), [68, 39, 86, 84, 78]);
        assert_eq!(drawn("seed", 4_000, 4_321, 3), [4_321, 4_287, 4_183]);
    }

    #[test]
    fn a_stratum_is_drawn_like_the_whole_log() {
        let even = (2..=100).step_by(2).map(Position::new);
        let drawn_even = draw_among("監査-2024", even, 4);
        let drawn_even: Vec<u64> = drawn_even.into_iter().map(Position::get).collect();
        let all = drawn("監査-2024", 1, 100, 100).into_iter();
        let wanted: Vec<u64> = all.filter(|position| position % 2 == 0).take(4).collect();
        assert_eq!(drawn_even, wanted);
    }

    #[test]
    fn a_larger_sample_begins_with_the_smaller_one() {
        let all = drawn("seed", 1, 500, 500);

        assert_eq!(drawn("seed", 1, 500, 20), all[..20]);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 500);
    }

    #[test]
    fn the_width_of_the_seeds_letters_does_not_matter() {
        assert_eq!(drawn(" ｓｅｅｄ ", 1, 50, 4), drawn("seed", 1, 50, 4));
        assert_ne!(drawn("seed", 1, 50, 4), drawn("seeds", 1, 50, 4));
    }

    #[test]
    fn a_short_range_is_drawn_whole_and_an_impossible_one_not_at_all() {
        assert_eq!(
            drawn("seed", 7, 9, 100)
                .into_iter()
                .collect::<BTreeSet<_>>(),
            BTreeSet::from([7, 8, 9])
        );
        assert_eq!(drawn("seed", 9, 7, 3), Vec::<u64>::new());
        assert_eq!(drawn("seed", 0, u64::MAX, 3), Vec::<u64>::new());
        assert_eq!(drawn("seed", 1, 10, 0), Vec::<u64>::new());
    }
}
