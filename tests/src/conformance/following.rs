//! Promises about following the log.

use std::time::Duration;

use futures::StreamExt as _;
use ledger_core::id::{EventType, Position, Revision, StreamName};
use ledger_core::store::{
    Deliveries, Delivery, ExpectedRevision, Filter, Followed, NameFilter, NewEvent, Pattern,
    ReadAll, Subscription,
};

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
    let filter = Filter::of_types([wanted.clone()]);
    let mut follower = store.subscribe(Position::default(), filter).await.unwrap();

    for _ in 0..5 {
        let mut new = events(2);
        new[1] = NewEvent {
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

/// The next delivery.
async fn delivered(deliveries: &mut Deliveries) -> Delivery {
    let next = tokio::time::timeout(PATIENCE, deliveries.next()).await;
    next.expect("a delivery in time").expect("no end").unwrap()
}

/// Deliveries up to the first that says that everything is delivered.
async fn until_caught_up(deliveries: &mut Deliveries) -> (Vec<Delivery>, Position) {
    let mut all = Vec::new();
    loop {
        match delivered(deliveries).await {
            Delivery::CaughtUp(at) => return (all, at),
            other @ (Delivery::Event(_) | Delivery::Checkpoint(_)) => all.push(other),
        }
    }
}

/// Positions of the events among deliveries.
fn positions(deliveries: &[Delivery]) -> Vec<u64> {
    let position = |delivery: &Delivery| match delivery {
        Delivery::Event(event) => Some(event.position.get()),
        Delivery::Checkpoint(_) | Delivery::CaughtUp(_) => None,
    };
    deliveries.iter().filter_map(position).collect()
}

pub async fn a_follower_of_a_stream_gets_its_events_alone(backend: &dyn Backend) {
    let store = backend.open().await;
    let followed = |after| Followed::Stream {
        stream: StreamName::new("a-1").unwrap(),
        after,
    };
    let mut early = store.follow(followed(None)).await.unwrap();
    assert_eq!(
        until_caught_up(&mut early).await.0,
        [],
        "it waits for a stream that is not there"
    );
    for _ in 0..3 {
        append(&*store, "a-1", ExpectedRevision::Any, events(2)).await;
        append(&*store, "a-2", ExpectedRevision::Any, events(2)).await;
    }
    let mut late = store
        .follow(followed(Some(Revision::new(1))))
        .await
        .unwrap();

    let mut seen = Vec::new();
    while seen.len() < 6 {
        seen.extend(positions(&[delivered(&mut early).await]));
    }
    assert_eq!(seen, [1, 2, 5, 6, 9, 10]);
    let (found, _) = until_caught_up(&mut late).await;
    assert_eq!(positions(&found), [5, 6, 9, 10]);
    append(&*store, "a-1", ExpectedRevision::Any, events(1)).await;
    assert_eq!(positions(&[delivered(&mut late).await]), [13]);
}

pub async fn a_filtered_follower_can_be_taken_up_behind_each_checkpoint(backend: &dyn Backend) {
    // Pages of two look through a hundred events at a time.
    let store = backend.open_by_pages(2).await;
    for _ in 0..4 {
        append(&*store, "wanted-1", ExpectedRevision::Any, events(1)).await;
        append(&*store, "other-1", ExpectedRevision::Any, events(150)).await;
    }
    let filter = Filter::of_category("wanted");
    let followed = |after| Followed::Log {
        after,
        filter: filter.clone(),
    };
    let mut whole = store.follow(followed(Position::default())).await.unwrap();
    let (all, caught_up) = until_caught_up(&mut whole).await;
    assert_eq!(positions(&all), [1, 152, 303, 454]);
    assert_eq!(caught_up, Position::new(604));

    let (mut told, mut checkpoints) = (Position::default(), 0);
    for (index, delivery) in all.iter().enumerate() {
        let Delivery::Checkpoint(at) = delivery else {
            continue;
        };
        assert!(*at > told && at.get() <= 604, "{at} behind {told}");
        (told, checkpoints) = (*at, checkpoints + 1);
        let mut again = store.follow(followed(*at)).await.unwrap();
        let (rest, _) = until_caught_up(&mut again).await;
        assert_eq!(positions(&rest), positions(&all[index..]), "behind {at}");
    }
    assert_eq!(told, Position::new(604), "the end of the log is told");
    assert!(checkpoints > 3, "some stand between the events");
}

/// Pages are read ahead while earlier ones are worked on; what is written in between must come, too.
pub async fn a_follower_that_catches_up_while_others_write_misses_nothing(backend: &dyn Backend) {
    let store = backend.open_by_pages(5).await;
    append(&*store, "a-1", ExpectedRevision::Any, events(60)).await;
    let none = Filter {
        types: None,
        streams: Some(NameFilter::Pattern(Pattern::new("^(?!b)").unwrap())),
    };
    for filter in [Filter::default(), none] {
        let before = store.head().await.unwrap().position.get();
        let log = Followed::Log {
            after: Position::default(),
            filter,
        };
        let mut follower = store.follow(log).await.unwrap();
        let mut seen = Vec::new();
        let mut written = before;
        while seen.last() != Some(&(before + 40)) {
            seen.extend(positions(&[delivered(&mut follower).await]));
            // Towards the end of what there was, so that the last pages are read ahead by now.
            if seen.last().copied().unwrap_or(0) + 12 > before && written < before + 40 {
                append(&*store, "a-1", ExpectedRevision::Any, events(2)).await;
                written += 2;
            }
        }
        assert_eq!(seen, (1..=before + 40).collect::<Vec<_>>());
    }
}

/// A page that was read ahead and came to the end of the log is read anew.
pub async fn a_reader_by_pages_sees_what_was_written_meanwhile(backend: &dyn Backend) {
    let store = backend.open_by_pages(5).await;
    append(&*store, "a-1", ExpectedRevision::Any, events(18)).await;
    let mut read = ReadAll::after(Position::default());
    let mut seen = 0;
    loop {
        let page = store.read_all(&read).await.unwrap();
        seen += page.events.len();
        if seen == 15 {
            // The page to come is on its way by now, or there.
            tokio::time::sleep(Duration::from_millis(50)).await;
            append(&*store, "a-1", ExpectedRevision::Any, events(4)).await;
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => break,
        }
    }
    assert_eq!(seen, 22);
}

pub async fn a_follower_tells_when_it_has_caught_up(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::Any, events(3)).await;
    let log = Followed::Log {
        after: Position::default(),
        filter: Filter::default(),
    };
    let mut follower = store.follow(log).await.unwrap();

    let (all, at) = until_caught_up(&mut follower).await;
    assert_eq!((positions(&all), at.get()), (vec![1, 2, 3], 3));
    assert_eq!(
        all.len(),
        3,
        "without a filter events are checkpoints enough"
    );
    append(&*store, "a-1", ExpectedRevision::Any, events(1)).await;
    assert_eq!(positions(&[delivered(&mut follower).await]), [4]);
}
