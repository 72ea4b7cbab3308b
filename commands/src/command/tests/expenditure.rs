//! Rules of the budget's lines and of what is spent on them.

use super::money::{books, line, money, plan, spend};
use super::*;

#[test]
fn a_budget_line_has_a_name_an_amount_and_a_year() {
    let mut world = World::new();

    assert_eq!(world.refuses(line(2021, " ", 1)), ("MISSING_VALUE", "line"));
    assert_eq!(
        world.refuses(line(2021, "相談員", -1)),
        ("NOT_A_NUMBER", "amount_yen")
    );
    assert_eq!(
        world.refuses(line(2021, "相談員", 1_000_000_000_001)),
        ("NOT_A_NUMBER", "amount_yen")
    );
    assert_eq!(
        world.refuses(line(1999, "相談員", 1)),
        ("NOT_A_NUMBER", "fiscal_year")
    );
    world.did(line(2021, "相談員", 10_000_000));
    assert_eq!(
        world.refuses(line(2021, "相談員", 10_000_000)),
        ("NOTHING_CHANGES", "")
    );
    world.did(line(2021, "相談員", 9_000_000));
    world.did(spend(2021, "R3-1", "相談員", 1));
    let mut part = line(2021, "相談員", 9_000_000);
    part["existing"] = json!(true);
    assert_eq!(world.refuses(part), ("NOT_CORRECTABLE", "existing"));
}

#[test]
fn money_is_spent_on_a_line_with_a_voucher_of_its_own() {
    let mut world = World::new();
    assert_eq!(
        world.refuses(spend(2021, "R3-1", "相談員", 1)),
        ("UNKNOWN_BUDGET_LINE", "line")
    );
    world.does(&plan());

    let refused =
        |number: &str, on: &str, amount: i64| world.refuses(spend(2021, number, on, amount));
    assert_eq!(
        refused("R3-1", "既存事業", 1),
        ("UNKNOWN_BUDGET_LINE", "line")
    );
    assert_eq!(refused("R3-1", "相談員", 0), ("NOT_A_NUMBER", "amount_yen"));
    assert_eq!(
        refused("R3-1", "相談員", -5),
        ("NOT_A_NUMBER", "amount_yen")
    );
    assert_eq!(refused(" ", "相談員", 5), ("MISSING_VALUE", "voucher"));
    let mut early = spend(2021, "R3-1", "相談員", 5);
    early["occurred"] = json!("2021-03-31");
    assert_eq!(world.refuses(early), ("STEPS_OUT_OF_ORDER", "occurred"));
    world.did(spend(2021, "R3-1", "相談員", 5));
    assert_eq!(
        world.refuses(spend(2021, "R3-1", "相談員", 5)),
        ("ALREADY_RECORDED", "expenditure")
    );
    let mut same_voucher = spend(2021, "R3-2", "相談員", 5);
    same_voucher["voucher"] = json!("ｒ３－１");
    assert_eq!(world.refuses(same_voucher), ("VOUCHER_USED", "voucher"));
}

#[test]
fn an_expenditure_is_reversed_once_and_frees_its_voucher() {
    let mut world = World::new();
    world.does(&plan());
    let reverse = |reason: &str| {
        let fields = json!({"expenditure": id("expenditure", "R3-1"), "reason": reason});
        money("reverse-expenditure", 2021, fields)
    };
    assert_eq!(
        world.refuses(reverse("誤り")),
        ("UNKNOWN_EXPENDITURE", "expenditure")
    );
    world.did(spend(2021, "R3-1", "相談員", 5));
    assert_eq!(world.refuses(reverse("")), ("MISSING_VALUE", "reason"));

    world.did(reverse("誤り"));

    assert_eq!(
        world.refuses(reverse("誤り")),
        ("ALREADY_RECORDED", "expenditure")
    );
    let mut again = spend(2021, "R3-2", "相談員", 50);
    again["voucher"] = json!("R3-1");
    world.did(again);
}

#[test]
fn a_corrected_amount_is_still_one() {
    let mut world = World::new();
    world.does(&plan());
    let spent = world.did(spend(2021, "R3-1", "相談員", 5));
    let correct = |amount: i64| {
        json!({"command": "correct-event", "stream": "fiscal-2021", "target": spent[0].0,
            "clear": {"amount_yen": amount}, "reason": "typo"})
    };

    assert_eq!(world.refuses(correct(0)), ("NOT_A_NUMBER", "clear"));
    world.did(correct(50));
    assert_eq!(books(&world, 2021).spent_yen("相談員"), 50);
}
