//! Accounts that a command gives something to: they must be there, and open.

use ledger_core::actor::Actor;
use ledger_core::id::{LedgerId, StreamName};

use super::Command;
use crate::authorise::{account, may_be_in_charge};
use crate::decision::{Context, View};
use crate::rejection::{Reason, Rejection};

/// An account that a command names, and in which field.
#[derive(Clone, Copy)]
struct Named<'a> {
    account: &'a Actor,
    field: &'static str,
    /// Whether it may be whoever gives the command, with an account or without one.
    or_own: bool,
}

impl Command {
    /// The account that is put in charge, allowed or asked to see to something.
    const fn named(&self) -> Option<Named<'_>> {
        let (account, field, or_own) = if let Self::AssignStaff(command) = self {
            (&command.account, "account", false)
        } else if let Self::AllowLateEntry(command) = self {
            (&command.account, "account", false)
        } else if let Self::ScheduleFollowUp(command) = self
            && let Some(owner) = &command.owner
        {
            (owner, "owner", true)
        } else if let Self::RecordConsultation(command) = self
            && let Some(owner) = &command.follow_up_owner
        {
            (owner, "follow_up_owner", true)
        } else {
            return None;
        };
        Some(Named {
            account,
            field,
            or_own,
        })
    }

    /// The stream of the account that it names; read and not written.
    pub(super) fn named_stream(&self, ledger: LedgerId) -> Option<StreamName> {
        self.named()
            .map(|named| account::stream(ledger, named.account))
    }

    /// Whether the account that it names may be given what it gives.
    ///
    /// # Errors
    /// [`Reason::AccountNotFound`], [`Reason::AccountClosed`] and [`Reason::RoleNotInCharge`] on the field that names it.
    pub(super) fn admits_named(&self, view: View<'_>, context: &Context) -> Result<(), Rejection> {
        let Some(named) = self.named() else {
            return Ok(());
        };
        if named.or_own && *named.account == context.actor {
            return Ok(());
        }
        let stream = account::stream(context.ledger, named.account);
        let role = account::role(view.state(&stream)?, named.field)?;
        if matches!(self, Self::AssignStaff(_)) && !may_be_in_charge(role) {
            return Err(Reason::RoleNotInCharge.on(named.field));
        }
        Ok(())
    }
}
