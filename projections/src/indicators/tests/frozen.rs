//! Frozen packs, and the way from an event back to the figures.

use std::sync::Arc;

use super::book::{Book, seen, year};
use crate::facts::Kind;
use crate::indicators::{
    Basis, FactSet, INDICATORS, REASONS, Standing, folded, indicators_of, pack_of,
};

fn book() -> Book {
    let mut book = Book::default();
    book.person("a", "2022-04-10");
    book.consult("c1", "a", "2022-05-10");
    book.consult("c2", "", "2022-05-10");
    book.put(Kind::SupportPlanAgreed, "p", "a", "2022-05-10")
        .value = Some(2);
    book
}

fn basis(book: &Book, at: ledger_core::id::Position) -> Basis {
    let versions = book.versions();
    let facts = versions.at(at).cloned().map(Arc::new).collect();
    Basis::of(facts, book.settings_at(at), at)
}

#[test]
fn a_pack_as_at_a_position_has_the_same_bytes_for_ever() {
    let mut book = book();
    let at = book.now();
    let frozen = pack_of(&basis(&book, at), year(2022)).unwrap();
    let first = frozen.digest().unwrap();

    let event = book.consult("c3", "a", "2022-05-11");
    book.correct(event, |fact| fact.minute = Some(600));
    let earlier = book.facts[1].event;
    book.annul(earlier);

    let again = pack_of(&basis(&book, at), year(2022)).unwrap();
    assert_eq!(again.canonical().unwrap(), frozen.canonical().unwrap());
    assert_eq!(again.digest().unwrap(), first);
    let now = pack_of(&basis(&book, book.now()), year(2022)).unwrap();
    assert_ne!(now.digest().unwrap(), first);
    assert_eq!(frozen.figures.len(), INDICATORS.len());
}

#[test]
fn measurements_are_kept_of_the_scopes_that_were_asked_for_last() {
    let book = book();
    let basis = basis(&book, book.now());
    let on = |day: &str| basis.measure(&INDICATORS[0], seen(2022, day));
    let first = on("2022-05-31");
    assert!(Arc::ptr_eq(&first, &on("2022-05-31")));

    let kept = Arc::downgrade(&first);
    let before = (*first).clone();
    drop(first);
    assert!(kept.upgrade().is_some());
    for day in 1..=30 {
        on(&format!("2022-06-{day:02}"));
    }

    assert!(kept.upgrade().is_none(), "nothing else holds it");
    assert_eq!(*on("2022-05-31"), before);
}

#[test]
fn the_digest_of_a_pack_is_that_of_its_canonical_json() {
    use sha2::Digest as _;
    let book = book();
    let pack = pack_of(&basis(&book, book.now()), seen(2022, "2022-12-31")).unwrap();

    let digest = sha2::Sha256::digest(pack.canonical().unwrap());

    let hex: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(pack.digest().unwrap(), hex.concat());
}

#[test]
fn an_event_knows_its_figures_and_why_it_is_left_out() {
    let mut book = book();
    let [contact, anonymous, plan] = [1, 2, 3].map(|index| book.facts[index].event);
    let of = |book: &Book, event| {
        let versions = book.versions();
        let facts = FactSet::at(&versions, book.now());
        let settings = book.settings_at(book.now());
        let uses = indicators_of(event, &facts, year(2022), &settings);
        let uses = uses.into_iter().map(|one| (one.indicator, one.standing));
        uses.collect::<std::collections::BTreeMap<_, _>>()
    };

    assert_eq!(of(&book, contact)["A-1"], Standing::Counted);
    assert_eq!(of(&book, contact)["E-5"], Standing::BelowTheLine);
    assert!(!of(&book, contact).contains_key("C-1"));
    assert_eq!(
        of(&book, anonymous)["A-2"],
        Standing::Excluded {
            reason: "anonymous"
        }
    );
    assert_eq!(
        of(&book, plan)["A-3"],
        Standing::Excluded {
            reason: "later-version"
        }
    );

    // The person is left out by it, and would count without it.
    let position = book.facts.len();
    book.put(Kind::DisasterPlanNotWanted, "none", "a", "2022-05-10");
    let not_wanted = book.facts[position].event;
    assert_eq!(
        of(&book, not_wanted)["D-1"],
        Standing::Excluded {
            reason: "not-wanted"
        }
    );

    book.annul(contact);
    let annulled = of(&book, contact);
    assert_eq!(annulled["A-1"], Standing::Excluded { reason: "annulled" });
    assert_eq!(annulled.len(), INDICATORS.len());
}

#[test]
fn every_value_is_the_fold_of_its_list_and_every_reason_has_words() {
    let book = book();
    for indicator in INDICATORS {
        let measure = book.measure(indicator.id, year(2022));

        assert_eq!(
            measure.value,
            folded(measure.fold, &measure.counted),
            "{}",
            indicator.id
        );
        for excluded in &measure.excluded {
            assert!(REASONS.iter().any(|reason| reason.code == excluded.reason));
        }
    }
}

#[test]
fn every_kind_is_found_by_its_code_and_every_id_stands_once() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of_code(kind.code()), Some(*kind));
    }
    let ids: std::collections::BTreeSet<&str> = INDICATORS.iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), INDICATORS.len());
}
