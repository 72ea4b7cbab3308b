//! Makes a ledger of a backup.

use std::fs;
use std::io::BufRead;
use std::path::Path;

use rusqlite::Connection;

use super::open::{begin, storage, unused};
use crate::backup::{Entry, Reader, RestoreError};
use crate::id::{LedgerId, Position};
use crate::proof::{Checkpoint, Hash};
use crate::store::read::Head;

pub(super) fn restore<R: BufRead>(
    path: &Path,
    backup: &mut Reader<R>,
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Checkpoint, RestoreError> {
    let was_there = path.exists();
    let done = fill(path, backup, progress);
    // The transaction left the file as it was: empty, and nobody else's if it was not there before.
    let is_empty = || fs::metadata(path).is_ok_and(|meta| meta.len() == 0);
    if done.is_err() && !was_there && is_empty() {
        // What cannot be removed is still no ledger, and a later try takes it.
        drop(fs::remove_file(path));
    }
    done
}

/// The file keeps SQLite's rollback journal until it is opened as a ledger: of a new file nothing need
/// be written twice then, as in a write-ahead log of the same size.
fn fill<R: BufRead>(
    path: &Path,
    backup: &mut Reader<R>,
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Checkpoint, RestoreError> {
    let mut connection = unused(path)?;
    let transaction = begin(&mut connection)?;
    let to = backup.end();
    while let Some(entry) = backup.next_entry()? {
        add(&transaction, &entry).map_err(storage)?;
        progress(entry.event.position, to);
    }
    let head = backup.head();
    set_head(&transaction, backup.header().ledger, head).map_err(storage)?;
    transaction.commit().map_err(storage)?;
    Ok(head.checkpoint())
}

fn add(connection: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    let event = &entry.event;
    if entry.begins_stream() {
        let sql = include_str!("sql/stream_new.sql");
        let row = (
            entry.stream_id,
            event.stream.as_str(),
            event.stream.category(),
        );
        connection.prepare_cached(sql)?.execute(row)?;
    }
    if entry.begins_type() {
        let sql = include_str!("sql/event_type_new.sql");
        let row = (entry.type_id, event.event_type.as_str());
        connection.prepare_cached(sql)?.execute(row)?;
    }
    let mut statement = connection.prepare_cached(include_str!("sql/event_restored.sql"))?;
    statement.execute(rusqlite::params![
        event.position.as_i64(),
        entry.stream_id,
        event.revision.as_i64(),
        event.id.uuid().as_bytes(),
        entry.type_id,
        event.recorded_at.micros(),
        event.content_type,
        event.data.as_ref(),
        event.metadata.as_ref(),
        event.sealed.as_deref(),
        event.sealed_sha256.as_ref().map(Hash::as_bytes),
        event.leaf_hash.as_bytes(),
    ])?;
    Ok(())
}

fn set_head(connection: &Connection, ledger: LedgerId, head: &Head) -> rusqlite::Result<()> {
    let row = (
        ledger.uuid().into_bytes(),
        head.position.as_i64(),
        i64::try_from(head.epoch).unwrap_or(i64::MAX),
        head.frontier.to_bytes(),
        head.recorded_at.map(crate::time::Timestamp::micros),
    );
    connection
        .execute(include_str!("sql/head_restored.sql"), row)
        .map(drop)
}
