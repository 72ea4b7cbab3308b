//! Proofs that one event is in the log of a head (RFC 9162, section 2.1.3).

use super::path::{ProofError, root_of, split};
use super::{Checkpoint, Hash};

/// The hashes that lead from the leaf at `index` (0-based, position - 1) to the root over `leaves`,
/// lowest first; none when there is no such leaf.
#[must_use]
pub fn inclusion_path(index: u64, leaves: &[Hash]) -> Option<Vec<Hash>> {
    let mut index = usize::try_from(index).ok()?;
    if index >= leaves.len() {
        return None;
    }
    let (mut leaves, mut path) = (leaves, Vec::new());
    while let Some((left, right)) = split(leaves) {
        if let Some(beyond) = index.checked_sub(left.len()) {
            path.push(root_of(left));
            (leaves, index) = (right, beyond);
        } else {
            path.push(root_of(right));
            leaves = left;
        }
    }
    path.reverse();
    Some(path)
}

/// Checks that the leaf with this hash is the one at `index` (0-based, position - 1) of the log whose
/// head is `head`.
///
/// # Errors
/// [`ProofError`] when it is not, or when `path` does not show it.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    head: Checkpoint,
    path: &[Hash],
) -> Result<(), ProofError> {
    let mut node = index;
    let mut last = match head.position.get().checked_sub(1) {
        Some(last) if index <= last => last,
        _ => return Err(ProofError::Range),
    };
    let mut root = leaf;
    for &sibling in path {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            root = Hash::of_node(sibling, root);
            // The newest node of a level has no sibling there: it rises until it has one.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            root = Hash::of_node(root, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    match last {
        0 if root == head.root => Ok(()),
        0 => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}
