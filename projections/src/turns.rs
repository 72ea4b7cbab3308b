//! Lets those who want the projections brought forward at the same time wait for one run instead of each doing the
//! same work, of which all but one would lose theirs.

use std::sync::atomic::{AtomicU64, Ordering};

use futures::lock::{Mutex, MutexGuard};
use ledger_core::id::Position;

/// Whose turn it is.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// Counts those who came, and runs that began.
    came: AtomicU64,
    /// The furthest position that anybody wanted.
    wanted: AtomicU64,
    /// The last run that ended well.
    last: Mutex<Option<Run>>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    /// Among those who came, when it began.
    began: u64,
    to: Position,
}

/// The right to run, until it is dropped.
pub(crate) struct Turn<'t> {
    last: MutexGuard<'t, Option<Run>>,
    run: Run,
}

impl Turns {
    /// Waits for a run that begins after now and reaches `to`; whoever gets the turn runs, as far as anybody wants
    /// it who waits. None where another's run has done it.
    pub(crate) async fn take(&self, to: Position) -> Option<Turn<'_>> {
        self.wanted.fetch_max(to.get(), Ordering::SeqCst);
        let arrived = self.came.fetch_add(1, Ordering::SeqCst);
        let last = self.last.lock().await;
        let is_done = |run: Run| run.began > arrived && run.to >= to;
        if last.is_some_and(is_done) {
            return None;
        }
        let run = Run {
            began: self.came.fetch_add(1, Ordering::SeqCst),
            to: Position::new(self.wanted.load(Ordering::SeqCst)),
        };
        Some(Turn { last, run })
    }
}

impl Turn<'_> {
    /// How far to run.
    pub(crate) const fn to(&self) -> Position {
        self.run.to
    }

    /// The run ended well: who waited for it need not run.
    pub(crate) fn done(mut self) {
        *self.last = Some(self.run);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    fn at(position: u64) -> Position {
        Position::new(position)
    }

    #[tokio::test]
    async fn those_who_came_before_a_run_began_need_none_of_their_own() {
        let turns = Turns::default();
        let first = turns.take(at(1)).await.unwrap();
        let (mut second, mut third) = (Box::pin(turns.take(at(2))), Box::pin(turns.take(at(3))));
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());

        first.done();

        // What began before they came may have looked before what they want was there.
        let second = second.await.unwrap();
        assert_eq!(second.to(), at(3));
        second.done();
        assert!(third.await.is_none());
        assert!(turns.take(at(3)).await.is_some());
    }

    #[tokio::test]
    async fn a_run_that_did_not_end_well_serves_nobody() {
        let turns = Turns::default();
        let first = turns.take(at(1)).await;
        let mut second = Box::pin(turns.take(at(1)));
        assert!((&mut second).now_or_never().is_none());
        drop(first);
        let second = second.await;
        assert!(second.is_some());
    }
}
