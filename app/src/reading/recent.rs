//! Streams that were read lately, as they were understood; a program that goes on running holds them in memory for a
//! while and reads of each only what came since.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ledger_core::event::{Codec, Open};
use ledger_core::history::History;
use ledger_core::id::{Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream, StoredEvent};
use ledger_core::time::Timestamp;
use ledger_projections::timeline::{Beside, TimelineOptions, timeline_with};

use super::history::decoded;
use super::opened::OpenedTimeline;
use super::slots::{Slot, Slots};
use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::{OpenLedger, OpenWithKeys};

/// Most streams that are held.
const STREAMS_MAX: usize = 64;
/// For how long a stream is held of which nobody asks: about as long as somebody stays with one record.
const HELD_FOR: Duration = Duration::from_mins(10);

/// The streams that are held, each with its text or without.
#[derive(Default)]
pub(super) struct RecentStreams(Slots<(StreamName, bool), Read, STREAMS_MAX>);

/// A stream as far as it was read.
#[derive(Clone, Default)]
pub struct Read {
    records: Arc<Vec<(Position, Timestamp)>>,
    history: Arc<History>,
    /// The first record that cannot be understood; the history ends before it.
    damage: Option<(Position, Failure)>,
    next: Revision,
    /// The timeline that was made of it last.
    seen: Arc<Mutex<Option<Seen>>>,
}

/// What of a person stands in other streams: inquiries, and the cases that were merged into the one that goes on.
#[derive(Clone, Default)]
pub(super) struct Others {
    pub(super) inquiries: Vec<Arc<History>>,
    pub(super) cases: Vec<Arc<History>>,
}

/// A timeline, through which clocks, and with which other streams.
struct Seen {
    options: TimelineOptions,
    others: Others,
    timeline: OpenedTimeline,
}

/// The records of a stream, personal text open. That it is opened was recorded before.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn recent_opened(
    open: &OpenWithKeys,
    stream: &StreamName,
) -> Result<Read, Failure> {
    read(&open.open, stream, Some(&open.codec)).await
}

/// The history of a stream as it stands, personal text open; held, so that who looks at one record for a while does
/// not open each of its texts again and again. That it is opened was recorded before.
///
/// # Errors
/// [`Failure`] when the store or a key fails, or an event cannot be understood.
pub async fn opened_history(
    open: &OpenWithKeys,
    stream: &StreamName,
) -> Result<Arc<History>, Failure> {
    recent_opened(open, stream).await?.at(None)
}

/// The records of a stream, personal text closed.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn recent(open: &OpenLedger, stream: &StreamName) -> Result<Read, Failure> {
    read(open, stream, None).await
}

async fn read(
    open: &OpenLedger,
    stream: &StreamName,
    codec: Option<&Codec>,
) -> Result<Read, Failure> {
    let key = (stream.clone(), codec.is_some());
    let slot = match &open.held {
        Some(held) => held.recent.0.of(key, Instant::now()),
        None => Slot::default(),
    };
    let mut read = slot.lock().await;
    read.bring_forward(open.store.as_ref(), stream, codec)
        .await?;
    Ok(read.clone())
}

impl RecentStreams {
    /// Gives up the streams of which nobody asked for a while.
    pub(super) fn forget(&self) {
        if let Some(before) = Instant::now().checked_sub(HELD_FOR) {
            self.0.forget_before(before);
        }
    }
}

impl Others {
    /// Whether both are the same as they were read.
    fn is_same(&self, other: &Self) -> bool {
        let same = |own: &[Arc<History>], other: &[Arc<History>]| {
            let mut both = own.iter().zip(other);
            own.len() == other.len() && both.all(|(own, other)| Arc::ptr_eq(own, other))
        };
        same(&self.inquiries, &other.inquiries) && same(&self.cases, &other.cases)
    }
}

impl Read {
    /// Where each record stands in the log, and when it was made, in order.
    #[must_use]
    pub fn records(&self) -> &[(Position, Timestamp)] {
        &self.records
    }

    /// The history as it stood at a position, or as it stands.
    ///
    /// # Errors
    /// [`Failure`] when an event by then cannot be understood.
    pub fn at(&self, as_at: Option<Position>) -> Result<Arc<History>, Failure> {
        let is_by_then = |position: Position| as_at.is_none_or(|as_at| position <= as_at);
        match &self.damage {
            Some((position, failure)) if is_by_then(*position) => return Err(failure.clone()),
            Some(_) | None => {},
        }
        let newest = self.history.entries().last();
        match as_at {
            Some(as_at) if !newest.is_none_or(|entry| is_by_then(entry.recorded.position)) => {
                let then = self.history.until(as_at);
                then.map(Arc::new).map_err(|error| unreadable(&error))
            },
            Some(_) | None => Ok(Arc::clone(&self.history)),
        }
    }

    /// Where the first record stands, and when it was made.
    pub(super) fn first(&self) -> Option<(Position, Timestamp)> {
        self.records.first().copied()
    }

    /// A person's timeline through these clocks, with what stands of it in other streams.
    ///
    /// # Errors
    /// As [`Self::at`].
    pub(super) fn timeline(
        &self,
        others: Others,
        options: TimelineOptions,
    ) -> Result<OpenedTimeline, Failure> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let held = seen.as_ref();
        if let Some(seen) =
            held.filter(|seen| seen.options == options && seen.others.is_same(&others))
        {
            return Ok(seen.timeline.clone());
        }
        let history = self.at(options.as_at)?;
        let beside = Beside {
            inquiries: &others.inquiries,
            cases: &others.cases,
        };
        let timeline = OpenedTimeline::from(timeline_with(&history, &beside, options));
        *seen = Some(Seen {
            options,
            others,
            timeline: timeline.clone(),
        });
        Ok(timeline)
    }

    async fn bring_forward(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
        codec: Option<&Codec>,
    ) -> Result<(), Failure> {
        if self.damage.is_some() {
            // What failed may have been the key store: nothing of it is kept.
            *self = Self::default();
        }
        loop {
            let read = ReadStream {
                from: Some(self.next),
                ..ReadStream::whole(stream.clone())
            };
            let page = store.read_stream(&read).await;
            let page = page.map_err(|error| read_failure(&error))?;
            for stored in page.events.iter() {
                self.take_in(stored, codec).await;
            }
            if page.next.is_none() {
                return Ok(());
            }
        }
    }

    /// Adds the stream's next record; behind one that cannot be understood nothing is.
    async fn take_in(&mut self, stored: &StoredEvent, codec: Option<&Codec>) {
        let understood = match self.damage {
            None => Some(decoded(stored, codec.map(|codec| (codec, Open::All))).await),
            Some(_) => None,
        };
        // Who asks may be gone wherever something is awaited: what follows happens whole or not at all.
        Arc::make_mut(&mut self.records).push((stored.position, stored.recorded_at));
        self.next = Revision::new(stored.revision.get().saturating_add(1));
        self.seen = Arc::default();
        let added = understood.map(|understood| {
            let pushed = Arc::make_mut(&mut self.history).push(understood?);
            pushed.map_err(|error| unreadable(&error))
        });
        if let Some(Err(failure)) = added {
            self.damage = Some((stored.position, failure));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use async_trait::async_trait;
    use futures::FutureExt as _;
    use ledger_core::code::{Area, ProfileField};
    use ledger_core::event::{
        ChildRegistered, Draft, Event, Metadata, ProfileChanged, ProfileEvent,
    };
    use ledger_core::id::{ChildId, EventId, InquiryId, KeyId, LedgerId};
    use ledger_core::private::Private;
    use ledger_core::proof::Hash;
    use ledger_core::seal::{DataKey, KeyError, KeyScope, KeyStore, MacKey, Sealer, SystemRandom};
    use ledger_core::time::{Day, Occurred};
    use ledger_projections::yearly_clock::YearlyClock;
    use serde_json::json;
    use uuid::Uuid;

    use super::super::opened::Own;
    use super::*;
    use crate::lang::Lang;
    use crate::render;

    const CHILD: ChildId = ChildId::new(Uuid::from_u128(1));

    /// A key store that does not answer the first time.
    #[derive(Default)]
    struct Late(AtomicBool);

    #[async_trait]
    impl KeyStore for Late {
        async fn key_for(&self, _: &KeyScope) -> Result<(KeyId, DataKey), KeyError> {
            Ok((KeyId::new(Uuid::nil()), DataKey::new([7; 32])))
        }

        async fn key(&self, _: KeyId) -> Result<Option<DataKey>, KeyError> {
            if !self.0.swap(true, Ordering::SeqCst) {
                return futures::future::pending().await;
            }
            Ok(Some(DataKey::new([7; 32])))
        }

        async fn mac_key(&self) -> Result<MacKey, KeyError> {
            Err(KeyError::Destroyed)
        }
    }

    async fn registered(codec: &Codec) -> StoredEvent {
        let event = ProfileEvent::Registered(ChildRegistered {
            child: CHILD,
            number: None,
            birth_month: None,
            area: None,
            name: Private::Open(Some("見本 花子".to_owned())),
            kana: Private::Open(None),
            birth_date: Private::Open(None),
        });
        stored(codec, 1, event).await
    }

    /// The nth event of the stream.
    async fn stored(codec: &Codec, nth: u64, event: ProfileEvent) -> StoredEvent {
        let stream = StreamName::child(CHILD);
        let id = EventId::new(Uuid::from_u128(nth.into()));
        let day = Day::from_ymd_opt(2024, 4, 1).unwrap();
        let command = Uuid::from_u128(3);
        let metadata: Metadata = serde_json::from_value(json!({
            "schema": 1, "actor": "sato", "role": "staff", "occurred": Occurred::Day(day),
            "command": command, "$correlationId": command, "$causationId": command,
        }))
        .unwrap();
        let draft = Draft::new(event, Occurred::Day(day));
        let new = codec.encode((&stream, id), &draft, &metadata, day).await;
        let new = new.unwrap();
        StoredEvent {
            position: Position::new(nth),
            stream,
            revision: Revision::new(nth.saturating_sub(1)),
            id,
            event_type: new.event_type,
            recorded_at: Timestamp::from_micros(1).unwrap(),
            content_type: new.content_type.into(),
            data: new.data,
            metadata: new.metadata,
            sealed: new.sealed,
            sealed_sha256: None,
            leaf_hash: Hash::of(&[]),
        }
    }

    fn ready() -> Codec {
        let (keys, ledger) = (Late::default(), LedgerId::new(Uuid::nil()));
        keys.0.store(true, Ordering::SeqCst);
        let sealer = Sealer::new(ledger, Arc::new(keys), Arc::new(SystemRandom));
        Codec::new(sealer)
    }

    fn options() -> TimelineOptions {
        TimelineOptions {
            as_of: None,
            as_at: None,
            today: Day::from_ymd_opt(2024, 4, 2).unwrap(),
            yearly_clock: YearlyClock::PROPOSED,
        }
    }

    /// What each event is told as, held and found anew.
    fn assert_told_as_found_anew(read: &Read) -> usize {
        let options = options();
        for _ in ["found", "held"] {
            let seen = read.timeline(Others::default(), options).unwrap();
            for lang in [Lang::Ja, Lang::En] {
                for entry in &seen.entries {
                    let anew = render::told(entry, &seen, lang);
                    assert_eq!(*seen.told(entry, lang), anew);
                }
                assert_eq!(seen.cards(lang), render::timeline_cards(&seen, lang));
            }
        }
        read.timeline(Others::default(), options)
            .unwrap()
            .entries
            .len()
    }

    #[tokio::test]
    async fn a_timeline_is_told_anew_once_something_came() {
        let codec = ready();
        let mut read = Read::default();
        read.take_in(&registered(&codec).await, Some(&codec)).await;
        assert_eq!(assert_told_as_found_anew(&read), 1);

        let moved = ProfileEvent::Changed(ProfileChanged {
            field: ProfileField::Area,
            area: Some(Area::Kinuta),
            birth_month: None,
            old: Private::Open(None),
            new: Private::Open(Some("kinuta".to_owned())),
        });
        let moved = stored(&codec, 2, moved).await;
        read.take_in(&moved, Some(&codec)).await;

        assert_eq!(assert_told_as_found_anew(&read), 2);
    }

    #[tokio::test]
    async fn what_only_one_knows_is_not_told_to_another() {
        let codec = ready();
        let mut read = Read::default();
        read.take_in(&registered(&codec).await, Some(&codec)).await;
        let options = options();
        let inquiry = InquiryId::new(Uuid::from_u128(9));
        let held = read.timeline(Others::default(), options).unwrap();

        let own = held.seen_by(Own {
            withheld: [inquiry].into(),
            ..Own::default()
        });

        assert_eq!(own.withheld, [inquiry].into());
        assert_eq!(
            read.timeline(Others::default(), options).unwrap().withheld,
            [].into()
        );
    }

    #[tokio::test]
    async fn an_inquiry_that_one_opened_is_not_told_to_another() {
        let codec = ready();
        let mut read = Read::default();
        read.take_in(&registered(&codec).await, Some(&codec)).await;
        let options = options();
        let inquiry = Others {
            inquiries: vec![Arc::clone(&read.history)],
            ..Others::default()
        };

        let with = read.timeline(inquiry.clone(), options).unwrap();
        let without = read.timeline(Others::default(), options).unwrap();

        assert!(!with.is_same(&without));
        let again = read.timeline(Others::default(), options).unwrap();
        assert!(again.is_same(&without), "held meanwhile");
        let again = read.timeline(inquiry, options).unwrap();
        assert!(!again.is_same(&with), "made anew");
    }

    #[tokio::test]
    async fn a_record_is_not_lost_where_whoever_asks_is_gone_before_its_key_is_there() {
        let ledger = LedgerId::new(Uuid::nil());
        let sealer = Sealer::new(ledger, Arc::new(Late::default()), Arc::new(SystemRandom));
        let codec = Codec::new(sealer);
        let stored = registered(&codec).await;
        let mut read = Read::default();
        let gone = read.take_in(&stored, Some(&codec)).now_or_never();
        assert_eq!(gone, None, "it waits for the key");
        assert_eq!(read.records(), []);

        read.take_in(&stored, Some(&codec)).await;

        assert_eq!(read.next, Revision::new(1));
        let history = read.at(None).unwrap();
        let [entry] = history.entries() else {
            panic!("{history:?}");
        };
        let Event::Profile(ProfileEvent::Registered(it)) = entry.event() else {
            panic!("{entry:?}");
        };
        assert_eq!(it.name.open(), Some(&Some("見本 花子".to_owned())));
    }
}
