//! Brings every kept projection up to date, and builds those that are missing or outdated.

use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll, StoredEvent};

use crate::facts::Facts;
use crate::generation::{Generation, generations};
use crate::projection::Projection;
use crate::rebuild::build;
use crate::registry;
use crate::runner::{Patience, Progress, RunError, advance};
use crate::turns::Taken;
use crate::views::{Views, ViewsError};

/// The streams, one a day, of who opened, took along or signed in.
const ACCESS: &str = "access";
/// Most events that are looked through for others: so few that PostgreSQL answers in one round (its store reads more by
/// a scan).
const ACCESS_MAX: usize = 48;

/// Brings every kept projection to `to`; builds those that are missing or of an older version. Of those who want
/// it at the same time through the same views one does it for all, as far as any of them wants it.
///
/// # Errors
/// [`RunError`] when the log or the views fail; what was written stays, and the next call goes on.
#[tracing::instrument(name = "projections.catch_up", skip_all, fields(position.to = to.get()))]
pub async fn catch_up(
    store: &dyn EventStore,
    views: &Views,
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let turn = match views.turns().take(to).await {
        Taken::Turn(turn) => turn,
        Taken::Done => return Ok(()),
        Taken::Stopped => return Err(RunError::Stopped),
    };
    let ended = run(store, views, turn.to(), progress).await;
    match ended {
        Ok(()) => turn.done(),
        Err(RunError::Unwritten { .. } | RunError::Poisoned { .. }) => turn.stopped(),
        Err(RunError::Read(_) | RunError::Views(_) | RunError::Stopped | RunError::Unknown(_)) => {
        },
    }
    ended
}

async fn run(
    store: &dyn EventStore,
    views: &Views,
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let kept = generations(views).await?;
    let outdated = registry::ALL.iter().copied();
    let outdated = outdated.filter(|projection| !kept.iter().any(|one| one.serves(*projection)));
    let outdated: Vec<&dyn Projection> = outdated.collect();
    // What stops a build does not stop those that are live.
    let rebuilt = if outdated.is_empty() {
        Ok(())
    } else {
        match build(store, views, &outdated, to, progress).await {
            Err(error @ (RunError::Unwritten { .. } | RunError::Poisoned { .. })) => Err(error),
            other => Ok(other?),
        }
    };
    let mut patience = Patience::default();
    loop {
        let all = generations(views).await?;
        // An outdated one that could not be built anew stays as it is.
        let live = all.iter().filter_map(|one| {
            let projection = registry::find(&one.name).filter(|own| one.serves(*own))?;
            Some((one.clone(), projection))
        });
        let live: Vec<(Generation, &dyn Projection)> = live.collect();
        match advance(store, views, &live, to, progress).await {
            Err(RunError::Views(ViewsError::Lost)) if patience.lasts(&all) => {},
            other => return other.and(rebuilt),
        }
    }
}

/// Up to where the facts tell all that was done, where the log has nothing behind it but who opened, took along
/// or signed in; none where something else, or much, was recorded since, where they are not made yet, or stopped.
///
/// Every page that opens a record writes such an event before it is shown: whoever asks for nothing that these tell need
/// not wait until they are in the views.
///
/// # Errors
/// [`RunError`] when the log or the views cannot be read.
pub async fn told_but_for_access(
    store: &dyn EventStore,
    views: &Views,
) -> Result<Option<Position>, RunError> {
    let kept = generations(views).await?;
    let mut facts = kept.iter().filter(|one| one.serves(&Facts));
    let Some(facts) = facts.find(|one| one.fault.is_none()) else {
        return Ok(None);
    };
    let mut read = ReadAll::after(facts.position);
    read.limit = ACCESS_MAX;
    let since = store.read_all(&read).await?;
    let is_access = |event: &StoredEvent| event.stream.category() == Some(ACCESS);
    let quiet = since.next.is_none() && since.events.iter().all(is_access);
    Ok(quiet.then_some(facts.position))
}

/// The same for whoever reads one projection: what stops others alone is no error.
///
/// # Errors
/// Those of [`catch_up`] that leave this projection behind.
pub async fn catch_up_for(
    store: &dyn EventStore,
    views: &Views,
    needed: &dyn Projection,
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let Err(error) = catch_up(store, views, to, progress).await else {
        return Ok(());
    };
    let kept = generations(views).await?;
    if kept
        .iter()
        .any(|one| one.serves(needed) && one.position >= to)
    {
        tracing::warn!(%error, "another projection stopped");
        return Ok(());
    }
    Err(error)
}

#[cfg(test)]
mod tests {
    use crate::facts::Kind;
    use crate::work_list::WorkBasis;
    use crate::{caseload, referral_board};

    /// What events of access streams are as facts.
    const OF_ACCESS: [Kind; 5] = [
        Kind::TextOpened,
        Kind::ListExported,
        Kind::RowsRejected,
        Kind::BackupTaken,
        Kind::SignIn,
    ];

    #[test]
    fn pages_that_do_not_wait_for_openings_read_no_fact_of_them() {
        for read in [caseload::KINDS, referral_board::KINDS, WorkBasis::KINDS] {
            let of_access = read.iter().find(|kind| OF_ACCESS.contains(kind));
            assert_eq!(of_access, None);
        }
    }
}
