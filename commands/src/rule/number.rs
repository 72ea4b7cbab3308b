//! A register number and the id that follows from it.

use uuid::Uuid;

use ledger_core::id::LedgerId;
use ledger_core::text::register_number;

use super::text::given;
use crate::rejection::{Reason, Rejection};

/// The register number in its normal form, where one is given.
///
/// A thing with a number has the id that follows from it: so a number is given once.
pub(crate) fn numbered(
    ledger: LedgerId,
    kind: &str,
    number: Option<&str>,
    id: Uuid,
) -> Result<Option<String>, Rejection> {
    let number = given(number).map(|number| register_number(&number));
    match &number {
        Some(known) if ledger.derive(kind, &[known]) != id => Err(Reason::WrongStream.on("number")),
        Some(_) | None => Ok(number),
    }
}
