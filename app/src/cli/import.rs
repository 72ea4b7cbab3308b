//! `import`: takes a centre's registers into the ledger.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use indicatif::{ProgressBar, ProgressStyle};
use ledger_commands::authorise::Action;
use ledger_core::code::Register;
use ledger_core::id::Position;
use ledger_core::store::{BoxError, LedgerStore};
use ledger_projections::catch_up::catch_up_for;
use ledger_projections::views::Views;
use ledger_projections::{generation, register_rows};
use serde_json::json;
use tokio::sync::Mutex;

use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::import::changed::Differences;
use crate::import::fault::{import_failure, rejects_failure};
use crate::import::index::{Known, RowIndex};
use crate::import::rejects::RejectsFile;
use crate::import::run::{self, Progress};
use crate::import::summary::{FileSummary, Summary};
use crate::import::take::Taker;
use crate::lang::Lang;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 表計算の台帳（CSV）を取り込む / take registers (CSV) into the ledger
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger import 台帳フォルダー
  care-ledger import 台帳フォルダー --rejects 却下.csv
  care-ledger import 却下.csv                         直した行をもう一度

フォルダーにある 対象者台帳.csv、相談記録簿.csv、連携記録簿.csv、在宅生活支援プラン台帳.csv、
災害時個別支援計画台帳.csv、施設技術支援記録.csv、相談員指導・育成記録.csv を読みます（CP932・UTF-8）。
同じものを何度取り込んでも二重にはなりません。取り込めない行は却下ファイルに理由とともに書き出します。")]
pub(super) struct Args {
    /// 台帳のフォルダー、または直した却下ファイル / a folder of registers, or a mended rejects file
    #[arg(value_name = "DIR|REJECTS.csv")]
    pub(super) path: PathBuf,
    /// 却下した行を書き出すファイル / where rejected rows go
    #[arg(long, value_name = "FILE", default_value = "care-ledger-rejects.csv")]
    pub(super) rejects: PathBuf,
}

/// The kept table of register rows, with the generation that is read.
struct KeptRows {
    store: Arc<dyn LedgerStore>,
    views: Views,
    generation: Mutex<i64>,
}

#[async_trait]
impl RowIndex for KeptRows {
    async fn catch_up(&self) -> Result<(), BoxError> {
        let head = self.store.head().await?.position;
        let (store, rows) = (self.store.as_ref(), &register_rows::RegisterRows);
        catch_up_for(store, &self.views, rows, head, &mut |_, _| {}).await?;
        *self.generation.lock().await = generation::live(&self.views, rows).await?;
        Ok(())
    }

    async fn find(&self, register: Register, key: &str) -> Result<Option<Known>, BoxError> {
        let generation = *self.generation.lock().await;
        let row = register_rows::find_in(&self.views, generation, register, key).await?;
        Ok(row.map(|row| Known {
            position: Position::from_i64(row.position),
            macs: row.macs,
            filled: row.filled,
        }))
    }

    async fn streams(&self, register: Register, prefix: &str) -> Result<Vec<String>, BoxError> {
        let rows = register_rows::find_all(&self.views, register, prefix).await?;
        Ok(rows.into_iter().map(|(_, row)| row.stream).collect())
    }
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let summary = Box::pin(import(&args.path, &args.rejects, options, world)).await?;
    if options.json {
        output::json(world, &as_json(&summary))?;
    } else {
        show(&summary, options.lang, world)?;
    }
    Ok(if summary.is_clean() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// Imports what is at `path` into the ledger that the options name.
pub(super) async fn import(
    path: &Path,
    rejects: &Path,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Summary, Failure> {
    let actor = options.actor()?;
    let rejects =
        RejectsFile::prepare(rejects, options.lang).map_err(|error| rejects_failure(&error))?;
    let open = OpenLedger::open_to(Action::RecordWork, options, world).await?;
    let open = open.with_keys(options, world).await?;
    super::hints::elevated(&open.open, options.lang, world);
    let done = async {
        let mac = open.keys.mac_key().await;
        let mac = mac.map_err(|error| crate::fault::keys_failure(&error.into()))?;
        let index = KeptRows {
            store: Arc::clone(&open.open.store),
            views: open.open.views.clone(),
            generation: Mutex::new(0),
        };
        let differences = Differences::new(open.open.events(), open.codec.clone());
        let taker = Taker::new((&open.ledger, &index, &differences), mac, actor, rejects);
        let holder = (world.new_id)();
        let mut progress = Bar::new(world.watched && !options.json, options.lang);
        let leases = open.open.store.as_ref();
        let done = Box::pin(run::import(path, taker, (leases, holder), &mut progress));
        done.await.map_err(|error| import_failure(&error))
    }
    .await;
    open.close().await;
    done
}

/// A progress bar, where somebody watches.
struct Bar {
    drawn: ProgressBar,
    lang: Lang,
    shown: bool,
}

impl Bar {
    fn new(shown: bool, lang: Lang) -> Self {
        Self {
            drawn: ProgressBar::hidden(),
            lang,
            shown,
        }
    }
}

impl Progress for Bar {
    fn begin(&mut self, name: &str, bytes: u64) {
        if !self.shown {
            return;
        }
        self.drawn = ProgressBar::new(bytes);
        if let Ok(style) = ProgressStyle::with_template("{prefix} [{wide_bar}] {percent:>3}% {msg}")
        {
            self.drawn.set_style(style);
        }
        self.drawn.set_prefix(name.to_owned());
    }

    fn advance(&mut self, bytes: u64, summary: &FileSummary) {
        if !self.shown || summary.read.checked_rem(64) != Some(0) {
            return;
        }
        self.drawn.set_position(bytes);
        let (read, rejected) = (summary.read, summary.rejected);
        self.drawn.set_message(match self.lang {
            Lang::Ja => format!("{read}行 却下{rejected}"),
            Lang::En => format!("{read} rows, {rejected} rejected"),
        });
    }

    fn end(&mut self) {
        self.drawn.finish_and_clear();
    }
}

fn as_json(summary: &Summary) -> serde_json::Value {
    let file = |file: &FileSummary| {
        let flags: serde_json::Map<_, _> = file
            .flags
            .iter()
            .map(|(flag, count)| (flag.to_string(), json!(count)))
            .collect();
        json!({
            "file": file.file,
            "read": file.read,
            "taken": file.taken,
            "already": file.already,
            "rejected": file.rejected,
            "recorded_late": file.late,
            "flags": flags,
            "unknown_columns": file.unknown_columns,
            "missing_columns": file.missing_columns,
        })
    };
    json!({
        "files": summary.files.iter().map(file).collect::<Vec<_>>(),
        "skipped": summary.skipped.iter().map(|register| format!("{}.csv", register.ja())).collect::<Vec<_>>(),
        "rejects": summary.rejects.as_ref().map(|(path, _)| path.display().to_string()),
        "rejected": summary.rejects.as_ref().map_or(0, |(_, rows)| *rows),
    })
}

/// Says in words what was taken.
pub(super) fn show(summary: &Summary, lang: Lang, world: &mut World) -> Result<(), Failure> {
    for file in &summary.files {
        show_file(file, lang, world)?;
    }
    for register in &summary.skipped {
        let name = register.ja();
        output::line(
            world,
            lang.pick(
                &format!("{name}.csv: ありません（飛ばしました）"),
                &format!("{name}.csv: not there, skipped"),
            ),
        )?;
    }
    if let Some((path, rows)) = &summary.rejects {
        let path = path.display();
        output::line(world, lang.pick(
            &format!("却下した{rows}行を {path} に書き出しました。直して `care-ledger import {path}` で取り込めます。"),
            &format!("wrote {rows} rejected rows to {path}; mend them and run `care-ledger import {path}`"),
        ))?;
    }
    if summary.removed_rejects {
        output::line(
            world,
            lang.pick(
                "却下はありません。前回の却下ファイルを削除しました。",
                "nothing was rejected; the rejects file of an earlier run was removed",
            ),
        )?;
    }
    Ok(())
}

fn show_file(file: &FileSummary, lang: Lang, world: &mut World) -> Result<(), Failure> {
    let name = &file.file;
    if !file.missing_columns.is_empty() {
        let columns = file.missing_columns.join("、");
        return output::line(
            world,
            lang.pick(
                &format!("{name}: 必要な列がないため取り込みません [MISSING_COLUMN]: {columns}"),
                &format!(
                    "{name}: not taken, required columns are missing [MISSING_COLUMN]: {columns}"
                ),
            ),
        );
    }
    let FileSummary {
        read,
        taken,
        already,
        rejected,
        ..
    } = file;
    output::line(
        world,
        lang.pick(
            &format!("{name}: 読込 {read}  登録 {taken}  登録済 {already}  却下 {rejected}"),
            &format!(
                "{name}: read {read}  taken {taken}  already there {already}  rejected {rejected}"
            ),
        ),
    )?;
    if !file.unknown_columns.is_empty() {
        let columns = file.unknown_columns.join("、");
        output::line(
            world,
            lang.pick(
                &format!("  知らない列は取り込みません: {columns}"),
                &format!("  unknown columns are kept out: {columns}"),
            ),
        )?;
    }
    if file.late > 0 {
        let late = file.late;
        output::line(
            world,
            lang.pick(
                &format!("  365日を超えて後から登録: {late}件"),
                &format!("  recorded more than 365 days later: {late}"),
            ),
        )?;
    }
    for (flag, count) in &file.flags {
        output::line(
            world,
            lang.pick(
                &format!("  注意 {flag} {}: {count}件", flag.ja()),
                &format!("  flag {flag}: {count}"),
            ),
        )?;
    }
    Ok(())
}
