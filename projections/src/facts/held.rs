//! The facts that stand and those that stood, held in memory and brought forward by what came and went since.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use ledger_core::id::Position;

use super::read::stored;
use super::{ByKind, Facts, Kind, Standing, Stored, id_from};
use crate::generation;
use crate::views::{Row, Value, Views, ViewsError};

/// The column that holds a fact's id.
const ID: usize = 19;
/// How far the log may have gone on for what came and went to be few facts.
const FEW: u64 = 256;

/// A fact with its id.
type Named = (String, Arc<Stored>);

/// The facts of a ledger up to a position.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// From which tables they were read; nothing was read yet where there are none.
    generation: Option<i64>,
    /// Everything that came or went up to here is in them.
    at: Position,
    /// Those that stand, by kind.
    facts: BTreeMap<Kind, OfKind>,
    /// Those that stand no longer, in no order.
    gone: Vec<Named>,
    /// Where facts of a kind came or went last.
    moved: HashMap<Kind, Position>,
}

/// The facts of a kind that stand, by the position that made them, then by their ids.
#[derive(Debug, Default)]
struct OfKind {
    named: Vec<Named>,
    /// The same without ids, since somebody asked for it and none came or went.
    standing: OnceLock<Arc<Standing>>,
}

/// How facts of some kinds are: whoever finds the same again finds the same facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// The tables that hold them.
    pub(super) generation: Option<i64>,
    /// The last position at which one of them came or went.
    pub(super) since: Position,
}

impl Held {
    /// Takes in what came and went up to a position; the views must have been brought there before.
    ///
    /// # Errors
    /// [`ViewsError`] when the views cannot be read.
    pub(super) async fn bring_forward(
        &mut self,
        views: &Views,
        to: Position,
    ) -> Result<(), ViewsError> {
        // What was read up to there stays what it was, in whatever tables.
        if self.generation.is_some() && to <= self.at {
            return Ok(());
        }
        let live = generation::live_one(views, &Facts).await?;
        let generation = live.number;
        if self.generation != Some(generation) {
            *self = Self::default();
        } else if live.position <= self.at {
            return Ok(());
        }
        let next = Position::new(self.at.get().saturating_add(1));
        let since = match self.generation {
            Some(_) => id_from(next),
            None => String::new(),
        };
        let parameters = vec![Value::from(since), Value::from(self.at.as_i64())];
        let sql = include_str!("sql/changed.sql");
        let rows = match self.generation {
            Some(_) if live.position.get().saturating_sub(self.at.get()) <= FEW => {
                views.query_few(generation, sql, parameters).await?
            },
            Some(_) | None => views.query(generation, sql, parameters).await?,
        };
        let mut at = live.position.max(self.at);
        let mut came: Vec<Named> = Vec::new();
        let mut gone = Vec::new();
        for row in &rows {
            let (id, fact) = entry(row)?;
            // What another process wrote meanwhile was written whole, up to its last position.
            at = at.max(fact.from).max(fact.to.unwrap_or_default());
            if fact.to.is_some() {
                &mut gone
            } else {
                &mut came
            }
            .push((id, fact));
        }
        for (_, fact) in came.iter().chain(&gone) {
            self.note(fact);
        }
        self.remove(&gone);
        self.gone.extend(gone);
        self.add(came);
        self.generation = Some(generation);
        self.at = at;
        Ok(())
    }

    /// How the facts of some kinds are.
    pub(super) fn state(&self, kinds: &[Kind]) -> State {
        let moved = kinds.iter().filter_map(|kind| self.moved.get(kind));
        State {
            generation: self.generation,
            since: moved.copied().max().unwrap_or_default(),
        }
    }

    /// The facts of some kinds that stood at a position, by the position that made them.
    pub(super) fn standing(&self, kinds: &[Kind], at: Position) -> Standing {
        self.in_order(kinds, |fact| fact.stands_at(at))
    }

    /// The facts of each of some kinds that stood at a position, by the position that made them; as long as none of a kind
    /// came or went it is the same list.
    pub(super) fn by_kind(&self, kinds: &[Kind], at: Position) -> ByKind {
        let moved_since = |kind| self.moved.get(kind).is_some_and(|moved| *moved > at);
        let (moved, stayed): (Vec<Kind>, Vec<Kind>) =
            kinds.iter().partition(|kind| moved_since(kind));
        let now = stayed.iter().filter_map(|kind| {
            let own = self.facts.get(kind)?;
            Some((*kind, own.standing()))
        });
        let then = moved.iter().map(|kind| {
            let stood = self.standing(&[*kind], at);
            (*kind, Arc::new(stood))
        });
        let all = now.chain(then);
        all.filter(|(_, own)| !own.is_empty()).collect()
    }

    /// The facts of some kinds that were held true at some position up to one, by the position that made them.
    pub(super) fn versions(&self, kinds: &[Kind], to: Position) -> Standing {
        self.in_order(kinds, |fact| fact.from <= to)
    }

    /// The facts of some kinds, those that went among them, as far as they are wanted, by the position that made
    /// them, then by their ids.
    fn in_order(&self, kinds: &[Kind], is_wanted: impl Fn(&Stored) -> bool) -> Standing {
        let own = kinds.iter().filter_map(|kind| self.facts.get(kind));
        let now = own.flat_map(|own| &own.named);
        let then = self.gone.iter();
        let then = then.filter(|(_, fact)| kinds.contains(&fact.kind));
        let wanted = now.chain(then).filter(|(_, fact)| is_wanted(fact));
        let mut wanted: Vec<&Named> = wanted.collect();
        wanted.sort_by(|one, other| key(one).cmp(&key(other)));
        let facts = wanted.into_iter();
        facts.map(|(_, fact)| Arc::clone(fact)).collect()
    }

    fn remove(&mut self, gone: &[Named]) {
        for one in gone {
            if let Some(own) = self.facts.get_mut(&one.1.kind) {
                own.remove(one);
            }
        }
    }

    fn add(&mut self, mut came: Vec<Named>) {
        came.sort_by(|one, other| key(one).cmp(&key(other)));
        for one in came {
            self.facts.entry(one.1.kind).or_default().add(one);
        }
    }

    fn note(&mut self, fact: &Stored) {
        let at = fact.to.unwrap_or(fact.from);
        let moved = self.moved.entry(fact.kind).or_default();
        *moved = at.max(*moved);
    }
}

impl OfKind {
    fn standing(&self) -> Arc<Standing> {
        let standing = || {
            let facts = self.named.iter();
            Arc::new(facts.map(|(_, fact)| Arc::clone(fact)).collect())
        };
        Arc::clone(self.standing.get_or_init(standing))
    }

    fn remove(&mut self, one: &Named) {
        let found = self.named.binary_search_by(|fact| key(fact).cmp(&key(one)));
        if let Ok(place) = found {
            self.named.remove(place);
            self.standing = OnceLock::new();
        }
    }

    fn add(&mut self, one: Named) {
        let place = self.named.partition_point(|fact| key(fact) < key(&one));
        self.named.insert(place, one);
        self.standing = OnceLock::new();
    }
}

/// What facts are ordered by.
fn key((id, fact): &Named) -> (Position, &str) {
    (fact.position, id)
}

fn entry(row: &Row) -> Result<Named, ViewsError> {
    Ok((row.text(ID)?.to_owned(), Arc::new(stored(row)?)))
}
