//! Recognises Individual Numbers (個人番号, マイナンバー), which the ledger never stores.

use std::borrow::Cow;

use serde_json::Value;

use crate::failure::Failure;

/// Weights of the eleven digits before the check digit, leftmost first (省令第85号 第5条).
const WEIGHTS: [u32; 11] = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// Whether a text in normal form holds twelve digits in a row, or three groups of four, whose check
/// digit fits.
#[must_use]
pub fn holds_my_number(text: &str) -> bool {
    let mut digits: Vec<u32> = Vec::new();
    let mut gap = false;
    for c in text.chars().chain(['\n']) {
        match c.to_digit(10) {
            Some(digit) => {
                digits.push(digit);
                gap = false;
            },
            // One blank or hyphen after every fourth digit belongs to the number.
            None if matches!(c, '-' | ' ') && !gap && matches!(digits.len(), 4 | 8) => gap = true,
            None if is_my_number(&digits) => return true,
            None => {
                digits.clear();
                gap = false;
            },
        }
    }
    false
}

fn is_my_number(digits: &[u32]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    if body.len() != WEIGHTS.len() {
        return false;
    }
    let products = body
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit.saturating_mul(weight));
    let rest = products.sum::<u32>().checked_rem(11).unwrap_or_default();
    let wanted = if rest <= 1 {
        0
    } else {
        11_u32.saturating_sub(rest)
    };
    *check == wanted
}

/// Refuses a field that holds one.
#[must_use]
pub fn refused(field: impl Into<Cow<'static, str>>) -> Failure {
    Failure::refused(
        "MY_NUMBER",
        "個人番号（マイナンバー）と思われる12桁の数字があります。個人番号は記録できません。",
        "a field holds what looks like an Individual Number; these are never stored",
    )
    .on(field)
}

/// Whether some text of a value looks as if it held an Individual Number.
#[must_use]
pub fn has_my_number(value: &Value) -> bool {
    match value {
        Value::String(text) if ends_in_id(text) => false,
        Value::String(text) => holds_my_number(&ledger_core::text::normal(text)),
        Value::Array(items) => items.iter().any(has_my_number),
        Value::Object(fields) => fields.values().any(has_my_number),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Ids and stream names, whose last twelve digits may happen to have a fitting check digit.
fn ends_in_id(text: &str) -> bool {
    const LENGTH: usize = 36;
    let start = text.len().checked_sub(LENGTH);
    let parts = start.and_then(|start| text.split_at_checked(start));
    let plain = |prefix: &str| prefix.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    parts.is_some_and(|(prefix, id)| plain(prefix) && uuid::Uuid::try_parse(id).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_its_check_digit_is_found_in_any_grouping() {
        assert!(holds_my_number("番号は123456789018です"));
        assert!(holds_my_number("1234-5678-9018"));
        assert!(holds_my_number("1234 5678 9018"));
    }

    #[test]
    fn other_numbers_are_left_alone() {
        assert!(!holds_my_number("123456789012"));
        assert!(!holds_my_number("0123456789018"));
        assert!(!holds_my_number("電話 03-1234-5678、2021-08-01"));
        assert!(!holds_my_number(""));
    }

    #[test]
    fn an_id_is_no_individual_number() {
        let number = "見本 1234 5678 9018";
        let id = "child-00000000-0000-7000-8000-123456789018";

        assert!(has_my_number(&number.into()));
        assert!(has_my_number(&format!("{number} {id}").into()));
        assert!(!has_my_number(&id.into()));
        assert!(!has_my_number(&id.trim_start_matches("child-").into()));
    }
}
