//! `init`: makes a ledger with its keys and records the programme's settings.

use std::path::PathBuf;
use std::sync::Arc;

use ledger_commands::{Envelope, ExecuteError};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::{CommandId, LedgerId};
use ledger_core::seal::{KeyEncryptionKey, PostgresKeys, SqliteKeys};
use ledger_core::store::OpenError;
use ledger_core::store::postgres::{self, LedgerName};
use ledger_core::store::sqlite::SqliteStore;
use serde_json::json;

use super::output;
use crate::config::{GlobalOptions, KeysPlace, StorePlace, is_there};
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, kek_failure, keys_failure, open_failure};
use crate::programme::{self, Settings};
use crate::wiring::OpenWithKeys;
use crate::world::World;

/// 台帳と鍵を作り、事業計画と祝日を記録 / make a ledger with its keys and the programme's settings
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger init
  care-ledger init --store sqlite:/srv/care/centre.db --kek /media/usb/centre.kek
  care-ledger init --store 'postgres://admin@db/care?ledger=hinata' --keys sqlite:/srv/care/hinata.keys")]
pub(super) struct Args {
    /// 事業計画のファイル（既定は組み込みのもの） / the programme's plan
    #[arg(long, value_name = "FILE")]
    pub(super) programme: Option<PathBuf>,
    /// 祝日のファイル（既定は組み込みのもの） / the holiday list
    #[arg(long, value_name = "FILE")]
    pub(super) holidays: Option<PathBuf>,
    /// The role that daily work signs in with.
    #[arg(
        help = "日常の操作に使うPostgreSQLのロール（既定 NAME_app） / the role that daily work signs in with",
        long,
        value_name = "ROLE"
    )]
    pub(super) app_role: Option<String>,
    /// The ledger's id, for tests and restore.
    #[arg(long, hide = true)]
    pub(super) ledger_id: Option<LedgerId>,
}

/// What was made, so that it can be taken back when the next step fails.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    fn take_back(&self) {
        for path in &self.0 {
            // What cannot be removed is named by the next try.
            drop(std::fs::remove_file(path));
        }
    }
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let (id, kek) = make(args, options, world).await?;
    let place = options.store_place()?.name();
    if options.json {
        let made = json!({"ledger": id, "store": place, "kek": kek.display().to_string()});
        output::json(world, &made)?;
        return Ok(Exit::Done);
    }
    let lang = options.lang;
    let kek = kek.display();
    output::line(
        world,
        lang.pick(
            &format!("台帳を作りました: {place}\n台帳ID: {id}\n鍵を包む鍵: {kek}"),
            &format!("made a ledger: {place}\nledger id: {id}\nkey-encryption key: {kek}"),
        ),
    )?;
    output::line(world, lang.pick(
        "鍵を包む鍵のファイルは、台帳とは別の安全な場所に控えを取ってください。失うと個人に関する記述は二度と読めません。",
        "Keep a copy of the key-encryption key in a safe place apart from the ledger: without it personal text can never be read again.",
    ))?;
    output::line(
        world,
        lang.pick(
            "次は: care-ledger import 台帳フォルダー",
            "Next: care-ledger import FOLDER",
        ),
    )?;
    Ok(Exit::Done)
}

/// Makes keys and ledger and records the settings; gives the ledger's id and where its key is.
pub(super) async fn make(
    args: &Args,
    options: &GlobalOptions,
    world: &World,
) -> Result<(LedgerId, PathBuf), Failure> {
    let today = world.clock.today();
    let id = args.ledger_id.map_or_else(|| random_id(world), Ok)?;
    let (plan, holidays) = (args.programme.as_deref(), args.holidays.as_deref());
    let settings = programme::settings(plan, holidays, id, today)?;
    let actor = options.actor()?;
    let place = options.store_place()?;
    let keys = options.keys_place(&place)?;
    let app_role = app_role(args, &place)?;
    let kek_path = options.kek_path(id)?;
    if let StorePlace::Sqlite(path) = &place
        && is_there(path)
    {
        return Err(open_failure(&OpenError::Exists, &place));
    }
    let mut made = Made::default();
    let created = create(&place, keys, (&kek_path, id), &app_role, (world, &mut made)).await;
    if let Err(failure) = created {
        made.take_back();
        return Err(failure);
    }
    let open = OpenWithKeys::open(options, world).await?;
    let done = set_up(&open, &settings, actor).await;
    open.close().await;
    done.map_err(|error| execute_failure(&error))?;
    Ok((id, kek_path))
}

/// Records the programme's settings, and behind them its money.
async fn set_up(
    open: &OpenWithKeys,
    settings: &Settings,
    actor: Actor,
) -> Result<(), ExecuteError> {
    let id = open.ledger.id();
    let envelope = |name: &str| {
        let command = CommandId::new(id.derive("command", &[name]));
        Envelope::new(command, actor.clone(), Role::Unauthenticated)
    };
    let programme = envelope("set-up-programme");
    open.ledger.execute(&settings.programme, &programme).await?;
    if let Some(books) = &settings.books {
        open.ledger
            .execute(books, &envelope("set-up-books"))
            .await?;
    }
    Ok(())
}

/// Keys before the ledger: a key is durable before the event that uses it.
async fn create(
    place: &StorePlace,
    keys: KeysPlace,
    (kek_path, id): (&PathBuf, LedgerId),
    app_role: &LedgerName,
    (world, made): (&World, &mut Made),
) -> Result<(), Failure> {
    let random = Arc::clone(&world.random);
    let kek = KeyEncryptionKey::create(kek_path, id, random.as_ref());
    let kek = kek.map_err(|error| kek_failure(&error))?;
    made.0.push(kek_path.clone());
    match keys {
        KeysPlace::Sqlite(path) => {
            let keys = SqliteKeys::create_file(&path, kek, random).await;
            drop(keys.map_err(|error| keys_failure(&error))?);
            made.0.push(path);
        },
        KeysPlace::Postgres(config) => {
            let keys = PostgresKeys::create_database(*config, kek, random).await;
            drop(keys.map_err(|error| keys_failure(&error))?);
        },
    }
    let created = match place {
        StorePlace::Sqlite(path) => SqliteStore::create(path, id),
        StorePlace::Postgres(address) => postgres::create(address, id, app_role).await,
    };
    created.map_err(|error| open_failure(&error, place))
}

fn app_role(args: &Args, place: &StorePlace) -> Result<LedgerName, Failure> {
    let default = match place {
        StorePlace::Sqlite(_) => LedgerName::default().to_string(),
        StorePlace::Postgres(address) => format!("{}_app", address.ledger()),
    };
    let name = args.app_role.as_deref().unwrap_or(&default);
    LedgerName::new(name).map_err(|error| open_failure(&error, place).on("--app-role"))
}

fn random_id(world: &World) -> Result<LedgerId, Failure> {
    let mut bytes = [0_u8; 16];
    world.random.fill(&mut bytes).map_err(|error| {
        Failure::failed(
            "NO_RANDOMNESS",
            "乱数を得られません。",
            format!("no randomness: {error}"),
        )
    })?;
    Ok(LedgerId::new(
        uuid::Builder::from_random_bytes(bytes).into_uuid(),
    ))
}
