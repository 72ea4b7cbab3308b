//! The seeded generator from which a simulated trial draws everything that varies.

/// A stream of numbers that follows from a seed alone (`SplitMix64`).
///
/// It is no source of keys; the same seed gives the same numbers for ever and on every machine.
#[derive(Clone, Debug)]
pub(super) struct Draws(u64);

impl Draws {
    /// The stream of a seed.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        let width = high.saturating_sub(low).saturating_add(1);
        low.saturating_add(self.below(width))
    }

    /// Whether something happens that happens so often of a hundred times.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// An index below `len`; 0 where there is none.
    pub(super) fn index(&mut self, len: usize) -> usize {
        let end = u64::try_from(len).unwrap_or(u64::MAX);
        usize::try_from(self.below(end)).unwrap_or(0)
    }

    /// One of a list of words; none of an empty list.
    pub(super) fn word(&mut self, words: &[&'static str]) -> &'static str {
        let index = self.index(words.len());
        words.get(index).copied().unwrap_or_default()
    }

    /// So many thousandths as a whole number: what is left over decides by chance.
    pub(super) fn whole(&mut self, thousandths: u64) -> u64 {
        let sure = thousandths.checked_div(1_000).unwrap_or(0);
        let rest = thousandths.checked_rem(1_000).unwrap_or(0);
        sure.saturating_add(u64::from(self.below(1_000) < rest))
    }

    /// Random bytes of an id.
    pub(super) fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0_u8; 10];
        let drawn = self.next().to_le_bytes();
        let more = self.next().to_le_bytes();
        for (byte, value) in bytes.iter_mut().zip(drawn.into_iter().chain(more)) {
            *byte = value;
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference implementation's first numbers for seed 1234567 (Vigna, `splitmix64.c`).
    #[test]
    fn the_numbers_of_a_seed_are_those_of_the_reference_implementation() {
        let mut draws = Draws::new(1_234_567);

        let numbers = [draws.next(), draws.next(), draws.next()];

        let wanted = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(numbers, wanted);
    }

    #[test]
    fn numbers_stay_within_their_bounds_and_reach_them() {
        let mut draws = Draws::new(7);

        let numbers: std::collections::BTreeSet<u64> =
            (0..500).map(|_| draws.between(3, 6)).collect();

        assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [3, 4, 5, 6]);
        assert_eq!(draws.below(0), 0);
        assert_eq!(draws.word(&[]), "");
        assert_eq!(Draws::new(9).whole(4_000), 4);
    }

    #[test]
    fn what_is_left_over_of_a_rate_happens_so_often() {
        let mut draws = Draws::new(11);

        let sum: u64 = (0..10_000).map(|_| draws.whole(1_250)).sum();

        assert!((12_300..12_700).contains(&sum), "{sum}");
    }

    #[test]
    fn another_seed_draws_other_numbers() {
        assert_ne!(Draws::new(1).next(), Draws::new(2).next());
        assert_ne!(Draws::new(1).bytes(), Draws::new(2).bytes());
    }
}
