//! Reads which backups were taken last, of the log and of its keys, and whether they are too old.

use ledger_commands::rule::term::BACKUP_AGE;
use ledger_core::code::BackupOf;
use ledger_core::event::{AccessEvent, BackupTaken, Event, Recorded};
use ledger_core::id::{EventType, Position};
use ledger_core::store::{Direction, Filter, ReadAll};
use ledger_core::time::{Day, Timestamp};
use ledger_projections::settings::{Settings, SettingsError};

use super::{of_types, unreadable};
use crate::failure::Failure;
use crate::fault::{figures_failure, read_failure};
use crate::wiring::OpenLedger;

/// After how many days a backup is too old, until the ward sets the term `backup-age`; no source says it.
const DAYS: u32 = 7;

/// What says that a backup was taken.
const TAKEN: &str = "backup-taken";

/// The newest backups of a ledger.
#[derive(Clone, Debug)]
pub struct Backups {
    /// Of the log, the whole of it as it was then.
    pub ledger: Option<LastBackup>,
    /// Of the keys.
    pub keys: Option<LastBackup>,
    /// After how many days one is too old.
    pub days: u32,
    /// Whether business days are meant.
    pub business_days: bool,
    /// Whether the ward set these days.
    pub is_set: bool,
}

/// A backup as the ledger holds it.
#[derive(Clone, Debug)]
pub struct LastBackup {
    /// What was taken.
    pub taken: BackupTaken,
    /// When.
    pub at: Timestamp,
    /// Days since then, as the term counts them.
    pub age: i64,
    /// By whom.
    pub by: String,
    /// Where the event stands that says so.
    pub position: Position,
}

impl LastBackup {
    /// Events that were recorded since; the one of the backup itself is no loss.
    #[must_use]
    pub const fn since(&self, head: Position) -> u64 {
        let own = if self.position.get() > self.taken.position.get() {
            1
        } else {
            0
        };
        let since = head.get().saturating_sub(self.taken.position.get());
        since.saturating_sub(own)
    }
}

impl Backups {
    /// Whether there is none, or an old one.
    #[must_use]
    pub fn is_late(&self, last: Option<&LastBackup>) -> bool {
        last.is_none_or(|last| last.age > i64::from(self.days))
    }

    /// The newest backup of each.
    #[must_use]
    pub fn each(&self) -> [(BackupOf, Option<&LastBackup>); 2] {
        [
            (BackupOf::Ledger, self.ledger.as_ref()),
            (BackupOf::Keys, self.keys.as_ref()),
        ]
    }
}

/// The newest backups, and how old they may be.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn backups(open: &OpenLedger, today: Day) -> Result<Backups, Failure> {
    let store = open.store.as_ref();
    let settings = match Settings::read(store, None).await {
        Ok(settings) => settings,
        // A backup may be taken before anything is set.
        Err(SettingsError::NotSet) => Settings::default(),
        Err(error) => return Err(figures_failure(&error.into())),
    };
    let set = settings.term(BACKUP_AGE);
    let mut found = Backups {
        ledger: None,
        keys: None,
        days: set.map_or(DAYS, |set| set.days),
        business_days: set.is_some_and(|set| set.business_days),
        is_set: set.is_some(),
    };
    if open.holds() {
        for recorded in held(open).await? {
            note(&mut found, recorded, (&settings, today));
        }
        return Ok(found);
    }
    let mut wanted = ReadAll {
        from: None,
        direction: Direction::Backwards,
        limit: usize::MAX,
        filter: Filter::of_types(EventType::new(TAKEN)),
        as_at: None,
    };
    loop {
        let page = store.read_all(&wanted).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            let recorded = Recorded::read(stored).map_err(|error| unreadable(&error))?;
            note(&mut found, recorded, (&settings, today));
        }
        let is_whole = found.ledger.is_some() && found.keys.is_some();
        match page.next.map(Position::new).filter(|_| !is_whole) {
            Some(next) => wanted.from = Some(next),
            None => return Ok(found),
        }
    }
}

/// All of them, the newest first.
async fn held(open: &OpenLedger) -> Result<Vec<Recorded>, Failure> {
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let mut taken = of_types(open, &[TAKEN], head.position).await?;
    taken.reverse();
    Ok(taken)
}

/// Keeps the first of each that is met. One that was cut at an earlier position is no backup of what there
/// was then.
fn note(found: &mut Backups, recorded: Recorded, (settings, today): (&Settings, Day)) {
    let Event::Access(AccessEvent::BackupTaken(taken)) = recorded.event else {
        return;
    };
    let day = recorded.recorded_at.day_in_japan();
    let age = if found.business_days {
        settings.business_days_after(day, today)
    } else {
        today.signed_duration_since(day).num_days()
    };
    let place = match taken.backup {
        BackupOf::Ledger => &mut found.ledger,
        BackupOf::Keys => &mut found.keys,
    };
    if place.is_none() && !taken.cut {
        *place = Some(LastBackup {
            taken,
            at: recorded.recorded_at,
            age,
            by: recorded.metadata.actor.to_string(),
            position: recorded.position,
        });
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::code::BackupTarget;

    use super::*;

    fn last(age: i64, (position, event): (u64, u64)) -> LastBackup {
        LastBackup {
            taken: BackupTaken {
                backup: BackupOf::Ledger,
                written_to: BackupTarget::File,
                position: Position::new(position),
                root: "00".to_owned(),
                cut: false,
                count: position,
                bytes: 1,
                sha256: "00".to_owned(),
            },
            at: "2024-04-01T03:00:00Z".parse().unwrap(),
            age,
            by: "joho-1".to_owned(),
            position: Position::new(event),
        }
    }

    #[test]
    fn a_backup_is_late_after_its_days_and_where_there_is_none() {
        let backups = Backups {
            ledger: None,
            keys: None,
            days: 7,
            business_days: false,
            is_set: false,
        };
        assert!(!backups.is_late(Some(&last(0, (10, 11)))));
        assert!(!backups.is_late(Some(&last(7, (10, 11)))));
        assert!(backups.is_late(Some(&last(8, (10, 11)))));
        assert!(backups.is_late(None));
    }

    #[test]
    fn its_own_event_is_not_among_those_that_it_lacks() {
        assert_eq!(last(0, (10, 11)).since(Position::new(11)), 0);
        assert_eq!(last(0, (10, 14)).since(Position::new(20)), 9);
    }
}
