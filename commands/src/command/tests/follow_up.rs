//! Rules of promised next steps.

use super::*;
use crate::world::names;

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["follow_up"] = json!(id("follow-up", "1"));
    about(name, on, fields)
}

fn schedule(due: &str) -> Value {
    let fields = json!({"due_on": due, "owner": "staff-2", "what": "電話する。"});
    step("schedule-follow-up", "2021-08-06", fields)
}

fn consultation(children: &[&str]) -> Value {
    json!({
        "command": "record-consultation", "children": children, "consultation": "S1",
        "occurred": "2021-08-06", "consulter": "guardian", "channel": "phone",
        "topics": ["respite"],
    })
}

#[test]
fn a_next_step_is_not_due_before_it_is_promised_and_follows_a_known_consultation() {
    let mut world = with_child();
    world.opens_account("staff-2");
    let mut unknown = schedule("2021-08-20");
    unknown["consultation"] = json!("S1");

    assert_eq!(
        world.refuses(schedule("2021-08-05")),
        ("STEPS_OUT_OF_ORDER", "due_on")
    );
    let days = world.rejects(schedule("2021-08-05")).days.unwrap();
    let told = (days.given.to_string(), days.limit.to_string());
    assert_eq!(told, ("2021-08-05".to_owned(), "2021-08-06".to_owned()));
    assert!(days.is_before());
    assert_eq!(
        world.refuses(unknown.clone()),
        ("CONSULTATION_NOT_FOUND", "consultation")
    );
    world.did(consultation(&["C001"]));
    world.did(unknown);
    assert_eq!(
        world.refuses(schedule("2021-08-20")),
        ("ALREADY_RECORDED", "follow_up")
    );
}

#[test]
fn a_next_step_is_done_or_cancelled_once() {
    let mut world = with_child();
    world.opens_account("staff-2");
    let finish = |on| step("finish-follow-up", on, json!({}));
    let cancel = step(
        "cancel-follow-up",
        "2021-08-19",
        json!({"reason": "不要。"}),
    );
    assert_eq!(
        world.refuses(finish("2021-08-19")),
        ("FOLLOW_UP_NOT_FOUND", "follow_up")
    );
    world.did(schedule("2021-08-20"));

    assert_eq!(
        world.refuses(finish("2021-08-05")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(step("cancel-follow-up", "2021-08-19", json!({}))),
        ("MISSING_VALUE", "reason")
    );
    assert_eq!(names(&world.did(finish("2021-08-25"))), ["follow-up-done"]);
    assert_eq!(world.refuses(cancel), ("FOLLOW_UP_NOT_OPEN", "follow_up"));
}

#[test]
fn a_consultation_and_its_next_step_are_recorded_at_once_for_each_person() {
    let mut world = with_child();
    world.opens_account("staff-2");
    register(&mut world, "C002");
    let mut both = consultation(&["C001", "C002"]);
    both["follow_up_due_on"] = json!("R3.8.20");
    both["follow_up_owner"] = json!("staff-2");
    both["follow_up_what"] = json!("見学の日を伝える。");

    let events = world.did(both);

    let pair = ["consultation-recorded", "follow-up-scheduled"];
    assert_eq!(names(&events), [pair, pair].concat());
    let ids: Vec<Value> = [1, 3]
        .map(|at| events[at].1.event.encode().unwrap()["follow_up"].clone())
        .into();
    assert_eq!(ids, [json!(events[1].0), json!(events[3].0)]);
    let of_second = json!({"child": "C002", "follow_up": ids[1]});
    let first = json!({"child": "C002", "follow_up": ids[0]});
    assert_eq!(
        world.refuses(about("finish-follow-up", "2021-08-20", first)),
        ("FOLLOW_UP_NOT_FOUND", "follow_up")
    );
    world.did(about("finish-follow-up", "2021-08-20", of_second));
}

#[test]
fn a_next_step_with_a_consultation_needs_its_day() {
    let world = with_child();
    let with = |field: &str, value: &str| {
        let mut json = consultation(&["C001"]);
        json[field] = json!(value);
        json
    };
    let due = "follow_up_due_on";

    assert_eq!(
        world.refuses(with("follow_up_what", "電話する。")),
        ("MISSING_VALUE", due)
    );
    assert_eq!(
        world.refuses(with("follow_up_owner", "staff-2")),
        ("MISSING_VALUE", due)
    );
    assert_eq!(
        world.refuses(with(due, "2021-08-05")),
        ("STEPS_OUT_OF_ORDER", due)
    );
}

#[test]
fn a_next_step_moves_after_its_consultation() {
    let mut world = with_child();
    register(&mut world, "C002");
    let mut recorded = consultation(&["C001"]);
    recorded["follow_up_due_on"] = json!("2021-08-20");
    let events = world.did(recorded);
    let (consultation, promised) = (events[0].0, events[1].0);

    assert_eq!(
        world.refuses(move_to(promised, "C002")),
        ("CONSULTATION_NOT_FOUND", "target")
    );
    world.did(move_to(consultation, "C002"));
    world.did(move_to(promised, "C002"));
}

#[test]
fn a_correction_does_not_make_a_step_due_before_it_was_promised() {
    let mut world = with_child();
    world.opens_account("staff-2");
    let promised = world.did(schedule("2021-08-20"))[0].0;

    assert_eq!(
        world.refuses(correct_clear(promised, json!({"due_on": "2021-08-05"}))),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(correct_clear(promised, json!({"due_on": "2021-08-06"})));
}
