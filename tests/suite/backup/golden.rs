//! The files as they are written for ever: new ones equal the golden ones, and those still read.

use ledger_core::backup::keys::KeysBackup;
use ledger_core::id::{EventId, KeyId, LedgerId};
use ledger_core::seal::KeyRow;
use ledger_core::store::{ExpectedRevision, NewEvent};
use ledger_tests::conformance::{append, event, read_log};
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::samples;

use super::{MADE_AT, backup, restored, same_events};

/// The same events each time, with ids and times of their own.
async fn fixed(engine: Engine) -> TestLedger {
    let ledger = TestLedger::new(engine).await;
    let one = |n: u8, data: &'static [u8], sealed: Option<&'static [u8]>| NewEvent {
        id: EventId::new(samples::uuid(n.into())),
        metadata: bytes::Bytes::from_static(b"{\"schema\":1}"),
        sealed: sealed.map(bytes::Bytes::from_static),
        content_type: "application/json".to_owned(),
        ..event(data)
    };
    let parts = [
        (
            "child-1",
            vec![
                one(1, "{\"note\":\"見本\\n\"}".as_bytes(), Some(b"ciphertext")),
                one(2, b"{}", None),
            ],
        ),
        ("programme", vec![one(3, b"\xff\x00", None)]),
    ];
    for (stream, events) in parts {
        ledger.clock.advance(std::time::Duration::from_secs(1));
        append(&*ledger.store, stream, ExpectedRevision::NoStream, events).await;
    }
    ledger
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_written_as_it_always_was() {
    let golden = include_str!("../../golden/backup@1.jsonl");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let ledger = fixed(engine).await;

        assert_eq!(backup(&*ledger.store).await, golden);
        let again = restored(engine, golden, None).await;
        same_events(&*again.store, &read_log(&*ledger.store).await).await;
    }
}

fn keys() -> KeysBackup {
    let row = |n: u8, scope: &str, wrapped: Option<&[u8]>| KeyRow {
        id: KeyId::new(samples::uuid(n.into())),
        scope: scope.to_owned(),
        wrapped: wrapped.map(<[u8]>::to_vec),
    };
    let rows = vec![
        row(3, "register-mac", Some(b"wrapped 3")),
        row(1, "check", Some(b"wrapped 1")),
        row(2, "child-1/record/2021", None),
    ];
    KeysBackup::new(
        LedgerId::new(samples::uuid(1)),
        MADE_AT.parse().unwrap(),
        rows,
    )
}

#[test]
fn a_backup_of_keys_is_written_as_it_always_was() {
    let mut file = Vec::new();
    keys().write(&mut file).unwrap();

    let golden = include_str!("../../golden/keys-backup@1.jsonl");
    assert_eq!(String::from_utf8(file).unwrap(), golden);
    assert_eq!(KeysBackup::read(golden.as_bytes()).unwrap(), keys());
}

#[test]
fn a_backup_of_keys_that_was_changed_or_cut_anywhere_is_refused() {
    let mut file = Vec::new();
    keys().write(&mut file).unwrap();

    for at in 0..file.len() {
        let mut flipped = file.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(KeysBackup::read(&flipped[..]).is_err(), "byte {at}");
        assert!(KeysBackup::read(&file[..at]).is_err(), "cut at {at}");
    }
    file.extend_from_slice(b"\n");
    assert!(KeysBackup::read(&file[..]).is_err());
}
