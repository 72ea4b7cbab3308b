//! Personal text in payloads: it leaves the clear data when an event is stored.
//!
//! A payload keeps each personal field as [`Private<T>`]. Encoding splits them off into one
//! object that is sealed; decoding puts them back where the reader may see them, and leaves
//! [`Private::Closed`] everywhere else, so no code can forget the case.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value};

/// Marks an open private value between encoding and splitting; never stored.
const MARK: &str = "$private";
/// Marks a private value that this reader may not see; it can be shown as such, never stored.
const CLOSED: &str = "$closed";

/// A personal value: open to this reader, or not.
#[derive(Clone, PartialEq, Eq)]
pub enum Private<T> {
    /// Readable here.
    Open(T),
    /// Sealed and not opened for this reader, or erased; the envelope says which.
    Closed,
}

impl<T> Private<T> {
    /// The value where it is open.
    #[must_use]
    pub const fn open(&self) -> Option<&T> {
        match self {
            Self::Open(value) => Some(value),
            Self::Closed => None,
        }
    }
}

impl Private<Option<String>> {
    /// The text where it is open and there is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.open().and_then(|text| text.as_deref())
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self::Open(value)
    }
}

impl<T> fmt::Debug for Private<T> {
    /// Prints no content: personal text reaches no log by accident.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open(_) => "Private(open)",
            Self::Closed => "Private(closed)",
        })
    }
}

impl<T: Serialize> Serialize for Private<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Open(value) => map.serialize_entry(MARK, value)?,
            Self::Closed => map.serialize_entry(CLOSED, &true)?,
        }
        map.end()
    }
}

impl<T: JsonSchema> JsonSchema for Private<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Private_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        schema.insert(crate::schema::PRIVATE.to_owned(), true.into());
        schema
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Private<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Field<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Field<T> {
            type Value = Private<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an opened private field, or none")
            }
            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(Private::Closed)
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Private::Closed)
            }
            fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
                #[derive(serde::Deserialize)]
                struct Marked<T> {
                    #[serde(rename = "$private")]
                    value: T,
                }
                Marked::deserialize(inner).map(|marked: Marked<T>| Private::Open(marked.value))
            }
        }
        // A missing field asks for an option, too: absent means closed.
        deserializer.deserialize_option(Field(PhantomData))
    }
}

/// Why a payload could not be split into clear and private parts.
#[derive(Debug, thiserror::Error)]
pub enum SplitError {
    /// Payloads are JSON objects.
    #[error("a payload must be an object")]
    NotAnObject,
    /// A field that was closed to its reader would be lost by writing it.
    #[error("field {field} is closed and cannot be written")]
    Closed {
        /// The field.
        field: String,
    },
    /// Private fields stand at the top level of a payload only.
    #[error("field {field} holds a private value below the top level")]
    Nested {
        /// The top-level field.
        field: String,
    },
}

/// A payload as it is shown: clear and open private fields alike, closed ones as null.
#[must_use]
pub fn display(payload: Value) -> Map<String, Value> {
    let Value::Object(fields) = payload else {
        return Map::new();
    };
    let shown = fields.into_iter().map(|(name, value)| {
        let closed = value.get(CLOSED).is_some();
        let value = take_marked(value).unwrap_or_else(|clear| clear);
        (name, if closed { Value::Null } else { value })
    });
    shown.collect()
}

/// A payload in two: its clear object, and the object of its private fields where it has any.
pub type Parts = (Map<String, Value>, Option<Map<String, Value>>);

/// Splits an encoded payload into its clear object and the object of its private fields, if any.
///
/// # Errors
/// [`SplitError`] when the payload is no object or hides a private field inside another.
pub fn split(payload: Value) -> Result<Parts, SplitError> {
    let Value::Object(fields) = payload else {
        return Err(SplitError::NotAnObject);
    };
    let mut clear = Map::new();
    let mut private = Map::new();
    for (name, value) in fields {
        if value.get(CLOSED).is_some() {
            return Err(SplitError::Closed { field: name });
        }
        match take_marked(value) {
            Ok(secret) => drop(private.insert(name, secret)),
            Err(value) if holds_mark(&value) => return Err(SplitError::Nested { field: name }),
            Err(value) => drop(clear.insert(name, value)),
        }
    }
    Ok((clear, (!private.is_empty()).then_some(private)))
}

/// Puts opened private fields back into a clear payload.
#[must_use]
pub fn join(mut clear: Map<String, Value>, private: Map<String, Value>) -> Value {
    for (name, value) in private {
        clear.insert(name, marked(value));
    }
    Value::Object(clear)
}

/// An open private value as it stands in a payload.
pub(crate) fn marked(value: Value) -> Value {
    Value::Object(Map::from_iter([(MARK.to_owned(), value)]))
}

/// The marked content of a private value, or the value itself when it is none.
fn take_marked(mut value: Value) -> Result<Value, Value> {
    let marked = value
        .as_object_mut()
        .filter(|map| map.len() == 1)
        .and_then(|map| map.remove(MARK));
    marked.ok_or(value)
}

fn holds_mark(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            map.contains_key(MARK) || map.contains_key(CLOSED) || map.values().any(holds_mark)
        },
        Value::Array(items) => items.iter().any(holds_mark),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
