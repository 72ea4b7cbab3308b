//! An advisor's card: what was taught, what is missing, and how it ended.

use ledger_core::event::Event;
use ledger_core::id::StreamName;
use serde_json::json;

use super::*;
use crate::card::told::{day, event, history, uuid};

fn required() -> Vec<RequiredCompetencySet> {
    let set = |competency, level| RequiredCompetencySet { competency, level };
    vec![
        set(Competency::Planning, 3),
        set(Competency::MedicalKnowledge, 2),
    ]
}

fn enrolled() -> Event {
    let clear = json!({"trainee": uuid(900), "number": "J1"});
    event(
        "trainee-enrolled",
        &clear,
        &json!({"name": "見本 育子", "office": "見本相談室"}),
    )
}

fn session(number: u128, kind: &str) -> Event {
    let clear = json!({"session": uuid(number), "kind": kind, "duration_minutes": 60});
    event("training-session-held", &clear, &json!({}))
}

fn assessed(competency: &str, level: u32) -> Event {
    let clear = json!({"competency": competency, "level": level});
    event("competency-assessed", &clear, &json!({"assessor": "見本"}))
}

fn card(events: Vec<(&str, Event)>, on: &str) -> Option<TraineeCard> {
    let stream = StreamName::trainee(TraineeId::new(uuid(900)));
    trainee_card(&history(&stream, events), &required(), day(on))
}

fn year() -> Vec<(&'static str, Event)> {
    let goal = json!({"due_on": "2021-10-01"});
    let goal = event("training-goal-set", &goal, &json!({"goal": "一人で調整"}));
    vec![
        ("2021-08-02", enrolled()),
        ("2021-08-03", goal),
        ("2021-08-10", session(1, "lecture")),
        ("2021-08-20", session(2, "co-visit")),
        ("2021-09-01", session(3, "lecture")),
        ("2021-08-10", assessed("planning", 1)),
        ("2021-09-20", assessed("planning", 3)),
        ("2021-09-20", assessed("network", 4)),
    ]
}

#[test]
fn every_kind_of_session_is_named_with_how_often_it_was_held() {
    let card = card(year(), "2021-09-30").unwrap();

    let counts: Vec<(SessionKind, u32, u32)> = card
        .sessions
        .iter()
        .map(|one| (one.kind, one.count, one.minutes))
        .collect();
    let wanted = [
        (SessionKind::Lecture, 2, 120),
        (SessionKind::CoVisit, 1, 60),
        (SessionKind::Meeting, 0, 0),
        (SessionKind::PlanReview, 0, 0),
    ];
    assert_eq!(counts, wanted);
    assert_eq!(card.session_count(), 3);
    assert_eq!(card.sessions[0].last_on, Some(day("2021-09-01")));
}

#[test]
fn what_completion_asks_for_is_reached_or_missing_with_its_first_and_last_level() {
    let card = card(year(), "2021-09-30").unwrap();

    let missing: Vec<Competency> = card.missing().map(|one| one.competency).collect();
    assert_eq!(missing, [Competency::MedicalKnowledge], "never assessed");
    let of = |competency| {
        let mut all = card.competencies.iter();
        all.find(|one| one.competency == competency).unwrap()
    };
    let planning = of(Competency::Planning);
    assert_eq!((planning.first, planning.last), (Some(1), Some(3)));
    assert_eq!(planning.reached, Some(true));
    assert_eq!(of(Competency::Network).reached, None, "nobody asks for it");
}

#[test]
fn an_assessment_of_an_earlier_day_that_is_recorded_later_is_the_first_one() {
    let mut events = year();
    events.push(("2021-08-05", assessed("planning", 0)));

    let card = card(events, "2021-09-30").unwrap();

    let planning = card.competencies.iter();
    let mut planning = planning.filter(|one| one.competency == Competency::Planning);
    let planning = planning.next().unwrap();
    assert_eq!((planning.first, planning.last), (Some(0), Some(3)));
}

#[test]
fn a_training_rests_goes_on_and_is_completed_with_its_ground() {
    let mut events = year();
    let paused = |name| event(name, &json!({}), &json!({"reason": "育休"}));
    events.push(("2021-10-10", paused("training-suspended")));
    events.push(("2021-12-01", paused("training-resumed")));
    let done = json!({"trainee": uuid(900)});
    let done = event(
        "trainee-completed",
        &done,
        &json!({"basis": "全項目を習得"}),
    );
    events.push(("2022-02-01", done));

    let at = |on: &str| card(events.clone(), on).unwrap();

    assert_eq!(at("2021-10-02").state, TraineeState::InTraining);
    assert!(at("2021-10-02").goals[0].overdue);
    let rests = at("2021-11-01");
    assert_eq!(rests.state, TraineeState::Suspended);
    assert_eq!(rests.reason.as_deref(), Some("育休"));
    assert!(!rests.goals[0].overdue, "nobody works on it meanwhile");
    assert_eq!(at("2021-12-01").since, Some(day("2021-12-01")));
    let completed = at("2022-02-01");
    assert_eq!(completed.state, TraineeState::Completed);
    let completion = completed.completion.unwrap();
    assert_eq!(completion.basis.as_deref(), Some("全項目を習得"));
    assert!(!completion.below_required);
    assert_eq!(card(events.clone(), "2021-08-01"), None);
}
