//! What tests have consumers do: each event is noted in a table that shows what was lost, done twice or out
//! of order.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use ledger_core::store::{Filter, StoredEvent};
use ledger_projections::consumer::{
    Consumer, ConsumerError, ConsumerName, Failed, Handler, Pace, Partition, Partitions, Worker,
};
use ledger_projections::views::{Statement, Value, Views, Write};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::conformance::OpenStore;
use crate::torture::open;

/// How long anything may take to come about.
const PATIENCE: Duration = Duration::from_mins(1);

const TABLE: &str = "CREATE TABLE handled (
    position bigint NOT NULL, stream text NOT NULL, revision bigint NOT NULL,
    earlier bigint NOT NULL, worker text NOT NULL
)";
const NOTE: &str = "INSERT INTO handled (position, stream, revision, earlier, worker)
    VALUES ($1, $2, $3, (SELECT count(*) FROM handled WHERE stream = $2), $4)";
const LIST: &str = "SELECT position, stream, revision, earlier, worker
    FROM handled ORDER BY position, revision";

/// Makes the table in which events are noted.
pub async fn make_table(views: &Views) {
    let table = Statement::on(0, TABLE, Vec::new());
    views.write(vec![table]).await.unwrap();
}

/// An event that was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled {
    pub position: u64,
    pub stream: String,
    pub revision: u64,
    /// How many events of its stream had been noted before it.
    pub earlier: u64,
    pub worker: String,
}

/// Everything that was noted, in the log's order.
pub async fn handled(views: &Views) -> Vec<Handled> {
    let rows = views.query(0, LIST, Vec::new()).await.unwrap();
    let handled = rows.iter().map(|row| {
        let number = |column| u64::try_from(row.int(column).unwrap()).unwrap();
        Handled {
            position: number(0),
            stream: row.text(1).unwrap().to_owned(),
            revision: number(2),
            earlier: number(3),
            worker: row.text(4).unwrap().to_owned(),
        }
    });
    handled.collect()
}

/// Whole streams were noted: exactly these events, each once, each stream in its order.
pub fn assert_once_in_order(handled: &[Handled], events: &[StoredEvent]) {
    let noted: Vec<u64> = handled.iter().map(|one| one.position).collect();
    let expected: Vec<u64> = events.iter().map(|event| event.position.get()).collect();
    let twice = noted.windows(2).filter(|pair| pair[0] == pair[1]);
    assert_eq!(twice.count(), 0, "handled twice, of {}", noted.len());
    assert_eq!(noted, expected, "lost, or never there");
    for one in handled {
        assert_eq!(one.earlier, one.revision, "out of order: {one:?}");
    }
}

/// Notes events, and counts how many were handed over.
pub struct Noting {
    /// Who is noted beside them.
    pub worker: String,
    pub handed: Arc<AtomicUsize>,
    /// How long each takes.
    pub pause: Duration,
}

impl Noting {
    #[must_use]
    pub fn by(worker: &str) -> Self {
        Self {
            worker: worker.to_owned(),
            handed: Arc::default(),
            pause: Duration::ZERO,
        }
    }
}

#[async_trait]
impl Handler for Noting {
    async fn handle(&self, _: Partition, events: &[StoredEvent]) -> Result<Vec<Write>, Failed> {
        self.handed.fetch_add(events.len(), Ordering::SeqCst);
        if !self.pause.is_zero() {
            tokio::time::sleep(self.pause * u32::try_from(events.len()).unwrap()).await;
        }
        let note = |event: &StoredEvent| {
            let parameters = vec![
                Value::from(event.position.as_i64()),
                Value::from(event.stream.as_str()),
                Value::from(i64::try_from(event.revision.get()).unwrap()),
                Value::from(self.worker.as_str()),
            ];
            Statement::on(0, NOTE, parameters).into()
        };
        Ok(events.iter().map(note).collect())
    }
}

/// A consumer of all events.
#[must_use]
pub fn consumer(name: &str, partitions: u8) -> Consumer {
    Consumer {
        name: ConsumerName::new(name).unwrap(),
        partitions: Partitions::new(partitions).unwrap(),
        filter: Filter::default(),
    }
}

/// A pace for tests: everything but the lease is short.
#[must_use]
pub fn pace(lease: Duration) -> Pace {
    Pace {
        lease,
        batch_events: 20,
        skip: Duration::from_millis(50),
        pause: Duration::from_millis(20),
        pause_max: Duration::from_millis(100),
    }
}

/// The views at a ledger's address.
#[must_use]
pub fn views_at(address: &str) -> Views {
    match address.strip_prefix("sqlite:") {
        Some(path) => Views::sqlite(path.as_ref()).unwrap(),
        None => Views::postgres(&address.parse().unwrap()).unwrap(),
    }
}

/// A worker that runs as a task, with a store and views of its own.
pub struct Running {
    pub holder: Uuid,
    stop: watch::Sender<bool>,
    task: JoinHandle<Result<(), ConsumerError>>,
    store: OpenStore,
}

impl Running {
    /// Starts one as another process would.
    pub async fn start(
        address: &str,
        consumer: &Consumer,
        pace: Pace,
        handler: Arc<dyn Handler>,
    ) -> Self {
        let holder = uuid::Builder::from_random_bytes(rand::random()).into_uuid();
        Self::named(holder, address, (consumer, pace), handler).await
    }

    /// Starts one that calls itself what the test says.
    pub async fn named(
        holder: Uuid,
        address: &str,
        (consumer, pace): (&Consumer, Pace),
        handler: Arc<dyn Handler>,
    ) -> Self {
        let store = open(address).await.unwrap();
        let worker = Worker {
            store: Arc::clone(&store.store),
            views: views_at(address),
            holder,
            consumer: consumer.clone(),
            pace,
        };
        Self::run(store, worker, handler)
    }

    /// Runs a worker, whose store may stand in front of the one that is open.
    #[must_use]
    pub fn run(store: OpenStore, worker: Worker, handler: Arc<dyn Handler>) -> Self {
        let holder = worker.holder;
        let (stop, stopped) = watch::channel(false);
        #[expect(
            clippy::disallowed_methods,
            reason = "the kit runs what the program would run"
        )]
        let task = tokio::spawn(async move { worker.run(&*handler, stopped).await });
        Self {
            holder,
            stop,
            task,
            store,
        }
    }

    /// Has it finish and give its leases back.
    pub async fn stop(self) -> Result<(), ConsumerError> {
        self.stop.send_replace(true);
        self.ended().await
    }

    /// Waits until it has ended by itself.
    pub async fn ended(mut self) -> Result<(), ConsumerError> {
        let ended = tokio::time::timeout(PATIENCE, &mut self.task).await;
        ended.expect("it ends").unwrap()
    }

    /// Drops it in the midst of what it does; its leases run out.
    pub async fn kill(mut self) {
        self.task.abort();
        drop((&mut self.task).await);
        self.store.end().await;
    }
}

/// Waits until a switch stands so.
pub async fn until_switched(mut switch: watch::Receiver<bool>, wanted: bool) {
    drop(switch.wait_for(|is| *is == wanted).await);
}

/// Looks until something holds.
pub async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let waited = tokio::time::timeout(PATIENCE, async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what}");
}
