//! Where ledger, keys and key-encryption key are, and who acts: options, environment, defaults.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use ledger_core::actor::Actor;
use ledger_core::id::LedgerId;
use ledger_core::store::OpenError;
use ledger_core::store::postgres::Address;

use crate::failure::Failure;
use crate::lang::Lang;

/// Options that every command takes.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "共通 / Global")]
pub struct GlobalOptions {
    /// Where the ledger is.
    #[arg(
        help = "台帳: sqlite:PATH または postgres://USER@HOST/DATABASE?ledger=NAME（既定 sqlite:care-ledger.db） / the ledger",
        long,
        global = true,
        env = "CARE_LEDGER_STORE",
        hide_env_values = true,
        value_name = "STORE"
    )]
    pub store: Option<String>,
    /// Where the keys are.
    #[arg(
        help = "鍵の保管先: sqlite:PATH または postgres://…（SQLiteでは台帳と同じ場所の .keys） / the key store",
        long,
        global = true,
        env = "CARE_LEDGER_KEYS",
        hide_env_values = true,
        value_name = "KEYS"
    )]
    pub keys: Option<String>,
    /// 鍵を包む鍵のファイル / the key-encryption key's file
    #[arg(long, global = true, env = "CARE_LEDGER_KEK", value_name = "FILE")]
    pub kek: Option<PathBuf>,
    /// 記録者（アカウント名。既定 os:利用者名） / who acts
    #[arg(long, global = true, env = "CARE_LEDGER_ACTOR", value_name = "ACTOR")]
    pub actor: Option<String>,
    /// 言語 / language
    #[arg(
        long,
        global = true,
        env = "CARE_LEDGER_LANG",
        value_enum,
        default_value = "ja"
    )]
    pub lang: Lang,
    /// JSONで出力 / machine-readable output
    #[arg(long, global = true)]
    pub json: bool,
}

/// Where a ledger is.
#[derive(Clone, Debug)]
pub enum StorePlace {
    /// In an SQLite file.
    Sqlite(PathBuf),
    /// In a PostgreSQL schema.
    Postgres(Box<Address>),
}

/// Where a key store is.
#[derive(Clone, Debug)]
pub enum KeysPlace {
    /// In an SQLite file.
    Sqlite(PathBuf),
    /// In a PostgreSQL database.
    Postgres(Box<tokio_postgres::Config>),
}

impl StorePlace {
    /// Its name for people, without login.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres(address) => format!("PostgreSQL ({})", address.ledger()),
        }
    }
}

impl GlobalOptions {
    /// Where the ledger is.
    ///
    /// # Errors
    /// [`Failure`] for an address that is none.
    pub fn store_place(&self) -> Result<StorePlace, Failure> {
        let given = self.store.as_deref().unwrap_or("sqlite:care-ledger.db");
        if let Some(path) = given
            .strip_prefix("sqlite:")
            .filter(|path| !path.is_empty())
        {
            return Ok(StorePlace::Sqlite(PathBuf::from(path)));
        }
        if !is_postgres(given) {
            return Err(bad_address("--store"));
        }
        match given.parse() {
            Ok(address) => Ok(StorePlace::Postgres(Box::new(address))),
            Err(OpenError::BadAddress { reason }) => {
                Err(bad_address("--store").hint(reason.clone(), reason))
            },
            Err(_) => Err(bad_address("--store")),
        }
    }

    /// Where the keys are: beside an SQLite ledger unless said otherwise.
    ///
    /// # Errors
    /// [`Failure`] for an address that is none, or a PostgreSQL ledger without one.
    pub fn keys_place(&self, store: &StorePlace) -> Result<KeysPlace, Failure> {
        let Some(given) = self.keys.as_deref() else {
            return match store {
                StorePlace::Sqlite(path) => Ok(KeysPlace::Sqlite(path.with_extension("keys"))),
                StorePlace::Postgres(_) => Err(Failure::usage(
                    "KEYS_NEEDED",
                    "PostgreSQLの台帳では鍵の保管先の指定が必要です。",
                    "a PostgreSQL ledger needs its key store to be named",
                )
                .on("--keys")
                .hint(
                    "--keys sqlite:PATH（1台の場合）か --keys postgres://…（台帳とは別のデータベース）を指定してください。",
                    "give --keys sqlite:PATH (one machine) or --keys postgres://… (a database of its own)",
                )),
            };
        };
        if let Some(path) = given
            .strip_prefix("sqlite:")
            .filter(|path| !path.is_empty())
        {
            return Ok(KeysPlace::Sqlite(PathBuf::from(path)));
        }
        let config = given.parse().ok().filter(|_| is_postgres(given));
        let config = config.ok_or_else(|| bad_address("--keys"))?;
        Ok(KeysPlace::Postgres(Box::new(config)))
    }

    /// Where the key-encryption key of a ledger is.
    ///
    /// # Errors
    /// [`Failure`] when the system names no folder for configuration.
    pub fn kek_path(&self, ledger: LedgerId) -> Result<PathBuf, Failure> {
        if let Some(path) = &self.kek {
            return Ok(path.clone());
        }
        let strategy = etcetera::choose_base_strategy().map_err(|_| {
            Failure::failed(
                "NO_HOME",
                "設定フォルダーの場所が分かりません。",
                "the system names no folder for configuration",
            )
            .hint("--kek FILE を指定してください。", "give --kek FILE")
        })?;
        let folder: PathBuf = strategy.config_dir().join("care-ledger");
        Ok(folder.join(format!("{ledger}.kek")))
    }

    /// Who acts; whoever started the program unless said otherwise.
    ///
    /// # Errors
    /// [`Failure`] for a name that is no account's.
    pub fn actor(&self) -> Result<Actor, Failure> {
        let given = self.actor.clone().unwrap_or_else(os_user);
        Actor::new(given).map_err(|_| {
            Failure::usage(
                "BAD_ACTOR",
                "記録者はアカウント名（英数字と . _ : @ - で100字まで）で指定してください。氏名は使えません。",
                "an actor is an account name (A-Z a-z 0-9 . _ : @ -, at most 100), not a person's name",
            )
            .on("--actor")
        })
    }
}

fn is_postgres(given: &str) -> bool {
    given.starts_with("postgres://") || given.starts_with("postgresql://")
}

fn bad_address(option: &'static str) -> Failure {
    Failure::usage(
        "BAD_ADDRESS",
        format!("{option} の書き方が正しくありません。"),
        format!("{option} cannot be understood"),
    )
    .on(option)
    .hint(
        "sqlite:PATH か postgres://USER@HOST/DATABASE?ledger=NAME と書いてください。",
        "write sqlite:PATH or postgres://USER@HOST/DATABASE?ledger=NAME",
    )
}

/// `os:` and the name of whoever started the program, other characters replaced.
fn os_user() -> String {
    let name = ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok());
    let name = name
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "unknown".to_owned());
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "._@-".contains(c) {
            c
        } else {
            '_'
        }
    };
    format!(
        "os:{}",
        name.chars().take(90).map(plain).collect::<String>()
    )
}

/// Whether a path names something that is there.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
