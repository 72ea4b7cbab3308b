//! PostgreSQL itself refuses to change the log: the app's role by its rights, others by triggers.

use ledger_core::store::ExpectedRevision;
use ledger_core::store::audit::audit;
use ledger_tests::conformance::{append, event};
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::server::connect;

async fn ledger() -> TestLedger {
    let ledger = TestLedger::new(Engine::Postgres).await;
    let mut sealed = event(b"clear");
    sealed.sealed = Some(bytes::Bytes::from_static(b"ciphertext"));
    append(
        &*ledger.store,
        "a-1",
        ExpectedRevision::NoStream,
        vec![sealed],
    )
    .await;
    ledger
}

async fn refusal(client: &tokio_postgres::Client, schema: &str, sql: &str) -> String {
    let sql = sql.replace('@', schema);
    let refused = client.batch_execute(&sql).await;
    let error = refused.expect_err(&sql);
    error
        .code()
        .map(|code| code.code().to_owned())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_role_may_append_and_read_and_nothing_else() {
    let ledger = ledger().await;
    let database = ledger.database().unwrap();
    let app = connect(&database.url_as(&format!("{}_app", database.name())))
        .await
        .unwrap();

    for sql in [
        "INSERT INTO @.events SELECT * FROM @.events",
        "UPDATE @.events SET data = metadata",
        "UPDATE @.head SET position = 0",
        "DELETE FROM @.events",
        "TRUNCATE @.events",
        "DROP TABLE @.events",
        "ALTER TABLE @.events DISABLE TRIGGER ALL",
        "ALTER TABLE @.events ADD COLUMN x text",
        "DROP FUNCTION @.append_events",
        "CREATE TABLE @.x (y text)",
        "DELETE FROM @.lease",
        "SET session_replication_role = replica",
        "SET ROLE @_owner",
    ] {
        assert_eq!(refusal(&app, database.name(), sql).await, "42501", "{sql}");
    }
    assert_eq!(
        audit(&*ledger.store, None, None, &mut |_, _| {})
            .await
            .unwrap()
            .fault,
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn triggers_refuse_a_superusers_plain_changes_in_replica_mode_too() {
    let ledger = ledger().await;
    let database = ledger.database().unwrap();
    let superuser = database.connect().await;

    for mode in ["origin", "replica"] {
        superuser
            .batch_execute(&format!("SET session_replication_role = {mode}"))
            .await
            .unwrap();
        for sql in [
            "UPDATE @.events SET data = metadata",
            "UPDATE @.events SET sealed = NULL",
            "UPDATE @.events SET sealed = NULL, sealed_sha256 = sha256('other')",
            "DELETE FROM @.events",
            "TRUNCATE @.events",
            "UPDATE @.streams SET name = 'x'",
            "DELETE FROM @.streams",
            "TRUNCATE @.streams",
            "UPDATE @.event_types SET name = 'x'",
            "DELETE FROM @.event_types",
        ] {
            assert_eq!(
                refusal(&superuser, database.name(), sql).await,
                "LG002",
                "{mode}: {sql}"
            );
        }
    }
    assert_eq!(
        audit(&*ledger.store, None, None, &mut |_, _| {})
            .await
            .unwrap()
            .fault,
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owners_login_works_and_is_told_apart() {
    let ledger = ledger().await;
    let database = ledger.database().unwrap();
    let address = ledger_tests::ledger::address(database, &database.url());
    let clock = std::sync::Arc::new(ledger.clock.clone());
    let limits = ledger_core::store::Limits::default();

    let (store, _background) =
        ledger_core::store::postgres::PostgresStore::open(address, clock, limits)
            .await
            .unwrap();

    assert!(store.is_elevated());
}
