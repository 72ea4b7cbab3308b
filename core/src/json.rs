//! Canonical JSON (RFC 8785), the only way in which stored bytes are written.

use serde::Serialize;

/// Writes a value as RFC 8785 bytes.
///
/// # Errors
/// The value holds something that JSON cannot express, such as a map with other keys than text.
pub fn canonical(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value)
}
