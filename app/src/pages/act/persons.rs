//! The persons whom a form of an act names.

use ledger_commands::command::Takes;

use super::input::label_of;
use super::{Act, Typed, text_of};
use crate::pages::language::t;
use crate::pages::whom::numbers;

/// Whom a form is about, by number or id: the person, or whose record it names.
pub(super) fn about(typed: &Typed) -> Option<&str> {
    let child = text_of(typed, "child").trim();
    if !child.is_empty() {
        return Some(child);
    }
    text_of(typed, "stream").trim().strip_prefix("child-")
}

/// In whose record something is to be approved, by number or id.
fn approved_in<'t>(act: &Act, typed: &'t Typed) -> Option<&'t str> {
    let asks = act.name == "request-approval";
    let stream = text_of(typed, "stream").trim();
    let named = asks && !stream.is_empty();
    named.then(|| stream.strip_prefix("child-").unwrap_or(stream))
}

/// The persons whom a form names, each with what they are there.
pub(super) fn persons(act: &Act, typed: &Typed) -> Vec<(String, String)> {
    let is_person = |takes: &Takes| match takes {
        Takes::Thing(kind) | Takes::Things(kind) => kind == "child",
        Takes::One(_)
        | Takes::Several(_)
        | Takes::Day
        | Takes::When
        | Takes::YesNo
        | Takes::MaybeYesNo
        | Takes::Number
        | Takes::Word
        | Takes::Text
        | Takes::Words => false,
    };
    let fields = act.fields.iter().filter(|field| is_person(&field.takes));
    let named = fields.flat_map(|field| {
        let numbers = numbers(text_of(typed, &field.name));
        numbers.map(|number| (field.name.as_str(), number))
    });
    let record = approved_in(act, typed).map(|record| ("stream", record));
    let named: Vec<(&str, &str)> = record.into_iter().chain(named).collect();
    let person = || t("対象者", "Child").to_owned();
    match named.as_slice() {
        [] => about(typed)
            .into_iter()
            .map(|child| (person(), child.to_owned()))
            .collect(),
        [(_, number)] => vec![(person(), (*number).to_owned())],
        several => several
            .iter()
            .map(|(field, number)| {
                let label = label_of(&act.fields, field);
                (label.unwrap_or_else(person), (*number).to_owned())
            })
            .collect(),
    }
}
