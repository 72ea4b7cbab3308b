//! Reads of the whole log page by page that go on where the last one ended.
//!
//! Asking the server anew for each page costs up to a quarter of a replay. Whoever has asked for two
//! pages in a row gets the next ones from one COPY, whose rows come while a page is worked on. What a
//! page says is as old as that COPY, which in a log matters only for an erasure.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::copy::Copy;
use crate::id::Position;

/// Most scans that are kept at once, each with a connection.
pub(super) const SCANS_MAX: usize = 2;
/// How long one is kept that nobody goes on with: it holds back the server's cleaning up.
const KEPT: Duration = Duration::from_secs(2);
/// How old one may become, for the same reason, and as what it says is as old.
const AGE_MAX: Duration = Duration::from_secs(10);

/// The scans of one store.
#[derive(Default)]
pub(super) struct Scans(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// Where the last page ended: a read from here is likely to be one of many.
    expected: Option<Position>,
    scans: Vec<(Position, Instant, Copy)>,
}

impl Scans {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The scan that goes on at this position, if there is one.
    pub(super) fn take(&self, from: Position) -> Option<Copy> {
        let mut kept = self.lock();
        let place = kept.scans.iter().position(|(next, _, _)| *next == from)?;
        Some(kept.scans.swap_remove(place).2)
    }

    /// Keeps a scan that goes on at `next`, in place of the oldest, unless it is too old itself.
    pub(super) fn keep(&self, next: Position, scan: Copy) {
        if scan.age() > AGE_MAX {
            return;
        }
        let mut kept = self.lock();
        if kept.scans.len() >= SCANS_MAX {
            kept.scans.remove(0);
        }
        kept.scans.push((next, Instant::now(), scan));
    }

    /// Whether a read from here goes on with the last page.
    pub(super) fn expects(&self, from: Position) -> bool {
        self.lock().expected == Some(from)
    }

    /// Notes where a page ended, if not at the log's end.
    pub(super) fn expect(&self, next: Option<Position>) {
        self.lock().expected = next;
    }

    /// Gives up scans with which nobody goes on; never ends by itself.
    pub(super) async fn tidy(&self) {
        loop {
            tokio::time::sleep(KEPT).await;
            self.lock().scans.retain(|(_, at, _)| at.elapsed() < KEPT);
        }
    }
}
