//! Connections: how they are made, how long things may take on them, and how a restart is waited out.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
    Timeouts,
};
use tokio::time::Instant;
use tokio_postgres::Config;

use super::address::Address;
use super::fault;
use crate::store::OpenError;
use crate::store::names::Names;

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
const READ_MILLIS: u32 = 60_000;
/// How long one call of the writer may take on the server.
const WRITE_MILLIS: u32 = 30_000;
/// How long the writer waits for another process that holds the head row.
const LOCK_MILLIS: u32 = 10_000;

/// Connections that read the log; a new one forgets the names, as it may lead to another server.
pub(super) fn readers(
    address: &Address,
    size: usize,
    names: Arc<Names>,
) -> Result<Pool, OpenError> {
    let config = log(address, &[("statement_timeout", READ_MILLIS)]);
    let forget = Hook::sync_fn(move |_, _| {
        names.forget();
        Ok(())
    });
    connections(address, config, size, Some(forget))
}

/// The one connection that writes the log; it commits durably whatever the server's default is.
pub(super) fn writer(address: &Address) -> Result<Pool, OpenError> {
    let times = [
        ("statement_timeout", WRITE_MILLIS),
        ("lock_timeout", LOCK_MILLIS),
    ];
    connections(address, log(address, &times), 1, Some(durable()))
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
fn log(address: &Address, settings: &[(&str, u32)]) -> Config {
    let mut config = address.config_for(&format!("{},pg_temp", address.ledger()));
    let given = config.get_options().unwrap_or_default().to_owned();
    let options = settings.iter().fold(given, |options, (name, value)| {
        format!("{options} -c {name}={value}")
    });
    config.options(options);
    config
}

/// Connections with this search path, at most `size`; each is made when it is first needed.
///
/// # Errors
/// [`OpenError::BadAddress`] when the authorities that the address names cannot be read.
pub fn pool(address: &Address, search_path: &str, size: usize) -> Result<Pool, OpenError> {
    connections(address, address.config_for(search_path), size, None)
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
    let mut builder = Pool::builder(manager)
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

/// A connection from the pool; a server that is just restarting is waited for.
pub(super) async fn get(pool: &Pool) -> Result<Object, PoolError> {
    let began = Instant::now();
    let mut pause = PAUSE_MIN;
    loop {
        match pool.get().await {
            Err(error) if fault::passes(&error) && began.elapsed() < RESTART_TIME => {
                tokio::time::sleep(pause).await;
                pause = pause.saturating_mul(2).min(PAUSE_MAX);
            },
            outcome => return outcome,
        }
    }
}

/// Takes a connection that failed out of its pool, which makes a new one when it is next asked.
pub(super) fn discard(client: Object) {
    drop(Object::take(client));
}
