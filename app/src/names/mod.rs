//! Names in memory, so that a person is found by name: opened where somebody searches, written nowhere.

mod fold;
mod number;
mod sought;

pub use fold::{folded, telephone};
pub use number::SoughtNumber;

use std::collections::BTreeMap;

use ledger_core::code::ProfileField;
use ledger_core::event::{CorrectionEvent, Event, GuardianDetail, Open, ProfileEvent};
use ledger_core::history::History;
use ledger_core::id::{ChildId, EventType, Position};
use ledger_core::store::{Filter, ReadAll};
use ledger_core::time::{Day, Timestamp, parse_day};
use ledger_projections::work_list::birth_date;
use tokio::sync::Mutex;

use self::sought::Sought;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::reading::unreadable;
use crate::wiring::OpenWithKeys;

/// How long names stay in memory before they are opened anew, in minutes: what was erased meanwhile is
/// gone from there, too.
const LASTS: i64 = 60;

/// The names of everybody in the ledger.
#[derive(Default)]
pub struct Names {
    known: Mutex<Known>,
}

/// What was opened so far.
#[derive(Default)]
struct Known {
    /// When it was begun to be opened; none: not yet.
    since: Option<Timestamp>,
    /// Up to which position.
    position: Position,
    /// What is told of each person's profile.
    profiles: BTreeMap<ChildId, History>,
}

/// What is looked for.
enum Wanted {
    Born(Day),
    Telephone(String),
    Named(Sought),
}

impl Wanted {
    fn of(text: &str) -> Option<Self> {
        if let Ok(read) = parse_day(text.trim()) {
            return Some(Self::Born(read.day));
        }
        let digits = telephone(text);
        let rest = folded(text);
        if !digits.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || "()+".contains(c))
        {
            return Some(Self::Telephone(digits));
        }
        Sought::of(text).map(Self::Named)
    }

    fn is(&self, profile: &History) -> bool {
        let events = profile.standing().filter_map(|entry| {
            let Event::Profile(event) = entry.event() else {
                return None;
            };
            Some(event)
        });
        match self {
            Self::Born(day) => birth_date(profile) == Some(*day),
            Self::Telephone(digits) => {
                let mut told = events.filter_map(phone);
                told.any(|text| telephone(text).contains(digits.as_str()))
            },
            Self::Named(name) => name.is(&events.flat_map(names).collect::<Vec<_>>()),
        }
    }
}

impl Names {
    /// Everybody who has, or had, a name like this one, or whose guardian has; who was born on this day, or
    /// is reached at this telephone number. None where too little is asked for to tell people apart.
    ///
    /// # Errors
    /// [`Failure`] when the store or a key fails.
    pub async fn find(
        &self,
        open: &OpenWithKeys,
        text: &str,
        now: Timestamp,
    ) -> Result<Option<Vec<ChildId>>, Failure> {
        let Some(wanted) = Wanted::of(text) else {
            return Ok(None);
        };
        let mut known = self.known.lock().await;
        known.bring_forward(open, now).await?;
        let found = known.profiles.iter();
        let found = found.filter(|(_, profile)| wanted.is(profile));
        Ok(Some(found.map(|(child, _)| *child).collect()))
    }
}

impl Known {
    async fn bring_forward(&mut self, open: &OpenWithKeys, now: Timestamp) -> Result<(), Failure> {
        let old =
            |since: Timestamp| now.micros().saturating_sub(since.micros()) > LASTS * 60_000_000;
        if self.since.is_none_or(old) {
            *self = Self {
                since: Some(now),
                ..Self::default()
            };
        }
        let mut read = ReadAll {
            filter: Filter::of_types(types()),
            ..ReadAll::after(self.position)
        };
        loop {
            let page = open.open.store.read_all(&read).await;
            let page = page.map_err(|error| read_failure(&error))?;
            for stored in page.events.iter() {
                if let Some(child) = stored.stream.as_child() {
                    let recorded = open.codec.decode(stored, Open::All).await;
                    let recorded = recorded.map_err(|error| unreadable(&error))?;
                    let profile = self.profiles.entry(child).or_default();
                    profile.push(recorded).map_err(|error| unreadable(&error))?;
                }
                self.position = stored.position;
            }
            match page.next {
                Some(next) => read.from = Some(Position::new(next)),
                None => return Ok(()),
            }
        }
    }
}

/// The types of events that tell of names, and those that change what they say.
fn types() -> impl Iterator<Item = EventType> {
    let profile = ProfileEvent::TYPES.iter();
    let all = profile.chain(CorrectionEvent::TYPES);
    all.filter_map(|info| EventType::new(info.name).ok())
}

/// Every name that a profile's event tells: of the person, in kana, of a guardian.
fn names(event: &ProfileEvent) -> Vec<&str> {
    const NAMES: [ProfileField; 2] = [ProfileField::Name, ProfileField::Kana];
    let told = if let ProfileEvent::Registered(registered) = event {
        [registered.name.text(), registered.kana.text()]
    } else if let ProfileEvent::Changed(changed) = event {
        let new = NAMES.contains(&changed.field).then(|| changed.new.text());
        [new.flatten(), None]
    } else {
        [guardian(event).and_then(|detail| detail.name.text()), None]
    };
    told.into_iter().flatten().collect()
}

/// The telephone number that a profile's event tells, of the person or a guardian.
fn phone(event: &ProfileEvent) -> Option<&str> {
    if let ProfileEvent::Changed(changed) = event {
        let is_phone = changed.field == ProfileField::Phone;
        return changed.new.text().filter(|_| is_phone);
    }
    guardian(event)?.contact.text()
}

const fn guardian(event: &ProfileEvent) -> Option<&GuardianDetail> {
    if let ProfileEvent::GuardianAdded(detail) | ProfileEvent::GuardianChanged(detail) = event {
        return Some(detail);
    }
    None
}

/// Name and kana as they stand; none while they are closed or erased.
#[must_use]
pub fn name_of(profile: &History) -> (Option<String>, Option<String>) {
    let (mut name, mut kana) = (None, None);
    for entry in profile.standing() {
        if let Event::Profile(ProfileEvent::Registered(registered)) = entry.event() {
            name = registered.name.text().map(str::to_owned);
            kana = registered.kana.text().map(str::to_owned);
        } else if let Event::Profile(ProfileEvent::Changed(changed)) = entry.event() {
            let new = || changed.new.text().map(str::to_owned);
            if changed.field == ProfileField::Name {
                name = new();
            } else if changed.field == ProfileField::Kana {
                kana = new();
            }
        }
    }
    (name, kana)
}
