//! What the pages are made from.

use std::num::NonZeroU32;
use std::sync::Arc;

use ledger_commands::Envelope;
use ledger_commands::state::Account;
use ledger_core::actor::{Actor, Role};
use ledger_core::id::CommandId;
use ledger_core::seal::Randomness;
use ledger_core::sign_in::SignIns;
use ledger_core::time::{Clock, Day, Timestamp};
use tokio::sync::Mutex;

use super::pace::Pace;
use super::searches::Searches;
use crate::api::{News, Rates};
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::names::Names;
use crate::rebuilding::Rebuilds;
use crate::sign_in::passkeys::Passkeys;
use crate::sign_in::tries::{SecondTries, Tries};
use crate::wiring::OpenWithKeys;
use crate::world::NewId;

/// What the pages are made from.
pub struct Site {
    /// The ledger with its keys.
    pub open: OpenWithKeys,
    /// Who may sign in, and who is.
    pub sign_ins: SignIns,
    /// How often somebody tried to.
    pub tries: Tries,
    /// How often somebody whose password was right tried a second factor.
    pub second_tries: SecondTries,
    /// Held while a second factor is removed: its event is written before, so that of two at once the second
    /// must know what the first left. Of several processes the tables know.
    pub removals: Mutex<()>,
    /// Names, opened where somebody searches.
    pub names: Names,
    /// What was searched for lately.
    pub searches: Searches,
    /// How often programs may ask.
    pub rates: Rates,
    /// How many pages a session opens a minute.
    pub pace: Pace,
    /// Lists that an account takes out of the ledger a day.
    pub exports_a_day: NonZeroU32,
    /// What was recorded lately, for whoever waits for it.
    pub news: News,
    /// What is being made anew of the kept projections.
    pub rebuilds: Rebuilds,
    /// The present moment.
    pub clock: Arc<dyn Clock>,
    /// Randomness for secrets.
    pub random: Arc<dyn Randomness>,
    /// New ids.
    pub new_id: NewId,
    /// Passkeys, where the pages have an address with a name.
    pub passkeys: Option<Passkeys>,
    /// Where the pages are reached, where that was said.
    pub url: Option<String>,
    /// A proxy stands before the program, which says from where a request comes.
    pub behind_proxy: bool,
    /// People reach the pages over TLS, so that cookies may ask for it.
    pub over_tls: bool,
}

impl Site {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn today(&self) -> Day {
        self.clock.today()
    }

    /// The account of this name as it stands; one that was never opened has no role.
    ///
    /// # Errors
    /// [`Failure`] when the log cannot be read.
    pub(crate) async fn account_of(&self, name: &Actor) -> Result<Account, Failure> {
        let known = self.open.ledger.account_of(name).await;
        known.map_err(|error| execute_failure(&error))
    }

    /// The envelope of a new command.
    pub(crate) fn envelope(&self, account: &Actor, role: Role) -> Envelope {
        let command = CommandId::new((self.new_id)());
        Envelope::new(command, account.clone(), role)
    }
}
