//! Who signed in, what an account signs in with, and its tokens: events of the day's access stream.

use ledger_core::code::SecondFactor;
use ledger_core::event::{
    AccessEvent, SessionBegun, SignInChanged, SignInLinkMade, TokenMade, TokensRevoked,
};

use crate::authorise::{Action, Assignment, Subject, authorise};
use crate::envelope::{Envelope, Receipt};
use crate::ledger::{ExecuteError, Ledger};

impl Ledger {
    /// Records that the envelope's actor signs in; show a page only after this returned.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the account is closed, the others when the event cannot be
    /// written: then nobody is signed in.
    pub async fn record_session(
        &self,
        second_factor: Option<SecondFactor>,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        let _role = self.role_of(&envelope.actor, envelope.role).await?;
        let begun = SessionBegun { second_factor };
        self.write_access(AccessEvent::SessionBegun(begun), envelope)
            .await
    }

    /// Records that the envelope's actor makes a link with which an account's password is set; make it
    /// only after this returned.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the actor may not manage accounts, the others when the event
    /// cannot be written.
    pub async fn record_sign_in_link(
        &self,
        made: SignInLinkMade,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        self.may_manage_accounts(envelope).await?;
        self.write_access(AccessEvent::LinkMade(made), envelope)
            .await
    }

    /// Records that the envelope's actor changes what an account signs in with, their own or, where they
    /// may manage accounts, somebody else's; change it only after this returned.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the actor may not, the others when the event cannot be written.
    pub async fn record_sign_in_change(
        &self,
        changed: SignInChanged,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        if changed.account == envelope.actor {
            let _role = self.role_of(&envelope.actor, envelope.role).await?;
        } else {
            self.may_manage_accounts(envelope).await?;
        }
        self.write_access(AccessEvent::SignInChanged(changed), envelope)
            .await
    }

    /// Records that the envelope's actor makes a token of an account; make it only after this returned.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the actor may not manage accounts, the others when the event
    /// cannot be written.
    pub async fn record_token(
        &self,
        made: TokenMade,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        self.may_manage_accounts(envelope).await?;
        self.write_access(AccessEvent::TokenMade(made), envelope)
            .await
    }

    /// Records that the envelope's actor takes the tokens of an account back; do it only after this
    /// returned.
    ///
    /// # Errors
    /// [`ExecuteError::Rejected`] when the actor may not manage accounts, the others when the event
    /// cannot be written.
    pub async fn record_tokens_revoked(
        &self,
        revoked: TokensRevoked,
        envelope: &Envelope,
    ) -> Result<Receipt, ExecuteError> {
        self.may_manage_accounts(envelope).await?;
        self.write_access(AccessEvent::TokensRevoked(revoked), envelope)
            .await
    }

    async fn may_manage_accounts(&self, envelope: &Envelope) -> Result<(), ExecuteError> {
        let role = self.role_of(&envelope.actor, envelope.role).await?;
        let action = Action::ManageAccounts;
        Ok(authorise(role, action, Subject::Ledger, Assignment::None)?)
    }
}
