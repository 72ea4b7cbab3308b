//! The programme's settings of a year, with who set each.

use ledger_core::id::StreamName;
use serde_json::json;

use super::*;
use crate::card::told::{day, event, history, uuid};

fn number(service: &str, year: Option<i32>, low: u32) -> ledger_core::event::Event {
    let mut clear = json!({"service": service, "low": low, "high": low, "unit": "cases",
        "count_rule_ja": "延べ件数", "approximate": true});
    if let Some(year) = year {
        clear["fiscal_year"] = json!(year);
    }
    event("planned-number-set", &clear, &json!({}))
}

fn post(number: u128, kind: &str, fte: u32, from: &str) -> ledger_core::event::Event {
    let clear = json!({"post": uuid(number), "kind": kind, "fte_hundredths": fte,
        "concurrent": true, "concurrent_hundredths": 50, "from": from});
    event("staff-post-set", &clear, &json!({}))
}

fn programme() -> History {
    let period = json!({"preparation_from": "2021-04-01", "starts_on": "2021-08-01",
        "ends_on": "2024-03-31"});
    let rule = |text: &str| {
        let clear = json!({"rule": "CR-実-1", "text_ja": text, "text_en": text, "stated": false});
        event("counting-rule-adopted", &clear, &json!({}))
    };
    let moved = json!({"starts_on": "2021-09-01", "reason_ja": "財政見通し"});
    let conflict = event(
        "concurrent-post-conflict-noted",
        &json!({"post": uuid(1)}),
        &json!({"note": "会議と重なった"}),
    );
    let events = vec![
        (
            "2020-12-17",
            event("programme-period-set", &period, &json!({})),
        ),
        ("2020-12-17", number("specialist-consultation", None, 1_000)),
        (
            "2020-12-17",
            number("specialist-consultation", Some(2021), 500),
        ),
        ("2020-12-17", number("facility-technical-support", None, 40)),
        ("2020-12-17", post(1, "advisor", 150, "2021-08-01")),
        (
            "2020-12-17",
            post(2, "public-health-nurse", 50, "2021-08-01"),
        ),
        ("2020-12-17", rule("はじめの文")),
        ("2021-05-01", rule("改めた文")),
        (
            "2021-06-01",
            event("programme-start-moved", &moved, &json!({})),
        ),
        ("2022-05-01", conflict),
    ];
    history(&StreamName::programme(), events)
}

fn of(year: i32, on: &str) -> ProgrammeCard {
    programme_card(&programme(), FiscalYear::new(year), day(on)).unwrap()
}

fn target(card: &ProgrammeCard, service: Service) -> Target {
    let mut planned = card.planned.iter();
    planned.find(|one| one.service == service).unwrap().target
}

#[test]
fn the_first_year_has_its_number_later_ones_expand_and_years_outside_have_none() {
    let consultation = |year: i32| target(&of(year, "2026-11-01"), Service::SpecialistConsultation);

    assert!(matches!(
        consultation(2021),
        Target::Number { low: 500, .. }
    ));
    assert_eq!(consultation(2022), Target::Expanding);
    assert_eq!(consultation(2024), Target::Unset);
    assert_eq!(consultation(2020), Target::Unset);
    let visits = |year: i32| target(&of(year, "2026-11-01"), Service::FacilityTechnicalSupport);
    assert!(matches!(visits(2023), Target::Number { low: 40, .. }));
    assert_eq!(visits(2024), Target::Unset);
    assert!(!of(2024, "2026-11-01").in_trial);
}

#[test]
fn posts_are_those_of_the_day_and_their_equivalents_add_up() {
    let card = of(2021, "2022-03-31");

    assert_eq!((card.posts.len(), card.fte_hundredths), (2, 200));
    assert_eq!(card.posts[0].set.value.concurrent_hundredths, Some(50));
    assert!(of(2021, "2021-07-31").posts.is_empty(), "not begun yet");
}

#[test]
fn the_newest_text_of_a_rule_stands_with_who_said_it_and_when() {
    let before = of(2021, "2021-04-30");
    let after = of(2021, "2021-06-30");

    assert_eq!(before.rules[0].value.text_ja, "はじめの文");
    assert_eq!(after.rules.len(), 1);
    assert_eq!(after.rules[0].value.text_ja, "改めた文");
    assert_eq!(after.rules[0].by.on, Some(day("2021-05-01")));
    assert_eq!(after.rules[0].by.actor, Actor::system());
}

#[test]
fn a_moved_start_stands_beside_the_first_one() {
    let card = of(2021, "2022-03-31");

    let period = card.period.unwrap();
    assert_eq!(period.value.starts_on, day("2021-08-01"));
    assert_eq!(card.moves[0].value.reason_ja, "財政見通し");
    assert_eq!(card.starts_on, Some(day("2021-09-01")));
    assert_eq!(of(2021, "2021-05-31").starts_on, Some(day("2021-08-01")));
}

#[test]
fn a_conflict_of_a_concurrent_post_names_its_post() {
    let card = of(2022, "2023-03-31");

    assert_eq!(card.conflicts[0].kind, Some(PostKind::Advisor));
    assert_eq!(card.conflicts[0].note.as_deref(), Some("会議と重なった"));
    let nothing = History::default();
    let year = FiscalYear::new(2022);
    assert_eq!(programme_card(&nothing, year, day("2022-04-01")), None);
}
