//! The sessions of one account, as its owner sees them: where each began, since when, and when it was used last.

use super::{Digest, Session, SignInError, SignIns, ask};
use crate::actor::{Actor, Role};

/// Where a session began, as the browser told it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Which browser on which system; empty where it is not known.
    pub device: String,
    /// From which address; empty where it is not known.
    pub address: String,
}

/// A session of an account with where it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// The session; whether it has run out is the caller's to say.
    pub session: Session,
    /// Where it began.
    pub place: Place,
    /// It is the one that asks.
    pub is_this: bool,
}

impl SignIns {
    /// Notes where a session began.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn begun_at(&self, session: &Digest, place: &Place) -> Result<(), SignInError> {
        let values = [
            session.into(),
            place.device.as_str().into(),
            place.address.as_str().into(),
        ];
        self.done(ask(include_str!("sql/place_new.sql"), values))
            .await
    }

    /// Every session of an account, the one used last first.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sessions(
        &self,
        account: &Actor,
        this: &Digest,
    ) -> Result<Vec<OwnSession>, SignInError> {
        let asked = ask(include_str!("sql/sessions.sql"), [account.into()]);
        let answers = self.tables.transact(vec![asked]).await?;
        let sessions = answers.into_iter().flatten().map(|line| {
            Ok(OwnSession {
                session: Session {
                    account: account.clone(),
                    begun_at: line.time(1)?,
                    seen_at: line.time(2)?,
                    proven_for: Role::of_account(&line.text(3)?),
                },
                place: Place {
                    device: line.text(4)?,
                    address: line.text(5)?,
                },
                is_this: line.text(0)? == this.as_str(),
            })
        });
        sessions.collect()
    }
}
