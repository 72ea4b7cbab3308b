//! Who opened whose text, looked at once more: which openings a reviewer asks about, and how many each account had.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::actor::{Actor, Role};
use ledger_core::event::{
    AccessEvent, AccessPurpose, CareTeamEvent, EmergencyAccessTaken, Event, Recorded,
};
use ledger_core::id::{Position, StreamName};
use ledger_core::time::{Day, Timestamp};

use crate::facts::{Kind, Stored};
use crate::indicators::FactSet;

/// Night begins at this hour in Japan, an assumption.
pub const NIGHT_FROM: u32 = 22;
/// Night ends at this hour.
pub const NIGHT_UNTIL: u32 = 6;
/// More than so many times the median of an account's own days is many; domain and trust texts say three.
pub const TIMES_MEDIAN: usize = 3;
/// Fewest days with openings from which a median says something, an assumption.
pub const DAYS_MIN: usize = 5;

/// The facts that a review needs.
pub const KINDS: &[Kind] = &[
    Kind::PersonKnown,
    Kind::StaffAssigned,
    Kind::StaffUnassigned,
    Kind::CaseMerged,
    Kind::MergeUndone,
];

/// The facts beside them by which all openings of one person's text are found.
pub const KINDS_OF_PERSON: &[Kind] =
    &[Kind::TextOpened, Kind::InquiryLinked, Kind::InquiryUnlinked];

/// Of these a review needs what was held true at each access, not what is held true now.
const CHARGES: [Kind; 2] = [Kind::StaffAssigned, Kind::StaffUnassigned];

/// Why a reviewer asks about an access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// The account was not in charge of the person.
    NotInCharge,
    /// It had taken access in an emergency.
    Emergency,
    /// It was at night.
    Night,
    /// Something was printed or taken out of the ledger.
    TakenOut,
    /// The account opened far more on that day than on its others.
    Many,
}

impl Flag {
    /// Every flag.
    pub const ALL: &'static [Self] = &[
        Self::NotInCharge,
        Self::Emergency,
        Self::Night,
        Self::TakenOut,
        Self::Many,
    ];

    /// Its name in addresses and for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInCharge => "not-in-charge",
            Self::Emergency => "emergency",
            Self::Night => "night",
            Self::TakenOut => "taken-out",
            Self::Many => "many",
        }
    }
}

/// One access.
#[derive(Clone, Debug)]
pub struct Access {
    /// Where it stands.
    pub position: Position,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// In which role.
    pub role: Role,
    /// What was opened or taken out.
    pub event: AccessEvent,
}

/// An access in an emergency.
#[derive(Clone, Debug)]
pub struct Emergency {
    /// Where it stands.
    pub position: Position,
    /// When it was taken.
    pub at: Timestamp,
    /// The person's stream.
    pub stream: StreamName,
    /// Who took it, and until when; why stays sealed.
    pub taken: EmergencyAccessTaken,
}

impl Access {
    /// What opens text or takes a list or a backup out; none where the event is another.
    #[must_use]
    pub fn of(recorded: &Recorded) -> Option<Self> {
        let Event::Access(event) = &recorded.event else {
            return None;
        };
        match event {
            AccessEvent::Opened(_) | AccessEvent::Exported(_) | AccessEvent::BackupTaken(_) => {},
            // Who signed in is told by the list of events, what an import refused by the page of imports.
            AccessEvent::RowsRejected(_)
            | AccessEvent::SessionBegun(_)
            | AccessEvent::LinkMade(_)
            | AccessEvent::SignInChanged(_)
            | AccessEvent::TokenMade(_)
            | AccessEvent::TokensRevoked(_) => return None,
        }
        Some(Self {
            position: recorded.position,
            at: recorded.recorded_at,
            actor: recorded.metadata.actor.clone(),
            role: recorded.metadata.role,
            event: event.clone(),
        })
    }

    /// The stream that was opened; none where a list or a backup was taken out.
    #[must_use]
    pub const fn stream(&self) -> Option<&StreamName> {
        match &self.event {
            AccessEvent::Opened(opened) => Some(&opened.stream),
            AccessEvent::Exported(_)
            | AccessEvent::BackupTaken(_)
            | AccessEvent::RowsRejected(_)
            | AccessEvent::SessionBegun(_)
            | AccessEvent::LinkMade(_)
            | AccessEvent::SignInChanged(_)
            | AccessEvent::TokenMade(_)
            | AccessEvent::TokensRevoked(_) => None,
        }
    }

    /// The day in Japan.
    #[must_use]
    pub fn day(&self) -> Day {
        self.at.day_in_japan()
    }

    const fn takes_out(&self) -> bool {
        match &self.event {
            AccessEvent::Exported(_) | AccessEvent::BackupTaken(_) => true,
            AccessEvent::RowsRejected(_)
            | AccessEvent::SessionBegun(_)
            | AccessEvent::LinkMade(_)
            | AccessEvent::SignInChanged(_)
            | AccessEvent::TokenMade(_)
            | AccessEvent::TokensRevoked(_) => false,
            AccessEvent::Opened(opened) => match opened.purpose {
                AccessPurpose::Export | AccessPurpose::Print => true,
                AccessPurpose::Timeline
                | AccessPurpose::Event
                | AccessPurpose::Replay
                | AccessPurpose::Search
                | AccessPurpose::WorkList => false,
            },
        }
    }
}

impl Emergency {
    /// An access in an emergency; none where the event is another.
    #[must_use]
    pub fn of(recorded: &Recorded) -> Option<Self> {
        let Event::CareTeam(CareTeamEvent::EmergencyAccess(taken)) = &recorded.event else {
            return None;
        };
        Some(Self {
            position: recorded.position,
            at: recorded.recorded_at,
            stream: recorded.stream.clone(),
            taken: taken.clone(),
        })
    }

    fn covers(&self, access: &Access) -> bool {
        access.stream() == Some(&self.stream)
            && access.actor == self.taken.account
            && (self.at..=self.taken.until).contains(&access.at)
    }
}

/// An access with why a reviewer asks about it.
#[derive(Clone, Debug)]
pub struct Reviewed<'a> {
    /// The access.
    pub access: &'a Access,
    /// Whose text it opened: the case that goes on.
    pub person: Option<String>,
    /// Why one asks.
    pub flags: BTreeSet<Flag>,
}

/// How many accesses an account had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Openings of text.
    pub openings: usize,
    /// Persons whose text was opened.
    pub persons: BTreeSet<String>,
    /// Accesses with each flag.
    pub flags: BTreeMap<Flag, usize>,
    /// Days with far more openings than the account's others.
    pub many_days: BTreeSet<Day>,
}

/// The facts of a review, of all that were held true up to a position: as they stand there, and of who was in
/// charge whatever was held true by then.
#[must_use]
pub fn facts_of_review<'a>(
    versions: impl Iterator<Item = &'a Stored>,
    at: Position,
) -> FactSet<'a> {
    let was_held = |fact: &&Stored| CHARGES.contains(&fact.kind) && fact.from <= at;
    FactSet::new(versions.filter(|fact| was_held(fact) || fact.stands_at(at)))
}

/// The names of the streams that hold a person's text: of each case that is theirs after merges, and of the
/// inquiries that are linked to them.
#[must_use]
pub fn streams_of(facts: &FactSet<'_>, case: &str) -> BTreeSet<String> {
    let person = facts.canonical(case);
    let is_own = |case: &str| facts.canonical(case) == person;
    let merged = facts.of(Kind::CaseMerged).iter();
    let merged = merged.map(|merge| merge.thing.as_str());
    let cases = merged.filter(|case| is_own(case)).chain([person]);
    let linked = facts
        .links()
        .filter(|link| link.subject.as_deref().is_some_and(is_own));
    let inquiries = linked.filter_map(|link| link.other.as_deref());
    let cases = cases.map(|case| format!("child-{case}"));
    let inquiries = inquiries.map(|inquiry| format!("inquiry-{inquiry}"));
    cases.chain(inquiries).collect()
}

/// Each access with its flags, in the given order; the facts are those of [`facts_of_review`].
#[must_use]
pub fn reviewed<'a>(
    accesses: &'a [Access],
    emergencies: &[Emergency],
    facts: &FactSet<'_>,
) -> Vec<Reviewed<'a>> {
    let many = many_days(accesses);
    let reviewed = accesses.iter().map(|access| {
        let child = access.stream().and_then(StreamName::as_child);
        let child = child.map(|child| child.to_string());
        let person = child.as_deref().map(|child| facts.canonical(child));
        let person = person.map(ToOwned::to_owned);
        let mut flags = BTreeSet::new();
        let is_charge = |person: &String| was_in_charge(facts, person, access);
        if person.as_ref().is_some_and(|person| !is_charge(person)) {
            flags.insert(Flag::NotInCharge);
        }
        if emergencies.iter().any(|taken| taken.covers(access)) {
            flags.insert(Flag::Emergency);
        }
        if is_night(access.at) {
            flags.insert(Flag::Night);
        }
        if access.takes_out() {
            flags.insert(Flag::TakenOut);
        }
        let own = many.get(&access.actor);
        if access.stream().is_some() && own.is_some_and(|days| days.contains(&access.day())) {
            flags.insert(Flag::Many);
        }
        Reviewed {
            access,
            person,
            flags,
        }
    });
    reviewed.collect()
}

/// Whether the account was in charge of the person on the day of the access, by what was recorded until then:
/// what is recorded later and dated back excuses nothing.
fn was_in_charge(facts: &FactSet<'_>, person: &str, access: &Access) -> bool {
    let said = CHARGES
        .iter()
        .flat_map(|kind| facts.person_facts(*kind, person).iter().copied());
    let known = said.filter(|fact| {
        fact.thing == access.actor.as_str()
            && fact.stands_at(access.position)
            && fact.day.is_some_and(|day| day <= access.day())
    });
    let newest = known.max_by_key(|fact| (fact.day, fact.position));
    newest.is_some_and(|charge| charge.kind == Kind::StaffAssigned)
}

/// What each account did.
#[must_use]
pub fn counts(reviewed: &[Reviewed<'_>]) -> BTreeMap<Actor, Counts> {
    let mut counts: BTreeMap<Actor, Counts> = BTreeMap::new();
    for one in reviewed {
        let own = counts.entry(one.access.actor.clone()).or_default();
        if one.access.stream().is_some() {
            own.openings = own.openings.saturating_add(1);
        }
        own.persons.extend(one.person.clone());
        for flag in &one.flags {
            let count = own.flags.entry(*flag).or_default();
            *count = count.saturating_add(1);
        }
        if one.flags.contains(&Flag::Many) {
            own.many_days.insert(one.access.day());
        }
    }
    counts
}

/// Whether a moment lies in the night.
fn is_night(at: Timestamp) -> bool {
    let hour = chrono::Timelike::hour(&at.in_japan().time());
    !(NIGHT_UNTIL..NIGHT_FROM).contains(&hour)
}

/// The days of each account on which it opened more than [`TIMES_MEDIAN`] times the median of its days with
/// openings.
fn many_days(accesses: &[Access]) -> BTreeMap<&Actor, BTreeSet<Day>> {
    let mut days: BTreeMap<&Actor, BTreeMap<Day, usize>> = BTreeMap::new();
    for access in accesses.iter().filter(|access| access.stream().is_some()) {
        let own = days.entry(&access.actor).or_default();
        let count = own.entry(access.day()).or_default();
        *count = count.saturating_add(1);
    }
    let many = days.into_iter().filter(|(_, days)| days.len() >= DAYS_MIN);
    let many = many.map(|(actor, days)| {
        let mut sorted: Vec<usize> = days.values().copied().collect();
        sorted.sort_unstable();
        // Of an even number of days the upper one: what is doubtful is not asked about.
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        let limit = median.saturating_mul(TIMES_MEDIAN);
        let many = days.into_iter().filter(|(_, count)| *count > limit);
        (actor, many.map(|(day, _)| day).collect())
    });
    many.collect()
}

#[cfg(test)]
mod tests {
    use ledger_core::event::{ExportFormat, ExportedList, ListExported, PersonalTextOpened};
    use ledger_core::id::ChildId;
    use ledger_core::private::Private;
    use uuid::Uuid;

    use super::*;
    use crate::facts::fixture::fact;

    fn child(number: u128) -> ChildId {
        ChildId::new(Uuid::from_u128(number))
    }

    fn opened(actor: &str, number: u128, at: &str, purpose: AccessPurpose) -> Access {
        let stream = StreamName::child(child(number));
        Access {
            position: Position::new(9),
            at: at.parse().unwrap(),
            actor: Actor::new(actor).unwrap(),
            role: Role::Staff,
            event: AccessEvent::Opened(PersonalTextOpened { stream, purpose }),
        }
    }

    fn known(facts: &[Stored]) -> FactSet<'_> {
        FactSet::new(facts)
    }

    fn flags(access: &Access, emergencies: &[Emergency], facts: &FactSet<'_>) -> Vec<Flag> {
        let accesses = std::slice::from_ref(access);
        let found = reviewed(accesses, emergencies, facts);
        found[0].flags.iter().copied().collect()
    }

    #[test]
    fn an_opening_by_day_of_whom_one_is_in_charge_raises_no_question() {
        let one = child(1).to_string();
        let mut assigned = fact(Kind::StaffAssigned, (&one, "sato"), 2);
        let mut ended = fact(Kind::StaffUnassigned, (&one, "sato"), 3);
        assigned.day = Some("2022-04-01".parse().unwrap());
        ended.day = Some("2022-05-01".parse().unwrap());
        let facts = [fact(Kind::PersonKnown, (&one, "x"), 1), assigned, ended];
        let facts = known(&facts);
        let at = |at: &str, purpose| flags(&opened("sato", 1, at, purpose), &[], &facts);

        let timeline = AccessPurpose::Timeline;
        assert_eq!(at("2022-04-02T01:00:00Z", timeline), []);
        assert_eq!(at("2022-05-02T01:00:00Z", timeline), [Flag::NotInCharge]);
        assert_eq!(
            at("2022-04-02T01:00:00Z", AccessPurpose::Print),
            [Flag::TakenOut]
        );
        // 21:59 and 22:00, 5:59 and 6:00 in Japan.
        assert_eq!(at("2022-04-02T12:59:59Z", timeline), []);
        assert_eq!(at("2022-04-02T13:00:00Z", timeline), [Flag::Night]);
        assert_eq!(at("2022-04-02T20:59:59Z", timeline), [Flag::Night]);
        assert_eq!(at("2022-04-02T21:00:00Z", timeline), []);
    }

    #[test]
    fn who_is_put_in_charge_only_after_the_access_was_not_in_charge() {
        let one = child(1).to_string();
        let access = opened("sato", 1, "2022-04-02T01:00:00Z", AccessPurpose::Timeline);
        let assigned_at = |from, to: Option<i64>| {
            let mut assigned = fact(Kind::StaffAssigned, (&one, "sato"), from);
            assigned.to = to.map(Position::from_i64);
            let facts = [fact(Kind::PersonKnown, (&one, "x"), 1), assigned];
            flags(
                &access,
                &[],
                &facts_of_review(facts.iter(), Position::new(20)),
            )
        };

        assert_eq!(assigned_at(8, None), []);
        // Recorded after the access, for the day before it.
        assert_eq!(assigned_at(10, None), [Flag::NotInCharge]);
        // Annulled after the access, and before it.
        assert_eq!(assigned_at(2, Some(12)), []);
        assert_eq!(assigned_at(2, Some(5)), [Flag::NotInCharge]);
        // Behind where one looks nothing is known.
        assert_eq!(assigned_at(21, None), [Flag::NotInCharge]);
    }

    #[test]
    fn a_persons_text_stands_in_every_merged_case_and_linked_inquiry() {
        let mut merged = fact(Kind::CaseMerged, ("b", "b"), 3);
        merged.other = Some("a".to_owned());
        let link = |(case, consultation, inquiry): (&str, &str, &str), position| {
            let mut link = fact(Kind::InquiryLinked, (case, consultation), position);
            link.other = Some(inquiry.to_owned());
            link
        };
        let mut facts = vec![
            fact(Kind::PersonKnown, ("a", "x"), 1),
            fact(Kind::PersonKnown, ("b", "y"), 2),
            merged,
            link(("b", "q1", "i1"), 4),
            link(("a", "q2", "i2"), 5),
            link(("other", "q3", "i3"), 6),
            fact(Kind::InquiryUnlinked, ("a", "q2"), 7),
        ];
        let own = ["child-a", "child-b", "inquiry-i1"].map(ToOwned::to_owned);
        for case in ["a", "b"] {
            assert_eq!(streams_of(&known(&facts), case), own.clone().into());
        }
        facts.push(fact(Kind::MergeUndone, ("b", "b"), 8));
        let own = ["child-b", "inquiry-i1"].map(ToOwned::to_owned);
        assert_eq!(streams_of(&known(&facts), "b"), own.into());
        assert_eq!(
            streams_of(&known(&facts), "a"),
            ["child-a".to_owned()].into()
        );
    }

    #[test]
    fn an_emergency_covers_its_own_account_and_person_for_a_while() {
        let taken = Emergency {
            position: Position::new(9),
            at: "2022-04-02T01:00:00Z".parse().unwrap(),
            stream: StreamName::child(child(1)),
            taken: EmergencyAccessTaken {
                account: Actor::new("sato").unwrap(),
                until: "2022-04-02T04:00:00Z".parse().unwrap(),
                reason: Private::Closed,
            },
        };
        let facts = known(&[]);
        let at = |actor: &str, number, at: &str| {
            let access = opened(actor, number, at, AccessPurpose::Timeline);
            let found = flags(&access, std::slice::from_ref(&taken), &facts);
            found.contains(&Flag::Emergency)
        };

        assert!(at("sato", 1, "2022-04-02T02:00:00Z"));
        assert!(!at("sato", 1, "2022-04-02T04:00:01Z"));
        assert!(!at("sato", 1, "2022-04-02T00:59:59Z"));
        assert!(!at("sato", 2, "2022-04-02T02:00:00Z"));
        assert!(!at("mori", 1, "2022-04-02T02:00:00Z"));
    }

    #[test]
    fn many_openings_are_more_than_three_times_the_median_of_ones_own_days() {
        let mut accesses = Vec::new();
        let mut add = |actor: &str, day: u32, count: u32| {
            for minute in 0..count {
                let at = format!("2022-04-{day:02}T01:{minute:02}:00Z");
                accesses.push(opened(actor, 1, &at, AccessPurpose::Timeline));
            }
        };
        for day in 1..=4 {
            add("sato", day, 2);
            add("mori", day, 8);
        }
        add("sato", 5, 7);
        add("mori", 5, 7);
        // Too few days to say what is usual.
        add("abe", 1, 1);
        add("abe", 2, 9);
        let facts = known(&[]);
        let found = counts(&reviewed(&accesses, &[], &facts));

        let days = |actor: &str| found[&Actor::new(actor).unwrap()].many_days.len();
        assert_eq!((days("sato"), days("mori"), days("abe")), (1, 0, 0));
        assert_eq!(found[&Actor::new("sato").unwrap()].openings, 15);
        assert_eq!(found[&Actor::new("sato").unwrap()].flags[&Flag::Many], 7);
    }

    #[test]
    fn a_list_that_was_taken_out_is_told_and_is_no_opening() {
        let exported = Access {
            event: AccessEvent::Exported(ListExported {
                list: ExportedList::Caseload,
                format: ExportFormat::Csv,
                rows: 3,
                as_at: Position::new(7),
            }),
            ..opened("kacho", 1, "2022-04-02T01:00:00Z", AccessPurpose::Timeline)
        };
        let facts = known(&[]);
        assert_eq!(flags(&exported, &[], &facts), [Flag::TakenOut]);
        let found = counts(&reviewed(std::slice::from_ref(&exported), &[], &facts));
        let own = &found[&Actor::new("kacho").unwrap()];
        assert_eq!((own.openings, own.persons.len()), (0, 0));
    }
}
