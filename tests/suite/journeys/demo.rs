//! Somebody tries the program: the sample ledger in a folder of its own.

use std::path::Path;
use std::process::{Command, Output};

fn demo(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_care-ledger-under-test"))
        .arg("demo")
        .args(more)
        .current_dir(folder)
        .env("HOME", folder.join("home"))
        .env("XDG_CONFIG_HOME", folder.join("home"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_demo_stays_in_its_folder_and_what_it_shows_works() {
    let folder = tempfile::tempdir().unwrap();

    let first = demo(folder.path(), &[]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    let shown: Vec<&str> = text(&first.stdout)
        .lines()
        .filter_map(|line| line.trim().strip_prefix("care-ledger "))
        .collect();
    assert!(shown.len() >= 4, "{}", text(&first.stdout));
    for line in shown {
        let output = Command::new(env!("CARGO_BIN_EXE_care-ledger-under-test"))
            .args(line.split_whitespace())
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{line}: {}", text(&output.stderr));
        assert!(!output.stdout.is_empty(), "{line}");
    }
    let again = demo(folder.path(), &["--lang", "en"]);
    assert!(again.status.success(), "{}", text(&again.stderr));
    assert!(text(&again.stdout).contains("using the sample ledger"));
    let inside: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(inside, ["care-ledger-demo"]);
}

#[test]
fn a_demo_whose_accounts_were_closed_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let made = demo(folder.path(), &[]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    for line in [
        "record open-account --name demo-kanri --role admin",
        "record close-account --account demo-kanri",
    ] {
        let options = "--occurred 2024-04-01 --store sqlite:care-ledger-demo/demo.db \
                       --kek care-ledger-demo/demo.kek";
        let done = Command::new(env!("CARGO_BIN_EXE_care-ledger-under-test"))
            .args(line.split(' ').chain(options.split_whitespace()))
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{line}: {}", text(&done.stderr));
    }

    let refused = demo(folder.path(), &["--serve", "--listen", "127.0.0.1:0"]);

    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    let told = text(&refused.stderr);
    assert!(told.contains("DEMO_CHANGED"), "{told}");
    assert!(told.contains("demo-kanri"), "{told}");
    assert!(told.contains("./care-ledger-demo/ を消して"), "{told}");
    assert!(!text(&refused.stdout).contains("パスワード: "));
}

#[test]
fn a_folder_that_is_not_the_demos_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("care-ledger-demo");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("notes.txt"), "大切").unwrap();

    let refused = demo(folder.path(), &[]);

    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).contains("FOLDER_EXISTS"),
        "{}",
        text(&refused.stderr)
    );
    let inside = std::fs::read_dir(&own).unwrap().count();
    assert_eq!(inside, 1);
}
