use ledger_core::event::{AnswerGiven, AuditClosed, FindingCleared};
use ledger_core::id::StreamName;
use ledger_core::private::Private;

use super::*;
use crate::card::told::{day, history, uuid};

fn text(text: &str) -> Private<Option<String>> {
    Private::Open(Some(text.to_owned()))
}

fn card(on: &str) -> Option<EngagementCard> {
    let engagement = EngagementId::new(uuid(100));
    let (question, event) = (QuestionId::new(uuid(200)), EventId::new(uuid(400)));
    let finding = |number| FindingId::new(uuid(number));
    let issued = |number, question| {
        AuditEvent::FindingIssued(FindingIssued {
            finding: finding(number),
            severity: Severity::Minor,
            question,
            text: text("遅い。"),
        })
    };
    let told = [
        (
            "2022-10-03",
            AuditEvent::Opened(AuditOpened {
                engagement,
                from_position: Position::new(1),
                to_position: Position::new(100),
                scope: Private::Closed,
            }),
        ),
        (
            "2022-10-04",
            AuditEvent::ChainVerified(ChainVerified {
                position: Position::new(100),
                root: "f".repeat(64),
                clean: true,
            }),
        ),
        (
            "2022-10-04",
            AuditEvent::SampleDrawn(SampleDrawn {
                method: SamplingMethod::Random,
                seed: "監査-2022".to_owned(),
                from_position: Position::new(1),
                to_position: Position::new(100),
                events: vec![event],
            }),
        ),
        (
            "2022-10-05",
            AuditEvent::QuestionAsked(QuestionAsked {
                question,
                event,
                text: text("なぜか。"),
            }),
        ),
        (
            "2022-10-07",
            AuditEvent::AnswerGiven(AnswerGiven {
                question,
                text: text("翌週に書いた。"),
            }),
        ),
        ("2022-10-12", issued(300, Some(question))),
        ("2022-10-12", issued(301, None)),
        (
            "2022-12-01",
            AuditEvent::FindingCleared(FindingCleared {
                finding: finding(300),
                evidence: vec![event],
                text: Private::Open(None),
            }),
        ),
        (
            "2022-12-15",
            AuditEvent::Closed(AuditClosed {
                reason: text("次年度に確認する。"),
                text: text("おおむね適正である。"),
            }),
        ),
    ];
    let told = told.map(|(on, event)| (on, Event::from(event))).into();
    engagement_card(&history(&StreamName::audit(engagement), told), day(on))
}

#[test]
fn a_card_shows_the_audit_from_its_scope_to_its_end() {
    let card = card("2022-12-31").unwrap();

    assert_eq!(card.from_position, Position::new(1));
    assert_eq!(card.scope, None);
    assert!(card.verifications[0].clean);
    assert_eq!(card.samples[0].events, [EventId::new(uuid(400))]);
    let answer = card.questions[0].answer.as_ref().unwrap();
    assert_eq!(answer.text.as_deref(), Some("翌週に書いた。"));
    let clearance = card.findings[0].clearance.as_ref().unwrap();
    assert_eq!(clearance.evidence, [EventId::new(uuid(400))]);
    assert_eq!((card.open_questions, card.open_findings), (0, 1));
    let closed = card.closed.unwrap();
    assert_eq!(closed.reason.as_deref(), Some("次年度に確認する。"));
}

#[test]
fn what_waits_is_counted_on_the_day_that_is_looked_at() {
    assert_eq!(card("2022-10-02"), None);
    let asked = card("2022-10-06").unwrap();
    let found = card("2022-11-30").unwrap();

    assert_eq!((asked.open_questions, asked.open_findings), (1, 0));
    assert_eq!(asked.questions[0].wait.days, Some(1));
    assert_eq!((found.open_questions, found.open_findings), (0, 2));
    assert_eq!(found.questions[0].wait.days, Some(2));
    assert_eq!(found.findings[0].wait.days, Some(49));
    assert_eq!(found.closed, None);
}
