//! Consumers: named, durable readers of the log that several processes work on together, partition by
//! partition.
//!
//! They stand beside the projections' runner because they keep the runner's promise: a checkpoint moves in
//! the one transaction that writes what its events make. A projection is one fold over the whole log; a
//! consumer shares the streams out, may act outside the views, and stops one partition where one event
//! fails.
//!
//! For each partition one process at a time holds a lease of the store, and the checkpoint's row knows the
//! lease's epoch. A holder writes only while both the position and the epoch are as it left them, so that
//! one that was paused while its lease went to another can neither write nor move the checkpoint. Of what
//! is written into the views each event counts exactly once and in its stream's order; what a handler does
//! elsewhere may be done again behind a crash, and in that order, too.
//!
//! ```
//! use ledger_core::store::StoredEvent;
//! use ledger_projections::consumer::{Failed, Handler, Partition};
//! use ledger_projections::views::{Statement, Value, Write};
//!
//! /// Counts the events of each stream.
//! struct Counting;
//!
//! #[async_trait::async_trait]
//! impl Handler for Counting {
//!     async fn handle(&self, _: Partition, events: &[StoredEvent]) -> Result<Vec<Write>, Failed> {
//!         let count = "INSERT INTO counted (stream, events) VALUES ($1, 1)
//!             ON CONFLICT (stream) DO UPDATE SET events = counted.events + 1";
//!         let one = |event: &StoredEvent| {
//!             Statement::on(0, count, vec![Value::from(event.stream.as_str())]).into()
//!         };
//!         Ok(events.iter().map(one).collect())
//!     }
//! }
//! ```

mod batch;
mod keep;
mod name;
mod partition;
mod remove;
mod share;
mod state;
mod table;
mod work;
mod worker;

pub use name::{ConsumerName, ConsumerNameError, LEASES};
pub use partition::{Partition, Partitions, PartitionsError};
pub use remove::remove;
pub use state::{Fault, PartitionState, states};
pub use table::{define, prepare};
pub use worker::{Consumer, Pace, Worker};

use async_trait::async_trait;
use ledger_core::id::Position;
use ledger_core::store::{LeaseError, StoredEvent};
use uuid::Uuid;

use crate::views::{ViewsError, Write};

/// What a consumer does with events.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Handles events of one partition in their order, and gives what is to be written into the views in
    /// the transaction that moves the checkpoint behind them.
    ///
    /// Several partitions are handled at once, each batch behind the one before it. A batch whose
    /// transaction does not come about is handed over again, perhaps in other parts or in another process:
    /// what is kept in memory from one batch to the next is no truth.
    ///
    /// # Errors
    /// [`Failed`] stops the partition before that event; the events before it are handed over again without
    /// it, and it itself is tried again after growing waits.
    async fn handle(
        &self,
        partition: Partition,
        events: &[StoredEvent],
    ) -> Result<Vec<Write>, Failed>;
}

/// An event that could not be handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The event, one of those that were handed over.
    pub at: Position,
    /// Why, for whoever runs the program; never personal.
    pub what: String,
}

/// Why a consumer cannot be made, worked on or removed.
#[derive(Debug, thiserror::Error)]
pub enum ConsumerError {
    /// It was made with another number of partitions.
    #[error(
        "consumer {name} was made with {there} partitions and cannot have {asked}: ask for {there}, or remove it and make it anew"
    )]
    OtherPartitions {
        /// The consumer.
        name: ConsumerName,
        /// How many were asked for.
        asked: Partitions,
        /// How many it has.
        there: u64,
    },
    /// Nothing has that name.
    #[error("there is no consumer named {0}; status lists those that there are")]
    Unknown(ConsumerName),
    /// It went away while it was worked on.
    #[error(
        "consumer {0} was removed; start it again to make it anew from the beginning of the log"
    )]
    Removed(ConsumerName),
    /// A process works on it.
    #[error(
        "partition {partition} of consumer {name} is held by {holder}; stop that process first"
    )]
    InUse {
        /// The consumer.
        name: ConsumerName,
        /// The partition.
        partition: Partition,
        /// The process, as its lease names it.
        holder: Uuid,
    },
    /// The views cannot be read or written.
    #[error(transparent)]
    Views(#[from] ViewsError),
    /// The leases cannot be asked for.
    #[error(transparent)]
    Lease(#[from] LeaseError),
}
