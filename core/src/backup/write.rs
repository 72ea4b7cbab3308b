//! Writes a ledger's log to a file, and holds every event to the tree while doing so.

use std::io::{self, Write};

use super::Header;
use super::line::{Trailer, of_event, to_line};
use super::lines::Hashing;
use crate::id::Position;
use crate::proof::Checkpoint;
use crate::store::audit::{Fault, Walk, audit, page};
use crate::store::{LedgerStore, ReadError};
use crate::time::Timestamp;

/// Why a backup was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The log does not go so far.
    #[error("the log goes up to position {head}")]
    Beyond {
        /// How far it goes.
        head: Position,
    },
    /// The log itself is damaged.
    #[error("the log is damaged")]
    Damaged(Fault),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file cannot be written.
    #[error("the backup cannot be written")]
    Output(#[from] io::Error),
}

/// A backup that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// What its first line says.
    pub header: Header,
    /// Its size.
    pub bytes: u64,
}

/// Writes the log as it stands now, or as it stood at an earlier position, whatever others append
/// meanwhile. Reads page by page; memory does not grow with the log.
///
/// For an earlier position the log is read twice: its root there comes first in the file.
///
/// # Errors
/// [`WriteError`]; what was written by then is no backup, and no reader takes it for one.
pub async fn write(
    store: &dyn LedgerStore,
    until: Option<Position>,
    made_at: Timestamp,
    out: &mut (dyn Write + Send),
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Written, WriteError> {
    let header = header(store, until, made_at, progress).await?;
    let mut out = Hashing::new(out);
    out.write(&header.to_line()?)?;
    let made = events(store, header.head.position, &mut out, progress).await?;
    if made != header.head {
        let position = header.head.position;
        return Err(WriteError::Damaged(Fault::Head { position }));
    }
    let trailer = Trailer {
        count: made.position.get(),
        head: made,
        sha256: out.sha256(),
    };
    out.write(&to_line(&trailer)?)?;
    out.flush()?;
    let bytes = out.bytes;
    Ok(Written { header, bytes })
}

async fn header(
    store: &dyn LedgerStore,
    until: Option<Position>,
    made_at: Timestamp,
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Header, WriteError> {
    let head = store.head().await?;
    let whole = Header {
        ledger: store.ledger_id(),
        head: head.checkpoint(),
        epoch: head.epoch,
        made_at,
    };
    match until {
        Some(until) if until > head.position => Err(WriteError::Beyond {
            head: head.position,
        }),
        Some(until) if until < head.position => {
            let audited = audit(store, Some(until), None, progress).await?;
            if let Some(fault) = audited.fault {
                return Err(WriteError::Damaged(fault));
            }
            // As `Reader::until` has it: what is cut goes its own way from there.
            let epoch = head.epoch.saturating_add(1);
            Ok(Header {
                head: audited.head,
                epoch,
                ..whole
            })
        },
        Some(_) | None => Ok(whole),
    }
}

/// Writes the events up to a position and gives the head that they make.
async fn events(
    store: &dyn LedgerStore,
    to: Position,
    out: &mut Hashing<'_>,
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Checkpoint, WriteError> {
    let mut walk = Walk::new(Checkpoint::empty());
    while walk.next() <= to {
        let next = walk.next();
        let page = page(store, next).await?.map_err(WriteError::Damaged)?;
        for event in page.events.iter().take_while(|event| event.position <= to) {
            walk.step(event).map_err(WriteError::Damaged)?;
            out.write(&of_event(event)?)?;
        }
        if walk.next() == next {
            return Err(WriteError::Damaged(Fault::Gap { position: next }));
        }
        progress(walk.head().position, to);
    }
    Ok(walk.head())
}
