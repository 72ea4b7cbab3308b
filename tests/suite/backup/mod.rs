//! A backup holds every stored byte, and a ledger that is made of it is the same on either engine.

mod damage;
mod golden;

use std::sync::Arc;

use ledger_core::backup::{Reader, WriteError, Written, write};
use ledger_core::id::Position;
use ledger_core::proof::Hash;
use ledger_core::store::audit::audit;
use ledger_core::store::postgres::{LedgerName, PostgresStore, restore};
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{ExpectedRevision, LedgerStore, Limits, StoredEvent};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{OpenStore, append, event, events, read_log};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{Engine, TestLedger, address};

const MADE_AT: &str = "2024-04-02T03:04:05.000006Z";

async fn try_backup(
    store: &dyn LedgerStore,
    until: Option<u64>,
) -> Result<(Written, String), WriteError> {
    let (mut file, until) = (Vec::new(), until.map(Position::new));
    let made_at = MADE_AT.parse().unwrap();
    let written = write(store, until, made_at, &mut file, &mut |_, _| {}).await?;
    assert_eq!(u64::try_from(file.len()).unwrap(), written.bytes);
    Ok((written, String::from_utf8(file).unwrap()))
}

async fn backup(store: &dyn LedgerStore) -> String {
    try_backup(store, None).await.unwrap().1
}

/// A ledger that was made of a backup, with what goes when it does.
struct Restored {
    store: OpenStore,
    _folder: tempfile::TempDir,
    _database: Option<TestDatabase>,
}

async fn restored(engine: Engine, file: &str, until: Option<u64>) -> Restored {
    let mut reader = Reader::new(file.as_bytes()).unwrap();
    if let Some(until) = until {
        reader = reader.until(Position::new(until));
    }
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    match engine {
        Engine::Sqlite => {
            let path = folder.path().join("log.db");
            SqliteStore::restore(&path, &mut reader, &mut |_, _| {}).unwrap();
            let (store, background) = SqliteStore::open(&path, clock, Limits::default()).unwrap();
            Restored {
                store: OpenStore::new(Arc::new(store), background),
                _folder: folder,
                _database: None,
            }
        },
        Engine::Postgres => {
            let database = TestDatabase::new().await;
            let role = format!("{}_app", database.name());
            let admin = address(&database, &database.url());
            let app_role = LedgerName::new(&role).unwrap();
            restore(&admin, &app_role, &mut reader, &mut |_, _| {})
                .await
                .unwrap();
            let app = address(&database, &database.url_as(&role));
            let opened = PostgresStore::open(app, clock, Limits::default()).await;
            let (store, background) = opened.unwrap();
            Restored {
                store: OpenStore::new(Arc::new(store), background),
                _folder: folder,
                _database: Some(database),
            }
        },
    }
}

/// Events whose bytes a careless file would change, two streams among each other, one event sealed.
async fn odd(engine: Engine) -> TestLedger {
    let ledger = TestLedger::new(engine).await;
    let odd: [&[u8]; 7] = [
        b"",
        b"{\"a\" : 1.0}",
        "\u{0}\u{1f}\"\\/\u{7f}\u{2028}見本\u{1F9D2}".as_bytes(),
        b"\xff\xfe\x00\x80",
        b"line\r\nline\n",
        "か\u{3099}".as_bytes(),
        b"\xef\xbb\xbfbom",
    ];
    for (n, bytes) in (0..).zip(odd) {
        let mut one = event(bytes);
        one.metadata = bytes::Bytes::copy_from_slice(bytes);
        one.sealed = (n == 3).then(|| bytes::Bytes::from_static(b"\x00ciphertext\xff"));
        let stream = ["a-\"1\"", "b"][n % 2];
        ledger
            .clock
            .advance(std::time::Duration::from_micros(1_000_001));
        append(&*ledger.store, stream, ExpectedRevision::Any, vec![one]).await;
    }
    ledger
}

async fn same_events(store: &dyn LedgerStore, wanted: &[StoredEvent]) {
    assert_eq!(read_log(store).await, wanted);
    let found = audit(store, None, None, &mut |_, _| {}).await.unwrap();
    assert_eq!(found.fault, None);
}

async fn every_byte_survives(engine: Engine) {
    let ledger = odd(engine).await;
    let (log, head) = (
        read_log(&*ledger.store).await,
        ledger.store.head().await.unwrap(),
    );
    let file = backup(&*ledger.store).await;

    for engine in [Engine::Sqlite, Engine::Postgres] {
        let again = restored(engine, &file, None).await;

        same_events(&*again.store, &log).await;
        assert_eq!(again.store.head().await.unwrap(), head);
        assert_eq!(again.store.ledger_id(), ledger.id);
        assert_eq!(backup(&*again.store).await, file);
        // The next event goes on where the ledger stood.
        let next = append(
            &*again.store,
            "b",
            ExpectedRevision::Exact(log[5].revision),
            events(1),
        )
        .await;
        assert_eq!(next.position, head.position.plus(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_byte_of_a_sqlite_ledger_survives_on_both_engines() {
    every_byte_survives(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_byte_of_a_postgres_ledger_survives_on_both_engines() {
    every_byte_survives(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_ledger_has_a_backup_too() {
    let ledger = TestLedger::new(Engine::Sqlite).await;
    let file = backup(&*ledger.store).await;

    assert_eq!(file.lines().count(), 2);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let again = restored(engine, &file, None).await;
        assert_eq!(backup(&*again.store).await, file);
    }
}

async fn an_erased_ciphertext_stays_erased(engine: Engine) {
    let ledger = odd(engine).await;
    let hash = Hash::of(b"\x00ciphertext\xff");
    let full = backup(&*ledger.store).await;
    if let Some(database) = ledger.database() {
        let sql = format!(
            "UPDATE \"{}\".events SET sealed = NULL, sealed_sha256 = sha256(sealed) WHERE position = 4",
            database.name()
        );
        database.connect().await.batch_execute(&sql).await.unwrap();
    } else {
        let file = rusqlite::Connection::open(ledger.folder().join("log.db")).unwrap();
        let sql = "UPDATE events SET sealed = NULL, sealed_sha256 = ?1 WHERE position = 4";
        assert_eq!(file.execute(sql, [hash.as_bytes()]).unwrap(), 1);
    }
    let file = backup(&*ledger.store).await;

    assert_ne!(file, full);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let again = restored(engine, &file, None).await;
        let log = read_log(&*again.store).await;
        assert_eq!((&log[3].sealed, log[3].sealed_sha256), (&None, Some(hash)));
        same_events(&*again.store, &read_log(&*ledger.store).await).await;
        // The tree is the one from before the erasure.
        let head = |file: &str| file.lines().next().unwrap().to_owned();
        assert_eq!(head(&backup(&*again.store).await), head(&full));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_ciphertext_stays_erased_on_both_engines() {
    an_erased_ciphertext_stays_erased(Engine::Sqlite).await;
    an_erased_ciphertext_stays_erased(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_ledger_is_the_same_whichever_side_cut_it() {
    let ledger = odd(Engine::Sqlite).await;
    let whole = backup(&*ledger.store).await;
    let (written, cut) = try_backup(&*ledger.store, Some(3)).await.unwrap();

    assert_eq!(written.header.head.position, Position::new(3));
    assert_eq!(written.header.epoch, 1, "another line of history");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let of_cut = restored(engine, &cut, None).await;
        let of_whole = restored(engine, &whole, Some(3)).await;
        assert_eq!(backup(&*of_cut.store).await, cut);
        assert_eq!(backup(&*of_whole.store).await, cut);
        same_events(&*of_whole.store, &read_log(&*ledger.store).await[..3]).await;
    }
    let at_head = try_backup(&*ledger.store, Some(7)).await.unwrap().1;
    assert_eq!(at_head, whole, "nothing is cut at the head");
    let beyond = try_backup(&*ledger.store, Some(8)).await;
    assert!(matches!(beyond, Err(WriteError::Beyond { head }) if head == Position::new(7)));
}

async fn a_backup_is_consistent_while_others_append(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    for _ in 0..3 {
        append(&*ledger.store, "a", ExpectedRevision::Any, events(1_000)).await;
    }
    let store = ledger.shared();
    let writing = async {
        for _ in 0..40 {
            append(&*store, "a", ExpectedRevision::Any, events(50)).await;
        }
    };
    let reading = async {
        let mut files = Vec::new();
        for _ in 0..3 {
            files.push(try_backup(&*ledger.store, None).await.unwrap());
        }
        files
    };

    let ((), files) = tokio::join!(writing, reading);

    let head = ledger.store.head().await.unwrap();
    assert_eq!(head.position, Position::new(5_000));
    assert!(
        files
            .iter()
            .any(|(written, _)| written.header.head.position < head.position)
    );
    for (written, file) in files {
        let mut reader = Reader::new(file.as_bytes()).unwrap();
        let checked = reader.check(&mut |_, _| {}).unwrap();
        assert_eq!(checked, written.header.head);
        let since = audit(&*ledger.store, None, Some(checked), &mut |_, _| {}).await;
        assert_eq!(since.unwrap().fault, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_consistent_while_others_append_on_sqlite() {
    a_backup_is_consistent_while_others_append(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_consistent_while_others_append_on_postgres() {
    a_backup_is_consistent_while_others_append(Engine::Postgres).await;
}
