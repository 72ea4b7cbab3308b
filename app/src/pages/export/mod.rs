//! The tables of a page as a file to take along: one as CSV, all as an Excel workbook. That they are taken is
//! recorded first.

mod csv;
mod links;
mod measured;
mod table;
mod xlsx;

pub(super) use links::{Links, Wanted};
pub(super) use table::{Cell, Table};

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ledger_core::event::{ExportFormat, ExportedList, ListExported};
use ledger_core::id::Position;

use self::table::Stamp;
use super::door::SignedIn;
use super::fault::Refusal;
use super::language::{current, t};
use super::site::Site;
use crate::fault::execute_failure;
use crate::render;
use crate::sign_in::lasting;
use crate::taking;

/// The form in which a list is asked for; none: the page.
///
/// # Errors
/// [`Refusal`] where there is no such form.
pub(super) fn format(asked: &str) -> Result<Option<ExportFormat>, Refusal> {
    match asked {
        "" => Ok(None),
        "csv" => Ok(Some(ExportFormat::Csv)),
        "xlsx" => Ok(Some(ExportFormat::Xlsx)),
        _ => Err(Refusal::not_found()),
    }
}

/// The tables of one page.
pub(super) struct Book {
    /// What the page is called.
    pub(super) title: String,
    pub(super) tables: Vec<Table>,
}

impl Book {
    /// What is taken of it: as a workbook all that it has, as CSV the table that is asked for, or the first.
    fn taken(mut self, format: ExportFormat, code: &str) -> Result<Self, Refusal> {
        match (format, code) {
            (ExportFormat::Xlsx, "") => {},
            (ExportFormat::Csv, "") => self.tables.truncate(1),
            (ExportFormat::Csv | ExportFormat::Xlsx | ExportFormat::Json, code) => {
                self.tables.retain(|table| table.code == code);
            },
        }
        match self.tables.as_slice() {
            [] => return Err(Refusal::not_found()),
            [only] if only.title != self.title => {
                self.title = format!("{}_{}", self.title, only.title);
            },
            _ => {},
        }
        Ok(self)
    }
}

/// Lets somebody take a list along whose role may, who signed in lately, and who did not take too many today;
/// called before anything is read that only a file needs, and before anything is handed over.
///
/// # Errors
/// [`Refusal`] where they may not, or have to sign in again first.
pub(super) async fn may_take(
    site: &Site,
    signed_in: &SignedIn,
    list: ExportedList,
) -> Result<(), Refusal> {
    signed_in.may_take(list)?;
    if !lasting::is_recent(signed_in.begun_at, site.now()) {
        return Err(Refusal::SignInAgain {
            to: list_of(&signed_in.at),
            draft: String::new(),
        });
    }
    let who = (&signed_in.account, signed_in.role);
    let today = (site.today(), site.exports_a_day);
    taking::may_take(site.open.open.store.as_ref(), who, list, today).await?;
    Ok(())
}

/// The page of a list that was asked for as a file.
fn list_of(at: &str) -> String {
    let Some((path, query)) = at.split_once('?') else {
        return at.to_owned();
    };
    let of_file = |pair: &&str| pair.starts_with("format=") || pair.starts_with("table=");
    let kept = query.split('&').filter(|pair| !of_file(pair));
    let kept: Vec<&str> = kept.collect();
    if kept.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", kept.join("&"))
}

/// Hands a table over, once it is recorded that it is taken.
///
/// # Errors
/// [`Refusal`] when the role may not take it, or that cannot be recorded.
pub(super) async fn hand_over(
    site: &Site,
    signed_in: &SignedIn,
    named: (ExportedList, ExportFormat, Position),
    table: Table,
) -> Result<Response, Refusal> {
    let book = Book {
        title: table.title.clone(),
        tables: vec![table],
    };
    hand_over_book(site, signed_in, named, (book, "")).await
}

/// Hands over what is asked for of a page's tables, once it is recorded that it is taken; what cannot be written
/// as a file is not.
///
/// # Errors
/// [`Refusal`] when the role may not take it, there is no such table, or that cannot be recorded.
pub(super) async fn hand_over_book(
    site: &Site,
    signed_in: &SignedIn,
    (list, format, as_at): (ExportedList, ExportFormat, Position),
    (book, code): (Book, &str),
) -> Result<Response, Refusal> {
    may_take(site, signed_in, list).await?;
    let book = book.taken(format, code)?;
    let now = site.now().in_japan();
    let stamp = Stamp {
        on: render::minute(site.now(), current()),
        by: signed_in.account.to_string(),
        as_at,
    };
    let (bytes, kind, ending) = file(&book, format, &stamp)?;
    let rows: usize = book.tables.iter().map(|table| table.rows.len()).sum();
    let exported = ListExported {
        list,
        format,
        rows: u64::try_from(rows).unwrap_or(u64::MAX),
        as_at,
    };
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let taken = site.open.ledger.record_export(exported, &envelope).await;
    taken.map_err(|error| execute_failure(&error))?;
    let on = now.format("%Y-%m-%d_%H%M");
    let position = t("位置", "Position");
    let name = format!(
        "{}_{on}_{position}{as_at}_{}.{ending}",
        book.title, stamp.by
    );
    Ok((
        [
            (CONTENT_TYPE, HeaderValue::from_static(kind)),
            (CONTENT_DISPOSITION, disposition(&name)),
        ],
        bytes,
    )
        .into_response())
}

/// What is in the file, what kind it is of, and the ending of its name.
fn file(
    book: &Book,
    format: ExportFormat,
    stamp: &Stamp,
) -> Result<(Vec<u8>, &'static str, &'static str), Refusal> {
    let (bytes, kind, ending) = match (format, book.tables.first()) {
        (ExportFormat::Csv, Some(table)) => {
            (csv::bytes(table, stamp), "text/csv; charset=utf-8", "csv")
        },
        (ExportFormat::Xlsx | ExportFormat::Csv, _) => (
            xlsx::bytes(&book.tables, stamp),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        // For programs, by the API.
        (ExportFormat::Json, _) => return Err(Refusal::not_found()),
    };
    let bytes = bytes.map_err(|error| Refusal::internal(error.as_ref()))?;
    Ok((bytes, kind, ending))
}

/// A file's name in any language, as RFC 6266 and RFC 8187 have it.
fn disposition(name: &str) -> HeaderValue {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            },
            other => format!("%{other:02X}"),
        })
        .collect();
    let value = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"));
    value.unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::list_of;

    #[test]
    fn whoever_signs_in_again_comes_back_to_the_list_with_its_filters() {
        for (at, list) in [
            ("/events", "/events"),
            ("/events?format=csv", "/events"),
            ("/events?by=sato&format=xlsx", "/events?by=sato"),
            ("/?format=csv&kind=follow-up", "/?kind=follow-up"),
            ("/committee?table=further&format=csv", "/committee"),
        ] {
            assert_eq!(list_of(at), list);
        }
    }
}
