//! Who the person is, as known: profile, care, guardians.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::{Area, CareProcedure, MotorImpairment, ProfileField};
use ledger_core::event::{Event, GuardianDetail, MobilityAssessed, ProfileEvent};
use ledger_core::history::Entry;
use ledger_core::id::{ChildId, GuardianId};
use ledger_core::time::{Day, age_on};
use serde::Serialize;

/// The person, as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The person.
    pub child: Option<ChildId>,
    /// Register number.
    pub number: Option<String>,
    /// The cases that were merged into this one.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub cases: BTreeSet<ChildId>,
    /// Name, where it can be read.
    pub name: Option<String>,
    /// Name in kana, where it can be read.
    pub kana: Option<String>,
    /// Birth date, where it can be read.
    pub birth_date: Option<Day>,
    /// Month of birth, `YYYY-MM`.
    pub birth_month: Option<String>,
    /// Full years on the day on which the timeline is judged.
    pub age_years: Option<u32>,
    /// Area.
    pub area: Option<Area>,
    /// Address, where it can be read.
    pub address: Option<String>,
    /// Telephone, where it can be read.
    pub phone: Option<String>,
    /// Day on which the centre came to know the person.
    pub known_since: Option<Day>,
    /// Daily medical care that goes on.
    pub procedures: Vec<ProcedureView>,
    /// On a ventilator.
    pub ventilator: bool,
    /// Degree of motor impairment.
    pub motor_impairment: Option<MotorImpairment>,
    /// Severe-disability certificate.
    pub smid_certified: Option<bool>,
    /// 動ける医療的ケア児・者, derived from the two.
    pub movable: bool,
    /// Guardians and contacts.
    pub guardians: Vec<GuardianView>,
}

/// Daily medical care that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcedureView {
    /// The kind.
    pub procedure: CareProcedure,
    /// Since when, where known.
    pub since: Option<Day>,
}

/// A guardian or contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuardianView {
    /// Name, where it can be read.
    pub name: Option<String>,
    /// Relation, where it can be read.
    pub relation: Option<String>,
    /// Contact, where it can be read.
    pub contact: Option<String>,
    /// A contact of an adult rather than a guardian.
    pub contact_only: bool,
}

impl From<&GuardianDetail> for GuardianView {
    fn from(detail: &GuardianDetail) -> Self {
        Self {
            name: detail.name.text().map(str::to_owned),
            relation: detail.relation.text().map(str::to_owned),
            contact: detail.contact.text().map(str::to_owned),
            contact_only: detail.contact_only,
        }
    }
}

/// Folds the profile from the events that stand, in the order in which they were recorded. Of merged cases the one that
/// goes on says who the person is, and another only what it does not say; where the person lives is what was said last of
/// any, and mobility that of the latest assessment, as the figures count it.
pub(super) fn person(standing: &[&Entry], cases: BTreeSet<ChildId>, judged_on: Day) -> Person {
    let mut person = Person::default();
    let mut before = Person::default();
    let mut changed: BTreeSet<ProfileField> = BTreeSet::new();
    let mut guardians: BTreeMap<GuardianId, GuardianView> = BTreeMap::new();
    for entry in standing {
        let Event::Profile(event) = entry.event() else {
            continue;
        };
        let stream = entry.recorded.stream.as_child();
        let is_own = stream.is_none_or(|case| !cases.contains(&case));
        if let (ProfileEvent::Changed(change), true) = (event, is_own) {
            changed.insert(change.field);
        }
        identity(
            if is_own { &mut person } else { &mut before },
            event,
            entry.day(),
        );
        care(&mut person, &mut guardians, event, entry.day());
    }
    person.fill_in(before, &changed);
    person.area = standing.iter().rev().find_map(|entry| area(entry.event()));
    if let Some((_, assessed)) = standing
        .iter()
        .filter_map(|entry| Some((entry.day(), assessment(entry.event())?)))
        .max_by_key(|(day, _)| *day)
    {
        mobility(&mut person, assessed);
    }
    let mut seen = BTreeSet::new();
    person.procedures.retain(|one| seen.insert(one.procedure));
    person.guardians = guardians.into_values().collect();
    person.ventilator = person
        .procedures
        .iter()
        .any(|one| one.procedure == CareProcedure::Ventilator);
    let age = person.birth_date.and_then(|birth| age_on(birth, judged_on));
    person.age_years = age.map(|age| age.years);
    person.cases = cases;
    person
}

impl Person {
    /// Takes from another case what this one does not say: what was changed here stays, though it was made empty.
    fn fill_in(&mut self, before: Self, changed: &BTreeSet<ProfileField>) {
        let own = std::mem::take(self);
        let is_open = |field: ProfileField| !changed.contains(&field);
        let text = |own: Option<String>, before: Option<String>, field: ProfileField| {
            own.or(before.filter(|_| is_open(field)))
        };
        let birth = is_open(ProfileField::BirthDate);
        *self = Self {
            name: text(own.name, before.name, ProfileField::Name),
            kana: text(own.kana, before.kana, ProfileField::Kana),
            address: text(own.address, before.address, ProfileField::Address),
            phone: text(own.phone, before.phone, ProfileField::Phone),
            birth_month: own.birth_month.or(before.birth_month.filter(|_| birth)),
            birth_date: own.birth_date.or(before.birth_date.filter(|_| birth)),
            known_since: own.known_since.into_iter().chain(before.known_since).min(),
            ..own
        };
    }
}

/// Takes in what an event says of who the person is.
fn identity(person: &mut Person, event: &ProfileEvent, day: Option<Day>) {
    match event {
        ProfileEvent::Registered(registered) => {
            person.child = Some(registered.child);
            person.number.clone_from(&registered.number);
            person.name = registered.name.text().map(str::to_owned);
            person.kana = registered.kana.text().map(str::to_owned);
            person.birth_date = registered.birth_date.open().copied().flatten();
            person.birth_month.clone_from(&registered.birth_month);
            person.known_since = day;
        },
        ProfileEvent::Changed(changed) => {
            let new = changed.new.text().map(str::to_owned);
            match changed.field {
                ProfileField::Name => person.name = new,
                ProfileField::Kana => person.kana = new,
                ProfileField::Address => person.address = new,
                ProfileField::Phone => person.phone = new,
                ProfileField::Area => {},
                ProfileField::BirthDate => {
                    person.birth_date = new.and_then(|text| text.parse().ok());
                    person.birth_month.clone_from(&changed.birth_month);
                },
            }
        },
        ProfileEvent::ProcedureStarted(_)
        | ProfileEvent::ProcedureEnded(_)
        | ProfileEvent::GuardianAdded(_)
        | ProfileEvent::GuardianChanged(_)
        | ProfileEvent::GuardianRemoved(_)
        | ProfileEvent::BirthDetail(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => {},
    }
}

/// Takes in what an event says of the care that goes on, and of whom to call.
fn care(
    person: &mut Person,
    guardians: &mut BTreeMap<GuardianId, GuardianView>,
    event: &ProfileEvent,
    day: Option<Day>,
) {
    match event {
        ProfileEvent::ProcedureStarted(started) => {
            person.procedures.push(ProcedureView {
                procedure: started.procedure,
                since: day,
            });
        },
        ProfileEvent::ProcedureEnded(ended) => {
            // It is over in whichever case it began, but for what began again after it.
            let goes_on =
                |one: &ProcedureView| one.since.zip(day).is_some_and(|(from, to)| from > to);
            let mut procedures = std::mem::take(&mut person.procedures);
            procedures.retain(|one| one.procedure != ended.procedure || goes_on(one));
            person.procedures = procedures;
        },
        ProfileEvent::GuardianAdded(detail) | ProfileEvent::GuardianChanged(detail) => {
            guardians.insert(detail.guardian, GuardianView::from(detail));
        },
        ProfileEvent::GuardianRemoved(removed) => drop(guardians.remove(&removed.guardian)),
        ProfileEvent::Registered(_)
        | ProfileEvent::Changed(_)
        | ProfileEvent::BirthDetail(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => {},
    }
}

/// Where the person lives, as an event says it.
#[must_use]
pub fn area(event: &Event) -> Option<Area> {
    let Event::Profile(event) = event else {
        return None;
    };
    if let ProfileEvent::Registered(registered) = event {
        return registered.area;
    }
    let ProfileEvent::Changed(changed) = event else {
        return None;
    };
    changed.area
}

fn assessment(event: &Event) -> Option<&MobilityAssessed> {
    let Event::Profile(ProfileEvent::MobilityAssessed(assessed)) = event else {
        return None;
    };
    Some(assessed)
}

fn mobility(person: &mut Person, assessed: &MobilityAssessed) {
    person.motor_impairment = assessed.motor_impairment;
    person.smid_certified = assessed.smid_certified;
    person.movable = assessed.movable();
}
