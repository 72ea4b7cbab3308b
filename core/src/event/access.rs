//! Who opened whose personal text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::id::StreamName;

events! {
    /// What happens in the access streams.
    pub enum AccessEvent {
        /// Somebody opened personal text; written before it is shown.
        "personal-text-opened" @ 1 clear => Opened(PersonalTextOpened),
    }
}

/// Somebody opened the personal text of one stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonalTextOpened {
    /// The stream whose text was opened.
    pub stream: StreamName,
    /// For what.
    pub purpose: AccessPurpose,
}

/// For what personal text is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum AccessPurpose {
    /// To read the timeline.
    Timeline,
    /// To read single events.
    Event,
    /// To replay history.
    Replay,
    /// To find persons by name.
    Search,
    /// To take text out of the ledger.
    Export,
    /// To print.
    Print,
    /// To see what is due for whom.
    WorkList,
}
