//! The position of the newest record, for whoever waits for it: that somebody signed in, looked at one or took a
//! list along is no news.

use ledger_core::event::{AccessEvent, Event};
use ledger_core::id::{EventType, Position};
use ledger_core::store::{Direction, Filter, LedgerStore, ReadAll};
use tokio::sync::watch;

use super::changes::Listening;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::keeper::Looked;

/// What waits for news is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Newest {
    /// The newest record.
    pub(super) position: Position,
    /// Nothing more will be told: the program ends.
    pub(super) is_over: bool,
}

/// Tells of new records.
#[derive(Default)]
pub struct News {
    newest: watch::Sender<Newest>,
    /// Who listens over HTTP.
    pub(super) listening: Listening,
}

impl News {
    /// Nothing was told yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What is told from now on.
    pub(super) fn listen(&self) -> watch::Receiver<Newest> {
        self.newest.subscribe()
    }

    /// Tells of what the looks at the ledger find, until `stop` turns true.
    pub async fn follow(
        &self,
        store: &dyn LedgerStore,
        mut looked: watch::Receiver<Looked>,
        mut stop: watch::Receiver<bool>,
    ) {
        let telling = async {
            let mut head = Position::default();
            while looked.changed().await.is_ok() {
                let found = looked.borrow_and_update().found.as_ref().map(|it| it.head);
                let Some(now) = found.filter(|now| *now > head) else {
                    continue;
                };
                match newest(store, head).await {
                    Ok(Some(position)) => {
                        self.newest.send_modify(|told| told.position = position);
                        head = now;
                    },
                    Ok(None) => head = now,
                    // Looked for again with the next look.
                    Err(failure) => tracing::debug!(code = failure.code, "no news could be read"),
                }
            }
        };
        tokio::select! {
            () = telling => {},
            _ = stop.wait_for(|stop| *stop) => {},
        }
        self.newest.send_modify(|told| told.is_over = true);
        // Whoever runs this waits for `stop`.
        drop(stop.wait_for(|stop| *stop).await);
    }
}

/// The newest record after a position, if there is one.
async fn newest(store: &dyn LedgerStore, after: Position) -> Result<Option<Position>, Failure> {
    let types = Event::types().into_iter().map(|info| info.name);
    let reviewed = |name: &str| AccessEvent::TYPES.iter().any(|info| info.name == name);
    // What an import refused is told where its rows are looked at.
    let types = types.filter(|name| !reviewed(name));
    let mut read = ReadAll {
        from: None,
        direction: Direction::Backwards,
        limit: 1,
        filter: Filter::of_types(types.filter_map(|name| EventType::new(name).ok())),
        as_at: None,
    };
    loop {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        if let Some(found) = page.events.first() {
            return Ok(Some(found.position).filter(|position| *position > after));
        }
        match page.next {
            Some(next) if Position::new(next) > after => read.from = Some(Position::new(next)),
            Some(_) | None => return Ok(None),
        }
    }
}
