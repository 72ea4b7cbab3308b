//! Facts that stand, with the index by which every reading of them finds its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fact_index::{FactIndex, JOINING};
use super::fact_set::FactSet;
use crate::facts::{ByKind, Kind, Standing, Stored, by_kind};

/// Facts that stand, indexed once.
#[derive(Debug, Default)]
pub struct Indexed {
    facts: ByKind,
    index: Arc<FactIndex>,
}

/// What moved between two states of the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    /// Whom facts are about, so that nothing is what it was.
    Persons,
    /// Facts of these kinds.
    Kinds(BTreeSet<Kind>),
}

impl Indexed {
    /// Facts, those of each kind in the order of the positions that made them.
    #[must_use]
    pub fn of(facts: Standing) -> Self {
        Self::of_kinds(by_kind(facts))
    }

    /// The facts of each kind, in the order of the positions that made them.
    #[must_use]
    pub fn of_kinds(facts: ByKind) -> Self {
        let joining = JOINING.iter().filter_map(|kind| facts.get(kind));
        let joining = joining.flat_map(|own| own.iter().map(AsRef::as_ref).enumerate());
        let index = Arc::new(FactIndex::of(facts.keys().copied(), joining));
        Self { facts, index }
    }

    /// The same as facts stand later: what is known of kinds that did not move since is not made anew.
    pub(super) fn renewed(&self, facts: ByKind) -> (Self, Moved) {
        let moved = self.moved(&facts);
        let mut new = Self::of_kinds(facts);
        if let (Moved::Kinds(moved), Some(index)) = (&moved, Arc::get_mut(&mut new.index)) {
            let stayed = index.kinds.iter_mut();
            for (kind, orders) in stayed.filter(|(kind, _)| !moved.contains(kind)) {
                if let Some(before) = self.index.kinds.get(kind) {
                    *orders = Arc::clone(before);
                }
            }
        }
        (new, moved)
    }

    fn moved(&self, facts: &ByKind) -> Moved {
        if !JOINING.iter().all(|kind| self.has_same(*kind, facts)) {
            return Moved::Persons;
        }
        let moved = Kind::ALL.iter().copied();
        Moved::Kinds(moved.filter(|kind| !self.has_same(*kind, facts)).collect())
    }

    /// Whether the facts of a kind are those of a later state.
    pub(super) fn has_same(&self, kind: Kind, facts: &ByKind) -> bool {
        match (self.facts.get(&kind), facts.get(&kind)) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// The facts, by kind, thing and person.
    #[must_use]
    pub fn set(&self) -> FactSet<'_> {
        FactSet::indexed(&self.facts, Arc::clone(&self.index))
    }

    /// The facts, by kind and then by the position that made them.
    pub fn standing(&self) -> impl Iterator<Item = &Arc<Stored>> {
        self.facts.values().flat_map(|own| own.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::fixture::fact;

    #[test]
    fn the_newest_fact_of_a_correction_is_what_it_says_of_itself_however_facts_are_given() {
        let facts = vec![
            fact(Kind::TextOpened, ("a", "x"), 4),
            fact(Kind::Corrected, ("a", "x"), 5),
            fact(Kind::Consultation, ("a", "x"), 5),
        ];
        let newest = |set: &FactSet<'_>| set.newest().map(|fact| fact.kind);
        assert_eq!(newest(&FactSet::new(&facts)), Some(Kind::Corrected));
        let indexed = Indexed::of(facts.into_iter().map(Arc::new).collect());
        assert_eq!(newest(&indexed.set()), Some(Kind::Corrected));
    }
}
