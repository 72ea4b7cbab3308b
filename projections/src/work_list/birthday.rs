//! When a person comes of age: by the birthday, where it was opened, or by the month of birth.

use chrono::Months;
use ledger_core::code::{ProfileField, Speaker};
use ledger_core::event::{Event, ProfileEvent};
use ledger_core::history::History;
use ledger_core::time::Day;

use super::newest;
use crate::facts::{Kind, Stored};
use crate::indicators::FactSet;

/// From this age on a person consents for themselves.
const OF_AGE_MONTHS: u32 = 18 * 12;

/// The month in which a person comes of age.
pub(super) struct ComingOfAge<'a> {
    /// What says when the person was born, whenever it was written down.
    pub(super) born: &'a Stored,
    /// The month's first day.
    pub(super) first: Day,
    /// Its last day.
    pub(super) last: Day,
}

impl<'a> ComingOfAge<'a> {
    /// The month of a person whose month of birth is known.
    pub(super) fn of(facts: &FactSet<'a>, person: &str) -> Option<Self> {
        let born = facts.person_facts(Kind::BirthMonth, person).iter();
        let born = newest(born.copied())?;
        let month: Day = format!("{}-01", born.thing).parse().ok()?;
        let first = month.checked_add_months(Months::new(OF_AGE_MONTHS))?;
        let next = first.checked_add_months(Months::new(1))?;
        Some(Self {
            born,
            first,
            last: next.pred_opt()?,
        })
    }
}

/// The 18th birthday; of who was born on 29 February the 1st of March in a year without that day.
pub(super) fn birthday_of_age(born: Day) -> Option<Day> {
    let day = born.checked_add_months(Months::new(OF_AGE_MONTHS))?;
    let same = chrono::Datelike::day(&day) == chrono::Datelike::day(&born);
    if same { Some(day) } else { day.succ_opt() }
}

/// Whether a consent was given by the person, or by the guardian of an adult.
pub(super) fn is_own(given: &Stored) -> bool {
    let own = [Speaker::Person, Speaker::AdultGuardian].map(Speaker::code);
    given.other.as_deref().is_some_and(|by| own.contains(&by))
}

/// The birth date that stands in a case's history, after corrections and changes; none while it is closed.
#[must_use]
pub fn birth_date(history: &History) -> Option<Day> {
    let mut born = None;
    for entry in history.standing() {
        if let Event::Profile(ProfileEvent::Registered(it)) = entry.event() {
            born = it.birth_date.open().copied().flatten();
        } else if let Event::Profile(ProfileEvent::Changed(it)) = entry.event()
            && it.field == ProfileField::BirthDate
        {
            born = it.new.text().and_then(|new| new.parse().ok());
        }
    }
    born
}
