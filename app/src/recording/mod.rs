//! What a command names by a position, a number or the beginning of an id is found in the ledger before
//! it is read, and what it says of the log as a whole is compared with it.

mod alike;
mod figures;
mod notice;
mod order;
mod pins;
mod target;
mod things;

pub(crate) use alike::{Identity, alike_to, persons_alike};
pub(crate) use notice::{Notice, notices};
pub use things::help;

use ledger_core::id::CommandId;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::wiring::OpenWithKeys;

/// Makes the fields of the command of a name ready to be read: what a person writes becomes what the
/// ledger knows it by, and what may be left out is put in. Sent again under the same id it is ready again.
///
/// # Errors
/// [`Failure`] at the field that names nothing, or says of the log what is not so; when the store fails.
pub async fn prepare(
    name: &str,
    fields: &mut Map<String, Value>,
    open: &OpenWithKeys,
    command: CommandId,
) -> Result<(), Failure> {
    things::find_record(name, fields, open).await?;
    target::find_target(fields, open).await?;
    things::find_things(fields, open).await?;
    things::find_events(name, fields, open).await?;
    figures::find_figures(name, fields, open).await?;
    pins::compare((name, command), fields, open).await
}

/// What a field says, where it is given and reads so; whatever does not is told when the command is read.
fn said<T: DeserializeOwned>(fields: &Map<String, Value>, field: &str) -> Option<T> {
    serde_json::from_value(fields.get(field)?.clone()).ok()
}
