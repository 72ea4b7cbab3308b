//! A year's books as a card.

use ledger_core::id::StreamName;
use serde_json::{Value, json};

use super::*;
use crate::card::told::{day, event, history, uuid};

fn finance(name: &str, mut clear: Value, private: &Value) -> Event {
    clear["fiscal_year"] = json!(2021);
    event(name, &clear, private)
}

fn line(line: &str, amount: i64, existing: bool) -> Event {
    let clear = json!({"line": line, "name_ja": line, "amount_yen": amount, "existing": existing});
    finance("budget-line-set", clear, &json!({}))
}

fn spent(number: u128, line: &str, amount: i64) -> Event {
    let clear = json!({"expenditure": uuid(number), "line": line, "amount_yen": amount,
        "voucher": format!("V{number}")});
    finance("expenditure-recorded", clear, &json!({"payee": "見本商店"}))
}

fn subsidy(step: &str, menu: Option<&str>, amount: i64) -> Event {
    let mut clear = json!({"amount_yen": amount});
    if let Some(menu) = menu {
        clear["menu"] = json!(menu);
    }
    finance(&format!("subsidy-{step}"), clear, &json!({}))
}

fn menu(rate: u32) -> Event {
    let clear = json!({"menu": "m", "name_ja": "相談", "lines": ["相談員"],
        "rate_percent": rate, "cap_yen": 10_000_000});
    finance("subsidy-menu-set", clear, &json!({}))
}

fn year() -> Vec<(&'static str, Event)> {
    vec![
        ("2021-04-01", line("相談員", 10_000_000, false)),
        ("2021-04-01", line("その他", 5_680_000, false)),
        ("2021-04-01", line("既存事業", 4_080_000, true)),
        ("2021-04-01", subsidy("planned", None, 12_600_000)),
        ("2021-04-02", menu(100)),
    ]
}

fn card(more: Vec<(&'static str, Event)>, on: &str) -> Option<BudgetCard> {
    let events: Vec<(&str, Event)> = year().into_iter().chain(more).collect();
    let stream = StreamName::fiscal_year(FiscalYear::new(2021));
    budget_card(&history(&stream, events), FiscalYear::new(2021), day(on))
}

#[test]
fn before_anything_is_spent_the_ward_pays_what_the_planned_subsidy_leaves() {
    let card = card(Vec::new(), "2021-04-30").unwrap();

    assert_eq!(
        (card.budget_yen, card.existing_yen),
        (15_680_000, 4_080_000)
    );
    assert_eq!(card.new_yen, 11_600_000);
    assert_eq!(card.ward_yen, Some(3_080_000));
    assert_eq!(card.lines[0].left_yen, 10_000_000);
}

#[test]
fn what_is_taken_back_is_not_spent_and_stays_in_sight_with_its_voucher() {
    let back = json!({"expenditure": uuid(2)});
    let back = finance("expenditure-reversed", back, &json!({"reason": "二重払い"}));
    let events = vec![
        ("2021-09-02", spent(1, "相談員", 12_000_000)),
        ("2021-09-01", spent(2, "その他", 300_000)),
        ("2021-09-10", back),
    ];

    let card = card(events, "2021-09-30").unwrap();

    assert_eq!(card.spent_yen, 12_000_000);
    let vouchers: Vec<&str> = card
        .expenditures
        .iter()
        .map(|one| one.voucher.as_str())
        .collect();
    assert_eq!(vouchers, ["V2", "V1"], "by the day");
    let reversed = card.expenditures[0].reversed.as_ref().unwrap();
    assert_eq!(reversed.reason.as_deref(), Some("二重払い"));
    assert_eq!(card.lines[0].left_yen, -2_000_000);
    // The menu pays all of it up to its cap; the planned sum no longer matters.
    assert_eq!(card.menus[0].payable_yen, 10_000_000);
    assert_eq!(card.ward_yen, Some(2_000_000));
}

#[test]
fn a_menu_set_again_at_half_pays_half() {
    let events = vec![
        ("2021-05-01", menu(50)),
        ("2021-09-02", spent(1, "相談員", 5_000_001)),
    ];

    let card = card(events, "2021-09-30").unwrap();

    assert_eq!(card.menus.len(), 1);
    assert_eq!(card.menus[0].payable_yen, 2_500_000);
    assert_eq!(card.ward_yen, Some(2_500_001));
}

#[test]
fn receipts_add_up_and_the_settled_amount_holds_in_the_end() {
    let mut events = vec![
        ("2021-09-02", spent(1, "相談員", 9_000_000)),
        ("2021-10-01", subsidy("received", Some("m"), 4_000_000)),
        ("2021-11-01", subsidy("received", Some("m"), 1_000_000)),
    ];
    let before = card(events.clone(), "2021-12-01").unwrap();
    assert_eq!(before.subsidy_yen(SubsidyStep::Received), Some(5_000_000));
    assert_eq!(before.ward_yen, Some(4_000_000));

    events.push(("2022-03-31", subsidy("settled", Some("m"), 4_500_000)));
    let after = card(events, "2022-03-31").unwrap();

    assert_eq!(after.ward_yen, Some(4_500_000));
}

#[test]
fn a_closed_year_says_who_may_still_write_and_until_when() {
    let closed = finance("fiscal-year-closed", json!({"as_at": 120}), &json!({}));
    let allowed = json!({"account": "tanaka", "until": "2022-06-10"});
    let allowed = finance(
        "late-entry-allowed",
        allowed,
        &json!({"reason": "後日判明"}),
    );
    let events = vec![("2022-05-31", closed), ("2022-06-01", allowed)];

    let at = |on: &str| card(events.clone(), on).unwrap();

    assert_eq!(at("2022-05-30").closed, None);
    let june = at("2022-06-10");
    assert_eq!(june.closed.unwrap().as_at, Position::new(120));
    assert!(june.late_entries[0].holds);
    assert!(!at("2022-06-11").late_entries[0].holds);
    assert_eq!(card(Vec::new(), "2021-03-31"), None);
}
