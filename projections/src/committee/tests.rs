use ledger_core::code::CorrectionReason;
use ledger_core::event::{CorrectionEvent, EventAnnulled};
use ledger_core::id::{EventId, StreamName};
use ledger_core::private::Private;
use serde_json::{Value, json};

use super::*;
use crate::card::told::{day, event, history, uuid};

fn id() -> MeetingId {
    MeetingId::new(uuid(100))
}

fn events() -> Vec<(&'static str, Event)> {
    let recommendation = uuid(200);
    let told = |on, name, clear: Value, private: Value| (on, event(name, &clear, &private));
    vec![
        told(
            "2022-04-28",
            "meeting-convened",
            json!({"meeting": id(), "nth": 2, "planned_on": "2022-05-19"}),
            json!({"agenda": ["実施状況"]}),
        ),
        told(
            "2022-05-12",
            "materials-frozen",
            json!({"meeting": id(), "fiscal_year": 2021, "on_day": "2022-03-31",
                "as_at": 4_321, "digest": "0".repeat(64)}),
            json!({}),
        ),
        told(
            "2022-05-19",
            "meeting-held",
            json!({"meeting": id(), "attendee_count": 7}),
            json!({}),
        ),
        told(
            "2022-05-19",
            "finding-recorded",
            json!({"finding": uuid(300), "indicator": "A-1"}),
            json!({"text": "達した。"}),
        ),
        told(
            "2022-05-19",
            "recommendation-made",
            json!({"recommendation": recommendation, "addressee": "centre",
                "due_on": "2022-09-30"}),
            json!({"text": "案内すること。"}),
        ),
        told(
            "2022-06-10",
            "minutes-approved",
            json!({"meeting": id(), "position": 4_500, "root": "f".repeat(64)}),
            json!({}),
        ),
        told(
            "2022-10-03",
            "recommendation-answered",
            json!({"recommendation": recommendation, "evidence": [uuid(400)]}),
            json!({"text": "案内した。"}),
        ),
        told(
            "2023-02-01",
            "recommendation-answered",
            json!({"recommendation": recommendation}),
            json!({"text": "続けている。"}),
        ),
        told(
            "2023-11-20",
            "trial-reviewed",
            json!({"conclusion": "continue", "grounds": ["know-how"]}),
            json!({}),
        ),
    ]
}

fn card(on: &str) -> Option<MeetingCard> {
    let history = history(&StreamName::committee(id()), events());
    meeting_card(&history, day(on))
}

#[test]
fn a_card_shows_the_meeting_from_its_notice_to_the_review_of_the_trial() {
    let card = card("2024-03-31").unwrap();

    assert_eq!((card.meeting, card.nth), (id(), Some(2)));
    assert_eq!(card.agenda, Some(vec!["実施状況".to_owned()]));
    assert_eq!(card.materials.unwrap().as_at, Position::new(4_321));
    let held = card.held.unwrap();
    assert_eq!((held.attendee_count, held.attendees), (7, None));
    assert_eq!(card.findings[0].text.as_deref(), Some("達した。"));
    assert_eq!(card.minutes.unwrap().position, Position::new(4_500));
    assert_eq!(card.reviews[0].grounds, [TrialGround::KnowHow]);
    let answers = &card.recommendations[0].answers;
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0].evidence, [EventId::new(uuid(400))]);
}

#[test]
fn a_recommendation_waits_for_its_first_answer_and_is_overdue_only_until_then() {
    let wait = |on: &str| card(on).unwrap().recommendations[0].wait;
    let open = |days, overdue| Wait {
        open: true,
        days: Some(days),
        overdue,
    };

    assert_eq!(wait("2022-05-19"), open(0, false));
    assert_eq!(wait("2022-09-30"), open(134, false));
    assert_eq!(wait("2022-10-01"), open(135, true));
    let answered = Wait {
        open: false,
        days: Some(137),
        overdue: false,
    };
    assert_eq!(wait("2022-10-03"), answered);
    assert_eq!(wait("2024-03-31"), answered);
}

#[test]
fn what_had_not_occurred_by_then_is_not_shown() {
    assert_eq!(card("2022-04-27"), None);
    let early = card("2022-05-12").unwrap();

    assert!(early.materials.is_some());
    assert_eq!(early.held, None);
    assert_eq!(early.recommendations, []);
}

#[test]
fn an_annulled_answer_leaves_the_recommendation_waiting() {
    let mut told = events();
    told.truncate(7);
    let annulled = CorrectionEvent::Annulled(EventAnnulled {
        target: EventId::new(uuid(7)),
        reason: CorrectionReason::Typo,
        explanation: Private::Open(None),
    });
    told.push(("2022-10-04", annulled.into()));

    let history = history(&StreamName::committee(id()), told);
    let card = meeting_card(&history, day("2022-10-05")).unwrap();

    assert_eq!(card.recommendations[0].answers, []);
    assert!(card.recommendations[0].wait.overdue);
}

#[test]
fn a_meeting_is_convened_then_frozen_then_held_then_approved() {
    let state = |on: &str| card(on).unwrap().state();

    assert_eq!(state("2022-04-28"), MeetingState::Convened);
    assert_eq!(state("2022-05-12"), MeetingState::Frozen);
    assert_eq!(state("2022-05-19"), MeetingState::Held);
    assert_eq!(state("2022-06-10"), MeetingState::Approved);
    assert_eq!(
        card("2022-09-30").unwrap().open_recommendations().count(),
        1
    );
    assert_eq!(
        card("2022-10-03").unwrap().open_recommendations().count(),
        0
    );
}
