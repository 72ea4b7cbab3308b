//! Promises about repeating an append.

use ledger_core::store::{Append, AppendError, ExpectedRevision, StreamAppend};

use super::{Backend, append, at, events, exact, read_log, stream};

pub async fn repeating_an_append_gives_the_first_result(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(2)).await;
    let retried = Append::to(stream("a-1"), exact(1), events(3));

    let first = store.append(retried.clone()).await.unwrap();
    let second = store.append(retried).await.unwrap();

    assert!(second.repeated);
    assert_eq!(
        (second.position, &second.streams),
        (first.position, &first.streams)
    );
    assert_eq!(read_log(&*store).await.len(), 5);
}

pub async fn repeating_an_append_over_streams_gives_the_first_result(backend: &dyn Backend) {
    let store = backend.open().await;
    let part = |name: &str| StreamAppend {
        stream: stream(name),
        expected: ExpectedRevision::NoStream,
        events: events(2),
    };
    let both = Append {
        streams: vec![part("a-1"), part("b-1")],
        checks: Vec::new(),
    };

    let first = store.append(both.clone()).await.unwrap();
    append(&*store, "b-1", exact(1), events(1)).await;
    let second = store.append(both).await.unwrap();

    assert!(second.repeated);
    assert_eq!(
        (second.position, &second.streams),
        (first.position, &first.streams)
    );
}

pub async fn repeating_an_append_after_others_gives_the_first_result(backend: &dyn Backend) {
    let store = backend.open().await;
    let retried = Append::to(stream("a-1"), ExpectedRevision::NoStream, events(2));
    let first = store.append(retried.clone()).await.unwrap();
    append(&*store, "a-1", exact(1), events(40)).await;

    let second = store.append(retried).await.unwrap();

    assert!(second.repeated);
    assert_eq!(second.streams[0].revision, at(1));
    assert_eq!(second.position, first.position);
}

pub async fn repeating_an_append_with_any_gives_the_first_result(backend: &dyn Backend) {
    let store = backend.open().await;
    let small = Append::to(stream("a-1"), ExpectedRevision::Any, events(1));
    let large = Append::to(stream("a-1"), ExpectedRevision::Any, events(100));

    for retried in [small, large] {
        let first = store.append(retried.clone()).await.unwrap();
        let second = store.append(retried).await.unwrap();
        assert!(second.repeated && second.position == first.position);
    }

    assert_eq!(read_log(&*store).await.len(), 101);
}

pub async fn other_ids_at_the_same_place_are_a_conflict(backend: &dyn Backend) {
    let store = backend.open().await;
    let written = events(2);
    append(&*store, "a-1", ExpectedRevision::NoStream, written.clone()).await;
    let longer = [written.clone(), events(1)].concat();
    let swapped = vec![written[1].clone(), written[0].clone()];

    for other in [events(2), longer, swapped] {
        let result = store
            .append(Append::to(stream("a-1"), ExpectedRevision::NoStream, other))
            .await;
        assert!(
            matches!(result, Err(AppendError::Conflict { .. })),
            "{result:?}"
        );
    }
}

pub async fn a_retry_through_another_opening_gives_the_first_result(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    let exact_one = Append::to(stream("a-1"), ExpectedRevision::NoStream, events(2));
    let any = Append::to(stream("b-1"), ExpectedRevision::Any, events(2));

    for retried in [exact_one, any] {
        let first = one.append(retried.clone()).await.unwrap();
        let second = other.append(retried).await.unwrap();
        assert!(second.repeated, "{second:?}");
        assert_eq!(
            (second.position, &second.streams),
            (first.position, &first.streams)
        );
    }
}

pub async fn a_retry_through_an_opening_with_an_older_view_gives_the_first_result(
    backend: &dyn Backend,
) {
    let (one, other) = (backend.open().await, backend.open().await);
    append(&*other, "a-1", ExpectedRevision::NoStream, events(1)).await;
    append(&*one, "a-1", exact(0), events(1)).await;
    let retried = Append::to(stream("a-1"), ExpectedRevision::Any, events(2));

    let first = one.append(retried.clone()).await.unwrap();
    let second = other.append(retried).await.unwrap();

    assert!(second.repeated, "{second:?}");
    assert_eq!(
        (second.position, &second.streams),
        (first.position, &first.streams)
    );
    assert_eq!(read_log(&*one).await.len(), 4);
}

pub async fn an_append_that_was_written_in_part_is_a_conflict(backend: &dyn Backend) {
    let store = backend.open().await;
    let part = |name: &str, events| StreamAppend {
        stream: stream(name),
        expected: ExpectedRevision::NoStream,
        events,
    };
    let written = events(2);
    append(&*store, "a-1", ExpectedRevision::NoStream, written.clone()).await;

    let result = store
        .append(Append {
            streams: vec![part("a-1", written), part("b-1", events(1))],
            checks: Vec::new(),
        })
        .await;

    assert!(
        matches!(&result, Err(AppendError::Conflict { stream: told, .. }) if *told == stream("a-1")),
        "{result:?}"
    );
    assert_eq!(read_log(&*store).await.len(), 2);
}
