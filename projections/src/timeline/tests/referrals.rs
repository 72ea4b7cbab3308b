//! What a timeline shows of referrals.

use ledger_core::code::{Direction, PartyKind};
use ledger_core::event::{
    ReferralCompleted, ReferralDeclined, ReferralEscalated, ReferralEvent,
    ReferralInformationAnswered, ReferralInformationRequested, ReferralMade,
    ReferralProgressReported, ReferralReopened, ReferralWithdrawn,
};
use ledger_core::id::ReferralId;
use uuid::Uuid;

use super::*;

const REFERRAL: ReferralId = ReferralId::new(Uuid::from_u128(4));

fn referred(direction: Direction) -> Story {
    let mut story = Story::default();
    let made = ReferralMade {
        referral: REFERRAL,
        number: None,
        area: None,
        section: None,
        urgency: None,
        redirected_from: None,
        direction,
        party: PartyKind::Hospital,
        organisation: None,
        reason: None,
        due_on: Some(day("2023-05-01")),
        consent: None,
        office: text("見本病院"),
        request: NOTHING,
        staff: NOTHING,
    };
    story.0.add("2023-03-01", ReferralEvent::Made(made));
    story
}

fn shown(story: &Story) -> ReferralView {
    story.timeline(day("2023-06-01")).referrals.remove(0)
}

#[test]
fn a_referral_shows_its_other_office_its_questions_its_progress_and_whom_it_came_to() {
    let mut story = referred(Direction::From);
    let asked = || {
        ReferralEvent::InformationRequested(ReferralInformationRequested {
            referral: REFERRAL,
            question: NOTHING,
        })
    };
    story.0.add("2023-03-02", asked());
    story.0.add("2023-03-03", asked());
    let answered = ReferralInformationAnswered {
        referral: REFERRAL,
        answer: NOTHING,
    };
    story
        .0
        .add("2023-03-04", ReferralEvent::InformationAnswered(answered));
    let told = ReferralProgressReported {
        referral: REFERRAL,
        progress: NOTHING,
    };
    story
        .0
        .add("2023-03-10", ReferralEvent::ProgressReported(told));
    let escalated = ReferralEscalated {
        referral: REFERRAL,
        to: NOTHING,
        note: NOTHING,
    };
    story
        .0
        .add("2023-04-01", ReferralEvent::Escalated(escalated));

    let view = shown(&story);

    assert_eq!(view.direction, Direction::From);
    assert_eq!(view.party, PartyKind::Hospital);
    assert_eq!(view.office.as_deref(), Some("見本病院"));
    assert_eq!((view.questions, view.unanswered), (2, 1));
    assert_eq!(view.progress_on, Some(day("2023-03-10")));
    assert_eq!(view.escalated_on, Some(day("2023-04-01")));
    assert!(view.open);
}

#[test]
fn a_reopened_referral_is_open_again_however_it_had_ended() {
    let declined = ReferralDeclined {
        referral: REFERRAL,
        learnt_by: None,
        reason: NOTHING,
        alternative: NOTHING,
    };
    let completed = ReferralCompleted {
        referral: REFERRAL,
        outcome: None,
        note: NOTHING,
    };
    let withdrawn = ReferralWithdrawn {
        referral: REFERRAL,
        reason: NOTHING,
    };
    let ends = [
        ReferralEvent::Declined(declined),
        ReferralEvent::Completed(completed),
        ReferralEvent::Withdrawn(withdrawn),
    ];
    for end in ends {
        let mut story = referred(Direction::To);
        story.0.add("2023-03-10", end);
        let reopened = ReferralReopened {
            referral: REFERRAL,
            reason: NOTHING,
        };
        story.0.add("2023-04-10", ReferralEvent::Reopened(reopened));

        let view = shown(&story);

        assert!(view.open);
        assert_eq!((view.declined_on, view.completed_on), (None, None));
        assert_eq!(
            (view.reopened, view.reopened_on),
            (1, Some(day("2023-04-10")))
        );
    }
}

#[test]
fn a_decline_without_a_day_closes_a_referral_as_well() {
    let mut story = referred(Direction::To);
    let declined = ReferralDeclined {
        referral: REFERRAL,
        learnt_by: None,
        reason: NOTHING,
        alternative: NOTHING,
    };
    story.0.add("", ReferralEvent::Declined(declined));

    assert!(!shown(&story).open);
}
