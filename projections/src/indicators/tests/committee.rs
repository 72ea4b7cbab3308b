//! H: money; I: trust in the record; J: recommendations.

use super::book::{Book, count, day, days, line, reasons, share, year};
use crate::facts::{Kind, Stored};
use crate::indicators::Amount;

fn money<'a>(
    book: &'a mut Book,
    kind: Kind,
    thing: &str,
    of_year: &str,
    yen: i64,
) -> &'a mut Stored {
    let fact = book.put(kind, thing, "", "2021-12-10");
    (fact.other, fact.value) = (Some(of_year.to_owned()), Some(yen));
    fact
}

fn paper() -> Book {
    let mut book = Book::default();
    for (line, yen) in [
        ("advisors", 10_000_000),
        ("nurse", 3_500_000),
        ("adviser", 1_200_000),
        ("medical", 480_000),
        ("office", 500_000),
    ] {
        money(&mut book, Kind::BudgetLine, line, "2021", yen).detail = Some("new".to_owned());
    }
    money(&mut book, Kind::Subsidy, "all", "2021", 12_600_000).detail = Some("planned".to_owned());
    book
}

fn menu(book: &mut Book, of_year: &str, percent: &str) {
    let fact = money(book, Kind::SubsidyMenu, "menu", of_year, 10_000_000);
    fact.detail = Some(percent.to_owned());
    let event = fact.event;
    let line = money(book, Kind::SubsidyMenuLine, "menu", of_year, 0);
    (line.detail, line.event) = (Some("advisors".to_owned()), event);
}

fn yen(yen: i64) -> Amount {
    Amount::Yen { yen: Some(yen) }
}

#[test]
fn budget_lines_sum_up_and_leave_the_ward_its_share() {
    let mut book = paper();

    assert_eq!(book.measure("H-2", year(2021)).value, yen(15_680_000));
    let share = book.measure("H-5", year(2021));
    assert_eq!(line(&share, "by-budget"), yen(3_080_000));

    money(&mut book, Kind::BudgetLine, "office", "2021", 600_000);
    let budget = book.measure("H-2", year(2021)).value;
    assert_eq!(
        budget,
        yen(15_780_000),
        "a line set again has the newer amount"
    );
}

#[test]
fn an_amount_of_subsidy_said_again_takes_the_place_of_the_earlier_one() {
    let mut book = paper();
    let planned = |book: &Book| line(&book.measure("H-4", year(2021)), "planned");
    assert_eq!(planned(&book), yen(12_600_000));
    assert_eq!(
        book.measure("H-5", year(2021)).value,
        yen(3_080_000),
        "nothing is spent yet"
    );

    let say = |book: &mut Book, menu: &str, amount| {
        let said = money(book, Kind::Subsidy, menu, "2021", amount);
        said.detail = Some("planned".to_owned());
    };
    say(&mut book, "all", 13_000_000);
    assert_eq!(planned(&book), yen(13_000_000));

    say(&mut book, "menu-a", 9_000_000);
    say(&mut book, "menu-b", 3_000_000);
    assert_eq!(
        planned(&book),
        yen(12_000_000),
        "the sum is not added to its parts"
    );
}

#[test]
fn a_line_for_what_was_there_before_is_a_part_of_the_others() {
    let mut book = paper();
    let part = money(&mut book, Kind::BudgetLine, "before", "2021", 4_080_000);
    part.detail = Some("existing".to_owned());

    let budget = book.measure("H-2", year(2021));

    assert_eq!(budget.value, yen(15_680_000));
    assert_eq!(line(&budget, "existing"), yen(4_080_000));
    assert_eq!(line(&budget, "new"), yen(11_600_000));
    let share = book.measure("H-5", year(2021));
    assert_eq!(line(&share, "by-budget"), yen(3_080_000));
    let spent = Amount::YenOf {
        yen: 0,
        of: 15_680_000,
    };
    assert_eq!(book.measure("H-1", year(2021)).value, spent);
}

#[test]
fn spending_counts_until_it_is_taken_back() {
    let mut book = paper();
    money(&mut book, Kind::Expenditure, "x", "2021", 400_000).detail = Some("office".to_owned());
    money(&mut book, Kind::Expenditure, "y", "2021", 50_000).detail = Some("office".to_owned());
    let spent = |book: &Book| line(&book.measure("H-1", year(2021)), "line/office");
    assert_eq!(
        spent(&book),
        Amount::YenOf {
            yen: 450_000,
            of: 500_000
        }
    );

    money(&mut book, Kind::ExpenditureReversed, "y", "2021", 0);
    assert_eq!(
        spent(&book),
        Amount::YenOf {
            yen: 400_000,
            of: 500_000
        }
    );
}

#[test]
fn a_menu_pays_its_rate_up_to_its_cap() {
    let mut book = paper();
    menu(&mut book, "2021", "100");
    menu(&mut book, "2024", "50");
    for of_year in ["2021", "2024"] {
        money(
            &mut book,
            Kind::Expenditure,
            &format!("x{of_year}"),
            of_year,
            12_000_000,
        )
        .detail = Some("advisors".to_owned());
    }

    let menu = |of_year| line(&book.measure("H-4", year(of_year)), "menu/menu");
    assert_eq!(menu(2021), yen(10_000_000), "at most the cap");
    assert_eq!(
        book.measure("H-6", year(2021)).value,
        yen(6_000_000),
        "half of it is left to the ward"
    );
    let mut later = book.clone();
    for fact in &mut later.facts {
        fact.day = Some(day("2024-05-10"));
    }
    assert_eq!(
        line(&later.measure("H-4", year(2024)), "menu/menu"),
        yen(6_000_000)
    );
}

#[test]
fn without_budget_and_spending_no_share_is_told_and_before_spending_the_budget_tells_it() {
    let mut book = paper();
    let none = Amount::Yen { yen: None };
    // The paper names the subsidy of 2022 and no budget.
    money(&mut book, Kind::Subsidy, "all", "2022", 11_300_000).detail = Some("planned".to_owned());
    for id in ["H-5", "H-6"] {
        assert_eq!(book.measure(id, year(2022)).value, none, "{id}");
    }
    let each = book.measure("H-3", year(2021)).value;
    assert!(
        matches!(each, Amount::YenEach { yen: None, .. }),
        "{each:?}"
    );

    let without_menu = book.measure("H-6", year(2021)).value;
    assert_eq!(without_menu, none, "nothing says what the subsidy pays for");

    menu(&mut book, "2021", "100");
    let advisors = 10_000_000;
    assert_eq!(
        book.measure("H-6", year(2021)).value,
        yen(15_680_000 - advisors / 2)
    );
}

#[test]
fn what_was_received_goes_before_what_is_computed() {
    let mut book = paper();
    menu(&mut book, "2021", "100");
    money(&mut book, Kind::Expenditure, "x", "2021", 8_000_000).detail =
        Some("advisors".to_owned());
    assert_eq!(book.measure("H-5", year(2021)).value, yen(0));

    money(&mut book, Kind::Subsidy, "menu", "2021", 5_000_000).detail = Some("received".to_owned());
    assert_eq!(book.measure("H-5", year(2021)).value, yen(3_000_000));
}

#[test]
fn all_spending_is_shared_by_all_that_was_done() {
    let mut book = paper();
    money(&mut book, Kind::Expenditure, "x", "2021", 400_000).detail = Some("office".to_owned());
    book.consult("c1", "a", "2021-08-10");
    book.put(Kind::FacilityVisit, "v", "f", "2021-08-10");

    let cost = book.measure("H-3", year(2021));

    assert_eq!(
        cost.value,
        Amount::YenEach {
            yen: Some(200_000),
            n: 2
        }
    );
    assert_eq!(line(&cost, "line/office"), cost.value);
}

#[test]
fn corrections_annulments_and_moves_are_counted_by_reason_and_role() {
    let mut book = Book::default();
    let first = book.consult("c1", "a", "2023-05-10");
    let second = book.consult("c2", "a", "2023-05-10");
    book.consult("c3", "a", "2023-05-10");
    book.correct(first, |fact| fact.minute = Some(600));
    book.annul(second);
    book.put(Kind::Reassigned, "x", "a", "2024-03-01").detail = Some("wrong-person".to_owned());

    let corrections = book.measure("I-1", year(2023));

    assert_eq!(corrections.value, share(1, 2), "of two that stand");
    assert_eq!(line(&corrections, "act/annulled"), count(1));
    assert_eq!(line(&corrections, "role/staff"), count(3));
    assert_eq!(book.measure("I-2", year(2023)).value, count(1));
    assert_eq!(
        line(&book.measure("I-4", year(2023)), "reason/wrong-person"),
        count(1)
    );
}

#[test]
fn an_entry_is_late_once_its_fiscal_year_has_ended() {
    let mut book = Book::default();
    book.put(Kind::Consultation, "c1", "a", "2023-03-30")
        .recorded = day("2023-03-31");
    book.put(Kind::Consultation, "c2", "a", "2023-03-30")
        .recorded = day("2023-04-01");

    assert_eq!(book.measure("I-3", year(2022)).value, share(1, 2));
}

#[test]
fn a_consent_holds_until_it_is_withdrawn_or_ends() {
    let mut book = Book::default();
    for person in ["a", "b", "c", "d"] {
        book.person(person, "2022-04-10");
    }
    book.put(Kind::ConsentGiven, "k", "a", "2022-05-10");
    book.put(Kind::ConsentGiven, "l", "b", "2022-05-10").due = Some(day("2022-12-31"));
    book.put(Kind::ConsentGiven, "m", "c", "2022-05-10");
    book.put(Kind::ConsentWithdrawn, "m", "c", "2022-06-10");

    assert_eq!(book.measure("I-5", year(2022)).value, share(3, 4));
}

#[test]
fn who_is_not_in_charge_views_from_outside() {
    let mut book = Book::default();
    book.put(Kind::StaffAssigned, "in", "a", "2022-04-10");
    for actor in ["in", "out"] {
        book.put(Kind::TextOpened, "child-a", "a", "2022-05-10")
            .actor = actor.to_owned();
    }
    book.put(Kind::EmergencyAccess, "out", "a", "2022-05-10");

    assert_eq!(book.measure("I-6", year(2022)).value, share(1, 2));
    assert_eq!(book.measure("I-7", year(2022)).value, count(1));
}

#[test]
fn the_log_is_proved_up_to_a_position_and_replayed_to_the_newest() {
    let mut book = Book::default();
    for (position, found) in [(40, "clean"), (50, "broken")] {
        let fact = book.put(Kind::ChainVerified, "chain", "", "2022-05-10");
        (fact.value, fact.detail) = (Some(position), Some(found.to_owned()));
    }

    let proved = book.measure("I-8", year(2022));

    assert_eq!(proved.value, count(40));
    assert_eq!(line(&proved, "found-broken"), count(1));
    assert_eq!(
        book.measure("I-9", year(2022)).value,
        count(book.now().as_i64())
    );
}

#[test]
fn changes_after_the_frozen_figures_are_counted() {
    let mut book = Book::default();
    let first = book.consult("c1", "a", "2022-05-10");
    book.correct(first, |fact| fact.minute = Some(600));
    let frozen = book.now().as_i64();
    let fact = book.put(Kind::MaterialsFrozen, "m", "", "2022-06-10");
    fact.value = Some(frozen);
    assert_eq!(book.measure("I-10", year(2023)).value, count(0));

    book.annul(first);
    assert_eq!(book.measure("I-10", year(2023)).value, count(1));
}

#[test]
fn recommendations_are_answered_in_time_late_or_not_yet() {
    let mut book = Book::default();
    for (thing, due) in [
        ("r", Some("2022-06-10")),
        ("s", Some("2022-06-10")),
        ("t", Some("2022-06-10")),
        ("u", None),
    ] {
        book.put(Kind::RecommendationMade, thing, "", "2022-05-01")
            .due = due.map(day);
    }
    book.put(Kind::RecommendationAnswered, "r", "", "2022-06-10");
    book.put(Kind::RecommendationAnswered, "s", "", "2022-06-11");
    let shown = book.consult("c1", "a", "2022-06-01");
    book.put(Kind::RecommendationEvidence, "r", "", "2022-06-10")
        .other = Some(shown.to_string());

    let answered = book.measure("J-1", year(2022));

    assert_eq!(answered.value, share(1, 3));
    assert_eq!(reasons(&answered), ["no-due-day"]);
    assert!(answered.counted[0].rests_on.contains(&shown));
    assert_eq!(book.measure("J-2", year(2022)).value, days(405, 41, 2));
}
