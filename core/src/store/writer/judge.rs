//! Whether one append fits the streams as they stand, was written before, or conflicts.

use super::Request;
use super::cache::Stream;
use super::engine::{Engine, EngineError};
use super::known::{Known, current};
use crate::id::{EventId, Position, Revision, StreamName};
use crate::store::append::{
    AppendError, Appended, CurrentRevision, ExpectedRevision, StreamAppend, StreamReceipt,
};

/// What is to be done with an append.
pub(super) enum Verdict {
    /// Write it.
    Write,
    /// It was written before; this was the first result.
    Repeated(Appended),
    /// It does not fit.
    Conflict(AppendError),
}

/// One part of an append against its stream.
enum Part {
    Fits,
    Repeated(StreamReceipt),
    Conflict,
}

/// Whether a stream is where it is expected.
pub(super) fn fits(expected: ExpectedRevision, current: CurrentRevision) -> bool {
    match (expected, current) {
        (ExpectedRevision::Any, _)
        | (ExpectedRevision::NoStream, CurrentRevision::NoStream)
        | (ExpectedRevision::Exists, CurrentRevision::At(_)) => true,
        (ExpectedRevision::Exact(expected), CurrentRevision::At(actual)) => expected == actual,
        (ExpectedRevision::NoStream, CurrentRevision::At(_))
        | (ExpectedRevision::Exists | ExpectedRevision::Exact(_), CurrentRevision::NoStream) => {
            false
        },
    }
}

/// Judges one append against the streams of `known`, reading event ids where only they can tell.
pub(super) async fn judge<E: Engine>(
    engine: &mut E,
    known: &Known,
    request: &Request,
) -> Result<Verdict, EngineError> {
    let (mut repeated, mut written) = (Vec::new(), 0_usize);
    let mut conflict = None;
    for (index, part) in request.append.streams.iter().enumerate() {
        written = written.saturating_add(part.events.len());
        let stream = known.stream(&part.stream);
        let tried = request.tried.get(index).copied().flatten();
        match judge_part(engine, stream, part, tried).await? {
            Part::Fits => {},
            Part::Repeated(receipt) => repeated.push(receipt),
            Part::Conflict => {
                conflict =
                    conflict.or_else(|| Some((&part.stream, part.expected, current(stream))));
            },
        }
    }
    let parts = request
        .append
        .streams
        .iter()
        .filter(|part| !part.events.is_empty())
        .count();
    if written > 0 && repeated.len() == parts {
        return Ok(Verdict::Repeated(first_result(known, request, repeated)));
    }
    if let Some(first) = repeated.first() {
        // Some parts stand already, others do not: the append as a whole was never written.
        let at = request
            .append
            .streams
            .iter()
            .find(|part| part.stream == first.stream);
        conflict = conflict.or_else(|| {
            at.map(|part| {
                (
                    &part.stream,
                    part.expected,
                    current(known.stream(&part.stream)),
                )
            })
        });
    }
    let checks = request.append.checks.iter().find_map(|check| {
        let current = current(known.stream(&check.stream));
        (!fits(check.expected, current)).then_some((&check.stream, check.expected, current))
    });
    Ok(conflict
        .or(checks)
        .map_or(Verdict::Write, |(stream, expected, actual)| {
            Verdict::Conflict(AppendError::Conflict {
                stream: stream.clone(),
                expected,
                actual,
            })
        }))
}

async fn judge_part<E: Engine>(
    engine: &mut E,
    stream: Option<&Stream>,
    part: &StreamAppend,
    tried: Option<Revision>,
) -> Result<Part, EngineError> {
    let fits = fits(part.expected, current(stream));
    let otherwise = if fits { Part::Fits } else { Part::Conflict };
    let (Some(stream), false) = (stream, part.events.is_empty()) else {
        return Ok(otherwise);
    };
    let count = part.events.len();
    for from in earlier_places(stream, part, tried).into_iter().flatten() {
        let there = match stream.remembered(from, count) {
            Some(ids) => ids,
            None => engine.event_ids(stream.id, from, count).await?,
        };
        if let Some(receipt) = written_at(from, &there, part) {
            return Ok(Part::Repeated(receipt));
        }
    }
    Ok(otherwise)
}

/// Where the part's events would begin if they had been written before: an expected revision says
/// where; without one, where an attempt with unknown outcome began, or at the stream's end.
fn earlier_places(
    stream: &Stream,
    part: &StreamAppend,
    tried: Option<Revision>,
) -> [Option<Revision>; 2] {
    let next = stream.revision.get().saturating_add(1);
    let count = u64::try_from(part.events.len()).unwrap_or(u64::MAX);
    let places = match part.expected {
        ExpectedRevision::NoStream => [Some(0), None],
        ExpectedRevision::Exact(expected) => [expected.get().checked_add(1), None],
        ExpectedRevision::Any | ExpectedRevision::Exists => {
            [tried.map(Revision::get), next.checked_sub(count)]
        },
    };
    places.map(|place| place.filter(|from| *from < next).map(Revision::new))
}

/// The part's receipt, if what stands from `from` on are its events.
fn written_at(
    from: Revision,
    there: &[(EventId, Position)],
    part: &StreamAppend,
) -> Option<StreamReceipt> {
    let there_ids = there.iter().map(|(id, _)| *id);
    let same = there_ids.eq(part.events.iter().map(|event| event.id));
    let (_, position) = there.last().filter(|_| same)?;
    let after = u64::try_from(there.len().saturating_sub(1)).unwrap_or(u64::MAX);
    Some(receipt(&part.stream, from.plus(after), *position))
}

fn receipt(stream: &StreamName, revision: Revision, position: Position) -> StreamReceipt {
    StreamReceipt {
        stream: stream.clone(),
        revision: CurrentRevision::At(revision),
        position: Some(position),
    }
}

/// The result that the append had when it was written.
fn first_result(known: &Known, request: &Request, repeated: Vec<StreamReceipt>) -> Appended {
    let position = repeated
        .iter()
        .filter_map(|receipt| receipt.position)
        .max()
        .unwrap_or_default();
    let mut repeated = repeated.into_iter();
    let streams = request.append.streams.iter().filter_map(|part| {
        if part.events.is_empty() {
            let revision = current(known.stream(&part.stream));
            return Some(StreamReceipt {
                stream: part.stream.clone(),
                revision,
                position: None,
            });
        }
        repeated.next()
    });
    Appended {
        position,
        streams: streams.collect(),
        repeated: true,
    }
}
