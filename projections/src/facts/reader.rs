//! Reads the facts that stand at a position; a program that goes on running holds them in memory, and what it
//! made of them: of the present until one of them comes or goes, of some positions of the past.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures::lock::{Mutex, MutexGuard};
use ledger_core::id::Position;

use super::held::{Held, State};
use super::{Kind, Stored, Versions};
use crate::views::{Views, ViewsError};

/// Most results that are kept of the present; beyond that all of them are forgotten.
const KEPT_MAX: usize = 64;
/// Most results of a type that are kept of the past; beyond that the one is forgotten that was asked for longest ago.
const PAST_MAX: usize = 4;

/// Facts that stand at a position, by the position that made them.
pub type Standing = Vec<Arc<Stored>>;

/// Facts that stand at a position, those of each kind by the position that made them; of kinds without any nothing.
/// Whoever holds what stands gives the same list out again as long as none of the kind came or went.
pub type ByKind = BTreeMap<Kind, Arc<Standing>>;

/// What was made, and how the facts were for it; whoever asks for the same waits until it is made.
type Slot = Arc<Mutex<Made>>;
type Made = Option<(State, Arc<dyn Any + Send + Sync>)>;

/// What something is, for what it was made, and for which position of the past.
type PastKey = (TypeId, String, Position);

/// Reads the facts of a ledger.
pub struct FactReader {
    views: Views,
    /// None where a program reads once and ends.
    memory: Option<Memory>,
}

#[derive(Default)]
struct Memory {
    held: Mutex<Held>,
    /// By what it is and for what it was made.
    kept: Mutex<HashMap<(TypeId, String), Slot>>,
    /// What was asked for last stands last.
    past: Mutex<Vec<(PastKey, Slot)>>,
}

impl fmt::Debug for FactReader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holds = self.memory.is_some();
        formatter
            .debug_struct("FactReader")
            .field("holds", &holds)
            .finish_non_exhaustive()
    }
}

impl FactReader {
    /// For a program that reads once: every reading asks the views for what it needs.
    #[must_use]
    pub const fn once(views: Views) -> Self {
        Self {
            views,
            memory: None,
        }
    }

    /// For a program that goes on running: what stands is read once, and then only what changed.
    #[must_use]
    pub fn holding(views: Views) -> Self {
        Self {
            views,
            memory: Some(Memory::default()),
        }
    }

    /// Whether it holds what stands.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.memory.is_some()
    }

    /// The facts of some kinds that stand at a position, or as they stand; the views must have been
    /// brought there before.
    ///
    /// # Errors
    /// [`ViewsError`] when the views cannot be read or hold something else.
    pub async fn standing(
        &self,
        kinds: &[Kind],
        as_at: Option<Position>,
    ) -> Result<Standing, ViewsError> {
        if let (Some(memory), Some(at)) = (&self.memory, as_at) {
            let held = memory.brought_forward(&self.views, at).await?;
            return Ok(held.standing(kinds, at));
        }
        let at = as_at.unwrap_or(Position::from_i64(i64::MAX));
        let versions = Versions::between(&self.views, at, at, kinds).await?;
        Ok(versions.facts.into_iter().map(Arc::new).collect())
    }

    /// The same by kind.
    ///
    /// # Errors
    /// As [`Self::standing`].
    pub async fn by_kind(
        &self,
        kinds: &[Kind],
        as_at: Option<Position>,
    ) -> Result<ByKind, ViewsError> {
        if let (Some(memory), Some(at)) = (&self.memory, as_at) {
            let held = memory.brought_forward(&self.views, at).await?;
            return Ok(held.by_kind(kinds, at));
        }
        Ok(by_kind(self.standing(kinds, as_at).await?))
    }

    /// The facts of some kinds that were held true at some position up to one, by the position that made them; the
    /// views must have been brought there before.
    ///
    /// # Errors
    /// As [`Self::standing`].
    pub async fn versions(&self, kinds: &[Kind], to: Position) -> Result<Standing, ViewsError> {
        if let Some(memory) = &self.memory {
            let held = memory.brought_forward(&self.views, to).await?;
            return Ok(held.versions(kinds, to));
        }
        let versions = Versions::between(&self.views, Position::default(), to, kinds).await?;
        Ok(versions.facts.into_iter().map(Arc::new).collect())
    }

    /// What `make` makes of those facts; what was made before of the same facts, where that is kept.
    ///
    /// It must follow from the facts and from `asked` alone, or from what changes only together with one of
    /// the kinds; of the past not from until when they stood.
    ///
    /// # Errors
    /// Those of [`Self::by_kind`] and of `make`.
    pub async fn made<T, E, M, F>(
        &self,
        (kinds, as_at): (&[Kind], Option<Position>),
        asked: String,
        make: M,
    ) -> Result<Arc<T>, E>
    where
        T: Send + Sync + 'static,
        E: From<ViewsError>,
        M: FnOnce(ByKind) -> F,
        F: Future<Output = Result<T, E>>,
    {
        let of_facts = || async {
            let standing = self.by_kind(kinds, as_at).await?;
            make(standing).await
        };
        self.kept((kinds, as_at), asked, of_facts).await
    }

    /// The same of what is read elsewhere, and changes only together with one of the kinds.
    ///
    /// # Errors
    /// [`ViewsError`] when the views cannot be read, and those of `make`.
    pub async fn kept<T, E, M, F>(
        &self,
        (kinds, as_at): (&[Kind], Option<Position>),
        asked: String,
        make: M,
    ) -> Result<Arc<T>, E>
    where
        T: Send + Sync + 'static,
        E: From<ViewsError>,
        M: FnOnce() -> F,
        F: Future<Output = Result<T, E>>,
    {
        let anew = |_| make();
        self.renewed((kinds, as_at), asked, anew).await
    }

    /// The same where what was made of the facts as they stood at another time tells `make` a part of it.
    ///
    /// # Errors
    /// As [`Self::kept`].
    pub async fn renewed<T, E, M, F>(
        &self,
        (kinds, as_at): (&[Kind], Option<Position>),
        asked: String,
        make: M,
    ) -> Result<Arc<T>, E>
    where
        T: Send + Sync + 'static,
        E: From<ViewsError>,
        M: FnOnce(Option<Arc<T>>) -> F,
        F: Future<Output = Result<T, E>>,
    {
        let (Some(memory), Some(at)) = (&self.memory, as_at) else {
            return Ok(Arc::new(make(None).await?));
        };
        let mut place = memory.slot::<T>(asked.clone()).await.lock_owned().await;
        let mut state = memory.state(&self.views, kinds, at).await?;
        let is_past = state.since > at;
        let mut other = None;
        if is_past {
            // What stood then stays what it was, and must not take the place of the present.
            other = known(&place);
            drop(place);
            state.since = at;
            place = memory.past_slot::<T>(asked, at).await.lock_owned().await;
        }
        let before = match known(&place) {
            Some((made_of, same)) if made_of == state => return Ok(same),
            before => before.or(other).map(|(_, before)| before),
        };
        let new = Arc::new(make(before).await?);
        // Of the present, what moved while it was made may or may not be in it.
        if is_past || memory.held.lock().await.state(kinds) == state {
            *place = Some((state, new.clone()));
        }
        Ok(new)
    }
}

/// Facts by kind, in their order.
pub(crate) fn by_kind(facts: Standing) -> ByKind {
    let mut kinds = ByKind::new();
    for fact in facts {
        let own = kinds.entry(fact.kind).or_default();
        Arc::make_mut(own).push(fact);
    }
    kinds
}

/// What is in a slot, and how the facts were for it.
fn known<T: Send + Sync + 'static>(slot: &Made) -> Option<(State, Arc<T>)> {
    let (made_of, known) = slot.as_ref()?;
    Some((*made_of, Arc::clone(known).downcast().ok()?))
}

impl Memory {
    /// Where what is of that type and was made for that is kept of the present.
    async fn slot<T: 'static>(&self, asked: String) -> Slot {
        let mut kept = self.kept.lock().await;
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        Arc::clone(kept.entry((TypeId::of::<T>(), asked)).or_default())
    }

    /// The same of a position of the past.
    async fn past_slot<T: 'static>(&self, asked: String, at: Position) -> Slot {
        let key = (TypeId::of::<T>(), asked, at);
        let mut past = self.past.lock().await;
        let known = past.iter().position(|(known, _)| *known == key);
        let slot = known.map(|place| past.remove(place).1).unwrap_or_default();
        past.push((key, Arc::clone(&slot)));
        let own = |((of, ..), _): &&(PastKey, Slot)| *of == TypeId::of::<T>();
        if past.iter().filter(own).count() > PAST_MAX {
            let oldest = past.iter().position(|one| own(&one));
            oldest.map(|oldest| past.remove(oldest));
        }
        slot
    }

    /// How the facts of some kinds are, once what came and went up to a position is taken in.
    async fn state(
        &self,
        views: &Views,
        kinds: &[Kind],
        at: Position,
    ) -> Result<State, ViewsError> {
        Ok(self.brought_forward(views, at).await?.state(kinds))
    }

    /// What is held, once what came and went up to a position is taken in.
    async fn brought_forward(
        &self,
        views: &Views,
        at: Position,
    ) -> Result<MutexGuard<'_, Held>, ViewsError> {
        let mut held = self.held.lock().await;
        held.bring_forward(views, at).await?;
        Ok(held)
    }
}
