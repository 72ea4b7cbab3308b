//! A list of a page as a file to take along: CSV or Excel. That it is taken is recorded first.

mod csv;
mod table;
mod xlsx;

pub(super) use table::{Cell, Table};

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ledger_commands::authorise::{Action, Subject};
use ledger_core::event::{ExportFormat, ExportedList, ListExported};
use ledger_core::id::Position;
use serde::Serialize;

use self::table::Stamp;
use super::door::SignedIn;
use super::fault::Refusal;
use super::language::{current, t};
use super::site::Site;
use crate::fault::execute_failure;
use crate::render;

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

/// The queries under which a page's list is taken along as CSV and as Excel; none for whoever may not.
pub(super) fn links(
    signed_in: &SignedIn,
    subject: Subject,
    asked: &impl Serialize,
) -> Option<[String; 2]> {
    signed_in.may(Action::Export, subject).ok()?;
    let query = serde_html_form::to_string(asked).ok()?;
    Some(["csv", "xlsx"].map(|format| {
        let and = if query.is_empty() { "" } else { "&" };
        format!("{query}{and}format={format}")
    }))
}

/// Hands a table over, once it is recorded that it is taken.
///
/// # Errors
/// [`Refusal`] when the role may not take it, or that cannot be recorded.
pub(super) async fn hand_over(
    site: &Site,
    signed_in: &SignedIn,
    (name, format, as_at): (ExportedList, ExportFormat, Position),
    table: &Table,
) -> Result<Response, Refusal> {
    let exported = ListExported {
        list: name,
        format,
        rows: u64::try_from(table.rows.len()).unwrap_or(u64::MAX),
        as_at,
    };
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let taken = site.open.ledger.record_export(exported, &envelope).await;
    taken.map_err(|error| execute_failure(&error))?;
    let now = site.now().in_japan();
    let stamp = Stamp {
        on: format!(
            "{} {}",
            render::day(now.date(), current()),
            now.format("%H:%M")
        ),
        by: signed_in.account.to_string(),
        as_at,
    };
    let (bytes, kind, ending) = match format {
        ExportFormat::Csv => (csv::bytes(table), "text/csv; charset=utf-8", "csv"),
        ExportFormat::Xlsx => (
            xlsx::bytes(table, &stamp),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
    };
    let bytes = bytes.map_err(|error| Refusal::internal(error.as_ref()))?;
    let day = now.format("%Y-%m-%d");
    let position = t("位置", "position");
    let name = format!(
        "{}_{day}_{position}{as_at}_{}.{ending}",
        table.title, stamp.by
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
