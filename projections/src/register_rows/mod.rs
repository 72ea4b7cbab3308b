//! Kept: which register row stands where, so that an import writes nothing twice.

use async_trait::async_trait;
use ledger_core::event::Source;

use crate::generation;
use crate::projection::{Batch, Fold, Projection, Seen};
use crate::views::{Row, Value, Views, ViewsError};

/// The projection from a register's keys to the newest row under each.
#[derive(Clone, Copy, Debug)]
pub struct RegisterRows;

#[async_trait]
impl Projection for RegisterRows {
    fn name(&self) -> &'static str {
        "register_rows"
    }

    fn version(&self) -> i64 {
        3
    }

    fn schema(&self) -> &'static [&'static str] {
        &[include_str!("sql/schema.sql")]
    }

    fn discard(&self) -> &'static [&'static str] {
        &[include_str!("sql/discard.sql")]
    }

    fn listing(&self) -> &'static str {
        include_str!("sql/listing.sql")
    }

    fn is_versioned(&self) -> bool {
        false
    }

    async fn begin(&self, _views: &Views, _generation: i64) -> Result<Box<dyn Fold>, ViewsError> {
        Ok(Box::new(*self))
    }
}

impl Fold for RegisterRows {
    fn event(&mut self, seen: &Seen<'_>, batch: &mut Batch) {
        let Some(event) = seen.event else {
            return;
        };
        let metadata = &event.metadata;
        let (Some(Source::Register { register, key, .. }), Some(mac)) =
            (&metadata.source, &metadata.mac)
        else {
            return;
        };
        // Column names of registers hold no tab, so that the list needs no further form.
        let filled = metadata.filled.as_ref().map(|columns| columns.join("\t"));
        batch.add(
            include_str!("sql/put.sql"),
            vec![
                Value::from(format!("{register}\t{key}")),
                Value::from(event.position.as_i64()),
                Value::from(mac.as_str()),
                Value::from(filled),
                Value::from(event.stream.as_str()),
                Value::from(event.id.to_string()),
            ],
        );
    }
}

/// The newest row under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterRow {
    /// Position of the first event of the row's command.
    pub position: i64,
    /// Fingerprint of the row's filled cells, hex.
    pub mac: String,
    /// Fingerprints of the rows under the key, oldest first: the row as it is, and as it was before
    /// it grew.
    pub macs: Vec<String>,
    /// The columns that were filled, where the register's rows may grow.
    pub filled: Option<Vec<String>>,
    /// The stream in which it stands.
    pub stream: String,
    /// Id of the first event of the row's command.
    pub event_id: String,
}

/// How many rows stand in the ledger, and the newest position at which one was taken; the views must have
/// been brought forward before.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn counted(views: &Views) -> Result<(i64, i64), ViewsError> {
    let generation = generation::live(views, &RegisterRows).await?;
    let sql = include_str!("sql/counted.sql");
    let rows = views.query(generation, sql, Vec::new()).await?;
    let row = rows.first().ok_or(ViewsError::Column(0))?;
    Ok((row.int(0)?, row.int(1)?))
}

/// Finds the newest row under a register's key.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn find(
    views: &Views,
    register: ledger_core::code::Register,
    key: &str,
) -> Result<Option<RegisterRow>, ViewsError> {
    let generation = generation::live(views, &RegisterRows).await?;
    find_in(views, generation, register, key).await
}

/// Finds the newest row under a register's key in a generation that [`generation::live`] gave, for
/// whoever looks up many in a row.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read, or the generation was replaced meanwhile.
pub async fn find_in(
    views: &Views,
    generation: i64,
    register: ledger_core::code::Register,
    key: &str,
) -> Result<Option<RegisterRow>, ViewsError> {
    let parameters = vec![Value::from(format!("{register}\t{key}"))];
    let rows = views
        .query(generation, include_str!("sql/find.sql"), parameters)
        .await?;
    rows.first().map(decode).transpose()
}

/// Every row of a register under keys that begin with `prefix`, by key: the key, then the row.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn find_all(
    views: &Views,
    register: ledger_core::code::Register,
    prefix: &str,
) -> Result<Vec<(String, RegisterRow)>, ViewsError> {
    let generation = generation::live(views, &RegisterRows).await?;
    let begin = format!("{register}\t{prefix}");
    // U+10FFFF is greater than anything that a key may hold next.
    let parameters = vec![
        Value::from(begin.as_str()),
        Value::from(format!("{begin}\u{10FFFF}")),
    ];
    let rows = views
        .query(generation, include_str!("sql/find_all.sql"), parameters)
        .await?;
    let decode = |row: &Row| {
        let key = row.text(6)?.split_once('\t').map_or("", |(_, key)| key);
        Ok((key.to_owned(), decode(row)?))
    };
    rows.iter().map(decode).collect()
}

fn decode(row: &Row) -> Result<RegisterRow, ViewsError> {
    let filled = row.optional_text(2)?;
    Ok(RegisterRow {
        position: row.int(0)?,
        mac: row.text(1)?.to_owned(),
        filled: filled.map(|columns| columns.split('\t').map(str::to_owned).collect()),
        stream: row.text(3)?.to_owned(),
        event_id: row.text(4)?.to_owned(),
        macs: row.text(5)?.split(' ').map(str::to_owned).collect(),
    })
}
