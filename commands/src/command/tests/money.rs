//! Rules of a fiscal year's money and its closing.

use ledger_core::event::{BudgetLineSet, SubsidyAmount};
use ledger_core::id::StreamName;
use ledger_core::time::{FiscalYear, Occurred};

use super::*;
use crate::command::SetUpBooks;
use crate::rule::subsidy::{ceiling_yen, ward_net_yen};
use crate::state::{Folded, StreamState as _, SubsidyStep, YearBooks};
use crate::world::names;

/// The lines of the plan, in yen, and how much of them is for existing services.
const LINES: [(&str, i64, bool); 6] = [
    ("相談員", 10_000_000, false),
    ("保健師", 3_500_000, false),
    ("顧問", 1_200_000, false),
    ("医療アドバイザー報償費", 480_000, false),
    ("その他事務費等", 500_000, false),
    ("既存事業", 4_080_000, true),
];

/// A command about a fiscal year's money.
pub(super) fn money(name: &str, year: i32, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["fiscal_year"] = json!(year);
    if fields.get("occurred").is_none() {
        fields["occurred"] = json!(format!("{year}-04-01"));
    }
    fields
}

pub(super) fn line(year: i32, line: &str, amount_yen: i64) -> Value {
    let fields = json!({"line": line, "name": line, "amount_yen": amount_yen});
    money("set-budget-line", year, fields)
}

pub(super) fn spend(year: i32, number: &str, on: &str, amount_yen: i64) -> Value {
    let fields = json!({"expenditure": id("expenditure", number), "line": on,
        "amount_yen": amount_yen, "voucher": number});
    money("record-expenditure", year, fields)
}

fn menu(year: i32, menu: &str, lines: &[&str]) -> Value {
    let fields = json!({"menu": menu, "name": menu, "lines": lines});
    money("set-subsidy-menu", year, fields)
}

fn subsidy(verb: &str, year: i32, menu: &str, amount_yen: i64) -> Value {
    let fields = json!({"menu": menu, "amount_yen": amount_yen});
    money(&format!("{verb}-subsidy"), year, fields)
}

fn period(world: &mut World) {
    world.did(
        json!({"command": "set-period", "occurred": "2020-12-17", "period":
        {"preparation_from": "2021-04-01", "starts_on": "2021-08-01", "ends_on": "2024-03-31"}}),
    );
}

/// A ledger whose service began in August 2021.
fn operating() -> World {
    let mut world = World::new();
    period(&mut world);
    world
}

pub(super) fn books(world: &World, year: i32) -> YearBooks {
    let stream = StreamName::fiscal_year(FiscalYear::new(year));
    let folded = Folded::of_history(&stream, world.history(&stream));
    YearBooks::of(folded.state()).unwrap().clone()
}

/// What `init` records: the plan's budget of 2021 and the subsidy that it names for three years.
pub(super) fn plan() -> SetUpBooks {
    let year = FiscalYear::new(2021);
    let lines = LINES.map(|(line, amount_yen, existing)| BudgetLineSet {
        fiscal_year: year,
        line: line.to_owned(),
        name_ja: line.to_owned(),
        amount_yen,
        existing,
    });
    let planned = [(2021, 12_600_000), (2022, 11_300_000), (2023, 11_300_000)];
    let planned = planned.map(|(year, amount_yen)| SubsidyAmount {
        fiscal_year: FiscalYear::new(year),
        menu: None,
        amount_yen,
    });
    SetUpBooks {
        occurred: Occurred::parse("2020-12-17").unwrap(),
        lines: lines.into(),
        planned: planned.into(),
    }
}

/// Golden check 2 of the paper.
#[test]
fn the_plans_budget_adds_up_and_leaves_the_ward_its_share() {
    let mut world = World::new();

    world.does(&plan());

    let first = books(&world, 2021);
    assert_eq!(first.budget_yen(), 15_680_000);
    assert_eq!(first.existing_yen(), 4_080_000);
    let new = first.budget_yen().saturating_sub(first.existing_yen());
    assert_eq!(new, 11_600_000);
    let planned = |year| books(&world, year).subsidy_yen(SubsidyStep::Planned, None);
    assert_eq!(planned(2021), Some(12_600_000));
    assert_eq!([planned(2022), planned(2023)], [Some(11_300_000); 2]);
    assert_eq!(ward_net_yen(first.budget_yen(), 12_600_000), 3_080_000);
    assert_eq!(
        world.refuses_decision(&plan()),
        ("ALREADY_REGISTERED", "lines")
    );
}

#[test]
fn books_are_set_up_as_every_line_and_amount_may_stand() {
    let world = World::new();
    let mut twice = plan();
    twice.lines.push(twice.lines[0].clone());
    let mut negative = plan();
    negative.planned[0].amount_yen = -1;
    let mut menu = plan();
    menu.planned[0].menu = Some("相談".to_owned());

    assert_eq!(
        world.refuses_decision(&twice),
        ("ALREADY_RECORDED", "lines")
    );
    assert_eq!(
        world.refuses_decision(&negative),
        ("NOT_A_NUMBER", "amount_yen")
    );
    assert_eq!(
        world.refuses_decision(&menu),
        ("UNKNOWN_SUBSIDY_MENU", "menu")
    );
}

/// Golden check 3 of the paper.
#[test]
fn a_claim_above_the_cap_of_its_menu_is_refused_and_in_the_fourth_year_it_is_half() {
    let mut world = operating();
    for year in [2021, 2023, 2024] {
        world.did(line(year, "相談員", 12_000_000));
        world.did(line(year, "保健師", 3_500_000));
        world.did(menu(year, "相談", &["相談員"]));
        world.did(menu(year, "訪問", &["保健師"]));
    }

    for year in [2021, 2023] {
        assert_eq!(
            world.refuses(subsidy("apply", year, "相談", 10_000_001)),
            ("SUBSIDY_OVER_CAP", "amount_yen")
        );
        world.did(subsidy("apply", year, "相談", 10_000_000));
        world.did(subsidy("apply", year, "訪問", 3_500_000));
    }

    assert_eq!(
        world.refuses(subsidy("apply", 2024, "相談", 10_000_000)),
        ("SUBSIDY_OVER_CAP", "amount_yen")
    );
    world.did(subsidy("apply", 2024, "相談", 6_000_000));
    let fourth = books(&world, 2024);
    assert_eq!(ceiling_yen(&fourth, SubsidyStep::Applied, None), 7_750_000);
    assert_eq!(fourth.menus["相談"].rate_percent, 50);
}

#[test]
fn claims_of_menus_and_of_all_together_share_one_cap() {
    let mut world = operating();
    world.did(line(2021, "相談員", 6_000_000));
    world.did(line(2021, "保健師", 4_000_000));
    world.did(menu(2021, "相談", &["相談員"]));
    world.did(menu(2021, "訪問", &["保健師"]));
    world.did(subsidy("apply", 2021, "相談", 6_000_000));
    let of_all = |amount: i64| money("apply-subsidy", 2021, json!({ "amount_yen": amount }));

    assert_eq!(
        world.refuses(of_all(4_000_001)),
        ("SUBSIDY_OVER_CAP", "amount_yen")
    );
    world.did(of_all(4_000_000));
    assert_eq!(
        world.refuses(subsidy("apply", 2021, "訪問", 1)),
        ("SUBSIDY_OVER_CAP", "amount_yen")
    );
    // An application that changes takes the place of the one before.
    world.did(of_all(0));
    world.did(subsidy("apply", 2021, "訪問", 4_000_000));
}

#[test]
fn a_subsidy_is_settled_by_what_was_spent() {
    let mut world = operating();
    world.did(line(2021, "相談員", 10_000_000));
    world.did(menu(2021, "相談", &["相談員"]));
    let refused = |world: &World, verb: &str| world.refuses(subsidy(verb, 2021, "相談", 1));
    assert_eq!(refused(&world, "decide"), ("STEPS_OUT_OF_ORDER", "menu"));
    world.did(subsidy("apply", 2021, "相談", 10_000_000));
    for verb in ["receive", "settle"] {
        assert_eq!(refused(&world, verb), ("STEPS_OUT_OF_ORDER", "menu"));
    }
    world.did(subsidy("decide", 2021, "相談", 9_000_000));
    world.did(subsidy("receive", 2021, "相談", 5_000_000));
    world.did(subsidy("receive", 2021, "相談", 4_000_000));
    world.did(spend(2021, "R3-1", "相談員", 8_000_000));
    world.did(spend(2021, "R3-2", "相談員", 500_000));
    let reversal = json!({"expenditure": id("expenditure", "R3-2"), "reason": "科目の誤り"});
    world.did(money("reverse-expenditure", 2021, reversal));

    assert_eq!(
        world.refuses(subsidy("settle", 2021, "相談", 8_000_001)),
        ("SUBSIDY_OVER_CAP", "amount_yen")
    );
    world.did(subsidy("settle", 2021, "相談", 8_000_000));

    let year = books(&world, 2021);
    let received = year.subsidy_yen(SubsidyStep::Received, Some("相談"));
    assert_eq!(received, Some(9_000_000));
    assert_eq!(year.spent_yen("相談員"), 8_000_000);
}

#[test]
fn a_subsidy_that_is_planned_changes_something_and_is_of_a_menu_that_is_there() {
    let mut world = operating();
    let plan = |amount: i64| money("plan-subsidy", 2021, json!({ "amount_yen": amount }));

    assert_eq!(
        world.refuses(subsidy("plan", 2021, "相談", 1)),
        ("UNKNOWN_SUBSIDY_MENU", "menu")
    );
    assert_eq!(world.refuses(plan(-1)), ("NOT_A_NUMBER", "amount_yen"));
    world.did(plan(12_600_000));
    assert_eq!(
        world.refuses(plan(12_600_000)),
        ("NOTHING_CHANGES", "amount_yen")
    );
}

#[test]
fn a_menu_pays_for_lines_that_are_there_each_once() {
    let mut world = World::new();
    world.does(&plan());
    assert_eq!(
        world.refuses(menu(2021, "相談", &["相談員"])),
        ("MISSING_VALUE", "rate_percent")
    );
    period(&mut world);
    let with = |field: &str, value: Value| {
        let mut menu = menu(2021, "相談", &["相談員"]);
        menu[field] = value;
        menu
    };

    assert_eq!(
        world.refuses(with("menu", json!(""))),
        ("MISSING_VALUE", "menu")
    );
    assert_eq!(
        world.refuses(with("lines", json!([]))),
        ("MISSING_VALUE", "lines")
    );
    for rate in [0, 101] {
        let refused = world.refuses(with("rate_percent", json!(rate)));
        assert_eq!(refused, ("NOT_A_NUMBER", "rate_percent"));
    }
    assert_eq!(
        world.refuses(with("cap_yen", json!(-1))),
        ("NOT_A_NUMBER", "cap_yen")
    );
    for line in ["交通費", "既存事業"] {
        let refused = world.refuses(menu(2021, "相談", &[line]));
        assert_eq!(refused, ("UNKNOWN_BUDGET_LINE", "lines"));
    }
    let twice = world.refuses(menu(2021, "相談", &["相談員", "相談員"]));
    assert_eq!(twice, ("ALREADY_RECORDED", "lines"));
    let set = world.did(menu(2021, "相談", &["相談員"]));
    let payload = set[0].1.event.encode().unwrap();
    assert_eq!(
        (&payload["rate_percent"], &payload["cap_yen"]),
        (&json!(100), &json!(10_000_000))
    );
    assert_eq!(
        world.refuses(menu(2021, "相談", &["相談員"])),
        ("NOTHING_CHANGES", "")
    );
    let other = world.refuses(menu(2021, "訪問", &["相談員"]));
    assert_eq!(other, ("ALREADY_RECORDED", "lines"));
}

#[test]
fn a_year_is_closed_once_and_only_after_its_end() {
    let mut world = World::new();
    let close = |day: &str, as_at: u64| {
        money(
            "close-fiscal-year",
            2021,
            json!({"occurred": day, "as_at": as_at}),
        )
    };

    assert_eq!(
        world.refuses(close("2022-03-31", 7)),
        ("FISCAL_YEAR_NOT_OVER", "occurred")
    );
    assert_eq!(
        world.refuses(close("2022-04-01", 0)),
        ("NOT_A_NUMBER", "as_at")
    );
    assert_eq!(
        names(&world.did(close("2022-04-01", 7))),
        ["fiscal-year-closed"]
    );
    assert_eq!(
        world.refuses(close("2022-04-02", 8)),
        ("ALREADY_RECORDED", "fiscal_year")
    );
}
