//! The shape of an answer, as JSON Schema: what stands at its top, all of it.

use serde_json::{Map, Value, json};

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// A day.
    Day,
    /// A fiscal year, by the year in which it begins.
    Year,
    /// A position of the log.
    Position,
    /// A number, from zero.
    Count,
    /// Yes or no.
    Flag,
    /// A text.
    Text,
    /// A UUID.
    Id,
    /// A list of objects.
    Objects,
    /// A list of texts.
    Texts,
    /// An object.
    Object,
}

/// A field with what it holds, and whether it may be null.
pub(super) type Field = (&'static str, Shape, bool);

impl Shape {
    fn schema(self) -> Value {
        match self {
            Self::Day => json!({"type": "string", "format": "date"}),
            Self::Year => json!({"type": "integer", "minimum": 1868}),
            Self::Position | Self::Count => json!({"type": "integer", "minimum": 0}),
            Self::Flag => json!({"type": "boolean"}),
            Self::Text => json!({"type": "string"}),
            Self::Id => json!({"type": "string", "format": "uuid"}),
            Self::Objects => json!({"type": "array", "items": {"type": "object"}}),
            Self::Texts => json!({"type": "array", "items": {"type": "string"}}),
            Self::Object => json!({"type": "object"}),
        }
    }
}

/// The schema of an object that has these fields, always, and others only where `more` may come.
pub(super) fn object(fields: &[Field], more: bool) -> Value {
    let properties = fields.iter().map(|(name, shape, nullable)| {
        let schema = shape.schema();
        let schema = if *nullable {
            json!({"oneOf": [{"type": "null"}, schema]})
        } else {
            schema
        };
        ((*name).to_owned(), schema)
    });
    let names: Vec<&str> = fields.iter().map(|(name, _, _)| *name).collect();
    json!({
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "required": names,
        "additionalProperties": more,
    })
}
