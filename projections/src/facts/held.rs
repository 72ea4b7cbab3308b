//! The facts that stand now, held in memory and brought forward by what came and went since.

use std::collections::HashMap;
use std::sync::Arc;

use ledger_core::id::Position;

use super::read::stored;
use super::{Facts, Kind, Stored, id_from};
use crate::generation;
use crate::views::{Row, Value, Views, ViewsError};

/// The column that holds a fact's id.
const ID: usize = 19;

/// The facts that stand at a position.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// From which tables they were read; nothing was read yet where there are none.
    generation: Option<i64>,
    /// Everything that came or went up to here is in them.
    at: Position,
    /// By the position that made them, then by their ids.
    facts: Vec<(String, Arc<Stored>)>,
    /// From where on it is known when facts of a kind came or went.
    known_since: Position,
    /// Where facts of a kind came or went last, of those that did since.
    moved: HashMap<Kind, Position>,
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
        self.remove(&gone);
        if self.generation.is_none() {
            came.sort_by(|one, other| key(one).cmp(&key(other)));
            self.facts = came;
            self.known_since = at;
        } else {
            self.add(came);
        }
        self.generation = Some(generation);
        self.at = at;
        Ok(())
    }

    /// The last position at which a fact of some kinds may have come or gone.
    pub(super) fn moved(&self, kinds: &[Kind]) -> Position {
        let moved = kinds.iter().filter_map(|kind| self.moved.get(kind));
        moved
            .copied()
            .max()
            .unwrap_or_default()
            .max(self.known_since)
    }

    /// The facts of some kinds, by the position that made them.
    pub(super) fn of(&self, kinds: &[Kind]) -> Vec<Arc<Stored>> {
        let facts = self.facts.iter().map(|(_, fact)| fact);
        if kinds.len() == Kind::ALL.len() {
            return facts.cloned().collect();
        }
        let facts = facts.filter(|fact| kinds.contains(&fact.kind));
        facts.cloned().collect()
    }

    fn remove(&mut self, gone: &[(String, Arc<Stored>)]) {
        for one in gone {
            self.note(&one.1);
            let found = self.facts.binary_search_by(|fact| key(fact).cmp(&key(one)));
            if let Ok(place) = found {
                self.facts.remove(place);
            }
        }
    }

    fn add(&mut self, came: Vec<(String, Arc<Stored>)>) {
        for one in came {
            self.note(&one.1);
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
fn key((id, fact): &(String, Arc<Stored>)) -> (Position, &str) {
    (fact.position, id)
}

fn entry(row: &Row) -> Result<(String, Arc<Stored>), ViewsError> {
    Ok((row.text(ID)?.to_owned(), Arc::new(stored(row)?)))
}
