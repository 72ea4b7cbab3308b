//! Where the facts of a kind, about a thing and about a person stand among others: numbers, which serve every
//! reading of the same facts.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use crate::facts::{Kind, Stored};

/// The index of facts in the order of the positions that made them.
#[derive(Debug, Default)]
pub(super) struct FactIndex {
    pub(super) kinds: BTreeMap<Kind, Numbers>,
    /// Alias of a merged case, to the merge.
    pub(super) merges: HashMap<String, usize>,
    /// Consultation of an inquiry, to its link.
    pub(super) links: HashMap<String, usize>,
}

/// The facts of one kind; by id only once somebody asks so.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) all: Vec<usize>,
    pub(super) things: OnceLock<Order>,
    pub(super) persons: OnceLock<Order>,
}

/// Facts of one kind, those of an id together.
#[derive(Debug, Default)]
pub(super) struct Order {
    pub(super) numbers: Vec<usize>,
    places: HashMap<String, Range<usize>>,
}

impl FactIndex {
    pub(super) fn of<'a>(facts: impl Iterator<Item = &'a Stored>) -> Self {
        let mut index = Self::default();
        // Consultation of an inquiry, to whom it is linked.
        let mut linked = HashMap::new();
        for (number, fact) in facts.enumerate() {
            let numbers = index.kinds.entry(fact.kind).or_default();
            numbers.all.push(number);
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
    /// Those of some facts that have an id, in their order.
    pub(super) fn by<'i>(numbers: &[usize], id: impl Fn(usize) -> Option<&'i str>) -> Self {
        let mut grouped: HashMap<&str, Vec<usize>> = HashMap::new();
        for number in numbers {
            if let Some(id) = id(*number) {
                grouped.entry(id).or_default().push(*number);
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
