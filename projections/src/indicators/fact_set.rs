//! Facts in memory, by kind, by thing and by person; merged cases are one person.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use ledger_core::id::Position;
use ledger_core::time::Day;

use super::fact_index::{FactIndex, Numbers, Order};
use super::scope::Period;
use crate::facts::{Kind, Stored, Versions};

/// Facts as they stood at a position.
#[derive(Clone, Debug, Default)]
pub struct FactSet<'a> {
    facts: Facts<'a>,
    index: Arc<FactIndex>,
    kinds: BTreeMap<Kind, OfKind<'a>>,
    all: OnceLock<Vec<&'a Stored>>,
}

/// Where facts are, in the order of their positions.
#[derive(Clone, Debug)]
enum Facts<'a> {
    Picked(Vec<&'a Stored>),
    Held(&'a [Arc<Stored>]),
}

impl Default for Facts<'_> {
    fn default() -> Self {
        Self::Held(&[])
    }
}

/// The facts of one kind, in each order only once somebody asks for it.
#[derive(Clone, Debug, Default)]
struct OfKind<'a> {
    all: OnceLock<Vec<&'a Stored>>,
    things: OnceLock<Vec<&'a Stored>>,
    persons: OnceLock<Vec<&'a Stored>>,
}

impl<'a> FactSet<'a> {
    /// The facts that were held true at a position.
    #[must_use]
    pub fn at(versions: &'a Versions, at: Position) -> Self {
        Self::new(versions.at(at))
    }

    /// A set of facts.
    #[must_use]
    pub fn new(facts: impl IntoIterator<Item = &'a Stored>) -> Self {
        let mut all: Vec<&Stored> = facts.into_iter().collect();
        all.sort_by_key(|fact| fact.position);
        let index = Arc::new(FactIndex::of(all.iter().copied()));
        Self::with(Facts::Picked(all), index)
    }

    /// Facts in the order of their positions, with their index.
    pub(super) fn indexed(facts: &'a [Arc<Stored>], index: Arc<FactIndex>) -> Self {
        Self::with(Facts::Held(facts), index)
    }

    fn with(facts: Facts<'a>, index: Arc<FactIndex>) -> Self {
        let kinds = index.kinds.keys();
        Self {
            kinds: kinds.map(|kind| (*kind, OfKind::default())).collect(),
            facts,
            index,
            all: OnceLock::new(),
        }
    }

    fn picked(&self, numbers: &[usize]) -> Vec<&'a Stored> {
        let facts = numbers.iter().filter_map(|number| self.numbered(*number));
        facts.collect()
    }

    fn numbered(&self, number: usize) -> Option<&'a Stored> {
        match &self.facts {
            Facts::Picked(facts) => facts.get(number).copied(),
            Facts::Held(facts) => facts.get(number).map(AsRef::as_ref),
        }
    }

    /// Every fact, by the position that made it.
    #[must_use]
    pub fn all(&self) -> &[&'a Stored] {
        match &self.facts {
            Facts::Picked(facts) => facts,
            Facts::Held(facts) => {
                let all = || facts.iter().map(AsRef::as_ref).collect();
                self.all.get_or_init(all)
            },
        }
    }

    /// The facts of a kind, by the position that made them.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &[&'a Stored] {
        let Some((own, numbers)) = self.kind(kind) else {
            return &[];
        };
        own.all.get_or_init(|| self.picked(&numbers.all))
    }

    fn kind(&self, kind: Kind) -> Option<(&OfKind<'a>, &Numbers)> {
        self.kinds.get(&kind).zip(self.index.kinds.get(&kind))
    }

    /// The facts of a kind in a period.
    pub fn within(&self, kind: Kind, period: Period) -> impl Iterator<Item = &'a Stored> {
        let facts = self.of(kind).iter().copied();
        facts.filter(move |fact| period.holds(fact.day))
    }

    /// The facts of a kind about a thing.
    #[must_use]
    pub fn about(&self, kind: Kind, thing: &str) -> &[&'a Stored] {
        let Some((own, numbers)) = self.kind(kind) else {
            return &[];
        };
        let order = numbers.things.get_or_init(|| {
            let thing = |number| self.numbered(number).map(|fact| fact.thing.as_str());
            Order::by(&numbers.all, thing)
        });
        let facts = own.things.get_or_init(|| self.picked(&order.numbers));
        facts.get(order.place(thing)).unwrap_or_default()
    }

    /// The facts of a kind about a person, merged cases together.
    #[must_use]
    pub fn person_facts(&self, kind: Kind, person: &str) -> &[&'a Stored] {
        let Some((own, numbers)) = self.kind(kind) else {
            return &[];
        };
        let order = self.persons(numbers);
        let facts = own.persons.get_or_init(|| self.picked(&order.numbers));
        facts.get(order.place(person)).unwrap_or_default()
    }

    /// Every fact about a person, merged cases together.
    #[must_use]
    pub fn all_of_person(&self, person: &str) -> Vec<&'a Stored> {
        let own = self.index.kinds.values().flat_map(|numbers| {
            let order = self.persons(numbers);
            order.numbers.get(order.place(person)).unwrap_or_default()
        });
        own.filter_map(|number| self.numbered(*number)).collect()
    }

    fn persons<'n>(&self, numbers: &'n Numbers) -> &'n Order {
        numbers.persons.get_or_init(|| {
            let person = |number| self.person(self.numbered(number)?);
            Order::by(&numbers.all, person)
        })
    }

    /// Whom a fact is about: the case that goes on after merges, or the person to whom an inquiry was
    /// linked.
    #[must_use]
    pub fn person(&self, fact: &'a Stored) -> Option<&'a str> {
        let subject = fact.subject.as_deref().or_else(|| {
            let linkable = [Kind::Consultation, Kind::ServiceMissing].contains(&fact.kind);
            let link = self.link(&fact.thing).filter(|_| linkable)?;
            link.subject.as_deref()
        })?;
        Some(self.canonical(subject))
    }

    /// The fact by which a person is known: of merged cases that of the one that goes on, which has the
    /// number under which more is recorded; else the first.
    #[must_use]
    pub fn registered(&self, person: &str) -> Option<&'a Stored> {
        let known = self.person_facts(Kind::PersonKnown, person);
        let mut own = known.iter();
        let own = own.find(|known| known.subject.as_deref() == Some(person));
        own.or(known.first()).copied()
    }

    /// What was said last by a day of whether an account is in charge of a person (担当): that it was put in
    /// charge, or taken out of it; nothing where neither was said.
    #[must_use]
    pub fn charge(&self, person: &str, account: &str, until: Day) -> Option<&'a Stored> {
        let of = |kind| {
            let facts = self.person_facts(kind, person).iter().copied();
            facts.filter(move |one: &&Stored| one.thing == account)
        };
        last(
            of(Kind::StaffAssigned).chain(of(Kind::StaffUnassigned)),
            until,
        )
    }

    /// The case that goes on in place of a merged one.
    #[must_use]
    pub fn canonical<'c>(&self, case: &'c str) -> &'c str
    where
        'a: 'c,
    {
        let merged = self.merge(case).and_then(|merge| merge.other.as_deref());
        merged.unwrap_or(case)
    }

    /// The merge by which a case is an alias of another.
    fn merge(&self, case: &str) -> Option<&'a Stored> {
        self.numbered(*self.index.merges.get(case)?)
    }

    /// The link of an inquiry's consultation to a person.
    fn link(&self, consultation: &str) -> Option<&'a Stored> {
        self.numbered(*self.index.links.get(consultation)?)
    }

    /// The links of inquiries to persons that stand.
    pub fn links(&self) -> impl Iterator<Item = &'a Stored> {
        let links = self.index.links.values();
        links.filter_map(|number| self.numbered(*number))
    }

    /// The link and the merge by which a fact is about its person.
    pub fn identity(&self, fact: &Stored) -> impl Iterator<Item = &'a Stored> {
        let link = match &fact.subject {
            Some(_) => None,
            None => self.link(&fact.thing),
        };
        let case = link.map_or(fact.subject.as_deref(), |link| link.subject.as_deref());
        let merge = case.and_then(|case| self.merge(case));
        link.into_iter().chain(merge)
    }
}

/// The first of facts that have a day, by day and position.
pub(crate) fn first<'a>(facts: impl IntoIterator<Item = &'a Stored>) -> Option<&'a Stored> {
    let dated = facts.into_iter().filter(|fact| fact.day.is_some());
    dated.min_by_key(|fact| (fact.day, fact.position))
}

/// The last of facts that have a day, up to a day.
pub(crate) fn last<'a>(
    facts: impl IntoIterator<Item = &'a Stored>,
    until: Day,
) -> Option<&'a Stored> {
    let dated = facts
        .into_iter()
        .filter(|fact| fact.day.is_some_and(|day| day <= until));
    dated.max_by_key(|fact| (fact.day, fact.position))
}

/// Those of facts that lie on or before a day; an unknown day counts as before.
pub(crate) fn until<'a>(facts: &[&'a Stored], day: Day) -> impl Iterator<Item = &'a Stored> {
    let facts = facts.iter().copied();
    facts.filter(move |fact| fact.day.is_none_or(|on| on <= day))
}
