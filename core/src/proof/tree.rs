//! The whole Merkle tree over leaf hashes, for whoever needs many proofs of one head.

use super::Hash;

/// Every node of the tree (RFC 6962, section 2.1), level by level; the last node of a level that has no sibling
/// rises as it is.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The leaves, then each level above them.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over leaves.
    #[must_use]
    pub fn over(leaves: Vec<Hash>) -> Self {
        let (mut levels, mut level) = (Vec::new(), leaves);
        while level.len() > 1 {
            let above = level.chunks(2).filter_map(|pair| match *pair {
                [left, right] => Some(Hash::of_node(left, right)),
                [alone] => Some(alone),
                _ => None,
            });
            let above = above.collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        Self { levels }
    }

    /// The hashes that lead from the leaf at `index` (0-based, position - 1) to the root, lowest first, as
    /// [`inclusion_path`](super::inclusion_path) has them; none when there is no such leaf.
    #[must_use]
    pub fn path(&self, index: u64) -> Option<Vec<Hash>> {
        let mut node = usize::try_from(index).ok()?;
        self.levels.first()?.get(node)?;
        let mut path = Vec::new();
        for level in &self.levels {
            path.extend(level.get(node ^ 1));
            node >>= 1;
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::inclusion_path;

    #[test]
    fn its_paths_are_those_that_are_made_one_by_one() {
        let leaves: Vec<Hash> = (0..70_u8).map(|byte| Hash::of_leaf(&[byte])).collect();
        for length in 0..=leaves.len() {
            let tree = Tree::over(leaves[..length].to_vec());
            for index in 0..=u64::try_from(length).unwrap() {
                let path = inclusion_path(index, &leaves[..length]);
                assert_eq!(tree.path(index), path, "{index} of {length}");
            }
        }
    }
}
