//! The program is killed in the middle of an import, again and again; then the same import ends.
//!
//! Nothing may be lost, nothing may stand twice, and the log must verify.

use std::process::Output;
use std::time::Duration;

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Place, sample_ledgers};

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");
/// How often the program is killed.
const KILLS: u64 = 8;

fn output(place: &Place, arguments: &[&str]) -> Output {
    let output = place.process(BINARY, arguments).output().unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

async fn a_killed_import_loses_nothing_and_doubles_nothing(engine: Engine) {
    let place = Place::new(engine).await;
    output(&place, &["init"]);
    let samples = sample_ledgers();
    let import = ["import", samples.to_str().unwrap()];

    let mut killed = 0;
    for n in 0..KILLS {
        let mut child = place.process(BINARY, &import).spawn().unwrap();
        // Each time a little later, so that the kills fall into different steps.
        tokio::time::sleep(Duration::from_millis(150 + 90 * n)).await;
        killed += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    output(&place, &import);

    assert!(killed > 0, "no import was still running when it was killed");
    let figures = output(&place, &["figures", "--fiscal-year", "2022", "--json"]);
    let figures: serde_json::Value = serde_json::from_slice(&figures.stdout).unwrap();
    assert_eq!(
        (&figures["consultations"], &figures["referrals_made"]),
        (&924.into(), &20.into())
    );
    output(&place, &["verify"]);
    let again = output(&place, &["import", samples.to_str().unwrap(), "--json"]);
    let again: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    for file in again["files"].as_array().unwrap() {
        assert_eq!(file["taken"], 0, "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_loses_nothing_and_doubles_nothing_on_sqlite() {
    a_killed_import_loses_nothing_and_doubles_nothing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_loses_nothing_and_doubles_nothing_on_postgres() {
    a_killed_import_loses_nothing_and_doubles_nothing(Engine::Postgres).await;
}
