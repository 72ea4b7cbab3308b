//! One text of SQL for both engines: text and bigint columns, parameters `$1`, `$2` …

use async_trait::async_trait;

use super::{Digest, SignInError};
use crate::actor::Actor;
use crate::time::Timestamp;

/// A value of a column or a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text.
    Text(String),
    /// A bigint.
    Int(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Actor> for Value {
    fn from(actor: &Actor) -> Self {
        Self::from(actor.as_str())
    }
}

impl From<&Digest> for Value {
    fn from(digest: &Digest) -> Self {
        Self::from(digest.as_str())
    }
}

impl From<Timestamp> for Value {
    fn from(moment: Timestamp) -> Self {
        Self::Int(moment.micros())
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line(pub(super) Vec<Value>);

impl Line {
    pub(super) fn text(&self, column: usize) -> Result<String, SignInError> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(text.clone()),
            Some(Value::Int(_)) | None => Err(SignInError::Column(column)),
        }
    }

    pub(super) fn actor(&self, column: usize) -> Result<Actor, SignInError> {
        Actor::new(self.text(column)?).map_err(|_| SignInError::Column(column))
    }

    pub(super) fn time(&self, column: usize) -> Result<Timestamp, SignInError> {
        let wrong = || SignInError::Column(column);
        match self.0.get(column) {
            Some(Value::Int(micros)) => Timestamp::from_micros(*micros).map_err(|_| wrong()),
            Some(Value::Text(_)) | None => Err(wrong()),
        }
    }
}

/// A statement and its parameters.
pub(super) struct Asked {
    pub(super) sql: &'static str,
    pub(super) values: Vec<Value>,
}

/// An engine's tables.
#[async_trait]
pub(super) trait Tables: Send + Sync {
    /// Makes the tables where they are missing.
    async fn prepare(&self) -> Result<(), SignInError>;

    /// Runs statements in one transaction; the rows that each gives.
    async fn transact(&self, batch: Vec<Asked>) -> Result<Vec<Vec<Line>>, SignInError>;
}
