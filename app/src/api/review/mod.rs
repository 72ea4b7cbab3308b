//! How the ledger is kept, for who may review it: what the pages of the audit show.

mod access;
mod corrections;
mod imports;
mod rules;
mod sample;

pub(super) use access::Accesses;
pub(super) use corrections::Corrections;
pub(super) use imports::Imports;
pub(super) use rules::CountingRules;
pub(super) use sample::Sample;
