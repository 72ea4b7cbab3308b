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
async fn characters_of_cp932_and_of_utf8_do_not_make_a_row_another() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join(format!("{}.csv", Register::AdvisorTraining.ja()));
    let header = "記録番号,相談員番号,氏名,所属,実施日,区分,内容,所要分";
    let row =
        |content: &str| format!("{header}\nI1,T1,研修　一,事業所,2023/8/13,講義,{content},\n");
    let path = folder.to_str().unwrap();

    std::fs::write(&file, row("９時～１１時、－、∥、―")).unwrap();
    let _taken = place.run(&["import", path]).await.done();
    std::fs::write(&file, row("９時〜１１時、−、‖、—")).unwrap();
    let again = place.run(&["import", path]).await.done();

    assert!(again.out.contains("登録 0  登録済 1"), "{}", again.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_happened_more_than_a_year_ago_are_counted_in_the_summary() {
    let place = Place::initialised(Engine::Sqlite).await;
    let folder = place.folder().join("台帳");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join(format!("{}.csv", Register::AdvisorTraining.ja()));
    let rows = "記録番号,相談員番号,氏名,所属,実施日,区分,内容,所要分\nI1,T1,,,2023/4/1,受講開始,,\nI2,T1,,,2023/4/2,講義,,\nI3,T1,,,2024/4/1,修了,,\n";
    std::fs::write(&file, rows).unwrap();
    let import = ["import", folder.to_str().unwrap(), "--json"];

    let first = place.run(&import).await.done().json();
    let again = place.run(&import).await.done().json();

    assert_eq!(first["files"][0]["recorded_late"], 1, "{first}");
    assert_eq!(again["files"][0]["recorded_late"], 0, "{again}");
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
