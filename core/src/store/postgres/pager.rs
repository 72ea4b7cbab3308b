//! Pages of the whole log by COPY, one after another on one connection.

use std::sync::atomic::{AtomicU32, Ordering};

use super::copy::{self, Copy, End};
use super::read::{Reader, bounds};
use super::scan::Scans;
use crate::id::Position;
use crate::store::page::Page;
use crate::store::read::{EventPage, ReadAll, ReadError};

/// Rows that one COPY of a scan gives at most; what is given up of it still has to be received.
const SCAN_ROWS: i64 = 16_000;
/// So many pages after a large row are read by queries, as more of them are likely to follow.
const PAGES_AFTER_LARGE: u32 = 8;

/// Reads pages and remembers where they ended.
pub(super) struct Pager {
    pub(super) reader: Reader,
    scans: Scans,
    /// Pages still to be read by queries.
    queried: AtomicU32,
}

impl Pager {
    pub(super) fn new(reader: Reader) -> Self {
        Self {
            reader,
            scans: Scans::default(),
            queried: AtomicU32::new(0),
        }
    }

    /// Tidies up after scans that were not gone on with; never ends by itself.
    pub(super) async fn tidy(&self) {
        self.scans.tidy().await;
    }

    /// Reads a page of the log forwards, whatever the filter says.
    pub(super) async fn page(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        let from = self.reader.begin(read);
        let mut page = Page::new(read.limit.min(self.reader.limits.page_events));
        if self.is_queried() {
            self.reader.query_from(from, &mut page).await?;
        } else {
            self.fill(from, &mut page).await?;
        }
        self.scans.expect(page.unfit.map(|place| place.position));
        self.reader.finish_forwards(from, page).await
    }

    /// Whether this page is one of those that are read by queries.
    fn is_queried(&self) -> bool {
        let left = |left: u32| left.checked_sub(1);
        let order = Ordering::Relaxed;
        self.queried.fetch_update(order, order, left).is_ok()
    }

    /// Fills the page with the log's rows from `from` on.
    async fn fill(&self, from: Position, page: &mut Page) -> Result<(), ReadError> {
        if let Some(mut scan) = self.scans.take(from) {
            match scan.fill(page).await {
                Ok(end @ (End::Full | End::Large)) => {
                    self.note(end, scan, page);
                    return Ok(());
                },
                // There may be more by now.
                Ok(End::Rows) => {},
                Err(_) => page.truncate(0),
            }
        }
        let scans = self.scans.expects(from);
        let (room, _) = bounds(page.room());
        let last = page.events.last();
        let after = last.map_or(from, |event| event.position.plus(1));
        let sql = copy::fill(
            include_str!("sql/copy_all.sql"),
            &[
                ("@from@", after.as_i64()),
                ("@rows@", if scans { SCAN_ROWS.max(room) } else { room }),
            ],
        );
        let (mut scan, end) = self.reader.copy(&sql, page).await?;
        if scans {
            self.note(end, scan, page);
        } else {
            // Little is left of it.
            scan.finish().await?;
        }
        Ok(())
    }

    /// Keeps a scan that has more than the page takes.
    fn note(&self, end: End, scan: Copy, page: &Page) {
        match (end, page.unfit) {
            (End::Full, Some(place)) => self.scans.keep(place.position, scan),
            (End::Large, _) => self.queried.store(PAGES_AFTER_LARGE, Ordering::Relaxed),
            (End::Full | End::Rows, _) => {},
        }
    }
}
