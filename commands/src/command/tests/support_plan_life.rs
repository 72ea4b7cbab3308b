//! Rules of a home-living support plan from its request to its hand-over.

use ledger_core::code::PartyKind;
use ledger_core::event::{Event, SupportPlanEvent};
use ledger_core::id::EventId;

use super::*;
use crate::world::names;

fn step(name: &str, on: &str, mut fields: Value) -> Value {
    fields["plan"] = json!("P1");
    about(name, on, fields)
}

fn request() -> Value {
    step(
        "request-support-plan",
        "2021-09-20",
        json!({"requested_by": "hospital"}),
    )
}

fn requested() -> World {
    let mut world = with_child();
    world.did(request());
    world
}

fn drafted() -> World {
    let mut world = with_child();
    world.did(step("draft-support-plan", "2021-10-01", json!({})));
    world
}

fn agreed() -> World {
    let mut world = drafted();
    world.did(step(
        "agree-support-plan",
        "2021-10-05",
        json!({"version": 1}),
    ));
    world
}

#[test]
fn a_requested_plan_is_drafted_under_its_own_id_and_not_before_it_was_asked_for() {
    let mut world = requested();
    let draft = |on| step("draft-support-plan", on, json!({}));

    assert_eq!(
        world.refuses(draft("2021-09-19")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        names(&world.did(draft("2021-10-01"))),
        ["support-plan-drafted"]
    );
    assert_eq!(
        world.refuses(draft("2021-10-02")),
        ("ALREADY_RECORDED", "plan")
    );
    assert_eq!(world.refuses(request()), ("ALREADY_RECORDED", "plan"));
}

#[test]
fn a_request_comes_from_an_office_or_the_family_and_by_a_referral_that_is_there() {
    let world = with_child();
    let ask = |fields| {
        world.decide(&crate::world::command(step(
            "request-support-plan",
            "2021-09-20",
            fields,
        )))
    };

    let nobody = ask(json!({})).err().unwrap();
    let elsewhere = ask(json!({"by_family": true, "referral": "F9"}))
        .err()
        .unwrap();

    assert_eq!(
        (nobody.code(), nobody.field),
        ("MISSING_VALUE", Some("requested_by"))
    );
    assert_eq!(
        (elsewhere.code(), elsewhere.field),
        ("REFERRAL_NOT_FOUND", Some("referral"))
    );
    assert!(ask(json!({"by_family": true})).is_ok());
}

#[test]
fn a_requested_plan_is_the_persons_one_open_plan_and_can_be_withdrawn() {
    let mut world = requested();
    let mut second = step("draft-support-plan", "2021-10-01", json!({}));
    second["plan"] = json!("P2");
    let close = |closing| {
        step(
            "close-support-plan",
            "2021-09-30",
            json!({"closing": closing}),
        )
    };

    assert_eq!(world.refuses(second.clone()), ("SECOND_OPEN_PLAN", "plan"));
    let mut asked = request();
    asked["plan"] = json!("P2");
    assert_eq!(world.refuses(asked), ("SECOND_OPEN_PLAN", "plan"));
    assert_eq!(world.refuses(close("completed")), ("NOT_AGREED", "closing"));
    world.did(close("withdrawn"));
    assert_eq!(
        world.refuses(step("draft-support-plan", "2021-10-01", json!({}))),
        ("PLAN_CLOSED", "plan")
    );
    world.did(second);
}

fn write(on: &str, version: u32, medical: &str) -> Value {
    step(
        "write-plan-sections",
        on,
        json!({"version": version, "medical": medical}),
    )
}

#[test]
fn sections_are_written_of_a_version_that_is_there_and_say_something() {
    let mut world = drafted();

    assert_eq!(
        requested().refuses(write("2021-10-02", 1, "訪問診療")),
        ("PLAN_NOT_FOUND", "version")
    );
    assert_eq!(
        world.refuses(write("2021-10-02", 2, "訪問診療")),
        ("PLAN_NOT_FOUND", "version")
    );
    assert_eq!(
        world.refuses(write("2021-09-30", 1, "訪問診療")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    assert_eq!(
        world.refuses(write("2021-10-02", 1, " ")),
        ("MISSING_VALUE", "health")
    );
    world.did(write("2021-10-02", 1, "訪問診療"));
    world.did(write("2021-10-03", 1, "訪問診療と訪問看護"));
}

#[test]
fn sections_that_somebody_else_wrote_meanwhile_are_not_written_over() {
    let mut world = drafted();
    let seen = |latest: EventId, medical: &str| {
        let mut write = write("2021-10-03", 1, medical);
        write["latest"] = json!(latest);
        write
    };
    let drafted = world.history(&child_stream("C001")).entries().last();
    let drafted = drafted.unwrap().recorded.id;
    let first = world.did(seen(drafted, "訪問診療"))[0].0;

    assert_eq!(
        world.refuses(seen(drafted, "訪問看護")),
        ("STALE_VALUE", "latest")
    );
    let second = world.did(seen(first, "訪問診療と訪問看護"))[0].0;
    let fixed = json!({"command": "correct-event", "stream": child_stream("C001"), "target": second,
        "private": {"medical": "訪問診療、訪問看護"}, "reason": "typo"});
    let fixed = world.did(fixed)[0].0;
    assert_eq!(
        world.refuses(seen(second, "往診")),
        ("STALE_VALUE", "latest")
    );
    world.did(seen(fixed, "往診"));
}

#[test]
fn a_version_that_a_family_agreed_to_takes_no_sections_and_the_next_one_does() {
    let never_written = agreed();
    let mut written = drafted();
    written.did(write("2021-10-02", 1, "訪問診療"));
    written.did(step(
        "agree-support-plan",
        "2021-10-05",
        json!({"version": 1}),
    ));

    for mut world in [never_written, written] {
        assert_eq!(
            world.refuses(write("2021-10-07", 1, "訪問看護")),
            ("AGREED_ALREADY", "version")
        );
        let next = json!({"base_version": 1, "reason": "yearly"});
        world.did(step("revise-support-plan", "2022-10-01", next));
        world.did(write("2022-10-02", 2, "訪問看護"));
        assert_eq!(
            world.refuses(write("2022-10-02", 1, "訪問看護")),
            ("AGREED_ALREADY", "version")
        );
    }
}

#[test]
fn a_conference_has_somebody_beside_the_centre_and_may_come_before_the_draft() {
    let mut world = requested();
    let hold = |on, fields| step("hold-plan-conference", on, fields);

    assert_eq!(
        world.refuses(hold("2021-09-25", json!({"attendees": [" "]}))),
        ("MISSING_VALUE", "parties")
    );
    assert_eq!(
        world.refuses(hold("2021-09-19", json!({"with_family": true}))),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    let events = world.did(hold("2021-09-25", json!({"parties": ["hospital"]})));
    assert_eq!(names(&events), ["support-plan-conference-held"]);
}

#[test]
fn the_newest_version_is_explained() {
    let mut world = drafted();
    let explain = |on, version: u32| step("explain-support-plan", on, json!({"version": version}));

    assert_eq!(
        world.refuses(explain("2021-10-02", 2)),
        ("STALE_BASE", "version")
    );
    assert_eq!(
        world.refuses(explain("2021-09-30", 1)),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    let events = world.did(explain("2021-10-02", 1));
    assert_eq!(names(&events), ["support-plan-explained"]);
}

#[test]
fn a_plan_is_handed_to_offices_on_a_consent_only() {
    let mut world = agreed();
    let mut deliver = step(
        "deliver-support-plan",
        "2021-10-06",
        json!({"version": 1, "parties": ["visiting-nursing"], "recipients": ["見本訪問看護"]}),
    );

    assert_eq!(
        world.refuses(deliver.clone()),
        ("CONSENT_MISSING", "consent")
    );
    deliver["parties"] = json!([]);
    assert_eq!(
        world.refuses(deliver.clone()),
        ("MISSING_VALUE", "parties"),
        "a name in words does not pass by the consent"
    );
    deliver["family_only"] = json!(true);
    assert_eq!(names(&world.did(deliver)), ["support-plan-delivered"]);
}

fn office(world: &mut World, number: &str) {
    world.did(
        json!({"command": "register-organisation", "organisation": number, "occurred": "2021-08-03",
        "kind": "visiting-nursing", "name": "見本訪問看護"}),
    );
}

/// A consent that named an office could never be used: a plan was handed to a kind of office only.
#[test]
fn a_consent_that_names_an_office_lets_the_plan_go_there_and_nowhere_else() {
    let mut world = agreed();
    office(&mut world, "O1");
    office(&mut world, "O2");
    world.did(about(
        "give-consent",
        "2021-08-06",
        json!({"recipients": ["visiting-nursing"], "organisations": ["O1"],
            "data": ["support-plan"], "purpose": "support", "form": "written",
            "given_by": "guardian"}),
    ));
    let deliver = |fields: Value| {
        let mut deliver = step("deliver-support-plan", "2021-10-06", fields);
        deliver["version"] = json!(1);
        deliver
    };
    let missing = ("CONSENT_MISSING", "consent");

    let other = deliver(json!({"organisations": ["O2"]}));
    assert_eq!(world.refuses(other), missing);
    let both = deliver(json!({"organisations": ["O1", "O2"]}));
    assert_eq!(world.refuses(both), missing);
    let unnamed = deliver(json!({"parties": ["visiting-nursing"], "recipients": ["甲"]}));
    assert_eq!(world.refuses(unnamed), missing);
    let beside = deliver(json!({"organisations": ["O1"], "parties": ["visiting-nursing"]}));
    assert_eq!(world.refuses(beside), missing);
    let unknown = deliver(json!({"organisations": ["O9"]}));
    assert_eq!(
        world.refuses(unknown),
        ("UNKNOWN_ORGANISATION", "organisations")
    );

    let events = world.did(deliver(json!({"organisations": ["O1", "O1"]})));

    let Event::SupportPlan(SupportPlanEvent::Delivered(delivered)) = &events[0].1.event else {
        panic!("it was delivered");
    };
    assert_eq!(delivered.parties, [PartyKind::VisitingNursing]);
    assert_eq!(delivered.organisations.len(), 1);
    assert!(delivered.consent.is_some());
}

#[test]
fn an_agreed_plan_is_monitored_and_due_again_on_a_later_day() {
    let mut world = agreed();
    let monitor = |on, due: &str| step("monitor-support-plan", on, json!({"next_due": due}));

    assert_eq!(
        drafted().refuses(monitor("2022-01-20", "2022-07-20")),
        ("NOT_AGREED", "plan")
    );
    assert_eq!(
        world.refuses(monitor("2022-01-20", "2022-01-19")),
        ("STEPS_OUT_OF_ORDER", "next_due")
    );
    assert_eq!(
        world.refuses(monitor("2021-09-30", "2022-07-20")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    let events = world.did(monitor("2022-01-20", "2022-07-20"));
    assert_eq!(names(&events), ["support-plan-monitored"]);
}

#[test]
fn a_hand_over_ends_an_agreed_plan_and_says_to_whom() {
    let mut world = agreed();
    let over = |on, fields| step("hand-over-support-plan", on, fields);
    let to = json!({"to": "見本相談支援事業所"});

    assert_eq!(
        drafted().refuses(over("2022-09-30", to.clone())),
        ("NOT_AGREED", "plan")
    );
    assert_eq!(
        world.refuses(over("2022-09-30", json!({}))),
        ("MISSING_VALUE", "to")
    );
    assert_eq!(
        world.refuses(over("2022-09-30", json!({"to": "甲", "referral": "F9"}))),
        ("REFERRAL_NOT_FOUND", "referral")
    );
    assert_eq!(
        world.refuses(over("2022-09-30", json!({"organisation": "O9"}))),
        ("UNKNOWN_ORGANISATION", "organisation")
    );
    assert_eq!(
        world.refuses(over("2021-10-04", to.clone())),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    let events = world.did(over("2022-09-30", to));
    assert_eq!(names(&events), ["support-plan-handed-over"]);
    let late = step("monitor-support-plan", "2022-10-01", json!({}));
    assert_eq!(world.refuses(late), ("PLAN_CLOSED", "plan"));
}
