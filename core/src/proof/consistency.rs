//! Proofs that the log of an earlier head is the beginning of a later one (RFC 9162, section 2.1.4).

use super::path::{ProofError, root_of, split};
use super::{Checkpoint, Hash};

/// The hashes that show the first `earlier` of `leaves` to be the beginning of them all, lowest
/// first; none when there are not so many leaves.
///
/// Empty where nothing need be shown: from the empty log, and from the whole one.
#[must_use]
pub fn consistency_path(earlier: u64, leaves: &[Hash]) -> Option<Vec<Hash>> {
    let mut earlier = usize::try_from(earlier).ok()?;
    if earlier > leaves.len() {
        return None;
    }
    let (mut leaves, mut path) = (leaves, Vec::new());
    if earlier == 0 {
        return Some(path);
    }
    // As long as only left turns were taken, the subtree reached is the earlier log itself, whose
    // root the verifier has.
    let mut is_earlier_log = true;
    while earlier < leaves.len() {
        let (left, right) = split(leaves)?;
        if earlier <= left.len() {
            path.push(root_of(right));
            leaves = left;
        } else {
            path.push(root_of(left));
            leaves = right;
            earlier = earlier.checked_sub(left.len())?;
            is_earlier_log = false;
        }
    }
    if !is_earlier_log {
        path.push(root_of(leaves));
    }
    path.reverse();
    Some(path)
}

/// Checks that the log of head `earlier` is the beginning of that of head `later`.
///
/// The empty log is the beginning of every log; nothing about `later` is shown by that.
///
/// # Errors
/// [`ProofError`] when it is not, or when `path` does not show it.
pub fn verify_consistency(
    earlier: Checkpoint,
    later: Checkpoint,
    path: &[Hash],
) -> Result<(), ProofError> {
    let (size, grown) = (earlier.position.get(), later.position.get());
    if size > grown {
        return Err(ProofError::Range);
    }
    if size == 0 || size == grown {
        return without_path(earlier, later, path);
    }
    let (seed, path) = if size.is_power_of_two() {
        (earlier.root, path)
    } else {
        let (seed, path) = path.split_first().ok_or(ProofError::Length)?;
        (*seed, path)
    };
    let found = climb(size, grown, seed, path)?;
    if found == (earlier.root, later.root) {
        Ok(())
    } else {
        Err(ProofError::Root)
    }
}

/// The two cases that need no hashes: `earlier` is empty, or as long as `later`.
fn without_path(earlier: Checkpoint, later: Checkpoint, path: &[Hash]) -> Result<(), ProofError> {
    let same_length = earlier.position == later.position;
    // An empty log has one root only, also where both heads agree on another.
    let empty_fits = earlier.position.get() != 0 || earlier.root == root_of(&[]);
    match path {
        [] if empty_fits && (!same_length || earlier.root == later.root) => Ok(()),
        [] => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// The roots over `size` and over `grown` leaves (0 < `size` < `grown`), from the newest complete
/// subtree of the earlier log up.
fn climb(size: u64, grown: u64, seed: Hash, path: &[Hash]) -> Result<(Hash, Hash), ProofError> {
    let shared = size.trailing_zeros();
    let mut node = size.saturating_sub(1) >> shared;
    let mut last = grown.saturating_sub(1) >> shared;
    let (mut earlier, mut later) = (seed, seed);
    for &sibling in path {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            earlier = Hash::of_node(sibling, earlier);
            later = Hash::of_node(sibling, later);
            // The newest node of a level has no sibling there: it rises until it has one.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            later = Hash::of_node(later, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 {
        Ok((earlier, later))
    } else {
        Err(ProofError::Length)
    }
}
