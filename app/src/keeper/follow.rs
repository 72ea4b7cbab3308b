//! Follows the log, and brings the kept projections forward while this process holds the lease.

use std::time::Duration;

use futures::{FutureExt as _, StreamExt as _};
use ledger_core::id::Position;
use ledger_core::store::{Filter, LedgerStore, ReadError, StoredEvent, Subscription};
use ledger_projections::catch_up::catch_up;
use ledger_projections::runner::RunError;
use tokio::sync::watch;

use super::Keeper;
use super::look::Looked;
use crate::failure::root_cause;

/// How long to wait after a first failure; after each further one twice as long.
const PAUSE: Duration = Duration::from_secs(1);
/// The pause behind each run, so that what comes meanwhile is written at once; whoever must see it sooner brings the
/// projections forward themselves.
const TOGETHER: Duration = Duration::from_millis(100);
/// The longest wait after failures.
const PAUSE_MAX: Duration = Duration::from_secs(10);

/// Follows the log for ever; a failure is told once and tried again.
pub(super) async fn follow(
    keeper: &Keeper,
    holding: &watch::Receiver<bool>,
    mut looks: watch::Receiver<Looked>,
    followed: &watch::Sender<Position>,
) {
    let mut log = Log::default();
    let (mut pause, mut told) = (PAUSE, None);
    loop {
        // What is heard comes at once; a look is the safety net where nothing is heard.
        tokio::select! {
            () = log.more(keeper.store.as_ref()) => {},
            _ = looks.changed() => {},
        }
        followed.send_replace(log.at());
        let head = wanted(&looks.borrow(), log.at());
        let Some(head) = head.filter(|_| *holding.borrow()) else {
            continue;
        };
        match bring(keeper, head).await {
            Ok(()) => {
                (pause, told) = (PAUSE, None);
                tokio::time::sleep(TOGETHER).await;
            },
            Err(error) => {
                let why = why(&error);
                if told.as_ref() != Some(&why) {
                    tracing::warn!(error = %why, "the projections could not be brought forward");
                    told = Some(why);
                }
                tokio::time::sleep(pause).await;
                pause = pause.saturating_mul(2).min(PAUSE_MAX);
            },
        }
    }
}

/// Where the projections are to be brought, if any of them lacks something.
fn wanted(looked: &Looked, at: Position) -> Option<Position> {
    let found = looked.found.as_ref()?;
    let head = found.head.max(at);
    let lacks = found.projections.iter();
    let lacks = lacks
        .filter(|one| !one.built || one.position < head)
        .count();
    (lacks > 0).then_some(head)
}

/// What the log is told; of an event that cannot be understood only its position.
fn why(error: &RunError) -> String {
    match error {
        RunError::Poisoned { .. }
        | RunError::Unwritten { .. }
        | RunError::Stopped
        | RunError::Unknown(_) => error.to_string(),
        RunError::Read(_) | RunError::Views(_) => format!("{error}: {}", root_cause(error)),
    }
}

async fn bring(keeper: &Keeper, head: Position) -> Result<(), RunError> {
    catch_up(keeper.store.as_ref(), &keeper.views, head, &mut |_, _| {}).await
}

/// The log as it comes.
#[derive(Default)]
struct Log {
    events: Option<Subscription>,
    /// Position of the last event that came, or the head at the beginning.
    at: Option<Position>,
}

impl Log {
    fn at(&self) -> Position {
        self.at.unwrap_or_default()
    }

    /// Waits until events came; dropping the wait loses none.
    async fn more(&mut self, store: &dyn LedgerStore) {
        if let Err(error) = self.come(store).await {
            tracing::debug!(%error, "the log cannot be followed");
            self.events = None;
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn come(&mut self, store: &dyn LedgerStore) -> Result<(), ReadError> {
        let at = match self.at {
            Some(at) => at,
            None => store.head().await?.position,
        };
        self.at = Some(at);
        let events = match &mut self.events {
            Some(events) => events,
            none @ None => none.insert(store.subscribe(at, Filter::default()).await?),
        };
        let mut next: Option<Result<StoredEvent, ReadError>> = events.next().await;
        loop {
            let Some(event) = next else {
                return Err(ReadError::Busy);
            };
            self.at = Some(event?.position);
            match events.next().now_or_never() {
                Some(more) => next = more,
                None => return Ok(()),
            }
        }
    }
}
