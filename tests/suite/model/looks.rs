//! Reads of streams and of the log, both ways, as at a position and with a filter; and what they must give.

use ledger_core::id::{EventId, EventType, Position, Revision};
use ledger_core::store::{Direction, Filter, LedgerStore, NameFilter, ReadAll, ReadStream};
use ledger_tests::conformance::{OpenStore, stream};
use proptest::prelude::*;

use super::list::{Entry, Model};
use super::steps::{STREAMS, type_of};

/// Beginnings of streams' names, one of which no stream has.
const PREFIXES: [&str; 4] = ["s", "s-1", "s-2", "t-"];

/// A read.
#[derive(Clone, Debug)]
pub(super) enum Look {
    /// Of a stream, which may not be there.
    Stream {
        number: u8,
        as_at: Option<u64>,
        walk: Walk,
    },
    /// Of the log, with a filter or without.
    All {
        types: Option<Vec<usize>>,
        prefix: Option<&'static str>,
        walk: Walk,
    },
}

/// Where a read begins, which way it goes and how far.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    from: Option<u64>,
    backwards: bool,
    limit: usize,
}

impl Walk {
    const fn direction(&self) -> Direction {
        if self.backwards {
            Direction::Backwards
        } else {
            Direction::Forwards
        }
    }

    /// What is there of a list whose places are numbered, in the walk's order.
    fn of<T>(&self, mut list: Vec<(u64, T)>) -> Vec<(u64, T)> {
        let backwards = self.backwards;
        list.retain(|(place, _)| match self.from {
            None => true,
            Some(from) if backwards => *place <= from,
            Some(from) => *place >= from,
        });
        if backwards {
            list.reverse();
        }
        list
    }
}

pub(super) fn looks() -> impl Strategy<Value = Look> {
    let limits = prop_oneof![3 => 1..6_usize, 1 => Just(usize::MAX)];
    let walk = (prop::option::of(0..25_u64), any::<bool>(), limits);
    let walk = walk.prop_map(|(from, backwards, limit)| Walk {
        from,
        backwards,
        limit,
    });
    let as_at = prop::option::of(0..40_u64);
    let types = prop::option::of(prop::collection::vec(0..4_usize, 0..3));
    let prefix = prop::option::of(prop::sample::select(&PREFIXES[..]));
    prop_oneof![
        (0..=STREAMS, as_at, walk.clone()).prop_map(|(number, as_at, walk)| Look::Stream {
            number,
            as_at,
            walk
        }),
        (types, prefix, walk).prop_map(|(types, prefix, walk)| Look::All {
            types,
            prefix,
            walk
        }),
    ]
}

/// Ids in order.
fn ids(events: &[(u64, EventId)]) -> Vec<EventId> {
    events.iter().map(|(_, id)| *id).collect()
}

impl Model {
    /// Holds one read of a store to the list.
    pub(super) async fn compare(&self, store: &OpenStore, look: &Look) {
        match look {
            Look::Stream {
                number,
                as_at,
                walk,
            } => {
                let name = format!("s-{number}");
                let numbered = (0..).zip(self.stream(&stream(&name)));
                let stood = numbered
                    .filter(|(_, (position, _))| as_at.is_none_or(|as_at| *position <= as_at));
                let expected = walk.of(stood.map(|(revision, (_, id))| (revision, id)).collect());
                let read = ReadStream {
                    stream: stream(&name),
                    from: walk.from.map(Revision::new),
                    direction: walk.direction(),
                    limit: walk.limit,
                    as_at: as_at.map(Position::new),
                };
                let page = store.read_stream(&read).await.unwrap();
                let read: Vec<EventId> = page.events.iter().map(|event| event.id).collect();
                let (here, next) = split(&expected, walk.limit);
                assert_eq!((read, page.next), (ids(here), next), "{look:?}");
            },
            Look::All {
                types,
                prefix,
                walk,
            } => {
                let types = types.as_ref().map(|types| {
                    let types = types.iter().map(|number| type_of(*number));
                    types.collect::<Vec<_>>()
                });
                self.compare_all(&*store.store, walk, (types.as_deref(), *prefix))
                    .await;
            },
        }
    }

    /// Reads page by page to the end; without a filter, each page is full.
    async fn compare_all(&self, store: &dyn LedgerStore, walk: &Walk, wanted: Wanted<'_>) {
        let (types, prefix) = wanted;
        let filter = Filter {
            types: types.map(|types| {
                let names = types.iter().map(|name| name.as_str().to_owned());
                NameFilter::OneOf(names.collect())
            }),
            streams: prefix.map(|prefix| NameFilter::Prefixes(vec![prefix.to_owned()])),
        };
        let numbered = (1..).zip(&self.log);
        let wanted = numbered.filter(|(_, entry)| is_wanted(entry, wanted));
        let expected = walk.of(wanted
            .map(|(position, entry)| (position, entry.id))
            .collect());
        let (mut read, mut from) = (Vec::new(), walk.from);
        loop {
            let page = ReadAll {
                from: from.map(Position::new),
                direction: walk.direction(),
                limit: walk.limit,
                filter: filter.clone(),
                as_at: None,
            };
            let page = store.read_all(&page).await.unwrap();
            if filter == Filter::default() {
                let (here, next) = split(&expected[read.len()..], walk.limit);
                assert_eq!(
                    (page.events.len(), page.next),
                    (here.len(), next),
                    "{walk:?}"
                );
            }
            assert!(page.events.len() <= walk.limit);
            read.extend(page.events.iter().map(|event| event.id));
            match page.next {
                Some(next) => from = Some(next),
                None => break,
            }
        }
        assert_eq!(read, ids(&expected), "{walk:?} {filter:?}");
    }
}

/// The types and the beginning of streams' names that are asked for.
type Wanted<'a> = (Option<&'a [EventType]>, Option<&'a str>);

fn is_wanted(entry: &Entry, (types, prefix): Wanted<'_>) -> bool {
    types.is_none_or(|types| types.contains(&entry.event_type))
        && entry
            .stream
            .as_str()
            .starts_with(prefix.unwrap_or_default())
}

/// The first page of what is left, and where the next one begins.
fn split(left: &[(u64, EventId)], limit: usize) -> (&[(u64, EventId)], Option<u64>) {
    let (here, rest) = left.split_at(limit.min(left.len()));
    (here, rest.first().map(|(place, _)| *place))
}
