//! 担当: who is in charge, an account that is closed marked as such.

use std::collections::BTreeMap;

use ledger_commands::state::{Child, Folded, StreamState as _};
use ledger_core::actor::{Actor, Role};
use ledger_core::code::Charge;
use ledger_core::id::{ChildId, Position, StreamName};
use ledger_core::time::Day;
use ledger_projections::caseload::caseload;

use super::door::SignedIn;
use super::language::{listed, t};
use super::site::Site;
use crate::failure::Failure;
use crate::fault::views_failure;
use crate::reading::{ClosedAccounts, recent};

/// An account in charge.
pub(super) fn named(account: &str, closed: &ClosedAccounts) -> String {
    if closed.has(account) {
        return format!("{account}{}", t("（利用終了）", " (closed)"));
    }
    account.to_owned()
}

/// Several of them.
pub(super) fn all_named(accounts: &[String], closed: &ClosedAccounts) -> String {
    let names = accounts.iter().map(|account| named(account, closed));
    listed(&names.collect::<Vec<_>>())
}

/// Whether somebody is in charge whose account is closed.
pub(super) fn has_left(accounts: &[String], closed: &ClosedAccounts) -> bool {
    accounts.iter().any(|account| closed.has(account))
}

/// Of how many whose case goes on somebody is in charge whose account is closed; told to the manager, who hands over.
pub(super) async fn left_alone(
    site: &Site,
    signed_in: &SignedIn,
    (today, head): (Day, Position),
    closed: &ClosedAccounts,
) -> Result<usize, Failure> {
    if signed_in.role != Role::Manager {
        return Ok(0);
    }
    let known = caseload(&site.open.open.facts, today, head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let going_on = known.iter().filter(|line| line.closed_on.is_none());
    Ok(going_on
        .filter(|line| has_left(&line.in_charge, closed))
        .count())
}

/// Who is in charge of a person, and how; none of a record that is damaged.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn charges(
    site: &Site,
    child: ChildId,
) -> Result<Option<BTreeMap<Actor, Charge>>, Failure> {
    let stream = StreamName::child(child);
    let Ok(history) = recent(&site.open.open, &stream).await?.at(None) else {
        return Ok(None);
    };
    let folded = Folded::of_history(&stream, &history);
    Ok(Child::of(folded.state()).map(|child| child.care_team.charges.clone()))
}

/// Whether nobody is in charge of a person; where that cannot be read, it is not said.
pub(super) async fn is_nobody(site: &Site, child: ChildId) -> bool {
    let known = charges(site, child).await.ok().flatten();
    known.is_some_and(|charges| charges.is_empty())
}
