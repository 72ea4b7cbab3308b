//! `restore`: makes the ledger of a backup where there is none, on either engine.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::PathBuf;

use ledger_core::backup::{Header, Reader, RestoreError};
use ledger_core::id::Position;
use ledger_core::proof::Checkpoint;
use ledger_core::store::postgres::{self, LedgerName};
use ledger_core::store::sqlite::SqliteStore;
use serde_json::json;

use super::fault::{backup_failure, beyond, file_failed, restore_failure};
use super::is_standard;
use crate::cli::init::app_role;
use crate::cli::output;
use crate::cli::progress::Bar;
use crate::config::{GlobalOptions, StorePlace};
use crate::failure::{Exit, Failure};
use crate::wiring::OpenLedger;
use crate::world::World;
use ledger_projections::facts::Facts;

/// Bytes of the file that are read at once.
const INPUT_BYTES: usize = 1 << 20;

type Backup = Reader<BufReader<Box<dyn Read + Send>>>;

/// 控えから台帳を作り直す / make the ledger of a backup where there is none
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger restore 控え.jsonl --check              控えが正しいか確かめるだけ
  care-ledger restore 控え.jsonl --store sqlite:/srv/care/centre.db
  care-ledger restore 控え.jsonl --store 'postgres://admin@db/care?ledger=hinata'
  care-ledger restore 控え.jsonl --until 5000         その位置までの台帳にする

位置・ID・記録時刻・バイト・根は元の台帳と同じになり、SQLiteとPostgreSQLの間も移せます。
すべての記録を確かめ終えてから台帳ができます。誤りのある控えは行番号を示して断り、何も残しません。
PostgreSQLでは init と同じく管理者のログインで実行してください。元の台帳を使っているプログラムは先に止めてください。
終了コード（--check）: 0 正しい, 1 誤りがある, 2 確かめられない")]
pub(in crate::cli) struct Args {
    /// 控えのファイル（- は標準入力） / the backup; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 確かめるだけで何も作らない / check the file and make nothing
    #[arg(long, conflicts_with = "until")]
    check: bool,
    /// この位置までの台帳にする / the ledger as it stood at that position
    #[arg(long, value_name = "POSITION")]
    until: Option<u64>,
    /// The role that daily work signs in with.
    #[arg(
        help = "日常の操作に使うPostgreSQLのロール（既定 NAME_app） / the role that daily work signs in with",
        long,
        value_name = "ROLE"
    )]
    app_role: Option<String>,
}

pub(in crate::cli) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    if args.check {
        return check(args, options, world);
    }
    let place = options.store_place()?;
    let role = app_role(args.app_role.as_deref(), &place)?;
    let backup = cut(args, read(args)?)?;
    let header = *backup.header();
    let made = make(args, (&place, &role), backup, options, world).await?;
    let keys = finish(&place, &role, options, world).await?;
    if options.json {
        let object = json!({
            "store": place.name(),
            "ledger": header.ledger,
            "position": made.position,
            "root": made.root,
            "head": made,
            "backup_head": header.head,
            "backup_made_at": header.made_at,
            "keys": keys.as_ref().map_or("ok", |failure| failure.code),
        });
        output::json(world, &object)?;
    } else {
        report(&place, (&header, made), keys.is_none(), options, world)?;
    }
    Ok(Exit::Done)
}

fn check(args: &Args, options: &GlobalOptions, world: &mut World) -> Result<Exit, Failure> {
    let unread = |failure: Failure| match failure.code {
        "FILE_FAILED" => failure.unchecked(),
        _ => failure,
    };
    let bar = Bar::new("restore", options, world);
    let mut backup = read(args).map_err(unread)?;
    let checked = backup.check(&mut |at, to| bar.at(at, to));
    bar.end();
    let head = checked.map_err(|error| unread(backup_failure(&error, &args.file)))?;
    let header = backup.header();
    let (id, made_at) = (header.ledger, header.made_at);
    let said = if options.json {
        let object = json!({
            "clean": true,
            "ledger": id,
            "position": head.position,
            "root": head.root,
            "head": head,
            "made_at": made_at,
        });
        output::json(world, &object)
    } else {
        let position = head.position;
        let text = options.lang.pick(
            &format!("{head}\n{position}件の記録に誤りはありません（台帳ID {id}、控え {made_at}）。"),
            &format!("{head}\n{position} events are as they were written (ledger {id}, backup of {made_at})"),
        ).to_owned();
        output::line(world, &text)
    };
    output::decided(Exit::Done, said)
}

fn read(args: &Args) -> Result<Backup, Failure> {
    let input: Box<dyn Read + Send> = if is_standard(&args.file) {
        Box::new(std::io::stdin())
    } else {
        let opened = File::open(&args.file);
        Box::new(opened.map_err(|error| file_failed(&args.file, &error))?)
    };
    let reader = Reader::new(BufReader::with_capacity(INPUT_BYTES, input));
    reader.map_err(|error| backup_failure(&error, &args.file))
}

fn cut(args: &Args, backup: Backup) -> Result<Backup, Failure> {
    let head = backup.header().head.position;
    match args.until.map(Position::new) {
        Some(until) if until > head => Err(beyond(head)),
        Some(until) => Ok(backup.until(until)),
        None => Ok(backup),
    }
}

/// Makes the ledger, whole or not at all.
async fn make(
    args: &Args,
    (place, role): (&StorePlace, &LedgerName),
    mut backup: Backup,
    options: &GlobalOptions,
    world: &World,
) -> Result<Checkpoint, Failure> {
    let bar = Bar::new("restore", options, world);
    let mut progress = |at, to| bar.at(at, to);
    let made: Result<Checkpoint, RestoreError> = match place {
        StorePlace::Sqlite(path) => SqliteStore::restore(path, &mut backup, &mut progress),
        StorePlace::Postgres(address) => {
            postgres::restore(address, role, &mut backup, &mut progress).await
        },
    };
    bar.end();
    made.map_err(|error| restore_failure(&error, &args.file, place))
}

/// Brings the views to the head, and says why the keys cannot be used if they cannot.
async fn finish(
    place: &StorePlace,
    role: &LedgerName,
    options: &GlobalOptions,
    world: &World,
) -> Result<Option<Failure>, Failure> {
    // The views belong to the role of daily work, and an administrator's tables would be in its way.
    let place = match place {
        StorePlace::Postgres(address) => StorePlace::Postgres(Box::new(address.acting_as(role))),
        StorePlace::Sqlite(_) => place.clone(),
    };
    let open = OpenLedger::open_at(place, world).await?;
    let bar = Bar::new("restore", options, world);
    let caught_up = open.catch_up(&Facts, &mut |at, to| bar.at(at, to)).await;
    bar.end();
    if let Err(failure) = caught_up {
        open.close().await;
        return Err(failure);
    }
    match open.with_keys(options, world).await {
        Ok(open) => {
            open.close().await;
            Ok(None)
        },
        Err(failure) => Ok(Some(failure)),
    }
}

fn report(
    place: &StorePlace,
    (header, made): (&Header, Checkpoint),
    has_keys: bool,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let (lang, name, id) = (options.lang, place.name(), header.ledger);
    output::line(
        world,
        lang.pick(
            &format!("台帳を作り直しました: {name}\n台帳ID: {id}\n位置:根 {made}"),
            &format!("restored a ledger: {name}\nledger id: {id}\nhead: {made}"),
        ),
    )?;
    if made.position < header.head.position {
        let end = header.head.position;
        output::line(world, lang.pick(
            &format!("控えは位置{end}までありますが、指定の位置までにしました。それより後の「位置:根」とはつながりません。"),
            &format!("the backup goes up to position {end}, the ledger does not: heads written down later are not its own"),
        ))?;
    }
    let next = if has_keys {
        lang.pick("鍵: 使えます", "keys: in order")
    } else {
        lang.pick(
            "鍵: まだ使えません。次は: care-ledger restore-keys FILE（鍵を包む鍵は --kek で指定）",
            "keys: not there yet. Next: care-ledger restore-keys FILE, with the key-encryption key at --kek",
        )
    };
    output::line(world, next)
}
