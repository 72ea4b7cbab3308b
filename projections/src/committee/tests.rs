use ledger_core::code::CorrectionReason;
use ledger_core::event::{CorrectionEvent, EventAnnulled, MinutesApproved, RecommendationAnswered};
use ledger_core::id::{EventId, StreamName};
use ledger_core::private::Private;

use super::*;
use crate::card::told::{day, history, uuid};

fn text(text: &str) -> Private<Option<String>> {
    Private::Open(Some(text.to_owned()))
}

fn id() -> MeetingId {
    MeetingId::new(uuid(100))
}

fn events() -> Vec<(&'static str, Event)> {
    let recommendation = RecommendationId::new(uuid(200));
    let answered = |evidence, answer| {
        CommitteeEvent::RecommendationAnswered(RecommendationAnswered {
            recommendation,
            evidence,
            text: answer,
        })
    };
    let told = [
        (
            "2022-04-28",
            CommitteeEvent::Convened(MeetingConvened {
                meeting: id(),
                nth: Some(2),
                planned_on: day("2022-05-19"),
                agenda: Private::Open(vec!["実施状況".to_owned()]),
            }),
        ),
        (
            "2022-05-12",
            CommitteeEvent::MaterialsFrozen(MaterialsFrozen {
                meeting: id(),
                fiscal_year: FiscalYear::new(2021),
                on_day: day("2022-03-31"),
                as_at: Position::new(4_321),
                digest: "0".repeat(64),
            }),
        ),
        (
            "2022-05-19",
            CommitteeEvent::Held(MeetingHeld {
                meeting: id(),
                attendees: Private::Closed,
                attendee_count: 7,
            }),
        ),
        (
            "2022-05-19",
            CommitteeEvent::FindingRecorded(FindingRecorded {
                finding: FindingId::new(uuid(300)),
                indicator: Some("A-1".to_owned()),
                text: text("達した。"),
            }),
        ),
        (
            "2022-05-19",
            CommitteeEvent::RecommendationMade(RecommendationMade {
                recommendation,
                addressee: Addressee::Centre,
                due_on: Some(day("2022-09-30")),
                indicator: None,
                text: text("案内すること。"),
            }),
        ),
        (
            "2022-06-10",
            CommitteeEvent::MinutesApproved(MinutesApproved {
                meeting: id(),
                position: Position::new(4_500),
                root: "f".repeat(64),
            }),
        ),
        (
            "2022-10-03",
            answered(vec![EventId::new(uuid(400))], text("案内した。")),
        ),
        ("2023-02-01", answered(Vec::new(), text("続けている。"))),
        (
            "2023-11-20",
            CommitteeEvent::TrialReviewed(TrialReviewed {
                conclusion: TrialConclusion::Continue,
                grounds: vec![TrialGround::KnowHow],
                text: Private::Closed,
            }),
        ),
    ];
    told.map(|(on, event)| (on, Event::from(event))).into()
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
