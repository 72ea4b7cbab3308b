//! The accounts of the demo: one of each role, all with one password, made anew and shown at each start.

use ledger_commands::{Command, Envelope};
use ledger_core::actor::{Actor, Role};
use ledger_core::code::SignInChange;
use ledger_core::event::SignInChanged;
use ledger_core::id::CommandId;
use ledger_core::sign_in::Secret;
use serde_json::{Value, json};

use super::output;
use crate::config::GlobalOptions;
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::render;
use crate::rights::account_named;
use crate::sign_in;
use crate::sign_in::invite::{Admitting, Anew};
use crate::sign_in::password;
use crate::sign_in::second::is_required;
use crate::wiring::{OpenWithKeys, open_sign_ins};
use crate::world::World;

/// The accounts, all invented.
const ACCOUNTS: [(&str, Role); 5] = [
    ("demo-soudan", Role::Staff),
    ("demo-sentacho", Role::Manager),
    ("demo-kansa", Role::Auditor),
    ("demo-iinkai", Role::Committee),
    ("demo-kanri", Role::Admin),
];
/// Whom the first account is in charge of.
const IN_CHARGE_OF: [&str; 5] = ["C001", "C002", "C003", "C004", "C005"];

/// Opens the accounts where they are missing, sets their password and says how to sign in.
pub(super) async fn open_all(options: &GlobalOptions, world: &mut World) -> Result<(), Failure> {
    let secret = Secret::new(world.random.as_ref()).map_err(|error| broken(&error))?;
    // Sixty-four bits, to be typed off a terminal.
    let digits: String = secret.text().chars().take(16).collect();
    let parts = [
        digits.get(..4),
        digits.get(4..8),
        digits.get(8..12),
        digits.get(12..),
    ];
    let password = format!("mihon-{}", parts.map(Option::unwrap_or_default).join("-"));
    let open = OpenWithKeys::open(options, world).await?;
    let done = made(&open, &password, options, world).await;
    open.close().await;
    done?;
    let lang = options.lang;
    let said = lang.pick(
        "\n次のアカウントで入れます（すべて架空。パスワードはどれも同じ）:",
        "\nSign in with one of these invented accounts; all have one password:",
    );
    output::line(world, said)?;
    for (name, role) in ACCOUNTS {
        output::line(
            world,
            &format!("  {name:<14} {}", render::role_of_account(role, lang)),
        )?;
    }
    let label = lang.pick("パスワード", "password");
    output::line(world, &format!("  {label}: {password}\n"))
}

async fn made(
    open: &OpenWithKeys,
    password: &str,
    options: &GlobalOptions,
    world: &World,
) -> Result<(), Failure> {
    are_as_made(open).await?;
    let sign_ins = open_sign_ins(&open.open, options).await?;
    let admitting = Admitting::of(open, &sign_ins, world);
    let actor = options.actor()?;
    for (name, role) in ACCOUNTS {
        let account = account(name)?;
        let by = (&actor, Role::Unauthenticated);
        let secret = admitting
            .invite(by, &account, Some(role), Anew::Password)
            .await?;
        let hash = password::hash(password, world.random.as_ref()).await;
        let hash = hash.map_err(|error| broken(&error))?;
        let changed = SignInChanged {
            account: account.clone(),
            change: SignInChange::PasswordSet,
        };
        let id = CommandId::new((world.new_id)());
        let envelope = Envelope::new(id, actor.clone(), Role::Unauthenticated);
        let recorded = open.ledger.record_sign_in_change(changed, &envelope).await;
        recorded.map_err(|error| execute_failure(&error))?;
        let now = world.clock.now();
        let accepted = sign_ins.accept(&secret.digest(), &hash, now).await;
        accepted.map_err(|error| sign_in::failure(&error))?;
    }
    for child in IN_CHARGE_OF {
        put_in_charge(child, open).await?;
    }
    for (_, role) in ACCOUNTS {
        ask_for_no_second_factor(role, (open, &actor)).await?;
    }
    Ok(())
}

/// Refuses a demo in which somebody closed one of the accounts or gave it another role, as one may to try that
/// out: a closed name is used no more, so nobody could sign in with what would be shown.
async fn are_as_made(open: &OpenWithKeys) -> Result<(), Failure> {
    for (name, role) in ACCOUNTS {
        let known = account_named(open.open.store.as_ref(), &account(name)?).await?;
        if known.name.is_some() && known.role != Some(role) {
            return Err(not_as_made(name));
        }
    }
    Ok(())
}

fn not_as_made(name: &str) -> Failure {
    Failure::refused(
        "DEMO_CHANGED",
        format!(
            "この見本の台帳では、アカウント {name} が閉じられたか、役割が変えられています。新しい見本を作るには、./care-ledger-demo/ を消してからもう一度実行してください。"
        ),
        format!(
            "in this demo the account {name} was closed or given another role; delete ./care-ledger-demo/ and run it again for a new one"
        ),
    )
}

/// Has the manager put the first account in charge; once, however often the demo runs.
async fn put_in_charge(child: &str, open: &OpenWithKeys) -> Result<(), Failure> {
    let [(name, _), (manager, _), ..] = ACCOUNTS;
    let fields = json!({
        "command": "assign-staff",
        "child": child,
        "account": name,
        "charge": "main",
        "occurred": "2024-04-01",
    });
    let manager = account(manager)?;
    give(("demo-in-charge", child), fields, (open, &manager)).await
}

/// Whoever looks at the demo has no app to register; once, however often the demo runs.
async fn ask_for_no_second_factor(role: Role, by: (&OpenWithKeys, &Actor)) -> Result<(), Failure> {
    if !is_required(by.0.open.store.as_ref(), role).await? {
        return Ok(());
    }
    let fields = json!({
        "command": "set-second-factor-rule",
        "role": role,
        "required": false,
        "occurred": "2024-04-01",
    });
    give(("demo-second-factor", role.code()), fields, by).await
}

/// Gives a command, whose id follows from what it is for: given again it does nothing.
async fn give(
    (purpose, about): (&str, &str),
    fields: Value,
    (open, actor): (&OpenWithKeys, &Actor),
) -> Result<(), Failure> {
    let id = CommandId::new(open.ledger.id().derive(purpose, &[about]));
    let command = Command::read(fields, open.ledger.id(), id);
    let command = command.map_err(|error| broken(&error))?;
    let envelope = Envelope::new(id, actor.clone(), Role::Unauthenticated);
    let done = open.ledger.execute(&command, &envelope).await;
    done.map(drop).map_err(|error| execute_failure(&error))
}

fn account(name: &str) -> Result<Actor, Failure> {
    Actor::new(name).map_err(|error| broken(&error))
}

/// The demo cannot be made ready for browsers.
pub(super) fn broken(error: &dyn std::error::Error) -> Failure {
    let said = error.to_string();
    Failure::failed(
        "DEMO_FAILED",
        format!("見本の画面を用意できません（{said}）。"),
        said,
    )
}
