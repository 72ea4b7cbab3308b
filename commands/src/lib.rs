//! What may happen next: pure decisions, and the loop that loads, decides and appends.
//!
//! A [`Decision`] is pure: from the state of the streams it names it makes events, or a
//! [`Rejection`] with a stable code. [`Ledger`] is the only thing here with effects.

mod access;
pub mod authorise;
mod cache;
pub mod command;
mod correction;
mod decision;
mod envelope;
mod ledger;
pub mod register;
mod rejection;
pub mod rule;
mod sign_in;
pub mod state;
mod telling;
#[cfg(test)]
mod world;

pub use access::{may_take, record_backup, tells_of_persons};
pub use command::Command;
pub use correction::{can_be_corrected, stands_in_two_streams, stays_as_written};
pub use decision::{Context, Decision, Loaded, Single, View, Written};
pub use envelope::{Envelope, LastEvent, Receipt};
pub use ledger::{CACHE_EVENTS, ExecuteError, Ledger, Pending};
pub use rejection::{OutOfOrder, Reason, Rejection};
