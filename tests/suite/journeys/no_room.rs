//! A disk without room and a server that only reads: staff are told what to do, and do the same again.

use std::path::Path;
use std::time::Duration;

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};
use ledger_tests::volume::Volume;
use rusqlite::Connection;

const INQUIRY: [&str; 8] = [
    "record",
    "inquiry",
    "--consulter",
    "病院",
    "--channel",
    "電話",
    "--topics",
    "退院",
];

/// Told with this code, what to do, and how to do the same again.
fn assert_told(answer: &Answer, code: &str, advice: &str) {
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains(&format!("[{code}]")), "{}", answer.err);
    assert!(answer.err.contains(advice), "{}", answer.err);
    assert!(answer.err.contains("--command-id"), "{}", answer.err);
}

/// Waits until the program has closed the ledger, and everything is in the one file: the next program then
/// needs room for the others anew.
async fn settle(file: &Path) {
    let beside = ["-wal", "-shm"].map(|left| file.with_extension(format!("db{left}")));
    for _ in 0..1_000 {
        let connection = Connection::open(file).unwrap();
        let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
        let _busy: bool = connection
            .query_row(checkpoint, [], |row| row.get(0))
            .unwrap();
        connection.close().unwrap();
        if beside.iter().all(|path| !path.exists()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("somebody has the ledger open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_the_same_record_goes_through_afterwards() {
    let volume = match Volume::mount(16) {
        Ok(volume) => volume,
        Err(why) => return eprintln!("not tried: {why}"),
    };
    let place = Place::new(Engine::Sqlite).await;
    let file = volume.folder().join("centre.db");
    let store = format!("sqlite:{}", file.display());
    let options = place.options_with("--store", &store);
    let run = async |arguments: &[&str]| {
        let line = arguments.iter().map(|&word| word.to_owned());
        let line: Vec<String> = line.chain(options.iter().cloned()).collect();
        place.run_exactly(&line).await
    };
    let position = async || {
        let status = run(&["status", "--json"]).await.done().json();
        status["position"].as_u64().unwrap()
    };
    let _made = run(&["init"]).await.done();
    let before = position().await;
    settle(&file).await;

    // Room for the file's index in memory, which opening needs, and for no event.
    volume.fill(40 << 10);
    let refused = run(&INQUIRY).await;
    volume.free();
    let _recorded = run(&INQUIRY).await.done();

    assert_told(&refused, "DISK_FULL", "空きを作って");
    assert_eq!(position().await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_only_reads_is_told_and_the_same_record_goes_through_afterwards() {
    let place = Place::initialised(Engine::Postgres).await;
    let database = place.database().unwrap();

    let before = place.position().await;
    database.only_reads(true).await;
    let refused = place.run(&INQUIRY).await;
    database.only_reads(false).await;
    let _recorded = place.run(&INQUIRY).await.done();

    assert_told(&refused, "READ_ONLY", "書き込めるように");
    assert_eq!(place.position().await, before + 1);
}
