//! Rules of referrals to and from every kind of office, and of what comes between their steps.

use super::*;
use crate::world::names;

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["referral"] = json!("F1");
    about(name, on, fields)
}

fn make(mut fields: Value) -> Value {
    fields["urgency"] = json!("normal");
    step("make-referral", "2021-09-10", fields)
}

/// A referral of a hospital to the centre.
fn incoming() -> World {
    let mut world = with_child();
    world.did(make(
        json!({"direction": "from", "party": "hospital", "office": "見本病院", "reason": "discharge"}),
    ));
    world
}

/// A referral of the centre to a clinic.
fn outgoing() -> World {
    let mut world = with_child();
    world.did(make(json!({"party": "clinic", "office": "見本診療所"})));
    world
}

fn with_office(kind: &str) -> World {
    let mut world = with_child();
    world.did(json!({
        "command": "register-organisation", "organisation": "O1", "occurred": "2021-08-02",
        "kind": kind, "name": "見本の機関",
    }));
    world
}

#[test]
fn a_district_centre_is_named_by_area_and_section_and_others_by_directory_or_words() {
    let world = with_child();
    let refuses = |fields| world.refuses(make(fields));

    assert_eq!(
        refuses(json!({"section": "health-welfare"})),
        ("MISSING_VALUE", "area")
    );
    assert_eq!(
        refuses(json!({"area": "kinuta"})),
        ("MISSING_VALUE", "section")
    );
    assert_eq!(
        refuses(json!({"party": "hospital"})),
        ("MISSING_VALUE", "organisation")
    );
    assert_eq!(
        refuses(json!({"party": "hospital", "office": "甲", "section": "health-welfare"})),
        ("WRONG_FOR_PARTY", "section")
    );
    assert_eq!(
        refuses(json!({"party": "centre"})),
        ("UNKNOWN_CODE", "party")
    );
}

#[test]
fn every_other_kind_of_office_can_be_referred_to_and_refer() {
    for party in ledger_core::code::PartyKind::ALL {
        for direction in ["to", "from"] {
            let fields = match party.code() {
                "centre" => continue,
                "district-centre" => json!({"area": "kinuta", "section": "child-family"}),
                _ => json!({"office": "見本の機関"}),
            };
            let mut referral = make(fields);
            referral["party"] = json!(party.code());
            referral["direction"] = json!(direction);

            let events = with_child().did(referral);

            let made = events[0].1.event.encode().unwrap();
            assert_eq!(made["party"], party.code());
            assert_eq!(made["direction"], direction);
        }
    }
}

#[test]
fn an_office_of_the_directory_is_known_open_and_of_the_kind_that_is_said() {
    let to = |party: &str| make(json!({"party": party, "organisation": "O1"}));
    let mut world = with_office("hospital");

    assert_eq!(
        with_child().refuses(to("hospital")),
        ("UNKNOWN_ORGANISATION", "organisation")
    );
    assert_eq!(
        world.refuses(to("clinic")),
        ("WRONG_FOR_PARTY", "organisation")
    );
    world.did(json!({
        "command": "close-organisation", "organisation": "O1", "occurred": "2021-09-09",
    }));
    assert_eq!(
        world.refuses(to("hospital")),
        ("ORGANISATION_CLOSED", "organisation")
    );
    let events = with_office("hospital").did(to("hospital"));
    assert_eq!(names(&events), ["referral-made"]);
}

#[test]
fn a_referral_is_due_on_no_day_before_it() {
    let fields = json!({"party": "clinic", "office": "甲", "due_on": "2021-09-09"});

    assert_eq!(
        with_child().refuses(make(fields)),
        ("STEPS_OUT_OF_ORDER", "due_on")
    );
}

#[test]
fn the_centre_walks_the_loop_of_a_referral_to_itself() {
    let mut world = incoming();

    world.did(step("receive-referral", "2021-09-11", json!({})));
    world.did(step("accept-referral", "2021-09-13", json!({})));
    world.did(step(
        "complete-referral",
        "2021-11-01",
        json!({"outcome": "served"}),
    ));
    let events = world.did(step(
        "receive-feedback",
        "2021-11-02",
        json!({"feedback": "病院へ報告した。"}),
    ));

    assert_eq!(names(&events), ["referral-feedback-received"]);
    let mut other = incoming();
    other.did(step("receive-referral", "2021-09-11", json!({})));
    let declined = other.did(step(
        "decline-referral",
        "2021-09-13",
        json!({"reason": "対象外"}),
    ));
    assert_eq!(names(&declined), ["referral-declined"]);
}

/// What another office refers to the centre has arrived by being recorded.
#[test]
fn the_centre_decides_on_a_referral_to_itself_without_a_receipt_of_its_own() {
    let mut accepted = incoming();
    let events = accepted.did(step("accept-referral", "2021-09-13", json!({})));
    assert_eq!(names(&events), ["referral-accepted"]);
    let mut declined = incoming();
    let reason = json!({"reason": "対象外"});
    declined.did(step("decline-referral", "2021-09-13", reason));
    let not_heard = outgoing().refuses(step("accept-referral", "2021-09-13", json!({})));
    assert_eq!(not_heard, ("STEPS_OUT_OF_ORDER", "referral"));
}

#[test]
fn the_centre_does_not_press_others_about_a_referral_to_itself() {
    let world = incoming();
    let not_ours = ("INCOMING_REFERRAL", "referral");

    assert_eq!(
        world.refuses(step("remind-referral", "2021-09-20", json!({}))),
        not_ours
    );
    let escalate = step("escalate-referral", "2021-09-20", json!({"to": "課長"}));
    assert_eq!(world.refuses(escalate), not_ours);
    let on = json!({"to": id("referral", "F2"), "office": "乙"});
    assert_eq!(
        world.refuses(step("redirect-referral", "2021-09-20", on)),
        not_ours
    );
}

#[test]
fn a_redirected_referral_keeps_its_kind_of_office_its_reason_and_its_day() {
    let mut world = with_child();
    world.did(make(json!({
        "party": "clinic", "office": "見本診療所", "reason": "health-visit",
        "due_on": "2021-10-01", "consent": "01900000-0000-7000-8000-000000000070",
    })));
    let on = |mut fields: Value| {
        fields["to"] = json!(id("referral", "F2"));
        step("redirect-referral", "2021-09-20", fields)
    };

    let section = json!({"area": "kinuta", "section": "child-family"});
    assert_eq!(world.refuses(on(section)), ("WRONG_FOR_PARTY", "section"));
    assert_eq!(
        world.refuses(on(json!({}))),
        ("MISSING_VALUE", "organisation")
    );
    let events = world.did(on(json!({"office": "別の診療所"})));

    assert_eq!(names(&events), ["referral-redirected", "referral-made"]);
    let next = events[1].1.event.encode().unwrap();
    assert_eq!(next["party"], "clinic");
    assert_eq!(next["reason"], "health-visit");
    assert_eq!(next["due_on"], "2021-10-01");
    assert_eq!(next["consent"], "01900000-0000-7000-8000-000000000070");
}

#[test]
fn a_referral_does_not_go_on_to_the_office_that_has_it() {
    let mut world = with_office("clinic");
    world.did(make(json!({"party": "clinic", "organisation": "O1"})));
    let on = json!({"to": id("referral", "F2"), "organisation": "O1"});

    let refused = world.refuses(step("redirect-referral", "2021-09-20", on));

    assert_eq!(refused, ("NOTHING_CHANGES", "organisation"));
}

#[test]
fn an_answer_follows_a_question_that_nobody_answered_yet() {
    let mut world = outgoing();
    let ask = |on| {
        step(
            "ask-referral-information",
            on,
            json!({"question": "等級は。"}),
        )
    };
    let answer = |on| {
        step(
            "answer-referral-information",
            on,
            json!({"answer": "申請中。"}),
        )
    };
    let order = ("STEPS_OUT_OF_ORDER", "referral");

    assert_eq!(world.refuses(answer("2021-09-12")), order);
    assert_eq!(
        world.refuses(ask("2021-09-09")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(ask("2021-09-12"));
    assert_eq!(
        world.refuses(answer("2021-09-11")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(answer("2021-09-13"));
    assert_eq!(world.refuses(answer("2021-09-14")), order);
}

#[test]
fn questions_answers_progress_reasons_and_addressees_have_a_text() {
    let mut world = outgoing();
    world.did(step("receive-referral", "2021-09-11", json!({})));
    world.did(step(
        "ask-referral-information",
        "2021-09-12",
        json!({"question": "等級は。"}),
    ));
    let blank = |name, field: &str| {
        let mut fields = json!({});
        fields[field] = json!("　");
        world.refuses(step(name, "2021-09-20", fields))
    };

    assert_eq!(
        blank("ask-referral-information", "question"),
        ("MISSING_VALUE", "question")
    );
    assert_eq!(
        blank("answer-referral-information", "answer"),
        ("MISSING_VALUE", "answer")
    );
    assert_eq!(
        blank("report-referral-progress", "progress"),
        ("MISSING_VALUE", "progress")
    );
    assert_eq!(blank("escalate-referral", "to"), ("MISSING_VALUE", "to"));
    world.did(step(
        "withdraw-referral",
        "2021-09-20",
        json!({"reason": "家族の希望"}),
    ));
    let reopen = step("reopen-referral", "2021-09-21", json!({"reason": ""}));
    assert_eq!(world.refuses(reopen), ("MISSING_VALUE", "reason"));
}

#[test]
fn progress_is_told_of_a_received_referral() {
    let mut world = outgoing();
    let tell = step(
        "report-referral-progress",
        "2021-09-20",
        json!({"progress": "訪問した。"}),
    );

    assert_eq!(
        world.refuses(tell.clone()),
        ("STEPS_OUT_OF_ORDER", "referral")
    );
    world.did(step("receive-referral", "2021-09-11", json!({})));
    assert_eq!(names(&world.did(tell)), ["referral-progress-reported"]);
}

#[test]
fn nothing_is_asked_told_or_escalated_of_a_referral_that_ended() {
    let mut world = outgoing();
    world.did(step(
        "withdraw-referral",
        "2021-09-15",
        json!({"reason": "家族の希望"}),
    ));
    let closed = ("REFERRAL_NOT_OPEN", "referral");
    let steps = [
        ("ask-referral-information", json!({"question": "甲"})),
        ("answer-referral-information", json!({"answer": "甲"})),
        ("report-referral-progress", json!({"progress": "甲"})),
        ("escalate-referral", json!({"to": "甲"})),
    ];

    for (name, fields) in steps {
        assert_eq!(world.refuses(step(name, "2021-09-20", fields)), closed);
    }
}
