//! A store that opens a span for each call: which stream, how many events, how long, how it ended.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, info_span};
use uuid::Uuid;

use super::append::{Append, AppendError, Appended, PendingAppend};
use super::lease::{Lease, LeaseError, Leases};
use super::read::{EventPage, Filter, Head, ReadAll, ReadError, ReadStream, Subscription};
use super::{EventStore, LedgerStore};
use crate::id::{LedgerId, Position};

/// A store whose calls are spans; what events say is never in them.
///
/// A call that was dropped has a span without `outcome` and `duration_ms`.
#[derive(Clone, Debug)]
pub struct Traced<S>(S);

impl<S> Traced<S> {
    /// Traces the calls of `store`.
    #[must_use]
    pub const fn new(store: S) -> Self {
        Self(store)
    }
}

/// Runs a call in its span and notes how it ended.
async fn traced<T, E>(
    span: Span,
    call: impl Future<Output = Result<T, E>>,
    outcome: impl FnOnce(&Result<T, E>) -> &'static str,
) -> Result<T, E> {
    let begun = Instant::now();
    let result = call.instrument(span.clone()).await;
    span.record("outcome", outcome(&result));
    span.record("duration_ms", begun.elapsed().as_secs_f64() * 1_000.0);
    result
}

const fn of_append<T>(result: &Result<T, AppendError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(AppendError::Conflict { .. }) => "conflict",
        Err(AppendError::Refused { .. }) => "refused",
        Err(AppendError::Busy) => "busy",
        Err(AppendError::ClockBehind { .. }) => "clock-behind",
        Err(AppendError::Storage { .. }) => "storage",
        Err(AppendError::DiskFull { .. }) => "disk-full",
        Err(AppendError::ReadOnly { .. }) => "read-only",
        Err(AppendError::Closed) => "closed",
    }
}

const fn of_appended(result: &Result<Appended, AppendError>) -> &'static str {
    match result {
        Ok(appended) if appended.repeated => "repeated",
        Ok(_) | Err(_) => of_append(result),
    }
}

const fn of_read<T>(result: &Result<T, ReadError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(ReadError::Storage { .. }) => "storage",
        Err(ReadError::Damaged { .. }) => "damaged",
        Err(ReadError::Busy) => "busy",
    }
}

const fn of_lease<T>(result: &Result<T, LeaseError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(LeaseError(_)) => "storage",
    }
}

/// The span of an append; of several streams the first is named.
macro_rules! append_span {
    ($name:literal, $append:expr) => {{
        let first = $append.streams.first().map(|part| part.stream.as_str());
        info_span!(
            $name,
            stream.id = first,
            stream.count = $append.streams.len(),
            event.count = $append.event_count(),
            outcome = Empty,
            duration_ms = Empty
        )
    }};
}

/// The span of a read; how many events it gave is known when it has ended.
macro_rules! read_span {
    ($name:literal, $($field:tt)*) => {
        info_span!($name, $($field)*, event.count = Empty, outcome = Empty, duration_ms = Empty)
    };
}

async fn traced_page(
    span: Span,
    call: impl Future<Output = Result<EventPage, ReadError>>,
) -> Result<EventPage, ReadError> {
    let page = traced(span.clone(), call, of_read).await?;
    span.record("event.count", page.events.len());
    Ok(page)
}

#[async_trait]
impl<S: EventStore> EventStore for Traced<S> {
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        let span = append_span!("store.submit", append);
        traced(span, self.0.submit(append), of_append).await
    }

    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let span = append_span!("store.append", append);
        traced(span, self.0.append(append), of_appended).await
    }

    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        let span = read_span!("store.read_stream", stream.id = read.stream.as_str());
        traced_page(span, self.0.read_stream(read)).await
    }

    async fn read_all(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        let from = read.from.map(Position::get);
        let span = read_span!("store.read_all", position.from = from);
        traced_page(span, self.0.read_all(read)).await
    }

    async fn head(&self) -> Result<Head, ReadError> {
        let span = info_span!("store.head", outcome = Empty, duration_ms = Empty);
        traced(span, self.0.head(), of_read).await
    }

    async fn subscribe(&self, from: Position, filter: Filter) -> Result<Subscription, ReadError> {
        let span = info_span!(
            "store.subscribe",
            position.from = from.get(),
            outcome = Empty,
            duration_ms = Empty
        );
        traced(span, self.0.subscribe(from, filter), of_read).await
    }
}

#[async_trait]
impl<S: Leases> Leases for Traced<S> {
    async fn take_lease(
        &self,
        name: &str,
        holder: Uuid,
        time: Duration,
    ) -> Result<Lease, LeaseError> {
        let span = info_span!(
            "store.take_lease",
            lease.name = name,
            outcome = Empty,
            duration_ms = Empty
        );
        traced(span, self.0.take_lease(name, holder, time), of_lease).await
    }

    async fn release_lease(&self, name: &str, holder: Uuid) -> Result<(), LeaseError> {
        let span = info_span!(
            "store.release_lease",
            lease.name = name,
            outcome = Empty,
            duration_ms = Empty
        );
        traced(span, self.0.release_lease(name, holder), of_lease).await
    }
}

impl<S: LedgerStore> LedgerStore for Traced<S> {
    fn ledger_id(&self) -> LedgerId {
        self.0.ledger_id()
    }
}
