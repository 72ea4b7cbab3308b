//! The program at a shell: completions, wrong usage in the language asked for.

use std::io::Write as _;
use std::process::{Command, Stdio};

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");

/// Lets a shell read a script without running it; none where the shell is not installed.
fn parses(shell: &str, script: &str) -> Option<bool> {
    let mut started = Command::new(shell)
        .arg("-n")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = started.stdin.take().unwrap();
    input.write_all(script.as_bytes()).unwrap();
    drop(input);
    Some(started.wait().unwrap().success())
}

#[tokio::test(flavor = "multi_thread")]
async fn completions_are_scripts_that_their_shells_understand() {
    let place = Place::new(Engine::Sqlite).await;
    for shell in ["bash", "zsh", "fish"] {
        let script = place.run(&["completions", shell]).await.done().out;

        assert_ne!(parses(shell, &script), Some(false), "{shell}");
        for word in ["care-ledger", "make-referral", "command-id", "fiscal-year"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(
        parses("bash", "if then"),
        Some(false),
        "bash does look at it"
    );
    let refused = place.run(&["completions", "klingon"]).await;
    assert_eq!(refused.code, 64);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_usage_is_told_in_the_language_that_was_asked_for() {
    let place = Place::new(Engine::Sqlite).await;
    let by_environment = |lang: &str, more: &[&str]| {
        let line = [&["figures", "--bogus"], more].concat();
        let output = place
            .process(BINARY, &line)
            .env("CARE_LEDGER_LANG", lang)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(64));
        String::from_utf8(output.stderr).unwrap()
    };

    let ja = place.run(&["figures", "--bogus"]).await;
    let en = place.run(&["--lang", "en", "figures", "--bogus"]).await;
    let json = place
        .run(&["--lang", "en", "figures", "--bogus", "--json"])
        .await;

    assert_eq!((ja.code, en.code, json.code), (64, 64, 64));
    assert!(
        ja.err
            .starts_with("エラー: --bogus という項目はありません。"),
        "{}",
        ja.err
    );
    assert!(
        en.err.starts_with("error: there is no --bogus"),
        "{}",
        en.err
    );
    assert!(!json.err.contains("項目"), "{}", json.err);
    assert!(by_environment("en", &[]).starts_with("error: "));
    assert!(by_environment("en", &["--lang", "ja"]).starts_with("エラー: "));
}
