//! Promises about many writers at once, in one process and in several.

use std::time::Duration;

use futures::future::join_all;
use ledger_core::id::Position;
use ledger_core::store::{Append, AppendError, ExpectedRevision, Filter, Lease};
use uuid::Uuid;

use super::following::take;
use super::{Backend, OpenStore, append, at, events, exact, read_log, stream};

const WRITERS: usize = 8;
const APPENDS: usize = 25;

async fn write(store: &OpenStore, writer: usize) {
    for _ in 0..APPENDS {
        let name = format!("stream-{}", writer % 5);
        append(&**store, &name, ExpectedRevision::Any, events(2)).await;
    }
}

fn every_position() -> Vec<u64> {
    (1..=u64::try_from(WRITERS * APPENDS * 2).unwrap()).collect()
}

pub async fn eight_writers_and_a_follower_miss_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut follower = store
        .subscribe(Position::default(), Filter::default())
        .await
        .unwrap();

    let writers = join_all((0..WRITERS).map(|writer| write(&store, writer)));
    let reading = take(&mut follower, WRITERS * APPENDS * 2);
    let (_, seen) = futures::join!(writers, reading);

    assert_eq!(seen, every_position());
}

pub async fn two_openings_write_at_once(backend: &dyn Backend) {
    let openings = [backend.open().await, backend.open().await];
    let mut follower = openings[0]
        .subscribe(Position::default(), Filter::default())
        .await
        .unwrap();

    let writers = join_all((0..WRITERS).map(|writer| write(&openings[writer % 2], writer)));
    let reading = take(&mut follower, WRITERS * APPENDS * 2);
    let (_, seen) = futures::join!(writers, reading);

    assert_eq!(seen, every_position());
    let log = read_log(&*openings[1]).await;
    let mut next = std::collections::HashMap::new();
    for event in &log {
        let revision = next.entry(event.stream.clone()).or_insert(0);
        assert_eq!(
            event.revision.get(),
            *revision,
            "revisions are dense in {}",
            event.stream
        );
        *revision += 1;
    }
    assert_eq!(
        openings[0].head().await.unwrap(),
        openings[1].head().await.unwrap()
    );
}

pub async fn what_another_opening_wrote_is_expected_at_once(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    append(&*one, "a-1", ExpectedRevision::NoStream, events(1)).await;
    append(&*other, "a-1", exact(0), events(1)).await;

    let next = append(&*one, "a-1", exact(1), events(1)).await;
    let refused = other
        .append(Append::to(stream("a-1"), exact(1), events(1)))
        .await;

    assert_eq!(next.position.get(), 3);
    assert!(matches!(refused, Err(AppendError::Conflict { actual, .. }) if actual == at(2)));
}

pub async fn one_caller_is_written_in_its_order(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut pending = Vec::new();
    for n in 0..200_usize {
        let name = format!("stream-{}", n % 7);
        let append = Append::to(stream(&name), ExpectedRevision::Any, events(1));
        pending.push(store.submit(append).await.unwrap());
    }

    let mut positions = Vec::new();
    for appended in pending {
        positions.push(appended.wait().await.unwrap().position.get());
    }

    assert_eq!(positions, (1..=200).collect::<Vec<_>>());
}

pub async fn an_append_whose_caller_left_is_still_written(backend: &dyn Backend) {
    let store = backend.open().await;
    let left = Append::to(stream("a-1"), ExpectedRevision::NoStream, events(2));

    drop(store.submit(left.clone()).await.unwrap());
    let after = append(&*store, "b-1", ExpectedRevision::NoStream, events(1)).await;
    let repeated = store.append(left).await.unwrap();

    assert_eq!(after.position.get(), 3);
    assert!(repeated.repeated);
    assert_eq!(repeated.position.get(), 2);
}

pub async fn an_append_after_the_writers_end_is_told_so(backend: &dyn Backend) {
    let mut store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    store.end().await;
    let late = store
        .append(Append::to(stream("a-1"), exact(0), events(1)))
        .await;

    assert!(matches!(late, Err(AppendError::Closed)), "{late:?}");
    assert_eq!(read_log(&*store).await.len(), 1, "reading goes on");
}

/// Everybody takes the revision after the newest one that they know, as commands do.
pub async fn writers_of_one_stream_win_each_revision_once(backend: &dyn Backend) {
    let openings = [backend.open().await, backend.open().await];
    let write = async |writer: usize| {
        let (store, mut wins) = (&openings[writer % 2], 0_usize);
        let mut expected = ExpectedRevision::NoStream;
        while wins < 10 {
            let append = Append::to(stream("a-1"), expected, events(1));
            expected = match store.append(append).await {
                Ok(appended) => {
                    wins += 1;
                    appended.streams[0].revision.into()
                },
                Err(AppendError::Conflict { actual, .. }) => actual.into(),
                Err(error) => panic!("{error}"),
            };
        }
    };

    join_all((0..4).map(write)).await;

    let revisions: Vec<u64> = super::read_stream(&*openings[0], "a-1")
        .await
        .iter()
        .map(|event| event.revision.get())
        .collect();
    assert_eq!(revisions, (0..40).collect::<Vec<_>>());
}

pub async fn a_lease_has_one_holder_at_a_time(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let long = Duration::from_mins(10);

    assert_eq!(
        one.take_lease("import", a, long).await.unwrap(),
        Lease::Held { epoch: 1 }
    );
    assert_eq!(
        one.take_lease("import", a, long).await.unwrap(),
        Lease::Held { epoch: 1 }
    );
    let refused = other.take_lease("import", b, long).await.unwrap();
    assert!(matches!(refused, Lease::HeldByAnother { left } if left > Duration::from_secs(500)));
    assert_eq!(
        other.take_lease("else", b, long).await.unwrap(),
        Lease::Held { epoch: 1 }
    );
    let listed = other.leases().await.unwrap();
    let named: Vec<(&str, Uuid, u64)> = listed
        .iter()
        .map(|held| (held.name.as_str(), held.holder, held.epoch))
        .collect();
    assert_eq!(named, [("else", b, 1), ("import", a, 1)]);

    one.take_lease("import", a, Duration::ZERO).await.unwrap();
    assert_eq!(
        other.take_lease("import", b, long).await.unwrap(),
        Lease::Held { epoch: 2 }
    );
    other.release_lease("import", b).await.unwrap();
    other.release_lease("else", b).await.unwrap();
    assert_eq!(one.leases().await.unwrap(), []);
    assert_eq!(
        one.take_lease("import", a, long).await.unwrap(),
        Lease::Held { epoch: 3 },
        "a lease that was given back goes on counting"
    );
}
