//! Facts that stand, with the index by which every reading of them finds its own.

use std::sync::Arc;

use super::fact_index::FactIndex;
use super::fact_set::FactSet;
use crate::facts::Standing;

/// Facts that stand, indexed once.
#[derive(Debug, Default)]
pub struct Indexed {
    facts: Standing,
    index: Arc<FactIndex>,
}

impl Indexed {
    /// Facts in the order of the positions that made them.
    #[must_use]
    pub fn of(facts: Standing) -> Self {
        let index = Arc::new(FactIndex::of(facts.iter().map(AsRef::as_ref)));
        Self { facts, index }
    }

    /// The facts, by kind, thing and person.
    #[must_use]
    pub fn set(&self) -> FactSet<'_> {
        FactSet::indexed(&self.facts, Arc::clone(&self.index))
    }

    /// The facts, by the position that made them.
    #[must_use]
    pub const fn standing(&self) -> &Standing {
        &self.facts
    }
}
