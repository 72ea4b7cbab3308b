//! How reads ask the server: by queries and by COPY, once more where a connection was lost, and for the
//! names of what came.

use tokio_postgres::Row;

use super::copy::{Copy, CopyError};
use super::link::{Link, Parameters};
use super::links::Lent;
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

/// The one more try that a read has when its connection turns out to be lost; the server that may be
/// restarting is waited for by whoever connects, so that a subscription outlasts it.
#[derive(Default)]
struct OneMore {
    taken: bool,
}

impl OneMore {
    /// Takes it.
    ///
    /// # Errors
    /// The error that made it necessary, if there is none left, or the next try would end as this one.
    fn after(&mut self, error: impl Into<CopyError>) -> Result<(), ReadError> {
        let error = error.into();
        if self.taken || !error.passes() {
            return Err(error.into());
        }
        self.taken = true;
        Ok(())
    }
}

impl Reader {
    /// Copies rows into the page.
    pub(super) async fn copy(&self, sql: &str, page: &mut Page) -> Result<Copy, ReadError> {
        let (had, mut more) = (page.events.len(), OneMore::default());
        loop {
            let link = self.links.get().await.map_err(fault::read)?;
            match copy_into(link, sql, page).await {
                Ok(copy) => return Ok(copy),
                Err(error) => more.after(error)?,
            }
            page.truncate(had);
        }
    }

    /// Takes the rows of a statement into the page as they come.
    pub(super) async fn query_into(
        &self,
        sql: &'static str,
        parameters: &Parameters<'_>,
        page: &mut Page,
    ) -> Result<(), ReadError> {
        let mut more = OneMore::default();
        loop {
            let mut link = self.links.get().await.map_err(fault::read)?;
            match take_rows(&mut link, (sql, parameters), page).await {
                Ok(()) => return Ok(()),
                Err(error) => more.after(error)?,
            }
            page.truncate(0);
        }
    }

    /// The rows of a statement.
    pub(super) async fn rows(
        &self,
        sql: &'static str,
        parameters: &Parameters<'_>,
    ) -> Result<Vec<Row>, ReadError> {
        let mut more = OneMore::default();
        loop {
            let mut link = self.links.get().await.map_err(fault::read)?;
            match link.query(sql, parameters).await {
                Ok(rows) => return Ok(rows),
                Err(error) => more.after(error)?,
            }
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

async fn copy_into(link: Lent, sql: &str, page: &mut Page) -> Result<Copy, CopyError> {
    let mut copy = Copy::begin(link, sql).await?;
    copy.fill(page).await?;
    Ok(copy)
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
