//! Kept projections on a server that crashes: what they had written last may be gone, and is made again.

use std::sync::Arc;

use futures::future::join;
use ledger_core::task;
use ledger_projections::catch_up::catch_up;
use ledger_projections::generation::generations;
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::server::Server;
use ledger_tests::torture::Seed;
use tokio::task::block_in_place;

use crate::views::{is_what_the_log_makes, register};

const ROUNDS: u32 = 6;
const PERSONS: u32 = 40;

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_of_the_server_takes_no_row_without_its_checkpoint() {
    let (server, mut seed) = (Server::start_private(), Seed::of_environment("views"));
    let ledger = Arc::new(TestLedger::on(&server).await);
    let mut taken = 0;
    for round in 0..ROUNDS {
        register(&ledger, round * PERSONS..(round + 1) * PERSONS).await;
        let head = ledger.store.head().await.unwrap().position;
        let work = task::run({
            let ledger = Arc::clone(&ledger);
            async move { catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {}).await }
        });
        let crash = async {
            // In the middle of it, or right behind its end.
            tokio::time::sleep(seed.millis(0, 60)).await;
            block_in_place(|| {
                server.kill();
                server.start();
            });
        };
        // Done, or broken off with its connection.
        let (done, ()) = join(work, crash).await;
        let broken_off = done.unwrap().is_err();
        let written = generations(&ledger.views).await.unwrap();
        let behind = written.iter().any(|one| one.position < head);
        taken += u32::from(broken_off || behind || written.is_empty());

        catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {})
            .await
            .unwrap();
        is_what_the_log_makes(&ledger).await;
    }
    assert!(taken > 0, "no crash took anything away");
}

/// What the log acknowledges is on the disk (`postgres_server.rs`); the views need not be.
#[tokio::test(flavor = "multi_thread")]
async fn commits_of_the_views_do_not_wait_for_the_disk() {
    let ledger = TestLedger::new(Engine::Postgres).await;
    let asked = "SELECT current_setting('synchronous_commit')";
    let rows = ledger.views.query(0, asked, Vec::new()).await.unwrap();
    assert_eq!(rows[0].text(0).unwrap(), "off");
}
