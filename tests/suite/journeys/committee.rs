//! The committee asks for figures: the same from both stores, and those that the registers yield.

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Place, sample_ledgers};
use serde_json::Value;

fn expected() -> Value {
    let file = std::fs::read(sample_ledgers().join("expected.json")).unwrap();
    serde_json::from_slice(&file).unwrap()
}

/// Every expected key of one object stands in the answer with its value.
fn assert_figures(found: &Value, expected: &Value, what: &str) {
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(found.get(key), Some(value), "{what} {key}");
    }
}

async fn figures_are_those_of_the_registers(engine: Engine) {
    let place = Place::with_samples(engine).await;

    for year in ["2021", "2022", "2023"] {
        let answer = place
            .run(&["figures", "--fiscal-year", year, "--json"])
            .await
            .done();
        assert_figures(&answer.json(), &expected()[year], year);
    }
    let answer = place
        .run(&["figures", "--on", "2024-03-31", "--json"])
        .await
        .done();
    assert_figures(
        &answer.json(),
        &expected()["at_2024-03-31"],
        "on 2024-03-31",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_registers_on_sqlite() {
    figures_are_those_of_the_registers(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_registers_on_postgres() {
    figures_are_those_of_the_registers(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_as_at_a_position_stay_what_they_were() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("first");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(
        sample_ledgers().join("対象者台帳.csv"),
        folder.join("対象者台帳.csv"),
    )
    .unwrap();
    let _taken = place
        .run(&["import", folder.to_str().unwrap()])
        .await
        .done();
    let before = place
        .run(&["figures", "--fiscal-year", "2023", "--json"])
        .await
        .done();
    let status = place.run(&["status", "--json"]).await.done();
    let position = status.json()["position"].to_string();

    let samples = sample_ledgers();
    let _taken = place
        .run(&["import", samples.to_str().unwrap()])
        .await
        .done();
    let then = place
        .run(&[
            "figures",
            "--fiscal-year",
            "2023",
            "--json",
            "--as-at",
            &position,
        ])
        .await
        .done();
    let now = place
        .run(&["figures", "--fiscal-year", "2023", "--json"])
        .await
        .done();

    assert_eq!(before.json()["consultations"], 0);
    assert_eq!(then.json()["consultations"], 0);
    assert_eq!(now.json()["consultations"], 999);
}
