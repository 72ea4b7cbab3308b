//! A time of occurrence as people and programs write it in a command.

use chrono::NaiveDateTime;
use serde::de::{Deserialize as _, Deserializer, Error as _};
use serde_json::Value;

use ledger_core::time::{Occurred, Timestamp};

/// Reads `2021-08-06T16:10` on Japan's wall clock, `2021-08-06`, `2021-08`, or the stored form.
pub(crate) fn when<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Occurred, D::Error> {
    let expected = || {
        D::Error::custom("not a time: expected 2021-08-06T16:10 in Japan, 2021-08-06 or 2021-08")
    };
    match Value::deserialize(deserializer)? {
        Value::String(text) => parse(text.trim()).ok_or_else(expected),
        stored @ Value::Object(_) => serde_json::from_value(stored).map_err(|_| expected()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(expected()),
    }
}

/// The same where it may be absent.
pub(crate) fn maybe_when<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Occurred>, D::Error> {
    when(deserializer).map(Some)
}

fn parse(text: &str) -> Option<Occurred> {
    if text.is_empty() {
        return None;
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M");
    let local = local.map(|moment| Occurred::Minute(Timestamp::of_japan(moment)));
    local.ok().or_else(|| Occurred::parse(text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_without_a_zone_is_japans() {
        assert_eq!(parse("2021-08-06T16:10"), parse("2021-08-06T07:10Z"));
        assert_eq!(parse("2021-08").unwrap().to_string(), "2021-08");
        assert_eq!(parse("6 August"), None);
    }
}
