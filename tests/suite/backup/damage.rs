//! A file that was changed or cut anywhere is refused, and so is a ledger that is damaged itself.

use ledger_core::backup::{BackupError, FileFault, Reader, WriteError};
use ledger_core::id::Revision;
use ledger_core::proof::{Frontier, Hash, Leaf};
use ledger_core::store::ExpectedRevision;
use ledger_core::store::audit::{Fault, audit};
use ledger_tests::conformance::{append, events};
use ledger_tests::ledger::{Engine, TestLedger};

use super::{backup, odd, restored, try_backup};

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

/// The leaf's hash of an event's line as it stands.
fn leaf(line: &str) -> (String, Hash) {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| value[key].as_str().unwrap().to_owned();
    let leaf = Leaf {
        id: text("id").parse().unwrap(),
        stream: &text("stream"),
        revision: Revision::new(value["revision"].as_u64().unwrap()),
        event_type: &text("type"),
        content_type: &text("content_type"),
        recorded_at: text("recorded_at").parse().unwrap(),
        data: Hash::of(text("data").as_bytes()),
        metadata: Hash::of(text("metadata").as_bytes()),
        sealed: None,
    };
    (text("leaf_hash"), leaf.hash())
}

/// What a line names as the head, or as the hash over the file.
fn named(line: &str, key: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    value[key].as_str().unwrap().to_owned()
}

/// A backup of five events, the fourth changed by somebody who knows the format: its own hash fits, and
/// if `whole`, the tree and the hash over the file do, too.
async fn forged(from: &str, to: &str, whole: bool) -> (TestLedger, String) {
    let ledger = TestLedger::new(Engine::Sqlite).await;
    for one in events(5) {
        ledger.clock.advance(std::time::Duration::from_secs(1));
        append(&*ledger.store, "a", ExpectedRevision::Any, vec![one]).await;
    }
    let file = backup(&*ledger.store).await;
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    lines[4] = lines[4].replacen(from, to, 1);
    let mut tree = Frontier::default();
    for line in &mut lines[1..6] {
        let (old, new) = leaf(line);
        *line = line.replace(&old, &new.to_string());
        tree.push(new);
    }
    if whole {
        let (old, new) = (named(&lines[0], "head"), format!("5:{}", tree.root()));
        lines[0] = lines[0].replace(&old, &new);
        let before = lines[..6].join("\n") + "\n";
        let (sum, over) = (named(&lines[6], "sha256"), Hash::of(before.as_bytes()));
        lines[6] = lines[6]
            .replace(&old, &new)
            .replace(&sum, &over.to_string());
    }
    (ledger, lines.join("\n") + "\n")
}

const DATA: (&str, &str) = ("\"data\":\"3\"", "\"data\":\"9\"");

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_was_forged_with_its_hash_is_found_by_the_tree() {
    let (_ledger, file) = forged(DATA.0, DATA.1, false).await;

    assert_eq!(fault(file.as_bytes()), (1, FileFault::Head));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_no_ledger_can_have_is_refused_though_its_hashes_fit() {
    for revision in ["2", "4", "0"] {
        let to = format!("\"revision\":{revision}");
        let (_ledger, file) = forged("\"revision\":3", &to, true).await;
        assert_eq!(fault(file.as_bytes()), (5, FileFault::Revision), "{to}");
    }
    let (_ledger, file) = forged("\"stream\":\"a\"", "\"stream\":\"b\"", true).await;
    assert_eq!(fault(file.as_bytes()), (5, FileFault::Revision));
    let (_ledger, file) = forged("00:00:04.", "00:00:01.", true).await;
    assert_eq!(fault(file.as_bytes()), (5, FileFault::TimeBackwards));
}

/// A backup is consistent, which is not yet true: a head that was written down elsewhere tells.
#[tokio::test(flavor = "multi_thread")]
async fn a_history_rewritten_as_a_whole_is_found_by_the_head_written_down_before() {
    let (ledger, file) = forged(DATA.0, DATA.1, true).await;
    let written_down = ledger.store.head().await.unwrap().checkpoint();

    let again = restored(Engine::Sqlite, &file, None).await;

    let since = audit(&*again.store, None, Some(written_down), &mut |_, _| {}).await;
    let fault = since.unwrap().fault;
    assert!(matches!(fault, Some(Fault::NotAPrefix { .. })), "{fault:?}");
}
