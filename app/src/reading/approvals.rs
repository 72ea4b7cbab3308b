//! Approvals that wait for an answer, and those that were granted and not used yet.

use ledger_commands::state::{Approval, Asked, Folded, StreamState as _};
use ledger_core::actor::Actor;
use ledger_core::id::Position;

use super::histories;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::OpenLedger;

/// An approval that was neither refused nor used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenApproval {
    /// Its id, as commands name it.
    pub approval: String,
    /// Where it was asked for in the log.
    pub position: Position,
    /// What was asked for.
    pub asked: Asked,
    /// Who granted it; none while it waits.
    pub granted_by: Option<Actor>,
}

/// Every approval that was neither refused nor used, in the order in which they were asked for.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn open_approvals(open: &OpenLedger) -> Result<Vec<OpenApproval>, Failure> {
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let found = histories(open, "approval-", head.position).await?;
    let approvals = found.iter().filter_map(|(stream, history)| {
        let folded = Folded::of_history(stream, history);
        let Approval {
            asked,
            granted,
            refused,
            used,
        } = Approval::of(folded.state())?.clone();
        if refused.is_some() || used.is_some() {
            return None;
        }
        Some(OpenApproval {
            approval: stream.as_str().split_once('-')?.1.to_owned(),
            position: history.entries().first()?.recorded.position,
            asked: asked?,
            granted_by: granted.map(|(by, _)| by),
        })
    });
    Ok(approvals.collect())
}
