//! What stands beside every payload: who, in which role, when, by which command, from where.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::actor::{Actor, Role};
use crate::code::{Flag, Register};
use crate::id::CommandId;
use crate::time::Occurred;

/// Clear metadata of an event, stored as RFC 8785 JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Schema version of the payload.
    pub schema: u16,
    /// Who recorded it.
    pub actor: Actor,
    /// In which role.
    pub role: Role,
    /// When it happened, as exactly as it is known.
    pub occurred: Occurred,
    /// The command that recorded it.
    pub command: CommandId,
    /// What the whole chain of commands is about; a command of its own begins one.
    #[serde(rename = "$correlationId")]
    pub correlation: Uuid,
    /// The event or command that caused it.
    #[serde(rename = "$causationId")]
    pub causation: Uuid,
    /// Accounts that did it, where they are not the actor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub performed_by: Vec<Actor>,
    /// Other things that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// The register row from which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What is imperfect about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// HMAC-SHA-256 (hex) over the parsed register row; on the first event of a row's command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mac: Option<String>,
    /// The columns that the row had filled; on the first event of a row that may grow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<Vec<String>>,
}

/// One other thing that an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// What it is to the event: `child`, `reassigned-from` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// Where an event was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Source {
    /// A row of a centre's register.
    Register {
        /// The register.
        register: Register,
        /// SHA-256 of the file's bytes, hex.
        file: String,
        /// Row as a spreadsheet counts it; the header is 1.
        row: u32,
        /// The row's key in the register, parts joined by `:`.
        key: String,
    },
}
