//! The rows of consumers and of their partitions: made once, taken over, moved, marked.

use ledger_core::id::Position;

use super::ConsumerError;
use super::name::ConsumerName;
use super::partition::{Partition, Partitions};
use super::state::{Fault, PartitionState};
use crate::views::{Statement, Value, Views, ViewsError};

/// A table that is there once all are.
const TABLE: &str = "consumer_partition";

/// A partition under a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) consumer: ConsumerName,
    pub(super) partition: Partition,
    /// Of the lease.
    pub(super) epoch: u64,
}

impl Claim {
    /// `$1` to `$3` of the statements on a row, and what else they take.
    fn parameters<const N: usize>(&self, more: [Value; N]) -> Vec<Value> {
        let own = [
            Value::from(self.consumer.as_str()),
            Value::from(i64::from(self.partition.get())),
            Value::from(i64::try_from(self.epoch).unwrap_or(i64::MAX)),
        ];
        own.into_iter().chain(more).collect()
    }
}

pub(super) async fn is_begun(views: &Views) -> Result<bool, ViewsError> {
    views.has_table(TABLE).await
}

/// Makes the tables of consumers where they are missing.
///
/// # Errors
/// [`ViewsError`] when the views cannot be written.
pub async fn prepare(views: &Views) -> Result<(), ViewsError> {
    let tables = [
        include_str!("sql/tables_consumer.sql"),
        include_str!("sql/tables_partition.sql"),
    ];
    views.make_once(TABLE, &tables).await
}

/// Makes a consumer before the log's first event, or finds it as it was made.
///
/// # Errors
/// [`ConsumerError::OtherPartitions`] when it has another number of partitions, and
/// [`ConsumerError::Views`] when the views cannot be written.
pub async fn define(
    views: &Views,
    name: &ConsumerName,
    partitions: Partitions,
) -> Result<(), ConsumerError> {
    prepare(views).await?;
    let count = Value::from(i64::from(partitions.get()));
    let own = vec![Value::from(name.as_str()), count];
    let consumer = Statement::on(0, include_str!("sql/consumer_new.sql"), own.clone());
    let partition = |partition: Partition| {
        let number = Value::from(i64::from(partition.get()));
        let parameters = own.iter().cloned().chain([number]).collect();
        Statement::on(0, include_str!("sql/partition_new.sql"), parameters)
    };
    let made = [consumer].into_iter();
    let made = made.chain(partitions.all().map(partition));
    views.write(made.collect::<Vec<Statement>>()).await?;
    match self::partitions(views, name).await? {
        Some(there) if there == u64::from(partitions.get()) => Ok(()),
        Some(there) => Err(ConsumerError::OtherPartitions {
            name: name.clone(),
            asked: partitions,
            there,
        }),
        None => Err(ConsumerError::Removed(name.clone())),
    }
}

/// How many partitions a consumer has; none where it is not there.
async fn partitions(views: &Views, name: &ConsumerName) -> Result<Option<u64>, ViewsError> {
    let sql = include_str!("sql/consumer_partitions.sql");
    let rows = views
        .query(0, sql, vec![Value::from(name.as_str())])
        .await?;
    let count =
        |row: &crate::views::Row| u64::try_from(row.int(0)?).map_err(|_| ViewsError::Column(0));
    rows.first().map(count).transpose()
}

/// Drops a consumer and its partitions.
pub(super) async fn drop_all(views: &Views, name: &ConsumerName) -> Result<(), ViewsError> {
    let texts = [
        include_str!("sql/partition_drop.sql"),
        include_str!("sql/consumer_drop.sql"),
    ];
    let drop = |sql| Statement::on(0, sql, vec![Value::from(name.as_str())]);
    views.write(texts.map(drop).to_vec()).await
}

/// Raises the epoch of a partition's row, so that whoever held it before can no longer write, and reads
/// the row; none where it is gone.
pub(super) async fn take(
    views: &Views,
    claim: &Claim,
) -> Result<Option<PartitionState>, ViewsError> {
    let sql = include_str!("sql/partition_take.sql");
    let raise = Statement::on(0, sql, claim.parameters([]));
    views.write(vec![raise]).await?;
    look(views, claim).await
}

/// Reads a partition's row; none where it is gone.
pub(super) async fn look(
    views: &Views,
    claim: &Claim,
) -> Result<Option<PartitionState>, ViewsError> {
    let sql = include_str!("sql/partition_look.sql");
    let rows = views.query(0, sql, claim.parameters([])).await?;
    rows.first().map(PartitionState::of_row).transpose()
}

/// Moves a checkpoint from one position to another, unless somebody else moved it or took it over.
pub(super) fn advance(claim: &Claim, (from, to): (Position, Position)) -> Statement {
    let parameters = claim.parameters([Value::from(to.as_i64()), Value::from(from.as_i64())]);
    let sql = include_str!("sql/partition_advance.sql");
    Statement::on(0, sql, parameters).guarding()
}

/// Notes what stops a partition, unless somebody took it over.
pub(super) fn fault(claim: &Claim, fault: &Fault) -> Statement {
    let what = Value::from(fault.what.as_str());
    let parameters = claim.parameters([Value::from(fault.position.as_i64()), what]);
    let sql = include_str!("sql/partition_fault.sql");
    Statement::on(0, sql, parameters).guarding()
}
