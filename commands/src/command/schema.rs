//! The JSON Schema of a command's file: its content, and its name under `command`.

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::read::{is_made, kind_of_named};

/// The schema of the file of the command of a name. The id of what it makes may be left out, and a
/// register number may stand for an id.
pub(super) fn of<T: JsonSchema>(name: &str, ja: &str) -> Value {
    let mut schema = ledger_core::schema::given::<T>(name);
    let Some(fields) = schema.as_object_mut() else {
        return schema;
    };
    fields.insert("x-ja".to_owned(), json!(ja));
    if let Some(Value::Object(properties)) = fields.get_mut("properties") {
        for (field, shape) in properties.iter_mut() {
            if let Some(kind) = kind_of_named(name, field) {
                take_numbers(shape, kind);
            }
        }
        properties.insert("command".to_owned(), json!({"const": name}));
    }
    let required = fields.entry("required").or_insert_with(|| json!([]));
    if let Value::Array(required) = required {
        required.retain(|field| !field.as_str().is_some_and(|field| is_made(name, field)));
        required.insert(0, json!("command"));
    }
    schema
}

/// Lets a register number stand where an id is asked for, and names what it is the number of.
fn take_numbers(shape: &mut Value, kind: &str) {
    match shape {
        Value::Object(words) => {
            if words.get("format").is_some_and(|format| format == "uuid") {
                words.remove("format");
                words.insert("x-id-or-number-of".to_owned(), json!(kind));
            }
            words
                .values_mut()
                .for_each(|inside| take_numbers(inside, kind));
        },
        Value::Array(shapes) => shapes
            .iter_mut()
            .for_each(|inside| take_numbers(inside, kind)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {},
    }
}
