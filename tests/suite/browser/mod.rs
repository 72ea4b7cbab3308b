//! The pages in a real browser: Chromium, driven by the modules in `tests/browser`.

mod journeys;
mod printouts;
mod simulated;
mod uses;
mod walk;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Semaphore;

/// Browsers that run at once; more would only wait for the processor, and time out.
static SEATS: Semaphore = Semaphore::const_new(2);
/// What a machine without a browser is told.
const LACKING: &str = "the tests in a browser need Chromium, a Japanese font, node 18 or newer and \
                       `npm ci --ignore-scripts` in tests/browser: scripts/prepare installs them";

/// The modules of the journeys.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("browser")
}

/// Makes a journey in a browser, and fails with everything that it found.
async fn travel(journey: &str, told: &Value) {
    let packages = folder().join("node_modules/playwright-core");
    assert!(packages.is_dir(), "{LACKING}");
    let _seat = SEATS.acquire().await.unwrap();
    // Whatever the browser keeps goes with this folder.
    let home = tempfile::tempdir().unwrap();
    let mut node = Command::new("node");
    node.arg(folder().join("main.mjs")).arg(journey);
    for name in [
        "HOME",
        "TMPDIR",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_RUNTIME_DIR",
    ] {
        node.env(name, home.path());
    }
    let node = node.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut node = node.stderr(Stdio::piped()).spawn().expect(LACKING);
    let told = told.to_string();
    node.stdin
        .take()
        .unwrap()
        .write_all(told.as_bytes())
        .unwrap();
    let output = node.wait_with_output().unwrap();
    let emptied = cleared(home.path());
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(
        output.status.success(),
        "{journey}, {}:\n{out}\n{err}",
        output.status
    );
    assert!(
        emptied,
        "something still writes into {}",
        home.path().display()
    );
}

/// Deletes a folder in which what has just ended may have written until now.
fn cleared(folder: &Path) -> bool {
    (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        std::fs::remove_dir_all(folder).is_ok() || !folder.exists()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_planted_into_a_page_is_found() {
    travel("planted", &Value::Null).await;
}
