//! The ledger in a file: what is refused at opening, and what the file itself refuses.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger_core::id::LedgerId;
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{ExpectedRevision, Limits, OpenError};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{OpenStore, append, event, read_log};
use ledger_tests::samples;
use rusqlite::Connection;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("log.db")
    }

    /// A new ledger, and a tool's connection to its file.
    fn ledger(&self) -> Connection {
        SqliteStore::create(&self.file(), LedgerId::new(samples::uuid(1))).unwrap();
        Connection::open(self.file()).unwrap()
    }
}

fn open(path: &Path) -> Result<OpenStore, OpenError> {
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    let (store, background) = SqliteStore::open(path, clock, Limits::default())?;
    Ok(OpenStore::new(Arc::new(store), background))
}

fn refusal(path: &Path) -> OpenError {
    match open(path) {
        Err(error) => error,
        Ok(_) => panic!("it opened"),
    }
}

#[tokio::test]
async fn a_missing_file_is_not_found_and_not_made() {
    let folder = Folder::new();

    let error = refusal(&folder.file());

    assert!(matches!(error, OpenError::NotFound), "{error:?}");
    assert!(!folder.file().exists());
}

#[tokio::test]
async fn a_file_that_is_no_ledger_is_refused_and_left_alone() {
    let folder = Folder::new();
    let (text, others, empty) = (
        folder.0.path().join("text"),
        folder.0.path().join("others.db"),
        folder.0.path().join("empty"),
    );
    std::fs::write(&text, "この相談は記録されていません".repeat(100)).unwrap();
    std::fs::write(&empty, "").unwrap();
    let connection = Connection::open(&others).unwrap();
    connection
        .execute_batch("CREATE TABLE head (x); CREATE TABLE other (y)")
        .unwrap();
    drop(connection);

    for path in [&text, &others, &empty] {
        let before = std::fs::read(path).unwrap();
        let error = refusal(path);
        assert!(matches!(error, OpenError::NotALedger), "{error:?}");
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
    for path in [&text, &others] {
        let before = std::fs::read(path).unwrap();
        let made = SqliteStore::create(path, LedgerId::new(samples::uuid(1)));
        assert!(matches!(made, Err(OpenError::Exists)));
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
    // What a program leaves that was killed before its ledger stood there.
    let made = SqliteStore::create(&empty, LedgerId::new(samples::uuid(1)));
    assert!(made.is_ok());
}

#[tokio::test]
async fn a_ledger_of_a_newer_program_is_refused_by_its_version() {
    let folder = Folder::new();
    let tool = folder.ledger();
    tool.execute_batch("INSERT INTO migration VALUES (99, '0099_later.sql', 'x', 0)")
        .unwrap();

    let error = refusal(&folder.file());

    assert!(
        matches!(error, OpenError::NewerSchema { found: 99, known } if known < 99),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_migration_with_another_text_is_refused_by_its_number() {
    let folder = Folder::new();
    let tool = folder.ledger();
    tool.execute_batch("UPDATE migration SET sha256 = 'another'")
        .unwrap();

    let error = refusal(&folder.file());

    assert!(
        matches!(error, OpenError::EditedMigration { version: 1 }),
        "{error:?}"
    );
}

/// With two events, of which the second has a sealed part.
async fn written(folder: &Folder) -> Connection {
    let tool = folder.ledger();
    let store = open(&folder.file()).unwrap();
    let mut sealed = event(b"clear");
    sealed.sealed = Some(bytes::Bytes::from_static(b"ciphertext"));
    let events = vec![event(b"first"), sealed];
    append(&*store, "a-1", ExpectedRevision::NoStream, events).await;
    tool
}

#[tokio::test]
async fn the_file_refuses_to_change_or_remove_what_was_written() {
    let folder = Folder::new();
    let tool = written(&folder).await;
    let before = read_log(&*open(&folder.file()).unwrap()).await;

    for sql in [
        "UPDATE events SET data = metadata",
        "UPDATE events SET position = position + 9",
        "UPDATE events SET sealed = NULL",
        "UPDATE events SET sealed = NULL, sealed_sha256 = zeroblob(31)",
        "UPDATE events SET sealed = NULL, sealed_sha256 = zeroblob(32), data = metadata",
        "UPDATE events SET sealed = zeroblob(1), sealed_sha256 = zeroblob(32)",
        "DELETE FROM events",
        "REPLACE INTO events SELECT position, stream_id, revision, event_id, type_id, recorded_at, content_type, metadata, metadata, sealed, sealed_sha256, leaf_hash FROM events WHERE position = 1",
        "REPLACE INTO events SELECT 3, stream_id, revision, event_id, type_id, recorded_at, content_type, metadata, metadata, sealed, sealed_sha256, leaf_hash FROM events WHERE position = 1",
        "UPDATE streams SET name = 'b-1'",
        "DELETE FROM streams",
        "REPLACE INTO streams VALUES (1, 'b-1', 'b')",
        "UPDATE event_types SET name = 'other'",
        "DELETE FROM event_types",
        "REPLACE INTO event_types VALUES (1, 'other')",
    ] {
        let refused = tool.execute_batch(sql);
        let error = refused.expect_err(sql).to_string();
        assert!(error.contains("LG002"), "{sql}: {error}");
    }

    assert_eq!(read_log(&*open(&folder.file()).unwrap()).await, before);
}

#[tokio::test]
async fn a_sealed_part_may_be_blanked_for_its_hash_and_nothing_else() {
    let folder = Folder::new();
    let tool = written(&folder).await;

    let blank =
        "UPDATE events SET sealed = NULL, sealed_sha256 = randomblob(32) WHERE position = 2";
    tool.execute_batch(blank).unwrap();
    let again = tool.execute_batch(blank);

    assert!(again.is_err(), "the hash is as fixed as the rest");
    let log = read_log(&*open(&folder.file()).unwrap()).await;
    assert!(log[1].sealed.is_none() && log[1].sealed_sha256.is_some());
}

#[tokio::test]
async fn a_ledger_opens_and_reads_while_another_process_holds_the_write_lock() {
    let folder = Folder::new();
    let tool = written(&folder).await;
    tool.execute_batch("BEGIN IMMEDIATE").unwrap();

    let store = open(&folder.file()).unwrap();

    assert_eq!(read_log(&*store).await.len(), 2);
}

#[tokio::test]
async fn a_ledger_of_an_older_program_is_brought_up_to_date() {
    let folder = Folder::new();
    let tool = written(&folder).await;
    tool.execute_batch(
        "DROP TRIGGER events_never_replaced; DROP TRIGGER streams_never_replaced; DROP TRIGGER event_types_never_replaced; DELETE FROM migration WHERE version = 2",
    )
    .unwrap();

    let store = open(&folder.file()).unwrap();

    assert_eq!(read_log(&*store).await.len(), 2);
    let replace = "REPLACE INTO streams VALUES (1, 'b-1', 'b')";
    assert!(tool.execute_batch(replace).is_err());
    let versions: i64 = tool
        .query_row("SELECT count(*) FROM migration", [], |row| row.get(0))
        .unwrap();
    assert_eq!(versions, 2);
}
