//! Brings generations to a position of the log: one read of the log for all of them, rows and
//! checkpoints of a batch in one transaction.

use futures::future::join;
use ledger_core::event::{DecodeError, ReadEventError, Recorded};
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll, ReadError, StoredEvent};

use crate::generation::Generation;
use crate::projection::{Batch, Projection};
use crate::views::{Statement, Value, Views, ViewsError};

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

/// Brings these generations to `to` together; the next page's rows are made while this one's are
/// written.
pub(crate) async fn advance(
    store: &dyn EventStore,
    views: &Views,
    generations: &[(Generation, &dyn Projection)],
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let mut generations = generations.to_vec();
    let mut page = page(store, &generations, to).await?;
    while let Some(Page { last, rows }) = page {
        let (rows, poisoned) = match rows {
            Ok(rows) => (rows, None),
            Err((position, source)) => (
                faults(&generations, position, &source),
                Some((position, source)),
            ),
        };
        if let Some((position, source)) = poisoned {
            views.write(rows).await?;
            return Err(RunError::Poisoned { position, source });
        }
        for (generation, _) in &mut generations {
            generation.position = generation.position.max(last);
        }
        let (written, next) = join(views.write(rows), self::page(store, &generations, to)).await;
        written?;
        progress(last, to);
        page = next?;
    }
    Ok(())
}

/// A page of the log, and what it makes in every generation.
struct Page {
    last: Position,
    rows: Result<Vec<Statement>, (Position, ReadEventError)>,
}

/// The next page that a generation lacks before `to`.
async fn page(
    store: &dyn EventStore,
    generations: &[(Generation, &dyn Projection)],
    to: Position,
) -> Result<Option<Page>, RunError> {
    let positions = generations.iter().map(|(one, _)| one.position);
    let Some(from) = positions.min().filter(|from| *from < to) else {
        return Ok(None);
    };
    let page = store.read_all(&ReadAll::after(from)).await?;
    let events = page.events.iter().filter(|event| event.position <= to);
    let events: Vec<&StoredEvent> = events.collect();
    let last = events.last().map(|event| event.position);
    Ok(last.map(|last| Page {
        last,
        rows: batch(generations, &events, last),
    }))
}

/// What a page of events makes in every generation, with their checkpoints.
fn batch(
    generations: &[(Generation, &dyn Projection)],
    events: &[&StoredEvent],
    last: Position,
) -> Result<Vec<Statement>, (Position, ReadEventError)> {
    let known = known(events)?;
    let mut statements = Vec::new();
    for (generation, projection) in generations.iter().filter(|(one, _)| one.position < last) {
        // First, so that what another process has brought forward is told before its rows are met.
        statements.push(checkpoint(generation, last));
        let mut batch = Batch::new(generation.number);
        for event in known
            .iter()
            .filter(|event| event.position > generation.position)
        {
            projection.apply(event, &mut batch);
        }
        statements.extend(batch.into_statements());
    }
    Ok(statements)
}

/// The events of the ledger's own; those of foreign types say nothing to a projection.
fn known(events: &[&StoredEvent]) -> Result<Vec<Recorded>, (Position, ReadEventError)> {
    let mut known = Vec::with_capacity(events.len());
    for event in events {
        match Recorded::read(event) {
            Ok(recorded) => known.push(recorded),
            Err(ReadEventError::Decode {
                source: DecodeError::UnknownName { .. },
                ..
            }) => {},
            Err(_) if is_foreign(event) => {},
            Err(error) => return Err((event.position, error)),
        }
    }
    Ok(known)
}

/// Whether no program of ours writes events of this type.
fn is_foreign(event: &StoredEvent) -> bool {
    !ledger_core::event::Event::types()
        .iter()
        .any(|info| info.name == event.event_type.as_str())
}

fn checkpoint(generation: &Generation, last: Position) -> Statement {
    let parameters = vec![
        Value::from(generation.name.as_str()),
        Value::from(generation.number),
        Value::from(last.as_i64()),
        Value::from(generation.position.as_i64()),
    ];
    Statement::on(
        0,
        include_str!("views/sql/generation_advance.sql"),
        parameters,
    )
    .guarding()
}

fn faults(
    generations: &[(Generation, &dyn Projection)],
    position: Position,
    error: &ReadEventError,
) -> Vec<Statement> {
    let fault = format!("{position}: {error}");
    let mark = |generation: &Generation| {
        let parameters = vec![
            Value::from(generation.name.as_str()),
            Value::from(generation.number),
            Value::from(fault.as_str()),
        ];
        Statement::on(
            0,
            include_str!("views/sql/generation_fault.sql"),
            parameters,
        )
    };
    generations.iter().map(|(one, _)| mark(one)).collect()
}
