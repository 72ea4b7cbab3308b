//! What many processes wrote to one ledger while they were killed, cut off and stopped, and whether it
//! is what they were told.

mod history;
mod log;
mod process;
mod seed;
mod task;

pub use history::{Answer, History};
pub use log::{Log, root_of};
pub use process::{Worker, address_of, now_nanos, open, signal};
pub use seed::Seed;
pub use task::{Mark, Task};
