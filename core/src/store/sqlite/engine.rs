//! The writer's half of the SQLite backend.

use std::sync::Arc;

use async_trait::async_trait;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, TransactionBehavior};

use super::read;
use crate::id::{EventId, Position, Revision, StreamName};
use crate::sqlite::{SqliteThread, ThreadEnded};
use crate::store::read::{Head, ReadError};
use crate::store::writer::engine::{Commit, Engine, EngineError, Group, RowId, StreamRow};

/// A connection that only the writer uses.
pub(super) struct SqliteEngine(SqliteThread);

impl SqliteEngine {
    pub(super) const fn new(thread: SqliteThread) -> Self {
        Self(thread)
    }
}

impl From<rusqlite::Error> for EngineError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::DiskFull(Box::new(error)),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(Box::new(error)),
            _ => Self::Failed(Box::new(error)),
        }
    }
}

impl From<ReadError> for EngineError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Busy => Self::Busy,
            error @ (ReadError::Storage { .. }
            | ReadError::Damaged { .. }
            | ReadError::Pattern(_)) => Self::Failed(Box::new(error)),
        }
    }
}

impl From<ThreadEnded> for EngineError {
    fn from(ended: ThreadEnded) -> Self {
        Self::Failed(Box::new(ended))
    }
}

#[async_trait]
impl Engine for SqliteEngine {
    async fn head(&mut self) -> Result<Head, EngineError> {
        self.0.call(|connection| Ok(read::head(connection)?)).await
    }

    async fn streams(
        &mut self,
        names: &[StreamName],
    ) -> Result<Vec<Option<StreamRow>>, EngineError> {
        let names = names.to_vec();
        self.0
            .call(move |connection| names.iter().map(|name| stream(connection, name)).collect())
            .await
    }

    async fn types(&mut self, names: &[String]) -> Result<Vec<Option<RowId>>, EngineError> {
        let names = names.to_vec();
        self.0
            .call(move |connection| {
                let mut statement =
                    connection.prepare_cached(include_str!("sql/event_type.sql"))?;
                let id = |name| statement.query_row([name], |row| row.get(0)).optional();
                Ok(names.iter().map(id).collect::<rusqlite::Result<_>>()?)
            })
            .await
    }

    async fn event_ids(
        &mut self,
        stream: RowId,
        from: Revision,
        count: usize,
    ) -> Result<Vec<(EventId, Position)>, EngineError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.0
            .call(move |connection| {
                let mut statement = connection.prepare_cached(include_str!("sql/event_ids.sql"))?;
                let rows = statement.query_map((stream, from.as_i64(), count), |row| {
                    let id = uuid::Uuid::from_bytes(row.get(0)?);
                    Ok((EventId::new(id), Position::from_i64(row.get(1)?)))
                })?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .await
    }

    async fn commit(&mut self, group: Arc<Group>) -> Result<Commit, EngineError> {
        self.0
            .call(move |connection| commit(connection, &group))
            .await
    }

    async fn close(self) {
        // The thread closes the file once its handle is gone.
    }
}

fn stream(connection: &Connection, name: &StreamName) -> Result<Option<StreamRow>, EngineError> {
    let mut statement = connection.prepare_cached(include_str!("sql/stream.sql"))?;
    let row = statement.query_row([name.as_str()], |row| {
        Ok(StreamRow {
            id: row.get(0)?,
            revision: Revision::from_i64(row.get(1)?),
        })
    });
    Ok(row.optional()?)
}

/// Writes a group in one transaction, if the head is still the one on which it rests.
fn commit(connection: &mut Connection, group: &Group) -> Result<Commit, EngineError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (position, epoch): (i64, i64) = transaction
        .prepare_cached(include_str!("sql/head_fence.sql"))?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let expected = i64::try_from(group.expected_epoch).unwrap_or(i64::MAX);
    if position != group.expected_position.as_i64() || epoch != expected {
        return Ok(Commit::Fenced(read::head(&transaction)?));
    }
    insert(&transaction, group)?;
    transaction.commit()?;
    Ok(Commit::Written)
}

fn insert(connection: &Connection, group: &Group) -> rusqlite::Result<()> {
    for (id, name) in &group.new_streams {
        let sql = include_str!("sql/stream_new.sql");
        connection
            .prepare_cached(sql)?
            .execute((id, name.as_str(), name.category()))?;
    }
    for (id, name) in &group.new_types {
        connection
            .prepare_cached(include_str!("sql/event_type_new.sql"))?
            .execute((id, name))?;
    }
    let recorded_at = group.recorded_at.micros();
    let mut statement = connection.prepare_cached(include_str!("sql/event_new.sql"))?;
    for row in &group.events {
        statement.execute(rusqlite::params![
            row.position.as_i64(),
            row.stream_id,
            row.revision.as_i64(),
            row.event.id.uuid().as_bytes(),
            row.type_id,
            recorded_at,
            row.event.content_type,
            row.event.data.as_ref(),
            row.event.metadata.as_ref(),
            row.event.sealed.as_deref(),
            row.leaf_hash.as_bytes(),
        ])?;
    }
    let position = group
        .events
        .last()
        .map_or(group.expected_position, |row| row.position);
    let sql = include_str!("sql/head_advance.sql");
    let edge = group.frontier.to_bytes();
    connection
        .prepare_cached(sql)?
        .execute((position.as_i64(), edge, recorded_at))?;
    Ok(())
}
