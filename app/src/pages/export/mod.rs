//! A list of a page as a file to take along: CSV or Excel. That it is taken is recorded first.

mod csv;
mod table;
mod xlsx;

pub(super) use table::{Cell, Table};

use std::num::NonZeroU32;

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

/// How a page's list is taken along.
pub(super) struct Offer {
    /// The queries under which it is handed over.
    pub(super) csv: String,
    pub(super) xlsx: String,
    /// How many lists somebody takes along a day.
    pub(super) a_day: NonZeroU32,
}

/// How a page's list is taken along; none for whoever may not.
pub(super) fn offer(
    site: &Site,
    signed_in: &SignedIn,
    subject: Subject,
    asked: &impl Serialize,
) -> Option<Offer> {
    signed_in.may(Action::Export, subject).ok()?;
    let query = serde_html_form::to_string(asked).ok()?;
    let and = if query.is_empty() { "" } else { "&" };
    let of = |format| format!("{query}{and}format={format}");
    Some(Offer {
        csv: of("csv"),
        xlsx: of("xlsx"),
        a_day: site.exports_a_day,
    })
}

/// That somebody may take a list along now.
pub(super) struct Permit(());

/// Lets somebody take a list along whose role may, who signed in lately, and who did not take too many today;
/// before anything is looked for.
///
/// # Errors
/// [`Refusal`] where they may not, or have to sign in again first.
pub(super) async fn may_take(
    site: &Site,
    signed_in: &SignedIn,
    subject: Subject,
) -> Result<Permit, Refusal> {
    signed_in.may(Action::Export, subject)?;
    if !lasting::is_recent(signed_in.begun_at, site.now()) {
        return Err(Refusal::SignInAgain {
            to: list_of(&signed_in.at),
            draft: String::new(),
        });
    }
    let who = (&signed_in.account, signed_in.role);
    let today = (site.today(), site.exports_a_day);
    taking::may_take(site.open.open.store.as_ref(), who, subject, today).await?;
    Ok(Permit(()))
}

/// The page of a list that was asked for as a file.
fn list_of(at: &str) -> String {
    let Some((path, query)) = at.split_once('?') else {
        return at.to_owned();
    };
    let kept = query.split('&').filter(|pair| !pair.starts_with("format="));
    let kept: Vec<&str> = kept.collect();
    if kept.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", kept.join("&"))
}

/// Hands a table over, once it is recorded that it is taken; what cannot be written as a file is not.
///
/// # Errors
/// [`Refusal`] when the role may not take it, or that cannot be recorded.
pub(super) async fn hand_over(
    site: &Site,
    signed_in: &SignedIn,
    Permit(()): Permit,
    (name, format, as_at): (ExportedList, ExportFormat, Position),
    table: &Table,
) -> Result<Response, Refusal> {
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
        // For programs, by the API.
        ExportFormat::Json => return Err(Refusal::not_found()),
    };
    let bytes = bytes.map_err(|error| Refusal::internal(error.as_ref()))?;
    let exported = ListExported {
        list: name,
        format,
        rows: u64::try_from(table.rows.len()).unwrap_or(u64::MAX),
        as_at,
    };
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let taken = site.open.ledger.record_export(exported, &envelope).await;
    taken.map_err(|error| execute_failure(&error))?;
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
        ] {
            assert_eq!(list_of(at), list);
        }
    }
}
