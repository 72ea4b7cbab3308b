//! Where the facts of a kind about a thing and about a person stand among those of the kind: numbers, which serve
//! every reading of the same facts.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::facts::{Kind, Stored};

/// Kinds by which facts are about another person than their stream's. Where one of them moves, whom any fact is
/// about may be another.
pub(super) const JOINING: [Kind; 4] = [
    Kind::CaseMerged,
    Kind::MergeUndone,
    Kind::InquiryLinked,
    Kind::InquiryUnlinked,
];

/// The index of facts.
#[derive(Debug, Default)]
pub(super) struct FactIndex {
    pub(super) kinds: BTreeMap<Kind, Arc<Orders>>,
    /// Alias of a merged case, to the merge's number among [`Kind::CaseMerged`].
    pub(super) merges: HashMap<String, usize>,
    /// Consultation of an inquiry, to its link's number among [`Kind::InquiryLinked`].
    pub(super) links: HashMap<String, usize>,
}

/// The facts of one kind by id, and the newest; only once somebody asks so.
#[derive(Debug, Default)]
pub(super) struct Orders {
    pub(super) newest: OnceLock<Option<usize>>,
    pub(super) things: OnceLock<Order>,
    pub(super) persons: OnceLock<Order>,
}

/// Facts of one kind, those of an id together.
#[derive(Debug, Default)]
pub(super) struct Order {
    pub(super) numbers: Vec<usize>,
    places: HashMap<String, Range<usize>>,
}

/// A fact with its number among those of its kind.
type Numbered<'a> = (usize, &'a Stored);

impl FactIndex {
    /// Of facts of these kinds; those that join are given, each kind in the order of its positions.
    pub(super) fn of<'a>(
        kinds: impl Iterator<Item = Kind>,
        joining: impl Iterator<Item = Numbered<'a>>,
    ) -> Self {
        let mut index = Self {
            kinds: kinds.map(|kind| (kind, Arc::default())).collect(),
            ..Self::default()
        };
        let mut joining: Vec<Numbered> = joining.collect();
        joining.sort_by_key(|(_, fact)| fact.position);
        // Consultation of an inquiry, to whom it is linked.
        let mut linked = HashMap::new();
        for (number, fact) in joining {
            index.join(number, fact, &mut linked);
        }
        index
    }

    /// Takes in what merges cases and links inquiries, and what undoes it.
    fn join<'a>(
        &mut self,
        number: usize,
        fact: &'a Stored,
        linked: &mut HashMap<&'a str, Option<&'a str>>,
    ) {
        if fact.kind == Kind::CaseMerged {
            self.merges.insert(fact.thing.clone(), number);
        } else if fact.kind == Kind::MergeUndone {
            self.merges.remove(fact.thing.as_str());
        } else if fact.kind == Kind::InquiryLinked {
            self.links.insert(fact.thing.clone(), number);
            linked.insert(&fact.thing, fact.subject.as_deref());
        } else if fact.kind == Kind::InquiryUnlinked {
            let to = linked.get(fact.thing.as_str());
            if to.is_some_and(|to| *to == fact.subject.as_deref()) {
                self.links.remove(fact.thing.as_str());
                linked.remove(fact.thing.as_str());
            }
        }
    }
}

impl Order {
    /// Facts that have an id, in their order.
    pub(super) fn by<'i>(ids: impl Iterator<Item = Option<&'i str>>) -> Self {
        let mut grouped: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, id) in ids.enumerate() {
            if let Some(id) = id {
                grouped.entry(id).or_default().push(number);
            }
        }
        let mut order = Self::default();
        for (id, own) in grouped {
            let first = order.numbers.len();
            order.numbers.extend(own);
            let place = first..order.numbers.len();
            order.places.insert(id.to_owned(), place);
        }
        order
    }

    /// Where those of an id stand among [`Self::numbers`].
    pub(super) fn place(&self, id: &str) -> Range<usize> {
        self.places.get(id).cloned().unwrap_or_default()
    }
}
