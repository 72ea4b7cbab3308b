//! Checks 1 to 3: planned numbers, budget, subsidy.

use ledger_tests::ledger::Engine;
use serde_json::{Value, json};

use super::{Centre, line, yen};

/// A planned number; only that of visits is one without 程度.
fn number(low: u32, high: u32, full_year: bool) -> Value {
    let approximate = low != 40 && low == high;
    json!({"kind": "number", "low": low, "high": high, "approximate": approximate,
        "full_year": full_year})
}

pub(super) async fn check_01_planned_numbers_are_the_papers_and_later_ones_only_those_that_were_set(
    engine: Engine,
) {
    let centre = Centre::new(engine).await;
    let target =
        async |id: &str, year: &str| centre.indicator(id, year, &[]).await["target"].take();

    assert_eq!(target("A-1", "2021").await, number(500, 500, false));
    assert_eq!(target("A-3", "2021").await, number(5, 5, false));
    assert_eq!(target("A-4", "2021").await, number(40, 40, true));
    assert_eq!(target("A-5", "2021").await, number(1, 2, true));
    assert_eq!(target("A-6", "2021").await, number(20, 20, true));

    // Later years are 順次拡大, though the full year's numbers are known from the paper.
    let expanding = json!({"kind": "expanding"});
    for (id, full) in [("A-1", 1_000), ("A-3", 10)] {
        for year in ["2022", "2023"] {
            assert_eq!(target(id, year).await, expanding, "{id} {year}");
        }
        // The trial ends on 31 March 2024; what comes afterwards is not planned yet.
        assert_eq!(target(id, "2024").await, json!({"kind": "unset"}), "{id}");
        let listed = ["events", "list", "--type", "planned-number-set", "--json"];
        let listed = centre.run(&listed).await.done().out;
        let numbers = listed
            .lines()
            .map(|one| serde_json::from_str::<Value>(one).unwrap());
        let of_full_year = |one: &Value| one["data"]["fiscal_year"].is_null();
        let mut numbers = numbers.filter(of_full_year);
        assert!(numbers.any(|one| one["data"]["low"] == full), "{listed}");
    }
    let said = centre
        .run(&["indicators", "A-1", "--fiscal-year", "2022"])
        .await;
    assert!(said.done().out.contains("予定数 順次拡大"));

    let set = json!({"service": "specialist-consultation", "fiscal_year": 2022, "low": 700,
        "high": 700, "unit": "件", "count_rule_ja": "延べ件数", "approximate": true});
    centre
        .did(json!({"command": "set-planned-number", "occurred": "2022-03-01", "planned": set}))
        .await;

    assert_eq!(target("A-1", "2022").await, number(700, 700, false));
    assert_eq!(target("A-1", "2021").await, number(500, 500, false));
    assert_eq!(target("A-1", "2023").await, expanding);
    assert_eq!(target("A-3", "2022").await, expanding);
}

pub(super) async fn check_02_budget_and_subsidy_add_up_to_what_the_paper_says(engine: Engine) {
    let centre = Centre::new(engine).await;

    let budget = centre.indicator("H-2", "2021", &[]).await;
    assert_eq!(budget["value"], yen(15_680_000));
    assert_eq!(line(&budget, "existing"), &yen(4_080_000));
    assert_eq!(line(&budget, "new"), &yen(11_600_000));
    let spending = centre.indicator("H-1", "2021", &[]).await;
    assert_eq!(
        spending["value"],
        json!({"kind": "yen-of", "yen": 0, "of": 15_680_000})
    );
    for (code, amount) in [
        ("相談員", 10_000_000),
        ("保健師", 3_500_000),
        ("顧問", 1_200_000),
        ("医療アドバイザー報償費", 480_000),
        ("その他事務費等", 500_000),
    ] {
        let own = line(&spending, &format!("line/{code}"));
        assert_eq!(own["of"], amount, "{code}");
    }

    for (year, amount) in [
        ("2021", 12_600_000),
        ("2022", 11_300_000),
        ("2023", 11_300_000),
    ] {
        let subsidy = centre.indicator("H-4", year, &[]).await;
        assert_eq!(line(&subsidy, "planned"), &yen(amount), "{year}");
    }
    let share = centre.indicator("H-5", "2021", &[]).await;
    assert_eq!(line(&share, "by-budget"), &yen(3_080_000));
}

/// Sets up a year's menu that pays for the advisors, whose line gets so much.
async fn menu(centre: &Centre, year: u32, amount: u32) {
    let on = format!("{}-12-17", year - 1);
    centre
        .did(
            json!({"command": "set-budget-line", "fiscal_year": year, "occurred": on,
            "line": "相談員", "name": "相談員", "amount_yen": amount, "existing": false}),
        )
        .await;
    centre
        .did(
            json!({"command": "set-subsidy-menu", "fiscal_year": year, "occurred": on,
            "menu": "相談", "name": "小児等在宅医療推進事業", "lines": ["相談員"]}),
        )
        .await;
}

pub(super) async fn check_03_a_claim_over_a_menus_cap_is_refused_and_pays_half_from_the_fourth_year(
    engine: Engine,
) {
    let centre = Centre::new(engine).await;
    centre
        .place
        .clock
        .set("2025-04-01T03:00:00Z".parse().unwrap());
    let claim = |year: u32, amount: u32| {
        json!({"command": "apply-subsidy", "fiscal_year": year, "menu": "相談",
            "occurred": format!("{year}-06-01"), "amount_yen": amount})
    };
    let over = ("SUBSIDY_OVER_CAP".to_owned(), "amount_yen".to_owned());
    for year in [2021, 2024] {
        menu(&centre, year, 12_000_000).await;
    }

    // At 10/10 the cap of 10,000 thousand yen holds, in the fourth year half of the cost.
    assert_eq!(centre.refused(claim(2021, 10_000_001)).await, over);
    centre.did(claim(2021, 10_000_000)).await;
    assert_eq!(centre.refused(claim(2024, 10_000_000)).await, over);
    assert_eq!(centre.refused(claim(2024, 6_000_001)).await, over);
    centre.did(claim(2024, 6_000_000)).await;

    for (year, paid) in [(2021, 10_000_000), (2024, 6_000_000)] {
        centre
            .did(
                json!({"command": "record-expenditure", "fiscal_year": year, "line": "相談員",
                "occurred": format!("{year}-09-30"), "amount_yen": 12_000_000, "voucher": "1"}),
            )
            .await;
        let subsidy = centre.indicator("H-4", &year.to_string(), &[]).await;
        assert_eq!(line(&subsidy, "menu/相談"), &yen(paid), "{year}");
    }
}
