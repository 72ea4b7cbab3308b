//! Three workers share eight partitions, as tasks and as processes that are killed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use ledger_projections::consumer::LEASES;
use ledger_tests::conformance::read_log;
use ledger_tests::consuming::{
    Noting, Running, assert_once_in_order, consumer, handled, make_table, pace, until,
};
use ledger_tests::ledger::TestLedger;
use ledger_tests::torture::{Seed, Worker, address_of};
use tokio::task::block_in_place;
use uuid::Uuid;

use super::{ENGINES, until_noted, write};
use crate::torture::worker;

const LEASE: Duration = Duration::from_millis(1_500);
/// Of the processes, in milliseconds.
const LEASE_SHORT: u64 = 900;
/// How often two of three processes are killed, each time somewhere in a batch or behind it.
const ROUNDS: usize = 6;

/// How many leases each worker has.
async fn shares(ledger: &TestLedger) -> BTreeMap<Uuid, usize> {
    let mut shares = BTreeMap::new();
    for held in ledger.store.leases().await.unwrap() {
        if held.name.starts_with(LEASES) {
            *shares.entry(held.holder).or_default() += 1;
        }
    }
    shares
}

#[tokio::test(flavor = "multi_thread")]
async fn three_workers_share_the_partitions_and_handle_each_event_once() {
    for engine in ENGINES {
        let ledger = TestLedger::new(engine).await;
        make_table(&ledger.views).await;
        let (address, mail) = (address_of(&ledger), consumer("mail", 8));
        let mut workers = Vec::new();
        for number in 0..3 {
            let noting = Arc::new(Noting::by(&number.to_string()));
            workers.push(Running::start(&address, &mail, pace(LEASE), noting).await);
            // The first ones hold everything when the last one comes.
            write(&ledger, "child", (20, 2)).await;
        }

        until("each holds two or three partitions", || {
            shares(&ledger).map(|shares| {
                shares.len() == 3 && shares.values().all(|count| (2..=3).contains(count))
            })
        })
        .await;
        write(&ledger, "child", (40, 5)).await;
        let log = read_log(&*ledger.store).await;
        until_noted(&ledger.views, log.len()).await;
        for worker in workers {
            worker.stop().await.unwrap();
        }

        assert_once_in_order(&handled(&ledger.views).await, &log);
        assert_eq!(shares(&ledger).await, BTreeMap::new(), "all is given back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_of_one_name_still_handle_each_event_once() {
    for engine in ENGINES {
        let ledger = TestLedger::new(engine).await;
        make_table(&ledger.views).await;
        let (address, mail) = (address_of(&ledger), consumer("mail", 2));
        let mut workers = Vec::new();
        for number in 0..2 {
            let noting = Arc::new(Noting::by(&number.to_string()));
            let holder = Uuid::from_u128(7);
            workers.push(Running::named(holder, &address, (&mail, pace(LEASE)), noting).await);
        }
        write(&ledger, "child", (20, 5)).await;
        let log = read_log(&*ledger.store).await;
        until_noted(&ledger.views, log.len()).await;
        for worker in workers {
            worker.stop().await.unwrap();
        }

        assert_once_in_order(&handled(&ledger.views).await, &log);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_killed_workers_held_is_taken_over_without_loss_or_repetition() {
    for engine in ENGINES {
        let mut seed = Seed::of_environment("consumers");
        let ledger = TestLedger::new(engine).await;
        make_table(&ledger.views).await;
        let address = address_of(&ledger);
        let lease = LEASE_SHORT.to_string();
        let start = || Worker::start(&mut worker(&["consume", &address, "mail", &lease]), |_| {});
        let mut workers = [(); 3].map(|()| start());
        for round in 0..ROUNDS {
            write(&ledger, "child", (30, 2)).await;
            // Somewhere within the batches of this round.
            let written = read_log(&*ledger.store).await.len();
            until_noted(&ledger.views, written - 60).await;
            tokio::time::sleep(seed.millis(0, 20)).await;
            // One is left, and two come anew.
            block_in_place(|| {
                for killed in [round % 3, (round + 1) % 3] {
                    workers[killed].kill();
                    workers[killed] = start();
                }
            });
        }
        // What killed ones held runs out, as the place in the queue that one of them may have had.
        tokio::time::sleep(Duration::from_millis(LEASE_SHORT)).await;
        write(&ledger, "child", (30, 1)).await;

        let log = read_log(&*ledger.store).await;
        until_noted(&ledger.views, log.len()).await;
        block_in_place(|| {
            for worker in &mut workers {
                assert!(worker.finish(Duration::from_mins(1)));
            }
        });

        assert_once_in_order(&handled(&ledger.views).await, &log);
        assert_eq!(shares(&ledger).await, BTreeMap::new(), "all is given back");
    }
}
