//! The production backend: one PostgreSQL schema holds one ledger.

mod address;
mod connect;
mod copy;
mod create;
mod engine;
mod fault;
mod fetch;
mod lease;
mod link;
mod links;
mod listen;
mod look;
mod pager;
mod read;
mod restore;
mod row;
mod scan;
mod scanner;
mod tls;

pub use address::{Address, LedgerName};
pub use connect::pool;
pub use create::{create, migrate};
pub use restore::restore;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use self::engine::PostgresEngine;
use self::links::Links;
use self::look::Found;
use self::pager::Pager;
use self::read::Reader;
use self::scanner::Scanner;
use super::append::{Append, AppendError, PendingAppend};
use super::follow::{Deliveries, Followed, follow};
use super::lease::{HeldLease, Lease, LeaseError, Leases};
use super::names::Names;
use super::observer::Observer;
use super::read::{EventPage, Head, ReadAll, ReadError, ReadStream};
use super::sqlite::Opened;
use super::writer::{Writer, WriterHandle};
use super::{EventStore, LedgerStore, Limits, OpenError};
use crate::id::{LedgerId, Position};
use crate::task;
use crate::time::Clock;

/// Most connections for reading one stream or a few events.
const READERS_MAX: usize = 8;

/// A ledger in a PostgreSQL schema.
#[derive(Clone)]
pub struct PostgresStore {
    inner: Arc<Inner>,
}

struct Inner {
    address: Address,
    found: Found,
    links: Links,
    reader: Arc<Reader>,
    scanner: Scanner,
    writer: WriterHandle,
    head: watch::Receiver<Position>,
    followed: Arc<Notify>,
}

impl PostgresStore {
    /// Opens a ledger; nothing is written until the returned future is polled, and the future ends
    /// once the last clone of the store is gone and its queue is written.
    ///
    /// # Errors
    /// [`OpenError`] when the server does not answer, refuses the login, or holds no such ledger.
    pub async fn open(
        address: Address,
        clock: Arc<dyn Clock>,
        limits: Limits,
    ) -> Result<Opened<Self>, OpenError> {
        Self::open_observed(address, clock, limits, Arc::new(())).await
    }

    /// Opens a ledger like [`PostgresStore::open`], whose writer tells `observer` how it goes.
    ///
    /// # Errors
    /// Those of [`PostgresStore::open`].
    pub async fn open_observed(
        address: Address,
        clock: Arc<dyn Clock>,
        limits: Limits,
        observer: Arc<dyn Observer>,
    ) -> Result<Opened<Self>, OpenError> {
        let names = Arc::new(Names::new());
        let links = Links::new(&address, READERS_MAX, Arc::clone(&names))?;
        let found = look::look_at(&address, &links).await?;
        let engine = PostgresEngine::new(connect::writer(&address)?);
        let (handle, requests) = WriterHandle::new(limits, observer);
        let (publish, head) = watch::channel(Position::default());
        let followed = Arc::new(Notify::new());
        let writer = Writer::new(engine, clock, limits, requests, publish.clone());
        let listener = listen::listen(
            address.clone(),
            links.clone(),
            publish,
            Arc::clone(&followed),
        );
        let scanning = Links::new(&address, scanner::CONNECTIONS_MAX, Arc::clone(&names))?;
        let scanner = Scanner::start(Pager::new(Reader::new(
            scanning,
            Arc::clone(&names),
            limits,
        )))?;
        let reader = Arc::new(Reader::new(links.clone(), names, limits));
        let background = async move {
            tokio::select! {
                () = writer.run() => {},
                () = listener => {},
            }
        };
        let inner = Inner {
            address,
            found,
            links,
            reader,
            scanner,
            writer: handle,
            head,
            followed,
        };
        let background: BoxFuture<'static, ()> = background.boxed();
        Ok((
            Self {
                inner: Arc::new(inner),
            },
            background,
        ))
    }

    /// Whether the login could do more than the program needs: it owns the log or is a superuser.
    #[must_use]
    pub fn is_elevated(&self) -> bool {
        self.inner.found.elevated
    }

    /// Whether a power cut leaves what was acknowledged; not while the server runs with `fsync` or
    /// `full_page_writes` off.
    #[must_use]
    pub fn is_durable(&self) -> bool {
        self.inner.found.durable
    }

    /// Where the ledger is; its views are in the schema beside it.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.inner.address
    }
}

impl LedgerStore for PostgresStore {
    fn ledger_id(&self) -> LedgerId {
        self.inner.found.ledger
    }
}

#[async_trait]
impl EventStore for PostgresStore {
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        self.inner.writer.submit(append)
    }

    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        let (reader, read) = (Arc::clone(&self.inner.reader), read.clone());
        // Each packet would have to wake the caller's thread: for a stream of a thousand events that
        // costs more than the rows do.
        task::run(async move { reader.stream(&read).await }).await?
    }

    async fn read_all(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        let known = *self.inner.head.borrow();
        let (reader, pushed) = (Arc::clone(&self.inner.reader), read.pushed());
        let mut page = None;
        if !Reader::is_scan(&pushed, known) {
            let pushed = pushed.clone();
            page = task::run(async move { reader.all(&pushed).await }).await??;
        }
        match page {
            Some(page) => read.narrow(page),
            // More follow than were known of.
            None => read.narrow(self.inner.scanner.read(&pushed).await?),
        }
    }

    async fn head(&self) -> Result<Head, ReadError> {
        self.inner.reader.head().await
    }

    async fn follow(&self, followed: Followed) -> Result<Deliveries, ReadError> {
        self.inner.followed.notify_one();
        Ok(follow(
            Arc::new(self.clone()),
            self.inner.head.clone(),
            followed,
        ))
    }
}

#[async_trait]
impl Leases for PostgresStore {
    async fn take_lease(
        &self,
        name: &str,
        holder: Uuid,
        time: Duration,
    ) -> Result<Lease, LeaseError> {
        lease::take(&self.inner.links, name, holder, time).await
    }

    async fn release_lease(&self, name: &str, holder: Uuid) -> Result<(), LeaseError> {
        lease::release(&self.inner.links, name, holder).await
    }

    async fn leases(&self) -> Result<Vec<HeldLease>, LeaseError> {
        lease::held(&self.inner.links).await
    }
}
