//! The readers' half of the PostgreSQL backend.
//!
//! A few rows come by a prepared query, in one round trip; many by COPY, which takes two and is then
//! twice as fast. Rows hold the numbers of streams and types; their names are remembered.

use std::sync::Arc;

use deadpool_postgres::Pool;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::{connect, copy, fault, row};
use crate::id::{EventType, Position, Revision, StreamName};
use crate::store::Limits;
use crate::store::coded::{Buffer, CodedEvent, ContentTypes};
use crate::store::names::{Found, Names};
use crate::store::page::{PAGE_BYTES, Page, Range, stop_at};
use crate::store::read::{Direction, EventPage, Filter, Head, ReadAll, ReadError, ReadStream};
use crate::store::writer::engine::RowId;

type Parameters<'a> = [&'a (dyn ToSql + Sync)];

/// Up to so many rows a query is quicker than COPY.
const FEW: usize = 64;

/// What the reads of one store share.
pub(super) struct Reader {
    pub(super) pool: Pool,
    pub(super) names: Arc<Names>,
    pub(super) limits: Limits,
}

impl Reader {
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
        let ended = match read.direction {
            Direction::Forwards => {
                let from = read.from.unwrap_or_default().as_i64();
                let sql = include_str!("sql/read_stream_forwards.sql");
                let few = page.room().min(FEW);
                self.query_stream((read, sql, from), few, &mut page).await?
            },
            Direction::Backwards => {
                let from = read.from.map_or(i64::MAX, Revision::as_i64);
                let sql = include_str!("sql/read_stream_backwards.sql");
                let all = page.room();
                self.query_stream((read, sql, from), all, &mut page).await?
            },
        };
        if !ended && read.direction == Direction::Forwards {
            self.copy_stream(read, &mut page).await?;
        }
        let next = page.unfit.map(|place| place.revision.get());
        self.finish(page, next).await
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
        let mut ended = false;
        if page.room() <= FEW || (known >= from && known < from.plus(few)) {
            let rows = page.room().min(FEW);
            ended = self.query_from(from, rows, &mut page).await?;
        }
        if !ended {
            self.copy_all(from, &mut page).await?;
        }
        if page.events.is_empty() && page.unfit.is_some() {
            let rows = page.room();
            page.truncate(0);
            self.query_from(from, rows, &mut page).await?;
        }
        let next = page.unfit.map(|place| place.position.get());
        self.finish(page, next).await
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
        let (types, prefix): (Option<Vec<&str>>, Option<&str>) = (None, None);
        let sql = include_str!("sql/read_all_forwards.sql");
        let parameters: &Parameters<'_> = &[&low, &high, &types, &prefix, &rows, &bytes];
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
        let types = read.filter.types.as_ref();
        let types: Option<Vec<&str>> =
            types.map(|types| types.iter().map(EventType::as_str).collect());
        let prefix = &read.filter.stream_prefix;
        let (low, high) = (range.low.as_i64(), range.high.as_i64());
        let mut page = Page::new(range.limit);
        let (rows, bytes) = bounds(page.room());
        let parameters: &Parameters<'_> = &[&low, &high, &types, prefix, &rows, &bytes];
        take(&self.rows(sql, parameters).await?, &mut page)?;
        let next = stop_at(&range, page.unfit, head);
        self.finish(page, next).await
    }

    /// Fills the page with the stream's rows after those that it has.
    async fn copy_stream(&self, read: &ReadStream, page: &mut Page) -> Result<(), ReadError> {
        let Some(last) = page.events.last() else {
            return Ok(());
        };
        self.names.remember(&read.stream, last.stream_id);
        let as_at = read.as_at.map_or(i64::MAX, Position::as_i64);
        let sql = copy::fill(
            include_str!("sql/copy_stream.sql"),
            &[
                ("@stream@", last.stream_id),
                ("@from@", last.revision.plus(1).as_i64()),
                ("@as_at@", as_at),
                ("@rows@", bounds(page.room()).0),
            ],
        );
        self.copy(&sql, page).await
    }

    /// Fills the page with the log's rows from `from` on, but after those that it has.
    async fn copy_all(&self, from: Position, page: &mut Page) -> Result<(), ReadError> {
        let last = page.events.last();
        let from = last.map_or(from, |event| event.position.plus(1));
        let sql = copy::fill(
            include_str!("sql/copy_all.sql"),
            &[("@from@", from.as_i64()), ("@rows@", bounds(page.room()).0)],
        );
        self.copy(&sql, page).await
    }

    /// Copies rows into the page. Asks once more as [`Self::rows`] does.
    async fn copy(&self, sql: &str, page: &mut Page) -> Result<(), ReadError> {
        let had = page.events.len();
        let mut asked_before = false;
        loop {
            let client = connect::get(&self.pool).await.map_err(fault::read)?;
            let error = match copy::rows(&client, sql, page).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            connect::discard(client);
            let passes = match &error {
                copy::CopyError::Driver(error) => fault::passes(error),
                copy::CopyError::Row(_) => false,
            };
            if asked_before || !passes {
                return Err(error.into());
            }
            page.truncate(had);
            asked_before = true;
        }
    }

    /// The rows of a statement. Asks once more when the connection turns out to be lost, and waits for
    /// a server that is restarting, so that a subscription outlasts it.
    async fn rows(&self, sql: &str, parameters: &Parameters<'_>) -> Result<Vec<Row>, ReadError> {
        let mut asked_before = false;
        loop {
            let client = connect::get(&self.pool).await.map_err(fault::read)?;
            let work = async {
                let statement = client.prepare_cached(sql).await?;
                client.query(&statement, parameters).await
            };
            let error: tokio_postgres::Error = match work.await {
                Ok(rows) => return Ok(rows),
                Err(error) => error,
            };
            connect::discard(client);
            if asked_before || !fault::passes(&error) {
                return Err(fault::read(error));
            }
            asked_before = true;
        }
    }

    /// The page with the names of its streams and types.
    async fn finish(&self, page: Page, next: Option<u64>) -> Result<EventPage, ReadError> {
        let found = self.find_names(&page.events).await?;
        let events = self.names.give(page.events, &found)?.into();
        Ok(EventPage { events, next })
    }

    async fn find_names(&self, events: &[CodedEvent]) -> Result<Found, ReadError> {
        let (missing, mut found) = (self.names.missing(events), Found::default());
        if !missing.streams.is_empty() {
            let sql = include_str!("sql/stream_names.sql");
            for row in self.rows(sql, &[&missing.streams]).await? {
                let (id, name) = row::name(&row)?;
                let name = StreamName::new(name).map_err(|_| unreadable(id, "stream"))?;
                found.streams.insert(id, name);
            }
        }
        if !missing.types.is_empty() {
            let sql = include_str!("sql/type_names.sql");
            for row in self.rows(sql, &[&missing.types]).await? {
                let (id, name) = row::name(&row)?;
                let name = EventType::new(name).map_err(|_| unreadable(id, "type"))?;
                found.types.insert(id, name);
            }
        }
        Ok(found)
    }
}

/// How many rows the server looks at, and how many bytes it sends.
fn bounds(fetch: usize) -> (i64, i64) {
    let rows = i64::try_from(fetch).unwrap_or(i64::MAX);
    (rows, i64::try_from(PAGE_BYTES).unwrap_or(i64::MAX))
}

/// A name that cannot be read; its number is the position of the first event with it.
fn unreadable(id: RowId, what: &'static str) -> ReadError {
    let position = Position::from_i64(id);
    ReadError::Damaged { position, what }
}

/// Takes rows into the page; answers whether one of them did not fit.
fn take(rows: &[Row], page: &mut Page) -> Result<bool, ReadError> {
    let (mut types, mut buffer) = (ContentTypes::new(), Buffer::default());
    for row in rows {
        if !page.take(row::event(row, &mut types, &mut buffer)?) {
            return Ok(true);
        }
    }
    Ok(false)
}
