//! What programs ask and send over HTTP, with their tokens.

mod changes;
mod commands;
mod document;
mod lists;
mod review;
mod roles;
mod schemathesis;
mod tokens;
mod views;

use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};
use serde_json::Value;

use crate::pages::{BINARY, said};

/// Opens an account in a role and makes a token for it.
fn token(place: &Place, account: &str, role: &str) -> String {
    said(
        place,
        &format!("record open-account --name {account} --role {role} --occurred 2024-04-01 --json"),
    );
    token_of(place, account)
}

/// Makes a token for an account.
fn token_of(place: &Place, account: &str) -> String {
    let made = said(place, &format!("token {account} --for 1 --json"));
    made["token"].as_str().unwrap().to_owned()
}

/// The program that serves a place, which may be asked as often as a test likes.
fn serving(place: &Place) -> Serving {
    Serving::start_with(place, BINARY, &["--requests-a-minute", "1000000"])
}

/// Why something was not done; the answer must be such a one.
fn problem(answer: &Response) -> Value {
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{}",
        answer.body
    );
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["status"], answer.status, "{problem}");
    problem
}
