//! Writes answers; a reader that has gone away (`| head`) ends the program quietly.

use std::borrow::Cow;

use ledger_core::history::History;
use ledger_core::text::is_bidi_control;
use ledger_core::time::Day;
use serde::Serialize;

use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::render;
use crate::world::World;

/// Code of the failure that nobody is told of: the reader has gone away.
pub(super) const CLOSED: &str = "OUTPUT_CLOSED";

/// Writes one line.
pub(super) fn line(world: &mut World, text: &str) -> Result<(), Failure> {
    let text = visible(text, |c| format!("<U+{:04X}>", u32::from(c)));
    writeln!(world.out, "{text}").map_err(|error| closed(&error))
}

/// A text whose characters that turn the direction of reading are written out.
fn visible(text: &str, written: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.chars().any(is_bidi_control) {
        return text.into();
    }
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        if is_bidi_control(c) {
            seen.push_str(&written(c));
        } else {
            seen.push(c);
        }
    }
    seen.into()
}

/// JSON in which they stand as escapes: the same value, harmless to look at.
fn escaped(json: &str) -> Cow<'_, str> {
    visible(json, |c| format!("\\u{:04x}", u32::from(c)))
}

/// Writes one JSON value, indented, on lines of its own.
pub(super) fn json(world: &mut World, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| no_json(&error))?;
    line(world, &escaped(&text))
}

/// Writes one JSON value on one line.
pub(super) fn json_line(world: &mut World, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(|error| no_json(&error))?;
    line(world, &escaped(&text))
}

/// Writes what happened to a thing by a day; where its text is closed, says how it is opened.
pub(super) fn history(
    world: &mut World,
    history: &History,
    (by, opened): (Day, bool),
    lang: Lang,
) -> Result<(), Failure> {
    line(world, lang.pick("経過", "What happened"))?;
    for one in render::history(history, by, lang) {
        line(world, &one)?;
    }
    if opened {
        return Ok(());
    }
    line(
        world,
        lang.pick(
            "内容は封印されています（--open で開きます。開いたことは記録されます）。",
            "texts are sealed; --open opens them, and that is recorded",
        ),
    )
}

/// Writes what of a card's stream was annulled, corrected or moved, with why, by whom and when.
pub(super) fn amended(
    world: &mut World,
    history: &History,
    by: Day,
    lang: Lang,
) -> Result<(), Failure> {
    for one in render::amended(history, by, lang) {
        line(world, &one)?;
    }
    Ok(())
}

/// Writes what still waits.
pub(super) fn flush(world: &mut World) -> Result<(), Failure> {
    world.out.flush().map_err(|error| closed(&error))
}

/// How a command ends that knows it before it speaks: as it decided, also when nobody listens.
pub(super) fn decided(exit: Exit, said: Result<(), Failure>) -> Result<Exit, Failure> {
    match said {
        Err(failure) if failure.code == CLOSED => Ok(exit),
        other => other.map(|()| exit),
    }
}

/// Writes one line for whoever watches, beside the answer.
pub(super) fn note(world: &mut World, text: &str) {
    // A note that nobody can read is no reason to fail.
    drop(writeln!(world.err, "{text}"));
}

/// A standard output that takes no more.
pub(super) fn closed(error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Failure::failed(CLOSED, "", "");
    }
    Failure::failed(
        "OUTPUT_FAILED",
        format!("出力できません（{error}）。"),
        format!("the output cannot be written ({error})"),
    )
}

fn no_json(error: &serde_json::Error) -> Failure {
    Failure::failed(
        "OUTPUT_FAILED",
        "出力を作れません。",
        format!("no JSON: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_direction_of_reading_is_seen_and_json_keeps_its_value() {
        let stored = serde_json::json!({"name": "見本\u{202e}花子"});

        let json = escaped(&stored.to_string()).into_owned();

        assert_eq!(json, r#"{"name":"見本\u202e花子"}"#);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).unwrap(),
            stored
        );
        let seen = visible("見本\u{2066}花子", |c| {
            format!("<U+{:04X}>", u32::from(c))
        });
        assert_eq!(seen, "見本<U+2066>花子");
    }
}
