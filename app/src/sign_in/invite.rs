//! Lets somebody set a password: opens the account where there is none, and makes a one-time link's secret.

use ledger_commands::{Command, Envelope};
use ledger_core::actor::{Actor, Role};
use ledger_core::code::SignInChange;
use ledger_core::event::{SignInChanged, SignInLinkMade};
use ledger_core::id::CommandId;
use ledger_core::seal::Randomness;
use ledger_core::sign_in::{Secret, SignIns};
use ledger_core::time::Clock;
use serde_json::json;

use super::lasting::{self, INVITATION};
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::lang::Lang;
use crate::render;
use crate::rights::account_named;
use crate::wiring::OpenWithKeys;
use crate::world::{NewId, World};

/// The code with which a link is refused for an account that has another role.
pub const OTHER_ROLE: &str = "OTHER_ROLE";

/// What whoever is invited sets anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anew {
    /// The password.
    Password,
    /// The second factors as well, which they lost.
    All,
}

/// What letting somebody in needs.
pub struct Admitting<'a> {
    /// The ledger.
    pub open: &'a OpenWithKeys,
    /// Who may sign in.
    pub sign_ins: &'a SignIns,
    /// The present moment.
    pub clock: &'a dyn Clock,
    /// Randomness for the secret.
    pub random: &'a dyn Randomness,
    /// New ids.
    pub new_id: &'a NewId,
}

impl<'a> Admitting<'a> {
    /// Letting somebody in at the command line.
    #[must_use]
    pub fn of(open: &'a OpenWithKeys, sign_ins: &'a SignIns, world: &'a World) -> Self {
        Self {
            open,
            sign_ins,
            clock: world.clock.as_ref(),
            random: world.random.as_ref(),
            new_id: &world.new_id,
        }
    }

    /// Invites whoever has the account, which is opened in the role where there is none; `by` must be
    /// somebody who may manage accounts. The link, and that second factors go, are events.
    ///
    /// # Errors
    /// [`Failure`] when there is no account and no role, when the account is closed or has another
    /// role, and when the ledger or the sign-ins fail.
    pub async fn invite(
        &self,
        (by, as_role): (&Actor, Role),
        account: &Actor,
        role: Option<Role>,
        anew: Anew,
    ) -> Result<Secret, Failure> {
        let known = account_named(self.open.open.store.as_ref(), account).await?;
        match (known.name, known.role, role) {
            (None, _, Some(role)) => {
                let envelope = self.envelope(by, as_role);
                self.open_account(account, role, &envelope).await?;
            },
            (None, _, None) => return Err(not_opened(account)),
            (Some(_), None, _) => return Err(closed(account)),
            (Some(_), Some(now), Some(asked)) if now != asked => {
                return Err(other_role(account, now));
            },
            (Some(_), Some(_), _) => {},
        }
        let made = SignInLinkMade {
            account: account.clone(),
        };
        let envelope = self.envelope(by, as_role);
        let recorded = self.open.ledger.record_sign_in_link(made, &envelope).await;
        recorded.map_err(|error| execute_failure(&error))?;
        if anew == Anew::All {
            self.forget_second_factors((by, as_role), account).await?;
        }
        let secret = Secret::new(self.random).map_err(|error| no_random(&error))?;
        let until = lasting::after(self.clock.now(), INVITATION);
        let invited = self.sign_ins.invite(account, &secret.digest(), until).await;
        invited.map_err(|error| super::failure(&error))?;
        tracing::info!(%by, %account, "invited");
        Ok(secret)
    }

    /// Removes the second factors of whoever has lost them, and the password with them, which alone would let
    /// in whoever knows it until the link is used.
    async fn forget_second_factors(
        &self,
        (by, as_role): (&Actor, Role),
        account: &Actor,
    ) -> Result<(), Failure> {
        let changed = SignInChanged {
            account: account.clone(),
            change: SignInChange::SecondFactorsRemoved,
        };
        let envelope = self.envelope(by, as_role);
        let recorded = self.open.ledger.record_sign_in_change(changed, &envelope);
        recorded.await.map_err(|error| execute_failure(&error))?;
        let removed = self.sign_ins.remove_all(account).await;
        removed.map_err(|error| super::failure(&error))?;
        tracing::info!(%by, %account, "all that the account signs in with was removed");
        Ok(())
    }

    pub(super) fn envelope(&self, by: &Actor, as_role: Role) -> Envelope {
        let id = CommandId::new((self.new_id)());
        Envelope::new(id, by.clone(), as_role)
    }

    async fn open_account(
        &self,
        account: &Actor,
        role: Role,
        envelope: &Envelope,
    ) -> Result<(), Failure> {
        let fields = json!({
            "command": "open-account",
            "name": account,
            "role": role,
            "occurred": self.clock.today(),
        });
        let read = Command::read(fields, self.open.ledger.id(), envelope.command);
        let command = read.map_err(|error| {
            let said = error.to_string();
            Failure::failed(
                "BAD_COMMAND",
                format!("アカウントを開けません（{said}）。"),
                said,
            )
        })?;
        let done = self.open.ledger.execute(&command, envelope).await;
        done.map(drop).map_err(|error| execute_failure(&error))
    }
}

/// The path of an invitation's page.
#[must_use]
pub fn path(secret: &Secret) -> String {
    format!("/invitation/{}", &*secret.text())
}

pub(super) fn not_opened(account: &Actor) -> Failure {
    Failure::refused(
        "ACCOUNT_NOT_FOUND",
        format!("アカウント {account} はまだありません。"),
        format!("there is no account {account} yet"),
    )
    .on("ACCOUNT")
    .hint(
        "開くには --role で役割を指定してください（例 --role staff）。",
        "name a role with --role to open it, such as --role staff",
    )
}

pub(super) fn closed(account: &Actor) -> Failure {
    Failure::refused(
        "ACCOUNT_CLOSED",
        format!("アカウント {account} は閉じられています。同じ名前はもう使えません。"),
        format!("the account {account} is closed, and its name is used no more"),
    )
    .on("ACCOUNT")
    .hint("別の名前で開いてください。", "open one under another name")
}

fn other_role(account: &Actor, now: Role) -> Failure {
    let (ja, en) = (
        render::role_of_account(now, Lang::Ja),
        render::role_of_account(now, Lang::En),
    );
    Failure::refused(
        OTHER_ROLE,
        format!("アカウント {account} はすでにあり、役割は「{ja}」です。リンクは出していません。"),
        format!("the account {account} is there already, as {en}; no link was made"),
    )
    .on("--role")
    .hint(
        "--role を省くか、先に `care-ledger record change-account-role` で役割を変えてください。",
        "leave --role out, or change the role first with care-ledger record change-account-role",
    )
}

pub(super) fn no_random(error: &std::io::Error) -> Failure {
    Failure::failed(
        "NO_RANDOMNESS",
        format!("乱数が得られません（{error}）。"),
        format!("the system gives no randomness ({error})"),
    )
}
