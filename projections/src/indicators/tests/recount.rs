//! A naive recount, written independently, over random books.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::book::{Book, count, day, share, year};
use crate::facts::{Kind, Stored};
use crate::indicators::Amount;
use ledger_core::time::Day;

/// One random act.
#[derive(Clone, Debug)]
enum Act {
    Put(Kind, u8, u8, u16),
    Merge(u8, u8),
    Unmerge(u8),
    Annul(u8),
    Move(u8, u16),
}

const KINDS: &[Kind] = &[
    Kind::PersonKnown,
    Kind::Consultation,
    Kind::Consultation,
    Kind::SupportPlanAgreed,
    Kind::DisasterPlanDrafted,
    Kind::DisasterPlanAgreed,
    Kind::DisasterPlanVerified,
    Kind::DisasterPlanEnded,
    Kind::DisasterPlanNotWanted,
    Kind::ReferralMade,
    Kind::ReferralMade,
    Kind::ReferralCompleted,
    Kind::ReferralFedBack,
    Kind::ReferralEnded,
    Kind::CaseClosed,
    Kind::CaseReopened,
    Kind::ProcedureStarted,
];

fn act() -> impl Strategy<Value = Act> {
    let put = (prop::sample::select(KINDS), 0_u8..5, 0_u8..4, 0_u16..800);
    prop_oneof![
        12 => put.prop_map(|(kind, person, thing, on)| Act::Put(kind, person, thing, on)),
        1 => (0_u8..4, 0_u8..4).prop_map(|(absorbed, survivor)| Act::Merge(absorbed, survivor)),
        1 => (0_u8..4).prop_map(Act::Unmerge),
        1 => any::<u8>().prop_map(Act::Annul),
        1 => (any::<u8>(), 0_u16..800).prop_map(|(which, on)| Act::Move(which, on)),
    ]
}

fn text(on: u16) -> String {
    let first = day("2021-06-01");
    (first + chrono::Days::new(u64::from(on))).to_string()
}

/// A book of random acts; person 4 is nobody.
pub(super) fn random_book(acts: usize) -> impl Strategy<Value = Book> {
    prop::collection::vec(act(), 1..acts).prop_map(|acts| {
        let mut book = Book::default();
        let mut merged: BTreeMap<u8, u8> = BTreeMap::new();
        for act in acts {
            apply(&mut book, &mut merged, &act);
        }
        book
    })
}

fn apply(book: &mut Book, merged: &mut BTreeMap<u8, u8>, act: &Act) {
    match act {
        Act::Put(kind, person, thing, on) => put(book, *kind, *person, *thing, *on),
        Act::Merge(absorbed, survivor) => {
            // One hop alone, as the commands allow it.
            let free = |case: &u8| {
                !merged.contains_key(case) && !merged.values().any(|other| other == case)
            };
            if absorbed != survivor && free(absorbed) && !merged.contains_key(survivor) {
                merged.insert(*absorbed, *survivor);
                book.merge(&format!("p{absorbed}"), &format!("p{survivor}"));
            }
        },
        Act::Unmerge(absorbed) => {
            if let Some(survivor) = merged.remove(absorbed) {
                let case = format!("p{absorbed}");
                book.put(Kind::MergeUndone, &case, &case, "2024-03-02")
                    .other = Some(format!("p{survivor}"));
            }
        },
        Act::Annul(which) => {
            if let Some(event) = standing(book, *which) {
                book.annul(event);
            }
        },
        Act::Move(which, on) => {
            if let Some(event) = standing(book, *which) {
                book.correct(event, |fact| fact.day = Some(day(&text(*on))));
            }
        },
    }
}

fn standing(book: &Book, which: u8) -> Option<ledger_core::id::EventId> {
    let acts = [
        Kind::Annulled,
        Kind::Corrected,
        Kind::CaseMerged,
        Kind::MergeUndone,
    ];
    let standing: Vec<&Stored> = book
        .facts
        .iter()
        .filter(|fact| fact.to.is_none() && !acts.contains(&fact.kind))
        .collect();
    let index = usize::from(which).checked_rem(standing.len())?;
    Some(standing[index].event)
}

fn put(book: &mut Book, kind: Kind, person: u8, thing: u8, on: u16) {
    let subject = if person == 4 && kind == Kind::Consultation {
        String::new()
    } else {
        format!("p{}", person % 4)
    };
    let thing = match kind {
        Kind::Consultation => format!("c{}-{thing}-{on}", person % 4),
        Kind::PersonKnown | Kind::CaseClosed | Kind::CaseReopened => subject.clone(),
        Kind::ProcedureStarted => "ventilator".to_owned(),
        _ => format!("{subject}-{}", thing % 2),
    };
    let fact = book.put(kind, &thing, &subject, &text(on));
    match kind {
        Kind::SupportPlanAgreed | Kind::DisasterPlanAgreed => {
            fact.value = Some(1 + i64::from(on % 2));
        },
        Kind::DisasterPlanDrafted => {
            fact.detail = Some(
                if on.is_multiple_of(5) {
                    "district-centre"
                } else {
                    "centre"
                }
                .to_owned(),
            );
        },
        Kind::ReferralMade => fact.value = Some(i64::from(!on.is_multiple_of(7))),
        Kind::ReferralEnded => fact.detail = Some("withdrawn".to_owned()),
        _ => {},
    }
}

/// Who goes on in place of a case: the merges in the order in which they were written.
fn canon(book: &Book, case: &str) -> String {
    let mut name = case.to_owned();
    let mut facts: Vec<&Stored> = standing_facts(book);
    facts.sort_by_key(|fact| fact.position);
    for fact in facts {
        if fact.thing == case && fact.kind == Kind::CaseMerged {
            name = fact.other.clone().unwrap();
        }
        if fact.thing == case && fact.kind == Kind::MergeUndone {
            name = case.to_owned();
        }
    }
    name
}

fn standing_facts(book: &Book) -> Vec<&Stored> {
    book.facts.iter().filter(|fact| fact.to.is_none()).collect()
}

fn rows(book: &Book, kind: Kind) -> Vec<(String, Option<String>, Day, i64, u64)> {
    let own = standing_facts(book)
        .into_iter()
        .filter(|fact| fact.kind == kind);
    let own = own.map(|fact| {
        let who = fact.subject.as_ref().map(|case| canon(book, case));
        (
            fact.thing.clone(),
            who,
            fact.day.unwrap(),
            fact.value.unwrap_or(0),
            fact.position.get(),
        )
    });
    own.collect()
}

fn in_2022(on: Day) -> bool {
    day("2022-04-01") <= on && on <= day("2023-03-31")
}

fn length<T: Ord>(items: impl IntoIterator<Item = T>) -> i64 {
    i64::try_from(items.into_iter().collect::<BTreeSet<T>>().len()).unwrap()
}

fn contacts(book: &Book) -> (i64, i64) {
    let all: Vec<_> = rows(book, Kind::Consultation)
        .into_iter()
        .filter(|row| in_2022(row.2))
        .collect();
    (
        length(all.iter().map(|row| &row.0)),
        length(all.iter().filter_map(|row| row.1.clone())),
    )
}

fn first_versions(book: &Book) -> i64 {
    let all = rows(book, Kind::SupportPlanAgreed);
    length(
        all.into_iter()
            .filter(|row| row.3 == 1 && in_2022(row.2))
            .map(|row| row.1),
    )
}

fn new_disaster_plans(book: &Book) -> i64 {
    let mut first: BTreeMap<String, (Day, u64, bool)> = BTreeMap::new();
    for fact in standing_facts(book)
        .into_iter()
        .filter(|fact| fact.kind == Kind::DisasterPlanDrafted)
    {
        let who = canon(book, fact.subject.as_ref().unwrap());
        let mine = (
            fact.day.unwrap(),
            fact.position.get(),
            fact.detail.as_deref() == Some("centre"),
        );
        let known = first.entry(who).or_insert(mine);
        if (mine.0, mine.1) < (known.0, known.1) {
            *known = mine;
        }
    }
    i64::try_from(
        first
            .values()
            .filter(|(on, _, centre)| *centre && in_2022(*on))
            .count(),
    )
    .unwrap()
}

fn loops(book: &Book) -> Amount {
    let end = day("2023-03-31");
    let has = |kind, thing: &str| {
        let rows = rows(book, kind);
        rows.iter().any(|row| row.0 == thing && row.2 <= end)
    };
    let mut all = BTreeMap::new();
    for (thing, _, on, _, _) in rows(book, Kind::ReferralMade) {
        let old = end.signed_duration_since(on).num_days() >= 30;
        if in_2022(on) && old && !has(Kind::ReferralEnded, &thing) {
            let closed = has(Kind::ReferralCompleted, &thing) && has(Kind::ReferralFedBack, &thing);
            all.insert(thing, closed);
        }
    }
    let hits = all.values().filter(|closed| **closed).count();
    share(
        i64::try_from(hits).unwrap(),
        i64::try_from(all.len()).unwrap(),
    )
}

/// Age of each person's clock on 31 March 2023, of open cases.
fn clocks(book: &Book) -> BTreeMap<String, i64> {
    let end = day("2023-03-31");
    let ended: BTreeSet<String> = rows(book, Kind::DisasterPlanEnded)
        .into_iter()
        .filter(|row| row.2 <= end)
        .map(|row| row.0)
        .collect();
    let mut steps: Vec<(String, String, Day)> = Vec::new();
    for (thing, who, on, ..) in rows(book, Kind::DisasterPlanAgreed) {
        let who = who.unwrap();
        match steps
            .iter_mut()
            .find(|step| (&step.0, &step.1) == (&thing, &who))
        {
            Some(step) => step.2 = step.2.min(on),
            None => steps.push((thing, who, on)),
        }
    }
    steps.extend(
        rows(book, Kind::DisasterPlanVerified)
            .into_iter()
            .map(|(thing, who, on, ..)| (thing, who.unwrap(), on)),
    );
    let mut newest: BTreeMap<String, Day> = BTreeMap::new();
    for (plan, who, on) in steps {
        if on <= end && !ended.contains(&plan) {
            let known = newest.entry(who).or_insert(on);
            *known = on.max(*known);
        }
    }
    newest
        .into_iter()
        .map(|(who, on)| (who, end.signed_duration_since(on).num_days()))
        .collect()
}

/// Persons known on 31 March 2023 with an open case.
fn open_cases(book: &Book) -> BTreeSet<String> {
    let end = day("2023-03-31");
    let mut known = BTreeSet::new();
    for fact in standing_facts(book) {
        if fact.kind == Kind::PersonKnown && fact.day.unwrap() <= end {
            known.insert(canon(book, fact.subject.as_ref().unwrap()));
        }
    }
    // Of merged cases the one that goes on says whether it is closed.
    let is_open = |case: &String| {
        let mut last: Option<(Day, u64, Kind)> = None;
        for step in standing_facts(book) {
            let about = [Kind::CaseClosed, Kind::CaseReopened].contains(&step.kind)
                && step.subject.as_ref() == Some(case);
            if about && step.day.unwrap() <= end {
                last = last.max(Some((step.day.unwrap(), step.position.get(), step.kind)));
            }
        }
        last.is_none_or(|(_, _, kind)| kind == Kind::CaseReopened)
    };
    known.into_iter().filter(is_open).collect()
}

fn unwanted(book: &Book, who: &str) -> bool {
    let end = day("2023-03-31");
    let kinds = [
        Kind::DisasterPlanNotWanted,
        Kind::DisasterPlanDrafted,
        Kind::DisasterPlanAgreed,
    ];
    let said = kinds
        .iter()
        .flat_map(|kind| rows(book, *kind).into_iter().map(move |row| (row, *kind)));
    let own = said.filter(|(row, _)| row.1.as_deref() == Some(who) && row.2 <= end);
    let newest = own.max_by_key(|(row, _)| (row.2, row.4));
    newest.is_some_and(|(_, kind)| kind == Kind::DisasterPlanNotWanted)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn indicators_equal_a_naive_recount(book in random_book(60)) {
        let value = |id| book.measure(id, year(2022)).value;

        prop_assert_eq!(value("A-1"), count(contacts(&book).0));
        prop_assert_eq!(value("A-2"), count(contacts(&book).1));
        prop_assert_eq!(value("A-3"), count(first_versions(&book)));
        prop_assert_eq!(value("A-6"), count(new_disaster_plans(&book)));
        prop_assert_eq!(value("C-1"), loops(&book));
        let (clocks, open) = (clocks(&book), open_cases(&book));
        let wanting: Vec<&String> = open.iter().filter(|who| !unwanted(&book, who)).collect();
        let covered = wanting.iter().filter(|who| clocks.contains_key(**who)).count();
        prop_assert_eq!(value("D-1"), share(i64::try_from(covered).unwrap(), length(&wanting)));
        let with_plan: Vec<i64> = open.iter().filter_map(|who| clocks.get(who).copied()).collect();
        let current = with_plan.iter().filter(|age| **age <= 365).count();
        prop_assert_eq!(value("D-2"), share(i64::try_from(current).unwrap(), i64::try_from(with_plan.len()).unwrap()));
    }

    #[test]
    fn replaying_the_same_book_yields_the_same_figures(book in random_book(40)) {
        let again = book.clone();
        for id in ["A-1", "C-1", "D-1", "I-1"] {
            prop_assert_eq!(book.measure(id, year(2022)), again.measure(id, year(2022)));
        }
    }
}
