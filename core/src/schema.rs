//! JSON Schemas (draft 2020-12) of what is stored and of what commands read, made from the types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Value, json};

use crate::code::Term;

/// Marks a field that is sealed when its event is stored.
pub const PRIVATE: &str = "x-private";

/// The schema of a type as it is stored; a private field stands as its plain type, marked, and is
/// required nowhere, since it lies sealed beside the clear data.
#[must_use]
pub fn stored<T: JsonSchema>(name: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = of::<T>(settings, name);
    free_private(&mut schema);
    schema
}

/// The schema of a type as a program gives it.
#[must_use]
pub fn given<T: JsonSchema>(name: &str) -> Value {
    of::<T>(SchemaSettings::draft2020_12(), name)
}

fn of<T: JsonSchema>(mut settings: SchemaSettings, name: &str) -> Value {
    settings.inline_subschemas = true;
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), json!(name));
    schema.to_value()
}

fn free_private(schema: &mut Value) {
    let private: Vec<String> = schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(_, field)| field.get(PRIVATE).is_some())
        .map(|(name, _)| name.clone())
        .collect();
    let required = schema.get_mut("required").and_then(Value::as_array_mut);
    if let Some(required) = required {
        required.retain(|name| !private.iter().any(|field| name == field));
    }
}

/// The schema of a code: its stored names, and the ward's term for each.
pub(crate) fn codes(terms: &[Term]) -> Schema {
    let names: Vec<&str> = terms.iter().map(|(code, _)| *code).collect();
    let terms: Vec<&str> = terms.iter().map(|(_, ja)| *ja).collect();
    json_schema!({"type": "string", "enum": names, "x-ja": terms})
}

/// Gives a type that is stored as a text its schema.
macro_rules! text_schema {
    ($Name:ident, {$key:literal: $value:literal}) => {
        impl schemars::JsonSchema for $Name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", $key: $value})
            }
        }
    };
}
pub(crate) use text_schema;

/// Gives a type that is stored as another its schema.
macro_rules! stored_schema {
    ($Name:ident, $Stored:ty) => {
        impl schemars::JsonSchema for $Name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$Stored as schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}
pub(crate) use stored_schema;
