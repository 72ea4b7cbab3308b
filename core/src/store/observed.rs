//! A store that tells an observer of each call: how it ended, how long it took, how many events.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures::{StreamExt as _, TryStreamExt as _};
use uuid::Uuid;

use super::append::{Append, AppendError, Appended, PendingAppend};
use super::follow::{Deliveries, Delivery, Followed};
use super::lease::{HeldLease, Lease, LeaseError, Leases};
use super::observer::{Observer, ReadKind};
use super::outcome::{AppendOutcome, ReadOutcome};
use super::read::{EventPage, Head, ReadAll, ReadError, ReadStream};
use super::{EventStore, LedgerStore};
use crate::id::LedgerId;

/// A store whose calls are told to an observer.
///
/// A call that was dropped is not told, nor is an append whose answer nobody took.
#[derive(Clone)]
pub struct Observed<S> {
    store: S,
    observer: Arc<dyn Observer>,
}

impl<S> Observed<S> {
    /// Tells `observer` of the calls of `store`.
    #[must_use]
    pub const fn new(store: S, observer: Arc<dyn Observer>) -> Self {
        Self { store, observer }
    }

    fn page(&self, kind: ReadKind, begun: Instant, page: &Result<EventPage, ReadError>) {
        let events = page.as_ref().map_or(0, |page| page.events.len());
        let read = (kind, ReadOutcome::of(page));
        self.observer.read_ended(read, begun.elapsed(), events);
    }
}

#[async_trait]
impl<S: EventStore> EventStore for Observed<S> {
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        let (begun, events) = (Instant::now(), append.event_count());
        let observer = Arc::clone(&self.observer);
        let told = move |outcome| observer.append_ended(outcome, begun.elapsed(), events);
        match self.store.submit(append).await {
            Ok(pending) => Ok(pending.seen_by(move |answer| told(AppendOutcome::of(answer)))),
            Err(error) => {
                told(AppendOutcome::of_error(&error));
                Err(error)
            },
        }
    }

    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let (begun, events) = (Instant::now(), append.event_count());
        let answer = self.store.append(append).await;
        let outcome = AppendOutcome::of(&answer);
        self.observer.append_ended(outcome, begun.elapsed(), events);
        answer
    }

    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        let begun = Instant::now();
        let page = self.store.read_stream(read).await;
        self.page(ReadKind::Stream, begun, &page);
        page
    }

    async fn read_all(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        let begun = Instant::now();
        let page = self.store.read_all(read).await;
        self.page(ReadKind::All, begun, &page);
        page
    }

    async fn head(&self) -> Result<Head, ReadError> {
        let begun = Instant::now();
        let head = self.store.head().await;
        let read = (ReadKind::Head, ReadOutcome::of(&head));
        self.observer.read_ended(read, begun.elapsed(), 0);
        head
    }

    async fn follow(&self, followed: Followed) -> Result<Deliveries, ReadError> {
        let observer = Arc::clone(&self.observer);
        let deliveries = self.store.follow(followed).await?;
        let heard = deliveries.inspect_ok(move |delivery| {
            if matches!(delivery, Delivery::Event(_)) {
                observer.event_delivered();
            }
        });
        Ok(heard.boxed())
    }
}

#[async_trait]
impl<S: Leases> Leases for Observed<S> {
    async fn take_lease(
        &self,
        name: &str,
        holder: Uuid,
        time: Duration,
    ) -> Result<Lease, LeaseError> {
        self.store.take_lease(name, holder, time).await
    }

    async fn release_lease(&self, name: &str, holder: Uuid) -> Result<(), LeaseError> {
        self.store.release_lease(name, holder).await
    }

    async fn leases(&self) -> Result<Vec<HeldLease>, LeaseError> {
        self.store.leases().await
    }
}

impl<S: LedgerStore> LedgerStore for Observed<S> {
    fn ledger_id(&self) -> LedgerId {
        self.store.ledger_id()
    }
}
