//! The writer's loop: gather, judge, lay out, commit, answer.

use std::collections::VecDeque;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::cache::{Cache, Stream};
use super::engine::{Commit, Engine, EngineError, Group};
use super::judge::{Verdict, judge};
use super::known::Known;
use super::plan::Plan;
use super::queue::Queue;
use super::{Request, Requests};
use crate::id::{EventType, Position, StreamName};
use crate::store::Limits;
use crate::store::append::{AppendError, Appended, BoxError};
use crate::store::read::{Head, ReadError};
use crate::time::{Clock, Timestamp};

/// The log may be this far ahead of the clock before each append warns, in microseconds.
const WARN_MICROS: i64 = 5_000_000;
/// The log may be this far ahead of the clock before appends are refused, in microseconds.
const REFUSE_MICROS: i64 = 300_000_000;
/// How often what has an unknown outcome is looked up and tried again.
const RETRIES: u32 = 3;
/// How long the writer waits after a first failure; after each further one that much longer.
const PAUSE: Duration = Duration::from_millis(50);

/// The writer of one process over one engine.
pub(crate) struct Writer<E> {
    engine: E,
    clock: Arc<dyn Clock>,
    limits: Limits,
    queue: Queue,
    published: watch::Sender<Position>,
    head: Option<Head>,
    cache: Cache,
}

/// How far laying out a group came.
enum Laid {
    /// What is laid out may be committed.
    Ready,
    /// Another process moved the log on; nothing is laid out.
    Moved,
}

/// A planned group: the requests that it answers, with their answers.
type Planned = Vec<(Request, Appended)>;

impl<E: Engine> Writer<E> {
    pub(crate) fn new(
        engine: E,
        clock: Arc<dyn Clock>,
        limits: Limits,
        requests: Requests,
        published: watch::Sender<Position>,
    ) -> Self {
        Self {
            engine,
            clock,
            limits,
            queue: Queue::new(requests, limits.group_events),
            published,
            head: None,
            cache: Cache::new(),
        }
    }

    /// Writes until every caller's handle is gone and the queue is empty.
    pub(crate) async fn run(mut self) {
        while let Some(mut waiting) = self.queue.next().await {
            let mut failures = 0_u32;
            while !waiting.is_empty() {
                match self.write_one_group(&mut waiting, failures).await {
                    Ok(()) => failures = 0,
                    Err(EngineError::Busy) => refuse(waiting.drain(..), || AppendError::Busy),
                    Err(
                        error @ (EngineError::DiskFull(_)
                        | EngineError::ReadOnly(_)
                        | EngineError::Failed(_)),
                    ) => {
                        failures = failures.saturating_add(1);
                        tracing::warn!(
                            error = error.source().map(tracing::field::display),
                            attempt = failures,
                            "the engine failed while writing"
                        );
                        self.head = None;
                        self.cache.forget_all();
                        if failures > RETRIES {
                            self.give_up(&mut waiting, error).await;
                            // Those that still wait get one more attempt each.
                            failures = RETRIES;
                        } else {
                            tokio::time::sleep(PAUSE.saturating_mul(failures)).await;
                        }
                    },
                }
            }
        }
        self.engine.close().await;
    }

    /// Tells callers why, and that their outcome may be unknown: the first alone where the engine
    /// answers, for then the trouble is with that append; else all.
    async fn give_up(&mut self, waiting: &mut VecDeque<Request>, error: EngineError) {
        let answers = self.engine.head().await.is_ok();
        let count = if answers { 1 } else { waiting.len() };
        let waiting = waiting.drain(..count.min(waiting.len()));
        match error {
            EngineError::Busy => refuse(waiting, || AppendError::Busy),
            EngineError::DiskFull(why) => {
                refuse_for(waiting, why, |source| AppendError::DiskFull { source });
            },
            EngineError::ReadOnly(why) => {
                refuse_for(waiting, why, |source| AppendError::ReadOnly { source });
            },
            EngineError::Failed(why) => {
                refuse_for(waiting, why, |source| AppendError::Storage { source });
            },
        }
    }

    /// Plans and commits one group from the front of `waiting`; what it could not take stays there.
    ///
    /// After failures a group is one append, so that one that cannot be written holds up no other.
    async fn write_one_group(
        &mut self,
        waiting: &mut VecDeque<Request>,
        failures: u32,
    ) -> Result<(), EngineError> {
        let head = self.head().await?;
        let recorded_at = match self.time_after(&head) {
            Ok(moment) => moment,
            Err((log, clock)) => {
                refuse(waiting.drain(..), || AppendError::ClockBehind {
                    log,
                    clock,
                });
                return Ok(());
            },
        };
        let mut known = self.load(waiting).await?;
        let mut plan = Plan::on(&head, recorded_at);
        let mut planned: Planned = Vec::new();
        let appends = if failures > 0 { 1 } else { usize::MAX };
        let laid_out = self
            .lay_out(waiting, (&mut known, &mut plan), (&mut planned, appends))
            .await;
        let group = plan.finish();
        let committed = match laid_out {
            Err(error) => Err(error),
            // What is known of the streams is of an older head: begin again.
            Ok(Laid::Moved) => return Ok(()),
            Ok(Laid::Ready) => self.commit(&group, &planned).await,
        };
        match committed {
            Ok(Commit::Written) => {
                self.advance(&group, head.epoch);
                known.keep(&mut self.cache);
                for (request, appended) in planned {
                    answer(request, Ok(appended));
                }
                Ok(())
            },
            Ok(Commit::Fenced(now)) => {
                self.moved(now);
                put_back(waiting, planned);
                Ok(())
            },
            Err(error) => {
                put_back(waiting, planned);
                Err(error)
            },
        }
    }

    /// Commits a group; one without events only asks whether it rests on the newest head.
    async fn commit(
        &mut self,
        group: &Arc<Group>,
        planned: &Planned,
    ) -> Result<Commit, EngineError> {
        if planned.is_empty() {
            return Ok(Commit::Written);
        }
        if !group.events.is_empty() {
            return self.engine.commit(Arc::clone(group)).await;
        }
        let now = self.engine.head().await?;
        let same = now.position == group.expected_position;
        Ok(if same {
            Commit::Written
        } else {
            Commit::Fenced(now)
        })
    }

    /// Judges requests one after another and lays out those that fit, until a group is full or a
    /// request must see this group committed first.
    async fn lay_out(
        &mut self,
        waiting: &mut VecDeque<Request>,
        (known, plan): (&mut Known, &mut Plan),
        (planned, appends): (&mut Planned, usize),
    ) -> Result<Laid, EngineError> {
        while let Some(mut request) = waiting.pop_front() {
            let verdict = judge(&mut self.engine, known, &request).await;
            let verdict = match verdict {
                Ok(verdict) => verdict,
                Err(error) => {
                    waiting.push_front(request);
                    return Err(error);
                },
            };
            match verdict {
                Verdict::Write => {
                    let appended = plan.add(known, &mut request);
                    planned.push((request, appended));
                },
                // What rests on this very group is told only once the group stands.
                Verdict::Repeated(_) | Verdict::Conflict(_) if !planned.is_empty() => {
                    waiting.push_front(request);
                    return Ok(Laid::Ready);
                },
                Verdict::Repeated(first) => answer(request, Ok(first)),
                Verdict::Conflict(conflict) => match self.still_at(plan.position()).await {
                    Ok(true) => answer(request, Err(conflict)),
                    // Another process moved the log on: what was remembered told too little.
                    Ok(false) => {
                        waiting.push_front(request);
                        return Ok(Laid::Moved);
                    },
                    // It still waits for its answer.
                    Err(error) => {
                        waiting.push_front(request);
                        return Err(error);
                    },
                },
            }
            if planned.len() >= appends
                || plan.group.events.len() >= self.limits.group_events
                || plan.bytes >= self.limits.group_bytes
            {
                return Ok(Laid::Ready);
            }
        }
        Ok(Laid::Ready)
    }

    /// Whether the log is still where this group begins; if not, forgets what was remembered.
    async fn still_at(&mut self, position: Position) -> Result<bool, EngineError> {
        let now = self.engine.head().await?;
        if now.position == position {
            return Ok(true);
        }
        self.moved(now);
        Ok(false)
    }

    /// Another process wrote first: this is the head now, and what was remembered is too little.
    fn moved(&mut self, now: Head) {
        tracing::debug!(position = %now.position, "another process wrote first");
        self.queue.observer().group_fenced();
        self.cache.forget_streams();
        self.publish(now.position);
        self.head = Some(now);
    }

    /// Tells readers how far the log is; what wakes them for other processes may be ahead.
    fn publish(&self, position: Position) {
        self.published.send_if_modified(|known| {
            let newer = position > *known;
            *known = position.max(*known);
            newer
        });
    }

    async fn head(&mut self) -> Result<Head, EngineError> {
        if let Some(head) = &self.head {
            return Ok(head.clone());
        }
        let head = self.engine.head().await?;
        if head.frontier.size() != head.position.get() {
            return Err(EngineError::Failed(Box::new(ReadError::Damaged {
                position: head.position,
                what: "the head's tree edge",
            })));
        }
        self.publish(head.position);
        self.head = Some(head.clone());
        Ok(head)
    }

    /// The group's time: the clock's, or the log's where the clock is a little behind.
    fn time_after(&self, head: &Head) -> Result<Timestamp, (Timestamp, Timestamp)> {
        let now = self.clock.now();
        let Some(log) = head.recorded_at.filter(|log| *log > now) else {
            return Ok(now);
        };
        let behind = log.micros().saturating_sub(now.micros());
        if behind > REFUSE_MICROS {
            return Err((log, now));
        }
        if behind > WARN_MICROS {
            tracing::warn!(%log, clock = %now, "the clock is behind the log; the log's time is used");
        }
        Ok(log)
    }

    /// Finds every stream and type that the waiting requests name: remembered, or read at once.
    async fn load(&mut self, waiting: &VecDeque<Request>) -> Result<Known, EngineError> {
        let mut known = Known::default();
        let (mut streams, mut types) = (Vec::<StreamName>::new(), Vec::<EventType>::new());
        for append in waiting.iter().map(|request| &request.append) {
            let parts = append.streams.iter().map(|part| &part.stream);
            for name in parts.chain(append.checks.iter().map(|check| &check.stream)) {
                if known.holds(name) {
                    continue;
                }
                let remembered = self.cache.streams.get(name).cloned();
                if remembered.is_none() {
                    streams.push(name.clone());
                }
                known.insert(name.clone(), remembered);
            }
            for event in append.streams.iter().flat_map(|part| &part.events) {
                let name = &event.event_type;
                if known.holds_type(name) {
                    continue;
                }
                let remembered = self.cache.types.get(name).copied();
                if remembered.is_none() {
                    types.push(name.clone());
                }
                known.insert_type(name.clone(), remembered);
            }
        }
        if !streams.is_empty() {
            let rows = self.engine.streams(&streams).await?;
            for (name, row) in streams.into_iter().zip(rows) {
                known.insert(name, row.map(Stream::known));
            }
        }
        if !types.is_empty() {
            let names: Vec<String> = types.iter().map(EventType::to_string).collect();
            let ids = self.engine.types(&names).await?;
            for (name, id) in types.into_iter().zip(ids) {
                known.insert_type(name, id);
            }
        }
        Ok(known)
    }

    fn advance(&mut self, group: &Group, epoch: u64) {
        let Some(last) = group.events.last() else {
            return;
        };
        self.queue.observer().group_committed(group.events.len());
        let (position, frontier) = (last.position, group.frontier.clone());
        self.head = Some(Head {
            position,
            epoch,
            frontier,
            recorded_at: Some(group.recorded_at),
        });
        self.publish(position);
    }
}

/// Gives planned requests back, in their order, before those that wait.
fn put_back(waiting: &mut VecDeque<Request>, planned: Planned) {
    for (request, _) in planned.into_iter().rev() {
        waiting.push_front(request);
    }
}

fn refuse(requests: impl Iterator<Item = Request>, error: impl Fn() -> AppendError) {
    for request in requests {
        answer(request, Err(error()));
    }
}

/// Tells the caller; one that no longer listens has its append written all the same.
fn answer(request: Request, result: Result<Appended, AppendError>) {
    drop(request.answer.send(result));
}

/// One engine error for several callers.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Shared(Arc<dyn std::error::Error + Send + Sync>);

/// Refuses requests for one engine error.
fn refuse_for(
    requests: impl Iterator<Item = Request>,
    why: BoxError,
    error: impl Fn(BoxError) -> AppendError,
) {
    let shared: Arc<dyn std::error::Error + Send + Sync> = why.into();
    refuse(requests, || error(Box::new(Shared(Arc::clone(&shared)))));
}
