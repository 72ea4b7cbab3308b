//! Rows of the log by binary COPY, the fastest way out of the server.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;
use tokio_postgres::CopyOutStream;
use uuid::Uuid;

use super::fault;
use super::links::Lent;
use crate::id::{Position, Revision};
use crate::store::coded::{self, Buffer, CodedEvent, hash};
use crate::store::page::Page;
use crate::store::read::ReadError;
use crate::time::Timestamp;

/// Length of the header before its extension: a signature, then flags.
const HEADER_BYTES: usize = 11 + 4;
/// PostgreSQL's 2000-01-01T00:00Z in microseconds since 1970.
const EPOCH_MICROS: i64 = 946_684_800_000_000;

/// Puts numbers into the text of an SQL file: COPY takes no parameters, and nothing but a number can
/// be put in here.
pub(super) fn fill(sql: &str, numbers: &[(&str, i64)]) -> String {
    let mut text = sql.to_owned();
    for (name, number) in numbers {
        text = text.replace(name, &number.to_string());
    }
    text
}

/// Why rows could not be taken as they came.
pub(super) enum CopyError {
    /// The driver's or the server's error.
    Driver(tokio_postgres::Error),
    /// A row is not what the log holds.
    Row(ReadError),
}

impl CopyError {
    /// Whether the same may go well in a moment.
    pub(super) fn passes(&self) -> bool {
        match self {
            Self::Driver(error) => fault::passes(error),
            Self::Row(_) => false,
        }
    }
}

impl From<tokio_postgres::Error> for CopyError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Driver(error)
    }
}

impl From<ReadError> for CopyError {
    fn from(error: ReadError) -> Self {
        Self::Row(error)
    }
}

impl From<CopyError> for ReadError {
    fn from(error: CopyError) -> Self {
        match error {
            CopyError::Driver(error) => fault::read(error),
            CopyError::Row(error) => error,
        }
    }
}

/// The server's answer does not have COPY's form.
#[derive(Debug, thiserror::Error)]
#[error("a row of COPY is cut off")]
struct CutOff;

fn cut_off() -> ReadError {
    let source = Box::new(CutOff);
    ReadError::Storage { source }
}

/// Rows on their way; the server sends on while a page of them is worked on.
pub(super) struct Copy {
    link: Lent,
    rows: Pin<Box<CopyOutStream>>,
    asked_at: Instant,
    begun: bool,
    ended: bool,
    /// A row that did not fit the page before.
    kept: Option<CodedEvent>,
}

impl Copy {
    pub(super) async fn begin(mut link: Lent, sql: &str) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            rows: link.copy_out(sql).await?,
            link,
            asked_at: Instant::now(),
            begun: false,
            ended: false,
            kept: None,
        })
    }

    /// How long ago the rows were asked for.
    pub(super) fn age(&self) -> Duration {
        self.asked_at.elapsed()
    }

    /// Takes rows into the page until one does not fit, which the page tells. The server waits with the others: a connection that is
    /// not driven takes no more than the system keeps for it.
    pub(super) async fn fill(&mut self, page: &mut Page) -> Result<(), CopyError> {
        if let Some(event) = self.kept.take() {
            self.kept = page.take(event);
        }
        let mut buffer = Buffer::default();
        while self.kept.is_none() {
            let Some(bytes) = self.next().await? else {
                return Ok(());
            };
            let mut bytes = &bytes[..];
            if !self.begun {
                skip_header(&mut bytes).ok_or_else(cut_off)?;
                self.begun = true;
            }
            let Some(event) = row(&mut bytes, &mut buffer)? else {
                return self.finish().await;
            };
            self.kept = page.take(event);
        }
        Ok(())
    }

    /// Takes what is still to come, without keeping it, so that the connection can be used again.
    pub(super) async fn finish(&mut self) -> Result<(), CopyError> {
        while self.next().await?.is_some() {}
        Ok(())
    }

    /// What the server sends next; none at the end and after it.
    async fn next(&mut self) -> Result<Option<Bytes>, CopyError> {
        if self.ended {
            return Ok(None);
        }
        let next = self.link.next(&mut self.rows).await.transpose()?;
        self.ended = next.is_none();
        Ok(next)
    }
}

fn skip_header(bytes: &mut &[u8]) -> Option<()> {
    let (_, rest) = bytes.split_at_checked(HEADER_BYTES)?;
    let (extension, rest) = rest.split_first_chunk()?;
    let extension = usize::try_from(u32::from_be_bytes(*extension)).ok()?;
    *bytes = rest.split_at_checked(extension)?.1;
    Some(())
}

/// Reads a row; none at the end.
fn row(bytes: &mut &[u8], buffer: &mut Buffer) -> Result<Option<CodedEvent>, ReadError> {
    let (columns, rest) = bytes.split_first_chunk().ok_or_else(cut_off)?;
    *bytes = rest;
    if i16::from_be_bytes(*columns) < 0 {
        return Ok(None);
    }
    let position = Position::from_i64(number(bytes).ok_or_else(cut_off)?);
    let damaged = |what| ReadError::Damaged { position, what };
    let stream_id = number(bytes).ok_or(damaged("stream_id"))?;
    let revision = Revision::from_i64(number(bytes).ok_or(damaged("revision"))?);
    let id = value(bytes).and_then(|id| Uuid::from_slice(id).ok());
    let id = id.ok_or(damaged("event_id"))?;
    let type_id = number(bytes).ok_or(damaged("type_id"))?;
    let micros = number(bytes).and_then(|micros| micros.checked_add(EPOCH_MICROS));
    let recorded_at = micros.and_then(|micros| Timestamp::from_micros(micros).ok());
    let recorded_at = recorded_at.ok_or(damaged("recorded_at"))?;
    let content_type = value(bytes).and_then(coded::content_type);
    let content_type = content_type.ok_or(damaged("content_type"))?;
    let data = buffer.keep(value(bytes).ok_or(damaged("data"))?);
    let metadata = buffer.keep(value(bytes).ok_or(damaged("metadata"))?);
    let sealed = value(bytes).map(|bytes| buffer.keep(bytes));
    let sealed_sha256 = value(bytes).map(|bytes| hash(bytes, position, "sealed_sha256"));
    let leaf_hash = value(bytes).ok_or(damaged("leaf_hash"))?;
    Ok(Some(CodedEvent {
        position,
        stream_id,
        revision,
        id,
        type_id,
        recorded_at,
        content_type,
        data,
        metadata,
        sealed,
        sealed_sha256: sealed_sha256.transpose()?,
        leaf_hash: hash(leaf_hash, position, "leaf_hash")?,
    }))
}

/// The next column; none where it is NULL or cut off.
fn value<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    let length = usize::try_from(i32::from_be_bytes(*length)).ok()?;
    let (value, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some(value)
}

fn number(bytes: &mut &[u8]) -> Option<i64> {
    Some(i64::from_be_bytes(value(bytes)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_numbers_is_left_to_fill_in() {
        let numbers = [("@from@", -1), ("@rows@", i64::MAX)];

        let sql = fill(include_str!("sql/copy_all.sql"), &numbers);

        assert!(!sql.contains('@'), "{sql}");
    }

    #[test]
    fn a_row_that_is_cut_off_is_no_event_wherever_it_ends() {
        let read = |mut bytes: &[u8]| match row(&mut bytes, &mut Buffer::default()) {
            Ok(Some(event)) => Some(event),
            _ => None,
        };
        let columns: [&[u8]; 12] = [
            &1_i64.to_be_bytes(),
            &2_i64.to_be_bytes(),
            &3_i64.to_be_bytes(),
            &[4; 16],
            &5_i64.to_be_bytes(),
            &6_i64.to_be_bytes(),
            b"text/plain",
            b"data",
            b"metadata",
            b"sealed",
            &[7; 32],
            &[8; 32],
        ];
        let mut whole = 12_i16.to_be_bytes().to_vec();
        for column in columns {
            whole.extend(i32::try_from(column.len()).unwrap().to_be_bytes());
            whole.extend(column);
        }

        let event = read(&whole).unwrap();

        assert_eq!(
            (event.position.get(), &*event.content_type),
            (1, "text/plain")
        );
        assert_eq!(
            (&event.data[..], &event.metadata[..]),
            (&b"data"[..], &b"metadata"[..])
        );
        assert_eq!(event.sealed.as_deref(), Some(&b"sealed"[..]));
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_none(), "{length}");
        }
    }
}
