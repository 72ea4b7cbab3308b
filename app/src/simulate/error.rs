//! Why a simulated trial stopped.

use ledger_commands::command::ReadCommandError;
use ledger_commands::{ExecuteError, Rejection};
use ledger_core::actor::ActorError;
use ledger_core::store::ReadError;
use ledger_core::time::Day;
use ledger_projections::indicators::PackError;
use ledger_projections::runner::RunError;

use crate::failure::Failure;

/// Why a simulated trial stopped; what it wrote before stays.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The ledger holds events already; nothing was written.
    #[error("the ledger holds events already")]
    Used,
    /// No such trial can be played; nothing was written.
    #[error("{field}: {reason}")]
    Options {
        /// Which option.
        field: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A rule refused a command: the play or the rule is wrong.
    #[error("{command} on {day} was refused: {rejection}")]
    Refused {
        /// The command.
        command: &'static str,
        /// The day that was played.
        day: Day,
        /// Why.
        rejection: Box<Rejection>,
    },
    /// A command of the play is none.
    #[error("{command} cannot be read: {error}")]
    Unreadable {
        /// The command.
        command: &'static str,
        /// Why.
        error: ReadCommandError,
    },
    /// A command could not be executed.
    #[error("{command} could not be executed")]
    Execute {
        /// The command.
        command: &'static str,
        /// Why.
        #[source]
        error: Box<ExecuteError>,
    },
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The views cannot be brought forward.
    #[error(transparent)]
    Views(#[from] RunError),
    /// The figures of a meeting cannot be frozen.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// An account's name is none.
    #[error(transparent)]
    Actor(#[from] ActorError),
    /// The carried settings cannot be read.
    #[error("the carried settings cannot be read: {0:?}")]
    Settings(Failure),
}
