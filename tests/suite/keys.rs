//! What a key store promises, on both engines.

use std::sync::Arc;

use ledger_core::event::{Codec, Event, Open, Privacy};
use ledger_core::id::{EventId, LedgerId, StreamName};
use ledger_core::seal::{
    KeyEncryptionKey, KeyScope, KeyStore, OpenKeysError, PostgresKeys, Sealer, SqliteKeys,
    SystemRandom,
};
use ledger_core::store::{Append, ExpectedRevision, ReadStream};
use ledger_core::time::{FiscalYear, Occurred};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::samples;

fn kek(folder: &std::path::Path, ledger: u128) -> KeyEncryptionKey {
    let path = folder.join(format!("{ledger}-{}.kek", rand::random::<u64>()));
    KeyEncryptionKey::create(&path, LedgerId::new(samples::uuid(ledger)), &SystemRandom).unwrap()
}

fn scopes() -> [KeyScope; 4] {
    let (one, other) = (StreamName::child(samples::child()), StreamName::programme());
    [
        KeyScope::identity(one.clone()),
        KeyScope::record(one.clone(), FiscalYear::new(2021)),
        KeyScope::record(one, FiscalYear::new(2022)),
        KeyScope::identity(other),
    ]
}

async fn keys_are_made_once_and_kept(first: &dyn KeyStore, second: &dyn KeyStore) {
    let mut ids = Vec::new();
    for scope in scopes() {
        let ((id, key), (again, _)) = (
            first.key_for(&scope).await.unwrap(),
            second.key_for(&scope).await.unwrap(),
        );
        assert_eq!(id, again, "both openings get one key");
        assert!(second.key(id).await.unwrap().is_some());
        drop(key);
        ids.push(id);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), scopes().len(), "each scope has a key of its own");
    let row = b"row";
    assert_eq!(
        first.mac_key().await.unwrap().mac(row),
        second.mac_key().await.unwrap().mac(row)
    );
    let unknown = ledger_core::id::KeyId::new(samples::uuid(77));
    assert!(first.key(unknown).await.unwrap().is_none());
}

#[tokio::test]
async fn a_key_store_in_a_file_keeps_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let (path, kek, random) = (
        folder.path().join("x.keys"),
        kek(folder.path(), 1),
        Arc::new(SystemRandom),
    );

    let first = SqliteKeys::create_file(&path, kek.clone(), random.clone())
        .await
        .unwrap();
    let second = SqliteKeys::open_file(&path, kek, random).await.unwrap();

    keys_are_made_once_and_kept(&first, &second).await;
}

#[tokio::test]
async fn a_key_store_in_a_database_keeps_its_keys() {
    let (folder, database) = (tempfile::tempdir().unwrap(), TestDatabase::new().await);
    let (kek, random) = (kek(folder.path(), 1), Arc::new(SystemRandom));
    let config = || database.url().parse::<tokio_postgres::Config>().unwrap();

    let absent = PostgresKeys::open_database(config(), kek.clone(), random.clone()).await;
    let first = PostgresKeys::create_database(config(), kek.clone(), random.clone())
        .await
        .unwrap();
    let second = PostgresKeys::open_database(config(), kek, random)
        .await
        .unwrap();

    assert!(matches!(absent, Err(OpenKeysError::NotAKeyStore)));
    keys_are_made_once_and_kept(&first, &second).await;
}

#[tokio::test]
async fn a_wrong_key_a_wrong_ledger_and_a_missing_store_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (path, random) = (folder.path().join("x.keys"), Arc::new(SystemRandom));
    drop(
        SqliteKeys::create_file(&path, kek(folder.path(), 1), random.clone())
            .await
            .unwrap(),
    );
    let other = folder.path().join("other");
    std::fs::write(
        &other,
        "no database at all, but long enough to look like something else",
    )
    .unwrap();

    let open = |path: std::path::PathBuf, kek| {
        let random = random.clone();
        async move { SqliteKeys::open_file(&path, kek, random).await.err() }
    };
    let wrong_key = open(path.clone(), kek(folder.path(), 1)).await;
    let wrong_ledger = open(path.clone(), kek(folder.path(), 2)).await;
    let missing = open(folder.path().join("y.keys"), kek(folder.path(), 1)).await;
    let foreign = open(other, kek(folder.path(), 1)).await;
    let twice = SqliteKeys::create_file(&path, kek(folder.path(), 1), random.clone())
        .await
        .err();

    assert!(
        matches!(wrong_key, Some(OpenKeysError::WrongKeyEncryptionKey)),
        "{wrong_key:?}"
    );
    assert!(
        matches!(wrong_ledger, Some(OpenKeysError::OfAnotherLedger { .. })),
        "{wrong_ledger:?}"
    );
    assert!(
        matches!(missing, Some(OpenKeysError::Missing(_))),
        "{missing:?}"
    );
    assert!(
        matches!(foreign, Some(OpenKeysError::NotAKeyStore)),
        "{foreign:?}"
    );
    assert!(matches!(twice, Some(OpenKeysError::Exists(_))), "{twice:?}");
}

/// Encodes, stores, reads and decodes every sample.
async fn every_sample_survives_the_store(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    let stream = StreamName::child(samples::child());
    let mut events = Vec::new();
    for (index, event) in samples::events().into_iter().enumerate() {
        let id = EventId::new(samples::uuid(1_000 + u128::try_from(index).unwrap()));
        events.push(encode(&ledger.codec, &stream, id, event).await);
    }
    let append = Append::to(stream.clone(), ExpectedRevision::NoStream, events);
    ledger.store.append(append).await.unwrap();

    let page = ledger
        .store
        .read_stream(&ReadStream::whole(stream))
        .await
        .unwrap();
    for (stored, event) in page.events.iter().zip(samples::events()) {
        let opened = ledger.codec.decode(stored, Open::All).await.unwrap();
        assert_eq!(opened.event, event);
        let closed = ledger_core::event::Recorded::read(stored).unwrap();
        assert_eq!(
            closed.privacy == Privacy::Nothing,
            opened.privacy == Privacy::Nothing
        );
        for name in ["見本", "タロウ", "通所先", "相談員A"] {
            let bytes = [&stored.data[..], &stored.metadata[..]].concat();
            assert!(
                !String::from_utf8_lossy(&bytes).contains(name) || is_public(&event),
                "{name}"
            );
        }
    }
}

/// Facilities and the programme are named in clear.
fn is_public(event: &Event) -> bool {
    matches!(event, Event::Facility(_) | Event::Programme(_))
}

async fn encode(
    codec: &Codec,
    stream: &StreamName,
    id: EventId,
    event: Event,
) -> ledger_core::store::NewEvent {
    let occurred = Occurred::parse("2021-08-06").unwrap();
    let metadata = samples::metadata(&event, id, occurred);
    let draft = ledger_core::event::Draft::new(event, occurred);
    let today = occurred.day().unwrap();
    codec
        .encode((stream, id), &draft, &metadata, today)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_type_survives_both_stores_sealed() {
    every_sample_survives_the_store(Engine::Sqlite).await;
    every_sample_survives_the_store(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_key_is_gone_reads_as_erased() {
    let ledger = TestLedger::new(Engine::Sqlite).await;
    let stream = StreamName::child(samples::child());
    let event = samples::events().remove(0);
    let sealed = encode(
        &ledger.codec,
        &stream,
        EventId::new(samples::uuid(5)),
        event,
    )
    .await;
    let append = Append::to(stream.clone(), ExpectedRevision::NoStream, vec![sealed]);
    ledger.store.append(append).await.unwrap();
    let (folder, random) = (tempfile::tempdir().unwrap(), Arc::new(SystemRandom));
    let (path, kek) = (folder.path().join("x"), kek(folder.path(), 1));
    let empty = SqliteKeys::create_file(&path, kek, random.clone())
        .await
        .unwrap();
    let codec = Codec::new(Sealer::new(ledger.id, Arc::new(empty), random));

    let page = ledger
        .store
        .read_stream(&ReadStream::whole(stream))
        .await
        .unwrap();
    let read = codec.decode(&page.events[0], Open::All).await.unwrap();

    assert_eq!(read.privacy, Privacy::Erased);
}
