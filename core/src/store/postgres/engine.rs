//! The writer's half of the PostgreSQL backend.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::timeout;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::connect::{self, Login};
use super::link::Link;
use super::{fault, row};
use crate::id::{EventId, Position, Revision, StreamName};
use crate::store::read::Head;
use crate::store::writer::engine::{Commit, Engine, EngineError, Group, RowId, StreamRow};

/// How long a call may take; the server itself gives up earlier unless it cannot be reached.
const CALL_TIME: Duration = Duration::from_secs(45);

/// One connection that only the writer uses. Any failure ends it, so that the next call begins on a
/// new one, with nothing prepared on it and nothing still running.
pub(super) struct PostgresEngine {
    login: Login,
    link: Option<Link>,
    /// A commit failed and none has gone through since: the server may still be busy with the lost
    /// one, and write it after all. Only having held the head's row tells.
    unsettled: bool,
}

impl PostgresEngine {
    pub(super) const fn new(login: Login) -> Self {
        Self {
            login,
            link: None,
            unsettled: false,
        }
    }

    /// While the outcome of a commit is unknown, a lock or a connection that is not given is no proof
    /// that nothing was written, which is what "busy" says.
    fn proven(&self, error: EngineError) -> EngineError {
        match error {
            EngineError::Busy if self.unsettled => {
                EngineError::Failed("the server is busy after a commit of unknown outcome".into())
            },
            EngineError::DiskFull(source) | EngineError::ReadOnly(source) if self.unsettled => {
                EngineError::Failed(source)
            },
            other @ (EngineError::Busy
            | EngineError::DiskFull(_)
            | EngineError::ReadOnly(_)
            | EngineError::Failed(_)) => other,
        }
    }

    async fn query(
        &mut self,
        sql: &'static str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, EngineError> {
        // Out of its place while it is used: whatever ends this call early ends the connection.
        let kept = self.link.take().map(|mut link| (link.is_idle(), link));
        let mut link = if let Some((true, link)) = kept {
            link
        } else {
            let link = connect::patiently(|| self.login.open()).await;
            link.map_err(|error| self.proven(fault::engine(error)))?
        };
        match timeout(CALL_TIME, link.query(sql, parameters)).await {
            Ok(Ok(rows)) => {
                self.link = Some(link);
                Ok(rows)
            },
            Ok(Err(error)) => Err(self.proven(fault::engine(error))),
            Err(late) => Err(EngineError::Failed(Box::new(late))),
        }
    }
}

fn only(rows: Vec<Row>) -> Result<Row, EngineError> {
    row::only(rows).map_err(|error| EngineError::Failed(Box::new(error)))
}

fn decode_head(row: &Row) -> Result<Head, EngineError> {
    row::head(row).map_err(|error| EngineError::Failed(Box::new(error)))
}

#[async_trait]
impl Engine for PostgresEngine {
    async fn head(&mut self) -> Result<Head, EngineError> {
        decode_head(&only(self.query(include_str!("sql/head.sql"), &[]).await?)?)
    }

    async fn streams(
        &mut self,
        names: &[StreamName],
    ) -> Result<Vec<Option<StreamRow>>, EngineError> {
        let wanted: Vec<&str> = names.iter().map(StreamName::as_str).collect();
        let mut found = HashMap::new();
        for row in self
            .query(include_str!("sql/streams.sql"), &[&wanted])
            .await?
        {
            let name: String = row.try_get(0).map_err(fault::engine)?;
            let id = row.try_get(1).map_err(fault::engine)?;
            let revision = Revision::from_i64(row.try_get(2).map_err(fault::engine)?);
            found.insert(name, StreamRow { id, revision });
        }
        Ok(wanted.into_iter().map(|name| found.remove(name)).collect())
    }

    async fn types(&mut self, names: &[String]) -> Result<Vec<Option<RowId>>, EngineError> {
        let mut found = HashMap::new();
        for row in self
            .query(include_str!("sql/event_types.sql"), &[&names])
            .await?
        {
            let name: String = row.try_get(0).map_err(fault::engine)?;
            found.insert(name, row.try_get(1).map_err(fault::engine)?);
        }
        Ok(names.iter().map(|name| found.remove(name)).collect())
    }

    async fn event_ids(
        &mut self,
        stream: RowId,
        from: Revision,
        count: usize,
    ) -> Result<Vec<(EventId, Position)>, EngineError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let sql = include_str!("sql/event_ids.sql");
        let rows = self.query(sql, &[&stream, &from.as_i64(), &count]).await?;
        let decode = |row: Row| {
            let id = EventId::new(row.try_get(0).map_err(fault::engine)?);
            Ok((
                id,
                Position::from_i64(row.try_get(1).map_err(fault::engine)?),
            ))
        };
        rows.into_iter().map(decode).collect()
    }

    async fn commit(&mut self, group: Arc<Group>) -> Result<Commit, EngineError> {
        let columns = Columns::of(&group);
        let epoch = i64::try_from(group.expected_epoch).unwrap_or(i64::MAX);
        let frontier = group.frontier.to_bytes();
        let parameters: [&(dyn ToSql + Sync); 17] = [
            &group.expected_position.as_i64(),
            &epoch,
            &group.recorded_at.utc(),
            &frontier,
            &columns.new_streams.0,
            &columns.new_streams.1,
            &columns.new_types.0,
            &columns.new_types.1,
            &columns.stream_ids,
            &columns.revisions,
            &columns.event_ids,
            &columns.type_ids,
            &columns.content_types,
            &columns.datas,
            &columns.metadatas,
            &columns.sealeds,
            &columns.leaf_hashes,
        ];
        let rows = self.query(include_str!("sql/append.sql"), &parameters);
        let rows = rows.await;
        match &rows {
            Ok(_) => self.unsettled = false,
            Err(EngineError::Failed(_)) => self.unsettled = true,
            Err(EngineError::Busy | EngineError::DiskFull(_) | EngineError::ReadOnly(_)) => {},
        }
        let row = only(rows?)?;
        if row.try_get(0).map_err(fault::engine)? {
            return Ok(Commit::Written);
        }
        decode_head(&row).map(Commit::Fenced)
    }

    async fn close(self) {
        if let Some(link) = self.link {
            link.close().await;
        }
    }
}

/// A group as arrays, one a column.
struct Columns<'a> {
    new_streams: (Vec<RowId>, Vec<&'a str>),
    new_types: (Vec<RowId>, Vec<&'a str>),
    stream_ids: Vec<RowId>,
    revisions: Vec<i64>,
    event_ids: Vec<Uuid>,
    type_ids: Vec<RowId>,
    content_types: Vec<&'a str>,
    datas: Vec<&'a [u8]>,
    metadatas: Vec<&'a [u8]>,
    sealeds: Vec<Option<&'a [u8]>>,
    leaf_hashes: Vec<&'a [u8]>,
}

impl<'a> Columns<'a> {
    fn of(group: &'a Group) -> Self {
        let rows = &group.events;
        Self {
            new_streams: group
                .new_streams
                .iter()
                .map(|(id, name)| (*id, name.as_str()))
                .unzip(),
            new_types: group
                .new_types
                .iter()
                .map(|(id, name)| (*id, name.as_str()))
                .unzip(),
            stream_ids: rows.iter().map(|row| row.stream_id).collect(),
            revisions: rows.iter().map(|row| row.revision.as_i64()).collect(),
            event_ids: rows.iter().map(|row| row.event.id.uuid()).collect(),
            type_ids: rows.iter().map(|row| row.type_id).collect(),
            content_types: rows
                .iter()
                .map(|row| row.event.content_type.as_str())
                .collect(),
            datas: rows.iter().map(|row| row.event.data.as_ref()).collect(),
            metadatas: rows.iter().map(|row| row.event.metadata.as_ref()).collect(),
            sealeds: rows.iter().map(|row| row.event.sealed.as_deref()).collect(),
            leaf_hashes: rows
                .iter()
                .map(|row| row.leaf_hash.as_bytes().as_slice())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn busy_is_said_only_when_no_commit_is_in_doubt() {
        let address = "postgres://db.ward.example/ward".parse().unwrap();
        let mut engine = PostgresEngine::new(connect::writer(&address).unwrap());
        assert!(matches!(
            engine.proven(EngineError::Busy),
            EngineError::Busy
        ));

        engine.unsettled = true;

        assert!(matches!(
            engine.proven(EngineError::Busy),
            EngineError::Failed(_)
        ));
    }
}
