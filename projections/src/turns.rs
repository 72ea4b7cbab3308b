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
    /// The last run that ended well, or by what will not pass by itself.
    last: Mutex<Option<Run>>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    /// Among those who came, when it began.
    began: u64,
    to: Position,
    /// A projection stopped on the way, as it will for whoever tries again.
    stopped: bool,
}

/// What there is to do for whoever came.
pub(crate) enum Taken<'t> {
    /// To run.
    Turn(Turn<'t>),
    /// Nothing: another's run has done it.
    Done,
    /// Nothing: in another's run a projection stopped.
    Stopped,
}

/// The right to run, until it is dropped.
pub(crate) struct Turn<'t> {
    last: MutexGuard<'t, Option<Run>>,
    run: Run,
}

impl Turns {
    /// Waits for a run that begins after now and reaches `to`; whoever gets the turn runs, as far as anybody wants
    /// it who waits.
    pub(crate) async fn take(&self, to: Position) -> Taken<'_> {
        self.wanted.fetch_max(to.get(), Ordering::SeqCst);
        let arrived = self.came.fetch_add(1, Ordering::SeqCst);
        let last = self.last.lock().await;
        match *last {
            Some(run) if run.began > arrived && run.to >= to => {
                return if run.stopped {
                    Taken::Stopped
                } else {
                    Taken::Done
                };
            },
            Some(_) | None => {},
        }
        let run = Run {
            began: self.came.fetch_add(1, Ordering::SeqCst),
            to: Position::new(self.wanted.load(Ordering::SeqCst)),
            stopped: false,
        };
        Taken::Turn(Turn { last, run })
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

    /// A projection stopped: who waited need not find out once more.
    pub(crate) fn stopped(mut self) {
        self.run.stopped = true;
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

    /// The turn that somebody who came gets.
    async fn turn(turns: &Turns, to: u64) -> Turn<'_> {
        match turns.take(at(to)).await {
            Taken::Turn(turn) => turn,
            Taken::Done | Taken::Stopped => panic!("nobody else ran"),
        }
    }

    #[tokio::test]
    async fn those_who_came_before_a_run_began_need_none_of_their_own() {
        let turns = Turns::default();
        let first = turn(&turns, 1).await;
        let (mut second, mut third) = (Box::pin(turn(&turns, 2)), Box::pin(turns.take(at(3))));
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());

        first.done();

        // What began before they came may have looked before what they want was there.
        let second = second.await;
        assert_eq!(second.to(), at(3));
        second.done();
        assert!(matches!(third.await, Taken::Done));
        assert!(matches!(turns.take(at(3)).await, Taken::Turn(_)));
    }

    #[tokio::test]
    async fn who_waited_for_a_run_in_which_a_projection_stopped_is_told() {
        let turns = Turns::default();
        let first = turn(&turns, 1).await;
        let (mut second, mut third) = (Box::pin(turn(&turns, 1)), Box::pin(turns.take(at(1))));
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());
        first.done();
        second.await.stopped();
        assert!(matches!(third.await, Taken::Stopped));
    }

    #[tokio::test]
    async fn a_run_that_failed_serves_nobody() {
        let turns = Turns::default();
        let first = turn(&turns, 1).await;
        let mut second = Box::pin(turns.take(at(1)));
        assert!((&mut second).now_or_never().is_none());
        drop(first);
        assert!(matches!(second.await, Taken::Turn(_)));
    }
}
