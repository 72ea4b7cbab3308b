//! Who a person is and what care they need, as commands compare it.

use std::collections::BTreeMap;

use ledger_core::code::{Area, CareProcedure, ProfileField};
use ledger_core::event::{ChildRegistered, GuardianDetail, ProfileChanged, ProfileEvent};
use ledger_core::id::GuardianId;
use ledger_core::time::{Day, Occurred, age_on};

use super::{Happened, Step};

/// A birth as exactly as it can be read here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Birth {
    /// The date; none when it is not known, not opened or erased.
    pub date: Option<Day>,
    /// The month, `YYYY-MM`; stays when the date is erased.
    pub month: Option<String>,
}

impl Birth {
    /// Whether all of a time of occurrence lies before the birth; never where either is unknown.
    ///
    /// Months are compared where either is known to the month alone.
    #[must_use]
    pub fn is_after(&self, occurred: Occurred) -> bool {
        let Some(day) = occurred.day() else {
            return false;
        };
        match (self.date, occurred) {
            (Some(birth), Occurred::Minute(_) | Occurred::Day(_)) => day < birth,
            (Some(birth), Occurred::Month(_) | Occurred::Unknown) => {
                occurred.month() < Occurred::Day(birth).month()
            },
            (None, _) => self.month.is_some() && occurred.month() < self.month,
        }
    }

    /// Completed years on a day; by the first of the month where only that is known.
    #[must_use]
    pub fn age_years(&self, day: Day) -> Option<u32> {
        let month = || format!("{}-01", self.month.as_deref()?).parse().ok();
        let birth = self.date.or_else(month)?;
        age_on(birth, day).map(|age| age.years)
    }
}

/// A time during which a kind of daily medical care went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcedurePeriod {
    /// The kind.
    pub procedure: CareProcedure,
    /// First day; none when it is not known.
    pub from: Option<Day>,
    /// The day on which it ended, itself no longer one of care; none while it goes on.
    pub until: Option<Day>,
    /// Whether an end is recorded, be its day known or not.
    pub ended: bool,
    /// The event that began it.
    pub started: Step,
}

impl ProcedurePeriod {
    /// Whether care went on on that day; an unknown day bounds nothing.
    #[must_use]
    pub fn covers(&self, day: Day) -> bool {
        let begun = self.from.is_none_or(|from| from <= day);
        let over = self.ended && self.until.is_none_or(|until| until <= day);
        begun && !over
    }

    const fn end(&mut self, day: Option<Day>) {
        self.until = day;
        self.ended = true;
    }
}

/// A guardian or contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guardian {
    /// A contact of an adult rather than a guardian.
    pub contact_only: bool,
    /// The event that says so last.
    pub step: Step,
}

/// A person's profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The registration, once there is one.
    pub registered: Option<Step>,
    /// Birth.
    pub birth: Birth,
    /// Area in which the person lives.
    pub area: Option<Area>,
    /// The text fields that can be compared here: not those that are closed or erased.
    pub(super) texts: BTreeMap<ProfileField, String>,
    /// The registration or a later change could not be opened.
    pub closed: bool,
    /// Daily medical care, in the order of its recording.
    pub procedures: Vec<ProcedurePeriod>,
    /// Ends whose beginning stands in no period here: it may stand in another case of the person.
    pub(super) lone_ends: Vec<(CareProcedure, Option<Day>)>,
    /// Guardians and contacts.
    pub guardians: BTreeMap<GuardianId, Guardian>,
}

impl Profile {
    /// The current value of a field as text, an area by its code, a date as ISO 8601.
    #[must_use]
    pub fn value(&self, field: ProfileField) -> Option<String> {
        match field {
            ProfileField::Area => self.area.map(|area| area.code().to_owned()),
            ProfileField::BirthDate => self.birth.date.map(|date| date.to_string()),
            ProfileField::Name
            | ProfileField::Kana
            | ProfileField::Address
            | ProfileField::Phone => self.texts.get(&field).cloned(),
        }
    }

    /// Whether a kind of care goes on after everything recorded so far.
    #[must_use]
    pub fn open_procedure(&self, procedure: CareProcedure) -> Option<&ProcedurePeriod> {
        let mut periods = self.procedures.iter().rev();
        periods.find(|period| period.procedure == procedure && !period.ended)
    }

    /// Takes in the care that other cases of the same person tell of; an end whose beginning stands in
    /// another case ends the last period that had begun by then.
    pub(super) fn join(&mut self, others: &[&Self]) {
        let mut ends = self.lone_ends.clone();
        for other in others {
            self.procedures.extend(other.procedures.iter().cloned());
            ends.extend(other.lone_ends.iter().copied());
        }
        self.procedures.sort_by_key(|period| period.from);
        ends.sort_by_key(|(_, day)| *day);
        for (procedure, day) in ends {
            let mut periods = self.procedures.iter_mut().rev();
            let begun = |period: &&mut ProcedurePeriod| {
                let by_then = day.is_none_or(|day| period.from.is_none_or(|from| from <= day));
                period.procedure == procedure && !period.ended && by_then
            };
            if let Some(period) = periods.find(begun) {
                period.end(day);
            }
        }
    }

    pub(super) fn evolve(&mut self, event: &ProfileEvent, happened: &Happened<'_>) {
        match event {
            ProfileEvent::Registered(registered) => self.register(registered, happened.step()),
            ProfileEvent::Changed(changed) => self.change(changed),
            ProfileEvent::BirthDetail(_)
            | ProfileEvent::MobilityAssessed(_)
            | ProfileEvent::WelfareServices(_)
            | ProfileEvent::CareScore(_) => {},
            ProfileEvent::ProcedureStarted(started) => self.procedures.push(ProcedurePeriod {
                procedure: started.procedure,
                from: happened.occurred.day(),
                until: None,
                ended: false,
                started: happened.step(),
            }),
            ProfileEvent::ProcedureEnded(ended) => {
                let mut periods = self.procedures.iter_mut().rev();
                if let Some(period) =
                    periods.find(|period| period.procedure == ended.procedure && !period.ended)
                {
                    period.end(happened.occurred.day());
                } else {
                    let end = (ended.procedure, happened.occurred.day());
                    self.lone_ends.push(end);
                }
            },
            ProfileEvent::GuardianAdded(detail) | ProfileEvent::GuardianChanged(detail) => {
                self.guardian(detail, happened.step());
            },
            ProfileEvent::GuardianRemoved(removed) => {
                self.guardians.remove(&removed.guardian);
            },
        }
    }

    fn register(&mut self, registered: &ChildRegistered, step: Step) {
        self.registered = Some(step);
        self.birth.month.clone_from(&registered.birth_month);
        self.area = registered.area;
        let texts = [
            (ProfileField::Name, &registered.name),
            (ProfileField::Kana, &registered.kana),
        ];
        for (field, text) in texts {
            self.closed |= text.open().is_none();
            self.set(field, text.text());
        }
        self.birth.date = registered.birth_date.open().copied().flatten();
    }

    fn change(&mut self, changed: &ProfileChanged) {
        let new = changed.new.text();
        self.closed |= changed.new.open().is_none();
        match changed.field {
            ProfileField::Area => self.area = changed.area,
            ProfileField::BirthDate => {
                self.birth.month.clone_from(&changed.birth_month);
                self.birth.date = new.and_then(|date| date.parse().ok());
            },
            ProfileField::Name
            | ProfileField::Kana
            | ProfileField::Address
            | ProfileField::Phone => self.set(changed.field, new),
        }
    }

    fn set(&mut self, field: ProfileField, text: Option<&str>) {
        match text {
            Some(text) => drop(self.texts.insert(field, text.to_owned())),
            None => drop(self.texts.remove(&field)),
        }
    }

    fn guardian(&mut self, detail: &GuardianDetail, step: Step) {
        let contact_only = detail.contact_only;
        self.guardians
            .insert(detail.guardian, Guardian { contact_only, step });
    }
}
