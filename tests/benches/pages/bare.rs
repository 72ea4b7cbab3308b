//! What pages rest on, read by as many at once through the same store.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ledger_core::id::{Position, StreamName};
use ledger_core::store::{Direction, LedgerStore, ReadAll, ReadStream};
use ledger_tests::ledger::TestLedger;

use super::percentile;

/// Events on a page of the list.
const PAGE: usize = 50;

/// Something that a page has to read.
#[derive(Clone, Copy)]
pub(super) enum Reads {
    /// Where the log ends.
    Head,
    /// Some events of the log.
    Page,
    /// The events of a person.
    Person,
}

/// The 95th percentile of reading all of it, `clients` at once and `asks` times each.
pub(super) async fn at_once(
    ledger: &TestLedger,
    (person, reads): (&StreamName, &'static [Reads]),
    clients: usize,
    asks: usize,
) -> Duration {
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let (store, person) = (ledger.shared(), person.clone());
        readers.spawn(async move { one(&store, &person, (reads, asks)).await });
    }
    let took: Vec<Vec<Duration>> = readers.join_all().await;
    percentile(took.concat(), 95)
}

async fn one(
    store: &Arc<dyn LedgerStore>,
    person: &StreamName,
    (reads, asks): (&[Reads], usize),
) -> Vec<Duration> {
    let mut took = Vec::new();
    for _ in 0..asks {
        let begun = Instant::now();
        for read in reads {
            std::hint::black_box(rows(store, person, *read).await);
        }
        took.push(begun.elapsed());
    }
    took
}

async fn rows(store: &Arc<dyn LedgerStore>, person: &StreamName, read: Reads) -> usize {
    match read {
        Reads::Head => {
            store.head().await.unwrap();
            1
        },
        Reads::Page => {
            let read = ReadAll {
                from: None,
                direction: Direction::Backwards,
                limit: PAGE,
                ..ReadAll::after(Position::default())
            };
            store.read_all(&read).await.unwrap().events.len()
        },
        Reads::Person => {
            let read = ReadStream::whole(person.clone());
            store.read_stream(&read).await.unwrap().events.len()
        },
    }
}
