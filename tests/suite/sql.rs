//! Every SQL text of the views is one that both engines understand, and means the same on both.

use std::fs;
use std::path::{Path, PathBuf};

use ledger_core::id::Position;
use ledger_projections::views::{Row, Statement, Value};
use ledger_projections::{catch_up, consumer, generation};
use ledger_tests::ledger::{Engine, TestLedger};

/// Every SQL file below a folder, but those that only one engine runs.
fn sql_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sql_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            files.push(path);
        }
    }
    files
}

async fn every_text_prepares(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    catch_up::catch_up(
        &*ledger.store,
        &ledger.views,
        Position::default(),
        &mut |_, _| {},
    )
    .await
    .unwrap();
    consumer::prepare(&ledger.views).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../projections/src");

    let files = sql_files(&folder);
    assert!(files.len() > 10, "the files are found");
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        if name.starts_with("sqlite_")
            || name.starts_with("postgres_")
            || ["schema.sql", "discard.sql"].contains(&name)
            || name.starts_with("index_")
        {
            continue;
        }
        let sql = fs::read_to_string(&file).unwrap();
        let prepared = ledger.views.prepare(1, &sql).await;
        assert!(prepared.is_ok(), "{}: {prepared:?}", file.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_of_the_views_prepares_on_sqlite() {
    every_text_prepares(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_of_the_views_prepares_on_postgres() {
    every_text_prepares(Engine::Postgres).await;
}

async fn parameters_are_bound_by_name(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    let sql = "SELECT CAST($2 AS text), CAST($1 AS bigint), CAST($2 AS text)";
    let parameters = vec![Value::from(7), Value::from("二")];

    let rows = ledger.views.query(0, sql, parameters).await.unwrap();

    assert_eq!(
        rows,
        [Row(vec![
            Value::from("二"),
            Value::from(7),
            Value::from("二")
        ])]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_are_bound_by_name_on_both_engines() {
    parameters_are_bound_by_name(Engine::Sqlite).await;
    parameters_are_bound_by_name(Engine::Postgres).await;
}

async fn a_batch_is_written_whole_or_not_at_all(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    generation::prepare(&ledger.views).await.unwrap();
    let new = "INSERT INTO projection (name, generation, version, position, state) VALUES ($1, 1, 1, 0, 'live')";
    let guard = "UPDATE projection SET position = 1 WHERE name = $1 AND position = 99";

    let batch = vec![
        Statement::on(0, new, vec![Value::from("x")]),
        Statement::on(0, guard, vec![Value::from("x")]).guarding(),
    ];
    let lost = ledger.views.write(batch).await;

    assert!(
        matches!(lost, Err(ledger_projections::views::ViewsError::Lost)),
        "{lost:?}"
    );
    assert_eq!(generation::generations(&ledger.views).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_written_whole_or_not_at_all_on_both_engines() {
    a_batch_is_written_whole_or_not_at_all(Engine::Sqlite).await;
    a_batch_is_written_whole_or_not_at_all(Engine::Postgres).await;
}
