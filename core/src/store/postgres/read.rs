//! The readers' half of the PostgreSQL backend.
//!
//! One stream, and a few rows of the log, come by a prepared query, in one round trip; many rows of the
//! log by COPY, which takes two and is then faster. Rows hold the numbers of streams and types; their
//! names are remembered.

use std::sync::Arc;

use tokio_postgres::Row;

use super::link::Parameters;
use super::links::Links;
use super::row;
use crate::id::{Position, Revision};
use crate::store::Limits;
use crate::store::coded::Buffer;
use crate::store::filter::Filter;
use crate::store::names::Names;
use crate::store::page::{PAGE_BYTES, Page, Range, stop_at};
use crate::store::read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream};

/// Up to so many rows a query is quicker than COPY.
const FEW: usize = 64;

/// What the reads of one store share.
pub(super) struct Reader {
    pub(super) links: Links,
    pub(super) names: Arc<Names>,
    pub(super) limits: Limits,
}

impl Reader {
    pub(super) fn new(links: Links, names: Arc<Names>, limits: Limits) -> Self {
        Self {
            links,
            names,
            limits,
        }
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
            Direction::Backwards => self.stream_backwards(read, &mut page).await?,
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
            .await
    }

    async fn stream_backwards(&self, read: &ReadStream, page: &mut Page) -> Result<(), ReadError> {
        let from = read.from.map_or(i64::MAX, Revision::as_i64);
        let as_at = read.as_at.map_or(i64::MAX, Position::as_i64);
        let (name, (rows, bytes)) = (read.stream.as_str(), bounds(page.room()));
        let parameters: &Parameters<'_> = &[&name, &from, &as_at, &rows, &bytes];
        let sql = include_str!("sql/read_stream_backwards.sql");
        take(&self.rows(sql, parameters).await?, page)
    }

    /// Whether a read of the log takes more events than a query is the quickest for, as far as can be told
    /// from `known`, the newest position that this process has heard of.
    pub(super) fn is_scan(read: &ReadAll, known: Position) -> bool {
        let (from, many) = (read.from.unwrap_or_default(), read.limit >= FEW);
        let few = u64::try_from(FEW).unwrap_or(u64::MAX);
        let near = known >= from && known < from.plus(few);
        many && !near && read.direction == Direction::Forwards && read.filter == Filter::default()
    }

    /// Reads a page of the log by a query; none where it is to be read as a scan after all.
    pub(super) async fn all(&self, read: &ReadAll) -> Result<Option<EventPage>, ReadError> {
        let from = self.begin(read);
        if read.limit == 0 {
            return self.finish(Page::new(0), None).await.map(Some);
        }
        if read.direction == Direction::Backwards || read.filter != Filter::default() {
            return self.query_range(read).await.map(Some);
        }
        let mut page = Page::new(read.limit.min(self.limits.page_events));
        if !self.query_few(from, &mut page).await? {
            return Ok(None);
        }
        self.finish_forwards(page).await.map(Some)
    }

    /// Where a read of the log forwards begins.
    pub(super) fn begin(&self, read: &ReadAll) -> Position {
        let from = read.from.unwrap_or_default();
        if from <= Position::new(1) {
            // Who begins at the beginning, such as an audit, trusts nothing that is remembered.
            self.names.forget();
        }
        from
    }

    /// The page that was read forwards.
    pub(super) async fn finish_forwards(&self, page: Page) -> Result<EventPage, ReadError> {
        let next = page.unfit.map(|place| place.position.get());
        self.finish(page, next).await
    }

    /// Takes a few rows of the log by the query with the least to do; answers whether the page has ended.
    async fn query_few(&self, from: Position, page: &mut Page) -> Result<bool, ReadError> {
        let fetch = page.room().min(FEW);
        let (rows, _) = bounds(fetch);
        let sql = include_str!("sql/log_forwards.sql");
        self.query_into(sql, &[&from.as_i64(), &rows], page).await?;
        Ok(page.unfit.is_some() || page.events.len() < fetch)
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
}

/// How many rows the server looks at, and how many bytes it sends.
pub(super) fn bounds(fetch: usize) -> (i64, i64) {
    let rows = i64::try_from(fetch).unwrap_or(i64::MAX);
    (rows, i64::try_from(PAGE_BYTES).unwrap_or(i64::MAX))
}

/// Takes rows into the page until one does not fit.
fn take(rows: &[Row], page: &mut Page) -> Result<(), ReadError> {
    let mut buffer = Buffer::default();
    for row in rows {
        if page.take(row::event(row, &mut buffer)?).is_some() {
            break;
        }
    }
    Ok(())
}
