//! Looks at the ledger once a second: does it answer, how far are the log and what is kept of it.

use std::time::{Duration, Instant};

use ledger_core::id::Position;
use ledger_core::store::ReadAll;
use ledger_core::time::Timestamp;
use ledger_projections::consumer::states;
use ledger_projections::generation::{Generation, generations};
use ledger_projections::projection::Projection;
use ledger_projections::registry;
use tokio::sync::watch;

use super::Keeper;
use crate::failure::Failure;
use crate::fault::{read_failure, views_failure};

/// How often the ledger is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// How long it may take to answer.
const ANSWER: Duration = Duration::from_secs(3);

/// What the last look at the ledger found.
#[derive(Clone, Debug)]
pub struct Looked {
    /// When it ended.
    pub at: Instant,
    /// What was found; none before the first look, and where the ledger did not answer.
    pub found: Option<Found>,
    /// Whether the ledger was looked at at all.
    pub begun: bool,
}

/// A ledger that answered.
#[derive(Clone, Debug)]
pub struct Found {
    /// Position of the newest event.
    pub head: Position,
    /// Every projection that the program keeps.
    pub projections: Vec<Kept>,
}

/// How a kept projection is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub name: &'static str,
    /// Every event up to here is in its live tables.
    pub position: Position,
    /// Its live tables are there and of this program's version.
    pub built: bool,
    /// An event stops it.
    pub stopped: bool,
}

impl Looked {
    /// Nothing was looked at yet.
    #[must_use]
    pub fn not_yet() -> Self {
        Self {
            at: Instant::now(),
            found: None,
            begun: false,
        }
    }
}

impl Kept {
    /// Events that it lacks up to a head.
    #[must_use]
    pub const fn lag(&self, head: Position) -> u64 {
        head.get().saturating_sub(self.position.get())
    }

    /// How a projection is, by the generations of all of them.
    #[must_use]
    pub fn of(projection: &dyn Projection, all: &[Generation]) -> Self {
        let own = all.iter().filter(|one| one.name == projection.name());
        let live = own.clone().find(|one| one.live);
        Self {
            name: projection.name(),
            position: live.map(|one| one.position).unwrap_or_default(),
            built: live.is_some_and(|one| one.version == projection.version()),
            // What a newer program began to build, and could not, stops nobody here.
            stopped: own
                .filter(|one| one.live || one.version == projection.version())
                .any(|one| one.fault.is_some()),
        }
    }
}

/// Looks for ever, and tells what it finds.
pub(super) async fn look(
    keeper: &Keeper,
    looked: &watch::Sender<Looked>,
    followed: &watch::Receiver<Position>,
) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut answered = true;
    loop {
        ticks.tick().await;
        let followed = *followed.borrow();
        let found = match tokio::time::timeout(ANSWER, once(keeper, followed)).await {
            Ok(Ok(found)) => Some(found),
            Ok(Err(failure)) => {
                tracing::debug!(code = failure.code, "the ledger cannot be looked at");
                None
            },
            Err(_) => None,
        };
        keeper.metrics.kept.store_is_up(found.is_some());
        keeper.metrics.tidy();
        if answered != found.is_some() {
            answered = found.is_some();
            if answered {
                tracing::warn!("the ledger answers again");
            } else {
                tracing::warn!("the ledger does not answer");
            }
        }
        looked.send_replace(Looked {
            at: Instant::now(),
            found,
            begun: true,
        });
    }
}

/// One look, noted in the metrics.
async fn once(keeper: &Keeper, followed: Position) -> Result<Found, Failure> {
    // The views first: they are never ahead of the head that is read after them.
    let all = generations(&keeper.views).await;
    let all = all.map_err(|error| views_failure(&error))?;
    let consumers = states(&keeper.views).await;
    let consumers = consumers.map_err(|error| views_failure(&error))?;
    let head = keeper.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?.position;
    let kept = registry::ALL.iter().map(|one| Kept::of(*one, &all));
    let projections: Vec<Kept> = kept.collect();
    keeper.metrics.kept.log_is_at(head, followed);
    keeper.metrics.consumers.are(&consumers, head);
    for kept in &projections {
        let oldest = if kept.position < head {
            age(keeper, kept.position).await
        } else {
            Duration::ZERO
        };
        if let Some(metrics) = keeper.metrics.kept.projection(kept.name) {
            metrics.is_at(kept.position, kept.lag(head), oldest);
            metrics.is_stopped(kept.stopped);
        }
    }
    Ok(Found { head, projections })
}

/// Age of the first event after a position; zero where it cannot be told.
async fn age(keeper: &Keeper, position: Position) -> Duration {
    let read = ReadAll::one(position.plus(1));
    let page = keeper.store.read_all(&read).await.ok();
    let event = page.as_ref().and_then(|page| page.events.first());
    event.map_or(Duration::ZERO, |event| {
        between(event.recorded_at, keeper.clock.now())
    })
}

/// Time from one moment to a later one.
fn between(from: Timestamp, to: Timestamp) -> Duration {
    let micros = to.micros().saturating_sub(from.micros());
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}
