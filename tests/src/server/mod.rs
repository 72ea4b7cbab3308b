//! A PostgreSQL server to test with: a private one, or one that the environment names.

mod cluster;
mod programs;
mod url;

use std::env;
use std::future::Future;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;

use cluster::Cluster;
use tokio_postgres::{Client, NoTls};
pub(crate) use url::Address;

/// Names a running server to use instead of a private one: a superuser's URL, without TLS.
pub const VARIABLE: &str = "CARE_LEDGER_TEST_POSTGRES";

/// Oldest PostgreSQL that the ledger runs on.
pub const OLDEST_MAJOR: u32 = 15;

/// A PostgreSQL server that tests may do anything with.
#[derive(Debug)]
pub struct Server {
    address: Address,
    cluster: Option<Cluster>,
}

impl Server {
    /// The server that all tests of this process share, started by the first that asks.
    ///
    /// It is [`VARIABLE`]'s where that is set, else a private one that is stopped and removed when
    /// the process ends, also by a signal. Blocks for about two seconds the first time.
    ///
    /// # Panics
    /// When there is no server and no way to start one; the message says what to install.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Result<Server, String>> = OnceLock::new();
        let started = SHARED.get_or_init(|| match env::var(VARIABLE) {
            Ok(url) => Self::named(&url),
            Err(_) => Self::private(None),
        });
        started.as_ref().unwrap_or_else(|why| panic!("{why}"))
    }

    /// A server of its own, for a test that kills it; stopped and removed when dropped.
    ///
    /// It is always private, whatever [`VARIABLE`] says. Blocks for about two seconds.
    ///
    /// # Panics
    /// When none can be started; the message says what to install.
    #[must_use]
    pub fn start_private() -> Self {
        Self::private(None).unwrap_or_else(|why| panic!("{why}"))
    }

    /// Like [`Server::start_private`], with its data in `folder`, whose path must be short.
    ///
    /// # Panics
    /// When none can be started; the message says what to install.
    #[must_use]
    pub fn start_private_in(folder: &Path) -> Self {
        Self::private(Some(folder)).unwrap_or_else(|why| panic!("{why}"))
    }

    fn private(parent: Option<&Path>) -> Result<Self, String> {
        let cluster = Cluster::start(parent)?;
        Ok(Self {
            address: cluster.address(),
            cluster: Some(cluster),
        })
    }

    fn named(url: &str) -> Result<Self, String> {
        let address = Address::parse(url)
            .ok_or_else(|| format!("{VARIABLE} is not a URL such as postgres://USER@HOST/NAME"))?;
        let admin = address.url();
        on_own_thread(async move {
            let version = include_str!("../sql/server_version.sql");
            let client = connect(&admin).await.map_err(|e| e.to_string())?;
            let row = client.query_one(version, &[]).await;
            Ok(row.map_err(|e| e.to_string())?.get::<_, i32>(0))
        })
        .and_then(|number| {
            let oldest = i32::try_from(OLDEST_MAJOR).unwrap_or(i32::MAX);
            (number / 10_000 >= oldest)
                .then_some(())
                .ok_or_else(|| format!("it is older than PostgreSQL {OLDEST_MAJOR}"))
        })
        .map_err(|why| format!("cannot test with the server that {VARIABLE} names: {why}"))?;
        let cluster = None;
        Ok(Self { address, cluster })
    }

    /// The superuser's URL of the database that every server has; over TCP, with a password.
    #[must_use]
    pub fn admin_url(&self) -> String {
        self.address.url()
    }

    /// The superuser, in the database that every server has.
    pub(crate) fn superuser(&self) -> Address {
        self.address.clone()
    }

    /// Where other roles connect: a private server asks them for no password there.
    pub(crate) fn anyone(&self) -> Address {
        let cluster = self.cluster.as_ref();
        cluster.map_or_else(|| self.superuser(), Cluster::socket_address)
    }

    /// Sets the largest file that connections to come may write, in bytes or `unlimited`.
    ///
    /// # Panics
    /// When the server is not private or not running.
    pub fn limit_files(&self, bytes: &str) {
        self.private_cluster().limit_files(bytes);
    }

    /// Kills the server's main process as a power cut would (SIGKILL).
    ///
    /// # Panics
    /// When the server is not private.
    pub fn kill(&self) {
        self.private_cluster().kill();
    }

    /// Stops the server at once, without a checkpoint, as `pg_ctl stop -m immediate` does.
    ///
    /// # Panics
    /// When the server is not private or not running.
    pub fn stop_immediately(&self) {
        self.private_cluster().stop_immediately();
    }

    /// Starts the server again on the same port; returns when it has recovered and answers.
    ///
    /// # Panics
    /// When the server is not private or does not start.
    pub fn start(&self) {
        let started = self.private_cluster().start_again();
        started.unwrap_or_else(|why| panic!("{why}"));
    }

    /// Stops the server without a checkpoint and starts it again: every connection breaks.
    ///
    /// # Panics
    /// When the server is not private or does not start.
    pub fn restart_immediate(&self) {
        self.stop_immediately();
        self.start();
    }

    fn private_cluster(&self) -> &Cluster {
        self.cluster
            .as_ref()
            .expect("only a private server may be stopped")
    }
}

/// Connects without TLS; the connection ends with the client.
///
/// # Errors
/// What the driver says.
#[expect(
    clippy::disallowed_methods,
    reason = "the kit owns the tasks of its connections"
)]
pub async fn connect(url: &str) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    // A connection that a test breaks on purpose is no error of the kit.
    tokio::spawn(async { connection.await.ok() });
    Ok(client)
}

/// Runs `work` to its end on a thread with a runtime of its own: also from inside a runtime, and
/// while the caller's is unwinding.
pub(crate) fn on_own_thread<T: Send + 'static>(
    work: impl Future<Output = Result<T, String>> + Send + 'static,
) -> Result<T, String> {
    let run = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.map_err(|e| e.to_string())?.block_on(work)
    };
    let joined = thread::spawn(run).join();
    joined.unwrap_or_else(|_| Err("the helper thread panicked".to_owned()))
}
