//! Brings every kept projection up to date, and builds those that are missing or outdated.

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::generation::{Generation, generations};
use crate::projection::Projection;
use crate::rebuild::rebuild;
use crate::registry;
use crate::runner::{Progress, RunError, advance};
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
    for projection in registry::ALL {
        let all = generations(views).await?;
        let mut own = all.iter().filter(|one| one.name == projection.name());
        if !own.any(|one| one.live && one.version == projection.version()) {
            rebuild(store, views, *projection, to, progress).await?;
        }
    }
    loop {
        let live: Vec<(Generation, &dyn Projection)> = generations(views)
            .await?
            .into_iter()
            .filter(|one| one.live)
            .filter_map(|one| registry::find(&one.name).map(|projection| (one, projection)))
            .collect();
        match advance(store, views, &live, to, progress).await {
            Err(RunError::Views(ViewsError::Lost)) => {},
            other => return other,
        }
    }
}
