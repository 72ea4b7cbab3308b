//! A database for one test: empty, under a name of its own, and gone afterwards.

use std::thread;

use tokio_postgres::Client;

use crate::server::{Address, Server, connect, on_own_thread};

/// An empty database that is dropped, with the roles named after it, when this value is.
///
/// Its name is also good as the name of a ledger and unique on the server, so that the roles
/// `NAME_owner` and `NAME_app`, which all databases of a server share, are this test's alone.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    superuser: Address,
    others: Address,
    /// Where to drop it; none where it goes with its private server.
    drop_at: Option<Address>,
}

impl TestDatabase {
    /// Makes a database on the server that all tests share.
    ///
    /// # Panics
    /// Without a server; the message says what to install.
    pub async fn new() -> Self {
        let server = Server::shared();
        let mut database = Self::on(server).await;
        database.drop_at = Some(server.superuser());
        database
    }

    /// Makes a database on a private server, with which it goes.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn on(server: &Server) -> Self {
        let name = format!("care_ledger_test_{:016x}", rand::random::<u64>());
        let create = include_str!("sql/create_database.sql").replace("NAME", &name);
        let admin = connect(&server.superuser().url()).await;
        let admin = admin.expect("the test server answers");
        let created = admin.batch_execute(&create).await;
        created.expect("the test server makes a database");
        Self {
            superuser: server.superuser().with_database(&name),
            others: server.anyone().with_database(&name),
            drop_at: None,
            name,
        }
    }

    /// Its name, which is also a free name for a ledger and a prefix for roles.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its URL for the superuser.
    #[must_use]
    pub fn url(&self) -> String {
        self.superuser.url()
    }

    /// Its URL for `role`, which a private server asks for no password.
    #[must_use]
    pub fn url_as(&self, role: &str) -> String {
        self.others.with_role(role).url()
    }

    /// Connects as the superuser.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn connect(&self) -> Client {
        let client = connect(&self.url()).await;
        client.expect("the test server answers")
    }

    /// Ends every connection but its own.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn end_sessions(&self) {
        let client = self.connect().await;
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let _ended = client.query(sql, &[]).await.unwrap();
    }

    /// Lets whoever connects from now on only read, or write again.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn only_reads(&self, is_so: bool) {
        let (name, value) = (&self.name, if is_so { "on" } else { "off" });
        let alter = format!("ALTER DATABASE {name} SET default_transaction_read_only = {value}");
        let client = self.connect().await;
        // A transaction of its own: the one that says it may still only read.
        for sql in ["SET default_transaction_read_only = off", &alter] {
            client.batch_execute(sql).await.unwrap();
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(server) = self.drop_at.take() else {
            return;
        };
        let name = self.name.clone();
        let dropped = on_own_thread(async move {
            let dropped = drop_database(&server.url(), &name).await;
            dropped.map_err(|error| format!("the test database {name} stays: {error}"))
        });
        match dropped {
            Err(why) if thread::panicking() => eprintln!("{why}"),
            other => other.unwrap_or_else(|why| panic!("{why}")),
        }
    }
}

/// Drops a database, whoever is connected to it, and then the roles named after it.
async fn drop_database(server: &str, name: &str) -> Result<(), tokio_postgres::Error> {
    let admin = connect(server).await?;
    let drop_database = include_str!("sql/drop_database.sql").replace("NAME", name);
    admin.batch_execute(&drop_database).await?;
    let roles = include_str!("sql/roles_of_database.sql");
    for role in admin.query(roles, &[&name]).await? {
        let drop_role = include_str!("sql/drop_role.sql").replace("NAME", role.get(0));
        admin.batch_execute(&drop_role).await?;
    }
    Ok(())
}
