//! Requests made up from the `OpenAPI` document, right and wrong: nothing fails inside, and each answer is of the
//! shape that the document says.

use std::path::{Path, PathBuf};
use std::process::Command;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;

use super::{serving, token};
use crate::pages::said;

/// What each answer is held to.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,unsupported_method,\
                      ignored_auth,missing_required_header";

/// The tool that `scripts/prepare` installs.
fn tool() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tool = root.join("target/tools/schemathesis/bin/schemathesis");
    assert!(
        tool.exists(),
        "schemathesis is not installed: run scripts/prepare (needs python3 from 3.10 on, with venv, and the network)"
    );
    tool
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_asked_by_the_document_is_answered_by_the_document() {
    let tool = tool();
    let place = Place::with_samples(Engine::Sqlite).await;
    let manager = token(&place, "kacho", "manager");
    let serving = serving(&place);
    let document = format!("http://{}/api/openapi.json", serving.address);
    // An endless answer is no answer to this tool; `changes.rs` listens.
    let ran = Command::new(tool)
        .args(["run", &document, "--checks", CHECKS])
        .args(["--phases", "examples,fuzzing", "--max-examples", "20"])
        .args(["--exclude-path", "/api/changes", "--seed", "20260401"])
        .args(["--no-shrink", "--workers", "2", "--request-timeout", "60"])
        .args(["--suppress-health-check", "all", "--warnings", "off"])
        .args(["--header", &format!("Authorization: Bearer {manager}")])
        // What it writes down goes with the place.
        .current_dir(place.folder())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let said_so = String::from_utf8_lossy(&ran.stdout);
    let err = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said_so}\n{err}");
    assert!(said_so.contains("generated"), "{said_so}");
    // What it recorded stands in a log that verifies.
    let verified = said(&place, "verify --json");
    assert!(verified.to_string().contains("root"), "{verified}");
}
