//! That a backup was taken stands in the ledger, where the ledger can be written, and never where it was put.

use std::fs;
use std::path::Path;

use ledger_core::proof::Hash;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

use super::backups::{file, restore};

/// The events that backups left, oldest first.
async fn left(place: &Place) -> Vec<Value> {
    let line = ["events", "list", "--type", "backup-taken", "--json"];
    let lines = place.run(&line).await.done().out;
    let lines = lines.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn sha256(path: &Path) -> String {
    Hash::of(&fs::read(path).unwrap()).to_string()
}

async fn a_backup_leaves_what_and_up_to_where_and_by_whom(engine: Engine) {
    let place = Place::with_samples(engine).await;
    let head = place.json(&["verify"]).await;
    let none = place.json(&["status"]).await["backups"].clone();
    assert_eq!((&none["ledger"], &none["days"]), (&Value::Null, &7.into()));
    // A name of a file that nobody should put there.
    let (kept, keys) = (
        file(&place, "見本花子の控え.jsonl"),
        file(&place, "見本花子の鍵.jsonl"),
    );

    let log = place
        .run(&["backup", kept.to_str().unwrap(), "--json"])
        .await
        .done()
        .json();
    let wrapped = place
        .run(&["backup-keys", keys.to_str().unwrap(), "--json"])
        .await
        .done()
        .json();

    let events = left(&place).await;
    assert_eq!(events.len(), 2, "{events:?}");
    for (event, (said, path, what)) in events
        .iter()
        .zip([(&log, &kept, "ledger"), (&wrapped, &keys, "keys")])
    {
        let data = &event["data"];
        assert_eq!(data["backup"], what);
        assert_eq!(data["written_to"], "file");
        assert_eq!(data["cut"], false);
        assert_eq!(data["sha256"], sha256(path));
        assert_eq!(data["bytes"], fs::metadata(path).unwrap().len());
        assert_eq!(
            (&said["sha256"], &said["recorded"]),
            (&data["sha256"], &event["position"])
        );
        assert_eq!(event["metadata"]["actor"], "test:mihon");
        assert!(!event.to_string().contains("見本花子"), "{event}");
    }
    assert_eq!(events[0]["data"]["position"], head["position"]);
    assert_eq!(events[0]["data"]["root"], head["root"]);
    assert_eq!(events[0]["data"]["count"], head["position"]);
    assert_eq!(events[1]["data"]["count"], wrapped["keys"]);
    let newest = place.json(&["status"]).await["backups"].clone();
    assert_eq!(newest["ledger"]["position"], head["position"]);
    // The event of the backup of the keys came since, its own did not.
    assert_eq!(
        (&newest["ledger"]["since"], &newest["keys"]["since"]),
        (&1.into(), &0.into())
    );
    assert_eq!(newest["ledger"]["late"], false);
    let _clean = place
        .run(&["verify", "--since", head["head"].as_str().unwrap()])
        .await
        .done();
    let _checked = restore(&place, &kept, &["--check"]).await.done();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_leaves_what_and_up_to_where_and_by_whom_on_sqlite() {
    a_backup_leaves_what_and_up_to_where_and_by_whom(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_leaves_what_and_up_to_where_and_by_whom_on_postgres() {
    a_backup_leaves_what_and_up_to_where_and_by_whom(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_cut_or_not_to_be_recorded_is_not_the_newest() {
    let place = Place::initialised(Engine::Sqlite).await;
    let path = file(&place, "kept.jsonl");
    let kept = path.to_str().unwrap();
    let before = place.position().await;

    let said = place.run(&["backup", kept, "--no-record"]).await.done();
    assert!(said.out.contains("--no-record"), "{said:?}");
    assert_eq!(place.position().await, before);
    let line = ["backup", kept, "--force", "--until", "3", "--json"];
    let _cut = place.run(&line).await.done();
    let newest = place.json(&["status"]).await["backups"].clone();
    assert_eq!(newest["ledger"], Value::Null, "{newest}");

    let streamed = place.run(&["backup", "-"]).await.done();
    assert!(streamed.err.contains("台帳に記録しました"), "{streamed:?}");
    let events = left(&place).await;
    assert_eq!(
        (&events[0]["data"]["cut"], &events[0]["data"]["position"]),
        (&true.into(), &3.into())
    );
    assert_eq!(events[1]["data"]["written_to"], "stream");
    let sha256 = Hash::of(streamed.out.as_bytes()).to_string();
    assert_eq!(events[1]["data"]["sha256"], sha256);
    // Thirty days later it is old; with as many allowed it is not.
    place.clock.set("2024-05-01T00:00:00Z".parse().unwrap());
    let late = async || place.json(&["status"]).await["backups"]["ledger"]["late"].clone();
    assert_eq!(late().await, true);
    let told = place.run(&["status"]).await.done().out;
    assert!(
        told.contains("7日を超えています") && told.contains("控え 鍵: 取った記録がありません"),
        "{told}"
    );
    let set = "record set-review-term --term backup-age --days 30 --business-days false --occurred 2024-05-01";
    let words: Vec<&str> = set.split(' ').collect();
    let _set = place.run(&words).await.done();
    assert_eq!(late().await, false);
}

/// Where the ledger can only be read, the backup is written and says that it left nothing.
fn is_written_and_not_recorded(said: &Value, path: &Path) {
    assert_eq!(said["recorded"], Value::Null, "{said}");
    assert_eq!(said["not_recorded"], "READ_ONLY", "{said}");
    assert_eq!(said["sha256"], sha256(path));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_only_reads_is_backed_up_without_an_event() {
    let place = Place::initialised(Engine::Postgres).await;
    let database = place.database().unwrap();
    let before = place.position().await;
    let (kept, keys) = (file(&place, "kept.jsonl"), file(&place, "keys.jsonl"));

    database.only_reads(true).await;
    let log = place
        .run(&["backup", kept.to_str().unwrap(), "--json"])
        .await;
    let wrapped = place
        .run(&["backup-keys", keys.to_str().unwrap(), "--json"])
        .await;
    database.only_reads(false).await;

    is_written_and_not_recorded(&log.done().json(), &kept);
    is_written_and_not_recorded(&wrapped.done().json(), &keys);
    assert_eq!(place.position().await, before);
    let _checked = restore(&place, &kept, &["--check"]).await.done();
}

/// Only the file is there and neither it nor its folder can be written.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_nobody_may_write_is_backed_up_without_an_event() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = Place::initialised(Engine::Sqlite).await;
    let shown = tempfile::tempdir().unwrap();
    let copy = shown.path().join("centre.db");
    fs::copy(place.folder().join("centre.db"), &copy).unwrap();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&copy, 0o444);
    mode(shown.path(), 0o555);
    let kept = file(&place, "kept.jsonl");

    let mut command = super::auditing::bound_by_permissions(super::auditing::BINARY);
    command
        .args(["backup", kept.to_str().unwrap(), "--json", "--store"])
        .arg(format!("sqlite:{}", copy.display()));
    let output = command.output();
    mode(shown.path(), 0o755);
    let output = output.unwrap();

    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    is_written_and_not_recorded(&said, &kept);
    let _checked = restore(&place, &kept, &["--check"]).await.done();
}
