//! Loads the streams that a decision names: from the cache, or from the store.

use ledger_core::actor::Actor;
use ledger_core::event::{CorrectionEvent, Event, Open};
use ledger_core::history::History;
use ledger_core::id::{EventId, EventType, Position, Revision, StreamName};
use ledger_core::store::{CurrentRevision, Direction, Filter, ReadAll, ReadStream, StoredEvent};

use super::{ExecuteError, Ledger};
use crate::authorise::account;
use crate::decision::{Decision, Loaded, View};
use crate::state::{Folded, State};

/// The event by which a meeting's figures are frozen.
const MATERIALS_FROZEN: &str = "materials-frozen";

impl Ledger {
    /// Loads a decision's streams, and the actor's account where rights are asked; says whether any
    /// came from the cache.
    pub(super) async fn load<D: Decision + ?Sized>(
        &self,
        decision: &D,
        actor: &Actor,
        fresh: bool,
    ) -> Result<(Vec<Loaded>, bool), ExecuteError> {
        let whole = decision.reads_history();
        let (mut loaded, mut pages) = (Vec::<Loaded>::new(), Vec::new());
        let mut cached = false;
        let mut wanted = decision.streams(self.id);
        wanted.extend(decision.action().map(|_| account::stream(self.id, actor)));
        if decision.reads_packs() {
            wanted.extend(self.meetings_with_packs().await?);
        }
        loop {
            let before = loaded.len();
            for stream in wanted {
                if loaded.iter().any(|loaded| loaded.stream == stream) {
                    continue;
                }
                let (one, stored) = self.load_one(stream, fresh, whole).await?;
                cached |= stored.is_none();
                pages.push(stored.unwrap_or_default());
                loaded.push(one);
            }
            if loaded.len() == before {
                break;
            }
            wanted = decision.reads_also(View::new(&loaded), self.id);
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

    /// What a stream's fold tells as the stream stands in the store: what another process wrote meanwhile
    /// counts, as nothing that is appended afterwards would find it out.
    pub(crate) async fn with_stream<T>(
        &self,
        stream: StreamName,
        tell: impl FnOnce(&Folded) -> T,
    ) -> Result<T, ExecuteError> {
        self.settle_flight(&stream).await;
        let stands_at = self.stands_at(&stream).await?;
        if let Some(folded) = self.cache().settled(&stream, stands_at) {
            return Ok(tell(folded));
        }
        let (loaded, _) = self.load_one(stream, true, false).await?;
        let told = tell(&loaded.folded);
        self.keep(vec![loaded]);
        Ok(told)
    }

    /// How far a stream is in the store.
    async fn stands_at(&self, stream: &StreamName) -> Result<CurrentRevision, ExecuteError> {
        let last = ReadStream {
            direction: Direction::Backwards,
            limit: 1,
            ..ReadStream::whole(stream.clone())
        };
        let last = self.store.read_stream(&last).await?;
        let last = last.events.first();
        Ok(last.map_or(CurrentRevision::NoStream, |event| {
            CurrentRevision::At(event.revision)
        }))
    }

    /// What the state of a person's stream tells together with those of a merged person's other cases, read anew.
    pub(crate) async fn with_cases<T>(
        &self,
        stream: StreamName,
        tell: impl FnOnce(&State) -> T,
    ) -> Result<T, ExecuteError> {
        let mut loaded = Vec::<Loaded>::new();
        let mut wanted = vec![stream.clone()];
        while let Some(next) = wanted.pop() {
            let (one, _) = self.load_one(next, true, false).await?;
            loaded.push(one);
            wanted = View::new(&loaded).other_cases(&stream);
            wanted.retain(|other| loaded.iter().all(|one| one.stream != *other));
        }
        let told = View::new(&loaded)
            .together(&stream)
            .map(|state| tell(&state));
        self.keep(loaded);
        Ok(told?)
    }

    /// The streams of the meetings whose figures were frozen. One that is frozen meanwhile stands at an
    /// earlier position than what is about to be written, and knows nothing of it.
    async fn meetings_with_packs(&self) -> Result<Vec<StreamName>, ExecuteError> {
        let mut read = ReadAll {
            filter: Filter::of_types(EventType::new(MATERIALS_FROZEN)),
            ..ReadAll::after(Position::default())
        };
        let mut streams = Vec::new();
        loop {
            let page = self.store.read_all(&read).await?;
            streams.extend(page.events.iter().map(|event| event.stream.clone()));
            match page.next {
                Some(next) => read.from = Some(Position::new(next)),
                None => return Ok(streams),
            }
        }
    }

    /// Loads one stream; its stored events only where it did not come from the cache.
    async fn load_one(
        &self,
        stream: StreamName,
        fresh: bool,
        whole: bool,
    ) -> Result<(Loaded, Option<Vec<StoredEvent>>), ExecuteError> {
        self.settle_flight(&stream).await;
        let kept = self.cache().take(&stream);
        let usable = kept.filter(|folded| !fresh && !whole && !folded.is_stale());
        if let Some(folded) = usable {
            let history = None;
            let loaded = Loaded {
                stream,
                folded,
                history,
            };
            return Ok((loaded, None));
        }
        let (history, stored) = self.read(&stream, &[]).await?;
        let folded = Folded::of_history(&stream, &history);
        let history = whole.then_some(history);
        let loaded = Loaded {
            stream,
            folded,
            history,
        };
        Ok((loaded, Some(stored)))
    }

    /// Waits until what this program has under way for a stream is written or refused.
    async fn settle_flight(&self, stream: &StreamName) {
        let flight = self.cache().flight(stream);
        if let Some(answer) = flight {
            // Its own caller hears of an error; here the fold that rested on it is gone by now.
            drop(answer.await);
        }
    }

    /// Reads one whole stream.
    async fn read(
        &self,
        stream: &StreamName,
        opens: &[EventId],
    ) -> Result<(History, Vec<StoredEvent>), ExecuteError> {
        let mut read = ReadStream::whole(stream.clone());
        let mut stored = Vec::new();
        loop {
            let page = self.store.read_stream(&read).await?;
            stored.extend(page.events.iter().cloned());
            let Some(next) = page.next else {
                break;
            };
            read.from = Some(Revision::new(next));
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
}

/// The event that a correction gives another content.
const fn corrected(event: &Event) -> Option<EventId> {
    if let Event::Correction(
        CorrectionEvent::Corrected(corrected) | CorrectionEvent::IdentityCorrected(corrected),
    ) = event
    {
        Some(corrected.target)
    } else {
        None
    }
}
