//! A small sorted set of numbers that stand for ids: what long streams are remembered by.

/// A sorted set that takes no more than its numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks<T>(Vec<T>);

impl<T: Copy + Ord> Marks<T> {
    /// Adds a number.
    pub(crate) fn insert(&mut self, mark: T) {
        if let Err(place) = self.0.binary_search(&mark) {
            // Doubling would leave half of a long stream's room empty.
            if self.0.len() == self.0.capacity() {
                self.0.reserve_exact((self.0.len() / 8).saturating_add(4));
            }
            self.0.insert(place, mark);
        }
    }

    /// Takes a number out.
    pub(crate) fn remove(&mut self, mark: T) {
        if let Ok(place) = self.0.binary_search(&mark) {
            self.0.remove(place);
        }
    }

    /// Whether a number is there.
    pub(crate) fn contains(&self, mark: T) -> bool {
        self.0.binary_search(&mark).is_ok()
    }
}

/// Eight bytes that stand for an id: both of its halves, since ids made at once differ in the second.
pub(crate) const fn mark_of(id: uuid::Uuid) -> u64 {
    let (high, low) = id.as_u64_pair();
    high ^ low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_there_once_it_was_added() {
        let mut marks = Marks::default();
        for mark in [5_u32, 1, 9, 5] {
            marks.insert(mark);
        }

        assert_eq!(marks, Marks(vec![1, 5, 9]));
        assert!(marks.contains(5) && !marks.contains(2));
    }
}
