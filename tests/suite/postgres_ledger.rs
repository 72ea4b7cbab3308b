//! A ledger on PostgreSQL is made, brought up to date, and refused in one clear sentence.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ledger_core::id::LedgerId;
use ledger_core::store::postgres::{Address, LedgerName, PostgresStore, create, migrate};
use ledger_core::store::{ExpectedRevision, Limits, OpenError, ReadStream};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{OpenStore, append, event, events, read_log, stream};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{address, postgres};
use ledger_tests::samples;
use ledger_tests::server::Server;

fn id() -> LedgerId {
    LedgerId::new(samples::uuid(1))
}

async fn try_open(address: Address, limits: Limits) -> Result<OpenStore, OpenError> {
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    let (store, background) = PostgresStore::open(address, clock, limits).await?;
    Ok(OpenStore::new(Arc::new(store), background))
}

async fn refusal(address: Address) -> OpenError {
    let opened = try_open(address, Limits::default()).await;
    opened.err().expect("it is refused")
}

/// Runs a text on the ledger's schema as the superuser.
async fn change(database: &TestDatabase, sql: &str) {
    let sql = sql.replace('@', database.name());
    database.connect().await.batch_execute(&sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_of_the_log_prepares() {
    let database = TestDatabase::new().await;
    postgres(&database, id()).await;
    let client = database.connect().await;
    let name = database.name();
    let path = format!("SET search_path = \"{name}\", pg_temp");
    client.batch_execute(&path).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/store/postgres/sql");

    let mut texts = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let mut text = text.replace("@ledger@", name);
        for number in ["@from@", "@rows@"] {
            text = text.replace(number, "1");
        }
        for statement in text.split_terminator(';') {
            let prepared = client.prepare(statement).await;
            assert!(prepared.is_ok(), "{}: {prepared:?}", file.display());
            texts += 1;
        }
    }
    assert!(texts > 20, "the files are found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_ledger_of_the_same_name_is_refused_and_the_first_stays() {
    let database = TestDatabase::new().await;
    let app = postgres(&database, id()).await;
    let store = try_open(app, Limits::default()).await.unwrap();
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;
    let role = LedgerName::new(&format!("{}_app", database.name())).unwrap();

    let admin = address(&database, &database.url());
    let refused = create(&admin, LedgerId::new(samples::uuid(2)), &role).await;

    assert!(matches!(refused, Err(OpenError::Exists)), "{refused:?}");
    assert_eq!(read_log(&*store).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_is_no_superuser_makes_a_ledger_named_like_a_word_of_sql() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    let grant = "CREATE ROLE ward LOGIN CREATEROLE; GRANT CREATE ON DATABASE @ TO ward";
    change(&database, grant).await;
    let named = |role: &str| -> Address {
        let url = database.url_as(role);
        let mark = if url.contains('?') { '&' } else { '?' };
        format!("{url}{mark}ledger=table").parse().unwrap()
    };

    create(&named("ward"), id(), &LedgerName::new("user").unwrap())
        .await
        .unwrap();
    migrate(&named("ward")).await.unwrap();

    let store = try_open(named("user"), Limits::default()).await.unwrap();
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;
    assert_eq!(store.ledger_id(), id());
}

#[tokio::test(flavor = "multi_thread")]
async fn migrating_makes_functions_and_rights_anew_and_keeps_the_events() {
    let database = TestDatabase::new().await;
    let app = postgres(&database, id()).await;
    let store = try_open(app.clone(), Limits::default()).await.unwrap();
    append(&*store, "a-1", ExpectedRevision::NoStream, events(2)).await;
    drop(store);
    change(
        &database,
        "DROP FUNCTION @.append_events; DROP TRIGGER events_never_changed ON @.events; \
         GRANT EXECUTE ON FUNCTION @.take_lease TO PUBLIC",
    )
    .await;

    migrate(&address(&database, &database.url())).await.unwrap();

    let store = try_open(app, Limits::default()).await.unwrap();
    append(&*store, "a-1", ExpectedRevision::Exists, events(1)).await;
    assert_eq!(read_log(&*store).await.len(), 3);
    let client = database.connect().await;
    let open_to_all = "SELECT count(*) FROM pg_proc p, aclexplode(p.proacl) a \
        WHERE p.pronamespace = $1::text::regnamespace AND a.grantee = 0";
    let row = client.query_one(open_to_all, &[&database.name()]).await;
    assert_eq!(row.unwrap().get::<_, i64>(0), 0);
    let update = format!("UPDATE {}.events SET data = metadata", database.name());
    let refused = client.batch_execute(&update).await.unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "LG002");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_role_may_not_migrate() {
    let database = TestDatabase::new().await;
    let app = postgres(&database, id()).await;

    let refused = migrate(&app).await;

    assert!(
        matches!(refused, Err(OpenError::Refused { .. })),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_ledger_of_this_program_is_told_apart() {
    let database = TestDatabase::new().await;
    let admin = address(&database, &database.url());
    let refused = refusal(admin.clone()).await;
    assert!(matches!(refused, OpenError::NotFound), "{refused:?}");
    let refused = migrate(&admin).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotFound), "{refused:?}");

    change(&database, "CREATE SCHEMA @").await;
    let refused = refusal(admin.clone()).await;
    assert!(matches!(refused, OpenError::NotALedger), "{refused:?}");
    let refused = migrate(&admin).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotALedger), "{refused:?}");

    change(&database, "DROP SCHEMA @").await;
    let app = postgres(&database, id()).await;
    change(&database, "REVOKE USAGE ON SCHEMA @ FROM @_app").await;
    let refused = refusal(app).await;
    assert!(matches!(refused, OpenError::Refused { .. }), "{refused:?}");

    change(&database, "UPDATE @.migration SET sha256 = 'x'").await;
    for refused in [
        refusal(admin.clone()).await,
        migrate(&admin).await.unwrap_err(),
    ] {
        let edited = matches!(refused, OpenError::EditedMigration { version: 1 });
        assert!(edited, "{refused:?}");
    }

    change(&database, "UPDATE @.migration SET version = 99").await;
    for refused in [
        refusal(admin.clone()).await,
        migrate(&admin).await.unwrap_err(),
    ] {
        let newer = matches!(refused, OpenError::NewerSchema { found: 99, .. });
        assert!(newer, "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_event_of_a_page_may_be_larger_than_a_page() {
    let database = TestDatabase::new().await;
    let limits = Limits {
        event_bytes: 16 << 20,
        ..Limits::default()
    };
    let app = postgres(&database, id()).await;
    let store = try_open(app, limits).await.unwrap();
    let (large, small) = (vec![7_u8; 9 << 20], vec![8_u8; 3 << 20]);
    let sizes = [&large, &small, &large, &large, &small, &small, &small];
    for data in sizes {
        append(&*store, "a-1", ExpectedRevision::Any, vec![event(data)]).await;
    }

    let expected: Vec<usize> = sizes.iter().map(|data| data.len()).collect();
    let log = read_log(&*store).await;
    let read: Vec<usize> = log.iter().map(|event| event.data.len()).collect();
    assert_eq!(read, expected);

    let mut back = ReadStream::whole(stream("a-1"));
    back.direction = ledger_core::store::Direction::Backwards;
    let mut revisions = Vec::new();
    loop {
        let page = store.read_stream(&back).await.unwrap();
        revisions.extend(page.events.iter().map(|event| event.revision.get()));
        let Some(next) = page.next else { break };
        back.from = Some(ledger_core::id::Revision::new(next));
    }
    assert_eq!(revisions, (0..7).rev().collect::<Vec<_>>());
}
