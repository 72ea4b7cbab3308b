//! Facts in memory, by kind, by thing and by person; merged cases are one person.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use ledger_core::id::Position;
use ledger_core::time::Day;

use super::scope::Period;
use crate::facts::{Kind, Stored, Versions};

/// Facts of one kind by an id.
type ById<'a> = HashMap<&'a str, Vec<&'a Stored>>;

/// Facts as they stood at a position.
#[derive(Clone, Debug, Default)]
pub struct FactSet<'a> {
    all: Vec<&'a Stored>,
    kinds: BTreeMap<Kind, OfKind<'a>>,
    /// Alias of a merged case, to the merge.
    merges: HashMap<&'a str, &'a Stored>,
    /// Consultation of an inquiry, to its link.
    links: HashMap<&'a str, &'a Stored>,
}

/// The facts of one kind; by id only once somebody asks so.
#[derive(Clone, Debug, Default)]
struct OfKind<'a> {
    all: Vec<&'a Stored>,
    things: OnceLock<ById<'a>>,
    persons: OnceLock<ById<'a>>,
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
        let mut set = Self::default();
        set.all.extend(facts);
        set.all.sort_by_key(|fact| fact.position);
        for fact in set.all.clone() {
            set.index(fact);
        }
        set
    }

    fn index(&mut self, fact: &'a Stored) {
        self.kinds.entry(fact.kind).or_default().all.push(fact);
        if fact.kind == Kind::CaseMerged {
            self.merges.insert(&fact.thing, fact);
        } else if fact.kind == Kind::MergeUndone {
            self.merges.remove(fact.thing.as_str());
        } else if fact.kind == Kind::InquiryLinked {
            self.links.insert(&fact.thing, fact);
        } else if fact.kind == Kind::InquiryUnlinked {
            self.unlink(fact);
        }
    }

    fn unlink(&mut self, unlinked: &Stored) {
        let linked = self.links.get(unlinked.thing.as_str());
        if linked.is_some_and(|link| link.subject == unlinked.subject) {
            self.links.remove(unlinked.thing.as_str());
        }
    }

    /// Every fact, by the position that made it.
    #[must_use]
    pub fn all(&self) -> &[&'a Stored] {
        &self.all
    }

    /// The facts of a kind, by the position that made them.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &[&'a Stored] {
        self.kinds.get(&kind).map_or(&[], |own| own.all.as_slice())
    }

    /// The facts of a kind in a period.
    pub fn within(&self, kind: Kind, period: Period) -> impl Iterator<Item = &'a Stored> {
        let facts = self.of(kind).iter().copied();
        facts.filter(move |fact| period.holds(fact.day))
    }

    /// The facts of a kind about a thing.
    #[must_use]
    pub fn about(&self, kind: Kind, thing: &str) -> &[&'a Stored] {
        let Some(own) = self.kinds.get(&kind) else {
            return &[];
        };
        let things = own
            .things
            .get_or_init(|| by_id(&own.all, |fact| Some(fact.thing.as_str())));
        things.get(thing).map_or(&[], Vec::as_slice)
    }

    /// The facts of a kind about a person, merged cases together.
    #[must_use]
    pub fn person_facts(&self, kind: Kind, person: &str) -> &[&'a Stored] {
        let Some(own) = self.kinds.get(&kind) else {
            return &[];
        };
        let persons = own
            .persons
            .get_or_init(|| by_id(&own.all, |fact| self.person(fact)));
        persons.get(person).map_or(&[], Vec::as_slice)
    }

    /// Whom a fact is about: the case that goes on after merges, or the person to whom an inquiry was
    /// linked.
    #[must_use]
    pub fn person(&self, fact: &'a Stored) -> Option<&'a str> {
        let subject = fact.subject.as_deref().or_else(|| {
            let linkable = [Kind::Consultation, Kind::ServiceMissing].contains(&fact.kind);
            let link = self.links.get(fact.thing.as_str()).filter(|_| linkable)?;
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
        let merged = self
            .merges
            .get(case)
            .and_then(|merge| merge.other.as_deref());
        merged.unwrap_or(case)
    }

    /// The links of inquiries to persons that stand.
    pub fn links(&self) -> impl Iterator<Item = &'a Stored> {
        self.links.values().copied()
    }

    /// The link and the merge by which a fact is about its person.
    pub fn identity(&self, fact: &Stored) -> impl Iterator<Item = &'a Stored> {
        let link = match &fact.subject {
            Some(_) => None,
            None => self.links.get(fact.thing.as_str()).copied(),
        };
        let case = link.map_or(fact.subject.as_deref(), |link| link.subject.as_deref());
        let merge = case.and_then(|case| self.merges.get(case).copied());
        link.into_iter().chain(merge)
    }
}

/// Facts by an id, of those that have one.
fn by_id<'a>(facts: &[&'a Stored], id: impl Fn(&'a Stored) -> Option<&'a str>) -> ById<'a> {
    let mut found = ById::new();
    for fact in facts {
        if let Some(id) = id(fact) {
            found.entry(id).or_default().push(*fact);
        }
    }
    found
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
