use ledger_core::id::StreamName;
use serde_json::{Value, json};

use super::*;
use crate::card::told::{day, event, history, uuid};

fn events() -> Vec<(&'static str, Event)> {
    let question = uuid(200);
    let told = |on, name, clear: Value, private: Value| (on, event(name, &clear, &private));
    vec![
        told(
            "2022-10-03",
            "audit-opened",
            json!({"engagement": uuid(100), "from_position": 1, "to_position": 100}),
            json!({}),
        ),
        told(
            "2022-10-04",
            "chain-verified",
            json!({"position": 100, "root": "f".repeat(64), "clean": true}),
            json!({}),
        ),
        told(
            "2022-10-04",
            "sample-drawn",
            json!({"method": "random", "seed": "監査-2022", "from_position": 1,
                "to_position": 100, "events": [uuid(400)]}),
            json!({}),
        ),
        told(
            "2022-10-05",
            "audit-question-asked",
            json!({"question": question, "event": uuid(400)}),
            json!({"text": "なぜか。"}),
        ),
        told(
            "2022-10-07",
            "audit-answer-given",
            json!({"question": question}),
            json!({"text": "翌週に書いた。"}),
        ),
        told(
            "2022-10-12",
            "audit-finding-issued",
            json!({"finding": uuid(300), "severity": "minor", "question": question}),
            json!({"text": "遅い。"}),
        ),
        told(
            "2022-10-12",
            "audit-finding-issued",
            json!({"finding": uuid(301), "severity": "note"}),
            json!({}),
        ),
        told(
            "2022-12-01",
            "audit-finding-cleared",
            json!({"finding": uuid(300), "evidence": [uuid(400)]}),
            json!({}),
        ),
        told(
            "2022-12-15",
            "audit-closed",
            json!({}),
            json!({"reason": "次年度に確認する。", "text": "おおむね適正である。"}),
        ),
    ]
}

fn card(on: &str) -> Option<EngagementCard> {
    let stream = StreamName::audit(EngagementId::new(uuid(100)));
    engagement_card(&history(&stream, events()), day(on))
}

#[test]
fn a_card_shows_the_audit_from_its_scope_to_its_end() {
    let card = card("2022-12-31").unwrap();

    assert_eq!(card.from_position, Position::new(1));
    assert_eq!(card.scope, None);
    assert!(card.verifications[0].clean);
    assert_eq!(card.recorded_in, EventId::new(uuid(1)));
    assert_eq!(card.questions[0].recorded_in, EventId::new(uuid(4)));
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
