//! Which figures rest on who opened a record: those alone are made anew whenever somebody looks at one.

use super::book::{Book, year};
use crate::facts::Kind;
use crate::indicators::{FactSet, INDICATORS, measure};
use crate::settings::Settings;

#[test]
fn an_opened_record_lets_all_figures_stand_but_those_about_openings_and_the_newest_event() {
    let mut book = Book::default();
    book.person("a", "2021-08-02");
    book.consult("talk", "a", "2021-08-03");
    book.put(Kind::TextOpened, "child-a", "a", "2021-08-04");
    let versions = book.versions();
    let settings = Settings::default();

    let resting = INDICATORS.iter().filter(|indicator| {
        let facts = FactSet::at(&versions, book.now());
        let measured = measure(indicator, &facts, year(2021), &settings);
        assert_eq!(measured.indicator, indicator.id);
        facts.asked().contains(&Kind::TextOpened)
    });

    let resting: Vec<&str> = resting.map(|indicator| indicator.id).collect();
    assert_eq!(resting, ["I-6", "I-9"]);
}
