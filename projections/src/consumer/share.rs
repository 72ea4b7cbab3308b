//! How partitions are shared out among the processes that work on a consumer: a pure function of the leases
//! that are held.

use std::collections::BTreeSet;

use ledger_core::store::HeldLease;
use uuid::Uuid;

use super::name::ConsumerName;
use super::partition::{Partition, Partitions};

/// What one process may hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// Most partitions; what is above is given back.
    pub(super) most: usize,
    /// Partitions that nobody else holds.
    pub(super) free: Vec<Partition>,
}

/// The share of `me`: the partitions by the number of processes that hold or wait, rounded up; rounded down,
/// but to one at least, while another waits that holds none.
pub(super) fn share(
    leases: &[HeldLease],
    (name, partitions): (&ConsumerName, Partitions),
    me: Uuid,
) -> Share {
    let (all, waiting) = (name.leases(), name.waiting_lease());
    let own = leases.iter().filter(|held| held.name.starts_with(&all));
    let processes: BTreeSet<Uuid> = own.clone().map(|held| held.holder).chain([me]).collect();
    let another_waits = own
        .clone()
        .any(|held| held.name == waiting && held.holder != me);
    let count = usize::from(partitions.get());
    let most = if another_waits {
        count.checked_div(processes.len()).unwrap_or(count).max(1)
    } else {
        count.div_ceil(processes.len())
    };
    // One of `me` that nobody works on is free as well: its answer may have been lost.
    let is_free = |partition: &Partition| {
        let lease = name.lease(*partition);
        !own.clone()
            .any(|held| held.name == lease && held.holder != me)
    };
    Share {
        most,
        free: partitions.all().filter(is_free).collect(),
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::time::Timestamp;

    use super::*;

    fn holder(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    /// Leases on the partitions by their holders, 0 for a free one, and who waits.
    fn leases(holders: &[u128], waiting: u128) -> Vec<HeldLease> {
        let name = ConsumerName::new("mail").unwrap();
        let partitions = Partitions::new(64).unwrap().all();
        let held = partitions
            .zip(holders)
            .map(|(partition, by)| (name.lease(partition), *by));
        let held = held.chain([(name.waiting_lease(), waiting)]);
        // Another consumer's leases count for nothing.
        let held = held.chain([
            ("consumer/mailer/0".to_owned(), 99),
            ("writer".to_owned(), 98),
        ]);
        let held = held.filter(|(_, by)| *by > 0).map(|(name, by)| HeldLease {
            name,
            holder: holder(by),
            epoch: 1,
            until: "2024-04-01T00:00:00Z".parse::<Timestamp>().unwrap(),
        });
        held.collect()
    }

    #[test]
    fn partitions_are_divided_by_those_who_hold_or_wait() {
        for (holders, waiting, me, most, free) in [
            (vec![0, 0, 0, 0], 0, 1, 4, 4),
            (vec![1, 1, 1, 1], 0, 1, 4, 4),
            // Who waits is counted, and holds nothing yet.
            (vec![1, 1, 1, 1], 2, 1, 2, 4),
            (vec![1, 1, 1, 1], 2, 2, 2, 0),
            (vec![1, 1, 0, 0], 2, 2, 2, 2),
            // Three for two: somebody has one more.
            (vec![1, 1, 2], 0, 1, 2, 2),
            // While one waits in vain, nobody has one more.
            (vec![1, 1, 2, 2, 3, 3, 3], 4, 3, 1, 3),
            (vec![1, 2], 3, 1, 1, 1),
            // One that is gone leaves its share.
            (vec![1, 1, 0, 0, 3, 3], 0, 1, 3, 4),
        ] {
            let partitions = Partitions::new(holders.len().try_into().unwrap()).unwrap();
            let name = ConsumerName::new("mail").unwrap();
            let leases = leases(&holders, waiting);

            let found = share(&leases, (&name, partitions), holder(me));

            assert_eq!(
                (found.most, found.free.len()),
                (most, free),
                "{holders:?}, {waiting} waits, {me}"
            );
        }
    }
}
