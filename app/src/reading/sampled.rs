//! Draws events, and checks each: its leaf rebuilt from the stored bytes, and that leaf in the tree of the head.

use std::sync::Arc;
use std::time::Instant;

use futures::lock::Mutex;
use ledger_core::id::Position;
use ledger_core::proof::{Hash, Tree, verify_inclusion};
use ledger_core::sample::{draw, draw_among};
use ledger_core::store::audit::leaf_of;
use ledger_core::store::{Direction, EventStore, Head, ReadAll, StoredEvent};
use ledger_projections::event_index::{EventIndex, Key, kinds, list};

use super::slots::{Slot, Slots};
use crate::failure::Failure;
use crate::fault::{read_failure, views_failure};
use crate::wiring::OpenLedger;

/// Longest log whose tree is built for a page; a tree of so many takes 64 MB of memory.
const LEAVES_MAX: u64 = 1_000_000;

/// Most drawings that are remembered.
const DRAWINGS_MAX: usize = 32;

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

/// Draws by a seed from the positions of a range; a program that goes on running remembers what it drew lately, as
/// the same is drawn each time.
///
/// # Errors
/// [`Failure`] when the program ends meanwhile.
pub async fn drawn(
    open: &OpenLedger,
    seed: &str,
    (from, to): (Position, Position),
    size: usize,
) -> Result<Arc<Vec<Position>>, Failure> {
    let slot = match &open.held {
        Some(held) => held
            .drawn
            .0
            .of((seed.to_owned(), from, to, size), Instant::now()),
        None => Slot::default(),
    };
    let mut slot = slot.lock().await;
    if let Some(drawn) = &*slot {
        return Ok(Arc::clone(drawn));
    }
    let seed = seed.to_owned();
    let drawn = Arc::new(apart(move || draw(&seed, from, to, size)).await?);
    Ok(Arc::clone(slot.insert(drawn)))
}

/// What was drawn lately, by the seed, the range and the number.
#[derive(Default)]
pub(super) struct HeldDrawings(Slots<Drawing, Option<Arc<Vec<Position>>>, DRAWINGS_MAX>);

/// By what is drawn: the seed, the first and the last position, and how many.
type Drawing = (String, Position, Position, usize);

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
    open: &OpenLedger,
    head: &Head,
    positions: &[Position],
) -> Result<Vec<Checked>, Failure> {
    let (once, store) = (HeldTree::default(), open.store.as_ref());
    let mut found = Vec::new();
    for position in positions {
        let page = store.read_all(&ReadAll::one(*position)).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let stored = page.events.first().cloned();
        found.extend(stored.filter(|one| one.position == *position));
    }
    let kept = open.held.as_ref().map_or(&once, |held| &held.tree);
    let mut tree = kept.0.lock().await;
    let is_proved = head.position.get() <= LEAVES_MAX && !found.is_empty();
    if is_proved {
        grow(&mut tree, store, head.position).await?;
    }
    let checked = found.into_iter();
    let checked = checked.map(|stored| check(stored, head, is_proved.then_some(&*tree)));
    let checked: Vec<Checked> = checked.collect();
    if checked.iter().any(|one| one.tree == Some(false)) {
        // Whatever was wrong is looked for in the log again the next time.
        *tree = Tree::default();
    }
    Ok(checked)
}

fn check(stored: StoredEvent, head: &Head, tree: Option<&Tree>) -> Checked {
    let leaf = leaf_of(&stored).hash();
    let (index, size) = (stored.position.get().saturating_sub(1), head.position.get());
    let path = tree.map(|tree| tree.path(index, size));
    let is_in = |path: &Option<Vec<Hash>>| {
        let path = path.as_ref();
        path.is_some_and(|path| verify_inclusion(leaf, index, head.checkpoint(), path).is_ok())
    };
    Checked {
        leaf: leaf == stored.leaf_hash,
        tree: path.as_ref().map(is_in),
        path: path.flatten().unwrap_or_default(),
        stored,
    }
}

/// The tree over the log, as far as a program that goes on running needed it.
#[derive(Default)]
pub(super) struct HeldTree(Mutex<Tree>);

/// How many leaves up to a head were not read yet into the tree that is held; all of them while it grows.
#[must_use]
pub fn leaves_lacking(open: &OpenLedger, head: &Head) -> u64 {
    let tree = open.held.as_ref().and_then(|held| held.tree.0.try_lock());
    let known = tree.map_or(0, |tree| tree.size());
    head.position.get().saturating_sub(known)
}

/// Adds the hashes of all leaves up to a position, as they are stored.
async fn grow(tree: &mut Tree, store: &dyn EventStore, to: Position) -> Result<(), Failure> {
    while tree.size() < to.get() {
        let read = ReadAll {
            as_at: Some(to),
            ..ReadAll::after(Position::new(tree.size()))
        };
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        if page.events.is_empty() {
            return Ok(());
        }
        for stored in page.events.iter() {
            tree.push(stored.leaf_hash);
        }
    }
    Ok(())
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
