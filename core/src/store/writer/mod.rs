//! The one writer of a process: it orders appends, groups them, and has an engine commit each group.
//!
//! There is no timer: while one group commits, the next one gathers. Everything that a group rests
//! on is known at one head position; the engine commits only if that is still the head, so the
//! writer may remember what it likes and other processes are always safe.

mod cache;
pub(crate) mod engine;
mod judge;
mod known;
mod plan;
mod queue;
mod run;
#[cfg(test)]
mod tests;

pub(crate) use run::Writer;

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::append::{Append, AppendError, Appended, PendingAppend, Refusal};
use super::observer::Observer;
use super::{CONTENT_TYPE_BYTES_MAX, Limits, NewEvent};
use crate::id::Revision;

/// An append that waits, and what to tell its caller.
#[derive(Debug)]
pub(crate) struct Request {
    append: Append,
    answer: oneshot::Sender<Result<Appended, AppendError>>,
    /// Where each part would have begun in an attempt whose outcome is unknown.
    tried: Vec<Option<Revision>>,
    /// Its bytes' share of the queue, given back with the request.
    _room: OwnedSemaphorePermit,
}

/// The writer's end of what is asked of it, and who is told how it goes.
pub(crate) struct Requests {
    queue: mpsc::Receiver<Request>,
    observer: Arc<dyn Observer>,
}

/// The callers' end of a writer.
#[derive(Clone)]
pub(crate) struct WriterHandle {
    queue: mpsc::Sender<Request>,
    /// Bytes that may still wait.
    room: Arc<Semaphore>,
    limits: Limits,
    observer: Arc<dyn Observer>,
}

impl WriterHandle {
    pub(crate) fn new(limits: Limits, observer: Arc<dyn Observer>) -> (Self, Requests) {
        let (queue, requests) = mpsc::channel(limits.queue_appends.max(1));
        let room = limits.queue_bytes.min(Semaphore::MAX_PERMITS);
        let room = Arc::new(Semaphore::new(room));
        let handle = Self {
            queue,
            room,
            limits,
            observer: Arc::clone(&observer),
        };
        let requests = Requests {
            queue: requests,
            observer,
        };
        (handle, requests)
    }

    /// Gives an append its place in the queue.
    pub(crate) fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        if let Some(reason) = refusal(&append, &self.limits) {
            return Err(AppendError::Refused { reason });
        }
        let bytes = u32::try_from(bytes_of(&append)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.room).try_acquire_many_owned(bytes);
        let (answer, answered) = oneshot::channel();
        let request = Request {
            append,
            answer,
            tried: Vec::new(),
            _room: room.map_err(|_| AppendError::Busy)?,
        };
        // Told before it is there: the writer, which may be quicker than this, tells that it is gone.
        self.observer.append_queued();
        self.queue.try_send(request).map_err(|error| {
            self.observer.appends_left_queue(1);
            match error {
                mpsc::error::TrySendError::Full(_) => AppendError::Busy,
                mpsc::error::TrySendError::Closed(_) => AppendError::Closed,
            }
        })?;
        Ok(PendingAppend::new(answered))
    }
}

/// Bytes of an append's events.
fn bytes_of(append: &Append) -> usize {
    let events = append.streams.iter().flat_map(|part| &part.events);
    events.map(NewEvent::size_bytes).sum()
}

/// What is wrong with an append that no queue would take.
fn refusal(append: &Append, limits: &Limits) -> Option<Refusal> {
    let events = append.event_count();
    if events > limits.append_events {
        return Some(Refusal::TooManyEvents {
            events,
            max: limits.append_events,
        });
    }
    let bytes = bytes_of(append);
    if bytes > limits.append_bytes.min(limits.queue_bytes) {
        return Some(Refusal::TooLarge {
            bytes,
            max: limits.append_bytes.min(limits.queue_bytes),
        });
    }
    let (mut names, mut ids) = (HashSet::new(), HashSet::new());
    for stream in append
        .streams
        .iter()
        .map(|part| &part.stream)
        .chain(append.checks.iter().map(|check| &check.stream))
    {
        if !names.insert(stream) {
            return Some(Refusal::StreamTwice {
                stream: stream.clone(),
            });
        }
    }
    for event in append.streams.iter().flat_map(|part| &part.events) {
        if !ids.insert(event.id) {
            return Some(Refusal::IdTwice { id: event.id });
        }
        if let Some(reason) = event_refusal(event, limits) {
            return Some(reason);
        }
    }
    None
}

fn event_refusal(event: &NewEvent, limits: &Limits) -> Option<Refusal> {
    let content_type = event.content_type.as_str();
    if content_type.is_empty()
        || content_type.len() > CONTENT_TYPE_BYTES_MAX
        || content_type.contains('\0')
    {
        return Some(Refusal::BadContentType {
            id: event.id,
            max: CONTENT_TYPE_BYTES_MAX,
        });
    }
    let sealed = event.sealed.as_ref().map_or(0, bytes::Bytes::len);
    let parts = [
        ("data", event.data.len()),
        ("metadata", event.metadata.len()),
        ("sealed", sealed),
    ];
    let large = parts
        .into_iter()
        .find(|(_, bytes)| *bytes > limits.event_bytes);
    large.map(|(part, bytes)| Refusal::EventTooLarge {
        id: event.id,
        part,
        bytes,
        max: limits.event_bytes,
    })
}
