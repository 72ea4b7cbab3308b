//! One field of an act's form, with what was typed into it.

use ledger_commands::command::{Field, Takes};
use serde_json::Value;

use super::Typed;
use crate::pages::giving::Fault;
use crate::pages::language::{current, t, term};
use crate::render::field_label;

/// Most codes that stand side by side; more stand in a list that opens.
const SIDE_BY_SIDE: usize = 6;

/// A field with what was typed into it.
pub(in crate::pages) struct Input {
    pub(in crate::pages) name: String,
    pub(in crate::pages) label: String,
    pub(in crate::pages) is_needed: bool,
    pub(in crate::pages) shape: Shape,
    pub(in crate::pages) help: &'static str,
    pub(in crate::pages) fault: Option<String>,
}

/// How a field is filled in.
pub(in crate::pages) enum Shape {
    /// One of a few, side by side.
    Radio(Vec<Entry>),
    /// One of many.
    Select(Vec<Entry>),
    /// Any of these.
    Checkboxes(Vec<Entry>),
    Day(String),
    /// A day, and a time of the day where it is known.
    When(String, String),
    Number(String),
    Word(String),
    /// Sentences, or a word a line.
    Text(String),
}

/// A code or a thing that can be chosen.
#[derive(Clone)]
pub(in crate::pages) struct Entry {
    pub(in crate::pages) code: String,
    pub(in crate::pages) label: String,
    pub(in crate::pages) chosen: bool,
}

impl Input {
    /// A field, the things of which one can be chosen (none where they are not known), and its fault.
    pub(in crate::pages) fn of(
        field: &Field,
        typed: &Typed,
        things: Vec<(String, String)>,
        faults: &[Fault],
    ) -> Self {
        let own = typed.iter().filter(|(name, _)| *name == field.name);
        let texts: Vec<&str> = own.map(|(_, text)| text.as_str()).collect();
        let fault = faults.iter().find(|fault| fault.field == field.name);
        Self {
            name: field.name.clone(),
            label: label(field),
            is_needed: field.is_needed,
            shape: shape(field, &texts, things),
            help: help(&field.takes),
            fault: fault.map(|fault| fault.message.clone()),
        }
    }

    /// The ids of what describes the field: its help and its fault.
    pub(in crate::pages) fn described_by(&self) -> String {
        let help = (!self.help.is_empty()).then(|| format!("{}-help", self.name));
        let fault = self.fault.is_some().then(|| format!("{}-fault", self.name));
        let ids: Vec<String> = help.into_iter().chain(fault).collect();
        ids.join(" ")
    }
}

/// What a field is called.
fn label(field: &Field) -> String {
    let part = field.name.rsplit('.').next().unwrap_or_default();
    // Elsewhere the word is that of a value or a day.
    if part == "to" && matches!(&field.takes, Takes::Thing(kind) if kind == "child") {
        return t(
            "移す先の対象者番号",
            "Number of the child to whom it is moved",
        )
        .to_owned();
    }
    field_label(part, current()).to_owned()
}

/// What the field of a name is called; none where there is none.
pub(in crate::pages) fn label_of(fields: &[Field], name: &str) -> Option<String> {
    fields.iter().find(|field| field.name == name).map(label)
}

/// A value as it would be typed: one text, or several of a list.
pub(in crate::pages) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null | Value::Object(_) => Vec::new(),
        Value::Bool(true) => vec!["yes".to_owned()],
        Value::Bool(false) => vec!["no".to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
    }
}

fn help(takes: &Takes) -> &'static str {
    match takes {
        Takes::When => t(
            "時刻が分からないときは日付だけ入力します。",
            "Where the time is not known, give the date alone.",
        ),
        Takes::Words => t("一行に一つずつ入力します。", "One on each line."),
        Takes::Things(_) => t(
            "何人か、またはいくつかのときは、間を空けて続けます。",
            "For several, put a space between them.",
        ),
        Takes::One(_)
        | Takes::Several(_)
        | Takes::Day
        | Takes::YesNo
        | Takes::MaybeYesNo
        | Takes::Number
        | Takes::Word
        | Takes::Text
        | Takes::Thing(_) => "",
    }
}

fn shape(field: &Field, texts: &[&str], things: Vec<(String, String)>) -> Shape {
    let first = texts.first().copied().unwrap_or_default().to_owned();
    match &field.takes {
        Takes::One(codes) if codes.len() <= SIDE_BY_SIDE && field.is_needed => {
            Shape::Radio(options(codes, texts))
        },
        Takes::One(codes) => Shape::Select(options(codes, texts)),
        Takes::Several(codes) => Shape::Checkboxes(options(codes, texts)),
        Takes::YesNo | Takes::MaybeYesNo => {
            let codes = [("yes", "はい"), ("no", "いいえ")];
            let codes = codes.map(|(code, ja)| (code.to_owned(), ja.to_owned()));
            if field.is_needed {
                Shape::Radio(options(&codes, texts))
            } else {
                Shape::Select(options(&codes, texts))
            }
        },
        Takes::Day => Shape::Day(first),
        Takes::When => {
            let time = texts.get(1).copied().unwrap_or_default();
            Shape::When(first, time.to_owned())
        },
        Takes::Number => Shape::Number(first),
        Takes::Word => Shape::Word(first),
        Takes::Text | Takes::Words => Shape::Text(texts.join("\n")),
        Takes::Things(_) => Shape::Word(texts.join(" ")),
        Takes::Thing(_) => one_of(things, first, field.is_needed),
    }
}

/// One of things that are known; what is typed and not among them, such as a number, is typed on.
fn one_of(things: Vec<(String, String)>, typed: String, is_needed: bool) -> Shape {
    let is_there = typed.is_empty() || things.iter().any(|(id, _)| *id == typed);
    if things.is_empty() || !is_there {
        return Shape::Word(typed);
    }
    let only = is_needed && things.len() == 1;
    let chosen = |id: &str| only || id == typed;
    let options = things.into_iter().map(|(id, label)| Entry {
        chosen: chosen(&id),
        code: id,
        label,
    });
    Shape::Select(options.collect())
}

fn options(codes: &[(String, String)], texts: &[&str]) -> Vec<Entry> {
    let options = codes.iter().map(|(code, ja)| Entry {
        code: code.clone(),
        label: term(code, ja),
        chosen: texts.contains(&code.as_str()),
    });
    options.collect()
}
