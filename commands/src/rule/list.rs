//! Lists as people type them.

/// The values without repetition, in the order in which they were given.
pub(crate) fn distinct<T: Copy + Ord>(values: &[T]) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    let new = values.iter().copied().filter(|value| seen.insert(*value));
    new.collect()
}
