//! The whole Merkle tree over leaf hashes, for whoever needs many proofs; it grows with the log.

use super::Hash;

/// Every complete subtree of the tree (RFC 6962, section 2.1), level by level.
///
/// What a head needs beyond them is made from them, so that a tree proves every head up to its size.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The leaves, then on each level above them the roots of twice as many.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        let leaves = self.levels.first().map_or(0, Vec::len);
        u64::try_from(leaves).unwrap_or(u64::MAX)
    }

    /// Adds the next leaf's hash, and every subtree that it completes.
    pub fn push(&mut self, leaf: Hash) {
        let (mut node, mut height) = (leaf, 0);
        loop {
            if self.levels.len() == height {
                self.levels.push(Vec::new());
            }
            let Some(level) = self.levels.get_mut(height) else {
                return;
            };
            level.push(node);
            match level.as_slice() {
                [.., left, right] if level.len().is_multiple_of(2) => {
                    node = Hash::of_node(*left, *right);
                },
                _ => return,
            }
            height = height.saturating_add(1);
        }
    }

    /// The hashes that lead from the leaf at `index` (0-based, position - 1) to the root over the first `size`
    /// leaves, lowest first, as [`inclusion_path`](super::inclusion_path) has them; none when there is no such leaf.
    #[must_use]
    pub fn path(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        let (index, mut to) = (usize::try_from(index).ok()?, usize::try_from(size).ok()?);
        if index >= to || size > self.size() {
            return None;
        }
        let (mut from, mut path) = (0, Vec::new());
        while let Some(middle) = middle(from, to) {
            if index < middle {
                path.push(self.root(middle, to)?);
                to = middle;
            } else {
                path.push(self.root(from, middle)?);
                from = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// The root over the leaves of one subtree.
    fn root(&self, from: usize, to: usize) -> Option<Hash> {
        let width = to.checked_sub(from)?;
        if width.is_power_of_two() {
            let height = width.trailing_zeros();
            let level = self.levels.get(usize::try_from(height).ok()?)?;
            return level.get(from.checked_shr(height)?).copied();
        }
        let middle = middle(from, to)?;
        let (left, right) = (self.root(from, middle)?, self.root(middle, to)?);
        Some(Hash::of_node(left, right))
    }
}

/// Where the leaves of a subtree part in two; nowhere where there is one alone.
fn middle(from: usize, to: usize) -> Option<usize> {
    let width = to.checked_sub(from).filter(|width| *width > 1)?;
    from.checked_add(width.div_ceil(2).checked_next_power_of_two()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::inclusion_path;

    #[test]
    fn its_paths_are_those_that_are_made_one_by_one_for_every_head() {
        let leaves: Vec<Hash> = (0..70_u8).map(|byte| Hash::of_leaf(&[byte])).collect();
        let mut tree = Tree::default();
        for leaf in &leaves {
            tree.push(*leaf);
        }
        assert_eq!(tree.size(), 70);
        for length in 0..=leaves.len() {
            let size = u64::try_from(length).unwrap();
            for index in 0..=size {
                let path = inclusion_path(index, &leaves[..length]);
                assert_eq!(tree.path(index, size), path, "{index} of {length}");
            }
        }
        assert_eq!(tree.path(0, 71), None, "a head beyond it");
    }
}
