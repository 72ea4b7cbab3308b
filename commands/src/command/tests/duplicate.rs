//! Rules of two cases that look like one person's: suspected, dismissed, merged, taken apart.

use super::*;
use crate::world::names;

/// C001 and C002, of whom staff-1 asked to make one and staff-2 granted it.
fn approved() -> World {
    let mut world = with_child();
    register(&mut world, "C002");
    ask(&mut world, ("C001", "C002"));
    world.act_as("staff-2");
    world.did(
        json!({"command": "grant-approval", "approval": id("approval", "1"),
        "occurred": "2023-09-10"}),
    );
    world.act_as("staff-1");
    world
}

fn ask(world: &mut World, (survivor, absorbed): (&str, &str)) {
    world.did(
        json!({"command": "request-approval", "approval": id("approval", "1"),
        "occurred": "2023-09-09", "act": "merge", "stream": child_stream(survivor), "absorbed": absorbed,
        "reason": "同じ人と思われる。"}),
    );
}

fn merge() -> Value {
    json!({"command": "merge-cases", "survivor": "C001", "absorbed": "C002",
        "approval": id("approval", "1"), "occurred": "2023-09-10"})
}

fn undo() -> Value {
    json!({"command": "undo-merge", "survivor": "C001", "absorbed": "C002",
        "occurred": "2023-10-01", "reason": "別の人と分かった。"})
}

fn suspect(other: &str) -> Value {
    about(
        "suspect-duplicate",
        "2023-09-01",
        json!({"other": other, "evidence": ["kana", "kana", "birth-date"]}),
    )
}

fn dismiss(other: &str) -> Value {
    about(
        "dismiss-duplicate",
        "2023-09-02",
        json!({"other": other, "reason": "双子だった。"}),
    )
}

fn of(child: &str, mut json: Value) -> Value {
    json["child"] = json!(child);
    json
}

fn referral(number: &str) -> Value {
    about(
        "make-referral",
        "2023-09-05",
        json!({"referral": number, "area": "kitazawa", "section": "health-welfare",
            "urgency": "normal"}),
    )
}

fn close(child: &str) -> Value {
    of(
        child,
        about("close-case", "2023-09-08", json!({"reason": "moved"})),
    )
}

#[test]
fn a_suspicion_stands_in_both_streams_until_it_is_dismissed_in_both() {
    let mut world = with_child();
    register(&mut world, "C002");
    assert_eq!(world.refuses(dismiss("C002")), ("NOT_SUSPECTED", "other"));

    let events = world.did(suspect("C002"));

    assert_eq!(
        names(&events),
        ["duplicate-suspected", "duplicate-suspected"]
    );
    let others = events
        .iter()
        .map(|(_, draft)| draft.event.encode().unwrap());
    let others: Vec<Value> = others.map(|event| event["other"].clone()).collect();
    assert_eq!(
        others,
        [json!(id("child", "C002")), json!(id("child", "C001"))]
    );
    assert_eq!(
        events[0].1.event.encode().unwrap()["evidence"],
        json!(["kana", "birth-date"])
    );
    assert_eq!(
        world.refuses(suspect("C002")),
        ("ALREADY_RECORDED", "other")
    );
    let mut unsaid = dismiss("C002");
    unsaid["reason"] = json!(" ");
    assert_eq!(world.refuses(unsaid), ("MISSING_VALUE", "reason"));
    let mut from_the_other = of("C002", dismiss("C001"));
    from_the_other["occurred"] = json!("2023-09-03");
    assert_eq!(
        names(&world.did(from_the_other)),
        ["duplicate-dismissed", "duplicate-dismissed"]
    );
    world.did(suspect("C002"));
}

#[test]
fn a_suspicion_needs_two_known_persons_and_something_alike() {
    let world = with_child();
    let mut nothing = suspect("C001");
    nothing["evidence"] = json!([]);

    assert_eq!(world.refuses(suspect("C001")), ("SAME_PERSON", "other"));
    assert_eq!(world.refuses(suspect("C999")), ("UNKNOWN_PERSON", "other"));
    let turned = of("C999", suspect("C001"));
    assert_eq!(world.refuses(turned), ("UNKNOWN_PERSON", "child"));
    let mut two = with_child();
    register(&mut two, "C002");
    nothing["other"] = json!("C002");
    assert_eq!(two.refuses(nothing), ("MISSING_VALUE", "evidence"));
}

#[test]
fn a_merge_writes_both_cases_and_uses_the_approval_up_in_one_append() {
    let mut world = approved();
    world.did(suspect("C002"));

    let events = world.did(merge());

    assert_eq!(
        names(&events),
        ["cases-merged", "cases-merged", "approval-used"]
    );
    assert_eq!(world.refuses(merge()), ("MERGE_CHAIN", "absorbed"));
    world.did(undo());
    assert_eq!(
        world.refuses(merge()),
        ("APPROVAL_ALREADY_USED", "approval")
    );
}

#[test]
fn a_merge_needs_an_approval_of_its_own() {
    let mut world = with_child();
    register(&mut world, "C002");
    let missing = ("APPROVAL_MISSING", "approval");
    assert_eq!(world.refuses(merge()), missing);

    ask(&mut world, ("C002", "C001"));

    assert_eq!(world.refuses(merge()), missing);
    world.act_as("staff-2");
    world.did(
        json!({"command": "grant-approval", "approval": id("approval", "1"),
        "occurred": "2023-09-10"}),
    );
    // It is granted for the other case as the survivor.
    assert_eq!(world.refuses(merge()), missing);
}

#[test]
fn an_approval_of_merging_two_cases_holds_for_no_other_two() {
    let mut world = approved();
    register(&mut world, "C003");
    let mut another = merge();
    another["absorbed"] = json!("C003");

    assert_eq!(world.refuses(another), ("APPROVAL_MISSING", "approval"));
    world.did(merge());
}

#[test]
fn an_approval_of_a_merge_is_asked_for_two_cases_and_no_event() {
    let mut world = with_child();
    register(&mut world, "C002");
    let asked = |changes: Value| {
        let mut json = json!({"command": "request-approval", "approval": id("approval", "1"),
            "occurred": "2023-09-09", "act": "merge", "stream": child_stream("C001"),
            "absorbed": "C002", "reason": "同じ人と思われる。"});
        let fields = changes.as_object().cloned().unwrap_or_default();
        json.as_object_mut().unwrap().extend(fields);
        json
    };
    let event = json!("0d4de3f4-5a0e-5d5c-8a2b-0c6c7b4f6a10");

    let refused = [
        (json!({"absorbed": null}), ("MISSING_VALUE", "absorbed")),
        (json!({"absorbed": "C001"}), ("SAME_PERSON", "absorbed")),
        (json!({"stream": "fiscal-2023"}), ("WRONG_STREAM", "stream")),
        (json!({"target": event}), ("NOT_FOR_THIS_ACT", "target")),
        (
            json!({"act": "frozen-figure"}),
            ("NOT_FOR_THIS_ACT", "absorbed"),
        ),
    ];

    for (changes, said) in refused {
        assert_eq!(world.refuses(asked(changes)), said);
    }
    world.did(asked(json!({})));
}

#[test]
fn a_merge_is_one_hop() {
    let mut world = approved();
    register(&mut world, "C003");
    world.did(merge());
    let third = |survivor: &str, absorbed: &str| {
        let mut json = merge();
        json["survivor"] = json!(survivor);
        json["absorbed"] = json!(absorbed);
        json
    };

    assert_eq!(
        world.refuses(third("C003", "C001")),
        ("MERGE_CHAIN", "absorbed")
    );
    assert_eq!(
        world.refuses(third("C003", "C002")),
        ("MERGE_CHAIN", "absorbed")
    );
    assert_eq!(
        world.refuses(third("C002", "C003")),
        ("MERGE_CHAIN", "survivor")
    );
    // A third case of the same person is one hop from the survivor, too; it wants an approval of its own.
    assert_eq!(
        world.refuses(third("C001", "C003")),
        ("APPROVAL_MISSING", "approval")
    );
}

#[test]
fn two_open_or_two_closed_cases_are_merged() {
    let mut world = approved();
    world.did(close("C002"));

    assert_eq!(world.refuses(merge()), ("CASES_DIFFER", "absorbed"));
    world.did(close("C001"));
    world.did(merge());
}

#[test]
fn a_merge_does_not_bring_a_second_of_what_a_person_has_one_of() {
    let openings = [
        (
            "draft-support-plan",
            json!({"plan": "P1"}),
            "SECOND_OPEN_PLAN",
        ),
        (
            "draft-disaster-plan",
            json!({"plan": "D1", "office": "centre"}),
            "SECOND_OPEN_PLAN",
        ),
        ("start-hospital-stay", json!({}), "HOSPITAL_STAY_OPEN"),
    ];

    for (name, fields, code) in openings {
        let opening = |child: &str| of(child, about(name, "2023-09-01", fields.clone()));
        let mut world = approved();
        world.did(opening("C002"));
        world.decide(&crate::world::command(merge())).unwrap();
        world.did(opening("C001"));
        assert_eq!(world.refuses(merge()), (code, "absorbed"));
    }
}

#[test]
fn an_alias_takes_nothing_new_but_what_stands_in_it_goes_on() {
    let mut world = approved();
    world.did(of("C002", referral("F1")));
    world.did(merge());
    let merged = ("CASE_MERGED", "child");

    assert_eq!(world.refuses(of("C002", referral("F2"))), merged);
    assert_eq!(world.refuses(close("C002")), merged);
    let mut siblings = json!({"command": "record-consultation", "children": ["C001", "C002"],
        "occurred": "2023-09-20", "consulter": "guardian", "channel": "phone",
        "topics": ["family"]});
    assert_eq!(world.refuses(siblings.clone()), ("CASE_MERGED", "children"));
    siblings["children"] = json!(["C001"]);
    let consultation = world.did(siblings)[0].0;
    assert_eq!(
        world.refuses(move_to(consultation, "C002")),
        ("CASE_MERGED", "to")
    );
    assert_eq!(
        world.refuses(of("C002", suspect("C001"))),
        ("CASE_MERGED", "child")
    );
    let received = json!({"referral": "F1"});
    world.did(of(
        "C002",
        about("receive-referral", "2023-09-20", received),
    ));
    // What is not there may stand in the survivor.
    let elsewhere = json!({"referral": "F3"});
    let elsewhere = of("C002", about("receive-referral", "2023-09-20", elsewhere));
    assert_eq!(world.refuses(elsewhere), merged);
}

#[test]
fn an_undone_merge_leaves_two_cases_that_stand_for_themselves() {
    let mut world = approved();
    assert_eq!(world.refuses(undo()), ("NOT_MERGED", "absorbed"));
    world.did(merge());
    let mut early = undo();
    early["occurred"] = json!("2023-09-09");
    assert_eq!(world.refuses(early), ("STEPS_OUT_OF_ORDER", "occurred"));

    let events = world.did(undo());

    assert_eq!(names(&events), ["merge-undone", "merge-undone"]);
    world.did(of("C002", referral("F2")));
}

#[test]
fn a_merge_is_undone_in_both_streams_and_never_annulled_in_one() {
    let mut world = approved();
    let merged = world.did(merge())[0].0;

    assert_eq!(world.refuses(annul(merged)), ("NOT_CORRECTABLE", "target"));
    assert_eq!(world.refuses(move_to(merged, "C002")).0, "CASE_MERGED");
}

fn care(child: &str, name: &str, on: &str) -> Value {
    of(child, about(name, on, json!({"procedure": "ventilator"})))
}

fn plan_by_centre(child: &str, on: &str) -> Value {
    let plan = json!({"plan": "D9", "office": "centre"});
    of(child, about("draft-disaster-plan", on, plan))
}

#[test]
fn a_ventilator_of_one_case_is_the_persons_in_every_case() {
    let mut world = approved();
    world.did(care("C002", "start-care-procedure", "2023-09-02"));
    let mut drafted = plan_by_centre("C001", "2023-09-05");
    world
        .decide(&crate::world::command(drafted.clone()))
        .unwrap();
    world.did(merge());
    drafted["occurred"] = json!("2023-09-20");

    assert_eq!(
        world.refuses(drafted.clone()),
        ("VENTILATOR_NOT_CENTRE", "office")
    );
    let again = care("C001", "start-care-procedure", "2023-09-20");
    assert_eq!(world.refuses(again).1, "procedure");
    // It ends in the case that goes on, and is over in both.
    world.did(care("C001", "end-care-procedure", "2023-09-15"));
    let again = care("C001", "end-care-procedure", "2023-09-20");
    assert_eq!(world.refuses(again), ("PROCEDURE_NOT_OPEN", "procedure"));
    world.did(drafted);
}

#[test]
fn what_goes_on_in_an_alias_is_no_second_time_begun_in_the_survivor() {
    let openings = [
        (
            "draft-support-plan",
            json!({"plan": "P1"}),
            json!({"plan": "P2"}),
            ("SECOND_OPEN_PLAN", "plan"),
        ),
        (
            "draft-disaster-plan",
            json!({"plan": "D1", "office": "centre"}),
            json!({"plan": "D2", "office": "centre"}),
            ("SECOND_OPEN_PLAN", "plan"),
        ),
        (
            "start-hospital-stay",
            json!({}),
            json!({}),
            ("HOSPITAL_STAY_OPEN", "stay"),
        ),
    ];
    for (name, first, second, refused) in openings {
        let mut world = approved();
        world.did(of("C002", about(name, "2023-09-01", first)));
        world.did(merge());

        let second = of("C001", about(name, "2023-09-20", second));
        let said = world.refuses(second);

        assert_eq!(said.0, refused.0, "{name}");
    }
}

#[test]
fn a_case_is_not_closed_while_something_of_its_alias_is_open() {
    let mut world = approved();
    world.did(of("C002", referral("F1")));
    world.did(merge());
    let mut closing = close("C001");
    closing["occurred"] = json!("2023-09-20");

    let refused = world.refuses(closing.clone());
    world.did(of(
        "C002",
        about(
            "withdraw-referral",
            "2023-09-18",
            json!({"referral": "F1", "reason": "不要となった。"}),
        ),
    ));

    assert_eq!(refused.0, "CASE_HAS_OPEN_THINGS");
    world.did(closing);
}

#[test]
fn a_consent_given_in_one_case_is_the_persons() {
    let mut world = approved();
    let consent = json!({"consent": "N1", "form": "written", "given_by": "guardian",
        "purpose": "discharge", "recipients": ["hospital"], "data": ["medical-care"]});
    world.did(of("C002", about("give-consent", "2023-09-01", consent)));
    let share = of(
        "C001",
        about(
            "share-information",
            "2023-09-20",
            json!({"party": "hospital", "data": ["medical-care"], "purpose": "discharge",
                "basis": "consent"}),
        ),
    );
    assert_eq!(world.refuses(share.clone()).0, "CONSENT_MISSING");

    world.did(merge());

    world.did(share);
}

#[test]
fn a_third_case_and_a_correction_bring_no_second_plan_beside_one_of_an_alias() {
    let mut world = approved();
    let plan = json!({"plan": "D1", "office": "centre"});
    world.did(of("C002", about("draft-disaster-plan", "2023-09-01", plan)));
    register(&mut world, "C003");
    let plan = json!({"plan": "D3", "office": "centre"});
    let third = of("C003", about("draft-disaster-plan", "2023-09-01", plan));
    let third = world.did(third)[0].0;
    world.did(merge());
    let second = ("SECOND_OPEN_PLAN", "target");

    let mut moved = move_to(third, "C001");
    moved["child"] = json!("C003");
    assert_eq!(world.refuses(moved), second);
    let mut merged = merge();
    merged["absorbed"] = json!("C003");
    assert_eq!(world.refuses(merged), ("SECOND_OPEN_PLAN", "absorbed"));
}

/// An end belongs to the period that had begun by then, in whichever case it began.
#[test]
fn care_that_began_again_is_not_ended_by_an_earlier_end() {
    let mut world = approved();
    world.did(care("C002", "start-care-procedure", "2023-09-02"));
    world.did(merge());
    world.did(care("C001", "end-care-procedure", "2023-09-12"));
    world.did(care("C001", "start-care-procedure", "2023-09-20"));

    let refused = ("VENTILATOR_NOT_CENTRE", "office");
    assert_eq!(world.refuses(plan_by_centre("C001", "2023-09-22")), refused);
    world.did(plan_by_centre("C001", "2023-09-15"));
}
