//! Appends one event of as many bytes as each line says, at exact revisions, and answers `ok POSITION`
//! or with the error and its causes.

use std::error::Error as _;

use ledger_core::store::{Append, AppendError};
use ledger_tests::conformance::{event, stream};

use crate::{newest, opened, say};

pub(crate) async fn run(address: &str) {
    let store = opened(address).await;
    let mut expected = newest(&*store.store, "filled").await.unwrap();
    let (lines, mut told) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            lines.send(line.unwrap()).unwrap();
        }
    });
    // What failed is tried again, as a caller must who was not told that it stands.
    let mut failed: Option<Append> = None;
    while let Some(line) = told.recv().await {
        let bytes: usize = line.parse().unwrap();
        let fresh = || {
            let data: Vec<u8> = (0..bytes).map(|_| rand::random()).collect();
            Append::to(stream("filled"), expected, vec![event(&data)])
        };
        let append = failed.take().unwrap_or_else(fresh);
        match store.append(append.clone()).await {
            Ok(appended) => {
                expected = appended.streams[0].revision.into();
                say(&format!("ok {}", appended.position));
            },
            Err(error) => {
                say(&told_of(&error));
                failed = Some(append);
            },
        }
    }
}

fn told_of(error: &AppendError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
