//! The JSON Schema of a command's file: its content, and its name under `command`.

use schemars::JsonSchema;
use serde_json::{Value, json};

/// The schema of the file of the command of a name.
pub(super) fn of<T: JsonSchema>(name: &str, ja: &str) -> Value {
    let mut schema = ledger_core::schema::given::<T>(name);
    let Some(fields) = schema.as_object_mut() else {
        return schema;
    };
    fields.insert("x-ja".to_owned(), json!(ja));
    if let Some(Value::Object(properties)) = fields.get_mut("properties") {
        properties.insert("command".to_owned(), json!({"const": name}));
    }
    let required = fields.entry("required").or_insert_with(|| json!([]));
    if let Value::Array(required) = required {
        required.insert(0, json!("command"));
    }
    schema
}
