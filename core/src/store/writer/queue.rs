//! The appends that wait, and which of them make a group.

use std::collections::VecDeque;

use super::{Request, Requests};
use crate::store::observer::Observer;

/// How often others get their turn without an append coming of it before a group is closed.
const IDLE_TURNS: u8 = 2;

/// The writer's end of the queue.
pub(super) struct Queue {
    requests: Requests,
    /// Most events in one group.
    group_events: usize,
    /// Appends in the group before.
    before: usize,
}

impl Queue {
    pub(super) fn new(requests: Requests, group_events: usize) -> Self {
        Self {
            requests,
            group_events,
            before: 0,
        }
    }

    /// Who is told how the writer goes.
    pub(super) fn observer(&self) -> &dyn Observer {
        self.requests.observer.as_ref()
    }

    /// The next group; none when every caller's handle is gone and nothing waits.
    ///
    /// Callers that were just answered are about to ask again: they get their turn for as long as more
    /// comes of it, or the first of them would be a group of its own and the others wait for it. A
    /// caller who is alone has nobody to wait for.
    pub(super) async fn next(&mut self) -> Option<VecDeque<Request>> {
        let (mut group, alone) = match self.requests.queue.try_recv() {
            Ok(first) => (VecDeque::from([first]), false),
            Err(_) => (
                VecDeque::from([self.requests.queue.recv().await?]),
                self.before < 2,
            ),
        };
        let turns = if alone { 0 } else { IDLE_TURNS };
        let (mut idle, mut full) = (0_u8, self.take(&mut group));
        while !full && idle < turns {
            let so_far = group.len();
            tokio::task::yield_now().await;
            full = self.take(&mut group);
            let more = group.len() > so_far;
            idle = if more { 0 } else { idle.saturating_add(1) };
        }
        self.before = group.len();
        self.observer().appends_left_queue(group.len());
        Some(group)
    }

    /// Takes what waits, as far as the group may grow; answers whether it is full.
    fn take(&mut self, group: &mut VecDeque<Request>) -> bool {
        let events = group.iter().map(|request| request.append.event_count());
        let mut events: usize = events.sum();
        while events < self.group_events {
            let Ok(request) = self.requests.queue.try_recv() else {
                return false;
            };
            events = events.saturating_add(request.append.event_count());
            group.push_back(request);
        }
        true
    }
}
