//! What a timeline shows of a person whose two cases were merged.

use ledger_core::code::Area;
use ledger_core::event::{
    CareProcedureEnded, CaseEvent, CasesMerged, ChildRegistered, MergeUndone,
};
use ledger_core::id::ApprovalId;

use super::*;
use crate::profile_sheet::{SheetGroup, profile_sheet};

const ONE: ChildId = ChildId::new(Uuid::from_u128(1));
const OTHER: ChildId = ChildId::new(Uuid::from_u128(2));

/// The case that goes on and the other one, whose events stand before it in the log.
struct Two {
    own: crate::story::Story,
    other: crate::story::Story,
}

fn registered(child: ChildId, number: &str, (name, born): (&str, Option<&str>)) -> ProfileEvent {
    ProfileEvent::Registered(ChildRegistered {
        child,
        number: Some(number.to_owned()),
        birth_month: born.map(|born| born[..7].to_owned()),
        area: Some(Area::Kinuta),
        name: text(name),
        kana: text("ミホン"),
        birth_date: Private::Open(born.map(day)),
    })
}

fn merged() -> CaseEvent {
    CaseEvent::Merged(CasesMerged {
        survivor: ONE,
        absorbed: OTHER,
        approval: ApprovalId::new(Uuid::from_u128(7)),
        note: NOTHING,
    })
}

fn started(procedure: CareProcedure) -> ProfileEvent {
    ProfileEvent::ProcedureStarted(CareProcedureStarted {
        procedure,
        hours_per_day: None,
        device: NOTHING,
    })
}

impl Two {
    fn new(born: Option<&str>) -> Self {
        let mut own = crate::story::Story::behind(100, StreamName::child(ONE));
        let mut other = crate::story::Story::of(StreamName::child(OTHER));
        own.add("2023-03-01", registered(ONE, "C101", ("見本　花子", born)));
        let again = registered(OTHER, "C102", ("見本　華子", Some("2018-05-01")));
        other.add("2023-02-01", again);
        Self { own, other }
    }

    fn merge(&mut self) {
        self.own.add("2023-06-01", merged());
        self.other.add("2023-06-01", merged());
    }

    fn timeline(&self) -> Timeline {
        let options = TimelineOptions {
            as_of: None,
            as_at: None,
            today: day("2024-04-01"),
            yearly_clock: YearlyClock::PROPOSED,
        };
        let cases = [&self.other.history];
        let is_merged = merged_cases(&self.own.history).contains(&OTHER);
        let beside = Beside {
            inquiries: &[],
            cases: if is_merged { &cases } else { &[] },
        };
        timeline_with(&self.own.history, &beside, options)
    }
}

#[test]
fn what_stands_in_a_merged_case_is_told_where_the_person_goes_on() {
    let mut two = Two::new(Some("2019-10-15"));
    let _before = two.other.add("2023-04-01", started(CareProcedure::Oxygen));
    assert_eq!(two.timeline().entries.len(), 1);

    two.merge();

    let seen = two.timeline();
    let told: Vec<(&str, bool)> = seen
        .entries
        .iter()
        .map(|entry| (entry.event_type, entry.case.is_some()))
        .collect();
    assert_eq!(
        told,
        [
            ("child-registered", true),
            ("child-registered", false),
            ("care-procedure-started", true),
            ("cases-merged", false),
        ]
    );
    assert_eq!(seen.person.cases, [OTHER].into());
    assert_eq!(seen.records.len(), 5);
}

#[test]
fn of_two_cases_the_one_that_goes_on_says_who_it_is_and_both_what_care_goes_on() {
    let mut two = Two::new(Some("2019-10-15"));
    two.own.add("2023-03-02", started(CareProcedure::Suction));
    two.other.add("2023-02-02", started(CareProcedure::Oxygen));
    two.merge();

    let seen = two.timeline();

    let person = &seen.person;
    assert_eq!(person.number.as_deref(), Some("C101"));
    assert_eq!(person.name.as_deref(), Some("見本　花子"));
    assert_eq!(person.birth_date, Some(day("2019-10-15")));
    assert_eq!(person.known_since, Some(day("2023-02-01")));
    let mut care: Vec<CareProcedure> = person.procedures.iter().map(|one| one.procedure).collect();
    care.sort();
    let mut both = [CareProcedure::Suction, CareProcedure::Oxygen];
    both.sort();
    assert_eq!(care, both);
    let sheet = profile_sheet(&seen);
    let said = |field: &str| {
        let mut lines = sheet.iter().filter(|line| line.group == SheetGroup::Person);
        let line = lines.find(|line| line.field == field).unwrap();
        line.value.as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(said("number"), "C101");
    assert_eq!(said("name"), "見本　花子");
    assert_eq!(said("birth_date"), "2019-10-15");
}

#[test]
fn a_merged_case_says_what_the_one_that_goes_on_does_not() {
    let mut two = Two::new(None);
    two.merge();

    let seen = two.timeline();

    assert_eq!(seen.person.birth_date, Some(day("2018-05-01")));
    assert_eq!(seen.person.birth_month.as_deref(), Some("2018-05"));
}

#[test]
fn care_of_a_merged_case_ends_where_the_person_goes_on() {
    let mut two = Two::new(None);
    two.other.add("2023-02-02", started(CareProcedure::Oxygen));
    two.merge();
    let ended = ProfileEvent::ProcedureEnded(CareProcedureEnded {
        procedure: CareProcedure::Oxygen,
        reason: NOTHING,
    });
    two.own.add("2023-07-01", ended);

    assert_eq!(two.timeline().person.procedures, []);
}

#[test]
fn an_undone_merge_takes_the_other_case_out_again() {
    let mut two = Two::new(None);
    two.merge();
    let undone = CaseEvent::MergeUndone(MergeUndone {
        survivor: ONE,
        absorbed: OTHER,
        reason: NOTHING,
    });
    two.own.add("2023-08-01", undone);

    let seen = two.timeline();

    assert!(seen.entries.iter().all(|entry| entry.case.is_none()));
    assert_eq!(seen.person.birth_date, None);
}

#[test]
fn what_was_made_empty_is_not_taken_from_a_merged_case() {
    let mut two = Two::new(Some("2019-10-15"));
    let phone = |new: Private<Option<String>>| {
        ProfileEvent::Changed(ProfileChanged {
            field: ProfileField::Phone,
            area: None,
            birth_month: None,
            old: NOTHING,
            new,
        })
    };
    two.other.add("2023-02-02", phone(text("03-0000-0000")));
    two.merge();
    assert_eq!(two.timeline().person.phone.as_deref(), Some("03-0000-0000"));

    two.own.add("2023-07-01", phone(NOTHING));

    assert_eq!(two.timeline().person.phone, None);
}

#[test]
fn care_that_began_again_in_another_case_stands_on_the_sheet_as_in_the_card() {
    let mut two = Two::new(None);
    let ventilator = || started(CareProcedure::Ventilator);
    two.other.add("2023-03-02", ventilator());
    two.own.add("2023-02-02", ventilator());
    two.merge();
    let ended = ProfileEvent::ProcedureEnded(CareProcedureEnded {
        procedure: CareProcedure::Ventilator,
        reason: NOTHING,
    });
    two.own.add("2023-02-20", ended);

    let seen = two.timeline();

    assert!(seen.person.ventilator);
    let sheet = profile_sheet(&seen);
    assert!(sheet.iter().any(|line| line.group == SheetGroup::Care));
}
