//! The loop around a decision: load the streams, fold, decide, seal, append, answer.

mod advance;
mod error;
mod load;
mod pending;
mod prepare;
mod repeated;
mod traced;

pub use error::ExecuteError;
pub use pending::Pending;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ledger_core::event::Codec;
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::store::{AppendError, EventStore};
use ledger_core::time::Clock;

pub(crate) use self::pending::settled;
use self::pending::{Streams, answer};
use self::prepare::Prepared;
use self::traced::{command_span, traced};
use crate::cache::{Answer, Cache};
use crate::decision::{Decision, Loaded};
use crate::envelope::{Envelope, Receipt};
use crate::state::Folded;

/// Most events over all folded streams that are kept between commands; each takes some sixteen bytes.
pub const CACHE_EVENTS: usize = 1_500_000;

/// How often a decision is made anew after another writer came first.
const CONFLICT_RETRIES: usize = 3;

/// Executes commands against one ledger; cheap to share behind an [`Arc`].
pub struct Ledger {
    store: Arc<dyn EventStore>,
    codec: Codec,
    clock: Arc<dyn Clock>,
    id: LedgerId,
    cache: Arc<Mutex<Cache>>,
    turn: tokio::sync::Mutex<()>,
}

impl Ledger {
    /// A ledger over a store, with the keys, the clock and the id that it has.
    #[must_use]
    pub fn new(
        store: Arc<dyn EventStore>,
        codec: Codec,
        clock: Arc<dyn Clock>,
        id: LedgerId,
    ) -> Self {
        Self {
            store,
            codec,
            clock,
            id,
            cache: Arc::new(Mutex::new(Cache::new(CACHE_EVENTS))),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    /// The ledger's id.
    #[must_use]
    pub const fn id(&self) -> LedgerId {
        self.id
    }

    /// The clock that says what lies in the future.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    pub(crate) fn store(&self) -> &dyn EventStore {
        self.store.as_ref()
    }

    /// Decides a command and appends its events, all or none; sending it again with the same
    /// command id writes nothing and gives the first receipt.
    ///
    /// The events of all its streams are one append, each stream at exactly the revision that was
    /// read, those that were only read included. When another writer came first, the streams are read
    /// and the command decided anew, at most three times. A dropped call may still have written: send
    /// it again.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the rules say no, [`ExecuteError::Busy`] and
    /// [`ExecuteError::Contended`] when trying again helps, the others when store, keys or stored
    /// events fail.
    pub async fn execute<D: Decision + ?Sized>(
        &self,
        decision: &D,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        let span = command_span!("ledger.execute", envelope);
        let events = |receipt: &Receipt| receipt.events.len();
        traced(span, self.decide_and_append(decision, envelope), events).await
    }

    async fn decide_and_append<D: Decision + ?Sized>(
        &self,
        decision: &D,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        for attempt in 0..=CONFLICT_RETRIES {
            let new = match self.prepare(decision, envelope, attempt > 0).await? {
                Prepared::Repeated(receipt) => return Ok(receipt),
                Prepared::New(new) => new,
            };
            match self.store.append(new.append.clone()).await {
                Ok(appended) => {
                    let advanced = self.go_on(new);
                    self.remember(advanced.folds, None);
                    return Ok(settled(advanced.receipt, &appended));
                },
                Err(AppendError::Conflict { stream, .. }) => {
                    tracing::debug!(stream.id = %stream, attempt, "another writer came first");
                },
                Err(error) => return Err(error.into()),
            }
        }
        let attempts = CONFLICT_RETRIES.saturating_add(1);
        Err(ExecuteError::Contended { attempts })
    }

    /// Decides a command and gives its append a place in the store's queue, without waiting for it.
    ///
    /// Calls take turns, and their events take positions in the order in which the calls returned.
    /// A call that reads or writes a stream with an append under way waits for that one's outcome
    /// first, since a decision must not rest on what may not be written; calls about different
    /// streams overlap. When an answer is an error (another process wrote the stream), nothing of that command is
    /// written and nothing remembered of it: send it again through [`Ledger::execute`], which is
    /// safe under the same command id. Answers may be waited for in any order, or late.
    ///
    /// # Errors
    /// Those of [`Ledger::execute`], except [`ExecuteError::Contended`]; [`ExecuteError::Busy`]
    /// when the queue is full: wait for the oldest answer and submit again.
    pub async fn submit<D: Decision + ?Sized>(
        &self,
        decision: &D,
        envelope: &Envelope,
    ) -> Result<Pending, ExecuteError> {
        let span = command_span!("ledger.submit", envelope);
        let events = Pending::event_count;
        traced(span, self.decide_and_submit(decision, envelope), events).await
    }

    async fn decide_and_submit<D: Decision + ?Sized>(
        &self,
        decision: &D,
        envelope: &Envelope,
    ) -> Result<Pending, ExecuteError> {
        let _turn = self.turn.lock().await;
        let new = match self.prepare(decision, envelope, false).await? {
            Prepared::Repeated(receipt) => return Ok(Pending::known(receipt)),
            Prepared::New(new) => new,
        };
        let pending = self.store.submit(new.append.clone()).await?;
        let read = new.read.iter().map(|loaded| loaded.stream.clone());
        let read = read.collect();
        let advanced = self.go_on(new);
        let parts = advanced.folds.iter();
        let written = parts.map(|(stream, _)| stream.clone()).collect();
        let cache = Arc::clone(&self.cache);
        let streams = Streams { written, read };
        let answer = answer(pending, streams, cache);
        self.remember(advanced.folds, Some(&answer));
        Ok(Pending::flying(answer, advanced.receipt))
    }

    /// Forgets every folded stream; the next command reads what it needs.
    pub fn forget(&self) {
        self.cache().clear();
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        // A panic while the lock was held cannot leave a half-made fold: folds move in and out whole.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts folds back that nothing was written to.
    fn keep(&self, loaded: Vec<Loaded>) {
        let mut cache = self.cache();
        for loaded in loaded {
            cache.put(loaded.stream, loaded.folded);
        }
    }

    /// Puts the streams back that were only read, and goes on by what the others get.
    fn go_on(&self, mut new: prepare::New) -> advance::Advanced {
        self.keep(std::mem::take(&mut new.read));
        advance::advance(new)
    }

    /// Keeps folds whose events are written, or about to be with `answer` under way.
    fn remember(&self, folds: Vec<(StreamName, Folded)>, answer: Option<&Answer>) {
        let mut cache = self.cache();
        for (stream, folded) in folds {
            if let Some(answer) = answer {
                cache.depart(stream.clone(), answer.clone());
            }
            // After a correction the state must be folded anew from the stream.
            if !folded.is_stale() {
                cache.put(stream, folded);
            }
        }
    }
}
