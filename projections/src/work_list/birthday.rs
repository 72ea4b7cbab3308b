//! When a person comes of age: by the birthday, read where it may be opened, or by the month of birth.

use chrono::Months;
use ledger_core::code::{ProfileField, Speaker};
use ledger_core::event::{Codec, Event, Open, ProfileEvent, Recorded};
use ledger_core::history::History;
use ledger_core::id::{ChildId, Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream};
use ledger_core::time::Day;

use super::{Birthdays, newest};
use crate::facts::{Kind, Stored};
use crate::figures::FiguresError;
use crate::indicators::{FactSet, people_on};
use crate::settings::SettingsError;

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

/// Whose birthday a task may hang on, each with the case in whose stream it stands: persons who came
/// of age, or do so this month, and did not consent themselves behind that month.
pub(super) fn wanted<'a>(facts: &FactSet<'a>, on: Day) -> Vec<(&'a str, &'a str)> {
    let people = people_on(facts, on).into_values();
    let open = people.filter(|person| person.closed.is_none());
    let wanted = open.filter_map(|person| {
        let coming = ComingOfAge::of(facts, person.id)?;
        let consents = facts.person_facts(Kind::ConsentGiven, person.id);
        let settled = |fact: &&Stored| is_own(fact) && fact.day > Some(coming.last);
        let none = consents.is_empty() && on > coming.last;
        let wanted = coming.first <= on && !none && !consents.iter().any(settled);
        wanted.then_some((person.id, coming.born.subject.as_deref()?))
    });
    wanted.collect()
}

/// The birthdays that could be opened.
pub(super) async fn read(
    store: &dyn EventStore,
    codec: &Codec,
    wanted: &[(&str, &str)],
    as_at: Option<Position>,
) -> Result<Birthdays, FiguresError> {
    let mut born = Birthdays::default();
    for (person, case) in wanted {
        let Ok(case) = case.parse::<ChildId>() else {
            continue;
        };
        if let Some(day) = birth_date(store, codec, &StreamName::child(case), as_at).await? {
            born.insert((*person).to_owned(), day);
        }
    }
    Ok(born)
}

async fn birth_date(
    store: &dyn EventStore,
    codec: &Codec,
    stream: &StreamName,
    as_at: Option<Position>,
) -> Result<Option<Day>, FiguresError> {
    let mut history = History::default();
    let mut read = ReadStream {
        as_at,
        ..ReadStream::whole(stream.clone())
    };
    loop {
        let page = store
            .read_stream(&read)
            .await
            .map_err(SettingsError::from)?;
        for stored in page.events.iter() {
            // Whatever cannot be opened leaves the month of birth to speak.
            let opened = codec.decode(stored, Open::Identity).await;
            let Some(recorded) = opened.ok().or_else(|| Recorded::read(stored).ok()) else {
                return Ok(None);
            };
            if history.push(recorded).is_err() {
                return Ok(None);
            }
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(in_force(&history)),
        }
    }
}

/// The birth date that stands, after corrections and changes.
fn in_force(history: &History) -> Option<Day> {
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
