//! Of which fields of care events are.

use ledger_core::code::{
    Area, CareProcedure, CareRole, Channel, Consulter, Direction, PartyKind, ReferralReason,
    Section, Speaker, Topic, VoiceStage,
};
use ledger_core::event::{
    CareTeamEvent, CareTeamMemberJoined, CareTeamMemberLeft, ConsultationEvent,
    ConsultationRecorded, FamilyVoiceEvent, FamilyVoiceRecorded, FollowUpDone, FollowUpEvent,
    FollowUpScheduled, ReferralEvent, ReferralMade, ReferralReceived, SupportPlanAgreed,
    SupportPlanConferenceHeld, SupportPlanEvent, SupportPlanSectionsWritten,
};
use ledger_core::id::{CareTeamMemberId, ConsultationId, FollowUpId, ReferralId, SupportPlanId};
use uuid::Uuid;

use super::*;
use CareField::{Childcare, Education, Family, Health, Medical, Welfare};

const CONSULTATION: ConsultationId = ConsultationId::new(Uuid::from_u128(7));
const REFERRAL: ReferralId = ReferralId::new(Uuid::from_u128(4));
const MEMBER: CareTeamMemberId = CareTeamMemberId::new(Uuid::from_u128(5));
const FOLLOW_UP: FollowUpId = FollowUpId::new(Uuid::from_u128(6));
const SUPPORT: SupportPlanId = SupportPlanId::new(Uuid::from_u128(3));

fn consulted(consulter: Option<Consulter>, topics: Vec<Topic>) -> ConsultationEvent {
    ConsultationEvent::Recorded(ConsultationRecorded {
        consultation: CONSULTATION,
        number: None,
        consulter,
        channel: Some(Channel::Phone),
        topics,
        action: None,
        area: None,
        duration_minutes: None,
        content: NOTHING,
        staff: NOTHING,
        name_given: NOTHING,
    })
}

fn referred(section: Option<Section>, reason: Option<ReferralReason>) -> ReferralEvent {
    ReferralEvent::Made(ReferralMade {
        referral: REFERRAL,
        number: None,
        area: Some(Area::Kinuta),
        section,
        urgency: None,
        redirected_from: None,
        direction: Direction::To,
        party: PartyKind::DistrictCentre,
        organisation: None,
        reason,
        due_on: None,
        consent: None,
        office: NOTHING,
        request: NOTHING,
        staff: NOTHING,
    })
}

fn fields(story: &Story) -> Vec<Vec<CareField>> {
    let seen = story.timeline(day("2023-06-01"));
    let entries = seen.entries.into_iter();
    entries.map(|entry| entry.care_fields).collect()
}

#[test]
fn a_consultation_is_of_the_fields_of_its_topics_and_of_the_office_that_consulted() {
    let mut story = Story::default();
    for (consulter, topics) in [
        (
            Some(Consulter::Guardian),
            vec![Topic::Respite, Topic::NurseryEntry],
        ),
        (Some(Consulter::School), vec![Topic::Technique]),
        (Some(Consulter::Guardian), vec![Topic::Other]),
    ] {
        story.0.add("2023-03-01", consulted(consulter, topics));
    }
    assert_eq!(
        fields(&story),
        [
            vec![Welfare, Childcare, Family],
            vec![Medical, Education],
            vec![],
        ]
    );
}

#[test]
fn a_step_is_of_the_fields_of_what_it_is_a_step_of() {
    let mut story = Story::default();
    let consulted = consulted(None, vec![Topic::SchoolEntry]);
    story.0.add("2023-03-01", consulted);
    let promised = FollowUpScheduled {
        follow_up: FOLLOW_UP,
        consultation: Some(CONSULTATION),
        due_on: day("2023-03-10"),
        owner: None,
        what: NOTHING,
    };
    story
        .0
        .add("2023-03-01", FollowUpEvent::Scheduled(promised));
    let done = FollowUpDone {
        follow_up: FOLLOW_UP,
        result: NOTHING,
    };
    story.0.add("2023-03-02", FollowUpEvent::Done(done));
    let made = referred(
        Some(Section::HealthPromotion),
        Some(ReferralReason::Education),
    );
    story.0.add("2023-03-03", made);
    let received = ReferralReceived {
        referral: REFERRAL,
        learnt_by: None,
        receiver: NOTHING,
    };
    story.0.add("2023-03-04", ReferralEvent::Received(received));
    assert_eq!(
        fields(&story),
        [
            vec![Education],
            vec![Education],
            vec![Education],
            vec![Health, Childcare, Education],
            vec![Health, Childcare, Education],
        ]
    );
}

#[test]
fn a_section_says_more_than_its_district_centre() {
    let mut story = Story::default();
    story.0.add("2023-03-01", referred(None, None));
    assert_eq!(fields(&story), [vec![Health, Welfare]]);
    let mut story = Story::default();
    let livelihood = referred(Some(Section::LivelihoodSupport), None);
    story.0.add("2023-03-01", livelihood);
    assert_eq!(fields(&story), [vec![Welfare]]);
}

#[test]
fn who_works_with_a_person_is_of_the_office_and_of_the_role() {
    let mut story = Story::default();
    let joined = CareTeamMemberJoined {
        member: MEMBER,
        party: PartyKind::Nursery,
        organisation: None,
        role: CareRole::FacilityNurse,
        person: NOTHING,
        contact: NOTHING,
    };
    story.0.add("2023-03-01", CareTeamEvent::Joined(joined));
    let left = CareTeamMemberLeft {
        member: MEMBER,
        reason: NOTHING,
    };
    story.0.add("2023-03-02", CareTeamEvent::Left(left));
    assert_eq!(fields(&story), vec![vec![Medical, Childcare]; 2]);
}

#[test]
fn a_plan_is_of_what_it_coordinates_its_sections_of_what_was_written() {
    let mut story = Story::default();
    let agreed = SupportPlanAgreed {
        plan: SUPPORT,
        version: 1,
        agreed_by: NOTHING,
    };
    story.0.add("2023-03-01", SupportPlanEvent::Agreed(agreed));
    let met = SupportPlanConferenceHeld {
        plan: SUPPORT,
        parties: vec![PartyKind::Hospital, PartyKind::SpecialNeedsSchool],
        with_family: true,
        attendees: Private::Open(Vec::new()),
        note: NOTHING,
    };
    story
        .0
        .add("2023-03-02", SupportPlanEvent::ConferenceHeld(met));
    let written = SupportPlanSectionsWritten {
        plan: SUPPORT,
        version: 1,
        health: NOTHING,
        medical: text("訪問看護を週2回"),
        welfare: NOTHING,
        education: Private::Closed,
        family: text("きょうだいの送迎"),
        contacts: text("病院"),
    };
    story
        .0
        .add("2023-03-03", SupportPlanEvent::SectionsWritten(written));
    assert_eq!(
        fields(&story),
        [
            vec![Medical, Health, Welfare],
            vec![Medical, Education, Family],
            vec![Medical, Family],
        ]
    );
}

#[test]
fn care_is_medical_the_familys_voice_the_familys_and_a_disaster_plan_of_no_field() {
    let mut story = Story::default();
    story.procedure_started("2023-03-01", CareProcedure::Suction);
    story.guardian_added("2023-03-02");
    let voice = FamilyVoiceRecorded {
        stage: VoiceStage::ALL[0],
        answered: true,
        speaker: Some(Speaker::Guardian),
        anxiety: None,
        satisfaction: None,
        has_words: None,
        voice: NOTHING,
    };
    story.0.add("2023-03-03", FamilyVoiceEvent::Recorded(voice));
    story.plan_drafted("2023-03-04");
    assert_eq!(
        fields(&story),
        [vec![Medical], vec![Family], vec![Family], vec![]]
    );
}
