//! Rules of an audit.

use ledger_core::id::Position;
use ledger_core::sample;

use super::*;
use crate::world::names;

const AUDIT: &str = "01920000-0000-7000-8000-000000000006";
const QUESTION: &str = "01920000-0000-7000-8000-000000000007";
const FINDING: &str = "01920000-0000-7000-8000-000000000008";
const EVENT: &str = "5b0c7d3e-6d0a-5f6e-9a3c-2f1d6b8e4a01";
const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn audit(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!(occurred);
    fields["engagement"] = json!(AUDIT);
    fields
}

fn open(from: u64, to: u64) -> Value {
    let fields = json!({"from_position": from, "to_position": to});
    audit("open-audit", "2022-10-03", fields)
}

/// A drawing as an honest program sends it, the events at its positions invented.
fn draw(seed: &str, from: u64, to: u64, size: usize) -> Value {
    let positions = sample::draw(seed, Position::new(from), Position::new(to), size);
    let event = |position: Position| uuid::Uuid::from_u128(position.get().into()).to_string();
    let drawn: Vec<Value> = positions
        .into_iter()
        .map(|position| json!({"position": position, "event": event(position)}))
        .collect();
    let fields = json!({"method": "random", "seed": seed, "from_position": from,
        "to_position": to, "drawn": drawn});
    audit("draw-sample", "2022-10-04", fields)
}

fn ask() -> Value {
    let fields = json!({"question": QUESTION, "event": EVENT, "text": "なぜか。"});
    audit("ask-audit-question", "2022-10-05", fields)
}

fn answer() -> Value {
    let fields = json!({"question": QUESTION, "text": "翌週に書いた。"});
    audit("give-audit-answer", "2022-10-07", fields)
}

fn issue(mut fields: Value) -> Value {
    fields["finding"] = json!(FINDING);
    fields["severity"] = json!("minor");
    fields["text"] = json!("遅い。");
    audit("issue-audit-finding", "2022-10-12", fields)
}

fn clear(evidence: &Value) -> Value {
    let fields = json!({"finding": FINDING, "evidence": evidence});
    audit("clear-audit-finding", "2022-12-01", fields)
}

fn verified(root: &str) -> Value {
    let fields = json!({"position": 100, "root": root, "clean": true});
    audit("record-chain-verified", "2022-10-04", fields)
}

fn close(fields: Value) -> Value {
    audit("close-audit", "2022-12-15", fields)
}

fn opened() -> World {
    let mut world = World::new();
    world.did(open(1, 100));
    world
}

#[test]
fn an_audit_goes_from_its_scope_to_its_end() {
    let mut world = opened();

    let mut events = world.did(verified(HASH));
    events.extend(world.did(draw("監査-2022", 1, 100, 3)));
    events.extend(world.did(ask()));
    events.extend(world.did(answer()));
    events.extend(world.did(issue(json!({"question": QUESTION}))));
    events.extend(world.did(clear(&json!([EVENT]))));
    events.extend(world.did(close(json!({"text": "適正である。"}))));

    let wanted = [
        "chain-verified",
        "sample-drawn",
        "audit-question-asked",
        "audit-answer-given",
        "audit-finding-issued",
        "audit-finding-cleared",
        "audit-closed",
    ];
    assert_eq!(names(&events), wanted);
}

#[test]
fn an_audit_is_opened_once_with_a_scope_that_is_not_empty() {
    let world = opened();

    assert_eq!(
        world.refuses(open(1, 100)),
        ("ALREADY_RECORDED", "engagement")
    );
    let new = World::new();
    assert_eq!(new.refuses(open(2, 1)), ("BAD_RANGE", "to_position"));
    assert_eq!(new.refuses(open(0, 1)), ("BAD_RANGE", "from_position"));
}

#[test]
fn nothing_comes_before_an_audit_or_after_its_end_but_the_clearing_of_what_it_left() {
    let mut world = opened();
    let every = || {
        [
            verified(HASH),
            draw("s", 1, 100, 1),
            ask(),
            answer(),
            issue(json!({})),
            close(json!({})),
        ]
    };
    for step in every().into_iter().chain([clear(&json!([EVENT]))]) {
        let before = World::new().refuses(step);
        assert_eq!(before, ("AUDIT_NOT_FOUND", "engagement"));
    }
    world.did(issue(json!({})));
    world.did(close(json!({"reason": "次年度に確認する。"})));

    for step in every() {
        assert_eq!(world.refuses(step), ("AUDIT_CLOSED", "engagement"));
    }
    let cleared = world.did(clear(&json!([EVENT])));
    assert_eq!(names(&cleared), ["audit-finding-cleared"]);
}

#[test]
fn a_sample_is_what_its_seed_draws_from_the_scope() {
    let mut world = opened();
    let mut swapped = draw("s", 1, 100, 2);
    swapped["drawn"].as_array_mut().unwrap().reverse();
    let mut chosen = draw("s", 1, 100, 2);
    chosen["seed"] = json!("t");
    let mut blank = draw("s", 1, 100, 2);
    blank["seed"] = json!("　");

    assert_eq!(world.refuses(swapped), ("SAMPLE_DIFFERS", "drawn"));
    assert_eq!(world.refuses(chosen), ("SAMPLE_DIFFERS", "drawn"));
    assert_eq!(world.refuses(blank), ("MISSING_VALUE", "seed"));
    assert_eq!(
        world.refuses(draw("s", 1, 101, 2)),
        ("OUTSIDE_SCOPE", "from_position")
    );
    assert_eq!(
        world.refuses(draw("s", 9, 8, 2)),
        ("BAD_RANGE", "to_position")
    );
    assert_eq!(
        world.refuses(draw("s", 1, u64::MAX, 2)),
        ("BAD_RANGE", "to_position")
    );
    assert_eq!(
        world.refuses(draw("s", 1, 100, 0)),
        ("MISSING_VALUE", "drawn")
    );
    let events = world.did(draw(" ｓ ", 1, 100, 2));
    let first = sample::draw("s", Position::new(1), Position::new(100), 1)[0];
    let payload = events[0].1.event.encode().unwrap();
    assert_eq!(payload["seed"], "s");
    assert_eq!(
        payload["events"][0],
        uuid::Uuid::from_u128(first.get().into()).to_string()
    );
}

#[test]
fn a_question_is_asked_once_and_answered_once() {
    let mut world = opened();

    assert_eq!(world.refuses(answer()), ("QUESTION_NOT_FOUND", "question"));
    let mut silent = ask();
    silent["text"] = json!("");
    assert_eq!(world.refuses(silent), ("MISSING_VALUE", "text"));
    world.did(ask());
    assert_eq!(world.refuses(ask()), ("ALREADY_RECORDED", "question"));
    let mut silent = answer();
    silent["text"] = json!("");
    assert_eq!(world.refuses(silent), ("MISSING_VALUE", "text"));
    world.did(answer());
    assert_eq!(world.refuses(answer()), ("ALREADY_RECORDED", "question"));
}

#[test]
fn a_finding_names_a_question_that_was_asked_and_is_cleared_by_events() {
    let mut world = opened();
    let cleared = clear(&json!([EVENT]));

    assert_eq!(
        world.refuses(issue(json!({"question": QUESTION}))),
        ("QUESTION_NOT_FOUND", "question")
    );
    assert_eq!(
        world.refuses(cleared.clone()),
        ("FINDING_NOT_FOUND", "finding")
    );
    world.did(issue(json!({})));
    assert_eq!(
        world.refuses(issue(json!({}))),
        ("ALREADY_RECORDED", "finding")
    );
    assert_eq!(
        world.refuses(clear(&json!([]))),
        ("MISSING_VALUE", "evidence")
    );
    world.did(cleared.clone());
    assert_eq!(world.refuses(cleared), ("ALREADY_RECORDED", "finding"));
}

#[test]
fn a_recomputed_log_has_a_root() {
    assert_eq!(opened().refuses(verified("見本")), ("NOT_A_HASH", "root"));
}

#[test]
fn an_audit_with_open_questions_or_findings_is_closed_only_for_a_reason() {
    let unsettled = ("AUDIT_NOT_SETTLED", "reason");
    let (mut asked, mut found) = (opened(), opened());
    asked.did(ask());
    found.did(issue(json!({})));

    for world in [&asked, &found] {
        assert_eq!(world.refuses(close(json!({}))), unsettled);
        assert_eq!(world.refuses(close(json!({"reason": " "}))), unsettled);
    }
    asked.did(close(json!({"reason": "担当者が不在のため。"})));
    found.did(clear(&json!([EVENT])));
    found.did(close(json!({})));
}

#[test]
fn no_step_of_an_audit_comes_before_its_opening() {
    let mut early = verified(HASH);
    early["occurred"] = json!("2022-10-02");

    assert_eq!(opened().refuses(early), ("STEPS_OUT_OF_ORDER", "occurred"));
}
