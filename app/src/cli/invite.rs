//! `invite`: a one-time link with which somebody sets their password.

use ledger_commands::authorise::Action;
use ledger_core::actor::{Actor, Role};
use serde_json::json;

use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::rights;
use crate::sign_in::invite::{Admitting, Anew, path};
use crate::sign_in::lasting::INVITATION;
use crate::wiring::{OpenWithKeys, open_sign_ins};
use crate::world::World;

/// パスワードを決めるための一度だけのリンクを出す / a one-time link with which somebody sets a password
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger invite yamada --role admin     アカウントがなければ開き、リンクを出す
  care-ledger invite sato --role staff
  care-ledger invite sato                    パスワードを忘れたとき
  care-ledger invite sato --reset-second-factor   認証アプリの端末をなくしたとき

リンクは24時間、一度だけ使えます。前のリンクは使えなくなります。本人だけに渡してください。
役割 / roles: staff 相談員・保健師, manager センター長, auditor 監査人, committee 運営委員会, admin システム管理者")]
pub(super) struct Args {
    /// アカウント名（氏名ではないもの） / the account's name, never a person's
    #[arg(value_name = "ACCOUNT", value_parser = actor)]
    account: Actor,
    /// アカウントがなければ、この役割で開く / open the account in this role, where there is none
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Option<Role>,
    /// 二つ目の確認（認証アプリ・パスキー）の登録も消す / remove the second factors as well
    #[arg(long)]
    reset_second_factor: bool,
    /// 画面のアドレス / where the pages are reached
    #[arg(
        long,
        env = "CARE_LEDGER_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:8080"
    )]
    url: String,
}

pub(super) fn actor(text: &str) -> Result<Actor, String> {
    Actor::new(text).map_err(|error| error.to_string())
}

fn role(text: &str) -> Result<Role, String> {
    Role::of_account(text).ok_or_else(|| {
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
    let actor = options.actor()?;
    let _role = rights::may(open.open.store.as_ref(), &actor, Action::ManageAccounts).await?;
    let sign_ins = open_sign_ins(&open.open, options).await?;
    let admitting = Admitting::of(open, &sign_ins, world);
    let by = (&actor, Role::Unauthenticated);
    let anew = if args.reset_second_factor {
        Anew::All
    } else {
        Anew::Password
    };
    let secret = admitting.invite(by, &args.account, args.role, anew).await?;
    Ok(format!(
        "{}{}",
        args.url.trim_end_matches('/'),
        path(&secret)
    ))
}
