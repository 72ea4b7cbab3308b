//! What pages rest on, read and written by as many at once through the same store.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ledger_core::id::{EventId, Position, StreamName};
use ledger_core::store::{
    Append, Direction, ExpectedRevision, Filter, LedgerStore, NameFilter, ReadAll, ReadStream,
};
use ledger_core::time::Day;
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::samples;
use uuid::Uuid;

use super::asked::Asked;
use super::{in_turn, percentile};

/// Events on a page of the list.
const PAGE: usize = 50;

/// Something that a page has to read or write.
#[derive(Clone, Copy)]
pub(super) enum Reads {
    /// Where the log ends.
    Head,
    /// Some events of the log.
    Page,
    /// The events of a person.
    Person,
    /// Written and on the disk: that somebody opened a person's text.
    Opening,
    /// The settings.
    Programme,
    /// Every event of these types.
    Types(&'static [&'static str]),
}

/// The ledger that is read, and one that is written.
type Stores = (Arc<dyn LedgerStore>, Arc<dyn LedgerStore>);

/// The 95th percentile of reading what pages need, `clients` at once and `asks` times each, as the pages are asked for.
pub(super) async fn at_once(
    ledger: &TestLedger,
    pages: &[Asked],
    clients: usize,
    asks: usize,
) -> Duration {
    // The clock of the ledger that is served stands before that of the program which wrote into it.
    let written = TestLedger::new(Engine::Sqlite).await;
    let mut readers = tokio::task::JoinSet::new();
    for client in 0..clients {
        let stores = (ledger.shared(), written.shared());
        let pages: Vec<Asked> = in_turn(pages, client, asks).cloned().collect();
        readers.spawn(async move { one(&stores, &pages).await });
    }
    let took: Vec<Vec<Duration>> = readers.join_all().await;
    percentile(took.concat(), 95)
}

async fn one(stores: &Stores, pages: &[Asked]) -> Vec<Duration> {
    let mut took = Vec::new();
    for page in pages {
        let begun = Instant::now();
        for read in page.needs {
            std::hint::black_box(rows(stores, &page.person, *read).await);
        }
        took.push(begun.elapsed());
    }
    took
}

async fn rows((store, written): &Stores, person: &StreamName, read: Reads) -> usize {
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
        Reads::Person => stream(store, person).await,
        Reads::Opening => {
            let append = opening(person);
            written.append(append).await.unwrap();
            1
        },
        Reads::Programme => stream(store, &StreamName::programme()).await,
        Reads::Types(names) => {
            let types = names.iter().map(|name| (*name).to_owned());
            let read = ReadAll {
                limit: usize::MAX,
                filter: Filter {
                    types: Some(NameFilter::OneOf(types.collect())),
                    ..Filter::default()
                },
                ..ReadAll::after(Position::default())
            };
            store.read_all(&read).await.unwrap().events.len()
        },
    }
}

async fn stream(store: &Arc<dyn LedgerStore>, name: &StreamName) -> usize {
    let read = ReadStream::whole(name.clone());
    store.read_stream(&read).await.unwrap().events.len()
}

/// As the program writes it before it shows the text.
fn opening(person: &StreamName) -> Append {
    let day = Day::from_ymd_opt(2024, 4, 1).unwrap();
    let new = samples::opening(person, EventId::new(Uuid::new_v4()), day);
    Append::to(StreamName::access(day), ExpectedRevision::Any, vec![new])
}
