//! 変更の履歴: who opened which account, changed its role or closed it, and when.

use ledger_core::actor::Role;
use ledger_core::event::{AccountEvent, Event};
use ledger_core::history::History;
use ledger_core::id::Position;

use super::language::{current, t};
use crate::failure::Failure;
use crate::reading::histories;
use crate::render;
use crate::wiring::OpenLedger;

/// Changes that a page shows, the newest first.
pub(super) const SHOWN: usize = 50;

/// One change of an account.
pub(super) struct Change {
    pub(super) at: String,
    pub(super) by: String,
    pub(super) account: String,
    /// Its role before; nothing where it was not there.
    pub(super) before: Option<&'static str>,
    /// Its role since; nothing where it is closed.
    pub(super) after: Option<&'static str>,
}

/// Every change of an account up to a position, the newest first.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(super) async fn changes(open: &OpenLedger, head: Position) -> Result<Vec<Change>, Failure> {
    let found = histories(open, "account-", head).await?;
    let mut all: Vec<(Position, Change)> = found
        .iter()
        .flat_map(|(_, history)| of_one(history))
        .collect();
    all.sort_by_key(|(position, _)| std::cmp::Reverse(*position));
    Ok(all.into_iter().map(|(_, change)| change).collect())
}

fn of_one(history: &History) -> Vec<(Position, Change)> {
    let (mut name, mut role): (String, Option<Role>) = (String::new(), None);
    let mut changes = Vec::new();
    for entry in history.standing() {
        let Event::Account(event) = entry.event() else {
            continue;
        };
        let before = role;
        match event {
            AccountEvent::Opened(opened) => {
                name = opened.name.to_string();
                role = Some(opened.role);
            },
            AccountEvent::RoleChanged(other) => role = Some(other.role),
            AccountEvent::Closed(_) => role = None,
        }
        let recorded = &entry.recorded;
        let change = Change {
            at: render::minute(recorded.recorded_at, current()),
            by: render::account(recorded.metadata.actor.as_str(), current()),
            account: name.clone(),
            before: before.map(called),
            after: role.map(called),
        };
        changes.push((recorded.position, change));
    }
    changes
}

fn called(role: Role) -> &'static str {
    render::role_of_account(role, current())
}

impl Change {
    /// What stood before and stands since.
    pub(super) fn told(&self) -> String {
        let before = self.before.unwrap_or_else(|| t("（なし）", "(none)"));
        let after = self.after.unwrap_or_else(|| t("閉じた", "closed"));
        format!("{before} → {after}")
    }
}
