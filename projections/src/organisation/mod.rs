//! Live: one office of the directory (地域資源), folded from its stream, with what it last said that
//! it can take on.

use ledger_core::actor::Actor;
use ledger_core::code::{Area, Capacity, CareProcedure, PartyKind, WelfareService};
use ledger_core::event::{Event, OrganisationEvent, OrganisationProfile, ResourceConfirmed};
use ledger_core::history::{Entry, History};
use ledger_core::id::OrganisationId;
use ledger_core::time::Day;
use serde::Serialize;

/// An answer is taken as good for so many days; an assumption, the ward's paper names no number.
pub const FRESH_DAYS: i64 = 180;

/// One office of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DirectoryEntry {
    /// The office.
    pub organisation: OrganisationId,
    /// Kind.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Area.
    pub area: Option<Area>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Worked with no longer.
    pub closed: bool,
    /// Day since which it is worked with no longer, where known.
    pub closed_on: Option<Day>,
    /// What it said last; none where nobody asked yet.
    pub confirmation: Option<Confirmation>,
}

/// What an office said that it can take on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confirmation {
    /// When it was asked.
    pub asked_on: Day,
    /// Days since then.
    pub age_days: i64,
    /// It is older than [`FRESH_DAYS`], and is to be asked again.
    pub stale: bool,
    /// Who asked: the account that recorded the answer.
    pub asked_by: Actor,
    /// How much.
    pub capacity: Capacity,
    /// Daily medical care that it can give.
    pub procedures: Vec<CareProcedure>,
    /// Services that it offers.
    pub services: Vec<WelfareService>,
    /// Youngest age taken, in years.
    pub age_from: Option<u32>,
    /// Oldest age taken, in years.
    pub age_to: Option<u32>,
    /// Free places.
    pub places: Option<u32>,
    /// Who said it, where it can be read.
    pub confirmed_with: Option<String>,
    /// Conditions, where they can be read.
    pub note: Option<String>,
}

/// Folds an office's history as it is seen on a day; none before it was registered.
///
/// What was asked later than that day is not in it, nor is a closing of a later day.
#[must_use]
pub fn directory_entry(history: &History, on: Day) -> Option<DirectoryEntry> {
    let mut profile: Option<&OrganisationProfile> = None;
    let mut closed: Option<Option<Day>> = None;
    let mut newest: Option<(Day, &Entry, &ResourceConfirmed)> = None;
    for entry in history.standing().filter(|entry| is_by(entry, on)) {
        let Event::Organisation(event) = entry.event() else {
            continue;
        };
        match event {
            OrganisationEvent::Registered(known) | OrganisationEvent::Changed(known) => {
                profile = Some(known);
            },
            OrganisationEvent::ResourceConfirmed(confirmed) => {
                if let Some(day) = entry.day() {
                    // An older answer that is recorded later does not replace a newer one.
                    if newest.is_none_or(|(known, ..)| known <= day) {
                        newest = Some((day, entry, confirmed));
                    }
                }
            },
            OrganisationEvent::Closed(_) => closed = Some(entry.day()),
        }
    }
    let profile = profile?;
    Some(DirectoryEntry {
        organisation: profile.organisation,
        kind: profile.kind,
        name: profile.name.clone(),
        area: profile.area,
        phone: profile.phone.clone(),
        address: profile.address.clone(),
        closed: closed.is_some(),
        closed_on: closed.flatten(),
        confirmation: newest
            .map(|(asked_on, entry, confirmed)| confirmation(confirmed, entry, asked_on, on)),
    })
}

fn is_by(entry: &Entry, on: Day) -> bool {
    entry.day().is_none_or(|day| day <= on)
}

fn confirmation(
    confirmed: &ResourceConfirmed,
    entry: &Entry,
    asked_on: Day,
    on: Day,
) -> Confirmation {
    let age_days = on.signed_duration_since(asked_on).num_days();
    Confirmation {
        asked_on,
        age_days,
        stale: age_days > FRESH_DAYS,
        asked_by: entry.recorded.metadata.actor.clone(),
        capacity: confirmed.capacity,
        procedures: confirmed.procedures.clone(),
        services: confirmed.services.clone(),
        age_from: confirmed.age_from,
        age_to: confirmed.age_to,
        places: confirmed.places,
        confirmed_with: confirmed.confirmed_with.text().map(str::to_owned),
        note: confirmed.note.text().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::event::OrganisationClosed;
    use ledger_core::id::StreamName;
    use ledger_core::private::Private;
    use uuid::Uuid;

    use super::*;
    use crate::story::{Story, day};

    const OFFICE: OrganisationId = OrganisationId::new(Uuid::from_u128(7));

    fn registered() -> Story {
        let mut story = Story::of(StreamName::organisation(OFFICE));
        let profile = OrganisationProfile {
            organisation: OFFICE,
            kind: PartyKind::VisitingNursing,
            name: "見本訪問看護ステーション".to_owned(),
            area: Some(Area::Kitazawa),
            phone: None,
            address: None,
        };
        story.add("2021-08-02", OrganisationEvent::Registered(profile));
        story
    }

    fn confirm(story: &mut Story, on: &str, capacity: Capacity) {
        let confirmed = ResourceConfirmed {
            organisation: OFFICE,
            capacity,
            procedures: vec![CareProcedure::Suction],
            services: Vec::new(),
            age_from: None,
            age_to: Some(18),
            places: Some(2),
            confirmed_with: Private::Open(Some("管理者".to_owned())),
            note: Private::Closed,
        };
        story.add(on, OrganisationEvent::ResourceConfirmed(confirmed));
    }

    #[test]
    fn an_office_that_nobody_asked_has_no_confirmation() {
        let story = registered();

        let entry = directory_entry(&story.history, day("2022-01-01")).unwrap();

        assert_eq!(entry.name, "見本訪問看護ステーション");
        assert_eq!(entry.confirmation, None);
        assert!(directory_entry(&story.history, day("2021-08-01")).is_none());
    }

    #[test]
    fn the_newest_answer_stands_with_its_age_also_where_an_older_one_is_recorded_later() {
        let mut story = registered();
        confirm(&mut story, "2022-06-10", Capacity::Limited);
        confirm(&mut story, "2022-02-01", Capacity::Open);

        let said = |on: &str| {
            directory_entry(&story.history, day(on))
                .unwrap()
                .confirmation
        };

        let newest = said("2022-07-10").unwrap();
        assert_eq!((newest.capacity, newest.age_days), (Capacity::Limited, 30));
        assert_eq!(newest.confirmed_with.as_deref(), Some("管理者"));
        assert_eq!(newest.note, None);
        let earlier = said("2022-03-01").unwrap();
        assert_eq!((earlier.capacity, earlier.age_days), (Capacity::Open, 28));
        assert_eq!(newest.asked_by.as_str(), "staff-1");
    }

    #[test]
    fn an_answer_is_fresh_on_day_180_and_stale_on_day_181() {
        let mut story = registered();
        confirm(&mut story, "2022-01-01", Capacity::Open);

        let stale = |on: &str| {
            let entry = directory_entry(&story.history, day(on)).unwrap();
            entry.confirmation.unwrap().stale
        };

        assert!(!stale("2022-06-30"));
        assert!(stale("2022-07-01"));
    }

    #[test]
    fn an_office_is_closed_from_the_day_of_its_closing() {
        let mut story = registered();
        let closed = OrganisationClosed {
            organisation: OFFICE,
        };
        story.add("2023-03-31", OrganisationEvent::Closed(closed));

        let entry = |on: &str| directory_entry(&story.history, day(on)).unwrap();

        assert!(!entry("2023-03-30").closed);
        assert_eq!(entry("2023-03-31").closed_on, Some(day("2023-03-31")));
    }
}
