//! How reads ask the server: by queries and by COPY, once more where a connection was lost, and for the
//! names of what came.

use tokio_postgres::Row;

use super::copy::{Copy, CopyError};
use super::link::{Link, Parameters};
use super::read::Reader;
use super::{fault, row};
use crate::id::{EventType, Position, StreamName};
use crate::store::coded::{Buffer, CodedEvent};
use crate::store::names::Found;
use crate::store::page::Page;
use crate::store::read::{EventPage, ReadError};
use crate::store::writer::engine::RowId;

/// Most bytes received behind a page's end.
const LEFT_BYTES_MAX: usize = 4 << 20;

impl Reader {
    /// Copies rows into the page. Asks once more as [`Self::rows`] does.
    pub(super) async fn copy(&self, sql: &str, page: &mut Page) -> Result<Copy, ReadError> {
        let had = page.events.len();
        let mut asked_before = false;
        loop {
            let link = self.links.get().await.map_err(fault::read)?;
            let work = async {
                let mut copy = Copy::begin(link, sql).await?;
                copy.fill(page).await?;
                Ok(copy)
            };
            let error: CopyError = match work.await {
                Ok(copy) => return Ok(copy),
                Err(error) => error,
            };
            if asked_before || !error.passes() {
                return Err(error.into());
            }
            page.truncate(had);
            asked_before = true;
        }
    }

    /// Takes the rows of a statement into the page as they come. Asks once more as [`Self::rows`] does.
    pub(super) async fn query_into(
        &self,
        sql: &'static str,
        parameters: &Parameters<'_>,
        page: &mut Page,
    ) -> Result<(), ReadError> {
        let mut asked_before = false;
        loop {
            let mut link = self.links.get().await.map_err(fault::read)?;
            let error = match take_rows(&mut link, (sql, parameters), page).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            if asked_before || !error.passes() {
                return Err(error.into());
            }
            page.truncate(0);
            asked_before = true;
        }
    }

    /// The rows of a statement. Asks once more when the connection turns out to be lost, and waits for
    /// a server that is restarting, so that a subscription outlasts it.
    pub(super) async fn rows(
        &self,
        sql: &'static str,
        parameters: &Parameters<'_>,
    ) -> Result<Vec<Row>, ReadError> {
        let mut asked_before = false;
        loop {
            let mut link = self.links.get().await.map_err(fault::read)?;
            let error = match link.query(sql, parameters).await {
                Ok(rows) => return Ok(rows),
                Err(error) => error,
            };
            if asked_before || !fault::passes(&error) {
                return Err(fault::read(error));
            }
            asked_before = true;
        }
    }

    /// The page with the names of its streams and types.
    pub(super) async fn finish(
        &self,
        page: Page,
        next: Option<u64>,
    ) -> Result<EventPage, ReadError> {
        let events = self.find_names(&page.events).await?.give(page.events)?;
        Ok(EventPage { events, next })
    }

    async fn find_names(&self, events: &[CodedEvent]) -> Result<Found, ReadError> {
        let (mut found, missing) = self.names.look(events);
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
        self.names.remember_found(&missing, &found);
        Ok(found)
    }
}

/// A name that cannot be read; its number is the position of the first event with it.
fn unreadable(id: RowId, what: &'static str) -> ReadError {
    let position = Position::from_i64(id);
    ReadError::Damaged { position, what }
}

async fn take_rows(
    link: &mut Link,
    (sql, parameters): (&'static str, &Parameters<'_>),
    page: &mut Page,
) -> Result<(), CopyError> {
    let mut rows = link.rows(sql, parameters).await?;
    let (mut buffer, mut left) = (Buffer::default(), 0_usize);
    // A little that the page does not take is received all the same, so that the connection can be used
    // again; of more than that the connection is given up.
    while left <= LEFT_BYTES_MAX
        && let Some(row) = link.next(&mut rows).await.transpose()?
    {
        let event = row::event(&row, &mut buffer)?;
        if page.unfit.is_some() {
            left = left.saturating_add(event.size_bytes());
        } else {
            drop(page.take(event));
        }
    }
    Ok(())
}
