//! The committee's tables: months, areas, disaster plans, hand-overs.

use ledger_core::code::Area;

use super::book::{Book, day, year};
use crate::facts::Kind;
use crate::indicators::boards::{
    Leg, Notice, Places, by_area, by_month, disaster_board, hand_overs, journeys, notices,
};
use crate::indicators::{FactSet, Given, Rules, Scope};
use crate::small_cells::Table;

/// What a table of the book makes of a fiscal year.
fn of<T>(book: &Book, scope: Scope, board: impl Fn(&Given<'_, '_>) -> T) -> T {
    let versions = book.versions();
    let facts = FactSet::at(&versions, book.now());
    board(&Given {
        facts: &facts,
        scope,
        settings: &book.settings_at(book.now()),
        rules: Rules::default(),
    })
}

fn table(cells: &[(&str, &str, i64)]) -> Table {
    let mut table = Table::default();
    for (row, column, count) in cells {
        table.add(row, column, *count);
    }
    table
}

fn living(book: &mut Book, person: &str, area: Area) {
    book.person(person, "2021-08-02").area = Some(area);
}

#[test]
fn the_months_of_a_figure_add_up_to_it() {
    let mut book = Book::default();
    for (plan, person, on) in [
        ("p1", "a", "2022-05-10"),
        ("p2", "b", "2022-05-31"),
        ("p3", "a", "2022-06-01"),
    ] {
        book.person(person, "2021-08-02");
        book.put(Kind::SupportPlanAgreed, plan, person, on).value = Some(1);
    }

    let measure = book.measure("A-3", year(2022));
    let months = by_month(&measure.counted);

    assert_eq!(
        months,
        [(day("2022-05-01"), 2)].into(),
        "a counts once, in May"
    );
    assert_eq!(Some(months.values().sum()), measure.value.count());
}

#[test]
fn each_service_is_told_where_its_persons_live() {
    let mut book = Book::default();
    living(&mut book, "a", Area::Kinuta);
    living(&mut book, "b", Area::Tamagawa);
    book.put(Kind::Mobility, "a", "a", "2021-08-02").value = Some(1);
    book.consult("c1", "a", "2022-05-10");
    book.consult("c2", "a", "2022-06-10");
    book.consult("c3", "b", "2022-06-11");
    book.put(Kind::Consultation, "c4", "", "2022-06-12").area = Some(Area::Kinuta);
    book.consult("c5", "", "2022-06-13");
    book.put(Kind::SupportPlanAgreed, "p", "b", "2022-08-01")
        .value = Some(1);
    // Of disaster plans the board tells, which other years stand beside.
    book.put(Kind::DisasterPlanDrafted, "d", "a", "2022-09-01");

    assert_eq!(
        of(&book, year(2022), by_area),
        table(&[
            ("kinuta", "contacts", 3),
            ("kinuta", "persons", 1),
            ("kinuta", "movable", 1),
            ("tamagawa", "contacts", 1),
            ("tamagawa", "persons", 1),
            ("tamagawa", "support-plans", 1),
            ("unknown", "contacts", 1),
        ])
    );
}

#[test]
fn who_needs_a_disaster_plan_stands_under_one_state() {
    let mut book = Book::default();
    for (person, agreed) in [
        ("new", Some("2023-01-10")),
        ("soon", Some("2022-04-10")),
        ("old", Some("2022-03-30")),
        ("oldest", Some("2021-09-01")),
        ("none", None),
        ("not-wanted", None),
        ("gone", None),
    ] {
        living(&mut book, person, Area::Kinuta);
        if let Some(on) = agreed {
            book.put(Kind::DisasterPlanDrafted, person, person, on);
            book.put(Kind::DisasterPlanAgreed, person, person, on);
        }
    }
    book.put(Kind::ProcedureStarted, "ventilator", "old", "2021-08-02");
    book.put(Kind::ProcedureStarted, "suction", "none", "2021-08-02");
    book.put(Kind::DisasterPlanSections, "old", "old", "2022-04-02")
        .value = Some(180);
    book.put(Kind::DisasterPlanNotWanted, "n", "not-wanted", "2022-05-01");
    book.put(Kind::CaseClosed, "gone", "gone", "2022-05-01");

    let board = of(&book, year(2022), disaster_board);

    let states = ["current", "due-soon", "overdue", "long-overdue", "no-plan"];
    let all = states.map(|state| ("kinuta", state, 1));
    assert_eq!(board.by_area, table(&all));
    assert_eq!(
        board.by_support,
        table(&[
            ("ventilator", "overdue", 1),
            ("other", "current", 1),
            ("other", "due-soon", 1),
            ("other", "long-overdue", 1),
            ("other", "no-plan", 1),
        ])
    );
    assert_eq!(
        board.power,
        table(&[("ventilator", "under-4h", 1), ("other", "not-written", 1)])
    );
}

#[test]
fn each_hand_over_stands_under_how_far_it_came() {
    let mut book = Book::default();
    let mut made = |thing: &str, to_centre: bool, office: &str| {
        let fact = book.put(Kind::ReferralMade, thing, "a", "2022-05-10");
        fact.value = Some(i64::from(!to_centre));
        fact.other = Some(office.to_owned());
        fact.area = Some(Area::Kinuta);
    };
    for thing in [
        "closed",
        "unfed",
        "accepted",
        "received",
        "sent",
        "declined",
        "withdrawn",
    ] {
        made(thing, false, "district-centre");
    }
    made("asked", true, "hospital");
    for (kind, thing) in [
        (Kind::ReferralReceived, "received"),
        (Kind::ReferralAccepted, "accepted"),
        (Kind::ReferralDeclined, "declined"),
        (Kind::ReferralCompleted, "closed"),
        (Kind::ReferralFedBack, "closed"),
        (Kind::ReferralCompleted, "unfed"),
        (Kind::ReferralEnded, "withdrawn"),
    ] {
        book.put(kind, thing, "a", "2022-06-01");
    }

    let in_words = |to: &str, own: &str| {
        table(&[
            (to, "closed", 1),
            (to, "awaiting-feedback", 1),
            (to, "under-way", 1),
            (to, "awaiting-decision", 1),
            (to, "awaiting-receipt", 1),
            (to, "declined", 1),
            (to, "ended", 1),
            (own, "awaiting-decision", 1),
        ])
    };
    assert_eq!(
        of(&book, year(2022), |given| hand_overs(given, Places::Kinds)),
        in_words("outgoing/district-centre", "incoming/hospital")
    );
    assert_eq!(
        of(&book, year(2022), |given| hand_overs(given, Places::Areas)),
        in_words("outgoing/kinuta", "incoming/hospital")
    );
}

#[test]
fn a_part_of_the_way_is_told_of_five_persons_or_more() {
    let mut book = Book::default();
    for (n, person) in ["a", "b", "c", "d", "e"].into_iter().enumerate() {
        book.person(person, "2021-08-02");
        book.put(Kind::Consultation, &format!("c{n}"), person, "2022-05-01");
        let on = format!("2022-05-{:02}", 2 + n * n);
        book.put(Kind::SupportPlanDrafted, &format!("p{n}"), person, &on);
        if n < 4 {
            let plan = format!("p{n}");
            book.put(Kind::SupportPlanAgreed, &plan, person, "2022-06-01");
        }
    }
    // A second plan of somebody is another way, and what was drafted before the first contact is none.
    book.put(Kind::SupportPlanDrafted, "p9", "a", "2022-07-01");
    book.person("f", "2021-08-02");
    book.put(Kind::Consultation, "c9", "f", "2022-05-20");
    book.put(Kind::SupportPlanDrafted, "p8", "f", "2022-05-10");

    let ways = of(&book, year(2022), journeys);

    let of = |leg: Leg| ways.iter().find(|way| way.leg == leg).unwrap();
    let plan = of(Leg::ContactToPlan);
    assert_eq!((plan.persons, plan.median_days), (5, Some(5)));
    let agreed = of(Leg::PlanToAgreement);
    assert_eq!((agreed.persons, agreed.median_days), (4, None));
    assert_eq!(of(Leg::ReferralToFeedback).persons, 0);
}

#[test]
fn notices_are_counted_by_what_they_tell_in_the_period() {
    let mut book = Book::default();
    book.person("a", "2021-08-02");
    for on in ["2022-05-01", "2022-06-01", "2023-05-01"] {
        book.put(Kind::DischargeNotice, "stay", "a", on);
    }
    book.put(Kind::ReferralStep, "r", "a", "2022-06-02").detail = Some("reminded".to_owned());

    let told = of(&book, year(2022), notices);

    let told: Vec<_> = told.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(told, [(Notice::Discharge, 2), (Notice::Reminder, 1)]);
}
