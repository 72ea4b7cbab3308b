//! `invite`: a one-time link with which somebody sets their password.

use ledger_commands::authorise::Action;
use ledger_commands::{Command, Envelope};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::CommandId;
use ledger_core::sign_in::Secret;
use serde_json::json;

use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::execute_failure;
use crate::rights::{self, account_named};
use crate::sign_in;
use crate::sign_in::lasting::{self, INVITATION};
use crate::wiring::{OpenWithKeys, open_sign_ins};
use crate::world::World;

/// パスワードを決めるための一度だけのリンクを出す / a one-time link with which somebody sets a password
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger invite yamada --role admin     アカウントがなければ開き、リンクを出す
  care-ledger invite sato --role staff
  care-ledger invite sato                    パスワードを忘れたとき

リンクは24時間、一度だけ使えます。前のリンクは使えなくなります。本人だけに渡してください。
役割 / roles: staff 相談員・保健師, manager センター長, auditor 監査人, committee 運営委員会, admin システム管理者")]
pub(super) struct Args {
    /// アカウント名（氏名ではないもの） / the account's name, never a person's
    #[arg(value_name = "ACCOUNT", value_parser = actor)]
    account: Actor,
    /// アカウントがなければ、この役割で開く / open the account in this role, where there is none
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Option<Role>,
    /// 画面の番地 / where the pages are reached
    #[arg(
        long,
        env = "CARE_LEDGER_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:8080"
    )]
    url: String,
}

fn actor(text: &str) -> Result<Actor, String> {
    Actor::new(text).map_err(|error| error.to_string())
}

fn role(text: &str) -> Result<Role, String> {
    let known = Role::OF_ACCOUNTS.iter().any(|(code, _)| *code == text);
    let read = serde_json::from_value(text.into()).ok().filter(|_| known);
    read.ok_or_else(|| {
        let codes: Vec<&str> = Role::OF_ACCOUNTS.iter().map(|(code, _)| *code).collect();
        format!("one of {}", codes.join(", "))
    })
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenWithKeys::open(options, world).await?;
    super::hints::elevated(&open.open, options.lang, world);
    let invited = invite(args, &open, options, world).await;
    open.close().await;
    let link = invited?;
    if options.json {
        let hours = INVITATION.num_hours();
        let value = json!({ "account": args.account, "link": link, "hours": hours });
        output::json_line(world, &value)?;
    } else {
        let account = &args.account;
        let (ja, en) = (
            format!("{account} さんだけに渡してください（24時間、一度だけ使えます）:\n{link}"),
            format!("for {account} alone; it works once, for 24 hours:\n{link}"),
        );
        output::line(world, options.lang.pick(&ja, &en))?;
    }
    Ok(Exit::Done)
}

async fn invite(
    args: &Args,
    open: &OpenWithKeys,
    options: &GlobalOptions,
    world: &World,
) -> Result<String, Failure> {
    let (store, actor) = (open.open.store.as_ref(), options.actor()?);
    let _role = rights::may(store, &actor, Action::ManageAccounts).await?;
    let known = account_named(store, &args.account).await?;
    match (known.name, known.role, args.role) {
        (None, _, Some(role)) => open_account(args, role, (open, actor), world).await?,
        (None, _, None) => return Err(not_opened(&args.account)),
        (Some(_), None, _) => return Err(closed(&args.account)),
        (Some(_), Some(now), Some(asked)) if now != asked => return Err(other_role(&args.account)),
        (Some(_), Some(_), _) => {},
    }
    let secret = Secret::new(world.random.as_ref()).map_err(|error| no_random(&error))?;
    let until = lasting::after(world.clock.now(), INVITATION);
    let sign_ins = open_sign_ins(&open.open, options).await?;
    let invited = sign_ins
        .invite(&args.account, &secret.digest(), until)
        .await;
    invited.map_err(|error| sign_in::failure(&error))?;
    let url = args.url.trim_end_matches('/');
    Ok(format!("{url}/invitation/{}", &*secret.text()))
}

async fn open_account(
    args: &Args,
    role: Role,
    (open, actor): (&OpenWithKeys, Actor),
    world: &World,
) -> Result<(), Failure> {
    let id = CommandId::new((world.new_id)());
    let fields = json!({
        "command": "open-account",
        "name": args.account,
        "role": role,
        "occurred": world.clock.now().day_in_japan(),
    });
    let read = Command::read(fields, open.ledger.id(), id);
    let command = read.map_err(|error| {
        let said = error.to_string();
        Failure::failed(
            "BAD_COMMAND",
            format!("アカウントを開けません（{said}）。"),
            said,
        )
    })?;
    let envelope = Envelope::new(id, actor, Role::Unauthenticated);
    let done = open.ledger.execute(&command, &envelope).await;
    done.map(drop).map_err(|error| execute_failure(&error))
}

fn not_opened(account: &Actor) -> Failure {
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

fn closed(account: &Actor) -> Failure {
    Failure::refused(
        "ACCOUNT_CLOSED",
        format!("アカウント {account} は閉じられています。同じ名前はもう使えません。"),
        format!("the account {account} is closed, and its name is used no more"),
    )
    .on("ACCOUNT")
    .hint("別の名前で開いてください。", "open one under another name")
}

fn other_role(account: &Actor) -> Failure {
    Failure::refused(
        "OTHER_ROLE",
        format!("アカウント {account} は別の役割です。リンクは出していません。"),
        format!("the account {account} has another role; no link was made"),
    )
    .on("--role")
    .hint(
        "--role を省くか、先に `care-ledger record change-account-role` で役割を変えてください。",
        "leave --role out, or change the role first with care-ledger record change-account-role",
    )
}

fn no_random(error: &std::io::Error) -> Failure {
    Failure::failed(
        "NO_RANDOMNESS",
        format!("リンクを作る乱数が得られません（{error}）。"),
        format!("the system gives no randomness for a link ({error})"),
    )
}
