//! Of which kinds events are, and what holds them together beside their days.

use ledger_core::code::{Area, Channel, Direction, PartyKind, Section, Topic};
use ledger_core::event::{
    ConsultationEvent, ConsultationRecorded, ReferralEvent, ReferralMade, ReferralReceived,
};
use ledger_core::id::{ConsultationId, ReferralId};
use uuid::Uuid;

use super::*;

const REFERRAL: ReferralId = ReferralId::new(Uuid::from_u128(4));

fn consulted(channel: Channel) -> ConsultationEvent {
    ConsultationEvent::Recorded(ConsultationRecorded {
        consultation: ConsultationId::new(Uuid::from_u128(7)),
        number: None,
        consulter: None,
        channel: Some(channel),
        topics: vec![Topic::Respite],
        action: None,
        area: None,
        duration_minutes: None,
        content: NOTHING,
        staff: NOTHING,
        name_given: NOTHING,
    })
}

#[test]
fn an_event_is_of_every_kind_that_it_is_looked_for_by() {
    let mut story = Story::default();
    for channel in [Channel::Visit, Channel::Meeting, Channel::Phone] {
        story.0.add("2023-03-01", consulted(channel));
    }
    let seen = story.timeline(day("2023-06-01"));
    let kinds: Vec<Vec<EntryKind>> = seen.entries.iter().map(TimelineEntry::kinds).collect();
    assert_eq!(
        kinds,
        [
            vec![EntryKind::Consultation, EntryKind::Visit],
            vec![EntryKind::Consultation, EntryKind::Meeting],
            vec![EntryKind::Consultation],
        ]
    );
}

#[test]
fn a_step_of_a_referral_is_with_the_office_to_which_it_was_made() {
    let mut story = Story::default();
    let made = ReferralMade {
        referral: REFERRAL,
        number: None,
        area: Some(Area::Kinuta),
        section: Some(Section::HealthWelfare),
        urgency: None,
        redirected_from: None,
        direction: Direction::To,
        party: PartyKind::DistrictCentre,
        organisation: None,
        reason: None,
        due_on: None,
        consent: None,
        office: NOTHING,
        request: NOTHING,
        staff: NOTHING,
    };
    story.0.add("2023-03-01", ReferralEvent::Made(made));
    let received = ReferralReceived {
        referral: REFERRAL,
        learnt_by: None,
        receiver: NOTHING,
    };
    story.0.add("2023-03-02", ReferralEvent::Received(received));
    story.0.add("2023-03-03", consulted(Channel::Phone));
    let seen = story.timeline(day("2023-06-01"));
    let district = OtherOffice::District(Some(Area::Kinuta), Some(Section::HealthWelfare));
    let threads = seen.entries.iter();
    let threads: Vec<_> = threads
        .map(|entry| (entry.referral(), seen.offices(entry)))
        .collect();
    assert_eq!(
        threads,
        [
            (Some(REFERRAL), vec![district]),
            (Some(REFERRAL), vec![district]),
            (None, Vec::new()),
        ]
    );
}
