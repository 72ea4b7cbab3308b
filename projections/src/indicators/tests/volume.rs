//! A: volume against plan.

use ledger_core::code::Service;

use super::book::{Book, count, line, mean, planned, seen, share, year};
use crate::facts::Kind;
use crate::indicators::{Amount, Band, INDICATORS, RESTING_ON_SERVICES, Target, find};

fn number(target: Option<Target>) -> Option<(u32, u32)> {
    match target? {
        Target::Number { low, high, .. } => Some((low, high)),
        Target::Expanding | Target::Unset => None,
    }
}

#[test]
fn the_first_year_has_the_papers_numbers_and_later_ones_expand_until_someone_sets_one() {
    let mut book = Book::default();
    let targets = |book: &Book, year_of| {
        ["A-1", "A-3", "A-4", "A-5", "A-6"].map(|id| book.measure(id, year(year_of)).target)
    };

    let first = targets(&book, 2021).map(number);
    assert_eq!(
        first,
        [(500, 500), (5, 5), (40, 40), (1, 2), (20, 20)].map(Some)
    );
    let second = targets(&book, 2022);
    assert_eq!(second[0], Some(Target::Expanding));
    assert_eq!(second[1], Some(Target::Expanding));
    assert_eq!(number(second[2]), Some((40, 40)));

    book.set(planned(
        Service::SpecialistConsultation,
        Some(2022),
        700,
        700,
    ));
    assert_eq!(number(targets(&book, 2022)[0]), Some((700, 700)));
    assert_eq!(targets(&book, 2023)[0], Some(Target::Expanding));
}

#[test]
fn two_contacts_a_day_are_two_or_one_by_rule_and_one_person() {
    let mut book = Book::default();
    book.consult("c1", "a", "2022-05-10");
    book.consult("c2", "a", "2022-05-10");
    book.facts[1].other = Some("hospital".to_owned());

    assert_eq!(book.measure("A-1", year(2022)).value, count(2));
    let under = |rule| book.measure_under("A-1", year(2022), rule);
    assert_eq!(under("CR-延べ-2").value, count(2), "two counterparts");
    assert_eq!(under("CR-延べ-3").value, count(1));
    assert_eq!(under("CR-延べ-3").rule, "CR-延べ-3");
    let divided = book.measure_under("E-2", year(2022), "CR-延べ-3");
    assert_eq!(
        divided.value,
        count(1),
        "what is divided is what is counted"
    );
    assert!(divided.lines.iter().all(|line| line.value == count(1)));
    assert_eq!(book.measure("A-2", year(2022)).value, count(1));
}

#[test]
fn the_rule_that_was_adopted_last_holds() {
    let mut book = Book::default();
    book.consult("c1", "a", "2022-05-10");
    book.consult("c2", "a", "2022-05-10");

    book.set(super::book::adopted("CR-延べ-3"));
    assert_eq!(book.measure("A-1", year(2022)).value, count(1));
    book.set(super::book::adopted("CR-延べ-1@2"));
    assert_eq!(book.measure("A-1", year(2022)).value, count(2));
    book.set(super::book::adopted("CR-計画-365"));
    assert_eq!(book.measure("A-6", year(2022)).rule, "CR-計画");
}

#[test]
fn a_contact_about_two_siblings_is_one_contact_and_two_cases() {
    let mut book = Book::default();
    book.consult("c1", "a", "2022-05-10");
    book.consult("c1", "b", "2022-05-10");
    book.consult("c2", "", "2022-05-11");

    let contacts = book.measure("A-1", year(2022));

    assert_eq!(contacts.value, count(2));
    assert_eq!(line(&contacts, "by-case"), count(3));
    assert_eq!(line(&contacts, "anonymous"), count(1));
    let persons = book.measure("A-2", year(2022));
    assert_eq!(persons.value, count(2));
    assert_eq!(super::book::reasons(&persons), ["anonymous"]);
}

#[test]
fn fiscal_years_part_on_the_first_of_april() {
    let mut book = Book::default();
    book.consult("c1", "a", "2021-03-31");
    book.consult("c2", "a", "2021-04-01");
    book.consult("c3", "a", "");

    assert_eq!(book.measure("A-1", year(2020)).value, count(1));
    assert_eq!(book.measure("A-1", year(2021)).value, count(1));
    assert_eq!(
        book.measure("A-1", seen(2021, "2021-03-31")).value,
        count(0)
    );
}

#[test]
fn merged_cases_are_one_person_until_the_merge_is_undone() {
    let mut book = Book::default();
    book.consult("c1", "a", "2022-05-10");
    book.consult("c2", "b", "2022-05-11");
    assert_eq!(book.measure("A-2", year(2022)).value, count(2));

    book.merge("b", "a");
    assert_eq!(book.measure("A-2", year(2022)).value, count(1));

    book.put(Kind::MergeUndone, "b", "a", "2024-03-02");
    assert_eq!(book.measure("A-2", year(2022)).value, count(2));
}

#[test]
fn a_linked_inquiry_counts_for_the_person() {
    let mut book = Book::default();
    book.consult("c1", "", "2022-05-10");
    assert_eq!(book.measure("A-2", year(2022)).value, count(0));

    book.put(Kind::InquiryLinked, "c1", "a", "2022-06-01");
    assert_eq!(book.measure("A-2", year(2022)).value, count(1));
    assert_eq!(
        line(&book.measure("A-1", year(2022)), "anonymous"),
        count(0)
    );

    book.put(Kind::InquiryUnlinked, "c1", "a", "2022-06-02");
    assert_eq!(book.measure("A-2", year(2022)).value, count(0));
}

#[test]
fn contacts_by_person_have_a_median_and_a_mean() {
    let mut book = Book::default();
    for (thing, person) in [("1", "a"), ("2", "a"), ("3", "a"), ("4", "b")] {
        book.consult(thing, person, "2022-05-10");
    }

    let persons = book.measure("A-2", year(2022));

    assert_eq!(
        line(&persons, "contacts-by-person"),
        super::book::days(20, 3, 2)
    );
    assert_eq!(line(&persons, "contacts-by-person-mean"), mean(200, 2));
}

#[test]
fn a_fifth_visit_counts_raw_and_not_towards_the_plan() {
    let mut book = Book::default();
    for visit in ["1", "2", "3", "4", "5"] {
        book.put(
            Kind::FacilityVisit,
            visit,
            "f",
            &format!("2022-0{}-10", 4 + visit.parse::<u32>().unwrap()),
        );
    }
    book.put(Kind::FacilityVisit, "6", "g", "2022-05-10");

    let visits = book.measure("A-4", year(2022));

    assert_eq!(visits.value, count(6));
    assert_eq!(line(&visits, "capped-at-4"), count(5));
    assert_eq!(line(&visits, "facilities"), count(2));
    assert_eq!(line(&visits, "facilities-with-4"), count(1));
    assert_eq!(line(&visits, "facility/f"), count(5));
    assert_eq!(
        book.measure_under("A-4", year(2022), "CR-回-2").value,
        count(5)
    );
}

#[test]
fn the_grid_has_a_row_for_every_facility_that_takes_part_or_was_visited() {
    let mut book = Book::default();
    for (facility, of_year) in [("f", 2022), ("g", 2022), ("h", 2021)] {
        book.put(Kind::FacilityEnrolled, facility, facility, "2022-04-01")
            .value = Some(of_year);
    }
    // Two left before the year began; one of them takes part again.
    for facility in ["left", "back"] {
        book.put(Kind::FacilityEnrolled, facility, facility, "2022-01-10")
            .value = Some(2022);
        book.put(Kind::FacilityWithdrawn, facility, facility, "2022-03-31");
    }
    book.put(Kind::FacilityEnrolled, "back", "back", "2022-04-10")
        .value = Some(2022);
    book.put(Kind::FacilityVisit, "1", "f", "2022-05-10");
    book.put(Kind::FacilityVisit, "2", "i", "2022-05-10");

    let visits = book.measure("A-4", year(2022));

    let rows = visits.lines.iter();
    let rows = rows.filter(|row| row.key.starts_with("facility/"));
    let rows: Vec<_> = rows
        .map(|row| (row.key.as_str(), row.value.clone()))
        .collect();
    let wanted = [
        ("facility/back", count(0)),
        ("facility/f", count(1)),
        ("facility/g", count(0)),
        ("facility/i", count(1)),
    ];
    assert_eq!(rows, wanted);
    assert_eq!(visits.value, count(2));
}

#[test]
fn a_persons_plan_counts_by_its_first_version() {
    let mut book = Book::default();
    book.put(Kind::SupportPlanAgreed, "p", "a", "2022-05-10")
        .value = Some(1);
    book.put(Kind::SupportPlanAgreed, "p", "a", "2023-05-10")
        .value = Some(2);
    book.put(Kind::SupportPlanAgreed, "q", "a", "2023-06-10")
        .value = Some(1);

    assert_eq!(book.measure("A-3", year(2022)).value, count(1));
    let second = book.measure("A-3", year(2023));
    assert_eq!(second.value, count(1));
    assert_eq!(line(&second, "cumulative"), count(1));
    assert_eq!(super::book::reasons(&second), ["later-version"]);
}

#[test]
fn another_reading_of_a_service_moves_what_rests_on_it_and_nothing_else() {
    let mut book = Book::default();
    // Eight visits at one facility, four at seven, three at another one: 39, or 35 with four each.
    let visits = [8, 4, 4, 4, 4, 4, 4, 4, 3];
    for (facility, visits) in visits.into_iter().enumerate() {
        for nth in 0..visits {
            let (id, day) = (
                format!("{facility}-{nth}"),
                format!("2022-06-{:02}", nth + 1),
            );
            book.put(Kind::FacilityVisit, &id, &format!("f{facility}"), &day);
        }
    }
    for talk in ["k1", "k2"] {
        book.put(Kind::Consultation, talk, "a", "2022-05-10");
    }
    let all = |rule: &str| -> Vec<&str> {
        let moved = INDICATORS.iter().filter(|indicator| {
            let now = book.measure(indicator.id, year(2022)).value;
            book.measure_under(indicator.id, year(2022), rule).value != now
        });
        moved.map(|indicator| indicator.id).collect()
    };

    let by_visits = all("CR-回-2");
    assert!(
        by_visits.contains(&"A-4") && by_visits.contains(&"A-7"),
        "{by_visits:?}"
    );
    for (rule, family) in [("CR-回-2", "CR-回"), ("CR-延べ-3", "CR-延べ-1")] {
        let others = all(rule)
            .into_iter()
            .filter(|id| find(id).unwrap().rule != family);
        for id in others {
            assert!(RESTING_ON_SERVICES.contains(&id), "{rule} moves {id}");
        }
    }
}

#[test]
fn advisors_are_active_or_completed_by_rule() {
    let mut book = Book::default();
    book.put(Kind::TrainingSession, "s1", "t", "2022-05-10");
    book.put(Kind::TrainingSession, "s2", "t", "2022-06-10");
    book.put(Kind::TrainingSession, "s3", "u", "2022-06-10");
    book.put(Kind::TraineeCompleted, "t", "t", "2023-03-10");
    book.put(Kind::CompetencyAssessed, "network", "t", "2022-05-10")
        .value = Some(1);
    book.put(Kind::CompetencyAssessed, "network", "t", "2023-03-10")
        .value = Some(4);

    let advisors = book.measure("A-5", year(2022));

    assert_eq!(advisors.value, count(2));
    assert_eq!(line(&advisors, "sessions"), count(3));
    assert_eq!(line(&advisors, "competency-gain"), mean(300, 1));
    assert_eq!(
        book.measure_under("A-5", year(2022), "CR-名-2").value,
        count(1)
    );
    assert_eq!(advisors.achievement.unwrap().band, Band::Reached);
}

#[test]
fn disaster_plans_count_new_ones_or_verified_ones_too() {
    let mut book = Book::default();
    book.put(Kind::DisasterPlanDrafted, "p", "a", "2021-05-10")
        .detail = Some("centre".to_owned());
    book.put(Kind::DisasterPlanDrafted, "q", "b", "2022-05-10")
        .detail = Some("centre".to_owned());
    let district = book.put(Kind::DisasterPlanDrafted, "r", "c", "2022-05-10");
    district.detail = Some("district-centre".to_owned());
    book.put(Kind::DisasterPlanVerified, "p", "a", "2022-05-10");

    let plans = book.measure("A-6", year(2022));

    assert_eq!(plans.value, count(1));
    assert_eq!(line(&plans, "verified"), count(1));
    assert_eq!(super::book::reasons(&plans), ["district-centre"]);
    assert_eq!(
        book.measure_under("A-6", year(2022), "CR-計画-2").value,
        count(2)
    );
}

#[test]
fn a_number_is_reached_from_ninety_percent_on_and_near_from_seventy() {
    let band = |done: u32| {
        let mut book = Book::default();
        for plan in 0..done {
            let drafted = book.put(
                Kind::DisasterPlanDrafted,
                &plan.to_string(),
                &plan.to_string(),
                "2022-05-10",
            );
            drafted.detail = Some("centre".to_owned());
        }
        book.measure("A-6", year(2022)).achievement.unwrap().band
    };

    assert_eq!(
        [18, 17, 14, 13].map(band),
        [Band::Reached, Band::Near, Band::Near, Band::Behind]
    );
}

#[test]
fn a_straight_line_counts_business_days_of_the_operating_year() {
    let mut book = Book::default();
    book.consult("c1", "a", "2021-08-02");

    let achieved = book
        .measure("A-1", seen(2021, "2021-08-10"))
        .achievement
        .unwrap();

    assert_eq!(
        achieved.days_elapsed, 6,
        "2 to 6 August, 9 August is a holiday, 10 August"
    );
    assert_eq!(achieved.percent_of_low, Some(0));
    let expected = 500 * 10 * achieved.days_elapsed / achieved.days_of_year;
    assert_eq!(achieved.expected_tenths, Some(expected));
    assert_eq!(achieved.forecast, Some(achieved.days_of_year / 6));
}

#[test]
fn achievement_is_of_services_that_have_a_number() {
    let mut book = Book::default();
    book.put(Kind::TrainingSession, "s1", "t", "2022-05-10");
    book.consult("c1", "a", "2022-05-10");
    book.put(Kind::FacilityVisit, "v", "f", "2022-05-10");

    let all = book.measure("A-7", year(2022));

    assert_eq!(
        all.value,
        share(1, 2),
        "trainees reached, visits not, no number for ア"
    );
    assert_eq!(line(&all, "specialist-consultation"), count(1));
}

#[test]
fn a_service_of_which_nothing_was_done_is_one_that_did_not_reach_its_number() {
    let mut book = Book::default();
    book.put(Kind::TrainingSession, "s1", "t", "2022-05-10");
    book.put(Kind::FacilityVisit, "v", "f", "2022-05-10");
    for (of, low) in [(None, 20), (Some(2023), 25)] {
        book.set(planned(Service::DisasterPlanSupport, of, low, low));
        let set = book.facts.last_mut().unwrap();
        set.detail = Some(Service::DisasterPlanSupport.code().to_owned());
        set.other = of.map(|year| year.to_string());
    }

    let all = book.measure("A-7", year(2022));

    assert_eq!(all.value, share(1, 3), "no disaster plan of 20");
    assert_eq!(line(&all, "disaster-plan-support"), count(0));
}

#[test]
fn contacts_add_up_from_month_to_month() {
    let mut book = Book::default();
    for (id, on) in [
        ("c1", "2021-08-10"),
        ("c2", "2021-10-01"),
        ("c3", "2021-10-02"),
    ] {
        book.consult(id, "a", on);
    }
    let contacts = book.measure("A-1", year(2021));

    for (month, so_far) in [
        ("2021-08", 1),
        ("2021-09", 1),
        ("2021-10", 3),
        ("2022-03", 3),
    ] {
        assert_eq!(
            line(&contacts, &format!("cumulative/{month}")),
            count(so_far)
        );
    }
    assert!(
        !contacts
            .lines
            .iter()
            .any(|line| line.key == "cumulative/2022-04")
    );
}

#[test]
fn the_grid_is_held_against_ten_facilities_by_four_visits_and_both_readings_of_plans_against_twenty()
 {
    let book = Book::default();
    let lines = |id: &str| {
        let lines = book.measure(id, year(2021)).lines.into_iter();
        let planned = lines.filter_map(|line| {
            let Target::Number { low, .. } = line.target? else {
                return None;
            };
            Some((line.key, low))
        });
        planned.collect::<Vec<_>>()
    };
    let is = |key: &str, low: u32| (key.to_owned(), low);

    let grid = [
        is("facilities", 10),
        is("facilities-with-4", 10),
        is("capped-at-4", 40),
    ];
    assert_eq!(lines("A-4"), grid);
    assert_eq!(lines("A-6"), [is("new-and-verified", 20)]);
}

#[test]
fn the_year_before_is_adjusted_by_business_days() {
    let mut book = Book::default();
    book.consult("c1", "a", "2021-08-02");
    book.consult("c2", "a", "2022-05-02");
    book.consult("c3", "a", "2022-05-02");

    let Amount::Change {
        now,
        before,
        expected_tenths,
    } = book.measure("A-8", year(2022)).value
    else {
        panic!("a change");
    };

    assert_eq!((now, before), (2, Some(1)));
    let first = book.measure("A-8", year(2021)).value;
    assert!(
        matches!(
            first,
            Amount::Change {
                now: 1,
                before: None,
                ..
            }
        ),
        "{first:?}"
    );
    assert!(expected_tenths.unwrap() > 14, "eight months against twelve");
}
