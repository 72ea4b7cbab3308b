//! Brings generations to a position of the log: one read of the log for all of them, rows and
//! checkpoints of a batch in one transaction.
//!
//! What one projection cannot write stops that one alone: the others go on, and it names the event.

use futures::future::join;
use ledger_core::event::ReadEventError;
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadError};

use crate::gather::{Running, gather};
use crate::generation::{self, Generation, generations as generations_of};
use crate::projection::Projection;
use crate::views::{Views, ViewsError};

/// Why projections could not be brought forward.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The log cannot be read.
    #[error("the log cannot be read")]
    Read(#[from] ReadError),
    /// The views cannot be read or written.
    #[error(transparent)]
    Views(#[from] ViewsError),
    /// An event of the ledger's own cannot be understood; the projections stop before it.
    #[error("the event at position {position} stops the projections")]
    Poisoned {
        /// The event.
        position: Position,
        /// What is wrong with it.
        #[source]
        source: ReadEventError,
    },
    /// What an event makes cannot be written; its projection stops before it, and the others go on.
    #[error(
        "what the event at position {position} makes in {projection} cannot be written: {what}"
    )]
    Unwritten {
        /// The event.
        position: Position,
        /// The projection.
        projection: String,
        /// What the engine said, without values.
        what: String,
    },
    /// A projection stops, as somebody found who brought them forward at the same time.
    #[error("a projection is stopped")]
    Stopped,
    /// Nothing has that name.
    #[error("there is no projection named {0}")]
    Unknown(String),
}

/// Most times that work is lost to another process without that process getting on.
const IDLE_MAX: u32 = 20;

/// How long work is taken up again that another process did meanwhile: as long as it gets on.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    seen: Vec<Generation>,
    idle: u32,
}

impl Patience {
    /// Whether to look again, given what was there before the work was lost.
    pub(crate) fn lasts(&mut self, now: &[Generation]) -> bool {
        self.idle = if self.seen == now {
            self.idle.saturating_add(1)
        } else {
            0
        };
        self.seen = now.to_vec();
        self.idle < IDLE_MAX
    }
}

/// Hears how far work has come: the position reached, and the one to reach.
pub type Progress<'a> = &'a mut (dyn FnMut(Position, Position) + Send);

/// Most events whose rows are written in one transaction. More spare an engine little, and what waits
/// to be written takes memory.
const BATCH_EVENTS: usize = 8_192;

/// Brings these generations to `to` together; the next batch's rows are made while this one's are
/// written. Those that stop on the way are told in the end.
pub(crate) async fn advance(
    store: &dyn EventStore,
    views: &Views,
    generations: &[(Generation, &dyn Projection)],
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let mut run = Run {
        store,
        views,
        to,
        stopped: None,
    };
    let mut running = run.begun(generations).await?;
    match run.forward(&mut running, BATCH_EVENTS, progress).await {
        // A row that its table does not take; each projection then goes on by itself.
        Err(RunError::Views(ViewsError::Refused(_))) => {
            for one in running {
                run.alone(one, progress).await?;
            }
        },
        other => other?,
    }
    run.stopped.map_or(Ok(()), Err)
}

/// Work on some generations.
struct Run<'r> {
    store: &'r dyn EventStore,
    views: &'r Views,
    to: Position,
    /// Why the first of those stopped that did.
    stopped: Option<RunError>,
}

impl Run<'_> {
    /// The generations that lack something, ready to go on.
    async fn begun<'p>(
        &mut self,
        generations: &[(Generation, &'p dyn Projection)],
    ) -> Result<Vec<Running<'p>>, RunError> {
        let mut running = Vec::with_capacity(generations.len());
        let to = self.to;
        let behind = generations.iter().filter(|(one, _)| one.position < to);
        for (one, projection) in behind {
            match Running::begin(self.views, one.clone(), *projection).await {
                Ok(one) => running.push(one),
                // Its own tables cannot be read, unless another process replaced them just now.
                Err(error) => {
                    let kept = generations_of(self.views).await?;
                    if !kept.iter().any(|kept| kept.is(one)) {
                        return Err(ViewsError::Lost.into());
                    }
                    self.stop(error.into());
                },
            }
        }
        Ok(running)
    }

    fn stop(&mut self, why: RunError) {
        self.stopped.get_or_insert(why);
    }

    /// Brings running generations forward, so many events a transaction; those that an event stops are
    /// marked and left behind. Where writing fails, each stands where it was written last.
    async fn forward(
        &mut self,
        running: &mut Vec<Running<'_>>,
        most: usize,
        progress: Progress<'_>,
    ) -> Result<(), RunError> {
        let mut part = gather(self.store, running, self.to, most).await?;
        while let Some(this) = part {
            let next = async {
                match this.poison {
                    None => gather(self.store, running, self.to, most).await,
                    Some(_) => Ok(None),
                }
            };
            let (written, next) = join(self.views.write(this.writes), next).await;
            written?;
            for one in running.iter_mut() {
                one.written_to(this.last);
            }
            progress(this.last, self.to);
            part = next?;
            if let Some((position, source)) = this.poison {
                let fault = format!("{position}: {source}");
                self.stop(RunError::Poisoned { position, source });
                let stops = running.extract_if(.., |one| one.reads_content());
                let marks = stops.map(|one| generation::fault(&one.generation, &fault));
                self.views.write(marks.collect()).await?;
                part = gather(self.store, running, self.to, most).await?;
            }
        }
        Ok(())
    }

    /// Brings one generation as far as it can be written, and marks it with the event that stops it.
    async fn alone(&mut self, one: Running<'_>, progress: Progress<'_>) -> Result<(), RunError> {
        let mut one = vec![one];
        let mut most = BATCH_EVENTS;
        let what = loop {
            // What was folded and not written is folded again.
            for one in &mut one {
                one.again(self.views).await?;
            }
            match self.forward(&mut one, most, progress).await {
                Err(RunError::Views(ViewsError::Refused(_))) if most > 1 => most /= 2,
                Err(RunError::Views(ViewsError::Refused(what))) => break what,
                other => return other,
            }
        };
        for Running { generation, .. } in one {
            let position = generation.position.plus(1);
            let fault = generation::fault(&generation, &format!("{position}: {what}"));
            self.views.write(vec![fault]).await?;
            let projection = generation.name;
            self.stop(RunError::Unwritten {
                position,
                projection,
                what: what.clone(),
            });
        }
        Ok(())
    }
}
