//! Events: their names, payloads and envelopes.
