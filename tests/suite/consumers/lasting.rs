//! Checkpoints outlast the process: with a filter, over a restart, until the consumer is removed.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ledger_core::store::{Filter, StoredEvent};
use ledger_projections::consumer::{
    Consumer, ConsumerError, PartitionState, Partitions, define, remove, states,
};
use ledger_projections::views::{Statement, Views};
use ledger_tests::conformance::read_log;
use ledger_tests::consuming::{
    Noting, Running, assert_once_in_order, consumer, handled, make_table, pace, views_at,
};
use ledger_tests::ledger::TestLedger;
use ledger_tests::program::Place;
use ledger_tests::torture::address_of;
use uuid::Uuid;

use super::{ENGINES, head, until_noted, until_states, write};

const LEASE: Duration = Duration::from_secs(5);

/// Works until every checkpoint is at the head; answers how many events were handed over.
async fn work(ledger: &TestLedger, consumer: &Consumer) -> usize {
    let noting = Arc::new(Noting::by("one"));
    let handed = Arc::clone(&noting.handed);
    let worker = Running::start(&address_of(ledger), consumer, pace(LEASE), noting).await;
    let head = head(ledger).await;
    until_states("all is handled or skipped", &ledger.views, |all| {
        let there = |state: &PartitionState| state.position == head;
        !all.is_empty() && all.iter().all(there)
    })
    .await;
    worker.stop().await.unwrap();
    handed.load(Ordering::SeqCst)
}

async fn of_children(ledger: &TestLedger) -> Vec<StoredEvent> {
    let mut log = read_log(&*ledger.store).await;
    log.retain(|event| event.stream.category() == Some("child"));
    log
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_leaves_out_the_rest_and_a_restart_handles_nothing_again() {
    for engine in ENGINES {
        let ledger = TestLedger::new(engine).await;
        make_table(&ledger.views).await;
        let mail = Consumer {
            filter: Filter::of_category("child"),
            ..consumer("mail", 4)
        };
        write(&ledger, "child", (6, 3)).await;
        write(&ledger, "facility", (6, 3)).await;
        let first = of_children(&ledger).await.len();

        assert_eq!(work(&ledger, &mail).await, first);
        assert_eq!(work(&ledger, &mail).await, 0, "nothing is handled again");
        write(&ledger, "child", (6, 1)).await;
        write(&ledger, "facility", (2, 1)).await;
        let all = of_children(&ledger).await;
        assert_eq!(work(&ledger, &mail).await, all.len() - first);

        assert_once_in_order(&handled(&ledger.views).await, &all);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_number_of_partitions_is_refused_until_the_consumer_is_removed() {
    for engine in ENGINES {
        let ledger = TestLedger::new(engine).await;
        make_table(&ledger.views).await;
        write(&ledger, "child", (3, 1)).await;
        let (four, eight) = (consumer("mail", 4), Partitions::new(8).unwrap());
        let (views, name) = (&ledger.views, &four.name);
        let remover = Uuid::from_u128(9);
        let address = address_of(&ledger);
        let noting = Arc::new(Noting::by("one"));
        let worker = Running::start(&address, &four, pace(LEASE), noting).await;
        until_noted(views, read_log(&*ledger.store).await.len()).await;

        let refused = define(views, name, eight).await.unwrap_err();
        let in_use = remove(&*ledger.store, views, remover, name).await;

        assert_eq!(
            refused.to_string(),
            "consumer mail was made with 4 partitions and cannot have 8: ask for 4, or remove it and make it anew"
        );
        let Err(ConsumerError::InUse { holder, .. }) = in_use else {
            panic!("{in_use:?}");
        };
        assert_eq!(holder, worker.holder);
        worker.stop().await.unwrap();

        remove(&*ledger.store, views, remover, name).await.unwrap();

        assert_eq!(states(views).await.unwrap(), []);
        let gone = remove(&*ledger.store, views, remover, name).await;
        assert!(matches!(gone, Err(ConsumerError::Unknown(_))), "{gone:?}");
        define(views, name, eight).await.unwrap();
        assert_eq!(states(views).await.unwrap().len(), 8);
        assert_eq!(ledger.store.leases().await.unwrap(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_whose_consumer_goes_away_ends_and_says_so() {
    for engine in ENGINES {
        let ledger = TestLedger::new(engine).await;
        make_table(&ledger.views).await;
        let mail = consumer("mail", 2);
        let noting = Arc::new(Noting::by("one"));
        let worker = Running::start(&address_of(&ledger), &mail, pace(LEASE), noting).await;
        write(&ledger, "child", (3, 1)).await;
        until_noted(&ledger.views, read_log(&*ledger.store).await.len()).await;

        // Behind its back, as no program does.
        let drop = |table: &str| Statement::on(0, &format!("DELETE FROM {table}"), Vec::new());
        let drops = ["consumer", "consumer_partition"].map(drop).to_vec();
        ledger.views.write(drops).await.unwrap();
        write(&ledger, "child", (3, 1)).await;

        let ended = worker.ended().await.unwrap_err();
        assert!(matches!(ended, ConsumerError::Removed(_)), "{ended:?}");
    }
}

/// Marks a partition as one that an event stops.
async fn stop_one(views: &Views) {
    let sql = "UPDATE consumer_partition SET epoch = 3, position = 6, fault_position = 7, \
               fault = 'the address is unknown' WHERE part = 1";
    let mark = Statement::on(0, sql, Vec::new());
    views.write(vec![mark]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn status_lists_consumers_where_there_are_any() {
    for engine in ENGINES {
        let place = Place::initialised(engine).await;
        let none = place.run(&["status", "--json"]).await.done().json();
        assert_eq!(none["consumers"], serde_json::json!([]));
        let views = views_at(&place.options()[1]);
        let mail = consumer("mail-out", 2);
        define(&views, &mail.name, mail.partitions).await.unwrap();
        stop_one(&views).await;

        let found = place.run(&["status", "--json"]).await.done().json();
        let ja = place.run(&["status"]).await.done().out;
        let en = place.run(&["status", "--lang", "en"]).await.done().out;

        let lag = |position: u64| found["position"].as_u64().unwrap().saturating_sub(position);
        let fault = serde_json::json!({"position": 7, "what": "the address is unknown"});
        let row = |partition: u8, epoch: u64, position: u64, fault: serde_json::Value| {
            serde_json::json!({
                "consumer": "mail-out", "partition": partition, "position": position,
                "lag": lag(position), "holder": null, "epoch": epoch, "fault": fault,
            })
        };
        let rows = [row(0, 0, 0, serde_json::Value::Null), row(1, 3, 6, fault)];
        assert_eq!(found["consumers"], serde_json::json!(rows));
        let line = format!(
            "連携処理 mail-out 区画1: 位置6（遅れ {}） 担当なし 位置7の記録で停止: the address is unknown\n",
            lag(6)
        );
        assert!(
            ja.contains(&line) && ja.contains("自動でやり直します"),
            "{ja}"
        );
        assert!(
            en.contains("held by nobody, stopped by the event at position 7: the address"),
            "{en}"
        );
    }
}
