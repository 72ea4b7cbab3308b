//! Rows of the log by binary COPY, the fastest way out of the server.

use bytes::{Buf as _, Bytes};
use deadpool_postgres::Object;
use futures::{StreamExt as _, pin_mut};
use uuid::Uuid;

use super::fault;
use crate::id::{Position, Revision};
use crate::store::coded::{CodedEvent, ContentTypes, hash};
use crate::store::page::{Page, Place};
use crate::store::read::ReadError;
use crate::time::Timestamp;

/// Length of the header before its extension: a signature, then flags.
const HEADER_BYTES: usize = 11 + 4;
/// PostgreSQL's 2000-01-01T00:00Z in microseconds since 1970.
const EPOCH_MICROS: i64 = 946_684_800_000_000;
/// Rows after which others of the same task get their turn.
const TURN_ROWS: usize = 256;

/// Puts numbers into the text of an SQL file: COPY takes no parameters, and nothing but a number can
/// be put in here.
pub(super) fn fill(sql: &str, numbers: &[(&str, i64)]) -> String {
    let mut text = sql.to_owned();
    for (name, number) in numbers {
        text = text.replace(name, &number.to_string());
    }
    text
}

/// Why rows could not be copied.
pub(super) enum CopyError {
    /// The driver's or the server's error.
    Driver(tokio_postgres::Error),
    /// A row is not what the log holds.
    Row(ReadError),
}

impl From<tokio_postgres::Error> for CopyError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Driver(error)
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

/// Copies rows into the page until it is full. It ends before a large row, whose data the server leaves
/// out, so that a page never has many of them on their way.
pub(super) async fn rows(client: &Object, sql: &str, page: &mut Page) -> Result<(), CopyError> {
    let rows = client.copy_out(sql).await?;
    pin_mut!(rows);
    let (mut types, mut begun) = (ContentTypes::new(), false);
    let mut turn = TURN_ROWS;
    while let Some(bytes) = rows.next().await {
        let mut bytes = bytes?;
        if !begun {
            skip_header(&mut bytes).ok_or_else(cut_off)?;
            begun = true;
        }
        if !take_row(&mut bytes, &mut types, page).map_err(CopyError::Row)? {
            break;
        }
        turn = turn.saturating_sub(1);
        if turn == 0 {
            turn = TURN_ROWS;
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

fn cut_off() -> CopyError {
    CopyError::Row(ReadError::Storage {
        source: Box::new(CutOff),
    })
}

fn skip_header(bytes: &mut Bytes) -> Option<()> {
    skip(bytes, HEADER_BYTES)?;
    let extension = bytes.try_get_u32().ok()?;
    skip(bytes, usize::try_from(extension).ok()?)
}

fn skip(bytes: &mut Bytes, count: usize) -> Option<()> {
    (bytes.len() >= count).then(|| bytes.advance(count))
}

/// Takes a row into the page; answers whether more may follow. Its bytes are not copied, they share
/// the connection's buffer.
fn take_row(
    bytes: &mut Bytes,
    types: &mut ContentTypes,
    page: &mut Page,
) -> Result<bool, ReadError> {
    let cut = |_| ReadError::Storage {
        source: Box::new(CutOff),
    };
    if bytes.try_get_i16().map_err(cut)? < 0 {
        return Ok(false);
    }
    let position = Position::from_i64(number(bytes, Position::default(), "position")?);
    let damaged = |what| ReadError::Damaged { position, what };
    let stream_id = number(bytes, position, "stream_id")?;
    let revision = Revision::from_i64(number(bytes, position, "revision")?);
    let id = value(bytes).and_then(|id| Uuid::from_slice(&id).ok());
    let id = id.ok_or(damaged("event_id"))?;
    let type_id = number(bytes, position, "type_id")?;
    let micros = number(bytes, position, "recorded_at")?.checked_add(EPOCH_MICROS);
    let recorded_at = micros.and_then(|micros| Timestamp::from_micros(micros).ok());
    let recorded_at = recorded_at.ok_or(damaged("recorded_at"))?;
    let content_type = value(bytes).and_then(|text| types.of(&text));
    let content_type = content_type.ok_or(damaged("content_type"))?;
    let Some(data) = value(bytes) else {
        page.end_before(Place { position, revision });
        return Ok(false);
    };
    let metadata = value(bytes).ok_or(damaged("metadata"))?;
    let sealed = value(bytes);
    let sealed_sha256 = value(bytes).map(|bytes| hash(&bytes, position, "sealed_sha256"));
    let leaf_hash = value(bytes).ok_or(damaged("leaf_hash"))?;
    Ok(page.take(CodedEvent {
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
        leaf_hash: hash(&leaf_hash, position, "leaf_hash")?,
    }))
}

/// The next column; none where it is NULL or cut off.
fn value(bytes: &mut Bytes) -> Option<Bytes> {
    let length = usize::try_from(bytes.try_get_i32().ok()?).ok()?;
    (bytes.len() >= length).then(|| bytes.split_to(length))
}

fn number(bytes: &mut Bytes, position: Position, what: &'static str) -> Result<i64, ReadError> {
    let damaged = ReadError::Damaged { position, what };
    match (bytes.try_get_i32(), bytes.try_get_i64()) {
        (Ok(8), Ok(number)) => Ok(number),
        _ => Err(damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_numbers_is_left_to_fill_in() {
        let files = [
            include_str!("sql/copy_all.sql"),
            include_str!("sql/copy_stream.sql"),
        ];
        let numbers = [
            ("@from@", -1),
            ("@rows@", i64::MAX),
            ("@stream@", 0),
            ("@as_at@", i64::MIN),
        ];

        for file in files {
            assert!(!fill(file, &numbers).contains('@'), "{file}");
        }
    }

    #[test]
    fn a_row_that_is_cut_off_is_an_error_wherever_it_ends() {
        let row_of = |bytes: &[u8]| {
            let (mut page, mut types) = (Page::new(1), ContentTypes::new());
            let taken = take_row(&mut Bytes::copy_from_slice(bytes), &mut types, &mut page);
            taken.map(|_| page.events)
        };
        let mut whole = 12_i16.to_be_bytes().to_vec();
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
        for column in columns {
            whole.extend(i32::try_from(column.len()).unwrap().to_be_bytes());
            whole.extend(column);
        }

        let events = row_of(&whole).unwrap();
        assert_eq!(events[0].position.get(), 1);
        assert_eq!(&events[0].data[..], b"data");
        assert_eq!(events[0].sealed.as_deref(), Some(&b"sealed"[..]));
        for length in 0..whole.len() {
            let cut = row_of(&whole[..length]).unwrap_or_default();
            assert!(cut.is_empty(), "{length}");
        }
    }
}
