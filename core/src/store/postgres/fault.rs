//! Errors of the driver and the server as the store's own; the only file that knows SQLSTATEs.

use std::io::ErrorKind;

use deadpool::managed::{HookError, PoolError, TimeoutType};
use tokio_postgres::error::SqlState;

use crate::store::lease::LeaseError;
use crate::store::writer::engine::EngineError;
use crate::store::{OpenError, ReadError};

/// An error of the pool or the driver.
pub(super) trait Fault: std::error::Error + Send + Sync + 'static {
    /// The driver's error in it.
    fn driver(&self) -> Option<&tokio_postgres::Error>;

    /// Whether every connection was in use for too long.
    fn is_crowded(&self) -> bool {
        false
    }
}

impl Fault for tokio_postgres::Error {
    fn driver(&self) -> Option<&tokio_postgres::Error> {
        Some(self)
    }
}

impl<E: Fault> Fault for PoolError<E> {
    fn driver(&self) -> Option<&tokio_postgres::Error> {
        match self {
            Self::Backend(error) | Self::PostCreateHook(HookError::Backend(error)) => {
                error.driver()
            },
            Self::Timeout(_)
            | Self::Closed
            | Self::NoRuntimeSpecified
            | Self::PostCreateHook(HookError::Message(_)) => None,
        }
    }

    fn is_crowded(&self) -> bool {
        matches!(self, Self::Timeout(TimeoutType::Wait))
    }
}

fn state(fault: &impl Fault) -> Option<&SqlState> {
    fault.driver().and_then(tokio_postgres::Error::code)
}

/// The server is up, starting or stopping, and says so.
const RESTARTING: [SqlState; 3] = [
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
];

/// Whether the same may go well in a moment: the connection is lost, refused, or the server restarts.
pub(super) fn passes(fault: &impl Fault) -> bool {
    match state(fault) {
        Some(code) => RESTARTING.contains(code),
        None => fault.driver().is_some_and(is_lost),
    }
}

/// Whether the connection itself failed, rather than what was asked on it.
fn is_lost(error: &tokio_postgres::Error) -> bool {
    let source = std::error::Error::source(error);
    let io = source.and_then(|source| source.downcast_ref::<std::io::Error>());
    // A connection that takes too long, or that TLS refuses, will not do better in a moment.
    let hopeless = [ErrorKind::TimedOut, ErrorKind::InvalidData];
    error.is_closed() || io.is_some_and(|io| !hopeless.contains(&io.kind()))
}

pub(super) fn read(fault: impl Fault) -> ReadError {
    let crowded = state(&fault).is_some_and(|code| *code == SqlState::TOO_MANY_CONNECTIONS);
    if crowded || fault.is_crowded() {
        return ReadError::Busy;
    }
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
        Some(code) if *code == SqlState::DISK_FULL => EngineError::DiskFull(Box::new(fault)),
        Some(code) if *code == SqlState::READ_ONLY_SQL_TRANSACTION => {
            EngineError::ReadOnly(Box::new(fault))
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
        SqlState::UNDEFINED_FUNCTION,
    ];
    match state(&fault).cloned() {
        Some(code) if RESTARTING.contains(&code) => OpenError::Unreachable {
            source: Box::new(fault),
        },
        Some(code) if refused.contains(&code) => OpenError::Refused {
            source: Box::new(fault),
        },
        Some(SqlState::INVALID_CATALOG_NAME) => OpenError::NoDatabase,
        Some(code) if absent.contains(&code) => OpenError::NotFound,
        Some(_) => OpenError::Storage {
            source: Box::new(fault),
        },
        None => OpenError::Unreachable {
            source: Box::new(fault),
        },
    }
}
