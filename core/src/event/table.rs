//! The `events!` macro: one line per event type, with its version, key class, type and upcasters.

use serde_json::Value;

use crate::seal::KeyClass;

/// Under which class of key an event type's private fields are sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// The type has no private fields.
    Clear,
    /// It has, under this class.
    Sealed(KeyClass),
}

/// One event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeInfo {
    /// Stable name.
    pub name: &'static str,
    /// Newest schema version, from 1.
    pub version: u16,
    /// Class of key of its private fields.
    pub key: KeyUse,
}

/// Brings a payload from one schema version to the next; pure, total over all that was stored.
pub(crate) type Upcast = fn(Value) -> Result<Value, UpcastError>;

/// A stored payload that an upcaster cannot read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UpcastError(pub(crate) &'static str);

/// Why a stored payload could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No event type has this name.
    #[error("no event type is named {name}")]
    UnknownName {
        /// The stored name.
        name: String,
    },
    /// A newer program wrote it.
    #[error("{name} is stored in schema version {stored}, this program knows up to {known}")]
    UnknownVersion {
        /// The type.
        name: &'static str,
        /// Version stored.
        stored: u16,
        /// Newest version known.
        known: u16,
    },
    /// An upcaster failed.
    #[error("{name} cannot be brought up from schema version {from}")]
    Upcast {
        /// The type.
        name: &'static str,
        /// Version from which the step starts.
        from: u16,
        /// What the step says.
        #[source]
        source: UpcastError,
    },
    /// The payload is not what the type promises.
    #[error("the payload of {name} does not have its shape")]
    Payload {
        /// The type.
        name: &'static str,
        /// What is missing or wrong.
        #[source]
        source: serde_json::Error,
    },
}

/// Brings a payload from `stored` up to the newest schema version, one step at a time.
pub(crate) fn upcast(
    name: &'static str,
    stored: u16,
    steps: &[Upcast],
    payload: Value,
) -> Result<Value, DecodeError> {
    let known = u16::try_from(steps.len())
        .unwrap_or(u16::MAX)
        .saturating_add(1);
    let Some(done) = stored.checked_sub(1).filter(|_| stored <= known) else {
        return Err(DecodeError::UnknownVersion {
            name,
            stored,
            known,
        });
    };
    (stored..)
        .zip(steps.iter().skip(usize::from(done)))
        .try_fold(payload, |payload, (from, step)| {
            step(payload).map_err(|source| DecodeError::Upcast { name, from, source })
        })
}

/// Gives a payload a field that its older version did not have.
pub(crate) fn with_default(
    mut payload: Value,
    field: &str,
    value: Value,
) -> Result<Value, UpcastError> {
    let fields = payload
        .as_object_mut()
        .ok_or(UpcastError("the payload is no object"))?;
    fields.entry(field).or_insert(value);
    Ok(payload)
}

/// Keeps a payload: all that its newer version has more may be missing.
pub(crate) fn unchanged(payload: Value) -> Result<Value, UpcastError> {
    if payload.is_object() {
        Ok(payload)
    } else {
        Err(UpcastError("the payload is no object"))
    }
}

/// The key class that a line of the table names.
macro_rules! key_use {
    (clear) => {
        $crate::event::KeyUse::Clear
    };
    (identity) => {
        $crate::event::KeyUse::Sealed($crate::seal::KeyClass::Identity)
    };
    (record) => {
        $crate::event::KeyUse::Sealed($crate::seal::KeyClass::Record)
    };
}
pub(crate) use key_use;

/// Declares a group of event types; a raised version without its upcaster does not compile.
macro_rules! events {
    ($(#[$doc:meta])* $vis:vis enum $Event:ident {
        $($(#[$vdoc:meta])* $name:literal @ $version:literal $key:ident => $Variant:ident($Payload:ty)
            $([$($step:path),+])?,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis enum $Event { $($(#[$vdoc])* $Variant($Payload),)+ }

        impl $Event {
            /// Every type of this group.
            pub const TYPES: &[$crate::event::TypeInfo] = &[$($crate::event::TypeInfo {
                name: $name,
                version: $version,
                key: $crate::event::table::key_use!($key),
            }),+];

            /// The entry of this event's type.
            #[must_use]
            pub const fn info(&self) -> $crate::event::TypeInfo {
                match self { $(Self::$Variant(_) => $crate::event::TypeInfo {
                    name: $name,
                    version: $version,
                    key: $crate::event::table::key_use!($key),
                },)+ }
            }

            /// The JSON Schema of the payload of a type in its newest version.
            #[must_use]
            pub fn schema(name: &str) -> Option<serde_json::Value> {
                match name {
                    $($name => Some($crate::schema::stored::<$Payload>(concat!($name, "@", $version))),)+
                    _ => None,
                }
            }

            /// Encodes the payload in its newest schema version, private fields still in it.
            ///
            /// # Errors
            /// The payload holds a closed private field or a value that JSON cannot express.
            pub fn encode(&self) -> serde_json::Result<serde_json::Value> {
                match self { $(Self::$Variant(payload) => serde_json::to_value(payload),)+ }
            }

            /// Decodes a stored payload of any schema version.
            ///
            /// # Errors
            /// [`DecodeError`](crate::event::DecodeError) when the name or version is unknown, or
            /// the payload does not have the promised shape.
            pub fn decode(
                name: &str,
                version: u16,
                payload: serde_json::Value,
            ) -> Result<Self, $crate::event::DecodeError> {
                match name {
                    $($name => {
                        // One step per version gap, counted by the compiler.
                        const STEPS: [$crate::event::table::Upcast; $version - 1] = [$($($step),+)?];
                        let payload = $crate::event::table::upcast($name, version, &STEPS, payload)?;
                        serde_json::from_value(payload).map(Self::$Variant).map_err(|source| {
                            $crate::event::DecodeError::Payload { name: $name, source }
                        })
                    },)+
                    _ => Err($crate::event::DecodeError::UnknownName { name: name.to_owned() }),
                }
            }
        }
    };
}
pub(crate) use events;

#[cfg(test)]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the macro writes what a group of the ledger's own needs"
)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;

    /// What was said, in the newest version: in which language, and how long.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
    pub(crate) struct Said {
        words: String,
        language: String,
        length: usize,
    }

    events! {
        /// A group with a type that changed twice.
        pub(crate) enum SampleEvent {
            /// Something was said.
            "said" @ 3 record => Said(Said) [said_v1_to_v2, said_v2_to_v3],
            /// Something was heard.
            "heard" @ 1 clear => Heard(String),
        }
    }

    /// Version 2 called the text `words` and names its language.
    fn said_v1_to_v2(payload: Value) -> Result<Value, UpcastError> {
        let Value::Object(mut fields) = payload else {
            return Err(UpcastError("it is no object"));
        };
        let words = fields.remove("text");
        Ok(json!({"words": words, "language": "ja"}))
    }

    /// Version 3 adds the length; it reads what the first step wrote.
    fn said_v2_to_v3(mut payload: Value) -> Result<Value, UpcastError> {
        let words = payload["words"].as_str();
        let length = words.ok_or(UpcastError("there are no words"))?.len();
        payload["length"] = json!(length);
        Ok(payload)
    }

    fn said(version: u16, payload: Value) -> Result<Said, DecodeError> {
        match SampleEvent::decode("said", version, payload)? {
            SampleEvent::Said(said) => Ok(said),
            SampleEvent::Heard(_) => panic!("another type"),
        }
    }

    #[test]
    fn a_payload_takes_every_step_from_its_version_on_in_their_order() {
        let newest = |language: &str| Said {
            words: "abc".to_owned(),
            language: language.to_owned(),
            length: 3,
        };

        let first = said(1, json!({"text": "abc"})).unwrap();
        let second = said(2, json!({"words": "abc", "language": "en"})).unwrap();
        let third = json!({"words": "abc", "language": "en", "length": 3});

        assert_eq!(first, newest("ja"));
        assert_eq!(second, newest("en"), "the first step is left out");
        assert_eq!(said(3, third).unwrap(), newest("en"));
    }

    #[test]
    fn a_version_of_a_newer_program_and_version_0_are_refused() {
        for stored in [0, 4, u16::MAX] {
            let refused = said(stored, json!({"text": "abc"})).unwrap_err();
            assert!(
                matches!(refused, DecodeError::UnknownVersion { name: "said", known: 3, stored: s } if s == stored),
                "{refused}"
            );
        }
        let heard = SampleEvent::decode("heard", 2, json!("abc")).unwrap_err();
        assert!(matches!(
            heard,
            DecodeError::UnknownVersion { known: 1, .. }
        ));
    }

    #[test]
    fn a_step_that_cannot_read_its_payload_is_named_by_its_version() {
        let refused = said(2, json!({"language": "en"})).unwrap_err();

        assert!(
            matches!(
                refused,
                DecodeError::Upcast {
                    name: "said",
                    from: 2,
                    ..
                }
            ),
            "{refused}"
        );
    }

    #[test]
    fn what_is_written_has_the_newest_version() {
        let info = SampleEvent::Heard("abc".to_owned()).info();
        let newest = SampleEvent::TYPES[0];

        assert_eq!((info.name, info.version), ("heard", 1));
        assert_eq!((newest.name, newest.version), ("said", 3));
    }
}
