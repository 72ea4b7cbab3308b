//! A head written down outside the ledger, so that a later log can be shown to begin with it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Frontier, Hash};
use crate::id::Position;

/// A position and the tree's root there; written `POSITION:ROOT`, the root in hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Checkpoint {
    /// Number of events.
    pub position: Position,
    /// Root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The head of a log without events, with which every log begins.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            position: Position::default(),
            root: Frontier::default().root(),
        }
    }
}

/// A text that is no checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected POSITION:ROOT, a number and 64 hex digits")]
pub struct CheckpointError;

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.position, self.root)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (position, root) = text.trim().split_once(':').ok_or(CheckpointError)?;
        let position = position.parse().map_err(|_| CheckpointError)?;
        let root = root.parse().map_err(|_| CheckpointError)?;
        Ok(Self {
            position: Position::new(position),
            root,
        })
    }
}

impl TryFrom<String> for Checkpoint {
    type Error = CheckpointError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Checkpoint> for String {
    fn from(checkpoint: Checkpoint) -> Self {
        checkpoint.to_string()
    }
}
