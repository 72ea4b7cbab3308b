//! An auditor with read access alone, a view with a wrong row, and a reader that goes away.

use std::process::Stdio;

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};
use rusqlite::Connection;
use serde_json::Value;

pub(super) const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");

/// A small ledger whose views are one promise behind.
async fn place(engine: Engine) -> Place {
    let place = Place::initialised(engine).await;
    register(&place, "C101", " --birth-date 2017-04-25").await;
    let _figures = place
        .run(&["figures", "--fiscal-year", "2021"])
        .await
        .done();
    register(&place, "C102", "").await;
    // Whoever is registered is compared with others, which brings the views forward; a promise leaves them behind.
    let promise = "record schedule-follow-up --child C102 --what 電話する --due-on 2021-09-01 --occurred 2021-08-06";
    let promise: Vec<&str> = promise.split(' ').collect();
    let _taken = place.run(&promise).await.done();
    place
}

async fn register(place: &Place, number: &str, born: &str) {
    let line = format!(
        "record register-child --number {number} --name 見本花子{born} --area 砧 --occurred 2021-08-05"
    );
    let line: Vec<&str> = line.split(' ').collect();
    let _taken = place.run(&line).await.done();
}

fn file(place: &Place) -> Connection {
    let file = Connection::open(place.folder().join("centre.db")).unwrap();
    file.create_collation("C", Ord::cmp).unwrap();
    file
}

/// Runs the program on another store, and answers its code and its output as JSON.
fn run_on(place: &Place, store: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut options = place.options();
    store.clone_into(&mut options[1]);
    let output = std::process::Command::new(BINARY)
        .args(arguments)
        .args(options)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_may_only_select_verifies_and_replays() {
    let place = place(Engine::Postgres).await;
    let database = place.database().unwrap();
    let name = database.name();
    let role = format!("{name}_auditor");
    let grants = format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'mihon'; \
         GRANT USAGE ON SCHEMA {name}, {name}_views TO {role}; \
         GRANT SELECT ON ALL TABLES IN SCHEMA {name}, {name}_views TO {role}"
    );
    database
        .connect()
        .await
        .batch_execute(&grants)
        .await
        .unwrap();
    let url = database.url_as(&role);
    let mark = if url.contains('?') { '&' } else { '?' };
    let store = format!("{url}{mark}ledger={name}");

    for command in [
        &["verify", "--json"][..],
        &["replay", "--at", "3", "--json"],
    ] {
        let (code, out, err) = run_on(&place, &store, command);

        assert_eq!(code, Some(0), "{command:?} {out}{err}");
        let found: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(found["clean"], true);
        if command[0] == "verify" {
            assert_eq!(found["lags"][0]["projection"], "facts", "{found}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn verifying_and_replaying_write_nothing_into_the_file() {
    let place = place(Engine::Sqlite).await;
    let file = file(&place);
    // Changes whenever another connection commits.
    let version = || -> i64 {
        let sql = "PRAGMA data_version";
        file.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let before = version();

    let found = place.run(&["verify", "--json"]).await.done().json();
    let _replayed = place.run(&["replay", "--at", "3"]).await.done();

    assert_eq!(found["lags"][0]["projection"], "facts", "{found}");
    assert_eq!(version(), before, "nothing is written");
}

/// Only the file is there and neither it nor its folder can be written: no `-wal`, no `-shm`.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_a_folder_that_nobody_may_write_is_verified() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = place(Engine::Sqlite).await;
    let shown = tempfile::tempdir().unwrap();
    let copy = shown.path().join("centre.db");
    std::fs::copy(place.folder().join("centre.db"), &copy).unwrap();
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&copy, 0o444);
    mode(shown.path(), 0o555);

    let mut command = bound_by_permissions(BINARY);
    command
        .args(["verify", "--json", "--store"])
        .arg(format!("sqlite:{}", copy.display()));
    let output = command.output();
    mode(shown.path(), 0o755);
    let output = output.unwrap();

    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!shown.path().join("centre.db-wal").exists());
}

/// `program` as somebody whom permissions bind. They do not bind root, which therefore gives up
/// the right to pass over them; it stays root, so that it still reaches the program and the file.
#[cfg(unix)]
pub(super) fn bound_by_permissions(program: &str) -> std::process::Command {
    let root = std::fs::metadata("/proc/self")
        .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    if !root {
        return std::process::Command::new(program);
    }
    let mut command = std::process::Command::new("setpriv");
    command.args([
        "--bounding-set=-dac_override,-dac_read_search",
        "--",
        program,
    ]);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_of_a_wrong_type_in_a_view_is_a_difference() {
    for change in [
        "event_position = 'drei'",
        "from_position = 2.5",
        "kind = x'00ff'",
        "fact_id = x'00ff'",
        "value = 'viel'",
    ] {
        let place = place(Engine::Sqlite).await;
        let sql =
            format!("UPDATE facts_1 SET {change} WHERE rowid = (SELECT min(rowid) FROM facts_1)");
        assert_eq!(file(&place).execute(&sql, []).unwrap(), 1);

        let found = place.run(&["verify", "--json"]).await;
        let said = place.run(&["verify", "--lang", "en"]).await;

        assert_eq!(found.code, 1, "{change}: {}{}", found.out, found.err);
        assert_eq!(found.json()["differences"][0]["projection"], "facts");
        assert!(
            found.json()["differences"][0]["position"].as_u64() > Some(0),
            "{change}: {}",
            found.out
        );
        assert!(
            said.out.contains("care-ledger rebuild facts"),
            "{}",
            said.out
        );
    }
}

async fn only_a_live_view_is_wrong(engine: Engine) -> Answer {
    let place = place(engine).await;
    let _figures = place
        .run(&["figures", "--fiscal-year", "2021"])
        .await
        .done();
    let gone = "DELETE FROM facts_1 WHERE kind = 'person-known'";
    match place.database() {
        None => drop(file(&place).execute(gone, []).unwrap()),
        Some(database) => {
            let sql = format!("SET search_path = {}_views; {gone}", database.name());
            database.connect().await.batch_execute(&sql).await.unwrap();
        },
    }
    let status = place.run(&["status", "--json"]).await.done().json();
    let at = status["position"].to_string();
    place.run(&["replay", "--at", &at, "--json"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_tells_a_wrong_live_view_from_the_log() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let found = only_a_live_view_is_wrong(engine).await;

        assert_eq!(found.code, 1, "{}", found.err);
        let found = found.json();
        assert_eq!(
            (&found["fault"], &found["clean"]),
            (&Value::Null, &false.into())
        );
        assert_eq!(found["differences"][0]["projection"], "facts");
        let figures = &found["figures"]["2022-03-31"];
        assert_eq!(
            (&figures["replayed"]["persons"], &figures["live"]["persons"]),
            (&2.into(), &0.into()),
            "{found}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_byte_is_named_on_postgres() {
    let place = place(Engine::Postgres).await;
    let database = place.database().unwrap();
    let sql = format!(
        "SET search_path = {}; ALTER TABLE events DISABLE TRIGGER ALL; \
         UPDATE events SET data = set_byte(data, 0, get_byte(data, 0) # 1) WHERE position = 3",
        database.name()
    );
    database.connect().await.batch_execute(&sql).await.unwrap();

    let found = place.run(&["verify", "--json"]).await;

    assert_eq!(found.code, 1, "{}", found.err);
    assert_eq!(found.json()["fault"]["code"], "ALTERED");
    assert_eq!(found.json()["fault"]["position"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_ledger_is_told_by_the_exit_code_when_nobody_reads_the_answer() {
    let place = place(Engine::Sqlite).await;
    let quiet = |arguments: &[&str]| {
        let mut child = place
            .process(BINARY, arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        child.wait().unwrap().code()
    };
    assert_eq!(quiet(&["verify"]), Some(0));
    file(&place)
        .execute_batch("DROP TRIGGER events_never_changed; UPDATE events SET content_type = 'x' WHERE position = 3")
        .unwrap();

    assert_eq!(quiet(&["verify"]), Some(1));
    assert_eq!(quiet(&["verify", "--json"]), Some(1));
    assert_eq!(quiet(&["replay", "--at", "5"]), Some(1));
}
