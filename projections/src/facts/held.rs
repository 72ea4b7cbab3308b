//! The facts that stand and those that stood, held in memory and brought forward by what came and went since.

use std::collections::HashMap;
use std::sync::Arc;

use ledger_core::id::Position;

use super::read::stored;
use super::{Facts, Kind, Stored, id_from};
use crate::generation;
use crate::views::{Row, Value, Views, ViewsError};

/// The column that holds a fact's id.
const ID: usize = 19;

/// A fact with its id.
type Named = (String, Arc<Stored>);

/// The facts of a ledger up to a position.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// From which tables they were read; nothing was read yet where there are none.
    generation: Option<i64>,
    /// Everything that came or went up to here is in them.
    at: Position,
    /// Those that stand, by the position that made them, then by their ids.
    facts: Vec<Named>,
    /// Those that stand no longer, in no order.
    gone: Vec<Named>,
    /// Where facts of a kind came or went last.
    moved: HashMap<Kind, Position>,
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
        let generation = generation::live(views, &Facts).await?;
        if self.generation != Some(generation) {
            *self = Self::default();
        } else if to <= self.at {
            return Ok(());
        }
        let next = Position::new(self.at.get().saturating_add(1));
        let since = match self.generation {
            Some(_) => id_from(next),
            None => String::new(),
        };
        let parameters = vec![Value::from(since), Value::from(self.at.as_i64())];
        let sql = include_str!("sql/changed.sql");
        let rows = views.query(generation, sql, parameters).await?;
        let mut at = to.max(self.at);
        let mut came = Vec::new();
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
        if self.generation.is_none() {
            came.sort_by(|one, other| key(one).cmp(&key(other)));
            self.facts = came;
        } else {
            self.add(came);
        }
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
    pub(super) fn standing(&self, kinds: &[Kind], at: Position) -> Vec<Arc<Stored>> {
        let all = kinds.len() == Kind::ALL.len();
        let is_wanted =
            |(_, fact): &&Named| (all || kinds.contains(&fact.kind)) && fact.stands_at(at);
        let now = self.facts.iter().filter(is_wanted);
        let mut then: Vec<&Named> = self.gone.iter().filter(is_wanted).collect();
        if then.is_empty() {
            return now.map(|(_, fact)| Arc::clone(fact)).collect();
        }
        then.extend(now);
        then.sort_by(|one, other| key(one).cmp(&key(other)));
        then.into_iter().map(|(_, fact)| Arc::clone(fact)).collect()
    }

    fn remove(&mut self, gone: &[Named]) {
        for one in gone {
            let found = self.facts.binary_search_by(|fact| key(fact).cmp(&key(one)));
            if let Ok(place) = found {
                self.facts.remove(place);
            }
        }
    }

    fn add(&mut self, came: Vec<Named>) {
        for one in came {
            let place = self.facts.partition_point(|fact| key(fact) < key(&one));
            self.facts.insert(place, one);
        }
    }

    fn note(&mut self, fact: &Stored) {
        let at = fact.to.unwrap_or(fact.from);
        let moved = self.moved.entry(fact.kind).or_default();
        *moved = at.max(*moved);
    }
}

/// What facts are ordered by.
fn key((id, fact): &Named) -> (Position, &str) {
    (fact.position, id)
}

fn entry(row: &Row) -> Result<Named, ViewsError> {
    Ok((row.text(ID)?.to_owned(), Arc::new(stored(row)?)))
}
