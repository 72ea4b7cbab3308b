//! What was made of facts in a scope, kept until facts move of one of the kinds that it was made of.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ledger_core::id::EventId;
use ledger_core::task::counting;
use ledger_core::time::Day;

use super::boards::by_month;
use super::fact_set::FactSet;
use super::indexed::Moved;
use super::measure::Measure;
use super::reverse::{Standing, standings};
use super::scope::Scope;
use crate::facts::Kind;

/// Most scopes of which something is kept; beyond that what is of the one is forgotten that was asked for longest
/// ago. Years of a trial fit, each whole and up to a day.
const SCOPES_MAX: usize = 8;

/// What was made of facts, by scope; the scope that was asked for last stands last.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Vec<(Scope, OfScope)>>);

/// What was made of facts in one scope.
#[derive(Clone, Debug, Default)]
struct OfScope {
    measures: HashMap<&'static str, Arc<Measured>>,
    /// By what they are and what they are called.
    boards: HashMap<(TypeId, &'static str), Arc<Slot<Board>>>,
}

/// A table of any type.
type Board = Arc<dyn Any + Send + Sync>;

/// An indicator's measurement with what follows from it.
#[derive(Debug, Default)]
pub(super) struct Measured {
    measure: Slot<Arc<Measure>>,
    months: OnceLock<Arc<BTreeMap<Day, i64>>>,
    standings: OnceLock<HashMap<EventId, Standing>>,
}

/// Something with the kinds of facts that it was made of; whoever asks for the same waits until it is made.
#[derive(Debug)]
struct Slot<T>(OnceLock<(T, BTreeSet<Kind>)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T: Send + Sync> Slot<T> {
    /// What `make` makes of `facts`, which nobody else asks anything meanwhile.
    fn made<'a>(&self, facts: impl Fn() -> FactSet<'a>, make: impl Fn(&FactSet<'a>) -> T) -> &T {
        let new = || {
            let facts = facts();
            let new = make(&facts);
            (new, facts.asked())
        };
        let known = self.0.get();
        &known
            .unwrap_or_else(|| counting(|| self.0.get_or_init(new)))
            .0
    }

    /// Whether it was made, and of none of these kinds.
    fn stands(&self, moved: &BTreeSet<Kind>) -> bool {
        let made = self.0.get();
        made.is_some_and(|(_, kinds)| kinds.is_disjoint(moved))
    }
}

impl Kept {
    /// Where an indicator's measurement is kept.
    pub(super) fn measured(&self, id: &'static str, scope: Scope) -> Arc<Measured> {
        self.of(scope, |own| Arc::clone(own.measures.entry(id).or_default()))
    }

    /// The table that `make` makes of `facts`; what it is called tells it from others of its type.
    pub(super) fn board<'a, T: Send + Sync + 'static>(
        &self,
        (name, scope): (&'static str, Scope),
        facts: impl Fn() -> FactSet<'a>,
        make: impl Fn(&FactSet<'a>) -> T,
    ) -> Arc<T> {
        let key = (TypeId::of::<T>(), name);
        let slot = self.of(scope, |own| Arc::clone(own.boards.entry(key).or_default()));
        let board = slot.made(&facts, |facts| -> Board { Arc::new(make(facts)) });
        // What is kept under a type is of that type.
        let board = Arc::clone(board).downcast();
        board.unwrap_or_else(|_| Arc::new(make(&facts())))
    }

    /// What is still true after facts moved.
    pub(super) fn after(&self, moved: &Moved) -> Self {
        let Moved::Kinds(moved) = moved else {
            return Self::default();
        };
        let mut scopes = self.scopes().clone();
        for (_, own) in &mut scopes {
            own.measures
                .retain(|_, measured| measured.measure.stands(moved));
            own.boards.retain(|_, board| board.stands(moved));
        }
        Self(Mutex::new(scopes))
    }

    fn of<T>(&self, scope: Scope, slot: impl FnOnce(&mut OfScope) -> T) -> T {
        let mut scopes = self.scopes();
        let known = scopes.iter().position(|(known, _)| *known == scope);
        let (_, mut own) = match known {
            Some(place) => scopes.remove(place),
            None => (scope, OfScope::default()),
        };
        let slot = slot(&mut own);
        scopes.push((scope, own));
        if scopes.len() > SCOPES_MAX {
            scopes.remove(0);
        }
        slot
    }

    fn scopes(&self) -> MutexGuard<'_, Vec<(Scope, OfScope)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Measured {
    /// The measurement, which `make` makes of `facts`.
    pub(super) fn measure<'a>(
        &self,
        facts: impl Fn() -> FactSet<'a>,
        make: impl Fn(&FactSet<'a>) -> Measure,
    ) -> &Arc<Measure> {
        self.measure.made(facts, |facts| Arc::new(make(facts)))
    }

    /// How many of its units fall into each month, named by its first day.
    pub(super) fn months(&self, measure: &Measure) -> Arc<BTreeMap<Day, i64>> {
        let months = || Arc::new(by_month(&measure.counted));
        Arc::clone(self.months.get_or_init(months))
    }

    /// How an event stands in it.
    pub(super) fn standing(&self, measure: &Measure, event: EventId) -> Option<Standing> {
        let known = self.standings.get();
        let new = || self.standings.get_or_init(|| standings(measure));
        known.unwrap_or_else(|| counting(new)).get(&event).cloned()
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::time::FiscalYear;

    use super::*;
    use crate::facts::ByKind;
    use crate::facts::fixture::fact;
    use crate::indicators::indexed::Indexed;

    fn with(kinds: &ByKind, kind: Kind, position: i64) -> ByKind {
        let mut kinds = kinds.clone();
        let own = kinds.entry(kind).or_default();
        Arc::make_mut(own).push(Arc::new(fact(kind, ("a", "x"), position)));
        kinds
    }

    /// How many facts of a kind there are, as a table.
    fn counted(kept: &Kept, indexed: &Indexed, kind: Kind) -> Arc<usize> {
        let count = |facts: &FactSet| facts.of(kind).len();
        let scope = Scope::of_year(FiscalYear::new(2022));
        kept.board((kind.code(), scope), || indexed.set(), count)
    }

    #[test]
    fn a_table_is_made_anew_where_facts_moved_that_it_was_made_of_and_else_kept() {
        let kinds = with(&ByKind::new(), Kind::Consultation, 1);
        let (indexed, kept) = (Indexed::of_kinds(kinds.clone()), Kept::default());
        let talks = counted(&kept, &indexed, Kind::Consultation);
        let opened = counted(&kept, &indexed, Kind::TextOpened);
        assert_eq!((*talks, *opened), (1, 0));

        let kinds = with(&kinds, Kind::TextOpened, 2);
        let (indexed, moved) = indexed.renewed(kinds.clone());
        let kept = kept.after(&moved);

        assert!(Arc::ptr_eq(
            &talks,
            &counted(&kept, &indexed, Kind::Consultation)
        ));
        assert_eq!(*counted(&kept, &indexed, Kind::TextOpened), 1);
        let (indexed, moved) = indexed.renewed(with(&kinds, Kind::CaseMerged, 3));
        let kept = kept.after(&moved);
        assert_eq!(moved, Moved::Persons);
        let anew = counted(&kept, &indexed, Kind::Consultation);
        assert_eq!(anew, talks);
        assert!(!Arc::ptr_eq(&talks, &anew));
    }

    #[test]
    fn of_scopes_that_were_not_asked_for_lately_nothing_is_kept() {
        let kinds = with(&ByKind::new(), Kind::Consultation, 1);
        let (indexed, kept) = (Indexed::of_kinds(kinds), Kept::default());
        let first = counted(&kept, &indexed, Kind::Consultation);
        for year in 0..SCOPES_MAX {
            let year = FiscalYear::new(2_000 + i32::try_from(year).unwrap());
            kept.measured("A-1", Scope::of_year(year));
        }
        let again = counted(&kept, &indexed, Kind::Consultation);
        assert!(!Arc::ptr_eq(&first, &again));
        assert!(Arc::ptr_eq(
            &again,
            &counted(&kept, &indexed, Kind::Consultation)
        ));
    }
}
