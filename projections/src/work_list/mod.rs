//! What is due and overdue for whom, computed from facts when somebody looks; nothing of it is stored.
//!
//! What is closed, withdrawn, ended or annulled is never due, nor is what belongs to a closed case,
//! unless the case was closed by name with it left open.

mod birthday;
mod kind;
mod office;
mod person;
mod plans;
mod referrals;
mod terms;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use ledger_core::code::Charge;
use ledger_core::id::{ChildId, EventId, Position};
use ledger_core::store::EventStore;
use ledger_core::task::counting;
use ledger_core::time::Day;
use serde::Serialize;

pub use birthday::birth_date;
pub use kind::{Because, WorkKind, WorkState};
pub use terms::{TermInForce, TermSource, terms_in_force};

use self::terms::Term;
use crate::facts::{FactReader, Kind, Stored};
use crate::figures::FiguresError;
use crate::indicators::{FactSet, Indexed, Person, people_on};
use crate::referral_board::Reminder;
use crate::settings::Settings;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkItem {
    /// What.
    pub kind: WorkKind,
    /// How urgent.
    pub state: WorkState,
    /// Register number of the person, where known.
    pub number: Option<String>,
    /// The person.
    pub child: Option<String>,
    /// The case in which the thing stands, where that is another than the person's own: of a case that was
    /// merged into theirs, what was begun in it is ended in it.
    #[serde(skip)]
    pub case: Option<String>,
    /// Whether the office that is to do it was asked for it, and who asked last.
    #[serde(skip)]
    pub reminder: Option<Reminder>,
    /// Whether it was asked so lately that its answer is waited for.
    #[serde(skip)]
    pub awaits_answer: bool,
    /// The referral, plan, consent … by id.
    pub thing: String,
    /// Last day on which it is in time.
    pub due_on: Day,
    /// Days left until then; below 0 days past.
    pub days_left: i64,
    /// Since when it waits.
    pub since: Option<Day>,
    /// The account that is to do it; where none is named, the one that is chiefly in charge of the
    /// person.
    pub owner: Option<String>,
    /// What asks for it, where the kind does not say: the changes for which a plan is re-checked, a
    /// ventilator user's plan that the centre still supports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
    /// The events that say so.
    pub rests_on: Vec<EventId>,
}

/// From what the list of a day is computed.
#[derive(Debug)]
pub struct WorkBasis {
    facts: Arc<WorkFacts>,
    on: Day,
}

/// By which a basis is known again, without holding it.
#[derive(Clone, Debug)]
pub struct WorkMark {
    facts: Weak<WorkFacts>,
    on: Day,
}

/// The facts of which lists are made, with the last day on which something of them happened, and the settings.
#[derive(Debug)]
struct WorkFacts {
    facts: Indexed,
    last: Option<Day>,
    settings: Arc<Settings>,
}

/// The facts and settings from which a day's list is computed.
#[derive(Debug)]
struct Desk<'a, 'f> {
    facts: &'f FactSet<'a>,
    settings: &'f Settings,
    people: BTreeMap<&'a str, Person<'a>>,
    /// The birthdays of persons, where they could be read.
    born: &'f Birthdays,
    on: Day,
}

/// Birthdays by person, of whom they could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Birthdays {
    /// The days.
    pub days: BTreeMap<String, Day>,
    /// Whether the list may tell them; otherwise they are compared, and the month is told.
    pub told: bool,
}

/// What is due on a day, the most urgent first, of facts and settings as they stood; what somebody was asked for
/// lately stands behind what nobody was asked for.
///
/// Who has no birthday among those given turns 18 at the end of the month of birth.
#[must_use]
pub fn work_list(
    facts: &FactSet<'_>,
    settings: &Settings,
    born: &Birthdays,
    on: Day,
) -> Vec<WorkItem> {
    let desk = Desk {
        facts,
        settings,
        people: people_on(facts, on),
        born,
        on,
    };
    let mut items = referrals::items(&desk);
    items.extend(plans::items(&desk));
    items.extend(person::items(&desk));
    items.extend(office::items(&desk));
    items.sort_by(|one, other| {
        let key = |item: &WorkItem| (item.state, item.awaits_answer, item.days_left, item.kind);
        let ids = |item: &WorkItem| (item.number.clone(), item.thing.clone());
        key(one)
            .cmp(&key(other))
            .then_with(|| ids(one).cmp(&ids(other)))
    });
    items
}

impl WorkBasis {
    /// The kinds of facts of which the list is made; settings are facts as well.
    pub const KINDS: &[Kind] = &[
        Kind::PersonKnown,
        Kind::AreaChanged,
        Kind::BirthMonth,
        Kind::ProfileChanged,
        Kind::ProcedureStarted,
        Kind::ProcedureEnded,
        Kind::Guardian,
        Kind::StaffAssigned,
        Kind::StaffUnassigned,
        Kind::CaseClosed,
        Kind::CaseReopened,
        Kind::CaseMerged,
        Kind::MergeUndone,
        Kind::DischargeNotice,
        Kind::DischargeDateSet,
        Kind::Discharged,
        Kind::ConsentGiven,
        Kind::ConsentWithdrawn,
        Kind::FollowUpScheduled,
        Kind::FollowUpDone,
        Kind::FollowUpCancelled,
        Kind::ReferralMade,
        Kind::ReferralReceived,
        Kind::ReferralAccepted,
        Kind::ReferralDeclined,
        Kind::ReferralCompleted,
        Kind::ReferralFedBack,
        Kind::ReferralEnded,
        Kind::ReferralReopened,
        Kind::ReferralStep,
        Kind::SupportPlanRequested,
        Kind::SupportPlanDrafted,
        Kind::SupportPlanAgreed,
        Kind::SupportPlanClosed,
        Kind::SupportPlanHandedOver,
        Kind::SupportPlanStep,
        Kind::DisasterPlanDrafted,
        Kind::DisasterPlanTransferred,
        Kind::DisasterPlanAgreed,
        Kind::DisasterPlanVerified,
        Kind::DisasterPlanRevised,
        Kind::DisasterPlanEnded,
        Kind::RecommendationMade,
        Kind::RecommendationAnswered,
        Kind::RequestStep,
        Kind::Setting,
    ];

    /// Reads what had occurred by `as_of`, as it was known at a position, for the list of a day; the
    /// views must have been brought forward before.
    ///
    /// # Errors
    /// [`FiguresError`] when the views or the log cannot be read.
    pub async fn read(
        store: &dyn EventStore,
        facts: &FactReader,
        (on, as_of): (Day, Day),
        as_at: Option<Position>,
    ) -> Result<Self, FiguresError> {
        let made = async |standing| -> Result<WorkFacts, FiguresError> {
            let settings = Settings::read(store, as_at).await?;
            let facts = counting(|| Indexed::of_kinds(standing));
            Ok(WorkFacts::of(facts, Arc::new(settings)))
        };
        let facts = facts
            .made((Self::KINDS, as_at), String::new(), made)
            .await?;
        Ok(Self {
            facts: WorkFacts::occurred_by(facts, as_of),
            on,
        })
    }

    /// The programme's settings as they stood.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.facts.settings
    }

    /// What is due, with the birthdays that could be read; none need be.
    #[must_use]
    pub fn items(&self, born: &Birthdays) -> Vec<WorkItem> {
        let facts = self.facts.facts.set();
        counting(|| work_list(&facts, self.settings(), born, self.on))
    }

    /// What is due of one person, as it stands in the list of all.
    #[must_use]
    pub fn items_of(&self, person: &str, born: &Birthdays) -> Vec<WorkItem> {
        let facts = FactSet::new(self.facts.facts.set().all_of_person(person));
        let mut items = work_list(&facts, self.settings(), born, self.on);
        items.retain(|item| item.child.as_deref() == Some(person));
        items
    }

    /// By which this basis is known again.
    #[must_use]
    pub fn mark(&self) -> WorkMark {
        WorkMark {
            facts: Arc::downgrade(&self.facts),
            on: self.on,
        }
    }

    /// The persons on whose birthday one of the items hangs, each with the case in whose stream the
    /// date of birth stands.
    #[must_use]
    pub fn birthdays_wanted(&self, items: &[WorkItem]) -> Vec<(String, ChildId)> {
        let facts = self.facts.facts.set();
        let hang = items.iter().filter(|item| item.kind == WorkKind::Reconsent);
        let wanted = hang.filter_map(|item| {
            let person = item.child.clone()?;
            let coming = birthday::ComingOfAge::of(&facts, &person)?;
            let case = coming.born.subject.as_deref()?.parse().ok()?;
            Some((person, case))
        });
        wanted.collect()
    }
}

impl PartialEq for WorkMark {
    /// Whether a list of one is that of the other: of the same facts, on the same day.
    fn eq(&self, other: &Self) -> bool {
        Weak::ptr_eq(&self.facts, &other.facts) && self.on == other.on
    }
}

impl WorkFacts {
    fn of(facts: Indexed, settings: Arc<Settings>) -> Self {
        Self {
            settings,
            last: facts.standing().filter_map(|fact| Self::day(fact)).max(),
            facts,
        }
    }

    /// The facts that had occurred by a day.
    fn occurred_by(all: Arc<Self>, as_of: Day) -> Arc<Self> {
        if all.last.is_none_or(|last| last <= as_of) {
            return all;
        }
        let by_then = all.facts.standing();
        let by_then = by_then.filter(|fact| Self::day(fact).is_none_or(|day| day <= as_of));
        let by_then = by_then.cloned().collect();
        let by_then = counting(|| Indexed::of(by_then));
        Arc::new(Self::of(by_then, Arc::clone(&all.settings)))
    }

    /// When it happened; a month of birth is known whenever it was written down.
    fn day(fact: &Stored) -> Option<Day> {
        fact.day.filter(|_| fact.kind != Kind::BirthMonth)
    }
}

impl<'a> Desk<'a, '_> {
    /// Whether anything said so by the day; an unknown day counts as past.
    fn any(&self, kind: Kind, thing: &str) -> bool {
        self.about(kind, thing).next().is_some()
    }

    /// The facts of a kind about a thing up to the day.
    fn about(&self, kind: Kind, thing: &str) -> impl Iterator<Item = &'a Stored> {
        self.until(self.facts.about(kind, thing))
    }

    /// The facts of a kind about a person up to the day.
    fn of_person(&self, kind: Kind, person: &str) -> impl Iterator<Item = &'a Stored> {
        self.until(self.facts.person_facts(kind, person))
    }

    /// The facts of a kind up to the day.
    fn of(&self, kind: Kind) -> impl Iterator<Item = &'a Stored> {
        self.until(self.facts.of(kind))
    }

    fn until(&self, facts: &[&'a Stored]) -> impl Iterator<Item = &'a Stored> {
        let (facts, on) = (facts.to_vec(), self.on);
        let past = move |fact: &&Stored| fact.day.is_none_or(|day| day <= on);
        facts.into_iter().filter(past)
    }

    /// Whether the person's case goes on; of a referral or plan also where it was left open by name.
    fn goes_on(&self, person: Option<&str>, may_be_left: bool) -> bool {
        let person = person.and_then(|person| self.people.get(person));
        let closed = person.and_then(|person| person.closed);
        closed.is_none_or(|closed| may_be_left && closed.value.is_some_and(|left| left > 0))
    }

    /// An item about the thing of a fact.
    fn item(&self, kind: WorkKind, fact: &'a Stored, due_on: Day) -> WorkItem {
        let person = self.facts.person(fact);
        let days_left = days_from(self.on, due_on);
        let number = person.and_then(|person| self.facts.registered(person));
        WorkItem {
            kind,
            state: if days_left < 0 {
                WorkState::Overdue
            } else {
                WorkState::Due
            },
            number: number.and_then(|known| known.detail.clone()),
            child: person.map(str::to_owned),
            case: fact.subject.clone().filter(|case| person != Some(case)),
            reminder: None,
            awaits_answer: false,
            thing: fact.thing.clone(),
            due_on,
            days_left,
            since: fact.day,
            owner: person.and_then(|person| self.in_charge(person)),
            because: Vec::new(),
            rests_on: vec![fact.event],
        }
    }

    /// The account that is chiefly in charge of a person.
    fn in_charge(&self, person: &str) -> Option<String> {
        let chiefly = |fact: &&Stored| fact.says(Charge::Main.code());
        let assigned = newest(self.of_person(Kind::StaffAssigned, person).filter(chiefly))?;
        let left = |left: &Stored| left.thing == assigned.thing && place(left) > place(assigned);
        let mut gone = self.of_person(Kind::StaffUnassigned, person);
        (!gone.any(left)).then(|| assigned.thing.clone())
    }

    /// How many days a term allows, and whether business days are meant.
    fn term(&self, term: Term) -> (i64, bool) {
        let held = term.in_force(self.settings);
        (held.days, held.business_days)
    }

    /// Whether an item's day is so near that it is shown.
    fn is_near(&self, item: &WorkItem, ahead: Term) -> bool {
        let (days, business) = self.term(ahead);
        let left = if business {
            self.settings.business_days_after(self.on, item.due_on)
        } else {
            item.days_left
        };
        left <= days
    }

    /// The last day that a term from a day allows.
    fn deadline(&self, from: Day, (days, business): (i64, bool)) -> Option<Day> {
        if !business {
            return plus(from, days);
        }
        // A centre that is never open has no deadline.
        let mut after = from.iter_days().skip(1).take(LONGEST_DAYS);
        after.find(|day| self.settings.business_days_after(from, *day) >= days)
    }
}

/// The longest that a term of business days is looked for, in days.
const LONGEST_DAYS: usize = 8_000;

/// Days from one day to another.
fn days_from(from: Day, to: Day) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// The day so many days after another.
fn plus(day: Day, days: i64) -> Option<Day> {
    day.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

/// The last of facts, by day and position.
fn newest<'a>(facts: impl IntoIterator<Item = &'a Stored>) -> Option<&'a Stored> {
    facts.into_iter().max_by_key(|fact| place(fact))
}

/// When a fact stands among others.
const fn place(fact: &Stored) -> (Option<Day>, Position) {
    (fact.day, fact.position)
}
