//! Somebody makes a sample trial to show or to load the program with.

use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_care-ledger-under-test"))
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder.join("home"))
        .env("XDG_CONFIG_HOME", folder.join("home"))
        .env_remove("CARE_LEDGER_STORE")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const SMALL: [&str; 7] = [
    "simulate",
    "--children",
    "6",
    "--to",
    "2021-12",
    "--seed",
    "5",
];

#[test]
fn a_sample_trial_stays_in_its_folder_and_what_it_shows_works() {
    let folder = tempfile::tempdir().unwrap();

    let made = run(folder.path(), &SMALL);

    assert!(made.status.success(), "{}", text(&made.stderr));
    let shown: Vec<&str> = text(&made.stdout)
        .lines()
        .filter_map(|line| line.trim().strip_prefix("care-ledger "))
        .collect();
    assert_eq!(shown.len(), 5, "{}", text(&made.stdout));
    for line in shown {
        let words: Vec<&str> = line.split_whitespace().collect();
        let output = run(folder.path(), &words);
        assert!(output.status.success(), "{line}: {}", text(&output.stderr));
        assert!(!output.stdout.is_empty(), "{line}");
    }
    let inside: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(inside, ["care-ledger-simulated"]);
}

#[test]
fn no_invented_person_goes_into_a_ledger_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["init"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let ledger = folder.path().join("care-ledger.db");
    let before = run(folder.path(), &["status", "--json"]);

    let mut arguments = SMALL.to_vec();
    arguments.extend(["--store", "sqlite:care-ledger.db"]);
    let refused = run(folder.path(), &arguments);

    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(said.contains("LEDGER_EXISTS"), "{said}");
    assert!(said.contains("何も書いていません"), "{said}");
    let after = run(folder.path(), &["status", "--json"]);
    assert_eq!(text(&before.stdout), text(&after.stdout));
    assert!(ledger.is_file());
}

#[test]
fn a_trial_that_lies_ahead_is_wrong_usage_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();

    let refused = run(
        folder.path(),
        &["simulate", "--to", "2999-03", "--lang", "en"],
    );

    assert_eq!(refused.status.code(), Some(64));
    let said = text(&refused.stderr);
    assert!(said.contains("--to"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_summary_counts_every_event_for_machines() {
    let folder = tempfile::tempdir().unwrap();

    let mut arguments = SMALL.to_vec();
    arguments.push("--json");
    let made = run(folder.path(), &arguments);

    let summary: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let types = summary["types"].as_object().unwrap();
    let all: u64 = types.values().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(summary["position"].as_u64(), Some(all));
    // One who is registered twice, to be merged, counts twice here.
    assert!(types["child-registered"].as_u64() >= Some(6));
    assert_eq!(summary["children"], 6);
    assert_eq!(summary["to"], "2021-12");
}
