//! What the program takes from around it: clock, randomness, ids, where it writes; tests fix them.

use std::io::{IsTerminal as _, Write};
use std::sync::Arc;

use ledger_core::seal::{Randomness, SystemRandom};
use ledger_core::time::{Clock, SystemClock};
use uuid::Uuid;

/// Gives a new id, UUID version 7.
pub type NewId = Arc<dyn Fn() -> Uuid + Send + Sync>;

/// What the program takes from around it.
pub struct World {
    /// The present moment.
    pub clock: Arc<dyn Clock>,
    /// Randomness for keys.
    pub random: Arc<dyn Randomness>,
    /// New ids.
    pub new_id: NewId,
    /// Where answers go.
    pub out: Box<dyn Write + Send>,
    /// Where errors go.
    pub err: Box<dyn Write + Send>,
    /// Whether somebody watches the errors, so that progress is shown.
    pub watched: bool,
}

impl World {
    /// The machine's own clock, randomness and streams.
    #[must_use]
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            new_id: Arc::new(new_id),
            out: Box::new(std::io::stdout()),
            err: Box::new(std::io::stderr()),
            watched: std::io::stderr().is_terminal(),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place from which ids come"
)]
fn new_id() -> Uuid {
    Uuid::now_v7()
}
