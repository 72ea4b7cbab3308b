//! Brings kept projections to a position of the log: one read of the log for all of them, rows and
//! checkpoints of a batch in one transaction.

use ledger_core::event::{DecodeError, ReadEventError, Recorded};
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll, ReadError, StoredEvent};

use crate::projection::{Batch, Projection};
use crate::registry;
use crate::views::{Statement, Value, Views, ViewsError};

/// One generation of a projection's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The projection.
    pub name: String,
    /// Number in its tables' names; a later one replaces an earlier one.
    pub number: i64,
    /// Version of the projection that made it.
    pub version: i64,
    /// Every event up to here is in it.
    pub position: Position,
    /// It is the one that is read; else it is being built.
    pub live: bool,
    /// Why it stopped, if it did.
    pub fault: Option<String>,
}

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

/// Hears how far work has come: the position reached, and the one to reach.
pub type Progress<'a> = &'a mut (dyn FnMut(Position, Position) + Send);

/// Every generation that the views hold.
///
/// # Errors
/// [`ViewsError`] when they cannot be read.
pub async fn generations(views: &Views) -> Result<Vec<Generation>, ViewsError> {
    let make = Statement::on(0, include_str!("views/sql/bookkeeping.sql"), Vec::new());
    views.write(vec![make]).await?;
    let rows = views
        .query(0, include_str!("views/sql/generations.sql"), Vec::new())
        .await?;
    let decode = |row: &crate::views::Row| {
        Ok(Generation {
            name: row.text(0)?.to_owned(),
            number: row.int(1)?,
            version: row.int(2)?,
            position: Position::from_i64(row.int(3)?),
            live: row.text(4)? == "live",
            fault: row.optional_text(5)?.map(str::to_owned),
        })
    };
    rows.iter().map(decode).collect()
}

/// The generation of a projection that is read.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read, or hold none yet: bring them forward first.
pub async fn live(views: &Views, projection: &dyn Projection) -> Result<i64, ViewsError> {
    let all = generations(views).await?;
    let found = all
        .iter()
        .find(|one| one.live && one.name == projection.name());
    found.map(|one| one.number).ok_or(ViewsError::Lost)
}

/// Brings every kept projection to `to`; builds those that are missing or of an older version.
///
/// # Errors
/// [`RunError`] when the log or the views fail; what was written stays, and the next call goes on.
pub async fn catch_up(
    store: &dyn EventStore,
    views: &Views,
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    for projection in registry::ALL {
        let all = generations(views).await?;
        let mut own = all.iter().filter(|one| one.name == projection.name());
        if !own.any(|one| one.live && one.version == projection.version()) {
            crate::rebuild::rebuild(store, views, *projection, to, progress).await?;
        }
    }
    loop {
        let live: Vec<Generation> = generations(views)
            .await?
            .into_iter()
            .filter(|one| one.live)
            .collect();
        match advance(store, views, &live, to, progress).await {
            Err(RunError::Views(ViewsError::Lost)) => {},
            other => return other,
        }
    }
}

/// Brings these generations to `to` together.
pub(crate) async fn advance(
    store: &dyn EventStore,
    views: &Views,
    generations: &[Generation],
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let mut generations = generations.to_vec();
    while let Some(from) = generations
        .iter()
        .map(|one| one.position)
        .min()
        .filter(|from| *from < to)
    {
        let page = store.read_all(&ReadAll::after(from)).await?;
        let events: Vec<&StoredEvent> = page
            .events
            .iter()
            .filter(|event| event.position <= to)
            .collect();
        let Some(last) = events.last().map(|event| event.position) else {
            return Ok(());
        };
        let batch = batch(&generations, &events, last);
        let (batch, poisoned) = match batch {
            Ok(batch) => (batch, None),
            Err((position, source)) => (
                faults(&generations, position, &source),
                Some((position, source)),
            ),
        };
        views.write(batch).await?;
        if let Some((position, source)) = poisoned {
            return Err(RunError::Poisoned { position, source });
        }
        for generation in &mut generations {
            generation.position = generation.position.max(last);
        }
        progress(last, to);
    }
    Ok(())
}

/// What a page of events makes in every generation, with their checkpoints.
fn batch(
    generations: &[Generation],
    events: &[&StoredEvent],
    last: Position,
) -> Result<Vec<Statement>, (Position, ReadEventError)> {
    let known = known(events)?;
    let mut statements = Vec::new();
    for generation in generations.iter().filter(|one| one.position < last) {
        let Some(projection) = registry::find(&generation.name) else {
            continue;
        };
        let mut batch = Batch::new(generation.number);
        for event in known
            .iter()
            .filter(|event| event.position > generation.position)
        {
            projection.apply(event, &mut batch);
        }
        statements.extend(batch.into_statements());
        statements.push(checkpoint(generation, last));
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
    generations: &[Generation],
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
    generations.iter().map(mark).collect()
}
