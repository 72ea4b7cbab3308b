//! `backup-keys` and `restore-keys`: the keys, wrapped as they are kept, in a file of their own.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use ledger_commands::authorise::Action;
use ledger_core::backup::keys::KeysBackup;
use ledger_core::code::{BackupOf, BackupTarget};
use ledger_core::event::BackupTaken;
use ledger_core::id::LedgerId;
use ledger_core::seal::{KeyRow, KeyRows, OpenKeysError, PostgresRows, SqliteRows};
use serde_json::json;

use super::digest::{Digested, Digesting};
use super::fault::{backup_failure, file_failed};
use super::file::NewFile;
use super::record::{Left, leave};
use crate::cli::output;
use crate::config::{GlobalOptions, KeysPlace};
use crate::failure::{Exit, Failure};
use crate::fault::{keys_failure, read_failure};
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
控えは30日までとし、消去の後は古い鍵の控えを必ず捨ててください（残せば消去したものが開けます）。
取ったことは台帳に記録します（ファイルの名前は除く）。記録しない時は --no-record を付けてください。")]
pub(in crate::cli) struct BackupArgs {
    /// 鍵の控えのファイル / where it goes
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 前の控えを置き換える / replace an earlier backup
    #[arg(long)]
    force: bool,
    /// 取ったことを台帳に記録しない / leave no event that it was taken
    #[arg(long)]
    no_record: bool,
}

/// A backup of the keys that was written, and what the ledger holds of it.
struct Done {
    keys: KeysBackup,
    digested: Digested,
    left: Left,
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
    let done = backed_up(args, &open, options, world).await;
    open.close().await;
    let Done {
        keys,
        digested,
        left,
    } = done?;
    let (id, lang) = (keys.ledger, options.lang);
    let (name, count) = (args.file.display(), keys.rows.len());
    if options.json {
        let object = json!({
            "file": name.to_string(),
            "ledger": id,
            "keys": count,
            "made_at": keys.made_at,
            "bytes": digested.bytes,
            "sha256": digested.sha256,
            "recorded": left.position(),
            "not_recorded": left.why_not(),
        });
        output::json(world, &object)?;
        return Ok(Exit::Done);
    }
    let sha256 = digested.sha256;
    output::line(world, lang.pick(
        &format!("鍵の控えを書きました: {name}（{count}本、包まれたまま）\nSHA-256: {sha256}\n台帳の控えとも .kek とも別の場所に置き、30日で捨ててください。"),
        &format!("wrote a backup of the keys: {name} ({count}, wrapped)\nSHA-256: {sha256}\nkeep it apart from the log's backup and from the .kek, for at most 30 days"),
    ))?;
    output::line(world, &left.sentence(lang))?;
    Ok(Exit::Done)
}

/// Writes the file, and then leaves in the ledger that it is written.
async fn backed_up(
    args: &BackupArgs,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &World,
) -> Result<Done, Failure> {
    let (id, place) = (open.store.ledger_id(), options.keys_place(&open.place));
    // A key is kept before its first event is, so these open every event up to here.
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let rows = rows(place?, id).await;
    let rows = rows.map_err(|error| keys_failure(&error))?;
    let keys = KeysBackup::new(id, world.clock.now(), rows);
    let mut file = NewFile::begin(&args.file, args.force)?;
    let mut out = Digesting::new(&mut file.out);
    let written = keys.write(&mut out);
    written.map_err(|error| file_failed(&args.file, &error))?;
    let digested = out.end();
    file.finish()?;
    let taken = BackupTaken {
        backup: BackupOf::Keys,
        written_to: BackupTarget::File,
        position: head.position,
        root: head.frontier.root().to_string(),
        cut: false,
        count: u64::try_from(keys.rows.len()).unwrap_or(u64::MAX),
        bytes: digested.bytes,
        sha256: digested.sha256.clone(),
    };
    let left = leave(taken, args.no_record, open, (options, world)).await?;
    Ok(Done {
        keys,
        digested,
        left,
    })
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
