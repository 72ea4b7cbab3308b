//! A time of occurrence as people and programs write it in a command.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize as _, Deserializer, Error as _};
use serde_json::Value;

use ledger_core::time::{Occurred, parse_day, parse_time};

/// Stands for a time of occurrence in a command's schema: a text, or the stored form.
pub(crate) struct When;

impl JsonSchema for When {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let stored = generator.subschema_for::<Occurred>();
        json_schema!({"anyOf": [{"type": "string", "minLength": 1}, stored]})
    }
}

/// What the decoder says of a text that names no time.
pub(super) const NO_TIME: &str = "no time";

/// Reads a day in any notation of the registers, alone or with a time on Japan's wall clock after
/// `T` or a blank; or `2021-08`, or the stored form.
pub(crate) fn when<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Occurred, D::Error> {
    let expected = || D::Error::custom(NO_TIME);
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
    if let Ok(stored) = Occurred::parse(text) {
        return Some(stored);
    }
    if let Ok(read) = parse_day(text) {
        return Some(Occurred::Day(read.day));
    }
    // The era's letter may be a T too: the time stands behind the last one.
    let (day, time) = text.rsplit_once([' ', '\u{3000}', 'T'])?;
    let (day, time) = (parse_day(day).ok()?, parse_time(time).ok()?);
    Some(Occurred::minute_in_japan(day.day, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_without_a_zone_is_japans() {
        assert_eq!(parse("2021-08-06T16:10"), parse("2021-08-06T07:10Z"));
        assert_eq!(parse("2021-08-06T16:10"), parse("令和3年8月6日　16時10分"));
        assert_eq!(parse("2021-08-06T16:10"), parse("R3.8.6 16:10"));
        assert_eq!(parse("2021-08").unwrap().to_string(), "2021-08");
        assert_eq!(parse("R3.8.6"), parse("2021-08-06"));
        assert_eq!(parse("6 August"), None);
    }
}
