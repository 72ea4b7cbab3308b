//! One process of several at a ledger, which the suite starts, stops, wakes and kills.
//!
//! Arguments: what it does, the ledger's address (`sqlite:PATH` or PostgreSQL's), and what else its
//! file says. It ends when its standard input does.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool of the tests"
)]

mod consume;
mod fill;
mod follow;
mod own;
mod sip;
mod write;

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ledger_core::store::{Direction, ExpectedRevision, LedgerStore, ReadStream};
use ledger_tests::conformance::{OpenStore, stream};
use ledger_tests::torture::open;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Whoever reads its lines is told why it ends.
    std::panic::set_hook(Box::new(|why| {
        say(&why.to_string().replace('\n', " "));
        std::process::exit(101);
    }));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["write", address, first, ref next @ ..] => write::run(address, first, next).await,
        ["follow", address, from] => follow::run(address, from).await,
        ["own", address, millis] => own::run(address, millis).await,
        ["sip", address] => sip::run(address).await,
        ["fill", address] => fill::run(address).await,
        ["consume", address, name, millis] => consume::run(address, name, millis).await,
        _ => panic!("usage: ledger-worker write|follow|own|sip|fill|consume ADDRESS ARGUMENT..."),
    }
}

/// One whole line at once: a pipe takes it all or, from a process that is killed, nothing.
fn say(line: &str) {
    let line = format!("{line}\n");
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Set once standard input has ended.
fn ending() -> Arc<AtomicBool> {
    let ended = Arc::<AtomicBool>::default();
    let set = Arc::clone(&ended);
    std::thread::spawn(move || {
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
        set.store(true, Ordering::SeqCst);
    });
    ended
}

/// Opens the ledger, however long its server is away.
async fn opened(address: &str) -> OpenStore {
    loop {
        match open(address).await {
            Ok(store) => return store,
            Err(error) => {
                eprintln!("opening: {error:?}");
                pause().await;
            },
        }
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

/// Where a stream is, as an expectation.
async fn newest(store: &dyn LedgerStore, name: &str) -> Option<ExpectedRevision> {
    let read = ReadStream {
        direction: Direction::Backwards,
        limit: 1,
        ..ReadStream::whole(stream(name))
    };
    let page = store.read_stream(&read).await.ok()?;
    let newest = page.events.first().map(|event| event.revision);
    Some(newest.map_or(ExpectedRevision::NoStream, ExpectedRevision::Exact))
}
