//! New values for some fields of an event, clear and private apart.

use serde_json::{Map, Value};

use ledger_core::time::Day;

/// New values for some fields; JSON null takes a field away.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Patch {
    pub(crate) clear: Map<String, Value>,
    pub(crate) private: Map<String, Value>,
}

impl Patch {
    /// Sets a clear field to a code, where there is one.
    pub(crate) fn code(&mut self, field: &str, code: Option<impl ToString>) {
        if let Some(code) = code {
            self.clear
                .insert(field.to_owned(), Value::String(code.to_string()));
        }
    }

    /// Sets a clear field to a day, where there is one.
    pub(crate) fn day(&mut self, field: &str, day: Option<Day>) {
        self.code(field, day);
    }

    /// Sets a private field to a text, where there is one.
    pub(crate) fn text(&mut self, field: &str, text: Option<String>) {
        if let Some(text) = text {
            self.private.insert(field.to_owned(), Value::String(text));
        }
    }

    /// Sets a private field to a list of texts.
    pub(crate) fn texts(&mut self, field: &str, texts: Vec<String>) {
        self.private.insert(field.to_owned(), Value::from(texts));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.clear.is_empty() && self.private.is_empty()
    }
}

/// Puts the new values over the old ones.
pub(crate) fn merge(fields: &mut Map<String, Value>, patch: &Map<String, Value>, null: Null) {
    for (name, value) in patch {
        match (value, null) {
            (Value::Null, Null::Removes) => drop(fields.remove(name)),
            (_, Null::Removes | Null::Stays) => drop(fields.insert(name.clone(), value.clone())),
        }
    }
}

/// What a JSON null in a patch does.
#[derive(Clone, Copy)]
pub(crate) enum Null {
    /// It takes the field away: clear fields are absent when they are unknown.
    Removes,
    /// It is the value: private fields are always there, and null when they are unknown.
    Stays,
}
