//! What may happen next: pure decisions, and the loop that loads, decides and appends.
