//! `init` and `demo` are stopped at the start, at any moment; the same line run again ends well.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use ledger_core::id::LedgerId;
use ledger_core::seal::{KeyEncryptionKey, SystemRandom};
use ledger_core::store::sqlite::SqliteStore;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::samples;

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");
/// When the program is killed: from before its first file to after its last.
const KILLED_AFTER_MS: [u64; 8] = [0, 5, 10, 20, 35, 60, 100, 180];

fn text(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    String::from_utf8_lossy(out).into_owned() + &String::from_utf8_lossy(err)
}

/// Kills a process that was just started, after a while; says whether it was still running.
async fn kill_after(mut child: Child, ms: u64) -> bool {
    tokio::time::sleep(Duration::from_millis(ms)).await;
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    running
}

async fn an_init_that_was_killed_is_finished_by_the_same_line(engine: Engine) {
    let mut killed = 0;
    for ms in KILLED_AFTER_MS {
        let place = Place::new(engine).await;
        let started = place.process(BINARY, &["init"]).spawn().unwrap();
        killed += u32::from(kill_after(started, ms).await);
        let kek = std::fs::read(place.folder().join("centre.kek"));

        let again = place.process(BINARY, &["init"]).output().unwrap();

        // The first may have ended in time; then the second says so and changes nothing.
        let done = again.status.success() || text(&again).contains("LEDGER_EXISTS");
        assert!(done, "killed after {ms} ms: {}", text(&again));
        if let Some(kek) = kek.ok().filter(|kek| !kek.is_empty()) {
            let now = std::fs::read(place.folder().join("centre.kek")).unwrap();
            assert_eq!(now, kek, "a key is never overwritten");
        }
        for line in [&["verify"][..], &["figures", "--fiscal-year", "2023"]] {
            let clean = place.process(BINARY, line).output().unwrap();
            assert!(
                clean.status.success(),
                "{ms} ms, {line:?}: {}",
                text(&clean)
            );
        }
        let third = place.process(BINARY, &["init"]).output().unwrap();
        assert!(text(&third).contains("LEDGER_EXISTS"), "{}", text(&third));
    }
    assert!(killed > 0, "no init was still running when it was killed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_init_that_was_killed_is_finished_by_the_same_line_on_sqlite() {
    an_init_that_was_killed_is_finished_by_the_same_line(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_init_that_was_killed_is_finished_by_the_same_line_on_postgres() {
    an_init_that_was_killed_is_finished_by_the_same_line(Engine::Postgres).await;
}

fn demo(folder: &Path) -> Command {
    let mut command = Command::new(BINARY);
    command
        .arg("demo")
        .current_dir(folder)
        .env("HOME", folder.join("home"))
        .env("XDG_CONFIG_HOME", folder.join("home"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_that_was_killed_is_finished_by_the_same_line() {
    let mut killed = 0;
    for ms in KILLED_AFTER_MS {
        let folder = tempfile::tempdir().unwrap();
        let started = demo(folder.path()).spawn().unwrap();
        killed += u32::from(kill_after(started, ms).await);

        let again = demo(folder.path()).output().unwrap();

        assert!(
            again.status.success(),
            "killed after {ms} ms: {}",
            text(&again)
        );
        let clean = Command::new(BINARY)
            .args(["verify", "--store", "sqlite:care-ledger-demo/demo.db"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(clean.status.success(), "{ms} ms: {}", text(&clean));
    }
    assert!(killed > 0, "no demo was still running when it was killed");
}

/// What a killed program can leave, one state after the other.
#[tokio::test(flavor = "multi_thread")]
async fn every_state_in_which_an_init_can_stop_is_gone_on_from() {
    let id = LedgerId::new(samples::uuid(7));
    let file = |place: &Place, name: &str| place.folder().join(name);
    for step in 0..=5 {
        let place = Place::new(Engine::Sqlite).await;
        let (db, kek, keys) = (
            file(&place, "centre.db"),
            file(&place, "centre.kek"),
            file(&place, "centre.keys"),
        );
        if step == 0 {
            std::fs::write(&db, "").unwrap();
        } else {
            SqliteStore::create(&db, id).unwrap();
        }
        if step == 2 {
            private(&kek);
        }
        if step > 2 {
            KeyEncryptionKey::create(&kek, id, &SystemRandom).unwrap();
        }
        match step {
            4 => private(&keys),
            5 => {
                rusqlite::Connection::open(&keys)
                    .unwrap()
                    .execute_batch("PRAGMA user_version = 0; VACUUM")
                    .unwrap();
            },
            _ => {},
        }

        let made = place.run(&["init", "--json"]).await.done().json();

        if step > 0 {
            assert_eq!(made["ledger"], id.to_string(), "step {step}");
        }
        let _clean = place.run(&["verify"]).await.done();
        let child = [
            "record",
            "register-child",
            "--name",
            "見本　花子",
            "--occurred",
            "R3.8.5",
        ];
        let _taken = place.run(&child).await.done();
    }
}

/// An empty file that its owner alone can read.
fn private(path: &Path) {
    std::fs::write(path, "").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_another_ledgers_is_left_alone_and_nothing_is_made() {
    let (place, other) = (
        Place::new(Engine::Sqlite).await,
        Place::initialised(Engine::Sqlite).await,
    );
    let kek = place.folder().join("centre.kek");
    std::fs::copy(other.folder().join("centre.kek"), &kek).unwrap();
    let before = std::fs::read(&kek).unwrap();

    let refused = place.run(&["init"]).await;

    assert!(refused.err.contains("[KEK_EXISTS]"), "{refused:?}");
    assert_eq!(std::fs::read(&kek).unwrap(), before);
    assert!(!place.folder().join("centre.db").exists());
    // Nor where a ledger was begun: it has another key than this.
    SqliteStore::create(
        &place.folder().join("centre.db"),
        LedgerId::new(samples::uuid(7)),
    )
    .unwrap();
    let refused = place.run(&["init"]).await;
    assert!(refused.err.contains("[WRONG_KEK]"), "{refused:?}");
    assert_eq!(std::fs::read(&kek).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_holds_something_is_no_place_for_a_ledger() {
    let place = Place::new(Engine::Sqlite).await;
    let db = place.folder().join("centre.db");
    std::fs::write(&db, "拝啓\n".repeat(500)).unwrap();
    let before = std::fs::read(&db).unwrap();

    let refused = place.run(&["init"]).await;

    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("[LEDGER_EXISTS]"), "{refused:?}");
    assert_eq!(std::fs::read(&db).unwrap(), before);
}
