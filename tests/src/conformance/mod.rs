//! What every store promises: one function a promise, run for every backend and decorator.

mod appending;
mod filtering;
mod following;
mod idempotency;
mod many_writers;
mod reading;

pub use appending::*;
pub use filtering::*;
pub use following::*;
pub use idempotency::*;
pub use many_writers::*;
pub use reading::*;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use ledger_core::id::{EventId, EventType, Position, Revision, StreamName};
use ledger_core::store::{
    Append, Appended, CurrentRevision, ExpectedRevision, LedgerStore, Limits, NewEvent, ReadAll,
    ReadStream, StoredEvent,
};

use crate::clock::FixedClock;

/// A store that was opened for a test; its background work ends with it.
pub struct OpenStore {
    /// The store.
    pub store: Arc<dyn LedgerStore>,
    /// Its background work.
    background: tokio::task::JoinHandle<()>,
}

impl OpenStore {
    /// Runs `background` for as long as this is held.
    #[must_use]
    pub fn new(
        store: Arc<dyn LedgerStore>,
        background: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the kit runs what the program would run"
        )]
        let background = tokio::spawn(background);
        Self { store, background }
    }
}

impl OpenStore {
    /// Ends the background work, as a program that stops would.
    pub async fn end(&mut self) {
        self.background.abort();
        drop((&mut self.background).await);
    }
}

impl Drop for OpenStore {
    fn drop(&mut self) {
        self.background.abort();
    }
}

impl std::ops::Deref for OpenStore {
    type Target = dyn LedgerStore;
    fn deref(&self) -> &Self::Target {
        self.store.as_ref()
    }
}

/// What opening gives, boxed so that backends differ.
pub type Opening<'a> = Pin<Box<dyn Future<Output = OpenStore> + Send + 'a>>;

/// A backend under test: one new ledger, opened as often as a promise asks.
pub trait Backend: Send + Sync {
    /// Opens the ledger as another process would, with a clock and limits of the test's.
    fn open_with(&self, clock: FixedClock, limits: Limits) -> Opening<'_>;

    /// Opens the ledger as another process would, with a clock of the test's.
    fn open_at(&self, clock: FixedClock) -> Opening<'_> {
        self.open_with(clock, Limits::default())
    }

    /// Opens the ledger with pages of so few events that a short log has many of them.
    fn open_by_pages(&self, page_events: usize) -> Opening<'_> {
        let limits = Limits {
            page_events,
            ..Limits::default()
        };
        self.open_with(FixedClock::at("2024-04-01T00:00:00Z"), limits)
    }

    /// Opens the ledger as another process would.
    fn open(&self) -> Opening<'_> {
        self.open_at(FixedClock::at("2024-04-01T00:00:00Z"))
    }
}

/// The name of a stream.
#[must_use]
pub fn stream(name: &str) -> StreamName {
    StreamName::new(name).unwrap()
}

/// A new event with an id of its own.
#[must_use]
pub fn event(data: &[u8]) -> NewEvent {
    NewEvent {
        id: EventId::new(uuid::Builder::from_random_bytes(rand::random()).into_uuid()),
        event_type: EventType::new("sample-happened").unwrap(),
        content_type: "application/octet-stream".to_owned(),
        data: Bytes::copy_from_slice(data),
        metadata: Bytes::from_static(b"{}"),
        sealed: None,
    }
}

/// `count` new events.
#[must_use]
pub fn events(count: usize) -> Vec<NewEvent> {
    (0..count)
        .map(|n| event(n.to_string().as_bytes()))
        .collect()
}

/// Appends to one stream.
pub async fn append(
    store: &dyn LedgerStore,
    name: &str,
    expected: ExpectedRevision,
    events: Vec<NewEvent>,
) -> Appended {
    store
        .append(Append::to(stream(name), expected, events))
        .await
        .unwrap()
}

/// Every event of a stream, oldest first.
pub async fn read_stream(store: &dyn LedgerStore, name: &str) -> Vec<StoredEvent> {
    let mut read = ReadStream::whole(stream(name));
    let mut all = Vec::new();
    loop {
        let page = store.read_stream(&read).await.unwrap();
        all.extend(page.events.iter().cloned());
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return all,
        }
    }
}

/// Every event of the log, oldest first.
pub async fn read_log(store: &dyn LedgerStore) -> Vec<StoredEvent> {
    let mut read = ReadAll::after(Position::default());
    let mut all = Vec::new();
    loop {
        let page = store.read_all(&read).await.unwrap();
        all.extend(page.events.iter().cloned());
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return all,
        }
    }
}

/// The revision `number` as a stream's state.
#[must_use]
pub const fn at(number: u64) -> CurrentRevision {
    CurrentRevision::At(Revision::new(number))
}

/// The revision `number` as an expectation.
#[must_use]
pub const fn exact(number: u64) -> ExpectedRevision {
    ExpectedRevision::Exact(Revision::new(number))
}

/// Instantiates every promise for one backend: one test a promise, named `backend::promise`.
#[macro_export]
macro_rules! conformance {
    ($backend:ident, $new:expr) => {
        $crate::conformance!($backend, $new;
            the_first_append_makes_revision_zero,
            positions_are_dense_over_all_streams,
            a_stale_writer_is_told_the_actual_revision,
            no_stream_is_refused_once_there_is_one,
            exists_is_refused_while_there_is_none,
            a_refused_append_writes_nothing,
            several_streams_are_written_together_or_not_at_all,
            a_check_on_another_stream_guards_the_append,
            an_empty_append_writes_nothing_and_checks,
            an_empty_append_checks_against_the_newest_head,
            events_without_bytes_are_events,
            bytes_come_back_as_they_were,
            what_breaks_a_limit_is_refused,
            a_name_that_looks_like_a_pattern_is_just_a_name,
            time_never_goes_backwards_along_the_log,
            a_clock_far_behind_the_log_is_refused,
            the_tree_is_that_of_the_stored_events,
            repeating_an_append_gives_the_first_result,
            repeating_an_append_over_streams_gives_the_first_result,
            repeating_an_append_after_others_gives_the_first_result,
            repeating_an_append_with_any_gives_the_first_result,
            other_ids_at_the_same_place_are_a_conflict,
            a_retry_through_another_opening_gives_the_first_result,
            a_retry_through_an_opening_with_an_older_view_gives_the_first_result,
            an_append_that_was_written_in_part_is_a_conflict,
            a_stream_reads_in_both_directions,
            a_stream_reads_as_it_stood_at_a_position,
            a_stream_that_is_not_there_reads_as_empty,
            the_log_reads_in_both_directions,
            a_filter_finds_types_and_prefixes,
            filters_want_what_a_naive_look_wants,
            the_log_reads_as_it_stood,
            a_pattern_that_gives_up_is_an_error_and_no_answer,
            a_filtered_read_goes_on_past_what_it_skips,
            large_events_come_in_several_pages,
            two_thousand_events_of_a_stream_come_in_one_page,
            a_follower_gets_what_is_there_and_what_comes,
            a_follower_hears_of_another_opening,
            a_follower_with_a_filter_misses_nothing,
            a_follower_of_a_stream_gets_its_events_alone,
            a_filtered_follower_can_be_taken_up_behind_each_checkpoint,
            a_follower_tells_when_it_has_caught_up,
            a_follower_that_catches_up_while_others_write_misses_nothing,
            a_reader_by_pages_sees_what_was_written_meanwhile,
            followers_of_two_openings_get_the_same_order,
            eight_writers_and_a_follower_miss_nothing,
            two_openings_write_at_once,
            what_another_opening_wrote_is_expected_at_once,
            one_caller_is_written_in_its_order,
            an_append_whose_caller_left_is_still_written,
            an_append_after_the_writers_end_is_told_so,
            writers_of_one_stream_win_each_revision_once,
            a_lease_has_one_holder_at_a_time,
        );
    };
    ($backend:ident, $new:expr; $($promise:ident,)+) => {
        mod $backend {
            use super::*;

            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                ledger_tests::conformance::$promise(&$new.await).await;
            })+
        }
    };
}
