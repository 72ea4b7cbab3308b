//! A whole ledger for a test: log, views, keys and codec, on either engine.

use std::path::PathBuf;
use std::sync::Arc;

use ledger_core::event::Codec;
use ledger_core::id::LedgerId;
use ledger_core::seal::{CachedKeys, KeyEncryptionKey, KeyStore, Sealer, SqliteKeys, SystemRandom};
use ledger_core::store::postgres::{Address, LedgerName, PostgresStore, create};
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{LedgerStore, Limits};
use ledger_projections::facts::FactReader;
use ledger_projections::views::Views;

use crate::clock::FixedClock;
use crate::conformance::OpenStore;
use crate::database::TestDatabase;
use crate::samples;
use crate::server::Server;

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The production one.
    Postgres,
}

/// A ledger of its own, gone with its files and its database when it is dropped.
pub struct TestLedger {
    /// The log.
    pub store: OpenStore,
    /// The kept projections.
    pub views: Views,
    /// Seals and opens.
    pub codec: Codec,
    /// The keys behind it.
    pub keys: Arc<dyn KeyStore>,
    /// Its clock, at first at 2024-04-01T00:00:00Z.
    pub clock: FixedClock,
    /// Its id.
    pub id: LedgerId,
    folder: tempfile::TempDir,
    /// Dropped last: the store's connections go first.
    database: Option<TestDatabase>,
}

impl TestLedger {
    /// Reads its kept facts, and remembers none.
    #[must_use]
    pub fn facts(&self) -> FactReader {
        FactReader::once(self.views.clone())
    }

    /// A new, empty ledger.
    pub async fn new(engine: Engine) -> Self {
        Self::of(match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(TestDatabase::new().await),
        })
        .await
    }

    /// A new, empty ledger on a server of the test's own.
    pub async fn on(server: &Server) -> Self {
        Self::of(Some(TestDatabase::on(server).await)).await
    }

    async fn of(database: Option<TestDatabase>) -> Self {
        let (folder, id) = (
            tempfile::tempdir().unwrap(),
            LedgerId::new(samples::uuid(1)),
        );
        let clock = FixedClock::at("2024-04-01T00:00:00Z");
        let (store, views) = match &database {
            None => {
                let path = folder.path().join("log.db");
                SqliteStore::create(&path, id).unwrap();
                let opened = SqliteStore::open(&path, Arc::new(clock.clone()), Limits::default());
                let (store, background) = opened.unwrap();
                (
                    OpenStore::new(Arc::new(store), background),
                    Views::sqlite(&path).unwrap(),
                )
            },
            Some(database) => {
                let address = postgres(database, id).await;
                let views = Views::postgres(&address).unwrap();
                let clock = Arc::new(clock.clone());
                let opened = PostgresStore::open(address, clock, Limits::default()).await;
                let (store, background) = opened.unwrap();
                (OpenStore::new(Arc::new(store), background), views)
            },
        };
        let keys = keys(
            folder.path().join("log.keys"),
            folder.path().join("log.kek"),
            id,
        )
        .await;
        let codec = Codec::new(Sealer::new(id, Arc::clone(&keys), Arc::new(SystemRandom)));
        Self {
            store,
            views,
            codec,
            keys,
            clock,
            id,
            folder,
            database,
        }
    }

    /// The log, shared.
    #[must_use]
    pub fn shared(&self) -> Arc<dyn LedgerStore> {
        Arc::clone(&self.store.store)
    }

    /// A folder that goes with the ledger.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Its database, on PostgreSQL.
    #[must_use]
    pub const fn database(&self) -> Option<&TestDatabase> {
        self.database.as_ref()
    }
}

/// Makes a ledger in a database and gives its address for the app's role.
pub async fn postgres(database: &TestDatabase, id: LedgerId) -> Address {
    let role = format!("{}_app", database.name());
    let address = address(database, &database.url());
    create(&address, id, &LedgerName::new(&role).unwrap())
        .await
        .unwrap();
    self::address(database, &database.url_as(&role))
}

/// The address of a database's ledger through a login.
#[must_use]
pub fn address(database: &TestDatabase, url: &str) -> Address {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}ledger={}", database.name())
        .parse()
        .unwrap()
}

async fn keys(path: PathBuf, kek: PathBuf, id: LedgerId) -> Arc<dyn KeyStore> {
    let kek = KeyEncryptionKey::create(&kek, id, &SystemRandom).unwrap();
    let keys = SqliteKeys::create_file(&path, kek, Arc::new(SystemRandom))
        .await
        .unwrap();
    Arc::new(CachedKeys::new(Arc::new(keys)))
}
