//! Works on a consumer of eight partitions and notes what it handles. Arguments: the consumer's name, and
//! how many milliseconds a lease lasts.

use std::sync::Arc;
use std::time::Duration;

use ledger_projections::consumer::Worker;
use ledger_tests::consuming::{Noting, consumer, pace, views_at};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{ending, opened, pause};

/// How long an event takes, so that a kill meets a batch in the making.
const EACH: Duration = Duration::from_millis(1);

pub(crate) async fn run(address: &str, name: &str, millis: &str) {
    let (ended, store) = (ending(), opened(address).await);
    let id = std::process::id();
    let worker = Worker {
        store: Arc::clone(&store.store),
        views: views_at(address),
        holder: Uuid::from_u64_pair(u64::from(id), ledger_tests::torture::now_nanos()),
        consumer: consumer(name, 8),
        pace: pace(Duration::from_millis(millis.parse().unwrap())),
    };
    let mut noting = Noting::by(&id.to_string());
    noting.pause = EACH;
    let (stop, stopped) = watch::channel(false);
    let stopping = async {
        while !ended.load(std::sync::atomic::Ordering::SeqCst) {
            pause().await;
        }
        stop.send_replace(true);
    };
    let (ran, ()) = tokio::join!(worker.run(&noting, stopped), stopping);
    ran.unwrap();
}
