//! Text on its way into an event: in normal form, and absent rather than blank.

use ledger_core::private::Private;
use ledger_core::text::{katakana, normal, without_spaces};

use crate::rejection::{Reason, Rejection};

/// A text in normal form; none where it is blank.
pub(crate) fn given(text: Option<&str>) -> Option<String> {
    text.map(normal).filter(|text| !text.is_empty())
}

/// A text in normal form; empty where it is blank.
pub(crate) fn text(text: &str) -> String {
    given(Some(text)).unwrap_or_default()
}

/// A private text in normal form; none where it is blank.
pub(crate) fn private(text: Option<&str>) -> Private<Option<String>> {
    Private::Open(given(text))
}

/// A private name in kana, as full-width katakana; none where it is blank.
pub(crate) fn kana(
    text: Option<&str>,
    field: &'static str,
) -> Result<Private<Option<String>>, Rejection> {
    let kana = given(text).map(|text| katakana(&text).ok_or(Reason::NotKana.on(field)));
    Ok(Private::Open(kana.transpose()?))
}

/// A private text that has to be given.
pub(crate) fn required(
    text: Option<&str>,
    field: &'static str,
) -> Result<Private<Option<String>>, Rejection> {
    let text = given(text).ok_or(Reason::MissingValue.on(field))?;
    Ok(Private::Open(Some(text)))
}

/// Private texts in normal form, without blank ones.
pub(crate) fn private_list(texts: &[String]) -> Private<Vec<String>> {
    Private::Open(texts.iter().filter_map(|text| given(Some(text))).collect())
}

/// The given text where it differs from the known one, spaces and width aside.
///
/// Where the known one is closed or erased nothing can be told, and nothing is written anew.
pub(crate) fn differing(text: Option<&str>, known: Option<&str>, closed: bool) -> Option<String> {
    let known = known.map(without_spaces);
    if known.is_none() && closed {
        return None;
    }
    given(text).filter(|text| Some(without_spaces(text)) != known)
}
