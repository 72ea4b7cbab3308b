//! Makes a ledger of a backup.

use std::io::BufRead;
use std::pin::{Pin, pin};

use bytes::Bytes;
use deadpool_postgres::Transaction;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::address::{Address, LedgerName};
use super::{create, fault};
use crate::backup::{Entry, Reader, RestoreError};
use crate::id::{EventType, LedgerId, Position, StreamName};
use crate::proof::{Checkpoint, Hash};
use crate::store::OpenError;
use crate::store::read::Head;
use crate::store::writer::engine::RowId;
use crate::time::Timestamp;

/// The columns of `copy_events.sql`.
const EVENT: [Type; 12] = [
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::UUID,
    Type::INT8,
    Type::TIMESTAMPTZ,
    Type::TEXT,
    Type::BYTEA,
    Type::BYTEA,
    Type::BYTEA,
    Type::BYTEA,
    Type::BYTEA,
];

/// Makes a ledger of a backup with an administrator's login, as [`create()`](super::create) makes an empty
/// one, and gives its head.
///
/// All in one transaction: nothing of it is there before the whole backup was found good, also when the
/// program or the server is killed meanwhile.
///
/// # Errors
/// [`RestoreError`] when the schema is there already, the login may not do it, or the backup is damaged;
/// nothing is left then.
pub async fn restore<R: BufRead + Send>(
    address: &Address,
    app_role: &LedgerName,
    backup: &mut Reader<R>,
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Checkpoint, RestoreError> {
    let mut client = create::administrator(address).await?;
    let transaction = client.transaction().await.map_err(fault::open)?;
    create::begin(&transaction, address.ledger(), app_role).await?;
    let names = copy_events(&transaction, backup, progress).await?;
    copy_names(&transaction, &names).await?;
    let head = backup.head();
    set_head(&transaction, backup.header().ledger, head).await?;
    transaction.commit().await.map_err(fault::open)?;
    Ok(head.checkpoint())
}

/// Names that events brought, with their numbers; they follow once the events are through.
#[derive(Default)]
struct Names {
    streams: Vec<(RowId, StreamName)>,
    types: Vec<(RowId, EventType)>,
}

impl Names {
    fn note(&mut self, entry: &Entry) {
        if entry.begins_stream() {
            self.streams
                .push((entry.stream_id, entry.event.stream.clone()));
        }
        if entry.begins_type() {
            self.types
                .push((entry.type_id, entry.event.event_type.clone()));
        }
    }
}

async fn copy_events<R: BufRead + Send>(
    transaction: &Transaction<'_>,
    backup: &mut Reader<R>,
    progress: &mut (dyn FnMut(Position, Position) + Send),
) -> Result<Names, RestoreError> {
    let rows = copy(transaction, include_str!("sql/copy_events.sql"), &EVENT).await?;
    let mut rows = pin!(rows);
    let (mut names, to) = (Names::default(), backup.end());
    while let Some(entry) = backup.next_entry()? {
        names.note(&entry);
        add(rows.as_mut(), &entry).await?;
        progress(entry.event.position, to);
    }
    rows.finish().await.map_err(fault::open)?;
    Ok(names)
}

async fn add(rows: Pin<&mut BinaryCopyInWriter>, entry: &Entry) -> Result<(), OpenError> {
    let event = &entry.event;
    let row: [&(dyn ToSql + Sync); 12] = [
        &event.position.as_i64(),
        &entry.stream_id,
        &event.revision.as_i64(),
        &event.id.uuid(),
        &entry.type_id,
        &event.recorded_at.utc(),
        &event.content_type,
        &event.data.as_ref(),
        &event.metadata.as_ref(),
        &event.sealed.as_deref(),
        &event.sealed_sha256.as_ref().map(bytes_of),
        &bytes_of(&event.leaf_hash),
    ];
    rows.write(&row).await.map_err(fault::open)
}

fn bytes_of(hash: &Hash) -> &[u8] {
    hash.as_bytes()
}

async fn copy_names(transaction: &Transaction<'_>, names: &Names) -> Result<(), OpenError> {
    let sql = include_str!("sql/copy_streams.sql");
    let rows = copy(transaction, sql, &[Type::INT8, Type::TEXT, Type::TEXT]).await?;
    let mut rows = pin!(rows);
    for (id, name) in &names.streams {
        let row: [&(dyn ToSql + Sync); 3] = [id, &name.as_str(), &name.category()];
        rows.as_mut().write(&row).await.map_err(fault::open)?;
    }
    rows.finish().await.map_err(fault::open)?;
    let sql = include_str!("sql/copy_event_types.sql");
    let rows = copy(transaction, sql, &[Type::INT8, Type::TEXT]).await?;
    let mut rows = pin!(rows);
    for (id, name) in &names.types {
        let row: [&(dyn ToSql + Sync); 2] = [id, &name.as_str()];
        rows.as_mut().write(&row).await.map_err(fault::open)?;
    }
    rows.finish().await.map(drop).map_err(fault::open)
}

async fn copy(
    transaction: &Transaction<'_>,
    sql: &str,
    columns: &[Type],
) -> Result<BinaryCopyInWriter, OpenError> {
    let sink = transaction.copy_in::<_, Bytes>(sql).await;
    let sink = sink.map_err(fault::open)?;
    Ok(BinaryCopyInWriter::new(sink, columns))
}

async fn set_head(
    transaction: &Transaction<'_>,
    ledger: LedgerId,
    head: &Head,
) -> Result<(), OpenError> {
    let epoch = i64::try_from(head.epoch).unwrap_or(i64::MAX);
    let row: [&(dyn ToSql + Sync); 5] = [
        &ledger.uuid(),
        &head.position.as_i64(),
        &epoch,
        &head.frontier.to_bytes(),
        &head.recorded_at.map(Timestamp::utc),
    ];
    let sql = include_str!("sql/head_restored.sql");
    let set = transaction.execute(sql, &row).await;
    set.map(drop).map_err(fault::open)
}
