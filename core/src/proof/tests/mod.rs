//! What the proofs promise: frozen bytes, RFC 6962's tree, and that an altered log is found out.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows fails"
)]

mod leaf;
mod oracle;
mod tampering;
mod values;

use super::{Checkpoint, Frontier, Hash};
use crate::id::Position;

/// The hashes of `count` leaves, all different.
fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|n| Hash::of_leaf(&content(n))).collect()
}

/// The bytes under the `n`th of them.
fn content(n: usize) -> Vec<u8> {
    n.to_string().into_bytes()
}

/// The head of the log of these leaves.
fn head(leaves: &[Hash]) -> Checkpoint {
    let tree = tree(leaves);
    Checkpoint {
        position: Position::new(tree.size()),
        root: tree.root(),
    }
}

fn tree(leaves: &[Hash]) -> Frontier {
    let mut tree = Frontier::default();
    for leaf in leaves {
        tree.push(*leaf);
    }
    tree
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap()
}
