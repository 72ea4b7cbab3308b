//! Rules of consultations.

use super::*;
use crate::world::names;

fn consultation(children: &[&str], topics: &[&str]) -> Value {
    json!({
        "command": "record-consultation", "children": children, "consultation": "S1",
        "occurred": "2021-08-06T16:10", "consulter": "guardian", "channel": "phone",
        "topics": topics, "content": "在宅生活の不安について。",
    })
}

#[test]
fn a_consultation_about_siblings_stands_in_each_ones_stream() {
    let mut world = with_child();
    register(&mut world, "C002");

    let events = world.did(consultation(
        &["C001", "C002", "C001"],
        &["family", "family"],
    ));

    assert_eq!(
        names(&events),
        ["consultation-recorded", "consultation-recorded"]
    );
    assert_eq!(events[0].1, events[1].1);
    let again = world.refuses(consultation(&["C002"], &["family"]));
    assert_eq!(again, ("ALREADY_RECORDED", "consultation"));
}

#[test]
fn a_consultation_needs_its_persons_and_a_topic() {
    let world = with_child();
    let refuses = |json| world.refuses(json);

    assert_eq!(
        refuses(consultation(&[], &["family"])),
        ("MISSING_VALUE", "children")
    );
    assert_eq!(
        refuses(consultation(&["C001"], &[])),
        ("MISSING_VALUE", "topics")
    );
    let unknown = refuses(consultation(&["C001", "C999"], &["family"]));
    assert_eq!(unknown, ("UNKNOWN_PERSON", "children"));
    let mut long = consultation(&["C001"], &["family"]);
    long["duration_minutes"] = json!(1_441);
    assert_eq!(refuses(long), ("NOT_A_NUMBER", "duration_minutes"));
    let mut unborn = consultation(&["C001"], &["family"]);
    unborn["occurred"] = json!("2019-10-14");
    assert_eq!(refuses(unborn), ("OCCURRED_BEFORE_BIRTH", "occurred"));
}

#[test]
fn an_inquiry_holds_one_consultation() {
    let mut world = World::new();
    let inquiry = json!({
        "command": "record-inquiry", "inquiry": "S1", "occurred": "2021-08-06",
        "consulter": "hospital", "channel": "phone", "topics": ["discharge"],
    });

    let events = world.did(inquiry.clone());

    assert_eq!(names(&events), ["consultation-recorded"]);
    assert_eq!(world.refuses(inquiry), ("ALREADY_RECORDED", "inquiry"));
}
