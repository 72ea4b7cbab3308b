//! Brings generations to a position of the log: one read of the log for all of them, rows and
//! checkpoints of a batch in one transaction.
//!
//! What one projection cannot write stops that one alone: the others go on, and it names the event.

use futures::future::join;
use ledger_core::event::ReadEventError;
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadError};

use crate::gather::{Running, gather};
use crate::generation::{self, Generation};
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
    #[error("what the event at position {position} makes in {projection} cannot be written")]
    Unwritten {
        /// The event.
        position: Position,
        /// The projection.
        projection: String,
        /// What the engine said.
        #[source]
        source: ViewsError,
    },
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
/// written.
pub(crate) async fn advance(
    store: &dyn EventStore,
    views: &Views,
    generations: &[(Generation, &dyn Projection)],
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let mut running = Vec::with_capacity(generations.len());
    let behind = generations.iter().filter(|(one, _)| one.position < to);
    for (generation, projection) in behind {
        running.push(Running::begin(views, generation.clone(), *projection).await?);
    }
    match forward(store, views, &mut running, (to, BATCH_EVENTS), progress).await {
        Err(RunError::Views(ViewsError::Storage(_))) => {},
        other => return other,
    }
    let mut stopped = Ok(());
    for one in running {
        let done = alone(store, views, one, to, progress).await;
        stopped = stopped.and(done);
    }
    stopped
}

/// Brings running generations to `to`, so many events a transaction; those that an event stops are
/// marked and left behind. Where writing fails, each stands where it was written last.
async fn forward(
    store: &dyn EventStore,
    views: &Views,
    running: &mut Vec<Running<'_>>,
    (to, most): (Position, usize),
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let mut stopped = Ok(());
    let mut part = gather(store, running, to, most).await?;
    while let Some(this) = part {
        let next = async {
            match this.poison {
                None => gather(store, running, to, most).await,
                Some(_) => Ok(None),
            }
        };
        let (written, next) = join(views.write(this.writes), next).await;
        written?;
        for one in running.iter_mut() {
            one.written_to(this.last);
        }
        progress(this.last, to);
        part = next?;
        if let Some((position, source)) = this.poison {
            let stops = running.extract_if(.., |one| one.reads_content());
            let fault = format!("{position}: {source}");
            let marks = stops.map(|one| generation::fault(&one.generation, &fault));
            views.write(marks.collect()).await?;
            stopped = stopped.and(Err(RunError::Poisoned { position, source }));
            part = gather(store, running, to, most).await?;
        }
    }
    stopped
}

/// Brings one generation as far as it can be written, and marks it with the event that stops it.
async fn alone(
    store: &dyn EventStore,
    views: &Views,
    one: Running<'_>,
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let mut one = vec![one];
    let mut most = BATCH_EVENTS;
    let source = loop {
        // What was folded and not written is folded again.
        for one in &mut one {
            one.again(views).await?;
        }
        match forward(store, views, &mut one, (to, most), progress).await {
            Err(RunError::Views(ViewsError::Storage(_))) if most > 1 => most /= 2,
            Err(RunError::Views(error @ ViewsError::Storage(_))) => break error,
            other => return other,
        }
    };
    let Some(Running { generation, .. }) = one.pop() else {
        return Err(source.into());
    };
    let position = generation.position.plus(1);
    let fault = format!("{position}: {}", because(&source));
    views
        .write(vec![generation::fault(&generation, &fault)])
        .await?;
    Err(RunError::Unwritten {
        position,
        projection: generation.name,
        source,
    })
}

/// What an engine said, down to its own words.
pub(crate) fn because(error: &dyn std::error::Error) -> String {
    let mut because = error.to_string();
    let mut inner = error.source();
    while let Some(error) = inner {
        because = format!("{because}: {error}");
        inner = error.source();
    }
    because
}
