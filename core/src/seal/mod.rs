//! Sealing of personal text, and the keys that open it.
