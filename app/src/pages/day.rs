//! A day that somebody asks for in an address or a form, in either calendar.

use ledger_core::time::{Day, parse_day};

use crate::failure::Failure;

/// The day; none where the field is empty.
///
/// # Errors
/// [`Failure`] where it is no day.
pub(super) fn asked_day(text: &str) -> Result<Option<Day>, Failure> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read = parse_day(text.trim());
    read.map(|read| Some(read.day)).map_err(|_| {
        Failure::refused("BAD_DATE", "日付を読み取れません。", "this is no date").hint(
            "2024-03-31 か R6.3.31 のように入力してください。",
            "such as 2024-03-31",
        )
    })
}

/// The day of one field among several, whose name the error says; none where the field is empty.
///
/// # Errors
/// [`Failure`] where it is no day.
pub(super) fn day_of((ja, en): (&str, &str), text: &str) -> Result<Option<Day>, Failure> {
    asked_day(text).map_err(|_| {
        Failure::refused(
            "BAD_DATE",
            format!("「{ja}」: 日付を読み取れません（{text}とあります）。"),
            format!("{en}: {text} is no date"),
        )
        .hint(
            "2024-03-31 か R6.3.31 のように入力してください。",
            "such as 2024-03-31",
        )
    })
}
