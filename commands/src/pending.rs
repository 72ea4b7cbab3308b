//! The answer to come of a submitted command.

use std::sync::{Arc, Mutex, PoisonError};

use ledger_core::id::StreamName;
use ledger_core::store::{Appended, CurrentRevision, PendingAppend};

use crate::cache::Cache;
use crate::envelope::Receipt;
use crate::ledger::ExecuteError;
use crate::state::Place;

/// The answer to come of a submitted command; dropping it may leave the command written.
#[derive(Debug)]
#[must_use = "a submitted command is done only when its answer says so"]
pub struct Pending(Inner);

#[derive(Debug)]
enum Inner {
    Known(Receipt),
    Flying(Box<Flying>),
}

#[derive(Debug)]
struct Flying {
    answer: PendingAppend,
    receipt: Receipt,
    places: Vec<Place>,
    flight: Flight,
}

impl Pending {
    pub(crate) const fn known(receipt: Receipt) -> Self {
        Self(Inner::Known(receipt))
    }

    pub(crate) fn flying(
        answer: PendingAppend,
        receipt: Receipt,
        places: Vec<Place>,
        flight: Flight,
    ) -> Self {
        Self(Inner::Flying(Box::new(Flying {
            answer,
            receipt,
            places,
            flight,
        })))
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// [`ExecuteError::Append`] when another writer came first or the store failed; see
    /// [`Ledger::submit`](crate::Ledger::submit) for what to do then.
    pub async fn wait(self) -> Result<Receipt, ExecuteError> {
        let flying = match self.0 {
            Inner::Known(receipt) => return Ok(receipt),
            Inner::Flying(flying) => *flying,
        };
        let appended = flying.answer.wait().await?;
        let receipt = settle(flying.receipt, &flying.places, &appended);
        flying.flight.land();
        Ok(receipt)
    }
}

/// Fills in where the events stand.
pub(crate) fn settle(mut receipt: Receipt, places: &[Place], appended: &Appended) -> Receipt {
    receipt.position = appended.position;
    receipt.repeated = appended.repeated;
    for (place, part) in places.iter().zip(&appended.streams) {
        place.get_or_init(|| part.position.unwrap_or(appended.position));
    }
    let first = appended.streams.first().map(|part| part.revision);
    if let Some(CurrentRevision::At(revision)) = first {
        receipt.revision = revision;
    }
    receipt
}

/// An append under way; unless it lands well, the folds that rest on it are dropped.
#[derive(Debug)]
pub(crate) struct Flight {
    cache: Arc<Mutex<Cache>>,
    streams: Vec<StreamName>,
    well: bool,
}

impl Flight {
    pub(crate) fn depart(cache: Arc<Mutex<Cache>>, streams: Vec<StreamName>) -> Self {
        let mut kept = cache.lock().unwrap_or_else(PoisonError::into_inner);
        for stream in &streams {
            kept.depart(stream);
        }
        drop(kept);
        Self {
            cache,
            streams,
            well: false,
        }
    }

    fn land(mut self) {
        self.well = true;
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        for stream in &self.streams {
            cache.land(stream);
            if !self.well {
                drop(cache.take(stream));
            }
        }
    }
}
