//! The persons whom a form of an act names.

use ledger_commands::command::{Field, Takes};

use super::input::label_of;
use super::{Act, Typed, text_of};
use crate::lang::Lang;
use crate::pages::giving::Fault;
use crate::pages::language::{current, t};
use crate::pages::numbers::{as_registered, numbers};
use crate::pages::site::Site;

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

/// Whether a field takes persons.
fn takes_persons(field: &Field) -> bool {
    match &field.takes {
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
    }
}

/// Puts numbers that were typed in short (3, c-003) as the register has them; the first that was, with what stands for
/// it now: whoever sends the form is shown whose it is before it is recorded.
pub(super) async fn put_in_full(site: &Site, act: &Act, typed: &mut Typed) -> Option<Fault> {
    let is_record = |field: &str| act.name == "request-approval" && field == "stream";
    let persons: Vec<&str> = act
        .fields
        .iter()
        .filter(|field| takes_persons(field) || is_record(&field.name))
        .map(|field| field.name.as_str())
        .collect();
    let mut first = None;
    for (field, text) in typed.iter_mut() {
        if !persons.contains(&field.as_str()) {
            continue;
        }
        let full = as_registered(site, text).await;
        if full != *text {
            let short = std::mem::replace(text, full);
            first = first.or_else(|| Some(read_as(&short, text).at(field, "")));
        }
    }
    first
}

fn read_as(short: &str, full: &str) -> Fault {
    Fault::whole(match current() {
        Lang::Ja => format!(
            "「{short}」を {full} と読みました。上に表示した方でよければ、もう一度送ってください。"
        ),
        Lang::En => format!(
            "“{short}” was read as {full}. If the child shown above is meant, send this once more."
        ),
    })
}

/// The persons whom a form names, each with what they are there.
pub(super) fn persons(act: &Act, typed: &Typed) -> Vec<(String, String)> {
    let fields = act.fields.iter().filter(|field| takes_persons(field));
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
