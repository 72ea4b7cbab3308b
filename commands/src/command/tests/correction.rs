//! Rules of correcting, annulling and moving events.

use ledger_core::event::{CorrectionEvent, Event};
use ledger_core::id::{ChildId, EventId, StreamName};
use ledger_core::time::Occurred;

use super::*;
use crate::world::names;

fn stream(number: &str) -> StreamName {
    StreamName::child(ChildId::new(ledger().derive("child", &[number])))
}

fn correct(target: EventId, mut fields: Value) -> Value {
    fields["command"] = json!("correct-event");
    fields["stream"] = json!(stream("C001"));
    fields["target"] = json!(target);
    fields["reason"] = json!("typo");
    fields
}

fn point(name: &str, target: EventId) -> Value {
    json!({"command": name, "stream": stream("C001"), "target": target, "reason": "duplicate"})
}

fn consultation(world: &mut World) -> EventId {
    world.did(json!({
        "command": "record-consultation", "children": ["C001"], "consultation": "S1",
        "occurred": "2021-08-06", "consulter": "guardian", "channel": "phone",
        "topics": ["family"], "content": "きょうだいのこと。", "staff": "相談員A",
    }))[0]
        .0
}

fn reassign(target: EventId, to: &str) -> Value {
    json!({"command": "reassign-event", "child": "C001", "target": target, "to": to,
        "reason": "wrong-person"})
}

#[test]
fn a_correction_carries_the_whole_new_content_and_keeps_what_is_not_named() {
    let mut world = with_child();
    let target = consultation(&mut world);

    let events = world.did(correct(target, json!({
        "clear": {"topics": ["respite"], "channel": null}, "private": {"content": "預け先のこと。"},
    })));

    let Event::Correction(CorrectionEvent::Corrected(it)) = &events[0].1.event else {
        panic!("a correction of class record");
    };
    assert_eq!(it.payload["topics"], json!(["respite"]));
    assert_eq!(it.payload.get("channel"), None);
    assert_eq!(it.payload["consulter"], "guardian");
    let private = it.private_payload.open().unwrap();
    assert_eq!(private["content"], "預け先のこと。");
    assert_eq!(private["staff"], "相談員A");
    assert_eq!(it.occurred, None);
    assert_eq!(events[0].1.occurred, Occurred::parse("2021-08-06").unwrap());
}

#[test]
fn a_correction_can_move_an_event_to_another_day_whose_year_its_text_then_has() {
    let mut world = with_child();
    let target = consultation(&mut world);

    let events = world.did(correct(target, json!({"occurred": "2022-04-01"})));

    assert_eq!(events[0].1.occurred, Occurred::parse("2022-04-01").unwrap());
    let refuses = |json| world.refuses(json);
    let latest = events[0].0;
    let moved = |on: &str| correct(target, json!({"occurred": on, "latest": latest}));
    assert_eq!(
        refuses(moved("2024-04-02")),
        ("OCCURRED_IN_FUTURE", "occurred")
    );
    assert_eq!(
        refuses(moved("2019-10-14")),
        ("OCCURRED_BEFORE_BIRTH", "occurred")
    );
    assert_eq!(refuses(moved("2022-04-01")), ("NOTHING_CHANGES", ""));
}

#[test]
fn a_correction_names_the_newest_one_that_its_author_saw() {
    let mut world = with_child();
    let target = consultation(&mut world);
    let channel = |to: &str| json!({"clear": {"channel": to}});
    let first = world.did(correct(target, channel("visit")))[0].0;

    assert_eq!(
        world.refuses(correct(target, channel("mail"))),
        ("STALE_TARGET", "latest")
    );
    let mut seen = channel("mail");
    seen["latest"] = json!(first);
    world.did(correct(target, seen));
    assert_eq!(
        world.refuses(correct(first, channel("mail"))),
        ("NOT_CORRECTABLE", "target")
    );
    let nothing = EventId::new(uuid::Uuid::from_u128(77));
    assert_eq!(
        world.refuses(correct(nothing, channel("mail"))),
        ("UNKNOWN_EVENT", "target")
    );
}

#[test]
fn a_correction_changes_no_id_and_puts_no_field_where_it_does_not_belong() {
    let mut world = with_child();
    let target = consultation(&mut world);
    let refuses = |fields| world.refuses(correct(target, fields));

    let other = json!({"clear": {"consultation": id("consultation", "S2")}});
    assert_eq!(refuses(other), ("NOT_CORRECTABLE", "clear"));
    assert_eq!(
        refuses(json!({"clear": {"content": "花子の話"}})).0,
        "INVALID_CONTENT"
    );
    assert_eq!(
        refuses(json!({"private": {"topics": ["respite"]}})).0,
        "INVALID_CONTENT"
    );
    assert_eq!(
        refuses(json!({"clear": {"colour": "red"}})).0,
        "INVALID_CONTENT"
    );
    assert_eq!(
        refuses(json!({"clear": {"duration_minutes": "long"}})).0,
        "INVALID_CONTENT"
    );
    assert_eq!(
        refuses(json!({"clear": {"topics": []}})),
        ("MISSING_VALUE", "topics")
    );
}

#[test]
fn a_corrected_birth_date_brings_its_month_and_stays_before_everything_that_happened() {
    let mut world = with_child();
    consultation(&mut world);
    let registered = world.history(&stream("C001")).entries()[0].recorded.id;
    let born = |on: &str| correct(registered, json!({"private": {"birth_date": on}}));

    assert_eq!(
        world.refuses(born("2021-08-05")),
        ("OCCURRED_BEFORE_BIRTH", "occurred")
    );
    let events = world.did(born("2018-12-31"));

    let Event::Correction(CorrectionEvent::IdentityCorrected(it)) = &events[0].1.event else {
        panic!("a correction of class identity");
    };
    assert_eq!(it.payload["birth_month"], "2018-12");
}

#[test]
fn a_correction_does_not_turn_steps_around() {
    let mut world = with_child();
    world.did(about(
        "make-referral",
        "2021-09-10",
        json!({"referral": "F1", "area": "kitazawa",
        "section": "health-welfare", "urgency": "normal"}),
    ));
    let received = about("receive-referral", "2021-09-16", json!({"referral": "F1"}));
    let received = world.did(received)[0].0;

    let early = world.refuses(correct(received, json!({"occurred": "2021-09-09"})));

    assert_eq!(early, ("STEPS_OUT_OF_ORDER", "occurred"));
    world.did(correct(received, json!({"occurred": "2021-09-10"})));
}

#[test]
fn a_correction_does_not_hand_a_ventilator_users_plan_to_the_centre() {
    let mut world = with_child();
    world.did(about(
        "start-care-procedure",
        "2021-08-15",
        json!({"procedure": "ventilator"}),
    ));
    let drafted = about(
        "draft-disaster-plan",
        "2021-09-01",
        json!({"plan": "D1", "office": "district-centre"}),
    );
    let drafted = world.did(drafted)[0].0;

    let refused = world.refuses(correct(drafted, json!({"clear": {"office": "centre"}})));

    assert_eq!(refused, ("VENTILATOR_NOT_CENTRE", "clear"));
}

#[test]
fn a_correction_to_another_areas_district_centre_says_why() {
    let mut world = with_child();
    let drafted = about(
        "draft-disaster-plan",
        "2021-09-01",
        json!({"plan": "D1", "office": "district-centre", "area": "kinuta",
            "out_of_area": "nearer"}),
    );
    let drafted = world.did(drafted)[0].0;
    let area = |fields: Value| correct(drafted, json!({"clear": fields}));

    let without = world.refuses(area(json!({"area": "tamagawa", "out_of_area": null})));
    assert_eq!(without, ("OTHER_AREA", "clear"));
    let outside = world.refuses(area(json!({"area": "outside-ward"})));
    assert_eq!(outside, ("UNKNOWN_CODE", "clear"));
    world.did(area(json!({"area": "tamagawa"})));
}

#[test]
fn an_annulled_event_counts_no_longer_until_the_annulment_is_reversed() {
    let mut world = with_child();
    let target = consultation(&mut world);
    assert_eq!(
        world.refuses(point("reverse-annulment", target)),
        ("NOT_ANNULLED", "target")
    );

    world.did(point("annul-event", target));

    assert_eq!(
        world.refuses(point("annul-event", target)),
        ("STALE_TARGET", "target")
    );
    let fields = json!({"clear": {"channel": "mail"}});
    assert_eq!(
        world.refuses(correct(target, fields)),
        ("STALE_TARGET", "target")
    );
    world.did(point("reverse-annulment", target));
    assert!(
        world
            .history(&stream("C001"))
            .find(target)
            .unwrap()
            .stands()
    );
}

#[test]
fn what_later_steps_rest_on_is_annulled_after_them() {
    let mut world = with_child();
    let made = world.did(about(
        "make-referral",
        "2021-09-10",
        json!({"referral": "F1",
        "area": "kitazawa", "section": "health-welfare", "urgency": "normal"}),
    ))[0]
        .0;
    let received = about("receive-referral", "2021-09-16", json!({"referral": "F1"}));
    let received = world.did(received)[0].0;
    let registered = world.history(&stream("C001")).entries()[0].recorded.id;
    let rests = ("LATER_STEPS_STAND", "target");

    assert_eq!(world.refuses(point("annul-event", made)), rests);
    assert_eq!(world.refuses(point("annul-event", registered)), rests);
    world.did(point("annul-event", received));
    world.did(point("annul-event", made));
    world.did(point("annul-event", registered));
}

#[test]
fn a_consultation_moves_to_the_right_person_with_its_effective_content() {
    let mut world = with_child();
    register(&mut world, "C002");
    let target = consultation(&mut world);
    let corrected = world.did(correct(target, json!({"clear": {"topics": ["respite"]}})))[0].0;
    let mut moved = reassign(target, "C002");
    moved["latest"] = json!(corrected);

    let events = world.did(moved);

    assert_eq!(
        names(&events),
        ["event-reassigned", "consultation-recorded"]
    );
    let Event::Correction(CorrectionEvent::Reassigned(left)) = &events[0].1.event else {
        panic!("a reassignment");
    };
    assert_eq!(left.to_event, events[1].0);
    assert_eq!(
        events[1].1.event.encode().unwrap()["topics"],
        json!(["respite"])
    );
    let subjects = &events[1].1.subjects;
    assert_eq!(
        (subjects[0].kind.as_str(), subjects[0].id.clone()),
        ("reassigned-from", id("child", "C001"))
    );
    assert_eq!(subjects[1].id, target.to_string());
}

#[test]
fn an_event_moves_only_to_a_known_person_with_whom_it_can_stand() {
    let mut world = with_child();
    register(&mut world, "C002");
    let target = consultation(&mut world);
    let registered = world.history(&stream("C001")).entries()[0].recorded.id;
    let guardian = json!({"guardian": "K1", "name": "見本　和子"});
    world.did(about("add-guardian", "2021-09-01", guardian.clone()));
    let changed = world.did(about("change-guardian", "2021-09-02", guardian))[0].0;
    let drafted = about("draft-support-plan", "2021-10-01", json!({"plan": "P1"}));
    let drafted = world.did(drafted)[0].0;
    let agreed = about(
        "agree-support-plan",
        "2021-10-02",
        json!({"plan": "P1", "version": 1}),
    );
    let agreed = world.did(agreed)[0].0;
    let refuses = |target, to| world.refuses(reassign(target, to));

    assert_eq!(refuses(target, "C001"), ("SAME_PERSON", "to"));
    assert_eq!(refuses(target, "C999"), ("UNKNOWN_PERSON", "to"));
    assert_eq!(refuses(agreed, "C002"), ("PLAN_NOT_FOUND", "target"));
    assert_eq!(refuses(changed, "C002"), ("UNKNOWN_GUARDIAN", "target"));
    assert_eq!(refuses(drafted, "C002"), ("LATER_STEPS_STAND", "target"));
    assert_eq!(refuses(registered, "C002"), ("LATER_STEPS_STAND", "target"));
}

#[test]
fn a_moved_disaster_plan_obeys_the_ventilator_rule_of_the_other_person() {
    let mut world = with_child();
    register(&mut world, "C002");
    let drafted = about(
        "draft-disaster-plan",
        "2021-09-01",
        json!({"plan": "D1", "office": "centre"}),
    );
    let drafted = world.did(drafted)[0].0;
    world.did(about(
        "start-care-procedure",
        "2021-08-15",
        json!({"child": "C002", "procedure": "ventilator"}),
    ));

    assert_eq!(
        world.refuses(reassign(drafted, "C002")),
        ("VENTILATOR_NOT_CENTRE", "to")
    );
}

#[test]
fn a_consultation_does_not_move_where_it_stands_already() {
    let mut world = with_child();
    register(&mut world, "C002");
    let target = world.did(json!({
        "command": "record-consultation", "children": ["C001", "C002"], "occurred": "2021-08-06",
        "consulter": "guardian", "channel": "phone", "topics": ["family"],
    }))[0]
        .0;

    assert_eq!(
        world.refuses(reassign(target, "C002")),
        ("ALREADY_RECORDED", "target")
    );
}

/// A plan of one of two kinds: its draft, and its end.
fn plan(kind: &str, child: &str, number: &str) -> (Value, Value) {
    let of = |name: String, on: &str, mut fields: Value| {
        fields["plan"] = json!(number);
        fields["child"] = json!(child);
        about(&name, on, fields)
    };
    let (drafted, end, ended) = match kind {
        "support" => (json!({}), "close", json!({"closing": "withdrawn"})),
        _ => (
            json!({"office": "centre"}),
            "end",
            json!({"reason": "moved"}),
        ),
    };
    let draft = of(format!("draft-{kind}-plan"), "2021-09-01", drafted);
    (draft, of(format!("{end}-{kind}-plan"), "2021-10-01", ended))
}

#[test]
fn no_correction_brings_a_second_open_plan_back() {
    let second = ("SECOND_OPEN_PLAN", "target");
    for kind in ["support", "disaster"] {
        let mut world = with_child();
        register(&mut world, "C002");
        let (draft, _) = plan(kind, "C001", "P1");
        let (mut other, end) = plan(kind, "C001", "P2");
        let (elsewhere, _) = plan(kind, "C002", "P3");

        // Drafted for the wrong person, and the right one has a plan already.
        let drafted = world.did(draft.clone())[0].0;
        world.did(elsewhere);
        assert_eq!(world.refuses(move_to(drafted, "C002")), second, "{kind}");

        // Annulled, and another one goes on meanwhile.
        world.did(annul(drafted));
        world.did(other.clone());
        let back = json!({"command": "reverse-annulment", "stream": child_stream("C001"),
            "target": drafted, "reason": "later-information"});
        assert_eq!(world.refuses(back.clone()), second, "{kind}");

        // Ended, and another one was begun behind it.
        let ended = world.did(end)[0].0;
        other["plan"] = json!("P4");
        world.did(other);
        assert_eq!(world.refuses(annul(ended)), second, "{kind}");
    }
}
