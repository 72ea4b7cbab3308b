//! A reader that takes events one by one when it is told to, and says how much memory it has needed.
//!
//! It follows the log from its beginning. Each line is a number of events to take; it answers with the
//! highest memory so far, in kB.

use futures::StreamExt as _;
use ledger_core::id::Position;
use ledger_core::store::Filter;

use crate::{opened, say};

pub(crate) async fn run(address: &str) {
    let store = opened(address).await;
    let events = store.subscribe(Position::default(), Filter::default());
    let mut events = events.await.unwrap();
    let (lines, mut told) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            lines.send(line.unwrap()).unwrap();
        }
    });
    while let Some(line) = told.recv().await {
        for _ in 0..line.parse::<u64>().unwrap() {
            events.next().await.unwrap().unwrap();
        }
        say(&peak().to_string());
    }
}

/// Linux keeps a process's highest memory.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.unwrap().parse().unwrap()
}
