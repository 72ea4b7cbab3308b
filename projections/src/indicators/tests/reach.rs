//! E: reach and equity, and the crossed table of the committee.

use ledger_core::code::Area;
use ledger_core::event::{KnownPopulationSet, ProgrammeEvent};

use super::book::{Book, count, line, reasons, share, year};
use crate::facts::Kind;
use crate::indicators::{Amount, FactSet, Given, Rules, cross};

#[test]
fn who_can_move_is_judged_on_the_day() {
    let mut book = Book::default();
    book.person("a", "2022-04-10");
    book.person("b", "2022-04-10");
    for person in ["a", "b"] {
        book.put(Kind::Mobility, "mobility", person, "2022-04-10")
            .value = Some(1);
        book.consult(&format!("c-{person}"), person, "2022-05-10");
    }
    assert_eq!(book.measure("E-1", year(2022)).value, share(2, 2));

    book.put(Kind::Mobility, "mobility", "b", "2022-06-10")
        .value = Some(0);
    book.put(Kind::WelfareRecorded, "services", "a", "2022-06-10")
        .value = Some(2);

    let reach = book.measure("E-1", year(2022));
    assert_eq!(reach.value, share(1, 1));
    assert_eq!(line(&reach, "share-of-open-cases"), share(1, 2));
    assert_eq!(line(&reach, "with-welfare-service"), share(1, 1));
    assert_eq!(line(&reach, "newly-linked-to-welfare"), count(1));
}

#[test]
fn contacts_are_outside_hours_on_holidays_and_from_five_on() {
    let mut book = Book::default();
    for (thing, on, minute) in [
        ("holiday", "2021-08-09", Some(600)),
        ("closing", "2021-08-10", Some(17 * 60)),
        ("last-minute", "2021-08-10", Some(17 * 60 - 1)),
        ("untimed", "2021-08-10", None),
    ] {
        book.put(Kind::Consultation, thing, "a", on).minute = minute;
    }

    let outside = book.measure("E-5", year(2021));

    assert_eq!(outside.value, share(2, 4));
    let hits: Vec<&str> = outside
        .counted
        .iter()
        .filter(|one| one.hit)
        .map(|one| &*one.unit)
        .collect();
    assert_eq!(hits, ["holiday", "closing"]);
    assert_eq!(line(&outside, "2-tue/16"), count(1));
}

#[test]
fn contacts_are_told_by_area_age_care_and_topic() {
    let mut book = Book::default();
    book.person("a", "2022-04-10").area = Some(Area::Kinuta);
    book.put(Kind::BirthMonth, "2021-12", "a", "2022-04-10");
    book.put(Kind::ProcedureStarted, "suction", "a", "2022-04-10");
    book.put(Kind::Consultation, "c1", "a", "2022-05-10").codes =
        Some("discharge,respite".to_owned());

    let told = book.measure("E-2", year(2022));

    for key in [
        "area/kinuta/persons",
        "age/1-2/contacts",
        "procedure/suction/persons",
        "topic/discharge/contacts",
        "topic/respite/contacts",
    ] {
        assert_eq!(line(&told, key), count(1), "{key}");
    }
    book.set(ProgrammeEvent::KnownPopulationSet(KnownPopulationSet {
        area: Some(Area::Kinuta),
        persons: 40,
        source: "調査".to_owned(),
    }));
    let told = book.measure("E-2", year(2022));
    assert_eq!(line(&told, "area/kinuta/of-known-population"), share(1, 40));
    let Amount::Mean { hundredths, n } = line(&told, "area/kinuta/contacts-per-100-known") else {
        panic!("a mean");
    };
    let contacts = line(&told, "area/kinuta/contacts").count().unwrap();
    assert_eq!((hundredths, n), (Some(contacts * 10_000 / 40), 40));
}

#[test]
fn infants_are_reached_before_they_leave_hospital() {
    let mut book = Book::default();
    for (person, born) in [("a", "2022-01"), ("b", "2022-01"), ("c", "2015-01")] {
        book.person(person, "2022-05-10");
        book.put(Kind::BirthMonth, born, person, "2022-05-10");
    }
    book.put(Kind::Discharged, "none", "a", "2022-06-10");
    book.put(Kind::Discharged, "none", "b", "2022-05-01");

    let aware = book.measure("E-3", year(2022));

    assert_eq!(aware.value, share(1, 2));
    assert_eq!(reasons(&aware), ["no-infant"]);
}

#[test]
fn the_very_small_are_contacted_within_thirty_days_of_discharge() {
    let mut book = Book::default();
    for (person, band, contact) in [
        ("a", "<1000", "2022-06-09"),
        ("b", "<500", "2022-06-10"),
        ("c", "<1500", "2022-05-11"),
    ] {
        book.person(person, "2022-04-10");
        book.put(Kind::BirthWeight, band, person, "2022-04-10");
        book.put(Kind::Discharged, "none", person, "2022-05-10");
        book.consult(&format!("c-{person}"), person, contact);
    }

    let followed = book.measure("E-4", year(2022));

    assert_eq!(followed.value, share(1, 2));
    assert_eq!(reasons(&followed), ["not-under-1000-g"]);
}

/// Two accounts of one office were taken for two offices.
#[test]
fn what_one_office_tells_again_is_no_repeat_whoever_writes_it() {
    let mut book = Book::default();
    book.person("a", "2022-04-01");
    for (account, office) in [("nurse-1", "hospital"), ("nurse-2", "hospital")] {
        let named = book.put(Kind::AccountOffice, account, "a", "2022-04-01");
        (named.subject, named.other) = (None, Some(office.to_owned()));
    }
    for account in ["staff-1", "staff-2", "nurse-1", "nurse-2", "staff-1"] {
        book.put(Kind::ProfileChanged, "address", "a", "2022-05-10")
            .actor = account.to_owned();
    }

    let told = book.measure("E-7", year(2022));

    assert_eq!(
        told.value,
        count(1),
        "the hospital asked what the centre knew"
    );
    assert_eq!(line(&told, "field/address"), count(1));
    assert_eq!(line(&told, "persons"), count(1));
}

#[test]
fn persons_are_crossed_once_each() {
    let mut book = Book::default();
    for index in 0..7 {
        let person = format!("p{index}");
        book.person(&person, "2022-04-10").area = Some(if index < 6 {
            Area::Kinuta
        } else {
            Area::Kitazawa
        });
        book.put(Kind::Mobility, "mobility", &person, "2022-04-10")
            .value = Some(i64::from(index == 0));
        book.consult(&format!("c{index}"), &person, "2022-05-10");
        book.consult(&format!("d{index}"), &person, "2022-05-11");
    }
    let versions = book.versions();
    let facts = FactSet::at(&versions, book.now());
    let given = Given {
        facts: &facts,
        scope: year(2022),
        settings: &book.settings_at(book.now()),
        rules: Rules::default(),
    };

    let shown = cross(&given, "area", "movable").suppressed();

    assert_eq!(
        (shown.total, shown.rows.len(), shown.columns.len()),
        (7, 2, 2)
    );
    assert!(
        shown.cells.iter().flatten().all(Option::is_none),
        "the five would give the ones away"
    );
}
