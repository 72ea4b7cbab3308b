//! Watches a log being read from its first event and says whether it begins with an earlier head.

use super::{Checkpoint, Frontier, Hash};

/// Is fed every leaf's hash in the order of positions, and notes the root where the earlier head stood.
///
/// Holds a tree edge, so memory does not grow with the log.
#[derive(Clone, Debug)]
pub struct PrefixCheck {
    earlier: Checkpoint,
    tree: Frontier,
    found: Option<Hash>,
}

impl PrefixCheck {
    /// Waits for the position of `earlier`.
    #[must_use]
    pub fn new(earlier: Checkpoint) -> Self {
        let mut check = Self {
            earlier,
            tree: Frontier::default(),
            found: None,
        };
        check.note();
        check
    }

    /// Takes the next leaf's hash.
    pub fn push(&mut self, leaf: Hash) {
        self.tree.push(leaf);
        self.note();
    }

    /// The tree over the leaves so far.
    #[must_use]
    pub const fn tree(&self) -> &Frontier {
        &self.tree
    }

    /// The root at the earlier head's position; none as long as the log is shorter.
    #[must_use]
    pub const fn found(&self) -> Option<Hash> {
        self.found
    }

    /// Whether the log begins with the earlier head; false also as long as it is shorter.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.found == Some(self.earlier.root)
    }

    fn note(&mut self) {
        if self.tree.size() == self.earlier.position.get() {
            self.found = Some(self.tree.root());
        }
    }
}
