//! Compares live projections with what the log makes when it is folded anew.

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::generation::{Generation, generations, live};
use crate::projection::Projection;
use crate::rebuild::fold;
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

/// A live projection that has not come to where it was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lag {
    /// The projection.
    pub projection: &'static str,
    /// Every event up to here is in it; none where none of this program's version is live.
    pub position: Option<Position>,
}

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The generations that were compared.
    pub generations: Vec<Generation>,
    /// The first difference of each projection that has one.
    pub differences: Vec<Difference>,
    /// The projections that were not there yet; what they hold was compared.
    pub lags: Vec<Lag>,
}

/// Compares every live projection with what the log makes in `scratch`, empty views of their own: as
/// it stood at `at`, or where it stands itself if it has not come there. Both sides are read page by
/// page, and the live one is only read. A projection that tells only its newest rows is not compared
/// where it has gone further.
///
/// # Errors
/// [`RunError`] when the log or the views fail; [`ViewsError::Lost`] when another process replaced a
/// generation meanwhile.
pub async fn compare(
    store: &dyn EventStore,
    views: &Views,
    scratch: &Views,
    at: Position,
    progress: Progress<'_>,
) -> Result<Comparison, RunError> {
    let kept = generations(views).await?;
    let mut found = Comparison::default();
    let mut folds: Vec<(&'static dyn Projection, Position)> = Vec::new();
    let mut sides = Vec::new();
    for projection in registry::ALL {
        let own = kept.iter().find(|one| one.serves(*projection));
        let position = own.map(|one| one.position);
        if position.is_none_or(|position| position < at) {
            found.lags.push(Lag {
                projection: projection.name(),
                position,
            });
        }
        let to = position.unwrap_or_default().min(at);
        let comparable = |one: &&Generation| projection.is_versioned() || one.position <= at;
        if let Some(here) = own.filter(comparable) {
            sides.push((*projection, here.number, to));
        }
        folds.push((*projection, if projection.is_versioned() { at } else { to }));
    }
    fold(store, scratch, &folds, progress).await?;
    for (projection, here, to) in sides {
        let there = live(scratch, projection).await?;
        let sides = [(views, here), (scratch, there)];
        let difference = first_difference(projection, sides, to).await?;
        found.differences.extend(difference);
    }
    found.generations = kept;
    Ok(found)
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
        if let Some((key, position)) = unequal(&mine, &folded) {
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

/// Key and position of the first row that one side has and the other has not, or has otherwise.
///
/// Either may hold what the program never wrote; the other side's is told then.
fn unequal(mine: &[Row], folded: &[Row]) -> Option<(String, Position)> {
    let longest = mine.len().max(folded.len());
    let differing = (0..longest).find(|index| mine.get(*index) != folded.get(*index))?;
    let mut candidates: Vec<&Row> = [mine.get(differing), folded.get(differing)]
        .into_iter()
        .flatten()
        .collect();
    candidates.sort_by_key(|row| row.text(0).map_or((true, ""), |key| (false, key)));
    let key = candidates.iter().find_map(|row| row.text(0).ok());
    let of_key = |row: &&&Row| row.text(0).ok() == key;
    let position = candidates
        .iter()
        .filter(of_key)
        .find_map(|row| row.int(1).ok());
    Some((
        key.unwrap_or("?").to_owned(),
        Position::from_i64(position.unwrap_or_default()),
    ))
}
