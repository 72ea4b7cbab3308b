//! Brings every kept projection up to date, and builds those that are missing or outdated.

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::generation::{Generation, generations};
use crate::projection::Projection;
use crate::rebuild::{build, own};
use crate::registry;
use crate::runner::{Patience, Progress, RunError, advance};
use crate::views::{Views, ViewsError};

/// Brings every kept projection to `to`; builds those that are missing or of an older version.
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
    let mut outdated = Vec::new();
    for projection in registry::ALL {
        let own = own(views, *projection).await?;
        let current = |one: &Generation| one.live && one.version == projection.version();
        if !own.iter().any(current) {
            outdated.push(*projection);
        }
    }
    // What stops a build does not stop those that are live.
    let rebuilt = match build(store, views, &outdated, to, progress).await {
        Err(error @ (RunError::Unwritten { .. } | RunError::Poisoned { .. })) => Err(error),
        other => Ok(other?),
    };
    let mut patience = Patience::default();
    loop {
        let all = generations(views).await?;
        let live = all.iter().filter(|one| one.live);
        let live = live.filter_map(|one| Some((one.clone(), registry::find(&one.name)?)));
        // An outdated one that could not be built anew stays as it is.
        let live = live.filter(|(one, projection)| one.version == projection.version());
        let live: Vec<(Generation, &dyn Projection)> = live.collect();
        match advance(store, views, &live, to, progress).await {
            Err(RunError::Views(ViewsError::Lost)) if patience.lasts(&all) => {},
            other => return other.and(rebuilt),
        }
    }
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
    let own = own(views, needed).await?;
    let is_there = |one: &Generation| one.live && one.version == needed.version();
    if own.iter().any(|one| is_there(one) && one.position >= to) {
        tracing::warn!(%error, "another projection stopped");
        return Ok(());
    }
    Err(error)
}
