//! Facts in memory, by kind, by thing and by person; merged cases are one person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use ledger_core::id::Position;
use ledger_core::time::Day;

use super::fact_index::{FactIndex, JOINING, Order, Orders};
use super::scope::Period;
use crate::facts::{ByKind, Kind, Stored, Versions};

/// Facts as they stood at a position.
#[derive(Debug)]
pub struct FactSet<'a> {
    /// Every kind, also those of which there is no fact.
    kinds: BTreeMap<Kind, OfKind<'a>>,
    index: Arc<FactIndex>,
    all: OnceLock<Vec<&'a Stored>>,
}

/// The facts of one kind, in each order only once somebody asks for it.
#[derive(Debug)]
struct OfKind<'a> {
    facts: Facts<'a>,
    orders: Arc<Orders>,
    all: OnceLock<Vec<&'a Stored>>,
    things: OnceLock<Vec<&'a Stored>>,
    persons: OnceLock<Vec<&'a Stored>>,
    was_asked: AtomicBool,
}

/// Where the facts of a kind are, in the order of their positions.
#[derive(Clone, Debug)]
enum Facts<'a> {
    Picked(Vec<&'a Stored>),
    Held(&'a [Arc<Stored>]),
}

impl<'a> Facts<'a> {
    fn numbered(&self, number: usize) -> Option<&'a Stored> {
        match self {
            Self::Picked(facts) => facts.get(number).copied(),
            Self::Held(facts) => facts.get(number).map(AsRef::as_ref),
        }
    }

    fn all(&self) -> Vec<&'a Stored> {
        match self {
            Self::Picked(facts) => facts.clone(),
            Self::Held(facts) => facts.iter().map(AsRef::as_ref).collect(),
        }
    }
}

impl<'a> OfKind<'a> {
    fn of(facts: Facts<'a>, orders: Arc<Orders>) -> Self {
        Self {
            facts,
            orders,
            all: OnceLock::new(),
            things: OnceLock::new(),
            persons: OnceLock::new(),
            was_asked: AtomicBool::new(false),
        }
    }

    fn all(&self) -> &[&'a Stored] {
        self.all.get_or_init(|| self.facts.all())
    }

    fn newest(&self) -> Option<&'a Stored> {
        let newest = || {
            let facts = self.all().iter().enumerate();
            let newest = facts.max_by_key(|(_, fact)| newer(fact));
            newest.map(|(number, _)| number)
        };
        let number = *self.orders.newest.get_or_init(newest);
        self.facts.numbered(number?)
    }

    fn picked(&self, order: &Order) -> Vec<&'a Stored> {
        let numbers = order.numbers.iter();
        let facts = numbers.filter_map(|number| self.facts.numbered(*number));
        facts.collect()
    }
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
        let mut kinds: BTreeMap<Kind, Vec<&Stored>> = BTreeMap::new();
        for fact in &all {
            kinds.entry(fact.kind).or_default().push(fact);
        }
        let joining = JOINING.iter().filter_map(|kind| kinds.get(kind));
        let joining = joining.flat_map(|own| own.iter().copied().enumerate());
        let index = Arc::new(FactIndex::of(kinds.keys().copied(), joining));
        let set = Self::with(index, |kind| {
            Facts::Picked(kinds.remove(&kind).unwrap_or_default())
        });
        Self {
            all: OnceLock::from(all),
            ..set
        }
    }

    /// Facts of each kind, in the order of their positions, with their index.
    pub(super) fn indexed(facts: &'a ByKind, index: Arc<FactIndex>) -> Self {
        Self::with(index, |kind| {
            Facts::Held(facts.get(&kind).map_or(&[], |own| own.as_slice()))
        })
    }

    fn with(index: Arc<FactIndex>, mut facts: impl FnMut(Kind) -> Facts<'a>) -> Self {
        let own = |kind: &Kind| {
            let orders = index.kinds.get(kind).cloned();
            let own = OfKind::of(facts(*kind), orders.unwrap_or_default());
            (*kind, own)
        };
        Self {
            kinds: Kind::ALL.iter().map(own).collect(),
            index,
            all: OnceLock::new(),
        }
    }

    /// The kinds of which facts were asked for; whom a fact is about follows from [`JOINING`] as well.
    pub(super) fn asked(&self) -> BTreeSet<Kind> {
        let asked = self.kinds.iter();
        let asked = asked.filter(|(_, own)| own.was_asked.load(Ordering::Relaxed));
        asked.map(|(kind, _)| *kind).collect()
    }

    fn kind(&self, kind: Kind) -> Option<&OfKind<'a>> {
        let own = self.kinds.get(&kind)?;
        // Marks are looked at by whoever asked, afterwards.
        own.was_asked.store(true, Ordering::Relaxed);
        Some(own)
    }

    /// Every fact, by the position that made it.
    #[must_use]
    pub fn all(&self) -> &[&'a Stored] {
        self.all
            .get_or_init(|| self.of_kinds(Kind::ALL.iter().copied()))
    }

    /// The facts of some kinds, by the position that made them.
    #[must_use]
    pub fn of_kinds(&self, kinds: impl IntoIterator<Item = Kind>) -> Vec<&'a Stored> {
        let own = kinds.into_iter().filter_map(|kind| self.kind(kind));
        let mut all: Vec<&Stored> = own.flat_map(|own| own.facts.all()).collect();
        all.sort_by_key(|fact| fact.position);
        all
    }

    /// The newest fact, by where it began to be held true; of those of one correction what it says of itself.
    #[must_use]
    pub fn newest(&self) -> Option<&'a Stored> {
        let own = Kind::ALL.iter().filter_map(|kind| self.kind(*kind));
        let newest = own.filter_map(OfKind::newest);
        newest.max_by_key(|fact| newer(fact))
    }

    /// The facts of a kind, by the position that made them.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &[&'a Stored] {
        self.kind(kind).map_or(&[], OfKind::all)
    }

    /// The facts of a kind in a period.
    pub fn within(&self, kind: Kind, period: Period) -> impl Iterator<Item = &'a Stored> {
        let facts = self.of(kind).iter().copied();
        facts.filter(move |fact| period.holds(fact.day))
    }

    /// The facts of a kind about a thing.
    #[must_use]
    pub fn about(&self, kind: Kind, thing: &str) -> &[&'a Stored] {
        let Some(own) = self.kind(kind) else {
            return &[];
        };
        let things = || Order::by(own.all().iter().map(|fact| Some(fact.thing.as_str())));
        let order = own.orders.things.get_or_init(things);
        let facts = own.things.get_or_init(|| own.picked(order));
        facts.get(order.place(thing)).unwrap_or_default()
    }

    /// The facts of a kind about a person, merged cases together.
    #[must_use]
    pub fn person_facts(&self, kind: Kind, person: &str) -> &[&'a Stored] {
        let Some(own) = self.kind(kind) else {
            return &[];
        };
        let order = self.persons(own);
        let facts = own.persons.get_or_init(|| own.picked(order));
        facts.get(order.place(person)).unwrap_or_default()
    }

    /// Every fact about a person, merged cases together.
    #[must_use]
    pub fn all_of_person(&self, person: &str) -> Vec<&'a Stored> {
        let own = Kind::ALL.iter().filter_map(|kind| self.kind(*kind));
        let own = own.flat_map(|own| {
            let order = self.persons(own);
            let numbers = order.numbers.get(order.place(person));
            let numbers = numbers.unwrap_or_default().iter();
            numbers.filter_map(|number| own.facts.numbered(*number))
        });
        own.collect()
    }

    fn persons<'n>(&self, own: &'n OfKind<'a>) -> &'n Order {
        let persons = || Order::by(own.all().iter().map(|fact| self.person(fact)));
        own.orders.persons.get_or_init(persons)
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
        self.joining(Kind::CaseMerged, *self.index.merges.get(case)?)
    }

    /// The link of an inquiry's consultation to a person.
    fn link(&self, consultation: &str) -> Option<&'a Stored> {
        self.joining(Kind::InquiryLinked, *self.index.links.get(consultation)?)
    }

    /// The links of inquiries to persons that stand.
    pub fn links(&self) -> impl Iterator<Item = &'a Stored> {
        let links = self.index.links.values();
        links.filter_map(|number| self.joining(Kind::InquiryLinked, *number))
    }

    /// A fact that joins, by its number among those of its kind.
    fn joining(&self, kind: Kind, number: usize) -> Option<&'a Stored> {
        self.kinds.get(&kind)?.facts.numbered(number)
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

/// By which of two facts the newer one is greater.
fn newer(fact: &Stored) -> (Position, Position, Kind) {
    (fact.from, fact.position, fact.kind)
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
