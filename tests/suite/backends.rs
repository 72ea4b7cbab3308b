//! Every promise of the store, for every backend.

use std::sync::Arc;

use ledger_core::id::LedgerId;
use ledger_core::store::postgres::{Address, LedgerName, PostgresStore, create};
use ledger_core::store::sqlite::{Opened, SqliteStore};
use ledger_core::store::{Limits, Observed, Traced};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{Backend, OpenStore, Opening};
use ledger_tests::database::TestDatabase;
use ledger_tests::samples;

pub(crate) struct Sqlite {
    folder: tempfile::TempDir,
}

impl Sqlite {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        SqliteStore::create(
            &folder.path().join("log.db"),
            LedgerId::new(samples::uuid(1)),
        )
        .unwrap();
        Self { folder }
    }

    fn parts(&self, clock: FixedClock, limits: Limits) -> Opened<SqliteStore> {
        let path = self.folder.path().join("log.db");
        SqliteStore::open(&path, Arc::new(clock), limits).unwrap()
    }
}

impl Backend for Sqlite {
    fn open_with(&self, clock: FixedClock, limits: Limits) -> Opening<'_> {
        Box::pin(async move {
            let (store, background) = self.parts(clock, limits);
            OpenStore::new(Arc::new(store), background)
        })
    }
}

/// SQLite behind the decorators that the program puts before every store.
struct TracedSqlite(Sqlite);

impl Backend for TracedSqlite {
    fn open_with(&self, clock: FixedClock, limits: Limits) -> Opening<'_> {
        Box::pin(async move {
            let (store, background) = self.0.parts(clock, limits);
            let observed = Observed::new(store, Arc::new(()));
            OpenStore::new(Arc::new(Traced::new(observed)), background)
        })
    }
}

pub(crate) struct Postgres {
    database: TestDatabase,
}

impl Postgres {
    pub(crate) async fn new() -> Self {
        let database = TestDatabase::new().await;
        let role = LedgerName::new(&format!("{}_app", database.name())).unwrap();
        let address = Self::address(&database, &database.url());
        create(&address, LedgerId::new(samples::uuid(1)), &role)
            .await
            .unwrap();
        Self { database }
    }

    fn address(database: &TestDatabase, url: &str) -> Address {
        let mark = if url.contains('?') { '&' } else { '?' };
        format!("{url}{mark}ledger={}", database.name())
            .parse()
            .unwrap()
    }
}

impl Backend for Postgres {
    fn open_with(&self, clock: FixedClock, limits: Limits) -> Opening<'_> {
        Box::pin(async move {
            let role = format!("{}_app", self.database.name());
            let address = Self::address(&self.database, &self.database.url_as(&role));
            let opened = PostgresStore::open(address, Arc::new(clock), limits).await;
            let (store, background) = opened.unwrap();
            assert!(!store.is_elevated());
            OpenStore::new(Arc::new(store), background)
        })
    }
}

ledger_tests::conformance!(postgres, Postgres::new());
ledger_tests::conformance!(sqlite, async { Sqlite::new() });
ledger_tests::conformance!(traced, async { TracedSqlite(Sqlite::new()) });
