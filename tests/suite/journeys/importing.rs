//! Registers come in: once, whole, and the same into both stores.

use ledger_core::code::Register;
use ledger_tests::ledger::Engine;
use ledger_tests::program::{Place, sample_ledgers};

async fn head(place: &Place) -> u64 {
    let answer = place
        .run(&["figures", "--fiscal-year", "2021", "--json"])
        .await
        .done();
    answer.json()["as_at"].as_u64().unwrap()
}

async fn a_second_import_takes_nothing(engine: Engine) {
    let place = Place::with_samples(engine).await;
    let before = head(&place).await;

    let samples = sample_ledgers();
    let again = place
        .run(&["import", samples.to_str().unwrap(), "--json"])
        .await
        .done();

    assert_eq!(head(&place).await, before, "{}", again.out);
    for file in again.json()["files"].as_array().unwrap() {
        assert_eq!(
            (&file["taken"], &file["rejected"]),
            (&0.into(), &0.into()),
            "{file}"
        );
    }
    assert!(!place.folder().join("care-ledger-rejects.csv").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_import_takes_nothing_on_sqlite() {
    a_second_import_takes_nothing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_import_takes_nothing_on_postgres() {
    a_second_import_takes_nothing(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notation_width_and_column_order_do_not_make_a_row_another() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let before = head(&place).await;
    let folder = place.folder().join("again");
    std::fs::create_dir(&folder).unwrap();
    let name = format!("{}.csv", Register::AdvisorTraining.ja());
    let row = "区分,記録番号,相談員番号,氏名,所属,実施日,内容,所要分\n受講開始,ｉ０００１,ｔ０１, 研修　二 ,見本相談支援事業所１,2021年8月13日,,１８０\n";
    std::fs::write(folder.join(name), row).unwrap();

    let again = place
        .run(&["import", folder.to_str().unwrap()])
        .await
        .done();

    assert_eq!(head(&place).await, before, "{}", again.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_stores_tell_every_timeline_in_the_same_bytes() {
    let (sqlite, postgres) = (
        Place::with_samples(Engine::Sqlite).await,
        Place::with_samples(Engine::Postgres).await,
    );

    for number in 1..=90 {
        let child = format!("C{number:03}");
        let ask = ["timeline", &child, "--json"];
        let (one, other) = (
            sqlite.run(&ask).await.done(),
            postgres.run(&ask).await.done(),
        );
        assert_eq!(one.out, other.out, "{child}");
        assert!(one.out.contains("consultation-recorded"), "{child}");
    }
}
