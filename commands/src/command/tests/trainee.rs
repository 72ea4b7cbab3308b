//! Rules of the training of advisors.

use ledger_core::actor::Role;

use super::*;
use crate::world::{flags, names};

fn trainee(world: &mut World) {
    world.did(
        json!({"command": "enrol-trainee", "number": "T01", "occurred": "2021-08-13",
        "name": "研修　一"}),
    );
}

/// A command about T01: its name, its day and its other fields.
fn of(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!(occurred);
    fields["trainee"] = json!("T01");
    fields
}

fn assess(level: u32) -> Value {
    let fields = json!({"competency": "プランの作成", "level": level});
    of("assess-competency", "2021-12-10", fields)
}

fn complete(fields: Value) -> Value {
    of("complete-training", "2022-03-10", fields)
}

fn require(world: &mut World) {
    world.did(
        json!({"command": "require-competency", "occurred": "2021-08-02",
        "competency": "planning", "level": 3}),
    );
}

#[test]
fn sessions_and_completion_need_an_enrolled_advisor() {
    let mut world = World::new();
    let session = |on: &str| {
        json!({"command": "hold-session", "trainee": "T01", "occurred": on,
        "session": id("session", "I1"), "kind": "lecture"})
    };
    let complete = json!({"command": "complete-training", "trainee": "T01",
        "occurred": "2022-03-10"});
    assert_eq!(
        world.refuses(session("2021-09-06")),
        ("UNKNOWN_TRAINEE", "trainee")
    );
    assert_eq!(
        world.refuses(complete.clone()),
        ("UNKNOWN_TRAINEE", "trainee")
    );

    trainee(&mut world);

    assert_eq!(
        world.refuses(session("2021-08-12")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(session("2021-09-06"));
    assert_eq!(
        world.refuses(session("2021-09-06")),
        ("ALREADY_RECORDED", "session")
    );
    world.did(complete.clone());
    assert_eq!(world.refuses(complete), ("ALREADY_RECORDED", "trainee"));
    let again = json!({"command": "enrol-trainee", "number": "T01", "occurred": "2021-08-13",
        "name": "別"});
    assert_eq!(world.refuses(again), ("ALREADY_REGISTERED", "trainee"));
}

#[test]
fn goals_and_levels_are_ones_that_can_be() {
    let mut world = World::new();
    let goal = |goal: &str, due: &str| {
        of(
            "set-training-goal",
            "2021-08-20",
            json!({"goal": goal, "due_on": due}),
        )
    };
    assert_eq!(
        world.refuses(goal("調整", "2022-03-31")),
        ("UNKNOWN_TRAINEE", "trainee")
    );
    trainee(&mut world);

    assert_eq!(
        world.refuses(goal(" ", "2022-03-31")),
        ("MISSING_VALUE", "goal")
    );
    assert_eq!(
        world.refuses(goal("調整", "2021-08-19")),
        ("STEPS_OUT_OF_ORDER", "due_on")
    );
    assert_eq!(
        names(&world.did(goal("調整", "R4.3.31"))),
        ["training-goal-set"]
    );
    assert_eq!(world.refuses(assess(5)), ("NOT_A_NUMBER", "level"));
    assert_eq!(names(&world.did(assess(4))), ["competency-assessed"]);
    let drafted = world.did(of("draft-supervised-plan", "2021-12-10", json!({})));
    assert_eq!(names(&drafted), ["supervised-plan-drafted"]);
}

#[test]
fn training_rests_and_goes_on() {
    let mut world = World::new();
    trainee(&mut world);
    let suspend = || {
        of(
            "suspend-training",
            "2021-12-20",
            json!({"reason": "繁忙期"}),
        )
    };
    let resume = |day: &str| of("resume-training", day, json!({}));
    let goal = |day: &str| of("set-training-goal", day, json!({"goal": "調整"}));
    assert_eq!(
        world.refuses(resume("2021-12-20")),
        ("STEPS_OUT_OF_ORDER", "trainee")
    );

    world.did(suspend());

    assert_eq!(world.refuses(suspend()), ("TRAINING_SUSPENDED", "trainee"));
    assert_eq!(
        world.refuses(goal("2021-12-21")),
        ("TRAINING_SUSPENDED", "trainee")
    );
    world.did(goal("2021-12-19"));
    assert_eq!(
        world.refuses(complete(json!({}))),
        ("TRAINING_SUSPENDED", "trainee")
    );
    assert_eq!(
        world.refuses(resume("2021-12-19")),
        ("STEPS_OUT_OF_ORDER", "occurred")
    );
    world.did(resume("2022-01-11"));
    world.did(goal("2022-01-11"));
}

#[test]
fn who_has_left_or_completed_trains_no_longer() {
    let mut world = World::new();
    trainee(&mut world);
    let leave = |reason: &str| of("leave-training", "2022-02-01", json!({"reason": reason}));
    let goal = |day: &str| of("set-training-goal", day, json!({"goal": "調整"}));
    assert_eq!(world.refuses(leave("")), ("MISSING_VALUE", "reason"));

    world.did(leave("異動"));

    assert_eq!(world.refuses(leave("異動")), ("TRAINING_ENDED", "trainee"));
    assert_eq!(
        world.refuses(goal("2022-02-02")),
        ("TRAINING_ENDED", "trainee")
    );
    assert_eq!(
        world.refuses(complete(json!({}))),
        ("TRAINING_ENDED", "trainee")
    );
    world.did(goal("2022-01-31"));
}

#[test]
fn completion_needs_every_required_level() {
    let mut world = World::new();
    trainee(&mut world);
    require(&mut world);
    assert_eq!(
        world.refuses(complete(json!({}))),
        ("COMPETENCY_MISSING", "trainee")
    );
    world.did(assess(2));
    assert_eq!(
        world.refuses(complete(json!({}))),
        ("COMPETENCY_MISSING", "trainee")
    );

    world.did(assess(3));

    let completed = world.did(complete(json!({"basis": "全課程の修了"})));
    assert_eq!(names(&completed), ["trainee-completed"]);
    assert_eq!(flags(&completed), []);
}

#[test]
fn below_the_required_level_the_manager_says_why_it_is_completed() {
    let mut world = World::new();
    trainee(&mut world);
    require(&mut world);
    let by_exception = || complete(json!({"basis": "課程の修了", "override_reason": "実務の経験"}));
    assert_eq!(
        world.refuses(by_exception()),
        ("COMPETENCY_MISSING", "override_reason")
    );

    world.signs_in("manager-1", Role::Manager);

    assert_eq!(
        world.refuses(complete(json!({}))),
        ("COMPETENCY_MISSING", "trainee")
    );
    let completed = world.did(by_exception());
    assert_eq!(flags(&completed), [Flag::BelowRequired]);
    let payload = completed[0].1.event.display();
    assert_eq!(payload["basis"], "課程の修了／実務の経験");
}
