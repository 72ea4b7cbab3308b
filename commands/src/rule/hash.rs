//! A SHA-256 hash as people paste it.

use ledger_core::proof::Hash;
use ledger_core::text::normal;

use crate::rejection::{Reason, Rejection};

/// The hash in its stored form, 64 lower-case hex digits.
pub(crate) fn hash(text: &str, field: &'static str) -> Result<String, Rejection> {
    let hash: Result<Hash, _> = normal(text).parse();
    let hash = hash.map_err(|_| Reason::NotAHash.on(field))?;
    Ok(hash.to_string())
}
