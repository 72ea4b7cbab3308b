//! Draws events, and checks each: its leaf rebuilt from the stored bytes, and that leaf in the tree of the head.

use ledger_core::id::Position;
use ledger_core::proof::{Hash, Tree, verify_inclusion};
use ledger_core::sample::{draw, draw_among};
use ledger_core::store::audit::leaf_of;
use ledger_core::store::{Direction, EventStore, Head, ReadAll, StoredEvent};
use ledger_projections::event_index::{EventIndex, Key, kinds, list};

use crate::failure::Failure;
use crate::fault::{read_failure, views_failure};
use crate::wiring::OpenLedger;

/// Longest log whose tree is built for a page.
const LEAVES_MAX: u64 = 200_000;

/// A drawn event and what its check says.
pub struct Checked {
    /// The event.
    pub stored: StoredEvent,
    /// Its stored bytes make the hash that stands beside them.
    pub leaf: bool,
    /// That leaf stands at its place in the head's tree; none where the log is too long to prove it on a
    /// page.
    pub tree: Option<bool>,
    /// The hashes that lead from the leaf to the root, lowest first; none where nothing is proved.
    pub path: Vec<Hash>,
}

/// Draws by a seed from the positions of a range.
///
/// # Errors
/// [`Failure`] when the program ends meanwhile.
pub async fn drawn(
    seed: &str,
    (from, to): (Position, Position),
    size: usize,
) -> Result<Vec<Position>, Failure> {
    let seed = seed.to_owned();
    apart(move || draw(&seed, from, to, size)).await
}

/// Draws so many from each of several strata.
///
/// # Errors
/// [`Failure`] when the program ends meanwhile.
pub(super) async fn drawn_from_each(
    seed: &str,
    strata: Vec<Vec<Position>>,
    size: usize,
) -> Result<Vec<Position>, Failure> {
    let seed = seed.to_owned();
    let drawing = move || {
        let strata = strata.into_iter();
        let drawn = strata.flat_map(|positions| draw_among(&seed, positions, size));
        drawn.collect()
    };
    apart(drawing).await
}

/// Hashing millions of times takes seconds of one processor: not on the threads that answer.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        Failure::failed(
            "NOT_COMPUTED",
            "計算を終えられませんでした。",
            "the computation was not finished",
        )
    })
}

/// The events at some positions up to a head, each checked, in the order of the positions.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn checked(
    store: &dyn EventStore,
    head: &Head,
    positions: &[Position],
) -> Result<Vec<Checked>, Failure> {
    let tree = if head.position.get() <= LEAVES_MAX && !positions.is_empty() {
        let leaves = leaves(store, head.position).await?;
        Some(apart(move || Tree::over(leaves)).await?)
    } else {
        None
    };
    let head = head.checkpoint();
    let mut checked = Vec::new();
    for position in positions {
        let page = store.read_all(&ReadAll::one(*position)).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let Some(stored) = page.events.first().filter(|one| one.position == *position) else {
            continue;
        };
        let leaf = leaf_of(stored).hash();
        let index = position.get().saturating_sub(1);
        let path = tree.as_ref().map(|tree| tree.path(index));
        let is_in = |path: &Option<Vec<Hash>>| {
            let path = path.as_ref();
            path.is_some_and(|path| verify_inclusion(leaf, index, head, path).is_ok())
        };
        checked.push(Checked {
            leaf: leaf == stored.leaf_hash,
            tree: path.as_ref().map(is_in),
            path: path.flatten().unwrap_or_default(),
            stored: stored.clone(),
        });
    }
    Ok(checked)
}

/// The hashes of all leaves up to a position, as they are stored.
async fn leaves(store: &dyn EventStore, to: Position) -> Result<Vec<Hash>, Failure> {
    let mut leaves = Vec::new();
    let mut read = ReadAll {
        as_at: Some(to),
        ..ReadAll::after(Position::default())
    };
    loop {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        leaves.extend(page.events.iter().map(|stored| stored.leaf_hash));
        match page.next.map(Position::new).filter(|next| *next <= to) {
            Some(next) => read.from = Some(next),
            None => return Ok(leaves),
        }
    }
}

/// The types of events between two positions, each with its positions there; the index must have been
/// brought forward before.
///
/// # Errors
/// [`Failure`] when the views cannot be read.
pub(super) async fn positions_of_types(
    open: &OpenLedger,
    (from, to): (Position, Position),
) -> Result<Vec<(String, Vec<Position>)>, Failure> {
    let views = &open.views;
    open.catch_up(&EventIndex, &mut |_, _| {}).await?;
    let known = kinds(views).await.map_err(|error| views_failure(&error))?;
    let mut strata = Vec::new();
    for kind in known.into_iter().filter(|kind| !kind.is_category) {
        let key = Key::Type(&kind.name);
        let count = usize::try_from(kind.events).unwrap_or(usize::MAX);
        let all = list(views, key, None, Direction::Forwards, count).await;
        let all = all.map_err(|error| views_failure(&error))?.into_iter();
        let within = all
            .map(|one| one.position)
            .filter(|at| (from..=to).contains(at));
        let within: Vec<Position> = within.collect();
        if !within.is_empty() {
            strata.push((kind.name, within));
        }
    }
    Ok(strata)
}
