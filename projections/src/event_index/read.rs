//! Looks up which events a category or a type has, by their numbers in it.

use ledger_core::id::Position;
use ledger_core::store::Direction;

use super::block::Block;
use super::{BLOCK_EVENTS, EventIndex};
use crate::generation;
use crate::views::{Row, Value, Views, ViewsError};

/// What events are numbered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// What stands before the first `-` of a stream's name.
    Category(&'a str),
    /// The event's type.
    Type(&'a str),
}

impl Key<'_> {
    /// The key in the table.
    pub(super) fn text(self) -> String {
        match self {
            Self::Category(category) => format!("ce-{category}"),
            Self::Type(event_type) => format!("et-{event_type}"),
        }
    }
}

/// One event of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Its number among the events of the key, from 0 without gaps.
    pub number: u64,
    /// Its position in the log.
    pub position: Position,
}

/// A category or a type, and the events that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Whether it is a category; else a type.
    pub is_category: bool,
    /// Its name.
    pub name: String,
    /// How many events it has.
    pub events: u64,
    /// Position of the newest.
    pub newest: Position,
}

/// Every category and every type, in this order, each by its name; the views must have been brought
/// forward before.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn kinds(views: &Views) -> Result<Vec<Kind>, ViewsError> {
    let generation = generation::live(views, &EventIndex).await?;
    let sql = include_str!("sql/open.sql");
    let rows = views.query(generation, sql, Vec::new()).await?;
    rows.iter().map(kind).collect()
}

fn kind(row: &Row) -> Result<Kind, ViewsError> {
    let key = row.text(0)?;
    let (is_category, name) = match (key.strip_prefix("ce-"), key.strip_prefix("et-")) {
        (Some(category), _) => (true, category),
        (None, Some(event_type)) => (false, event_type),
        (None, None) => return Err(ViewsError::Column(0)),
    };
    let tail = Block::of_row(row, 1)?;
    let before = tail.number().saturating_mul(BLOCK_EVENTS);
    Ok(Kind {
        is_category,
        name: name.to_owned(),
        events: unsigned(before.saturating_add(tail.events()))?,
        newest: Position::from_i64(tail.last()),
    })
}

/// How many events a key has; the views must have been brought forward before.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn count(views: &Views, key: Key<'_>) -> Result<u64, ViewsError> {
    let generation = generation::live(views, &EventIndex).await?;
    let sql = include_str!("sql/count.sql");
    let parameters = vec![Value::from(key.text()), Value::from(BLOCK_EVENTS)];
    let rows = views.query(generation, sql, parameters).await?;
    rows.first().map_or(Ok(0), |row| unsigned(row.int(0)?))
}

/// At most `limit` events of a key from a number on, or from its beginning or its end, one way or the
/// other; the views must have been brought forward before.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn list(
    views: &Views,
    key: Key<'_>,
    from: Option<u64>,
    direction: Direction,
    limit: usize,
) -> Result<Vec<Numbered>, ViewsError> {
    let generation = generation::live(views, &EventIndex).await?;
    let from = from.map(|from| i64::try_from(from).unwrap_or(i64::MAX));
    let (sql, from) = match direction {
        Direction::Forwards => (include_str!("sql/forwards.sql"), from.unwrap_or(0)),
        Direction::Backwards => (include_str!("sql/backwards.sql"), from.unwrap_or(i64::MAX)),
    };
    // A block more than the events fill: the read may begin and end within one.
    let blocks = limit.div_ceil(256).saturating_add(1);
    let parameters = vec![
        Value::from(key.text()),
        Value::from(from.div_euclid(BLOCK_EVENTS)),
        Value::from(i64::try_from(blocks).unwrap_or(i64::MAX)),
    ];
    let rows = views.query(generation, sql, parameters).await?;
    let mut found = Vec::new();
    for row in &rows {
        let mut numbered = numbered(row)?;
        match direction {
            Direction::Forwards => numbered.retain(|(number, _)| *number >= from),
            Direction::Backwards => {
                numbered.retain(|(number, _)| *number <= from);
                numbered.reverse();
            },
        }
        found.extend(numbered);
    }
    found.truncate(limit);
    let found = found.into_iter().map(|(number, position)| {
        Ok(Numbered {
            number: unsigned(number)?,
            position: Position::from_i64(position),
        })
    });
    found.collect()
}

/// Numbers and positions of a row.
fn numbered(row: &Row) -> Result<Vec<(i64, i64)>, ViewsError> {
    let block = Block::of_row(row, 0)?;
    let first = block.number().saturating_mul(BLOCK_EVENTS);
    Ok((first..).zip(block.positions()?).collect())
}

fn unsigned(number: i64) -> Result<u64, ViewsError> {
    u64::try_from(number).map_err(|_| ViewsError::Column(0))
}
