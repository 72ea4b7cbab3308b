//! Follows the log and says position and id of each event. Argument: the position after which it goes
//! on. What breaks a subscription is no end: it subscribes again from where it is.

use futures::StreamExt as _;
use ledger_core::id::Position;
use ledger_core::store::Filter;

use crate::{ending, opened, pause, say};

pub(crate) async fn run(address: &str, from: &str) {
    let _ended = ending();
    let store = opened(address).await;
    let mut at = Position::new(from.parse().unwrap());
    loop {
        let events = store.subscribe(at, Filter::default()).await;
        let Ok(mut events) = events else {
            pause().await;
            continue;
        };
        while let Some(Ok(event)) = events.next().await {
            say(&format!("{} {}", event.position, event.id));
            at = event.position;
        }
        pause().await;
    }
}
