//! A figure that a meeting was shown changes by a second person's approval alone.

use ledger_core::id::EventId;

use super::*;
use crate::world::names;

const MEETING: &str = "01920000-0000-7000-8000-000000000001";
const FROZEN: (&str, &str) = ("FROZEN_FIGURE", "approval");

/// Freezes what was known at a position of a fiscal year up to a day.
fn freeze(world: &mut World, year: i32, on_day: &str, as_at: u64) {
    world.did(
        json!({"command": "convene-meeting", "meeting": MEETING, "occurred": "2022-05-01",
        "planned_on": "2022-05-19"}),
    );
    world.did(
        json!({"command": "freeze-materials", "meeting": MEETING, "occurred": "2022-05-12",
        "fiscal_year": year, "on_day": on_day, "as_at": as_at, "head": 9,
        "figures": {"fiscal_year": year, "day": on_day, "as_at": as_at}}),
    );
}

fn consult(world: &mut World, on: &str) -> EventId {
    consult_as(world, ("1", on))
}

fn consult_as(world: &mut World, (nth, on): (&str, &str)) -> EventId {
    let consultation = json!({"command": "record-consultation", "children": ["C001"],
        "consultation": id("consultation", nth), "occurred": on, "consulter": "guardian", "channel": "phone", "topics": ["respite"],
        "content": "見学について。"});
    world.did(consultation)[0].0
}

fn moved(target: EventId, on: &str) -> Value {
    let mut json = correct_clear(target, json!({}));
    json["occurred"] = json!(on);
    json
}

fn approve(world: &mut World, act: &str) -> String {
    approve_about(world, (act, "1"), None)
}

/// Asks for an approval about an event, and has it granted.
fn approve_about(world: &mut World, (act, nth): (&str, &str), target: Option<EventId>) -> String {
    let approval = id("approval", nth);
    world.did(
        json!({"command": "request-approval", "approval": approval, "act": act, "target": target,
        "stream": child_stream("C001"), "occurred": "2022-06-01", "reason": "日付の誤り"}),
    );
    world.act_as("staff-2");
    world.did(json!({"command": "grant-approval", "approval": approval, "occurred": "2022-06-02"}));
    world.act_as("staff-1");
    approval
}

#[test]
fn what_stands_in_a_pack_is_corrected_annulled_or_moved_with_an_approval_alone() {
    let mut world = with_child();
    register(&mut world, "C002");
    let target = consult(&mut world, "2022-03-31");
    world.did(moved(target, "2022-03-30"));
    freeze(&mut world, 2021, "2022-03-31", 5);
    let latest = world.history(&child_stream("C001")).entries().last();
    let latest = latest.unwrap().recorded.id;
    let with_latest = |mut json: Value| {
        json["latest"] = json!(latest);
        json
    };

    assert_eq!(
        world.refuses(with_latest(moved(target, "2022-04-01"))),
        FROZEN
    );
    assert_eq!(world.refuses(with_latest(annul(target))), FROZEN);
    assert_eq!(world.refuses(with_latest(move_to(target, "C002"))), FROZEN);
    let topics = json!({"topics": ["disaster"]});
    assert_eq!(
        world.refuses(with_latest(correct_clear(target, topics))),
        FROZEN
    );
    let mut words = correct_clear(target, json!({}));
    words["private"] = json!({"content": "体験について。"});
    assert!(
        world
            .decide(&crate::world::command(with_latest(words)))
            .is_ok()
    );

    let approval = approve(&mut world, "frozen-figure");
    let mut approved = with_latest(annul(target));
    approved["approval"] = json!(approval);
    assert_eq!(
        names(&world.did(approved)),
        ["event-annulled", "approval-used"]
    );

    let back = json!({"command": "reverse-annulment", "stream": child_stream("C001"),
        "target": target, "latest": latest, "reason": "typo"});
    assert_eq!(world.refuses(back.clone()), FROZEN);
    let mut again = back;
    again["approval"] = json!(approval);
    assert_eq!(world.refuses(again), ("APPROVAL_ALREADY_USED", "approval"));
}

#[test]
fn what_a_pack_did_not_know_or_show_is_corrected_freely() {
    let frozen = |year, on_day, as_at| {
        let mut world = with_child();
        let target = consult(&mut world, "2022-03-31");
        freeze(&mut world, year, on_day, as_at);
        (world, target)
    };
    let packs = [
        (2021, "2022-03-30", 5),
        (2022, "2022-04-30", 5),
        (2021, "2022-03-31", 0),
    ];

    for (year, on_day, as_at) in packs {
        let (world, target) = frozen(year, on_day, as_at);
        let decided = world.decide(&crate::world::command(annul(target)));
        assert!(decided.is_ok(), "{year} {on_day} {as_at}");
    }
    let (world, target) = frozen(2022, "2022-04-30", 5);
    let into = world.refuses(moved(target, "2022-04-01"));
    assert_eq!(into, FROZEN, "it moves into what was shown");
}

/// Changes a field of the profile of C001.
fn changed(world: &mut World, field: &str, (old, new): (&str, &str), on: &str) -> EventId {
    let change = json!({"command": "change-profile", "child": "C001", "field": field, "old": old,
        "new": new, "occurred": on});
    world.did(change)[0].0
}

/// Whoever is served counts in the years that follow, too.
#[test]
fn what_goes_on_counting_is_in_the_packs_of_later_years() {
    for (year, on_day, is_shown) in [(2022, "2022-04-30", true), (2021, "2022-03-30", false)] {
        let mut world = with_child();
        let target = changed(&mut world, "area", ("kitazawa", "kinuta"), "2022-03-31");
        freeze(&mut world, year, on_day, 9);
        if is_shown {
            assert_eq!(world.refuses(annul(target)), FROZEN, "{year}");
        } else {
            let decided = world.decide(&crate::world::command(annul(target)));
            assert!(decided.is_ok(), "{year}: {decided:?}");
        }
    }
}

#[test]
fn a_birth_date_counts_whenever_it_was_written_down() {
    let mut world = with_child();
    let born = ("2019-10-15", "2019-11-15");
    let target = changed(&mut world, "birth-date", born, "2022-04-10");
    freeze(&mut world, 2021, "2022-03-31", 9);

    assert_eq!(world.refuses(annul(target)), FROZEN);
}

#[test]
fn a_name_is_in_no_figure_and_corrected_freely() {
    let mut world = with_child();
    let names = ("見本　花子", "見本　華子");
    let target = changed(&mut world, "name", names, "2022-03-31");
    freeze(&mut world, 2021, "2022-03-31", 9);
    let mut words = correct_clear(target, json!({}));
    words["private"] = json!({"new": "見本　花"});

    let decided = world.decide(&crate::world::command(words));

    assert!(decided.is_ok(), "{decided:?}");
}

#[test]
fn an_approval_of_something_else_is_none() {
    let mut world = with_child();
    let target = consult(&mut world, "2022-03-31");
    freeze(&mut world, 2021, "2022-03-31", 5);
    let approval = approve(&mut world, "closed-year");

    let mut annulled = annul(target);
    annulled["approval"] = json!(approval);

    assert_eq!(world.refuses(annulled), ("APPROVAL_MISSING", "approval"));
}

#[test]
fn an_approval_about_one_event_holds_for_no_other() {
    let mut world = with_child();
    let (one, other) = (
        consult_as(&mut world, ("1", "2022-03-30")),
        consult_as(&mut world, ("2", "2022-03-31")),
    );
    freeze(&mut world, 2021, "2022-03-31", 9);
    let approval = approve_about(&mut world, ("frozen-figure", "1"), Some(one));
    let with = |target: EventId| {
        let mut json = annul(target);
        json["approval"] = json!(approval);
        json
    };

    assert_eq!(world.refuses(with(other)), ("APPROVAL_MISSING", "approval"));
    assert_eq!(
        names(&world.did(with(one))),
        ["event-annulled", "approval-used"]
    );
}
