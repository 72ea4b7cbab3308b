//! The accounts that may be put in charge of a person (open, and in a role that is), and those that are.

use ledger_commands::authorise::may_be_in_charge;
use ledger_commands::state::{Account, Folded, StreamState as _};
use ledger_core::actor::{Actor, Role};
use ledger_core::code::Charge;

use crate::failure::Failure;
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::pages::fault::Refusal;
use crate::pages::in_charge::charges;
use crate::pages::language::{current, term};
use crate::pages::numbers::whose;
use crate::pages::site::Site;
use crate::reading::histories;
use crate::render;

/// The accounts that are open, with their roles.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(in crate::pages::act) async fn open_accounts(
    site: &Site,
) -> Result<Vec<(Actor, Role)>, Failure> {
    let open = &site.open.open;
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let found = histories(open, "account-", head.position).await?;
    let known = found.iter().filter_map(|(stream, history)| {
        let folded = Folded::of_history(stream, history);
        let account = Account::of(folded.state())?;
        Some((account.name.clone()?, account.role?))
    });
    Ok(known.collect())
}

/// Their names, each with its role, in the order of the names; who it is, is sealed.
pub(super) async fn of(site: &Site) -> Result<Vec<(String, String)>, Refusal> {
    let open = open_accounts(site).await?;
    let known = open.into_iter().filter_map(|(name, role)| {
        let called = render::role_of_account(role, current());
        let called = match current() {
            Lang::Ja => format!("{name}（{called}）"),
            Lang::En => format!("{name} ({called})"),
        };
        may_be_in_charge(role).then(|| (name.to_string(), called))
    });
    let mut known: Vec<_> = known.collect();
    known.sort();
    Ok(known)
}

/// Those in charge of a person, each with how, whoever is first of all in front; none where nobody has the number.
pub(super) async fn in_charge(
    site: &Site,
    child: &str,
) -> Result<Option<Vec<(String, String)>>, Refusal> {
    let Some(child) = whose(site, child).await? else {
        return Ok(None);
    };
    // Of a record that is damaged the account is typed.
    let Some(charges) = charges(site, child).await? else {
        return Ok(None);
    };
    let mut charges: Vec<_> = charges.into_iter().collect();
    charges.sort_by_key(|(_, charge)| *charge != Charge::Main);
    let told = charges.into_iter().map(|(account, charge)| {
        let how = term(charge.code(), charge.ja());
        let called = match current() {
            Lang::Ja => format!("{account}（{how}）"),
            Lang::En => format!("{account} ({how})"),
        };
        (account.to_string(), called)
    });
    Ok(Some(told.collect()))
}
