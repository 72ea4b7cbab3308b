//! What a played ledger holds, counted from its log.

use std::collections::BTreeMap;

use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadAll, ReadError};

/// How many events a ledger holds, by stream category and by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By what the stream is of (`child`, `facility`, …).
    pub categories: BTreeMap<String, u64>,
    /// By the event's type.
    pub types: BTreeMap<String, u64>,
}

/// Counts a log page by page.
///
/// # Errors
/// [`ReadError`] when the log cannot be read.
pub async fn count(store: &dyn EventStore) -> Result<Counts, ReadError> {
    let mut counts = Counts::default();
    let mut read = ReadAll::after(Position::default());
    loop {
        let page = store.read_all(&read).await?;
        for event in page.events.iter() {
            let category = event
                .stream
                .category()
                .unwrap_or_else(|| event.stream.as_str());
            add(&mut counts.categories, category);
            add(&mut counts.types, event.event_type.as_str());
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok(counts),
        }
    }
}

fn add(counts: &mut BTreeMap<String, u64>, key: &str) {
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_add(1);
    } else {
        counts.insert(key.to_owned(), 1);
    }
}
