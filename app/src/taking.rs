//! Whether somebody may take a list out of the ledger, and how often.

use std::num::NonZeroU32;

use ledger_commands::tells_of_persons;
use ledger_core::actor::{Actor, Role};
use ledger_core::event::{AccessEvent, Event, ExportedList, Recorded};
use ledger_core::id::StreamName;
use ledger_core::store::{EventStore, StoredEvent};
use ledger_core::time::Day;

use crate::failure::Failure;
use crate::fault::rejection_failure;
use crate::reading::records;

/// Lists about persons that an account takes out a day, where nobody says otherwise.
pub const A_DAY: NonZeroU32 = NonZeroU32::new(3).expect("above zero");

/// Refuses whoever may not take a list, or took as many about persons as anybody does on the day; what is about
/// nobody is taken as often as it is wanted.
///
/// # Errors
/// [`Failure`] with `NO_PERMISSION` or `TOO_MANY_EXPORTS`; when the log cannot be read.
pub async fn may_take(
    store: &dyn EventStore,
    (account, role): (&Actor, Role),
    list: ExportedList,
    (today, a_day): (Day, NonZeroU32),
) -> Result<(), Failure> {
    ledger_commands::may_take(role, list).map_err(|rejection| rejection_failure(&rejection))?;
    if !tells_of_persons(list) {
        return Ok(());
    }
    if taken(store, account, today).await? < usize_of(a_day) {
        return Ok(());
    }
    Err(Failure::refused(
        "TOO_MANY_EXPORTS",
        format!("人に関する一覧を書き出せるのは、一人1日{a_day}回までです。今日はもう書き出せません。"),
        format!("an account takes no more than {a_day} lists about persons out a day; today's are taken"),
    )
    .hint(
        "画面と印刷はそのまま使えます。急ぎのときは、書き出せるほかの方に頼むか、システム管理者に回数を相談してください。",
        "pages and printing go on; ask somebody else who may, or the administrator for more",
    ))
}

fn usize_of(number: NonZeroU32) -> usize {
    usize::try_from(number.get()).unwrap_or(usize::MAX)
}

/// How many lists about persons an account took out on a day, as the log has it: every process counts the same.
async fn taken(store: &dyn EventStore, account: &Actor, day: Day) -> Result<usize, Failure> {
    let of_day = records(store, &StreamName::access(day)).await?;
    let own = of_day.iter().filter(|one| is_taking(one, account));
    Ok(own.count())
}

fn is_taking(stored: &StoredEvent, account: &Actor) -> bool {
    let recorded = Recorded::read(stored).ok();
    recorded.is_some_and(|recorded| {
        let Event::Access(AccessEvent::Exported(exported)) = &recorded.event else {
            return false;
        };
        tells_of_persons(exported.list) && recorded.metadata.actor == *account
    })
}
