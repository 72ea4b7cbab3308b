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

fn inquiry(world: &mut World) {
    world.did(json!({
        "command": "record-inquiry", "inquiry": "S1", "occurred": "2021-08-06",
        "consultation": "S1", "consulter": "guardian", "channel": "phone", "topics": ["discharge"],
    }));
}

fn link(name: &str, on: &str, child: &str) -> Value {
    json!({"command": name, "inquiry": "S1", "child": child, "occurred": on})
}

fn unlink(on: &str, child: &str) -> Value {
    let mut json = link("unlink-inquiry", on, child);
    json["reason"] = json!("同じ名字の別の方。");
    json
}

#[test]
fn an_inquiry_is_linked_in_both_streams_and_is_then_one_of_the_persons_consultations() {
    let mut world = with_child();
    inquiry(&mut world);

    let events = world.did(link("link-inquiry", "2021-09-01", "C001"));

    assert_eq!(names(&events), ["inquiry-linked", "inquiry-linked"]);
    assert_eq!(events[0].1, events[1].1);
    let again = consultation(&["C001"], &["discharge"]);
    assert_eq!(world.refuses(again), ("ALREADY_RECORDED", "consultation"));
}

#[test]
fn an_inquiry_is_linked_to_one_known_person_after_it_took_place() {
    let mut world = with_child();
    register(&mut world, "C002");
    let linked = |on, child| link("link-inquiry", on, child);
    assert_eq!(
        world.refuses(linked("2021-09-01", "C001")),
        ("INQUIRY_NOT_FOUND", "inquiry")
    );
    inquiry(&mut world);
    assert_eq!(
        world.refuses(linked("2021-09-01", "C999")),
        ("UNKNOWN_PERSON", "child")
    );
    assert_eq!(
        world.refuses(linked("2021-08-05", "C001")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );

    world.did(linked("2021-09-01", "C001"));

    assert_eq!(
        world.refuses(linked("2021-09-02", "C002")),
        ("INQUIRY_ALREADY_LINKED", "inquiry")
    );
}

#[test]
fn a_wrong_link_is_undone_with_a_reason_and_made_anew() {
    let mut world = with_child();
    register(&mut world, "C002");
    inquiry(&mut world);
    let refuses = |world: &World, json| world.refuses(json);
    let not_linked = ("INQUIRY_NOT_LINKED", "child");
    assert_eq!(refuses(&world, unlink("2021-09-02", "C001")), not_linked);
    let event = world.did(link("link-inquiry", "2021-09-01", "C001"))[1].0;

    assert_eq!(
        refuses(&world, link("unlink-inquiry", "2021-09-02", "C001")),
        ("MISSING_VALUE", "reason")
    );
    assert_eq!(refuses(&world, unlink("2021-09-02", "C002")), not_linked);
    assert_eq!(
        refuses(&world, unlink("2021-08-31", "C001")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(refuses(&world, annul(event)), ("NOT_CORRECTABLE", "target"));
    world.did(unlink("2021-09-02", "C001"));
    world.did(link("link-inquiry", "2021-09-03", "C002"));
}

#[test]
fn a_linked_inquiry_is_annulled_only_after_it_is_unlinked() {
    let mut world = with_child();
    inquiry(&mut world);
    let stream = format!("inquiry-{}", id("inquiry", "S1"));
    let name = ledger_core::id::StreamName::new(stream).unwrap();
    let recorded = world.history(&name).entries()[0].recorded.id;
    let mut gone = annul(recorded);
    gone["stream"] = json!(name);
    world.did(link("link-inquiry", "2021-09-01", "C001"));

    assert_eq!(world.refuses(gone.clone()), ("LATER_STEPS_STAND", "target"));
    world.did(unlink("2021-09-02", "C001"));
    world.did(gone);
}
