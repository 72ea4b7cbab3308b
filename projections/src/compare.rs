//! Compares live projections with what the log makes when it is folded anew.

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::catch_up::catch_up;
use crate::generation::{Generation, generations, live};
use crate::projection::Projection;
use crate::registry;
use crate::runner::{Progress, RunError};
use crate::views::{Row, Value, Views, ViewsError};

/// Rows compared at a time.
const PAGE_ROWS: i64 = 2_000;

/// The first row in which a live projection is not what the log makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The projection.
    pub projection: &'static str,
    /// The row's key.
    pub key: String,
    /// Position of the event that made the row, here or there.
    pub position: Position,
}

/// Compares every live projection, as it stood at `at`, with what the log up to there makes in
/// `scratch`, empty views of their own; both sides are read page by page. A projection that tells
/// only its newest rows is compared where it stands at `at` itself.
///
/// # Errors
/// [`RunError`] when the log or the views fail.
pub async fn compare(
    store: &dyn EventStore,
    views: &Views,
    scratch: &Views,
    at: Position,
    progress: Progress<'_>,
) -> Result<Vec<Difference>, RunError> {
    catch_up(store, scratch, at, progress).await?;
    let kept = generations(views).await?;
    let mut differences = Vec::new();
    for projection in registry::ALL {
        let own = kept
            .iter()
            .find(|one| one.live && one.name == projection.name());
        let comparable = |one: &&Generation| projection.is_versioned() || one.position == at;
        if let Some(here) = own.filter(comparable) {
            let there = live(scratch, *projection).await?;
            let sides = [(views, here.number), (scratch, there)];
            differences.extend(first_difference(*projection, sides, at).await?);
        }
    }
    Ok(differences)
}

async fn first_difference(
    projection: &'static dyn Projection,
    [(views, here), (scratch, there)]: [(&Views, i64); 2],
    at: Position,
) -> Result<Option<Difference>, ViewsError> {
    let mut after = String::new();
    loop {
        let parameters = vec![
            Value::from(after.as_str()),
            Value::from(PAGE_ROWS),
            Value::from(at.as_i64()),
        ];
        let mine = views
            .query(here, projection.listing(), parameters.clone())
            .await?;
        let folded = scratch
            .query(there, projection.listing(), parameters)
            .await?;
        if let Some(row) = unequal(&mine, &folded) {
            let position = Position::from_i64(row.int(1)?);
            let key = row.text(0)?.to_owned();
            return Ok(Some(Difference {
                projection: projection.name(),
                key,
                position,
            }));
        }
        let Some(last) = mine.last() else {
            return Ok(None);
        };
        last.text(0)?.clone_into(&mut after);
    }
}

/// The first row that one side has and the other has not, or has otherwise.
fn unequal<'a>(mine: &'a [Row], folded: &'a [Row]) -> Option<&'a Row> {
    let longest = mine.len().max(folded.len());
    let differing = (0..longest).find(|index| mine.get(*index) != folded.get(*index))?;
    let candidates = [mine.get(differing), folded.get(differing)];
    candidates
        .into_iter()
        .flatten()
        .min_by_key(|row| row.0.first().cloned())
}
