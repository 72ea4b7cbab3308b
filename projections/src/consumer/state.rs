//! How far consumers are: one entry for each partition, with what stops it and who works on it.

use ledger_core::id::Position;
use ledger_core::store::HeldLease;
use uuid::Uuid;

use super::name::ConsumerName;
use super::partition::Partition;
use super::table;
use crate::views::{Row, Views, ViewsError};

/// How a partition of a consumer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionState {
    /// The consumer.
    pub consumer: ConsumerName,
    /// The partition.
    pub partition: Partition,
    /// Epoch of the lease under which it was worked on last; 0 before the first time.
    pub epoch: u64,
    /// Every event of the partition up to here is handled.
    pub position: Position,
    /// What stops it.
    pub fault: Option<Fault>,
}

/// Why a partition stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The event that cannot be handled.
    pub position: Position,
    /// What its handler said, or the engine; never personal.
    pub what: String,
}

impl PartitionState {
    /// Events of the log, of any partition, that it has not come past.
    #[must_use]
    pub const fn lag(&self, head: Position) -> u64 {
        head.get().saturating_sub(self.position.get())
    }

    /// Who works on it just now, by the leases that are held.
    #[must_use]
    pub fn holder(&self, leases: &[HeldLease]) -> Option<Uuid> {
        let name = self.consumer.lease(self.partition);
        let held = leases.iter().find(|held| held.name == name);
        held.map(|held| held.holder)
    }

    /// Reads the columns `consumer`, `part`, `epoch`, `position`, `fault_position` and `fault`.
    pub(super) fn of_row(row: &Row) -> Result<Self, ViewsError> {
        let consumer = ConsumerName::new(row.text(0)?).map_err(|_| ViewsError::Column(0))?;
        let fault = match (row.optional_int(4)?, row.optional_text(5)?) {
            (Some(position), Some(what)) => Some(Fault {
                position: Position::from_i64(position),
                what: what.to_owned(),
            }),
            (None | Some(_), None) | (None, Some(_)) => None,
        };
        Ok(Self {
            consumer,
            partition: Partition::from_i64(row.int(1)?).ok_or(ViewsError::Column(1))?,
            epoch: u64::try_from(row.int(2)?).map_err(|_| ViewsError::Column(2))?,
            position: Position::from_i64(row.int(3)?),
            fault,
        })
    }
}

/// Every partition of every consumer, by name and number; nothing is made where there is none.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn states(views: &Views) -> Result<Vec<PartitionState>, ViewsError> {
    if !table::is_begun(views).await? {
        return Ok(Vec::new());
    }
    let sql = include_str!("sql/partition_list.sql");
    let rows = views.query(0, sql, Vec::new()).await?;
    rows.iter().map(PartitionState::of_row).collect()
}
