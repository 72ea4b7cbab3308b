//! Promises about filters and about the log as it stood, against a naive look at every event.

use ledger_core::id::{EventType, Position};
use ledger_core::store::{
    Direction, ExpectedRevision, Filter, NameFilter, Pattern, ReadAll, ReadError, StoredEvent,
};

use super::{Backend, OpenStore, append, event, read_log};

/// Streams with and without a category; one category begins as another does.
const STREAMS: [&str; 6] = [
    "child-1",
    "child-2",
    "childish-1",
    "programme",
    "$all-set",
    "子-1",
];
const TYPES: [&str; 4] = ["opened", "opened-again", "$settled", "closed"];

async fn filled(backend: &dyn Backend) -> OpenStore {
    let store = backend.open().await;
    for n in 0..48 {
        let mut new = event(b"{}");
        new.event_type = EventType::new(TYPES[(n / 2 + n / 7) % TYPES.len()]).unwrap();
        let stream = STREAMS[(n + n / 5) % STREAMS.len()];
        append(&*store, stream, ExpectedRevision::Any, vec![new]).await;
    }
    store
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn pattern(text: &str) -> NameFilter {
    NameFilter::Pattern(Pattern::new(text).unwrap())
}

/// What a part of a filter asks for, and what that means.
type Part = (Option<NameFilter>, fn(&str) -> bool);

fn type_parts() -> Vec<Part> {
    vec![
        (None, |_| true),
        (
            Some(NameFilter::OneOf(owned(&["opened", "closed"]))),
            |name| name == "opened" || name == "closed",
        ),
        (Some(NameFilter::OneOf(Vec::new())), |_| false),
        (Some(NameFilter::Prefixes(owned(&["open", "$"]))), |name| {
            name.starts_with("open") || name.starts_with('$')
        }),
        (Some(pattern(r"^(?!\$)")), |name| !name.starts_with('$')),
        (Some(pattern("ed$")), |name| name.ends_with("ed")),
    ]
}

fn stream_parts() -> Vec<Part> {
    vec![
        (None, |_| true),
        (Filter::of_category("child").streams, |name| {
            name.starts_with("child-")
        }),
        (
            Some(NameFilter::OneOf(owned(&["programme", "never"]))),
            |name| name == "programme",
        ),
        (
            Some(NameFilter::Prefixes(owned(&["childish", "子"]))),
            |name| name.starts_with("childish") || name.starts_with('子'),
        ),
        (Some(pattern(r"^(?!child-).*-1$")), |name| {
            !name.starts_with("child-") && name.ends_with("-1")
        }),
    ]
}

/// Every page of a read, put together.
async fn pages(store: &OpenStore, mut read: ReadAll) -> Vec<u64> {
    let mut found = Vec::new();
    loop {
        let page = store.read_all(&read).await.unwrap();
        found.extend(page.events.iter().map(|event| event.position.get()));
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return found,
        }
    }
}

fn naive(log: &[StoredEvent], wants: impl Fn(&StoredEvent) -> bool, read: &ReadAll) -> Vec<u64> {
    let until = read.as_at.map_or(u64::MAX, Position::get);
    let events = log.iter().filter(|event| wants(event));
    let positions = events.map(|event| event.position.get());
    let positions = positions.filter(|position| *position <= until);
    match read.direction {
        Direction::Forwards => positions.collect(),
        Direction::Backwards => positions.rev().collect(),
    }
}

pub async fn filters_want_what_a_naive_look_wants(backend: &dyn Backend) {
    let store = filled(backend).await;
    let log = read_log(&*store).await;
    for (types, wants_type) in type_parts() {
        for (streams, wants_stream) in stream_parts() {
            let wants = |event: &StoredEvent| {
                wants_type(event.event_type.as_str()) && wants_stream(event.stream.as_str())
            };
            for (direction, limit, as_at) in [
                (Direction::Forwards, usize::MAX, None),
                (Direction::Forwards, 3, Some(Position::new(31))),
                (Direction::Backwards, 2, None),
                (Direction::Backwards, usize::MAX, Some(Position::new(17))),
            ] {
                let filter = Filter {
                    types: types.clone(),
                    streams: streams.clone(),
                };
                let read = ReadAll {
                    from: None,
                    direction,
                    limit,
                    filter,
                    as_at,
                };
                let expected = naive(&log, wants, &read);
                assert_eq!(pages(&store, read.clone()).await, expected, "{read:?}");
            }
        }
    }
}

pub async fn the_log_reads_as_it_stood(backend: &dyn Backend) {
    let store = filled(backend).await;
    for at in [0, 1, 20, 48, 60] {
        for direction in [Direction::Forwards, Direction::Backwards] {
            let read = ReadAll {
                from: None,
                direction,
                limit: 7,
                filter: Filter::default(),
                as_at: Some(Position::new(at)),
            };
            let expected = naive(&read_log(&*store).await, |_| true, &read);
            assert_eq!(
                pages(&store, read).await,
                expected,
                "{direction:?} as at {at}"
            );
        }
    }
}

pub async fn a_pattern_that_gives_up_is_an_error_and_no_answer(backend: &dyn Backend) {
    let store = backend.open().await;
    let name = "a".repeat(900);
    append(&*store, &name, ExpectedRevision::Any, vec![event(b"{}")]).await;
    let costly = pattern("^((?=a)a|(?=a)aa)*(?=b)");
    let filter = Filter {
        types: None,
        streams: Some(costly),
    };

    let read = ReadAll::after(Position::default()).of(filter);
    let told = store.read_all(&read).await.unwrap_err();

    assert!(matches!(told, ReadError::Pattern(_)), "{told:?}");
}
