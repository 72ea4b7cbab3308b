//! Promises about following the log.

use std::time::Duration;

use futures::StreamExt as _;
use ledger_core::id::{EventType, Position};
use ledger_core::store::{ExpectedRevision, Filter, Subscription};

use super::{Backend, append, event, events};

/// Longest wait for an event that must come; far beyond any poll.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) async fn take(subscription: &mut Subscription, count: usize) -> Vec<u64> {
    let mut positions = Vec::with_capacity(count);
    while positions.len() < count {
        let next = tokio::time::timeout(PATIENCE, subscription.next()).await;
        let event = next.expect("an event in time").expect("no end").unwrap();
        positions.push(event.position.get());
    }
    positions
}

pub async fn a_follower_gets_what_is_there_and_what_comes(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::Any, events(3)).await;
    let mut follower = store
        .subscribe(Position::new(1), Filter::default())
        .await
        .unwrap();

    assert_eq!(take(&mut follower, 2).await, [2, 3]);
    append(&*store, "a-1", ExpectedRevision::Any, events(2)).await;
    assert_eq!(take(&mut follower, 2).await, [4, 5]);
}

pub async fn a_follower_hears_of_another_opening(backend: &dyn Backend) {
    let (reader, writer) = (backend.open().await, backend.open().await);
    let mut follower = reader
        .subscribe(Position::default(), Filter::default())
        .await
        .unwrap();

    for n in 1..=3 {
        append(&*writer, "a-1", ExpectedRevision::Any, events(1)).await;
        assert_eq!(take(&mut follower, 1).await, [n]);
    }
}

pub async fn a_follower_with_a_filter_misses_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    let wanted = EventType::new("wanted").unwrap();
    let filter = Filter {
        types: Some(vec![wanted.clone()]),
        stream_prefix: None,
    };
    let mut follower = store.subscribe(Position::default(), filter).await.unwrap();

    for _ in 0..5 {
        let mut new = events(2);
        new[1] = ledger_core::store::NewEvent {
            event_type: wanted.clone(),
            ..event(b"")
        };
        append(&*store, "a-1", ExpectedRevision::Any, new).await;
    }

    assert_eq!(take(&mut follower, 5).await, [2, 4, 6, 8, 10]);
}

pub async fn followers_of_two_openings_get_the_same_order(backend: &dyn Backend) {
    let openings = [backend.open().await, backend.open().await];
    let mut followers = Vec::new();
    for opening in &openings {
        let follower = opening.subscribe(Position::default(), Filter::default());
        followers.push(follower.await.unwrap());
    }

    let write = async |opening: usize| {
        for _ in 0..20 {
            append(&*openings[opening], "a-1", ExpectedRevision::Any, events(3)).await;
        }
    };
    let [first, second] = &mut followers[..] else {
        unreachable!("two openings")
    };
    let ((), (), seen, also_seen) =
        futures::join!(write(0), write(1), take(first, 120), take(second, 120));

    assert_eq!(seen, (1..=120).collect::<Vec<_>>());
    assert_eq!(also_seen, seen);
}
