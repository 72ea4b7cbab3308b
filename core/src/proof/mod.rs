//! Proofs that nothing was altered: leaves, the Merkle tree over them, and its roots.
