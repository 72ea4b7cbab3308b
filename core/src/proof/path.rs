//! What both kinds of proof share: how a range of leaves splits, its root, and what can be wrong.

use super::{Frontier, Hash};

/// Why a proof shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf, or the earlier head, lies beyond the head that it should be in.
    #[error("the head is older than what it should contain")]
    Range,
    /// The path has more or fewer hashes than these two places need.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The path leads to another root.
    #[error("the proof leads to another root")]
    Root,
}

/// The two subtrees over two or more leaves; the left one is the widest complete one that leaves
/// something to the right (RFC 6962, section 2.1).
pub(super) fn split(leaves: &[Hash]) -> Option<(&[Hash], &[Hash])> {
    let width = leaves.len().div_ceil(2).checked_next_power_of_two()?;
    (leaves.len() > 1).then(|| leaves.split_at_checked(width))?
}

/// The root over leaf hashes.
pub(super) fn root_of(leaves: &[Hash]) -> Hash {
    let mut tree = Frontier::default();
    for leaf in leaves {
        tree.push(*leaf);
    }
    tree.root()
}
