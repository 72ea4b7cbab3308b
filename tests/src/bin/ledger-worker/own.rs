//! Writes while it holds a lease, as the one owner of a thing would. Argument: milliseconds that it
//! asks for at a time.
//!
//! It looks where the stream is, then takes the lease, then appends at exactly that revision: whoever
//! owned the thing in between has moved the stream on.
//!
//! It says `held ASKED ANSWERED` and `released BEGUN`, in nanoseconds, and `wrote EPOCH HOLDER NUMBER`.

use std::sync::atomic::Ordering;
use std::time::Duration;

use ledger_core::store::{Append, AppendError, ExpectedRevision, Lease, LedgerStore};
use ledger_tests::conformance::{event, stream};
use ledger_tests::torture::now_nanos;
use uuid::Uuid;

use crate::{ending, newest, opened, pause, say};

/// Appends after which an owner gives the lease back, every other time.
const TURN: u64 = 20;

pub(crate) async fn run(address: &str, millis: &str) {
    let (ended, store) = (ending(), opened(address).await);
    let time = Duration::from_millis(millis.parse().unwrap());
    let holder = Uuid::from_u64_pair(u64::from(std::process::id()), now_nanos());
    let mut written = 0_u64;
    while !ended.load(Ordering::SeqCst) {
        let Some(mut expected) = newest(&*store.store, "owned").await else {
            pause().await;
            continue;
        };
        let asked = now_nanos();
        let Ok(Lease::Held { epoch }) = store.take_lease("owner", holder, time).await else {
            pause().await;
            continue;
        };
        say(&format!("held {asked} {}", now_nanos()));
        // Some appends under one lease, so that it may run out between them.
        for _ in 0..4 {
            let text = format!("{epoch} {holder} {written}");
            let append = Append::to(stream("owned"), expected, vec![event(text.as_bytes())]);
            match again(&*store.store, append).await {
                Some(next) => expected = next,
                None => break,
            }
            say(&format!("wrote {text}"));
            written += 1;
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        if written % (2 * TURN) < 4 {
            say(&format!("released {}", now_nanos()));
            // One that fails leaves the lease to run out.
            drop(store.release_lease("owner", holder).await);
            tokio::time::sleep(time).await;
        }
    }
}

/// Tries until it stands, or another owner has moved the stream on.
async fn again(store: &dyn LedgerStore, append: Append) -> Option<ExpectedRevision> {
    loop {
        match store.append(append.clone()).await {
            Ok(appended) => return Some(appended.streams[0].revision.into()),
            Err(AppendError::Conflict { .. }) => return None,
            Err(AppendError::Busy | AppendError::Storage { .. }) => pause().await,
            Err(error) => panic!("{error}"),
        }
    }
}
