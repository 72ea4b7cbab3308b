//! What a grown ledger's table of events and its two indexes take on the disk.

use ledger_tests::database::TestDatabase;
use tokio_postgres::Client;

/// Bytes.
#[derive(Clone, Copy)]
pub(super) struct Disk {
    table: i64,
    positions: i64,
    streams: i64,
}

impl Disk {
    pub(super) async fn of(client: &Client, database: &TestDatabase) -> Self {
        let sql = include_str!("../sql/grown_disk.sql");
        let row = client.query_one(sql, &[&database.name()]).await.unwrap();
        Self {
            table: row.get(0),
            positions: row.get(1),
            streams: row.get(2),
        }
    }

    /// The table, the index by position and the index by stream and revision.
    pub(super) fn per_event(self, events: usize) -> [f64; 3] {
        [self.table, self.positions, self.streams].map(|bytes| bytes as f64 / events as f64)
    }
}
