//! The loop around a decision: load the streams, fold, decide, seal, append, answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ledger_core::event::{
    Codec, CorrectionEvent, DecodeError, DecodeStoredError, Draft, EncodeError, Event, Open,
};
use ledger_core::history::History;
use ledger_core::id::{CommandId, EventId, LedgerId, Position, StreamName};
use ledger_core::store::{
    Append, AppendError, Appended, CurrentRevision, EventStore, ExpectedRevision, ReadError,
    ReadStream, StoredEvent, StreamAppend,
};
use ledger_core::time::Clock;

use crate::cache::Cache;
use crate::decision::{Context, Decision, Loaded, View, Written};
use crate::envelope::{Envelope, Receipt};
use crate::pending::{Flight, Pending};
use crate::rejection::{Reason, Rejection};
use crate::state::{Folded, Place};

/// Most events over all folded streams that are kept between commands.
pub const CACHE_EVENTS: usize = 50_000;

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

/// Why a command was not executed.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// The rules say no; nothing was written.
    #[error("the command is refused")]
    Rejected(#[from] Rejection),
    /// The store's queue is full or its database locked; nothing was written, try again.
    #[error("the store is busy, try again")]
    Busy,
    /// Other writers came first again and again; nothing was written, try again.
    #[error("other writers came first {attempts} times")]
    Contended {
        /// How often the decision was made.
        attempts: usize,
    },
    /// The append failed; after a storage error, whether it was kept is unknown: execute it again
    /// under the same command id.
    #[error("the events cannot be appended")]
    Append(#[source] AppendError),
    /// A stream could not be read.
    #[error("a stream cannot be read")]
    Read(#[source] ReadError),
    /// A stored event could not be understood or opened.
    #[error("a stored event cannot be read")]
    Decode(#[from] DecodeStoredError),
    /// A stored correction does not fit its target.
    #[error("a stored correction cannot be applied")]
    History(#[from] DecodeError),
    /// The new events could not be written or sealed.
    #[error("the events cannot be written")]
    Encode(#[from] EncodeError),
}

impl From<AppendError> for ExecuteError {
    fn from(error: AppendError) -> Self {
        if matches!(error, AppendError::Busy) {
            Self::Busy
        } else {
            Self::Append(error)
        }
    }
}

impl From<ReadError> for ExecuteError {
    fn from(error: ReadError) -> Self {
        if matches!(error, ReadError::Busy) {
            Self::Busy
        } else {
            Self::Read(error)
        }
    }
}

/// A decision's events for one loaded stream, with their ids.
type Events = Vec<(EventId, Draft)>;

/// What came of a decision before anything is written.
enum Prepared {
    /// The command had been taken before.
    Repeated(Receipt),
    /// Events to append.
    New(New),
}

struct New {
    append: Append,
    /// The streams that are written, in the append's order, and what each gets.
    written: Vec<(StreamName, Folded, Events)>,
    /// The streams that were only read.
    read: Vec<Loaded>,
    context: Context,
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

    pub(crate) const fn codec(&self) -> &Codec {
        &self.codec
    }

    /// Decides a command and appends its events, all or none; sending it again with the same
    /// command id writes nothing and gives the first receipt.
    ///
    /// The events of all its streams are one append, each stream at exactly the revision that was
    /// read. When another writer came first, the streams are read and the command decided anew, at
    /// most three times. A dropped call may still have written: send it again.
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
        for attempt in 0..=CONFLICT_RETRIES {
            let new = match self.prepare(decision, envelope, attempt > 0).await? {
                Prepared::Repeated(receipt) => return Ok(receipt),
                Prepared::New(new) => new,
            };
            match self.store.append(new.append.clone()).await {
                Ok(appended) => return Ok(self.confirm(new, &appended)),
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
    /// Later calls decide on what this one is about to write. Calls take turns, and their events
    /// take positions in the order in which the calls returned. Wait for the answers in that order.
    /// When one fails (another process wrote the stream), those after it on the same streams fail
    /// as well and nothing of them is written: call [`Ledger::forget`] and send each failed command
    /// again through [`Ledger::execute`], which is safe under the same command ids.
    ///
    /// # Errors
    /// Those of [`Ledger::execute`], except [`ExecuteError::Contended`]; [`ExecuteError::Busy`]
    /// when the queue is full: wait for the oldest answer and submit again.
    pub async fn submit<D: Decision + ?Sized>(
        &self,
        decision: &D,
        envelope: &Envelope,
    ) -> Result<Pending, ExecuteError> {
        let _turn = self.turn.lock().await;
        let new = match self.prepare(decision, envelope, false).await? {
            Prepared::Repeated(receipt) => return Ok(Pending::known(receipt)),
            Prepared::New(new) => new,
        };
        let append = new.append.clone();
        let streams = append.streams.iter().map(|part| part.stream.clone());
        let flight = Flight::depart(Arc::clone(&self.cache), streams.collect());
        match self.store.submit(append).await {
            Ok(answer) => {
                let (receipt, places) = self.advance(new);
                Ok(Pending::flying(answer, receipt, places, flight))
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets every folded stream; the next command reads what it needs.
    pub fn forget(&self) {
        self.cache().clear();
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        // A panic while the lock was held cannot leave a half-made fold: folds move in and out whole.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn prepare<D: Decision + ?Sized>(
        &self,
        decision: &D,
        envelope: &Envelope,
        mut fresh: bool,
    ) -> Result<Prepared, ExecuteError> {
        let now = self.clock.now();
        let context = Context {
            ledger: self.id,
            command: envelope.command,
            now,
            today: now.day_in_japan(),
        };
        loop {
            let (loaded, cached) = self.load(decision, fresh).await?;
            match repeated(&loaded, envelope.command) {
                Repetition::None => {},
                Repetition::Confirmed(receipt) => {
                    self.keep(loaded);
                    return Ok(Prepared::Repeated(receipt));
                },
                // Its append is under way: reading the stream waits for it.
                Repetition::Unconfirmed => {
                    fresh = true;
                    continue;
                },
            }
            match decision.decide(View::new(&loaded), &context) {
                Ok(written) => {
                    let new = self.seal(loaded, written, envelope, context).await?;
                    return Ok(Prepared::New(new));
                },
                // Another process may have written since: only the stream itself can say no.
                Err(_) if cached => fresh = true,
                Err(rejection) => {
                    self.keep(loaded);
                    return Err(rejection.into());
                },
            }
        }
    }

    /// Loads a decision's streams; says whether any came from the cache.
    async fn load<D: Decision + ?Sized>(
        &self,
        decision: &D,
        fresh: bool,
    ) -> Result<(Vec<Loaded>, bool), ExecuteError> {
        let whole = decision.reads_history();
        let mut loaded = Vec::new();
        let mut pages = Vec::new();
        let mut cached = false;
        for stream in decision.streams(self.id) {
            let kept = self.cache().take(&stream);
            let usable = kept.filter(|folded| !fresh && !whole && !folded.is_stale());
            if let Some(folded) = usable {
                cached = true;
                loaded.push(Loaded {
                    stream,
                    folded,
                    history: None,
                });
                continue;
            }
            let (history, stored) = self.read(&stream, &[]).await?;
            let folded = Folded::of_history(&stream, &history);
            pages.push(stored);
            loaded.push(Loaded {
                stream,
                folded,
                history: whole.then_some(history),
            });
        }
        if whole {
            let opens = decision.opens(View::new(&loaded), self.id);
            if !opens.is_empty() {
                for (loaded, stored) in loaded.iter_mut().zip(&pages) {
                    loaded.history = Some(self.decode(stored, &opens).await?);
                }
            }
        }
        Ok((loaded, cached))
    }

    /// Reads one whole stream, after what this program has under way for it.
    async fn read(
        &self,
        stream: &StreamName,
        opens: &[EventId],
    ) -> Result<(History, Vec<StoredEvent>), ExecuteError> {
        let in_flight = self.cache().in_flight(stream);
        if in_flight {
            // An empty append is answered after all those before it in the queue.
            let expected = ExpectedRevision::Any;
            let barrier = Append::to(stream.clone(), expected, Vec::new());
            self.store.append(barrier).await?;
        }
        let mut read = ReadStream::whole(stream.clone());
        let mut stored = Vec::new();
        loop {
            let page = self.store.read_stream(&read).await?;
            stored.extend(page.events.iter().cloned());
            let Some(next) = page.next else {
                break;
            };
            read.from = Some(ledger_core::id::Revision::new(next));
        }
        Ok((self.decode(&stored, opens).await?, stored))
    }

    async fn decode(
        &self,
        stored: &[StoredEvent],
        opens: &[EventId],
    ) -> Result<History, ExecuteError> {
        let mut history = History::default();
        for event in stored {
            let mut recorded = self.codec.decode(event, Open::Identity).await?;
            let about = corrected(&recorded.event).unwrap_or(recorded.id);
            if opens.contains(&about) {
                recorded = self.codec.decode(event, Open::All).await?;
            }
            history.push(recorded)?;
        }
        Ok(history)
    }

    async fn seal(
        &self,
        loaded: Vec<Loaded>,
        written: Vec<Written>,
        envelope: &Envelope,
        context: Context,
    ) -> Result<New, ExecuteError> {
        let mut new = New {
            append: Append::default(),
            written: Vec::new(),
            read: loaded,
            context,
        };
        let mut index = 0_usize;
        for Written { stream, drafts } in written {
            if drafts.is_empty() {
                continue;
            }
            let place = new.read.iter().position(|loaded| loaded.stream == stream);
            let Some(place) = place else {
                return Err(Rejection::from(Reason::WrongStream).into());
            };
            let folded = new.read.swap_remove(place).folded;
            let mut events = Vec::with_capacity(drafts.len());
            let mut bytes = Vec::with_capacity(drafts.len());
            for draft in drafts {
                let id = context.event_id(index);
                let metadata = envelope.metadata(&draft, index);
                let today = context.today;
                bytes.push(
                    self.codec
                        .encode((&stream, id), &draft, &metadata, today)
                        .await?,
                );
                events.push((id, draft));
                index = index.saturating_add(1);
            }
            new.append.streams.push(StreamAppend {
                stream: stream.clone(),
                expected: folded.revision().into(),
                events: bytes,
            });
            new.written.push((stream, folded, events));
        }
        if index == 0 {
            return Err(Rejection::from(Reason::NothingChanges).into());
        }
        Ok(new)
    }

    /// Puts folds back that nothing was written to.
    fn keep(&self, loaded: Vec<Loaded>) {
        let mut cache = self.cache();
        for loaded in loaded {
            cache.put(loaded.stream, loaded.folded);
        }
    }

    /// Goes on by what is about to be written, and says what the receipt will be but for its place.
    fn advance(&self, new: New) -> (Receipt, Vec<Place>) {
        self.keep(new.read);
        let mut receipt = Receipt {
            stream: StreamName::programme(),
            revision: ledger_core::id::Revision::default(),
            position: Position::default(),
            repeated: false,
            events: Vec::new(),
            flags: Vec::new(),
        };
        let mut places = Vec::with_capacity(new.written.len());
        let mut cache = self.cache();
        for (stream, mut folded, events) in new.written {
            places.push(folded.advance(new.context.command, &events));
            if receipt.events.is_empty() {
                receipt.stream = stream.clone();
                if let CurrentRevision::At(revision) = folded.revision() {
                    receipt.revision = revision;
                }
            }
            for (id, draft) in &events {
                receipt.events.push(*id);
                add_flags(&mut receipt, &draft.flags);
            }
            // After a correction the state must be folded anew from the stream.
            if !folded.is_stale() {
                cache.put(stream, folded);
            }
        }
        (receipt, places)
    }

    fn confirm(&self, new: New, appended: &Appended) -> Receipt {
        let (receipt, places) = self.advance(new);
        crate::pending::settle(receipt, &places, appended)
    }
}

fn add_flags(receipt: &mut Receipt, flags: &[ledger_core::code::Flag]) {
    for flag in flags {
        if !receipt.flags.contains(flag) {
            receipt.flags.push(*flag);
        }
    }
}

/// The event that a correction gives another content.
const fn corrected(event: &Event) -> Option<EventId> {
    match event {
        Event::Correction(
            CorrectionEvent::Corrected(corrected) | CorrectionEvent::IdentityCorrected(corrected),
        ) => Some(corrected.target),
        Event::Correction(
            CorrectionEvent::Annulled(_)
            | CorrectionEvent::AnnulmentReversed(_)
            | CorrectionEvent::Reassigned(_),
        )
        | Event::Profile(_)
        | Event::Consultation(_)
        | Event::Referral(_)
        | Event::SupportPlan(_)
        | Event::DisasterPlan(_)
        | Event::Facility(_)
        | Event::Trainee(_)
        | Event::Programme(_)
        | Event::Access(_) => None,
    }
}

/// Whether a command was taken before.
enum Repetition {
    /// No.
    None,
    /// Yes, and this is its receipt.
    Confirmed(Receipt),
    /// Its append has not been confirmed yet.
    Unconfirmed,
}

fn repeated(loaded: &[Loaded], command: CommandId) -> Repetition {
    let mut receipt: Option<Receipt> = None;
    for loaded in loaded {
        let Some(seen) = loaded.folded.seen(command) else {
            continue;
        };
        let Some(position) = seen.position.get().copied() else {
            return Repetition::Unconfirmed;
        };
        let receipt = receipt.get_or_insert_with(|| Receipt {
            stream: loaded.stream.clone(),
            revision: seen.revision,
            position,
            repeated: true,
            events: Vec::new(),
            flags: Vec::new(),
        });
        receipt.position = receipt.position.max(position);
        receipt.events.extend(&seen.events);
        add_flags(receipt, &seen.flags);
    }
    receipt.map_or(Repetition::None, Repetition::Confirmed)
}
