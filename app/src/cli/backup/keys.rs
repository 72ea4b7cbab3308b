//! `backup-keys` and `restore-keys`: the keys, wrapped as they are kept, in a file of their own.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use ledger_commands::authorise::Action;
use ledger_core::backup::keys::KeysBackup;
use ledger_core::id::LedgerId;
use ledger_core::seal::{KeyRow, KeyRows, OpenKeysError, PostgresRows, SqliteRows};
use serde_json::json;

use super::fault::{backup_failure, file_failed};
use super::file::NewFile;
use crate::cli::output;
use crate::config::{GlobalOptions, KeysPlace};
use crate::failure::{Exit, Failure};
use crate::fault::keys_failure;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 鍵の控えを、台帳とは別のファイルに書く / the keys, wrapped, in a file apart from the log
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger backup-keys /media/usb/鍵の控え.jsonl
  care-ledger backup-keys /media/usb/鍵の控え.jsonl --force

台帳の控え（backup）の後に取ってください。それまでの記録を開く鍵がすべて入ります。
鍵は包まれたままで、鍵を包む鍵（.kek）がなければ役に立ちません。.kek は含まず、別の場所に保管します。
控えは30日までとし、消去の後は古い鍵の控えを必ず捨ててください（残せば消去したものが開けます）。")]
pub(in crate::cli) struct BackupArgs {
    /// 鍵の控えのファイル / where it goes
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 前の控えを置き換える / replace an earlier backup
    #[arg(long)]
    force: bool,
}

/// 鍵の控えから鍵の保管先を作り直す / make the key store of a backup where there is none
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger restore-keys /media/usb/鍵の控え.jsonl
  care-ledger restore-keys 鍵の控え.jsonl --store 'postgres://hinata_app@db/care?ledger=hinata' --keys sqlite:/srv/care/hinata.keys

先に restore で台帳を作り直しておきます。鍵を包む鍵（.kek）は --kek で指定します。")]
pub(in crate::cli) struct RestoreArgs {
    /// 鍵の控えのファイル / the backup of the keys
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(in crate::cli) async fn backup(
    args: &BackupArgs,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::Export, options, world).await?;
    let (id, place) = (open.store.ledger_id(), options.keys_place(&open.place));
    open.close().await;
    let rows = rows(place?, id).await;
    let rows = rows.map_err(|error| keys_failure(&error))?;
    let keys = KeysBackup::new(id, world.clock.now(), rows);
    let mut file = NewFile::begin(&args.file, args.force)?;
    let written = keys.write(&mut file.out);
    written.map_err(|error| file_failed(&args.file, &error))?;
    file.finish()?;
    let (name, count) = (args.file.display(), keys.rows.len());
    if options.json {
        let object = json!({
            "file": name.to_string(),
            "ledger": id,
            "keys": count,
            "made_at": keys.made_at,
        });
        output::json(world, &object)?;
        return Ok(Exit::Done);
    }
    output::line(world, options.lang.pick(
        &format!("鍵の控えを書きました: {name}（{count}本、包まれたまま）\n台帳の控えとも .kek とも別の場所に置き、30日で捨ててください。"),
        &format!("wrote a backup of the keys: {name} ({count}, wrapped)\nkeep it apart from the log's backup and from the .kek, for at most 30 days"),
    ))?;
    Ok(Exit::Done)
}

/// The keys as they are kept; they must be the ledger's own.
async fn rows(place: KeysPlace, wanted: LedgerId) -> Result<Vec<KeyRow>, OpenKeysError> {
    let store: Box<dyn KeyRows> = match place {
        KeysPlace::Sqlite(path) => Box::new(SqliteRows::open_file(&path)?),
        KeysPlace::Postgres(config) => Box::new(PostgresRows::open_database(*config).await?),
    };
    let found = store.ledger().await?.ok_or(OpenKeysError::NotAKeyStore)?;
    if found != wanted {
        return Err(OpenKeysError::OfAnotherLedger { found, wanted });
    }
    Ok(store.all().await?)
}

pub(in crate::cli) async fn restore(
    args: &RestoreArgs,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let keys = read(&args.file)?;
    let open = OpenLedger::open(options, world).await?;
    let (id, place) = (open.store.ledger_id(), options.keys_place(&open.place));
    open.close().await;
    let made = make(place?, &keys, id).await;
    made.map_err(|error| keys_failure(&error))?;
    let usable = OpenLedger::open(options, world).await?;
    let unusable = match usable.with_keys(options, world).await {
        Ok(open) => {
            open.close().await;
            None
        },
        Err(failure) => Some(failure),
    };
    let (count, lang) = (keys.rows.len(), options.lang);
    if options.json {
        let state = unusable.as_ref().map_or("ok", |failure| failure.code);
        let object = json!({"ledger": id, "keys": count, "made_at": keys.made_at, "state": state});
        output::json(world, &object)?;
        return Ok(Exit::Done);
    }
    let made_at = keys.made_at;
    output::line(
        world,
        lang.pick(
            &format!("鍵の保管先を作り直しました（{count}本、控え {made_at}）。"),
            &format!("restored the key store ({count} keys, backup of {made_at})"),
        ),
    )?;
    let Some(failure) = unusable else {
        return output::line(world, lang.pick("鍵: 使えます", "keys: in order"))
            .map(|()| Exit::Done);
    };
    output::line(
        world,
        lang.pick("鍵: まだ使えません", "keys: cannot be used yet"),
    )?;
    // What is missing is a note beside the answer.
    drop(failure.write(&mut world.err, lang, false));
    Ok(Exit::Done)
}

fn read(path: &Path) -> Result<KeysBackup, Failure> {
    let file = File::open(path).map_err(|error| file_failed(path, &error))?;
    KeysBackup::read(BufReader::new(file)).map_err(|error| backup_failure(&error, path))
}

async fn make(place: KeysPlace, keys: &KeysBackup, wanted: LedgerId) -> Result<(), OpenKeysError> {
    let found = keys.ledger;
    if found != wanted {
        return Err(OpenKeysError::OfAnotherLedger { found, wanted });
    }
    match place {
        KeysPlace::Sqlite(path) => SqliteRows::restore_file(&path, found, &keys.rows),
        KeysPlace::Postgres(config) => {
            PostgresRows::restore_database(*config, found, &keys.rows).await
        },
    }
}
