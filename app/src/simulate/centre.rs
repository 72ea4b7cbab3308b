//! The centre of a simulated trial: what the play knows of its ledger, and how it acts in it.

use std::collections::BTreeMap;

use chrono::Days;
use ledger_core::id::{ChildId, EventId, LedgerId, StreamName};
use ledger_core::time::{Day, FiscalYear};
use serde_json::{Value, json};
use uuid::Uuid;

use super::agenda::Agenda;
use super::draws::Draws;
use super::person::Person;
use super::scene::Scene;
use super::stage::{Desk, Done};
use super::who::Who;
use super::{Options, PlayError};

/// Persons whom the paper's planned numbers are for (domain.md 1.10: some 180 in the ward).
const WARD_PERSONS: u64 = 180;
/// What is rare among the services is played as for so many persons at least.
const FEWEST_PERSONS: u64 = 45;

/// Commands without a time of occurrence.
const UNDATED: [&str; 5] = [
    "annul-event",
    "correct-event",
    "reassign-event",
    "reverse-annulment",
    "take-emergency-access",
];

/// An office of the directory.
#[derive(Clone, Debug)]
pub(super) struct Office {
    pub(super) id: Uuid,
    pub(super) kind: &'static str,
    pub(super) open: bool,
}

/// The centre.
pub(super) struct Centre<'a> {
    pub(super) desk: Desk<'a>,
    pub(super) draws: Draws,
    pub(super) agenda: Agenda,
    pub(super) options: Options,
    pub(super) persons: Vec<Person>,
    /// Those whom a day's work may be about: in the register, with an open case.
    pub(super) known: Vec<u32>,
    pub(super) staff: u32,
    pub(super) offices: Vec<Office>,
    pub(super) facilities: Vec<super::facility::Place>,
    /// Yen spent by fiscal year and budget line.
    pub(super) spent: BTreeMap<(i32, &'static str), u64>,
    /// The newest event, for answers that rest on one.
    pub(super) latest: Option<EventId>,
    /// The adviser's post, once it was filled anew.
    pub(super) adviser: Option<Uuid>,
    turns: BTreeMap<&'static str, usize>,
}

impl<'a> Centre<'a> {
    pub(super) fn new(desk: Desk<'a>, agenda: Agenda, options: Options) -> Self {
        let draws = Draws::new(options.seed);
        let staff = options.children.checked_div(60).unwrap_or(0);
        Self {
            desk,
            draws,
            agenda,
            options,
            persons: Vec::new(),
            known: Vec::new(),
            staff: staff.max(3),
            offices: Vec::new(),
            facilities: Vec::new(),
            spent: BTreeMap::new(),
            latest: None,
            adviser: None,
            turns: BTreeMap::new(),
        }
    }

    /// The day that is played.
    pub(super) fn today(&self) -> Day {
        self.desk.today()
    }

    /// The fiscal year that is played.
    pub(super) fn year(&self) -> i32 {
        FiscalYear::of(self.today()).year()
    }

    /// Gives a command; it occurred today unless it says otherwise.
    pub(super) async fn act(
        &mut self,
        who: Who,
        name: &'static str,
        mut fields: Value,
    ) -> Result<Done, PlayError> {
        if let Value::Object(fields) = &mut fields {
            fields.insert("command".to_owned(), json!(name));
            if !UNDATED.contains(&name) {
                let today = json!(self.desk.today().to_string());
                fields.entry("occurred").or_insert(today);
            }
        }
        let done = self.desk.give((who, name), fields, &mut self.draws).await?;
        self.latest = Some(done.event());
        Ok(done)
    }

    /// Gives a command about a person.
    pub(super) async fn about(
        &mut self,
        (who, child): (Who, u32),
        name: &'static str,
        mut fields: Value,
    ) -> Result<Done, PlayError> {
        if let Value::Object(fields) = &mut fields {
            fields.insert("child".to_owned(), json!(number(child)));
        }
        self.act(who, name, fields).await
    }

    /// Records that somebody opens a person's timeline.
    pub(super) async fn look(&mut self, who: Who, child: u32) -> Result<(), PlayError> {
        let stream = StreamName::child(self.child_id(child));
        self.desk.open_text(who, &stream, &mut self.draws).await
    }

    /// The same, now and then, where the record is theirs to open: rights are asked for elsewhere.
    pub(super) async fn look_if_in_charge(
        &mut self,
        who: Who,
        child: u32,
    ) -> Result<(), PlayError> {
        let charge = self.person(child).map(|person| Who::Staff(person.charge));
        if charge == Some(who) && self.draws.chance(15) {
            self.look(who, child).await?;
        }
        Ok(())
    }

    /// The id that follows from a person's number.
    pub(super) fn child_id(&self, child: u32) -> ChildId {
        let ledger: LedgerId = self.desk.stage.ledger.id();
        ChildId::new(ledger.derive("child", &[&number(child)]))
    }

    /// A person.
    pub(super) fn person(&self, child: u32) -> Option<&Person> {
        self.persons.get(place(child))
    }

    /// Changes what the play knows of a person.
    pub(super) fn change(&mut self, child: u32, change: impl FnOnce(&mut Person)) {
        if let Some(person) = self.persons.get_mut(place(child)) {
            change(person);
        }
    }

    /// Whether a person's case is open.
    pub(super) fn is_open(&self, child: u32) -> bool {
        self.person(child).is_some_and(|person| person.open)
    }

    /// The person's own member of staff, or a colleague of them.
    pub(super) fn staff_of(&mut self, child: u32) -> Who {
        let charge = self.person(child).map_or(0, |person| person.charge);
        if self.draws.chance(80) {
            Who::Staff(charge)
        } else {
            self.any_staff()
        }
    }

    /// A member of staff.
    pub(super) fn any_staff(&mut self) -> Who {
        let index = self.draws.below(u64::from(self.staff));
        Who::Staff(u32::try_from(index).unwrap_or(0))
    }

    /// Somebody in the register whose case is open, if there is anybody.
    pub(super) fn somebody(&mut self) -> Option<u32> {
        let index = self.draws.index(self.known.len());
        self.known.get(index).copied()
    }

    /// Somebody of whom something holds; a few are tried, from a drawn one on.
    pub(super) fn somebody_who(&mut self, is: impl Fn(&Person) -> bool) -> Option<u32> {
        let start = self.draws.index(self.known.len());
        let around = self.known.iter().cycle().skip(start);
        let mut around = around.take(self.known.len().min(200));
        around
            .find(|child| self.person(**child).is_some_and(&is))
            .copied()
    }

    /// An open office of a kind.
    pub(super) fn office(&mut self, kind: &str) -> Option<Uuid> {
        let of_kind = |office: &&Office| office.open && office.kind == kind;
        let count = self.offices.iter().filter(of_kind).count();
        let index = self.draws.index(count);
        let found = self.offices.iter().filter(of_kind).nth(index);
        found.map(|office| office.id)
    }

    /// Plans a scene for some day of so many on from today.
    pub(super) fn later(&mut self, low: u64, high: u64, scene: Scene) {
        let days = self.draws.between(low.max(1), high.max(1));
        if let Some(day) = self.today().checked_add_days(Days::new(days)) {
            self.agenda.plan(day, scene);
        }
    }

    /// How often something happens of which the ward has so many thousandths a month.
    pub(super) fn scaled(&mut self, thousandths: u64) -> u64 {
        let persons = u64::from(self.options.children).max(FEWEST_PERSONS);
        self.draws.whole(per_ward(thousandths, persons))
    }

    /// The same where nothing is made of a small ledger.
    pub(super) fn scaled_truly(&mut self, thousandths: u64) -> u64 {
        let persons = u64::from(self.options.children);
        self.draws.whole(per_ward(thousandths, persons))
    }

    /// Which of `ways` comes now: they take turns, so that a small ledger shows each of them.
    pub(super) fn turn(&mut self, what: &'static str, ways: usize) -> usize {
        let turn = self.turns.entry(what).or_default();
        let way = turn.checked_rem(ways).unwrap_or(0);
        *turn = turn.saturating_add(1);
        way
    }

    /// A day so many days from today, as text.
    pub(super) fn in_days(&self, days: u64) -> String {
        let day = self.today().checked_add_days(Days::new(days));
        day.unwrap_or_else(|| self.today()).to_string()
    }
}

fn per_ward(thousandths: u64, persons: u64) -> u64 {
    let all = thousandths.saturating_mul(persons);
    all.checked_div(WARD_PERSONS).unwrap_or(0)
}

/// The register number of a person.
pub(super) fn number(child: u32) -> String {
    format!("C{:03}", child.saturating_add(1))
}

fn place(child: u32) -> usize {
    usize::try_from(child).unwrap_or(usize::MAX)
}
