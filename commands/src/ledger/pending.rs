//! The answer to come of a submitted command.

use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt as _;
use ledger_core::id::StreamName;
use ledger_core::store::{Appended, CurrentRevision, PendingAppend};

use super::error::ExecuteError;
use crate::cache::{Answer, Cache};
use crate::envelope::Receipt;

/// The answer to come of a submitted command; dropping it may leave the command written.
#[derive(Debug)]
#[must_use = "a submitted command is done only when its answer says so"]
pub struct Pending(Inner);

#[derive(Debug)]
enum Inner {
    Known(Receipt),
    Flying(Box<(Answer, Receipt)>),
}

impl Pending {
    pub(crate) const fn known(receipt: Receipt) -> Self {
        Self(Inner::Known(receipt))
    }

    pub(crate) fn flying(answer: Answer, receipt: Receipt) -> Self {
        Self(Inner::Flying(Box::new((answer, receipt))))
    }

    pub(crate) const fn event_count(&self) -> usize {
        match &self.0 {
            Inner::Known(receipt) => receipt.events.len(),
            Inner::Flying(flying) => flying.1.events.len(),
        }
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// [`ExecuteError::Append`] when another writer came first or the store failed; see
    /// [`Ledger::submit`](crate::Ledger::submit) for what to do then.
    pub async fn wait(self) -> Result<Receipt, ExecuteError> {
        match self.0 {
            Inner::Known(receipt) => Ok(receipt),
            Inner::Flying(flying) => {
                let (answer, receipt) = *flying;
                let appended = answer.await.map_err(ExecuteError::Append)?;
                Ok(settled(receipt, &appended))
            },
        }
    }
}

/// The streams on which an append under way rests.
pub(crate) struct Streams {
    pub(crate) written: Vec<StreamName>,
    pub(crate) read: Vec<StreamName>,
}

/// The answer of an append, which tidies the cache up when it comes, whoever waits for it.
pub(crate) fn answer(pending: PendingAppend, streams: Streams, cache: Arc<Mutex<Cache>>) -> Answer {
    let answer = async move {
        let answer = pending.wait().await.map_err(Arc::new);
        let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        for stream in &streams.written {
            cache.land(stream, answer.is_ok());
        }
        if answer.is_err() {
            // One that was only read may be what another writer changed.
            streams.read.iter().for_each(|stream| cache.forget(stream));
        }
        answer
    };
    answer.boxed().shared()
}

/// Fills in where a command's events stand.
pub(crate) fn settled(mut receipt: Receipt, appended: &Appended) -> Receipt {
    receipt.repeated = appended.repeated;
    for (last, part) in receipt.streams.iter_mut().zip(&appended.streams) {
        last.position = part.position.unwrap_or(appended.position);
        if let CurrentRevision::At(revision) = part.revision {
            last.revision = revision;
        }
    }
    receipt
}
