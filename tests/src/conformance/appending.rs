//! Promises about appending: revisions, positions, expectations, limits, time and the tree.

use bytes::Bytes;
use ledger_core::proof::{Frontier, Hash, Leaf};
use ledger_core::store::{
    Append, AppendError, CurrentRevision, ExpectedRevision, Limits, StreamAppend, StreamCheck,
};

use super::{Backend, append, at, event, events, exact, read_log, read_stream, stream};
use crate::clock::FixedClock;

pub async fn the_first_append_makes_revision_zero(backend: &dyn Backend) {
    let store = backend.open().await;

    let appended = append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    assert_eq!(appended.position.get(), 1);
    assert_eq!(appended.streams[0].revision, at(0));
    assert!(!appended.repeated);
}

pub async fn positions_are_dense_over_all_streams(backend: &dyn Backend) {
    let store = backend.open().await;

    append(&*store, "a-1", ExpectedRevision::NoStream, events(2)).await;
    append(&*store, "b-1", ExpectedRevision::Any, events(1)).await;
    append(&*store, "a-1", exact(1), events(3)).await;

    let log = read_log(&*store).await;
    let positions: Vec<u64> = log.iter().map(|event| event.position.get()).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
    let revisions: Vec<u64> = read_stream(&*store, "a-1")
        .await
        .iter()
        .map(|event| event.revision.get())
        .collect();
    assert_eq!(revisions, [0, 1, 2, 3, 4]);
    assert_eq!(store.head().await.unwrap().position.get(), 6);
}

async fn conflict(
    store: &super::OpenStore,
    name: &str,
    expected: ExpectedRevision,
) -> CurrentRevision {
    let result = store
        .append(Append::to(stream(name), expected, events(1)))
        .await;
    match result {
        Err(AppendError::Conflict {
            stream: conflicting,
            expected: told,
            actual,
        }) => {
            assert_eq!((conflicting, told), (stream(name), expected));
            actual
        },
        other => panic!("expected a conflict, got {other:?}"),
    }
}

pub async fn a_stale_writer_is_told_the_actual_revision(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(12)).await;

    assert_eq!(conflict(&store, "a-1", exact(9)).await, at(11));
    assert_eq!(conflict(&store, "a-1", exact(12)).await, at(11));
    assert_eq!(
        conflict(&store, "a-2", exact(0)).await,
        CurrentRevision::NoStream
    );
}

pub async fn no_stream_is_refused_once_there_is_one(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    assert_eq!(
        conflict(&store, "a-1", ExpectedRevision::NoStream).await,
        at(0)
    );
}

pub async fn exists_is_refused_while_there_is_none(backend: &dyn Backend) {
    let store = backend.open().await;

    let actual = conflict(&store, "a-1", ExpectedRevision::Exists).await;

    assert_eq!(actual, CurrentRevision::NoStream);
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;
    append(&*store, "a-1", ExpectedRevision::Exists, events(1)).await;
}

pub async fn a_refused_append_writes_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    conflict(&store, "a-1", exact(7)).await;

    assert_eq!(store.head().await.unwrap().position.get(), 1);
    let next = append(&*store, "a-1", exact(0), events(1)).await;
    assert_eq!(next.position.get(), 2);
}

fn part(name: &str, expected: ExpectedRevision, count: usize) -> StreamAppend {
    StreamAppend {
        stream: stream(name),
        expected,
        events: events(count),
    }
}

pub async fn several_streams_are_written_together_or_not_at_all(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    let both = Append {
        streams: vec![
            part("a-1", exact(0), 2),
            part("b-1", ExpectedRevision::NoStream, 1),
        ],
        checks: Vec::new(),
    };
    let appended = store.append(both).await.unwrap();
    let stale = Append {
        streams: vec![part("b-1", exact(0), 1), part("a-1", exact(0), 1)],
        checks: Vec::new(),
    };
    let refused = store.append(stale).await;

    assert_eq!(appended.position.get(), 4);
    assert_eq!(
        appended
            .streams
            .iter()
            .map(|part| part.revision)
            .collect::<Vec<_>>(),
        [at(2), at(0)]
    );
    assert!(
        matches!(refused, Err(AppendError::Conflict { .. })),
        "{refused:?}"
    );
    assert_eq!(read_stream(&*store, "b-1").await.len(), 1);
}

pub async fn a_check_on_another_stream_guards_the_append(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "guard-1", ExpectedRevision::NoStream, events(1)).await;
    let guarded = |expected| Append {
        streams: vec![part("a-1", ExpectedRevision::Any, 1)],
        checks: vec![StreamCheck {
            stream: stream("guard-1"),
            expected,
        }],
    };

    store.append(guarded(exact(0))).await.unwrap();
    let refused = store.append(guarded(ExpectedRevision::NoStream)).await;

    assert!(matches!(refused, Err(AppendError::Conflict { actual, .. }) if actual == at(0)));
    assert_eq!(store.head().await.unwrap().position.get(), 2);
}

pub async fn an_empty_append_writes_nothing_and_checks(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    let empty = append(&*store, "a-1", exact(0), Vec::new()).await;
    let refused = store
        .append(Append::to(stream("a-1"), exact(3), Vec::new()))
        .await;

    assert_eq!((empty.position.get(), empty.streams[0].position), (1, None));
    assert!(matches!(refused, Err(AppendError::Conflict { .. })));
}

pub async fn an_empty_append_checks_against_the_newest_head(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    append(&*one, "a-1", ExpectedRevision::NoStream, events(1)).await;
    append(&*other, "a-1", exact(0), events(1)).await;

    let empty = |expected| Append::to(stream("a-1"), expected, Vec::new());
    let stale = one.append(empty(exact(0))).await;
    let fits = other.append(empty(exact(1))).await.unwrap();

    assert!(
        matches!(stale, Err(AppendError::Conflict { actual, .. }) if actual == at(1)),
        "{stale:?}"
    );
    assert_eq!((fits.position.get(), fits.streams[0].revision), (2, at(1)));
}

pub async fn events_without_bytes_are_events(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut nothing = event(b"");
    nothing.metadata = Bytes::new();
    nothing.sealed = Some(Bytes::new());

    append(
        &*store,
        "a-1",
        ExpectedRevision::NoStream,
        vec![nothing.clone()],
    )
    .await;

    let stored = read_stream(&*store, "a-1").await.remove(0);
    assert_eq!((stored.data.len(), stored.metadata.len()), (0, 0));
    assert_eq!(stored.sealed, nothing.sealed, "empty is not absent");
}

pub async fn bytes_come_back_as_they_were(backend: &dyn Backend) {
    let store = backend.open().await;
    let every_byte: Vec<u8> = (0..=255).collect();
    let mut sent = vec![
        event(&[]),
        event(&every_byte),
        event("令和３年\u{0}".as_bytes()),
    ];
    sent[1].sealed = Some(Bytes::from(every_byte.clone()));
    sent[2].sealed = Some(Bytes::new());

    append(&*store, "a-1", ExpectedRevision::NoStream, sent.clone()).await;

    for (stored, sent) in read_stream(&*store, "a-1").await.iter().zip(&sent) {
        assert_eq!(stored.id, sent.id);
        assert_eq!(
            (&stored.data, &stored.metadata),
            (&sent.data, &sent.metadata)
        );
        assert_eq!((&stored.sealed, stored.sealed_sha256), (&sent.sealed, None));
        assert_eq!(*stored.content_type, *sent.content_type);
    }
}

pub async fn what_breaks_a_limit_is_refused(backend: &dyn Backend) {
    let store = backend.open().await;
    let limits = Limits::default();
    let largest = vec![0_u8; limits.event_bytes];
    let one = event(b"twice");
    let appends = [
        Append::to(
            stream("a-1"),
            ExpectedRevision::Any,
            events(limits.append_events + 1),
        ),
        Append::to(
            stream("a-1"),
            ExpectedRevision::Any,
            vec![event(&[&largest[..], b"x"].concat())],
        ),
        Append::to(stream("a-1"), ExpectedRevision::Any, vec![one.clone(), one]),
        Append {
            streams: vec![
                part("a-1", ExpectedRevision::Any, 1),
                part("a-1", ExpectedRevision::Any, 1),
            ],
            checks: Vec::new(),
        },
    ];

    for refused in appends {
        let result = store.append(refused).await;
        assert!(
            matches!(result, Err(AppendError::Refused { .. })),
            "{result:?}"
        );
    }
    append(
        &*store,
        "a-1",
        ExpectedRevision::NoStream,
        vec![event(&largest)],
    )
    .await;
    append(&*store, "a-1", exact(0), events(limits.append_events)).await;
}

pub async fn a_name_that_looks_like_a_pattern_is_just_a_name(backend: &dyn Backend) {
    let store = backend.open().await;
    let names = [
        "a_%'\"\\-1",
        "児童-1",
        "no category",
        "-",
        "a'; DROP TABLE events; --",
    ];
    for name in names {
        append(&*store, name, ExpectedRevision::NoStream, events(1)).await;
    }

    for name in names {
        assert_eq!(read_stream(&*store, name).await.len(), 1, "{name}");
    }
}

pub async fn time_never_goes_backwards_along_the_log(backend: &dyn Backend) {
    let clock = FixedClock::at("2024-04-01T00:00:00.000002Z");
    let store = backend.open_at(clock.clone()).await;
    append(&*store, "a-1", ExpectedRevision::Any, events(1)).await;

    clock.set("2024-03-31T23:59:59Z".parse().unwrap());
    append(&*store, "a-1", ExpectedRevision::Any, events(1)).await;

    let times: Vec<String> = read_log(&*store)
        .await
        .iter()
        .map(|event| event.recorded_at.to_string())
        .collect();
    assert_eq!(
        times,
        ["2024-04-01T00:00:00.000002Z", "2024-04-01T00:00:00.000002Z"]
    );
}

pub async fn a_clock_far_behind_the_log_is_refused(backend: &dyn Backend) {
    let clock = FixedClock::at("2024-04-01T00:06:00Z");
    let store = backend.open_at(clock.clone()).await;
    append(&*store, "a-1", ExpectedRevision::Any, events(1)).await;

    clock.set("2024-04-01T00:00:00Z".parse().unwrap());
    let refused = store
        .append(Append::to(stream("a-1"), ExpectedRevision::Any, events(1)))
        .await;

    assert!(
        matches!(refused, Err(AppendError::ClockBehind { .. })),
        "{refused:?}"
    );
    assert_eq!(read_log(&*store).await.len(), 1);
}

pub async fn the_tree_is_that_of_the_stored_events(backend: &dyn Backend) {
    let store = backend.open().await;
    for size in [1, 4, 2] {
        let mut new = events(size);
        new[0].sealed = Some(Bytes::from_static(b"sealed"));
        append(&*store, "a-1", ExpectedRevision::Any, new).await;
    }

    let mut tree = Frontier::default();
    for event in read_log(&*store).await {
        let leaf = Leaf {
            id: event.id,
            stream: event.stream.as_str(),
            revision: event.revision,
            event_type: event.event_type.as_str(),
            content_type: &event.content_type,
            recorded_at: event.recorded_at,
            data: Hash::of(&event.data),
            metadata: Hash::of(&event.metadata),
            sealed: event.sealed.as_deref().map(Hash::of),
        };
        assert_eq!(leaf.hash(), event.leaf_hash);
        tree.push(event.leaf_hash);
    }
    assert_eq!(store.head().await.unwrap().frontier, tree);
}
