//! `init`: makes a ledger with its keys and records the programme's settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger_commands::{Envelope, ExecuteError};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::{CommandId, LedgerId, Position, StreamName};
use ledger_core::seal::{KekError, KeyEncryptionKey, OpenKeysError, PostgresKeys, SqliteKeys};
use ledger_core::store::postgres::{self, LedgerName};
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{EventStore, OpenError, ReadError, ReadStream};
use serde_json::json;

use super::output;
use crate::config::{GlobalOptions, KeysPlace, StorePlace};
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, kek_failure, keys_failure, open_failure, read_failure};
use crate::programme::{self, Settings};
use crate::wiring::{OpenLedger, OpenWithKeys};
use crate::world::World;

/// 台帳と鍵を作り、事業計画と祝日を記録 / make a ledger with its keys and the programme's settings
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger init
  care-ledger init --store sqlite:/srv/care/centre.db --kek /media/usb/centre.kek
  care-ledger init --store 'postgres://admin@db/care?ledger=hinata' --keys sqlite:/srv/care/hinata.keys

途中で止まった init は、同じ指定でもう一度実行すると続きから終わります。
An init that was stopped goes on where it was when the same line is run again.")]
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

/// A ledger that `init` began and did not finish.
struct Begun {
    id: LedgerId,
    /// It has no event at all, so that no key of it can be lost.
    empty: bool,
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

/// Makes ledger and keys and records the settings; gives the ledger's id and where its key is.
///
/// It goes on where an earlier one was stopped, and overwrites no key: the ledger comes first, since
/// it alone says which key is its own, and the first event comes after its keys.
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
    let begun = match begun(&place, options, world).await? {
        Some(begun) if args.ledger_id.is_none_or(|wanted| wanted == begun.id) => begun,
        Some(_) => return Err(open_failure(&OpenError::Exists, &place)),
        None => begin(args, (&place, &keys), options, world).await?,
    };
    let kek_path = options.kek_path(begun.id)?;
    if begun.empty {
        make_keys(keys, &kek_path, begun.id, world).await?;
    }
    let open = OpenWithKeys::open(options, world).await?;
    let done = set_up(&open, &settings, actor).await;
    open.close().await;
    done.map_err(|error| execute_failure(&error))?;
    Ok((begun.id, kek_path))
}

/// Makes a ledger with its keys and no event at all, where there is none of any kind.
pub(super) async fn make_empty(
    args: &Args,
    options: &GlobalOptions,
    world: &World,
) -> Result<PathBuf, Failure> {
    let place = options.store_place()?;
    let keys = options.keys_place(&place)?;
    if begun(&place, options, world).await?.is_some() {
        return Err(open_failure(&OpenError::Exists, &place));
    }
    let made = begin(args, (&place, &keys), options, world).await?;
    let kek = options.kek_path(made.id)?;
    make_keys(keys, &kek, made.id, world).await?;
    Ok(kek)
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

/// The ledger that an earlier `init` began there, if one did; refuses one that has its settings.
async fn begun(
    place: &StorePlace,
    options: &GlobalOptions,
    world: &World,
) -> Result<Option<Begun>, Failure> {
    let open = match OpenLedger::open(options, world).await {
        Ok(open) => open,
        // What is there and is no ledger is refused where one would be made.
        Err(failure) if ["NO_LEDGER", "NOT_A_LEDGER"].contains(&failure.code) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let id = open.store.ledger_id();
    let looked = look(open.store.as_ref()).await;
    open.close().await;
    let (empty, finished) = looked.map_err(|error| read_failure(&error))?;
    if finished {
        return Err(open_failure(&OpenError::Exists, place));
    }
    Ok(Some(Begun { id, empty }))
}

/// Whether a ledger has no event at all, and whether it has its settings.
async fn look(store: &dyn EventStore) -> Result<(bool, bool), ReadError> {
    let head = store.head().await?;
    let settings = ReadStream {
        limit: 1,
        ..ReadStream::whole(StreamName::programme())
    };
    let page = store.read_stream(&settings).await?;
    Ok((
        head.position == Position::default(),
        !page.events.is_empty(),
    ))
}

/// Makes an empty ledger, unless its keys would be in the way of another's.
async fn begin(
    args: &Args,
    (place, keys): (&StorePlace, &KeysPlace),
    options: &GlobalOptions,
    world: &World,
) -> Result<Begun, Failure> {
    let app_role = app_role(args.app_role.as_deref(), place)?;
    let id = args.ledger_id.map_or_else(|| random_id(world), Ok)?;
    let used = |path: &Path| {
        path.metadata()
            .is_ok_and(|meta| meta.len() > 0 || !meta.is_file())
    };
    let path = options.kek_path(id)?;
    if used(&path) {
        return Err(kek_failure(&KekError::Exists { path }));
    }
    if let KeysPlace::Sqlite(path) = keys
        && used(path)
    {
        return Err(keys_failure(&OpenKeysError::Exists(path.clone())));
    }
    let created = match place {
        StorePlace::Sqlite(path) => SqliteStore::create(path, id),
        StorePlace::Postgres(address) => postgres::create(address, id, &app_role).await,
    };
    created.map_err(|error| open_failure(&error, place))?;
    Ok(Begun { id, empty: true })
}

/// Makes what is missing of a ledger's keys; what is there must be its own.
async fn make_keys(
    keys: KeysPlace,
    kek_path: &Path,
    id: LedgerId,
    world: &World,
) -> Result<(), Failure> {
    let random = Arc::clone(&world.random);
    let kek = match KeyEncryptionKey::create(kek_path, id, random.as_ref()) {
        Err(KekError::Exists { .. }) => KeyEncryptionKey::load(kek_path, id),
        made => made,
    };
    let kek = kek.map_err(|error| kek_failure(&error))?;
    let made = match keys {
        KeysPlace::Sqlite(path) => {
            match SqliteKeys::create_file(&path, kek.clone(), Arc::clone(&random)).await {
                Err(OpenKeysError::Exists(_)) => SqliteKeys::open_file(&path, kek, random).await,
                made => made,
            }
            .map(drop)
        },
        KeysPlace::Postgres(config) => {
            let config = *config;
            match PostgresKeys::open_database(config.clone(), kek.clone(), Arc::clone(&random))
                .await
            {
                Err(OpenKeysError::NotAKeyStore) => {
                    PostgresKeys::create_database(config, kek, random).await
                },
                opened => opened,
            }
            .map(drop)
        },
    };
    made.map_err(|error| keys_failure(&error))
}

/// The role that daily work signs in with: the one that is given, or `NAME_app`.
pub(super) fn app_role(given: Option<&str>, place: &StorePlace) -> Result<LedgerName, Failure> {
    let default = match place {
        StorePlace::Sqlite(_) => LedgerName::default().to_string(),
        StorePlace::Postgres(address) => format!("{}_app", address.ledger()),
    };
    let name = given.unwrap_or(&default);
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
