//! The program is killed in the middle of a restore: there is no ledger then, and the next try makes it.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");

/// Gives the program a part of the backup and kills it while it waits for the rest.
async fn killed_after(place: &Place, part: &[u8]) {
    let mut child = place
        .process(BINARY, &["restore", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(part).unwrap();
    input.flush().unwrap();
    // Long enough to have taken what it was given; it cannot have ended, whatever the machine does.
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(child.try_wait().unwrap().is_none(), "it still waits");
    child.kill().unwrap();
    child.wait().unwrap();
}

async fn a_killed_restore_leaves_no_ledger(engine: Engine) {
    let home = Place::with_samples(Engine::Sqlite).await;
    let kept = home.folder().join("home.jsonl");
    let line = ["backup", kept.to_str().unwrap()];
    let _written = home.run(&line).await.done();
    let file = fs::read(&kept).unwrap();
    let place = Place::new(engine).await;

    // All but the last line is the most that can be there without being a backup.
    let nearly = file.len()
        - file
            .iter()
            .rev()
            .skip(1)
            .position(|byte| *byte == b'\n')
            .unwrap()
        - 1;
    for part in [&file[..file.len() / 2], &file[..nearly]] {
        killed_after(&place, part).await;

        let status = place.run(&["status"]).await;
        let none = ["[NO_LEDGER]", "[NOT_A_LEDGER]"];
        assert!(
            none.iter().any(|code| status.err.contains(code)),
            "{status:?}"
        );
    }
    let made = place.run(&["restore", kept.to_str().unwrap()]).await;
    let _made = made.done();
    let again = place.folder().join("again.jsonl");
    let line = ["backup", again.to_str().unwrap()];
    let _written = place.run(&line).await.done();
    assert!(fs::read(&again).unwrap() == file);
    let _clean = place.run(&["verify"]).await.done();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_restore_leaves_no_ledger_on_sqlite() {
    a_killed_restore_leaves_no_ledger(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_restore_leaves_no_ledger_on_postgres() {
    a_killed_restore_leaves_no_ledger(Engine::Postgres).await;
}
