//! Errors of the driver and the server as the store's own; the only file that knows SQLSTATEs.

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;

use crate::store::lease::LeaseError;
use crate::store::writer::engine::EngineError;
use crate::store::{OpenError, ReadError};

/// An error of the pool or the driver.
pub(super) trait Fault: std::error::Error + Send + Sync + 'static {
    /// The driver's error in it.
    fn driver(&self) -> Option<&tokio_postgres::Error>;
}

impl Fault for tokio_postgres::Error {
    fn driver(&self) -> Option<&tokio_postgres::Error> {
        Some(self)
    }
}

impl Fault for PoolError {
    fn driver(&self) -> Option<&tokio_postgres::Error> {
        match self {
            Self::Backend(error) => Some(error),
            Self::Timeout(_)
            | Self::Closed
            | Self::NoRuntimeSpecified
            | Self::PostCreateHook(_) => None,
        }
    }
}

fn state(fault: &impl Fault) -> Option<&SqlState> {
    fault.driver().and_then(tokio_postgres::Error::code)
}

pub(super) fn read(fault: impl Fault) -> ReadError {
    ReadError::Storage {
        source: Box::new(fault),
    }
}

pub(super) fn lease(fault: impl Fault) -> LeaseError {
    LeaseError(Box::new(fault))
}

pub(super) fn engine(fault: impl Fault) -> EngineError {
    match state(&fault) {
        Some(code)
            if *code == SqlState::LOCK_NOT_AVAILABLE
                || *code == SqlState::T_R_DEADLOCK_DETECTED
                || *code == SqlState::TOO_MANY_CONNECTIONS =>
        {
            EngineError::Busy
        },
        Some(_) | None => EngineError::Failed(Box::new(fault)),
    }
}

pub(super) fn open(fault: impl Fault) -> OpenError {
    let refused = [
        SqlState::INVALID_PASSWORD,
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        SqlState::INSUFFICIENT_PRIVILEGE,
    ];
    let absent = [
        SqlState::UNDEFINED_TABLE,
        SqlState::INVALID_SCHEMA_NAME,
        SqlState::INVALID_CATALOG_NAME,
        SqlState::UNDEFINED_FUNCTION,
    ];
    match state(&fault).cloned() {
        Some(code) if refused.contains(&code) => OpenError::Refused {
            source: Box::new(fault),
        },
        Some(code) if absent.contains(&code) => OpenError::NotFound,
        Some(_) => OpenError::Storage {
            source: Box::new(fault),
        },
        None => OpenError::Unreachable {
            source: Box::new(fault),
        },
    }
}
