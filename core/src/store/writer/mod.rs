//! The one writer of a process: it orders appends, groups them, and has an engine commit each group.
//!
//! There is no timer: while one group commits, the next one gathers. Everything that a group rests
//! on is known at one head position; the engine commits only if that is still the head, so the
//! writer may remember what it likes and other processes are always safe.

mod cache;
pub(crate) mod engine;
mod judge;
mod plan;
mod run;

pub(crate) use run::Writer;

use std::collections::HashSet;

use tokio::sync::{mpsc, oneshot};

use super::Limits;
use super::append::{Append, AppendError, Appended, PendingAppend, Refusal};
use crate::id::Revision;

/// An append that waits, and what to tell its caller.
#[derive(Debug)]
pub(crate) struct Request {
    append: Append,
    answer: oneshot::Sender<Result<Appended, AppendError>>,
    /// Where each part would have begun in an attempt whose outcome is unknown.
    tried: Vec<Option<Revision>>,
}

/// The callers' end of a writer.
#[derive(Clone, Debug)]
pub(crate) struct WriterHandle {
    queue: mpsc::Sender<Request>,
    limits: Limits,
}

impl WriterHandle {
    pub(crate) fn new(limits: Limits) -> (Self, mpsc::Receiver<Request>) {
        let (queue, requests) = mpsc::channel(limits.queue_appends.max(1));
        (Self { queue, limits }, requests)
    }

    /// Gives an append its place in the queue.
    pub(crate) fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        if let Some(reason) = refusal(&append, &self.limits) {
            return Err(AppendError::Refused { reason });
        }
        let (answer, answered) = oneshot::channel();
        let request = Request {
            append,
            answer,
            tried: Vec::new(),
        };
        self.queue.try_send(request).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => AppendError::Busy,
            mpsc::error::TrySendError::Closed(_) => AppendError::Closed,
        })?;
        Ok(PendingAppend::new(answered))
    }
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
        let sealed = event.sealed.as_ref().map_or(0, bytes::Bytes::len);
        let parts = [
            ("data", event.data.len()),
            ("metadata", event.metadata.len()),
            ("sealed", sealed),
        ];
        if let Some((part, bytes)) = parts
            .into_iter()
            .find(|(_, bytes)| *bytes > limits.event_bytes)
        {
            return Some(Refusal::EventTooLarge {
                id: event.id,
                part,
                bytes,
                max: limits.event_bytes,
            });
        }
    }
    None
}
