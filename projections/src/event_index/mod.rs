//! Kept: the events of each category and of each type, under dense numbers of their own from 0.
//!
//! EventStoreDB's `$ce-` and `$et-` streams, and whoever looks for events of a kind, read it instead
//! of the whole log. A row holds up to 256 positions of one key; each key has exactly one
//! row that is not full, behind the full ones.

mod block;
mod read;

pub use read::{Key, Kind, Numbered, count, kinds, list};

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;

use crate::projection::{Batch, Fold, Projection, Seen};
use crate::views::{Row, Value, Views, ViewsError};
use block::Block;

/// Most positions in one row; the SQL files know the number, too.
const BLOCK_EVENTS: i64 = 256;

/// The projection from events to numbers by category and type.
#[derive(Clone, Copy, Debug)]
pub struct EventIndex;

#[async_trait]
impl Projection for EventIndex {
    fn name(&self) -> &'static str {
        "event_index"
    }

    fn version(&self) -> i64 {
        1
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            include_str!("sql/schema.sql"),
            include_str!("sql/index_key.sql"),
            include_str!("sql/index_open.sql"),
        ]
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

    fn reads_content(&self) -> bool {
        false
    }

    async fn begin(&self, views: &Views, generation: i64) -> Result<Box<dyn Fold>, ViewsError> {
        let rows = views
            .query(generation, include_str!("sql/open.sql"), Vec::new())
            .await?;
        let tail = |row: &Row| Ok((row.text(0)?.to_owned(), Block::of_row(row, 1)?));
        let tails = rows.iter().map(tail).collect::<Result<_, ViewsError>>()?;
        Ok(Box::new(Tails {
            tails,
            touched: BTreeSet::new(),
        }))
    }
}

/// The row of each key that is not full yet.
struct Tails {
    tails: HashMap<String, Block>,
    /// Those that were added to since the last batch.
    touched: BTreeSet<String>,
}

impl Tails {
    fn add(&mut self, key: Key<'_>, position: i64, batch: &mut Batch) {
        let key = key.text();
        let tail = self.tails.entry(key.clone()).or_default();
        tail.push(position);
        if tail.events() >= BLOCK_EVENTS {
            let next = tail.next();
            put(batch, &key, &std::mem::replace(tail, next));
        }
        self.touched.insert(key);
    }
}

impl Fold for Tails {
    fn event(&mut self, seen: &Seen<'_>, batch: &mut Batch) {
        let position = seen.stored.position.as_i64();
        if let Some(category) = seen.stored.stream.category() {
            self.add(Key::Category(category), position, batch);
        }
        let event_type = seen.stored.event_type.as_str();
        self.add(Key::Type(event_type), position, batch);
    }

    fn end(&mut self, batch: &mut Batch) {
        for key in std::mem::take(&mut self.touched) {
            if let Some(tail) = self.tails.get(&key) {
                put(batch, &key, tail);
            }
        }
    }
}

fn put(batch: &mut Batch, key: &str, block: &Block) {
    let parameters = vec![
        // The row's name, for whoever compares tables.
        Value::from(format!("{key} {:012}", block.number())),
        Value::from(block.last()),
        Value::from(key),
        Value::from(block.number()),
        Value::from(block.events()),
        Value::from(block.text()),
    ];
    batch.add(include_str!("sql/put.sql"), parameters);
}
