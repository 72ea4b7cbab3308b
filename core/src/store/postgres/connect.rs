//! Connections: how they are made, how long things may take on them, and how a restart is waited out.

use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{self, Timeouts};
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio::time::{Instant, timeout};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::Address;
use super::fault::{self, Fault};
use super::link::Link;
use crate::store::OpenError;

/// How long a new connection may take, from the first packet to the answered login.
const CREATE_TIME: Duration = Duration::from_secs(15);
/// How long to wait for a connection while others use all of them.
const WAIT_TIME: Duration = Duration::from_secs(10);
/// How long a server that is restarting is waited for.
const RESTART_TIME: Duration = Duration::from_secs(5);
/// Pause after the first refused connection; doubled each time.
const PAUSE_MIN: Duration = Duration::from_millis(50);
/// Longest pause between two tries.
const PAUSE_MAX: Duration = Duration::from_secs(1);
/// How long one page of a read may take on the server.
const READ_MILLIS: &str = "60000";
/// How long one call of the writer may take on the server.
const WRITE_MILLIS: &str = "30000";
/// How long the writer waits for another process that holds the head row.
const LOCK_MILLIS: &str = "10000";

/// How a connection to the log is made.
pub(super) struct Login {
    config: Config,
    connector: MakeRustlsConnect,
    /// What is set once signed in.
    settings: &'static str,
}

/// How to sign in to read the log.
///
/// # Errors
/// [`OpenError::BadAddress`] when the authorities that the address names cannot be read.
pub(super) fn reader(address: &Address) -> Result<Login, OpenError> {
    Ok(Login {
        config: log(address, &[("statement_timeout", READ_MILLIS)]),
        connector: address.connector()?,
        settings: include_str!("sql/notice_hang_up.sql"),
    })
}

/// How to sign in to write the log.
///
/// # Errors
/// Those of [`reader`].
pub(super) fn writer(address: &Address) -> Result<Login, OpenError> {
    let times = [
        ("statement_timeout", WRITE_MILLIS),
        ("lock_timeout", LOCK_MILLIS),
    ];
    Ok(Login {
        config: log(address, &times),
        connector: address.connector()?,
        // Its commits wait for the disk whatever the server's default is.
        settings: include_str!("sql/commit_durably.sql"),
    })
}

impl Login {
    /// A new connection.
    ///
    /// # Errors
    /// [`LoginError`].
    pub(super) async fn open(&self) -> Result<Link, LoginError> {
        let open = async {
            let mut link = Link::open(&self.config, self.connector.clone()).await?;
            link.query(self.settings, &[]).await?;
            Ok(link)
        };
        // On the heap, as signing in is a large future in all that may have to.
        let opened = timeout(CREATE_TIME, Box::pin(open)).await;
        opened.unwrap_or(Err(LoginError::Late))
    }
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoginError {
    /// The driver's or the server's error.
    #[error(transparent)]
    Driver(#[from] tokio_postgres::Error),
    /// No answer in time.
    #[error("the server does not answer the login")]
    Late,
}

impl Fault for LoginError {
    fn driver(&self) -> Option<&tokio_postgres::Error> {
        match self {
            Self::Driver(error) => Some(error),
            Self::Late => None,
        }
    }
}

/// The connection that makes or changes a ledger.
pub(super) fn administrator(address: &Address) -> Result<Pool, OpenError> {
    connections(
        address,
        address.config_for("pg_catalog"),
        1,
        Some(durable()),
    )
}

/// Makes a new connection wait for the disk at each commit, if the server's default is not to.
fn durable() -> Hook {
    Hook::async_fn(|client, _| {
        Box::pin(async move {
            let sql = include_str!("sql/commit_durably.sql");
            client.query(sql, &[]).await.map_err(HookError::Backend)?;
            Ok(())
        })
    })
}

/// The driver's settings for the log's schema, with these settings of the server.
fn log(address: &Address, settings: &[(&str, &str)]) -> Config {
    let config = address.config_for(&format!("{},pg_temp", address.ledger()));
    with(config, settings)
}

/// The same with these settings of the server.
fn with(mut config: Config, settings: &[(&str, &str)]) -> Config {
    let given = config.get_options().unwrap_or_default().to_owned();
    let options = settings.iter().fold(given, |options, (name, value)| {
        format!("{options} -c {name}={value}")
    });
    config.options(options);
    config
}

/// Connections with this search path and these settings of the server, by name, at most `size`; each
/// is made when it is first needed.
///
/// # Errors
/// [`OpenError::BadAddress`] when the authorities that the address names cannot be read.
pub fn pool(
    address: &Address,
    search_path: &str,
    settings: &[(&str, &str)],
    size: usize,
) -> Result<Pool, OpenError> {
    let config = with(address.config_for(search_path), settings);
    connections(address, config, size, None)
}

fn connections(
    address: &Address,
    config: Config,
    size: usize,
    hook: Option<Hook>,
) -> Result<Pool, OpenError> {
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(config, address.connector()?, recycling);
    lending(manager, size, hook)
}

/// A pool of at most `size` connections, with the times that all pools have.
pub(super) fn lending<M: managed::Manager>(
    manager: M,
    size: usize,
    hook: Option<managed::Hook<M>>,
) -> Result<managed::Pool<M>, OpenError> {
    let mut builder = managed::Pool::builder(manager)
        .max_size(size)
        .runtime(Runtime::Tokio1)
        .timeouts(Timeouts {
            wait: Some(WAIT_TIME),
            create: Some(CREATE_TIME),
            recycle: None,
        });
    if let Some(hook) = hook {
        builder = builder.post_create(hook);
    }
    builder.build().map_err(|source| OpenError::Storage {
        source: Box::new(source),
    })
}

/// Connects; a server that is just restarting is waited for.
pub(super) async fn patiently<T, E: Fault, F: Future<Output = Result<T, E>>>(
    connect: impl Fn() -> F,
) -> Result<T, E> {
    let began = Instant::now();
    let mut pause = PAUSE_MIN;
    loop {
        match connect().await {
            Err(error) if fault::passes(&error) && began.elapsed() < RESTART_TIME => {
                tokio::time::sleep(pause).await;
                pause = pause.saturating_mul(2).min(PAUSE_MAX);
            },
            outcome => return outcome,
        }
    }
}
