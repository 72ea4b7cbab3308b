//! A facility's card: its visits by their days, and the year's grid.

use ledger_core::event::Event;
use ledger_core::id::{FacilityId, StreamName};
use serde_json::json;

use super::*;
use crate::card::told::{day, event, history, uuid};
use crate::indicators::Target;

const PLANNED: Target = Target::Number {
    low: 40,
    high: 40,
    approximate: false,
    full_year: true,
};

fn id() -> FacilityId {
    FacilityId::new(uuid(900))
}

fn registered() -> Event {
    let clear = json!({"facility": uuid(900), "name": "見本園", "kind": "nursery"});
    event("facility-registered", &clear, &json!({}))
}

fn enrolled() -> Event {
    event(
        "facility-enrolled",
        &json!({"fiscal_year": 2021}),
        &json!({}),
    )
}

fn scheduled(visit: u128, on: &str) -> Event {
    let clear = json!({"visit": uuid(visit), "planned_on": on, "staff_kind": "nurse"});
    event("support-visit-scheduled", &clear, &json!({}))
}

fn given(visit: u128) -> Event {
    let clear = json!({"visit": uuid(visit), "nth": 1});
    event(
        "facility-support-given",
        &clear,
        &json!({"content": "吸引"}),
    )
}

fn card(events: Vec<(&str, Event)>, on: &str) -> Option<FacilityCard> {
    facility_card(&history(&StreamName::facility(id()), events), day(on))
}

/// Arranged for May, June and July; June is cancelled, May done a day later than arranged.
fn year() -> Vec<(&'static str, Event)> {
    let cancelled = json!({"visit": uuid(2)});
    vec![
        ("2021-04-01", registered()),
        ("2021-04-02", enrolled()),
        ("2021-04-05", scheduled(1, "2021-05-10")),
        ("2021-04-05", scheduled(2, "2021-06-10")),
        ("2021-04-05", scheduled(3, "2021-07-10")),
        ("2021-05-11", given(1)),
        (
            "2021-06-01",
            event("support-visit-cancelled", &cancelled, &json!({})),
        ),
    ]
}

#[test]
fn a_visit_goes_from_its_arrangement_to_what_was_done_or_missed() {
    let states = |on: &str| -> Vec<(VisitState, String)> {
        let card = card(year(), on).unwrap();
        let visits = card.visits.iter();
        let told = visits.map(|visit| (visit.state, visit.on.unwrap().to_string()));
        told.collect()
    };

    let on = |state, on: &str| (state, on.to_owned());
    let (done, to_come) = (VisitState::Done, VisitState::Scheduled);
    let june = on(VisitState::Cancelled, "2021-06-10");
    assert_eq!(
        states("2021-07-10"),
        [
            on(done, "2021-05-11"),
            june.clone(),
            on(to_come, "2021-07-10")
        ]
    );
    assert_eq!(states("2021-07-11")[2].0, VisitState::Missed);
    assert_eq!(states("2021-05-10")[0], on(to_come, "2021-05-10"));
    assert_eq!(card(year(), "2021-03-31"), None);
}

#[test]
fn the_arranged_staff_stands_where_the_visit_names_none() {
    let card = card(year(), "2021-07-10").unwrap();

    let visit = &card.visits[0];
    assert_eq!(visit.staff_kind, Some(ledger_core::code::VisitStaff::Nurse));
    assert_eq!(visit.planned_on, Some(day("2021-05-10")));
    assert_eq!(visit.content.as_deref(), Some("吸引"));
}

#[test]
fn the_grid_shows_four_visits_a_facility_with_its_gaps_and_its_free_rows() {
    let grid = |on: &str| {
        let cards = card(year(), on).into_iter().collect();
        support_grid(cards, FiscalYear::new(2021), PLANNED)
    };

    let summer = grid("2021-07-11");

    assert_eq!((summer.done, summer.scheduled, summer.missed), (1, 0, 1));
    assert_eq!((summer.gaps, summer.planned_facilities), (2, Some(10)));
    assert_eq!(summer.free_rows, 9);
    let states: Vec<Option<VisitState>> = summer.rows[0]
        .visits
        .iter()
        .map(|visit| visit.as_ref().map(|visit| visit.state))
        .collect();
    let wanted = [Some(VisitState::Done), Some(VisitState::Missed), None, None];
    assert_eq!(states, wanted);
}

#[test]
fn a_fifth_visit_stands_beside_the_grid_and_given_ones_come_first() {
    let mut events = vec![
        ("2021-04-01", registered()),
        ("2021-04-05", scheduled(9, "2021-04-20")),
    ];
    let days = [
        "2021-05-01",
        "2021-06-01",
        "2021-07-01",
        "2021-08-02",
        "2021-09-01",
    ];
    events.extend((1..).zip(days).map(|(visit, on)| (on, given(visit))));

    let cards = card(events, "2022-03-31").into_iter().collect();
    let grid = support_grid(cards, FiscalYear::new(2021), PLANNED);

    assert_eq!((grid.done, grid.counted, grid.gaps), (5, 4, 0));
    let row = &grid.rows[0];
    assert!(!row.enrolled, "visited without taking part");
    let extra: Vec<VisitState> = row.extra.iter().map(|visit| visit.state).collect();
    assert_eq!(extra, [VisitState::Done, VisitState::Missed]);
}

#[test]
fn who_withdraws_has_no_gaps_to_fill() {
    let mut events = year();
    events.push((
        "2021-09-01",
        event("facility-withdrawn", &json!({}), &json!({})),
    ));

    let card = card(events, "2022-03-31").unwrap();

    let enrolment = card.enrolment(FiscalYear::new(2021)).unwrap();
    assert_eq!(enrolment.withdrawn_on, Some(day("2021-09-01")));
    let grid = support_grid(vec![card], FiscalYear::new(2021), PLANNED);
    assert_eq!((grid.gaps, grid.rows.len()), (0, 1));
    let other = support_grid(Vec::new(), FiscalYear::new(2025), Target::Unset);
    assert_eq!((other.free_rows, other.planned_facilities), (0, None));
}

#[test]
fn the_places_of_the_grid_come_out_as_what_was_done_and_what_the_plan_lacks() {
    let mut visited = vec![("2021-04-01", registered())];
    let days = [
        "2021-05-01",
        "2021-06-01",
        "2021-07-01",
        "2021-08-02",
        "2021-09-01",
    ];
    visited.extend((1..).zip(days).map(|(visit, on)| (on, given(visit))));
    let cards = [visited, year()].map(|events| card(events, "2022-03-31").unwrap());
    let planned = Target::Number {
        low: 4,
        high: 4,
        approximate: false,
        full_year: true,
    };

    let grid = support_grid(cards.to_vec(), FiscalYear::new(2021), planned);
    let account = grid.account();

    let places = [
        grid.counted,
        account.arranged,
        account.missed,
        account.empty,
    ];
    assert_eq!(account.places, 8, "two facilities by four visits");
    assert_eq!(places.iter().sum::<u32>(), account.places, "{account:?}");
    assert_eq!(grid.counted + grid.further(), grid.done);
    assert_eq!(grid.further(), 1);
    let rows = grid.rows.iter().map(|row| row.first_four() + row.further());
    assert_eq!(rows.sum::<u32>(), grid.done, "so do the rows");
    let plan = account.plan.unwrap();
    assert_eq!(
        (plan.planned, plan.facilities_beyond, account.below_four),
        (4, 1, 1)
    );
}
