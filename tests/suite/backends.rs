//! Every promise of the store, for every backend.

use std::sync::Arc;

use ledger_core::id::LedgerId;
use ledger_core::store::Limits;
use ledger_core::store::sqlite::SqliteStore;
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{Backend, OpenStore, Opening};
use ledger_tests::samples;

struct Sqlite {
    folder: tempfile::TempDir,
}

impl Sqlite {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        SqliteStore::create(
            &folder.path().join("log.db"),
            LedgerId::new(samples::uuid(1)),
        )
        .unwrap();
        Self { folder }
    }
}

impl Backend for Sqlite {
    fn open_at(&self, clock: FixedClock) -> Opening<'_> {
        Box::pin(async move {
            let path = self.folder.path().join("log.db");
            let (store, background) =
                SqliteStore::open(&path, Arc::new(clock), Limits::default()).unwrap();
            OpenStore::new(Arc::new(store), background)
        })
    }
}

ledger_tests::conformance!(sqlite, async { Sqlite::new() });
