//! What is not there, not reachable or not right is said in one sentence, and ends with its code.

use std::path::Path;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use rusqlite::Connection;

/// Runs the program with one of the place's options replaced, and answers exit code and error.
fn run(place: &Place, option: &str, value: &str, arguments: &[&str]) -> (i32, String) {
    let mut options = place.options();
    let at = options.iter().position(|one| one == option).unwrap() + 1;
    value.clone_into(&mut options[at]);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_care-ledger-under-test"))
        .args(arguments)
        .args(options)
        .current_dir(place.folder())
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), error)
}

/// One sentence and at most one hint, with this code and no trace of a panic.
fn assert_said(found: &(i32, String), exit: i32, code: &str) {
    let (status, error) = found;
    assert_eq!(*status, exit, "{error}");
    assert!(error.contains(&format!("[{code}]")), "{error}");
    assert!(
        error.starts_with("エラー: ") && error.lines().count() <= 2,
        "{error}"
    );
    assert!(
        !error.contains("panicked") && !error.contains("backtrace"),
        "{error}"
    );
}

fn file(place: &Place, name: &str) -> String {
    place.folder().join(name).display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_store_is_told() {
    let place = Place::initialised(Engine::Sqlite).await;
    let figures = ["figures", "--fiscal-year", "2023"];
    std::fs::write(place.folder().join("letter.db"), "拝啓\n".repeat(2_000)).unwrap();
    let nowhere = "postgres://nobody:geheim@127.0.0.1:1/centre";

    for (store, exit, code) in [
        ("mysql:centre".to_owned(), 64, "BAD_ADDRESS"),
        (
            "postgres://h/d?ledger=Kein-Name".to_owned(),
            64,
            "BAD_ADDRESS",
        ),
        (
            format!("sqlite:{}", file(&place, "none.db")),
            1,
            "NO_LEDGER",
        ),
        (
            format!("sqlite:{}", file(&place, "letter.db")),
            1,
            "NOT_A_LEDGER",
        ),
        (nowhere.to_owned(), 1, "SERVER_UNREACHABLE"),
    ] {
        let found = run(&place, "--store", &store, &figures);
        assert_said(&found, exit, code);
        assert!(!found.1.contains("geheim"), "{}", found.1);
    }
    assert!(!Path::new(&file(&place, "none.db")).exists());
    let verified = run(&place, "--store", nowhere, &["verify"]);
    assert_said(&verified, 2, "SERVER_UNREACHABLE");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_a_ledger_and_one_that_is_not_there_are_told() {
    let place = Place::new(Engine::Postgres).await;
    let store = place.options()[1].clone();
    let other = store.replace("/care_ledger_test_", "/no_such_database_");
    let figures = ["figures", "--fiscal-year", "2023"];

    assert_said(&run(&place, "--store", &store, &figures), 1, "NO_LEDGER");
    assert_said(&run(&place, "--store", &other, &figures), 1, "NO_DATABASE");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_of_a_newer_program_is_told() {
    let place = Place::initialised(Engine::Sqlite).await;
    let same = place.options()[1].clone();
    Connection::open(place.folder().join("centre.db"))
        .unwrap()
        .execute(
            "INSERT INTO migration SELECT 999, name, sha256, at FROM migration LIMIT 1",
            [],
        )
        .unwrap();

    let found = run(&place, "--store", &same, &["status"]);

    assert_said(&found, 1, "NEWER_SCHEMA");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_wrong_key_is_told_before_anything_is_opened() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let other = Place::new(Engine::Sqlite).await;
    let _made = other.run(&["init"]).await.done();
    let timeline = ["timeline", "C001"];
    let head = async || place.run(&["status", "--json"]).await.done().json()["position"].clone();
    let before = head().await;
    let (broken, open) = (file(&place, "broken.kek"), file(&place, "open.kek"));
    std::fs::write(&broken, "kein Schlüssel\n").unwrap();
    std::fs::copy(place.folder().join("centre.kek"), &open).unwrap();
    set_mode(&broken, 0o600);
    set_mode(&open, 0o644);

    for (option, value, code) in [
        (
            "--keys",
            format!("sqlite:{}", file(&place, "none.keys")),
            "NO_KEYS",
        ),
        (
            "--keys",
            format!("sqlite:{}", file(&other, "centre.keys")),
            "WRONG_KEYS",
        ),
        ("--kek", file(&place, "none.kek"), "NO_KEK"),
        ("--kek", broken, "NOT_A_KEK"),
        ("--kek", file(&other, "centre.kek"), "WRONG_KEK"),
        #[cfg(unix)]
        ("--kek", open, "KEK_TOO_OPEN"),
    ] {
        let found = run(&place, option, &value, &timeline);
        assert_said(&found, 1, code);
        assert!(!found.1.contains("小泉"), "{}", found.1);
    }
    assert_eq!(head().await, before);
}

fn set_mode(path: &str, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    #[cfg(not(unix))]
    let _nothing = (path, mode);
}
