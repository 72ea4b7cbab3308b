//! `token`: lets a program sign in as an account, for a while; or takes that back.

use ledger_commands::authorise::Action;
use ledger_core::actor::{Actor, Role};
use ledger_core::sign_in::Token;
use ledger_core::time::Timestamp;
use serde_json::json;

use super::invite::actor;
use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::rights;
use crate::sign_in::invite::Admitting;
use crate::sign_in::{failure, token};
use crate::wiring::{OpenWithKeys, open_sign_ins};
use crate::world::World;

/// プログラムがAPIを使うための鍵（トークン）を出す・取り消す / a token with which a program uses the API
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger token sato --for 30            30日使えるトークンを出す（一度だけ表示）
  care-ledger token sato                     出してあるトークンの一覧（中身は出ません）
  care-ledger token sato --revoke            sato のトークンをすべて取り消す
  curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:8080/api/work-list

トークンを持つプログラムは、そのアカウントの役割でできることがすべてできます。パスワードと同じように扱ってください。
アカウントを閉じると使えなくなります。出したことと取り消したことは、台帳に記録します。
二つ目の確認のあるアカウントのトークンは31日までです。 / where a second factor is asked for: 31 days at most")]
pub(super) struct Args {
    /// アカウント名 / the account's name
    #[arg(value_name = "ACCOUNT", value_parser = actor)]
    account: Actor,
    /// 使える日数（366まで） / for how many days
    #[arg(
        long = "for",
        value_name = "DAYS",
        value_parser = clap::value_parser!(u16).range(1..=i64::from(token::DAYS_MAX))
    )]
    days: Option<u16>,
    /// すべて取り消す / take all of them back
    #[arg(long, conflicts_with = "days")]
    revoke: bool,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenWithKeys::open(options, world).await?;
    let done = done(args, &open, options, world).await;
    open.close().await;
    match done? {
        Done::Made { text, until } => made(args, (&text, until), options, world),
        Done::Revoked(count) => revoked(args, count, options, world),
        Done::Listed(tokens) => listed(&tokens, options, world),
    }?;
    Ok(Exit::Done)
}

/// What was done.
enum Done {
    Made { text: String, until: Timestamp },
    Revoked(usize),
    Listed(Vec<Token>),
}

async fn done(
    args: &Args,
    open: &OpenWithKeys,
    options: &GlobalOptions,
    world: &World,
) -> Result<Done, Failure> {
    let (by, account) = (options.actor()?, &args.account);
    let _role = rights::may(open.open.store.as_ref(), &by, Action::ManageAccounts).await?;
    let sign_ins = open_sign_ins(&open.open, options).await?;
    let admitting = Admitting::of(open, &sign_ins, world);
    let by = (&by, Role::Unauthenticated);
    if args.revoke {
        let revoked = admitting.revoke_tokens(by, account).await?;
        return Ok(Done::Revoked(revoked));
    }
    let Some(days) = args.days else {
        let tokens = sign_ins.tokens(account).await;
        return tokens.map(Done::Listed).map_err(|error| failure(&error));
    };
    let (secret, until) = admitting.make_token(by, account, days).await?;
    Ok(Done::Made {
        text: token::text(&secret).to_string(),
        until,
    })
}

fn made(
    args: &Args,
    (text, until): (&str, Timestamp),
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    if options.json {
        let value = json!({ "account": args.account, "token": text, "until": until });
        return output::json_line(world, &value);
    }
    let (account, day) = (&args.account, until.in_japan().format("%Y-%m-%d %H:%M"));
    let (ja, en) = (
        format!("{account} として使えるトークンです（{day}まで。もう一度は表示しません）:\n{text}"),
        format!("a token of {account}, until {day} in Japan; it is not shown again:\n{text}"),
    );
    output::line(world, options.lang.pick(&ja, &en))
}

fn revoked(
    args: &Args,
    count: usize,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    if options.json {
        let value = json!({ "account": args.account, "revoked": count });
        return output::json_line(world, &value);
    }
    let (ja, en) = (
        format!("{} のトークンを{count}件取り消しました。", args.account),
        format!("{count} tokens of {} were taken back", args.account),
    );
    output::line(world, options.lang.pick(&ja, &en))
}

fn listed(tokens: &[Token], options: &GlobalOptions, world: &mut World) -> Result<(), Failure> {
    if options.json {
        let tokens = tokens
            .iter()
            .map(|one| json!({ "name": one.name, "made_at": one.made_at, "until": one.until }));
        return output::json(world, &json!({ "tokens": tokens.collect::<Vec<_>>() }));
    }
    if tokens.is_empty() {
        let none = options
            .lang
            .pick("トークンはありません。", "there are no tokens");
        return output::line(world, none);
    }
    for one in tokens {
        let at = |moment: Timestamp| moment.in_japan().format("%Y-%m-%d %H:%M").to_string();
        let (name, made, until) = (&one.name, at(one.made_at), at(one.until));
        let (ja, en) = (
            format!("{name}…  {made} から {until} まで"),
            format!("{name}…  from {made} until {until}"),
        );
        output::line(world, options.lang.pick(&ja, &en))?;
    }
    Ok(())
}
