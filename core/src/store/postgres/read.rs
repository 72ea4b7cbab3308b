//! The readers' half of the PostgreSQL backend.
//!
//! One stream, and a few rows of the log, come by a prepared query, in one round trip; many rows of the
//! log by COPY, which takes two and is then faster. Rows hold the numbers of streams and types; their names are remembered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use deadpool_postgres::Pool;
use tokio_postgres::Row;

use super::copy::{self, End};
use super::fetch::Parameters;
use super::scan::{Scan, Scans};
use super::{connect, row};
use crate::id::{Position, Revision};
use crate::store::Limits;
use crate::store::coded::Buffer;
use crate::store::filter::Filter;
use crate::store::names::Names;
use crate::store::page::{PAGE_BYTES, Page, Range, stop_at};
use crate::store::read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream};

/// Up to so many rows a query is quicker than COPY.
const FEW: usize = 64;

/// Rows that one COPY of a scan gives at most; what is given up of it still has to be received.
const SCAN_ROWS: i64 = 16_000;
/// So many pages after a large row are read by queries, as more of them are likely to follow.
const PAGES_AFTER_LARGE: u32 = 8;

/// What the reads of one store share.
pub(super) struct Reader {
    pub(super) pool: Pool,
    pub(super) names: Arc<Names>,
    pub(super) limits: Limits,
    scans: Scans,
    /// Pages still to be read by queries.
    queried: AtomicU32,
}

impl Reader {
    pub(super) fn new(pool: Pool, names: Arc<Names>, limits: Limits) -> Self {
        Self {
            pool,
            names,
            limits,
            scans: Scans::default(),
            queried: AtomicU32::new(0),
        }
    }

    /// Tidies up after reads that were not gone on with; never ends by itself.
    pub(super) async fn tidy(&self) {
        self.scans.tidy().await;
    }

    pub(super) async fn head(&self) -> Result<Head, ReadError> {
        let rows = self.rows(include_str!("sql/head.sql"), &[]).await?;
        let missing = ReadError::Damaged {
            position: Position::default(),
            what: "the head's row",
        };
        row::head(rows.first().ok_or(missing)?)
    }

    pub(super) async fn stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        let mut page = Page::new(read.limit.min(self.limits.page_events));
        match read.direction {
            Direction::Forwards => self.stream_forwards(read, &mut page).await?,
            Direction::Backwards => {
                let from = read.from.map_or(i64::MAX, Revision::as_i64);
                let sql = include_str!("sql/read_stream_backwards.sql");
                let all = page.room();
                self.query_stream((read, sql, from), all, &mut page).await?;
            },
        }
        let next = page.unfit.map(|place| place.revision.get());
        self.finish(page, next).await
    }

    async fn stream_forwards(&self, read: &ReadStream, page: &mut Page) -> Result<(), ReadError> {
        let from = read.from.unwrap_or_default().as_i64();
        let as_at = read.as_at.map_or(i64::MAX, Position::as_i64);
        let (name, (rows, _)) = (read.stream.as_str(), bounds(page.room()));
        let parameters: &Parameters<'_> = &[&name, &from, &as_at, &rows];
        self.query_into(include_str!("sql/stream_forwards.sql"), parameters, page)
            .await?;
        if page.events.is_empty() && page.unfit.is_some() {
            // It begins with a large row.
            page.truncate(0);
            let (sql, all) = (include_str!("sql/read_stream_forwards.sql"), page.room());
            self.query_stream((read, sql, from), all, page).await?;
        }
        Ok(())
    }

    /// Reads a page of the log; `known` is the newest position that this process has heard of.
    pub(super) async fn all(
        &self,
        read: &ReadAll,
        known: Position,
    ) -> Result<EventPage, ReadError> {
        let from = read.from.unwrap_or_default();
        if from <= Position::new(1) {
            // Who begins at the beginning, such as an audit, trusts nothing that is remembered.
            self.names.forget();
        }
        if read.limit == 0 {
            return self.finish(Page::new(0), None).await;
        }
        if read.direction == Direction::Backwards || read.filter != Filter::default() {
            return self.query_range(read).await;
        }
        let mut page = Page::new(read.limit.min(self.limits.page_events));
        let few = u64::try_from(FEW).unwrap_or(u64::MAX);
        let near = known >= from && known < from.plus(few);
        let ended = if self.is_queried() {
            self.query_from(from, page.room(), &mut page).await?
        } else if near || page.room() <= FEW {
            self.query_few(from, &mut page).await?
        } else {
            false
        };
        if !ended {
            self.scan(from, &mut page).await?;
        }
        if page.events.is_empty() && page.unfit.is_some() {
            page.truncate(0);
            self.query_from(from, page.room(), &mut page).await?;
        }
        let next = page.unfit.map(|place| place.position);
        self.scans.expect(next);
        self.finish(page, next.map(Position::get)).await
    }

    /// Whether this page is one of those that are read by queries.
    fn is_queried(&self) -> bool {
        let left = |left: u32| left.checked_sub(1);
        let order = Ordering::Relaxed;
        self.queried.fetch_update(order, order, left).is_ok()
    }

    /// Takes up to `fetch` rows of a stream by a query; answers whether the page has ended.
    async fn query_stream(
        &self,
        (read, sql, from): (&ReadStream, &str, i64),
        fetch: usize,
        page: &mut Page,
    ) -> Result<bool, ReadError> {
        let as_at = read.as_at.map_or(i64::MAX, Position::as_i64);
        let (rows, bytes) = bounds(fetch);
        let name = read.stream.as_str();
        let parameters: &Parameters<'_> = &[&name, &from, &as_at, &rows, &bytes];
        self.query(sql, parameters, fetch, page).await
    }

    /// Takes a few rows of the log by the query with the least to do; answers whether the page has ended.
    async fn query_few(&self, from: Position, page: &mut Page) -> Result<bool, ReadError> {
        let fetch = page.room().min(FEW);
        let (rows, _) = bounds(fetch);
        let sql = include_str!("sql/log_forwards.sql");
        self.query_into(sql, &[&from.as_i64(), &rows], page).await?;
        Ok(page.unfit.is_some() || page.events.len() < fetch)
    }

    /// Takes up to `fetch` rows of the log by a query; answers whether the page has ended.
    async fn query_from(
        &self,
        from: Position,
        fetch: usize,
        page: &mut Page,
    ) -> Result<bool, ReadError> {
        let (rows, bytes) = bounds(fetch);
        // Positions are dense; a wider range would have the engine sort what the page does not take.
        let (low, high) = (from.as_i64(), from.as_i64().saturating_add(rows));
        let all: Option<Vec<&str>> = None;
        let sql = include_str!("sql/read_all_forwards.sql");
        let parameters: &Parameters<'_> = &[&low, &high, &all, &all, &all, &all, &rows, &bytes];
        self.query(sql, parameters, fetch, page).await
    }

    /// Takes the rows of a query; answers whether the page has ended: it is full, or there were fewer
    /// rows than asked.
    async fn query(
        &self,
        sql: &str,
        parameters: &Parameters<'_>,
        fetch: usize,
        page: &mut Page,
    ) -> Result<bool, ReadError> {
        let rows = self.rows(sql, parameters).await?;
        let full = take(&rows, page)?;
        Ok(full || rows.len() < fetch)
    }

    /// A page backwards or with a filter.
    async fn query_range(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        // The head comes first: whatever is read after it holds at least every event up to it.
        let head = self.head().await?.position;
        let Some(range) = Range::of(read, head, &self.limits) else {
            return self.finish(Page::new(0), None).await;
        };
        let sql = match read.direction {
            Direction::Forwards => include_str!("sql/read_all_forwards.sql"),
            Direction::Backwards => include_str!("sql/read_all_backwards.sql"),
        };
        let [types, type_prefixes, streams, stream_prefixes] = read.filter.lists();
        let (low, high) = (range.low.as_i64(), range.high.as_i64());
        let mut page = Page::new(range.limit);
        let (rows, bytes) = bounds(page.room());
        let parameters: &Parameters<'_> = &[
            &low,
            &high,
            &types,
            &type_prefixes,
            &streams,
            &stream_prefixes,
            &rows,
            &bytes,
        ];
        take(&self.rows(sql, parameters).await?, &mut page)?;
        let next = stop_at(&range, page.unfit, head);
        self.finish(page, next).await
    }

    /// Fills the page with the log's rows from `from` on, but after those that it has.
    async fn scan(&self, from: Position, page: &mut Page) -> Result<(), ReadError> {
        if let Some(mut scan) = self.scans.take(from) {
            match scan.copy.fill(page).await {
                Ok(End::Full) => {
                    self.keep(scan, page);
                    return Ok(());
                },
                Ok(End::Large) => {
                    self.queried.store(PAGES_AFTER_LARGE, Ordering::Relaxed);
                    return Ok(());
                },
                // There may be more by now.
                Ok(End::Rows) => {},
                Err(_) => {
                    connect::discard(scan.client);
                    page.truncate(0);
                },
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
        let (scan, end) = self.copy(&sql, page).await?;
        match end {
            End::Full if scans => self.keep(scan, page),
            End::Large => self.queried.store(PAGES_AFTER_LARGE, Ordering::Relaxed),
            End::Full | End::Rows => {},
        }
        Ok(())
    }

    fn keep(&self, scan: Scan, page: &Page) {
        if let Some(place) = page.unfit {
            self.scans.keep(place.position, scan);
        }
    }
}

/// How many rows the server looks at, and how many bytes it sends.
fn bounds(fetch: usize) -> (i64, i64) {
    let rows = i64::try_from(fetch).unwrap_or(i64::MAX);
    (rows, i64::try_from(PAGE_BYTES).unwrap_or(i64::MAX))
}

/// Takes rows into the page; answers whether one of them did not fit.
fn take(rows: &[Row], page: &mut Page) -> Result<bool, ReadError> {
    let mut buffer = Buffer::default();
    for row in rows {
        if !page.take_or_end(row::event(row, &mut buffer)?) {
            return Ok(true);
        }
    }
    Ok(false)
}
