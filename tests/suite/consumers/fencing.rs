//! A holder that was paused while its lease went to another: when it wakes, it writes nothing.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use ledger_core::id::LedgerId;
use ledger_core::store::{
    Append, AppendError, Deliveries, EventPage, EventStore, Followed, Head, HeldLease, Lease,
    LeaseError, Leases, LedgerStore, PendingAppend, ReadAll, ReadError, ReadStream, StoredEvent,
};
use ledger_projections::consumer::{Failed, Handler, Partition, Worker, states};
use ledger_projections::views::Write;
use ledger_tests::conformance::read_log;
use ledger_tests::consuming::{
    Noting, Running, assert_once_in_order, consumer, handled, make_table, pace, until_switched,
    views_at,
};
use ledger_tests::ledger::TestLedger;
use ledger_tests::torture::{address_of, open};
use tokio::sync::watch;
use uuid::Uuid;

use super::{ENGINES, until_noted, write};

const LEASE: Duration = Duration::from_millis(600);

/// A store of a process that stands still: it asks for no lease while it does.
struct Paused {
    store: Arc<dyn LedgerStore>,
    still: watch::Receiver<bool>,
}

#[async_trait]
impl EventStore for Paused {
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        self.store.submit(append).await
    }
    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        self.store.read_stream(read).await
    }
    async fn read_all(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        self.store.read_all(read).await
    }
    async fn head(&self) -> Result<Head, ReadError> {
        self.store.head().await
    }
    async fn follow(&self, followed: Followed) -> Result<Deliveries, ReadError> {
        self.store.follow(followed).await
    }
}

#[async_trait]
impl Leases for Paused {
    async fn take_lease(
        &self,
        name: &str,
        holder: Uuid,
        time: Duration,
    ) -> Result<Lease, LeaseError> {
        until_switched(self.still.clone(), false).await;
        self.store.take_lease(name, holder, time).await
    }
    async fn release_lease(&self, name: &str, holder: Uuid) -> Result<(), LeaseError> {
        self.store.release_lease(name, holder).await
    }
    async fn leases(&self) -> Result<Vec<HeldLease>, LeaseError> {
        self.store.leases().await
    }
}

impl LedgerStore for Paused {
    fn ledger_id(&self) -> LedgerId {
        self.store.ledger_id()
    }
}

/// Handles nothing before its gate is opened, and tells that it stands before it.
struct Gated {
    noting: Noting,
    arrived: watch::Sender<bool>,
    gate: watch::Receiver<bool>,
}

#[async_trait]
impl Handler for Gated {
    async fn handle(&self, of: Partition, events: &[StoredEvent]) -> Result<Vec<Write>, Failed> {
        self.arrived.send_replace(true);
        until_switched(self.gate.clone(), true).await;
        self.noting.handle(of, events).await
    }
}

/// A gate: its handler, what opens it, and what tells that somebody stands before it.
fn gate(worker: &str) -> (Arc<Gated>, watch::Sender<bool>, watch::Receiver<bool>) {
    let (open, gate) = watch::channel(false);
    let (arrived, standing) = watch::channel(false);
    let gated = Gated {
        noting: Noting::by(worker),
        arrived,
        gate,
    };
    (Arc::new(gated), open, standing)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_that_wakes_after_its_lease_went_to_another_cannot_write() {
    for engine in ENGINES {
        let ledger = TestLedger::new(engine).await;
        make_table(&ledger.views).await;
        write(&ledger, "child", (3, 1)).await;
        let (address, mail) = (address_of(&ledger), consumer("mail", 1));
        let (pause, still) = watch::channel(false);
        let ((first, first_gate, first_stands), (second, second_gate, second_stands)) =
            (gate("first"), gate("second"));
        let store = open(&address).await.unwrap();
        let paused = Paused {
            store: Arc::clone(&store.store),
            still,
        };
        let sleeper = Worker {
            store: Arc::new(paused),
            views: views_at(&address),
            holder: Uuid::from_u128(1),
            consumer: mail.clone(),
            pace: pace(LEASE),
        };
        let woken = Running::run(store, sleeper, first);
        until_switched(first_stands, true).await;

        // It stands still with its batch in hand; the lease runs out, and another takes over.
        pause.send_replace(true);
        let taker = Running::start(&address, &mail, pace(LEASE), second).await;
        until_switched(second_stands, true).await;
        // It wakes and commits what it had in hand, and is stopped so that it is known to have ended.
        first_gate.send_replace(true);
        woken.stop().await.unwrap();

        assert_eq!(handled(&ledger.views).await, [], "it wrote");
        let row = states(&ledger.views).await.unwrap().remove(0);
        assert_eq!((row.position.get(), row.epoch), (0, 2));

        second_gate.send_replace(true);
        let log = read_log(&*ledger.store).await;
        until_noted(&ledger.views, log.len()).await;
        taker.stop().await.unwrap();
        let all = handled(&ledger.views).await;
        assert_once_in_order(&all, &log);
        assert!(all.iter().all(|one| one.worker == "second"));
    }
}
