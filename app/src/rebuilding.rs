//! Makes kept projections anew while the program serves: asked for on a page, done one after the other beside it.

use std::collections::BTreeMap;

use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::{Clock, Timestamp};
use ledger_projections::projection::Projection;
use ledger_projections::rebuild::rebuild;
use ledger_projections::registry;
use ledger_projections::views::Views;
use tokio::sync::watch;

use crate::failure::Failure;
use crate::fault::{read_failure, run_failure};

/// What was asked for, what goes on, and how it ended.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Names of projections, in the order in which they were asked for.
    pub waiting: Vec<&'static str>,
    /// The one that is being made.
    pub going: Option<Going>,
    /// How each ended last, since the program was started.
    pub ended: BTreeMap<&'static str, Ended>,
}

/// A projection that is being made anew.
#[derive(Clone, Copy, Debug)]
pub struct Going {
    /// Its name.
    pub name: &'static str,
    /// How far it has come.
    pub at: Position,
    /// How far it is to go.
    pub to: Position,
}

/// How a projection's making ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Up to where it was made, or why it was not.
    pub done: Result<Position, Failure>,
}

/// Takes what is asked for, and tells how it goes.
#[derive(Debug, Default)]
pub struct Rebuilds(watch::Sender<Work>);

impl Rebuilds {
    /// Nothing was asked for yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How it goes now.
    #[must_use]
    pub fn work(&self) -> Work {
        self.0.borrow().clone()
    }

    /// Asks for a projection to be made anew; one that is asked for already is not asked for twice.
    pub fn ask(&self, projection: &'static dyn Projection) {
        let name = projection.name();
        self.0.send_if_modified(|work| {
            let going = work.going.as_ref().is_some_and(|going| going.name == name);
            let is_new = !going && !work.waiting.contains(&name);
            if is_new {
                work.waiting.push(name);
            }
            is_new
        });
    }

    /// Makes what is asked for until `stop` turns true; what is interrupted then goes on when it is asked for
    /// again.
    pub async fn run(
        &self,
        (store, views): (&dyn EventStore, &Views),
        clock: &dyn Clock,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut asked = self.0.subscribe();
        let working = async {
            while asked
                .wait_for(|work| !work.waiting.is_empty())
                .await
                .is_ok()
            {
                let Some(projection) = self.begin() else {
                    continue;
                };
                let done = self.build(projection, store, views).await;
                if let Err(failure) = &done {
                    tracing::error!(code = failure.code, "a projection could not be made anew");
                }
                let ended = Ended {
                    at: clock.now(),
                    done,
                };
                self.0.send_modify(|work| {
                    work.going = None;
                    work.ended.insert(projection.name(), ended);
                });
            }
        };
        tokio::select! {
            () = working => {},
            _ = stop.wait_for(|stop| *stop) => {},
        }
        // Whoever runs this waits for `stop`.
        drop(stop.wait_for(|stop| *stop).await);
    }

    /// Takes the one that was asked for first.
    fn begin(&self) -> Option<&'static dyn Projection> {
        let mut begun = None;
        self.0.send_modify(|work| {
            if work.waiting.is_empty() {
                return;
            }
            let name = work.waiting.remove(0);
            begun = registry::find(name);
            work.going = begun.map(|projection| Going {
                name: projection.name(),
                at: Position::default(),
                to: Position::default(),
            });
        });
        begun
    }

    async fn build(
        &self,
        projection: &'static dyn Projection,
        store: &dyn EventStore,
        views: &Views,
    ) -> Result<Position, Failure> {
        let head = store.head().await.map_err(|error| read_failure(&error))?;
        let mut progress = |at, to| {
            self.0.send_modify(|work| {
                if let Some(going) = &mut work.going {
                    (going.at, going.to) = (at, to);
                }
            });
        };
        let built = rebuild(store, views, &[projection], head.position, &mut progress).await;
        built.map_err(|error| run_failure(&error))?;
        Ok(head.position)
    }
}

#[cfg(test)]
mod tests {
    use ledger_projections::event_index::EventIndex;
    use ledger_projections::facts::Facts;

    use super::*;

    #[test]
    fn what_waits_or_goes_on_is_not_asked_for_twice() {
        let rebuilds = Rebuilds::new();
        rebuilds.ask(&Facts);
        rebuilds.ask(&EventIndex);
        rebuilds.ask(&Facts);
        assert_eq!(rebuilds.work().waiting, ["facts", "event_index"]);

        let begun = rebuilds.begin().map(Projection::name);
        assert_eq!(begun, Some("facts"));
        rebuilds.ask(&Facts);
        assert_eq!(rebuilds.work().waiting, ["event_index"]);
        assert_eq!(rebuilds.work().going.map(|going| going.name), Some("facts"));
    }
}
