//! Promises about reading streams and the log.

use bytes::Bytes;
use ledger_core::id::{EventType, Position, Revision};
use ledger_core::store::{
    Direction, ExpectedRevision, Filter, Limits, NameFilter, ReadAll, ReadStream,
};

use super::{Backend, OpenStore, append, event, events, exact, read_log, read_stream, stream};

pub async fn a_stream_reads_in_both_directions(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(5)).await;
    append(&*store, "b-1", ExpectedRevision::NoStream, events(5)).await;
    let revisions = async |from: Option<u64>, direction, limit| {
        let from = from.map(Revision::new);
        let read = ReadStream {
            stream: stream("a-1"),
            from,
            direction,
            limit,
            as_at: None,
        };
        let page = store.read_stream(&read).await.unwrap();
        let revisions: Vec<u64> = page
            .events
            .iter()
            .map(|event| event.revision.get())
            .collect();
        (revisions, page.next)
    };

    assert_eq!(
        revisions(Some(1), Direction::Forwards, 2).await,
        (vec![1, 2], Some(3))
    );
    assert_eq!(
        revisions(Some(3), Direction::Forwards, 2).await,
        (vec![3, 4], None)
    );
    assert_eq!(
        revisions(Some(9), Direction::Forwards, 2).await,
        (vec![], None)
    );
    assert_eq!(
        revisions(None, Direction::Backwards, 2).await,
        (vec![4, 3], Some(2))
    );
    assert_eq!(
        revisions(Some(1), Direction::Backwards, 9).await,
        (vec![1, 0], None)
    );
}

pub async fn a_stream_reads_as_it_stood_at_a_position(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(2)).await;
    append(&*store, "b-1", ExpectedRevision::NoStream, events(1)).await;
    append(&*store, "a-1", exact(1), events(1)).await;

    for (position, count) in [(0, 0), (1, 1), (3, 2), (4, 3), (99, 3)] {
        let as_at = Some(Position::new(position));
        let read = ReadStream {
            as_at,
            ..ReadStream::whole(stream("a-1"))
        };
        let page = store.read_stream(&read).await.unwrap();
        assert_eq!(
            (page.events.len(), page.next),
            (count, None),
            "as at {position}"
        );
    }
}

pub async fn a_stream_that_is_not_there_reads_as_empty(backend: &dyn Backend) {
    let store = backend.open().await;

    assert_eq!(read_stream(&*store, "a-1").await, []);
    assert_eq!(read_log(&*store).await, []);
    assert_eq!(store.head().await.unwrap().position.get(), 0);
}

async fn positions(store: &OpenStore, read: ReadAll) -> (Vec<u64>, Option<u64>) {
    let page = store.read_all(&read).await.unwrap();
    (
        page.events
            .iter()
            .map(|event| event.position.get())
            .collect(),
        page.next,
    )
}

pub async fn the_log_reads_in_both_directions(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(5)).await;
    let read = |from: Option<u64>, direction, limit| ReadAll {
        from: from.map(Position::new),
        direction,
        limit,
        filter: Filter::default(),
        as_at: None,
    };

    assert_eq!(
        positions(&store, read(None, Direction::Forwards, 2)).await,
        (vec![1, 2], Some(3))
    );
    assert_eq!(
        positions(&store, read(Some(4), Direction::Forwards, 2)).await,
        (vec![4, 5], None)
    );
    assert_eq!(
        positions(&store, read(Some(9), Direction::Forwards, 2)).await,
        (vec![], None)
    );
    assert_eq!(
        positions(&store, read(None, Direction::Backwards, 2)).await,
        (vec![5, 4], Some(3))
    );
    assert_eq!(
        positions(&store, read(Some(2), Direction::Backwards, 9)).await,
        (vec![2, 1], None)
    );
}

pub async fn a_filter_finds_types_and_prefixes(backend: &dyn Backend) {
    let store = backend.open().await;
    for n in 0..6 {
        let mut new = event(b"");
        new.event_type = EventType::new(format!("type-{}", n % 3)).unwrap();
        let name = format!("{}-1", ["a_", "ab"][n % 2]);
        append(&*store, &name, ExpectedRevision::Any, vec![new]).await;
    }
    let with = |types: Option<&[&str]>, prefix: Option<&str>, direction| ReadAll {
        from: None,
        direction,
        limit: 10,
        filter: Filter {
            types: types.map(|types| {
                let names = types.iter().map(|name| (*name).to_owned());
                NameFilter::OneOf(names.collect())
            }),
            streams: prefix.map(|prefix| NameFilter::Prefixes(vec![prefix.to_owned()])),
        },
        as_at: None,
    };

    let forwards = Direction::Forwards;
    assert_eq!(
        positions(&store, with(Some(&["type-0"]), None, forwards))
            .await
            .0,
        [1, 4]
    );
    assert_eq!(
        positions(&store, with(None, Some("a_"), forwards)).await.0,
        [1, 3, 5]
    );
    assert_eq!(
        positions(
            &store,
            with(Some(&["type-0", "type-1"]), Some("ab"), forwards)
        )
        .await
        .0,
        [2, 4]
    );
    assert_eq!(
        positions(&store, with(Some(&["never"]), None, forwards)).await,
        (vec![], None)
    );
    assert_eq!(
        positions(&store, with(None, Some("ab"), Direction::Backwards))
            .await
            .0,
        [6, 4, 2]
    );
}

pub async fn a_filtered_read_goes_on_past_what_it_skips(backend: &dyn Backend) {
    let store = backend.open().await;
    append(&*store, "wanted-1", ExpectedRevision::Any, events(1)).await;
    append(&*store, "other-1", ExpectedRevision::Any, events(300)).await;
    append(&*store, "wanted-2", ExpectedRevision::Any, events(1)).await;

    for (direction, expected) in [
        (Direction::Forwards, [1, 302]),
        (Direction::Backwards, [302, 1]),
    ] {
        let (mut found, mut pages, mut from) = (Vec::new(), 0, None);
        loop {
            let filter = Filter::of_streams("wanted-");
            let read = ReadAll {
                from,
                direction,
                limit: 1,
                filter,
                as_at: None,
            };
            let (page, next) = positions(&store, read).await;
            found.extend(page);
            pages += 1;
            match next {
                Some(next) => from = Some(Position::new(next)),
                None => break,
            }
        }
        assert_eq!(found, expected);
        assert!(
            pages > 2,
            "one call looks through a bounded part of the log"
        );
    }
}

pub async fn large_events_come_in_several_pages(backend: &dyn Backend) {
    let store = backend.open().await;
    let large = vec![7_u8; Limits::default().event_bytes];
    for _ in 0..12 {
        append(&*store, "a-1", ExpectedRevision::Any, vec![event(&large)]).await;
    }

    let first = store
        .read_all(&ReadAll::after(Position::default()))
        .await
        .unwrap();

    assert!(first.events.len() < 12, "a page is bounded in bytes");
    assert_eq!(read_log(&*store).await.len(), 12);
    assert_eq!(read_stream(&*store, "a-1").await.len(), 12);
}

/// A child's whole timeline is one read, so that it shows one moment.
pub async fn two_thousand_events_of_a_stream_come_in_one_page(backend: &dyn Backend) {
    let store = backend.open().await;
    for _ in 0..2 {
        let mut thousand = events(1_000);
        for event in &mut thousand {
            event.data = Bytes::from(vec![b' '; 1_000]);
            event.sealed = Some(Bytes::from(vec![7; 2_000]));
        }
        append(&*store, "child-1", ExpectedRevision::Any, thousand).await;
    }

    let page = store
        .read_stream(&ReadStream::whole(stream("child-1")))
        .await;

    let page = page.unwrap();
    assert_eq!((page.events.len(), page.next), (2_000, None));
}
