//! Pages of the whole log by COPY, one after another on one connection.

use super::copy::{self, Copy};
use super::read::{Reader, bounds};
use super::scan::Scans;
use crate::id::Position;
use crate::store::page::Page;
use crate::store::read::{EventPage, ReadAll, ReadError};

/// Rows that one COPY of a scan gives at most: what a page says is as old as its COPY, and the server
/// cleans up nothing younger.
const SCAN_ROWS: i64 = 64_000;

/// Reads pages and remembers where they ended.
pub(super) struct Pager {
    pub(super) reader: Reader,
    scans: Scans,
}

impl Pager {
    pub(super) fn new(reader: Reader) -> Self {
        Self {
            reader,
            scans: Scans::default(),
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
        self.fill(from, &mut page).await?;
        self.scans.expect(page.unfit.map(|place| place.position));
        self.reader.finish_forwards(page).await
    }

    /// Fills the page with the log's rows from `from` on.
    async fn fill(&self, from: Position, page: &mut Page) -> Result<(), ReadError> {
        if let Some(mut scan) = self.scans.take(from) {
            match scan.fill(page).await {
                Ok(()) if page.unfit.is_some() => {
                    self.keep(scan, page);
                    return Ok(());
                },
                // There may be more by now.
                Ok(()) => {},
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
        let mut scan = self.reader.copy(&sql, page).await?;
        if scans {
            self.keep(scan, page);
        } else if page.is_full() {
            // It was the last row: the connection can be used again, or else is given up.
            drop(scan.finish().await);
        }
        Ok(())
    }

    /// Keeps a scan that has more than the page takes.
    fn keep(&self, scan: Copy, page: &Page) {
        if let Some(place) = page.unfit {
            self.scans.keep(place.position, scan);
        }
    }
}
