//! Appends whose private part is sealed, against the same text in clear.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::future::join_all;
use ledger_core::id::StreamName;
use ledger_core::seal::{KeyScope, SealedFor, Sealer, SystemRandom};
use ledger_core::store::{Append, ExpectedRevision, LedgerStore, NewEvent};
use ledger_core::time::FiscalYear;
use ledger_tests::ledger::{Engine, TestLedger};
use serde_json::{Map, Value};

use crate::events::{DATA, event, new_stream};
use crate::{Effort, Pair};

const WRITERS: usize = 32;
/// Bytes of an event's data that are private.
const PRIVATE_BYTES: usize = 200;

pub(crate) async fn bench(effort: Effort) {
    let ledger = TestLedger::new(Engine::Postgres).await;
    let keys = Arc::clone(&ledger.keys);
    let sealer = Sealer::new(ledger.id, keys, Arc::new(SystemRandom));
    let mut rates = Pair::default();
    for _ in 0..effort.samples {
        let ours = appends(&ledger.shared(), Some(&sealer), effort.time).await;
        rates.push(ours, appends(&ledger.shared(), None, effort.time).await);
    }
    rates.at_least(
        "sealed appends by 32 writers against unsealed, a second",
        0.8,
    );
}

async fn appends(store: &Arc<dyn LedgerStore>, sealer: Option<&Sealer>, time: Duration) -> f64 {
    let streams: Vec<StreamName> = (0..WRITERS).map(|_| new_stream()).collect();
    if let Some(sealer) = sealer {
        // A key is made once for a stream and year, which is no part of an append.
        for stream in &streams {
            seal(sealer, stream).await;
        }
    }
    let begun = Instant::now();
    let tasks = streams.into_iter().map(|stream| {
        let (store, sealer) = (Arc::clone(store), sealer.cloned());
        tokio::spawn(append((store, stream), sealer, (begun, time)))
    });
    let done = join_all(tasks).await.into_iter().map(Result::unwrap);
    done.sum::<usize>() as f64 / begun.elapsed().as_secs_f64()
}

/// One writer's appends to a stream of its own, under a key of its own.
async fn append(
    (store, stream): (Arc<dyn LedgerStore>, StreamName),
    sealer: Option<Sealer>,
    (begun, time): (Instant, Duration),
) -> usize {
    let (mut expected, mut done) = (ExpectedRevision::NoStream, 0);
    while begun.elapsed() < time {
        let event = match &sealer {
            Some(sealer) => seal(sealer, &stream).await,
            None => event(),
        };
        let append = Append::to(stream.clone(), expected, vec![event]);
        expected = store.append(append).await.unwrap().streams[0]
            .revision
            .into();
        done += 1;
    }
    done
}

/// The event with most of its data sealed.
async fn seal(sealer: &Sealer, stream: &StreamName) -> NewEvent {
    let mut event = event();
    let text = Value::from("p".repeat(PRIVATE_BYTES));
    let private = Map::from_iter([("text".to_owned(), text)]);
    let scope = KeyScope::record(stream.clone(), FiscalYear::new(2024));
    let place = SealedFor {
        stream,
        event: event.id,
        event_type: &event.event_type,
    };
    let ciphertext = sealer.seal(&scope, place, &private).await.unwrap();
    event.data = Bytes::from_static(&DATA[PRIVATE_BYTES..]);
    event.sealed = Some(ciphertext.into());
    event
}
