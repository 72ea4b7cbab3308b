//! The events that are appended and read, about as large as a consultation's.

use std::sync::Arc;

use bytes::Bytes;
use ledger_core::id::{EventId, EventType, StreamName};
use ledger_core::store::{Append, ExpectedRevision, LedgerStore, NewEvent};
use uuid::Uuid;

/// Bytes of data and of metadata.
pub(crate) const DATA: &[u8] = &[b'd'; 250];
pub(crate) const METADATA: &[u8] = &[b'm'; 350];
/// Events of each stream that is read.
pub(crate) const STREAM_EVENTS: usize = 1_000;

pub(crate) fn event() -> NewEvent {
    NewEvent {
        id: EventId::new(Uuid::new_v4()),
        event_type: EventType::new("consultation-recorded").unwrap(),
        content_type: "application/json".to_owned(),
        data: Bytes::from_static(DATA),
        metadata: Bytes::from_static(METADATA),
        sealed: None,
    }
}

/// A stream that no other sample writes.
pub(crate) fn new_stream() -> StreamName {
    StreamName::new(format!("bench-{}", Uuid::new_v4())).unwrap()
}

/// The `number`th of the streams that are read.
pub(crate) fn stream(number: usize) -> StreamName {
    StreamName::new(format!("bench-{number}")).unwrap()
}

/// Fills a log with this many events in streams of a thousand.
pub(crate) async fn fill(store: &Arc<dyn LedgerStore>, events: usize) {
    for number in 0..events / STREAM_EVENTS {
        let events = (0..STREAM_EVENTS).map(|_| event()).collect();
        let append = Append::to(stream(number), ExpectedRevision::NoStream, events);
        store.append(append).await.unwrap();
    }
}
