//! Leaves in the ledger that a backup of it was taken, where the ledger can be written.

use ledger_commands::{Envelope, record_backup};
use ledger_core::actor::Role;
use ledger_core::event::BackupTaken;
use ledger_core::id::{CommandId, Position};
use serde_json::{Value, json};

use crate::config::GlobalOptions;
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::lang::Lang;
use crate::wiring::OpenLedger;
use crate::world::World;

/// Whether a backup left an event.
pub(super) enum Left {
    /// It did, at this position.
    At(Position),
    /// Nobody wanted it to.
    Unwanted,
    /// The ledger could not be written; the backup is none the worse.
    Not(Failure),
}

/// Leaves the event of a backup that is written, unless `unwanted`.
pub(super) async fn leave(
    taken: BackupTaken,
    unwanted: bool,
    open: &OpenLedger,
    (options, world): (&GlobalOptions, &World),
) -> Result<Left, Failure> {
    if unwanted {
        return Ok(Left::Unwanted);
    }
    let command = CommandId::new((world.new_id)());
    let envelope = Envelope::new(command, options.actor()?, Role::Unauthenticated);
    let (store, clock) = (open.store.as_ref(), world.clock.as_ref());
    let done = record_backup(store, clock, (taken, open.role), &envelope).await;
    Ok(match done {
        Ok(receipt) => Left::At(receipt.position()),
        Err(error) => Left::Not(execute_failure(&error)),
    })
}

impl Left {
    /// The position of the event, for machines.
    pub(super) fn position(&self) -> Value {
        match self {
            Self::At(position) => json!(position),
            Self::Unwanted | Self::Not(_) => Value::Null,
        }
    }

    /// Why there is none, for machines.
    pub(super) fn why_not(&self) -> Value {
        match self {
            Self::At(_) => Value::Null,
            Self::Unwanted => json!("NOT_WANTED"),
            Self::Not(failure) => json!(failure.code),
        }
    }

    /// What happened, in a line.
    pub(super) fn sentence(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::At(position), Lang::Ja) => {
                format!("控えを取ったことを台帳に記録しました（位置{position}）。")
            },
            (Self::At(position), Lang::En) => {
                format!("the ledger holds that it was taken (position {position})")
            },
            (Self::Unwanted, _) => lang
                .pick(
                    "控えを取ったことは台帳に記録していません（--no-record）。",
                    "the ledger does not hold that it was taken (--no-record)",
                )
                .to_owned(),
            (Self::Not(failure), Lang::Ja) => format!(
                "控えは書けましたが、取ったことは台帳に記録していません [{}]: {}",
                failure.code,
                failure.message(lang)
            ),
            (Self::Not(failure), Lang::En) => format!(
                "the backup is written, but the ledger does not hold that it was taken [{}]: {}",
                failure.code,
                failure.message(lang)
            ),
        }
    }
}
