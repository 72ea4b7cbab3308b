//! Positions of the log, compared with how far it goes.

use ledger_core::id::Position;

use crate::failure::Failure;

/// A position that the ledger has reached.
///
/// # Errors
/// [`Failure`] where it lies behind `head`.
pub fn reached(
    position: Position,
    head: Position,
    option: &'static str,
) -> Result<Position, Failure> {
    if position > head {
        return Err(Failure::usage(
            "NO_SUCH_POSITION",
            format!("台帳はまだ位置{head}までです。"),
            format!("the ledger goes up to position {head}"),
        )
        .on(option));
    }
    Ok(position)
}
