//! Whatever is changed behind the program's back is found, and the first wrong position is named.

use ledger_core::id::Position;
use ledger_core::proof::{Checkpoint, Frontier, Hash};
use ledger_core::store::ExpectedRevision;
use ledger_core::store::audit::{Audit, Fault, audit};
use ledger_tests::conformance::{append, event, events};
use ledger_tests::ledger::{Engine, TestLedger};
use rusqlite::Connection;

/// A ledger of 20 events, the tenth of them sealed.
async fn ledger() -> TestLedger {
    let ledger = TestLedger::new(Engine::Sqlite).await;
    append(&*ledger.store, "a-1", ExpectedRevision::Any, events(9)).await;
    let mut sealed = event(b"clear");
    sealed.sealed = Some(bytes::Bytes::from_static(b"ciphertext"));
    append(&*ledger.store, "b-1", ExpectedRevision::Any, vec![sealed]).await;
    append(&*ledger.store, "a-1", ExpectedRevision::Any, events(10)).await;
    ledger
}

/// Changes the file as somebody with the file in hand would: triggers do not stop them.
fn tamper(ledger: &TestLedger, sql: &str) {
    let connection = Connection::open(ledger.folder().join("log.db")).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
    let drop: String = connection
        .query_row(triggers, [], |row| row.get(0))
        .unwrap();
    connection.execute_batch(&drop).unwrap();
    connection.execute_batch(sql).unwrap();
}

async fn look(ledger: &TestLedger, since: Option<Checkpoint>) -> Audit {
    audit(&*ledger.store, None, since, &mut |_, _| {})
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_log_is_clean_and_its_root_is_the_heads() {
    let ledger = ledger().await;

    let found = look(&ledger, None).await;

    let head = ledger.store.head().await.unwrap();
    assert_eq!(found.fault, None);
    assert_eq!(
        (found.head.position, found.head.root),
        (head.position, head.frontier.root())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_changed_column_is_found_at_its_position() {
    let changes = [
        "data = CAST('1' AS BLOB)",
        "metadata = CAST('{ }' AS BLOB)",
        "sealed = CAST('ciphertexT' AS BLOB)",
        "sealed = NULL",
        "event_id = zeroblob(16)",
        "stream_id = 1, revision = 99",
        "recorded_at = recorded_at + 1",
        "content_type = 'text/plain'",
        "leaf_hash = zeroblob(32)",
        "sealed = NULL, sealed_sha256 = zeroblob(32)",
    ];
    for change in changes {
        let ledger = ledger().await;
        tamper(
            &ledger,
            &format!("UPDATE events SET {change} WHERE position = 10"),
        );

        let fault = look(&ledger, None).await.fault;

        assert_eq!(
            fault,
            Some(Fault::Leaf {
                position: Position::new(10)
            }),
            "{change}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_anywhere_in_an_events_data_is_found() {
    let ledger = ledger().await;
    for position in [1, 7, 20_u64] {
        let flip = format!(
            "UPDATE events SET data = CAST(char(unicode(CAST(data AS TEXT)) + 1) AS BLOB) WHERE position = {position}"
        );
        let back = flip.replace("+ 1", "- 1");
        tamper_again(&ledger, &flip);
        assert_eq!(
            look(&ledger, None).await.fault,
            Some(Fault::Leaf {
                position: Position::new(position)
            })
        );
        tamper_again(&ledger, &back);
    }
    assert_eq!(look(&ledger, None).await.fault, None);
}

fn tamper_again(ledger: &TestLedger, sql: &str) {
    let connection = Connection::open(ledger.folder().join("log.db")).unwrap();
    connection
        .execute_batch("DROP TRIGGER IF EXISTS events_never_changed")
        .unwrap();
    assert_eq!(connection.execute(sql, []).unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_moved_event_is_found() {
    let removed = ledger().await;
    tamper(&removed, "DELETE FROM events WHERE position = 5");
    assert_eq!(
        look(&removed, None).await.fault,
        Some(Fault::Gap {
            position: Position::new(5)
        })
    );

    let swapped = ledger().await;
    tamper(
        &swapped,
        "UPDATE events SET position = 99 WHERE position = 3; UPDATE events SET position = 3 WHERE position = 4; UPDATE events SET position = 4 WHERE position = 99",
    );
    assert!(look(&swapped, None).await.fault.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_cut_with_its_head_is_found_by_the_head_written_down_before() {
    let ledger = ledger().await;
    let written_down = look(&ledger, None).await.head;
    let shorter = {
        let cut = TestLedger::new(Engine::Sqlite).await;
        append(&*cut.store, "a-1", ExpectedRevision::Any, events(19)).await;
        cut
    };

    let grown = {
        append(&*ledger.store, "a-1", ExpectedRevision::Any, events(5)).await;
        look(&ledger, Some(written_down)).await
    };
    let rolled_back = look(&shorter, Some(written_down)).await.fault;
    append(&*shorter.store, "a-1", ExpectedRevision::Any, events(9)).await;
    let grown_again = look(&shorter, Some(written_down)).await.fault;

    assert_eq!(grown.fault, None);
    assert_eq!(
        rolled_back,
        Some(Fault::NotAPrefix {
            earlier: written_down,
            found: None
        })
    );
    assert!(matches!(
        grown_again,
        Some(Fault::NotAPrefix { found: Some(_), .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_not_that_of_the_events_is_found() {
    let ledger = ledger().await;
    let position = Position::new(20);
    let mut other = Frontier::default();
    (0..20_u8).for_each(|n| other.push(Hash::of(&[n])));

    let connection = Connection::open(ledger.folder().join("log.db")).unwrap();
    let sql = "UPDATE head SET frontier = ?1";
    assert_eq!(connection.execute(sql, [other.to_bytes()]).unwrap(), 1);

    assert_eq!(
        look(&ledger, None).await.fault,
        Some(Fault::Head { position })
    );
    // Every event fits its hash: short of the head there is nothing to find.
    let to = Some(Position::new(19));
    let short = audit(&*ledger.store, to, None, &mut |_, _| {}).await;
    assert_eq!(short.unwrap().fault, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_itself_refuses_plain_changes() {
    let ledger = ledger().await;
    let connection = Connection::open(ledger.folder().join("log.db")).unwrap();

    for sql in [
        "UPDATE events SET data = metadata",
        "UPDATE events SET sealed = NULL WHERE position = 10",
        "DELETE FROM events",
        "UPDATE streams SET name = 'x'",
        "DELETE FROM streams",
        "UPDATE event_types SET name = 'x'",
        "DELETE FROM event_types",
    ] {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("LG002"), "{sql}: {refused}");
    }
    assert_eq!(look(&ledger, None).await.fault, None);
}
