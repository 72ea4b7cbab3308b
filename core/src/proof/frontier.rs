//! The right edge of the Merkle tree: all that is needed to add leaves and to name the root.

use super::Hash;

/// The roots of the complete subtrees of a tree (RFC 6962, section 2.1), widest first.
///
/// Its size is the number of leaves, which is the position of the newest event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

/// Stored bytes that are no frontier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored tree edge is damaged")]
pub struct FrontierError;

impl Frontier {
    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds the next leaf's hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        let mut size = self.size;
        while size & 1 == 1 {
            if let Some(left) = self.nodes.pop() {
                node = Hash::of_node(left, node);
            }
            size >>= 1;
        }
        self.nodes.push(node);
        self.size = self.size.saturating_add(1);
    }

    /// The tree's root; of the empty tree the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        let right_to_left = self.nodes.iter().rev().copied();
        right_to_left
            .reduce(|right, left| Hash::of_node(left, right))
            .unwrap_or_else(|| Hash::of(&[]))
    }

    /// The stored form: the size as u64 big-endian, then the nodes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for node in &self.nodes {
            bytes.extend_from_slice(node.as_bytes());
        }
        bytes
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`FrontierError`] when the number of nodes does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, nodes) = bytes.split_first_chunk::<8>().ok_or(FrontierError)?;
        let size = u64::from_be_bytes(*size);
        let nodes: Result<Vec<Hash>, _> = nodes.chunks(32).map(Hash::from_slice).collect();
        let nodes = nodes.map_err(|_| FrontierError)?;
        let fits = u32::try_from(nodes.len()).is_ok_and(|count| count == size.count_ones());
        if fits {
            Ok(Self { size, nodes })
        } else {
            Err(FrontierError)
        }
    }
}
