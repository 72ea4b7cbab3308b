//! A file that was changed or cut anywhere is refused, and so is a ledger that is damaged itself.

use ledger_core::backup::{BackupError, FileFault, Reader, WriteError};
use ledger_core::id::Revision;
use ledger_core::proof::{Hash, Leaf};
use ledger_core::store::ExpectedRevision;
use ledger_tests::conformance::{append, events};
use ledger_tests::ledger::{Engine, TestLedger};

use super::{backup, odd, try_backup};

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_ledger_gives_no_backup() {
    let ledger = odd(Engine::Sqlite).await;
    let file = rusqlite::Connection::open(ledger.folder().join("log.db")).unwrap();
    let sql = "DROP TRIGGER events_never_changed;
        UPDATE events SET data = CAST('x' AS BLOB) WHERE position = 2";
    file.execute_batch(sql).unwrap();

    for until in [None, Some(5)] {
        let refused = try_backup(&*ledger.store, until).await;
        assert!(
            matches!(refused, Err(WriteError::Damaged(_))),
            "{refused:?}"
        );
    }
    assert!(try_backup(&*ledger.store, Some(1)).await.is_ok());
}

fn fault(file: &[u8]) -> (u64, FileFault) {
    let checked = Reader::new(file).and_then(|mut reader| reader.check(&mut |_, _| {}));
    match checked {
        Err(BackupError::Damaged { line, fault }) => (line, fault),
        other => panic!("{other:?}\n{}", String::from_utf8_lossy(file)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_anywhere_in_a_backup_is_found() {
    let ledger = odd(Engine::Sqlite).await;
    let file = backup(&*ledger.store).await.into_bytes();

    for at in 0..file.len() {
        let mut flipped = file.clone();
        flipped[at] ^= 1 << (at % 8);
        let _found = fault(&flipped);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_cut_anywhere_is_found() {
    let ledger = odd(Engine::Sqlite).await;
    let file = backup(&*ledger.store).await.into_bytes();

    for end in 0..file.len() {
        let (line, what) = fault(&file[..end]);
        let lines = file[..end].split(|byte| *byte == b'\n').count() - 1;
        let expected = (u64::try_from(lines).unwrap() + 1, FileFault::Truncated);
        assert_eq!((line, what), expected, "cut at byte {end}");
    }
}

/// Makes an event's own hash fit again, as somebody would who knows the format.
fn forged(line: &str, from: &str, to: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
    let data = value["data"].as_str().unwrap().replace(from, to);
    assert_ne!(value["data"], data.as_str());
    let text = |key: &str| value[key].as_str().unwrap().to_owned();
    let leaf = Leaf {
        id: text("id").parse().unwrap(),
        stream: &text("stream"),
        revision: Revision::new(value["revision"].as_u64().unwrap()),
        event_type: &text("type"),
        content_type: &text("content_type"),
        recorded_at: text("recorded_at").parse().unwrap(),
        data: Hash::of(data.as_bytes()),
        metadata: Hash::of(text("metadata").as_bytes()),
        sealed: None,
    };
    let (old, new) = (text("leaf_hash"), leaf.hash().to_string());
    value["data"] = data.clone().into();
    let old_data = serde_json::from_str::<serde_json::Value>(line).unwrap()["data"].to_string();
    line.replace(&old, &new)
        .replace(&old_data, &value["data"].to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_was_forged_with_its_hash_is_found_by_the_tree() {
    let ledger = TestLedger::new(Engine::Sqlite).await;
    append(&*ledger.store, "a", ExpectedRevision::Any, events(5)).await;
    let file = backup(&*ledger.store).await;
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    lines[3] = forged(&lines[3], "2", "9");

    let found = fault((lines.join("\n") + "\n").as_bytes());

    assert_eq!(found, (1, FileFault::Head));
}
