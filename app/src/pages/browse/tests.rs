use ledger_core::id::Position;

use super::found::{LOOKED_AT_MAX, PASSED_MAX, Reach, delay};
use super::*;
use crate::lang::Lang;

fn asked(query: &str) -> Asked {
    serde_html_form::from_str(query).unwrap()
}

#[test]
fn each_filter_that_is_on_can_be_taken_off_and_the_others_stay() {
    let asked = asked("type=referral-made&by=sato&delay=30&amended=yes&from=100&order=old");

    let chips = asked.chips(Lang::Ja);

    let said: Vec<&str> = chips.iter().map(|chip| chip.said.as_str()).collect();
    assert_eq!(
        said,
        [
            "種類: 連携（つなぎ）",
            "記録者: sato",
            "訂正・取消あり",
            "記録の遅れ 30日以上",
            "位置: #100"
        ]
    );
    assert_eq!(
        chips[1].without,
        "type=referral-made&amended=yes&delay=30&order=old"
    );
    assert_eq!(
        chips[4].without,
        "type=referral-made&by=sato&amended=yes&delay=30&order=old"
    );
}

#[test]
fn the_next_page_keeps_everything_but_the_day_at_which_the_list_began() {
    let asked = asked("category=child&day=2024-04-01&area=kinuta");
    assert_eq!(asked.from(77), "category=child&area=kinuta&from=77");
    assert_eq!(Asked::default().query(), "");
}

#[test]
fn a_choice_that_is_none_and_a_number_that_is_none_are_refused() {
    for query in [
        "type=none",
        "area=mars",
        "category=nothing",
        "amended=maybe",
        "order=up",
        "delay=-3",
        "delay=x",
        "from=1.5",
        "day=2024-13-01",
        "day=2024-04-01&from=7",
        "occurred_from=2024-13-01",
        "occurred_to=soon",
        "occurred_from=2024-04-02&occurred_to=2024-04-01",
        "dated=no&occurred_from=2024-04-02",
        "dated=yes",
    ] {
        assert!(asked(query).checked().is_err(), "{query}");
    }
    let typed = asked("by=+sato+&delay=0&day=R6.4.1&area=kinuta&category=access");
    assert_eq!(typed.checked().unwrap().by, "sato");
}

#[test]
fn a_delay_is_counted_in_days_and_what_is_planned_ahead_has_none() {
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(delay(day("2024-03-31"), day("2024-04-02")), Some(2));
    assert_eq!(delay(day("2024-04-02"), day("2024-04-02")), Some(0));
    assert_eq!(delay(day("2024-04-03"), day("2024-04-02")), None);
}

#[test]
fn a_day_is_told_by_the_way_that_the_list_goes() {
    let chip = |query: &str| asked(query).chips(Lang::Ja).remove(0).said;
    assert_eq!(chip("day=2024-04-01"), "2024-04-01以前に記録");
    assert_eq!(chip("day=2024-04-01&order=old"), "2024-04-01以後に記録");
}

#[test]
fn days_of_occurrence_are_told_and_lead_to_what_has_none() {
    let asked = asked("by=sato&occurred_from=2024-04-01&order=occurred-old&day=2024-05-01");

    let chips = asked.chips(Lang::Ja);

    let said: Vec<&str> = chips.iter().map(|chip| chip.said.as_str()).collect();
    assert_eq!(
        said,
        [
            "記録者: sato",
            "2024-04-01以後の出来事",
            "2024-05-01以後の出来事"
        ]
    );
    assert_eq!(
        chips[1].without,
        "by=sato&day=2024-05-01&order=occurred-old"
    );
    assert!(asked.leaves_undated_out());
    assert_eq!(asked.undated(), "by=sato&dated=no&order=old");
}

#[test]
fn a_page_ends_by_what_was_looked_at_and_by_what_was_passed_either_way() {
    let begun = 2_000_000;
    let mut reach = Reach::from(Position::new(begun));
    assert!(!reach.is_far(begun - PASSED_MAX + 1));
    assert!(reach.is_far(begun - PASSED_MAX));
    assert!(reach.is_far(begun + PASSED_MAX));
    reach.look_at(LOOKED_AT_MAX - 1);
    assert!(!reach.is_far(begun - 1));
    reach.look_at(1);
    assert!(reach.is_far(begun - 1));
}
