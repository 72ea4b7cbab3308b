//! The command line: one file a command.

mod anonymous;
mod audit;
mod backup;
mod budget;
mod cards;
mod changes;
mod completions;
mod cross;
mod demo;
mod demo_accounts;
mod demo_meetings;
mod directory;
mod door;
mod drawn;
mod events;
mod explain;
mod facilities;
mod facility;
mod figures;
mod hints;
mod import;
mod indicators;
mod init;
mod invite;
mod meeting;
mod meetings;
mod output;
mod pack;
mod programme;
mod progress;
mod rebuild;
mod recomputed;
pub(crate) mod record;
mod replay;
mod requests;
mod schema;
mod scope;
mod serve;
mod sight;
mod signals;
mod simulate;
mod status;
#[cfg(test)]
mod tests;
mod timeline;
mod token;
mod trainee;
mod trainees;
mod usage;
mod verify;
pub(crate) mod view;
mod work_list;

use std::ffi::OsString;
use std::time::Instant;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum as _};
use tracing::field::Empty;
use tracing::{Instrument as _, info_span};

use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::world::World;

/// The coordination ledger of a medical-care consultation centre / 医療的ケア相談支援センターの記録台帳
#[derive(Debug, Parser)]
#[command(
    name = "care-ledger",
    version,
    about = "医療的ケア相談支援センターの記録台帳 / the coordination ledger of a medical-care consultation centre",
    after_help = EXAMPLES,
    propagate_version = true,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(flatten)]
    global: GlobalOptions,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
例 / Examples:
  care-ledger demo                                    見本の台帳を作って見る
  care-ledger init                                    台帳を作る（./care-ledger.db）
  care-ledger import 台帳フォルダー                   表計算の台帳（CSV）を取り込む
  care-ledger figures --fiscal-year 2023              令和5年度の実績
  care-ledger timeline C001                           一人の経過
  care-ledger work-list                               今日の業務
  care-ledger directory --area 砧 --resource 吸引     地域資源
  care-ledger facilities                              施設への技術支援（10か所×4回の表）
  care-ledger meeting 2 --now                         運営委員会の資料を記録から計算し直す
  care-ledger verify                                  改ざんがないか確かめる
  care-ledger backup 控え.jsonl                       台帳の控えを取る（restore で戻す）
  care-ledger serve                                   ブラウザで使う画面を出す（invite で入るリンク）

終了コード / exit codes: 0 完了, 1 失敗, 2 却下あり, 64 書き方の誤り
動作の記録 / logs: CARE_LEDGER_LOG=info（warn, debug, trace）, CARE_LEDGER_LOG_FORMAT=json（標準エラー出力 / to standard error）";

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Import(import::Args),
    Record(record::Args),
    Timeline(timeline::Args),
    Figures(figures::Args),
    WorkList(work_list::Args),
    Directory(directory::Args),
    Indicators(indicators::Args),
    Explain(explain::Args),
    Changes(changes::Args),
    Cross(cross::Args),
    Pack(pack::Args),
    Meetings(meetings::Args),
    Meeting(meeting::Args),
    Requests(requests::Args),
    Facilities(facilities::Args),
    Facility(facility::Args),
    Trainees(trainees::Args),
    Trainee(trainee::Args),
    Programme(programme::Args),
    Budget(budget::Args),
    Audit(audit::Args),
    Events(events::Args),
    Verify(verify::Args),
    Replay(replay::Args),
    Rebuild(rebuild::Args),
    Backup(backup::Args),
    Restore(backup::restore::Args),
    BackupKeys(backup::keys::BackupArgs),
    RestoreKeys(backup::keys::RestoreArgs),
    Status(status::Args),
    Serve(serve::Args),
    Invite(invite::Args),
    Token(token::Args),
    Demo(demo::Args),
    Schema(schema::Args),
    Simulate(simulate::Args),
    Completions(completions::Args),
}

impl Command {
    /// What logs call it; its arguments stay out of them.
    const fn name(&self) -> &'static str {
        match self {
            Self::Init(_) => "init",
            Self::Import(_) => "import",
            Self::Record(_) => "record",
            Self::Timeline(_) => "timeline",
            Self::Figures(_) => "figures",
            Self::WorkList(_) => "work-list",
            Self::Directory(_) => "directory",
            Self::Indicators(_) => "indicators",
            Self::Explain(_) => "explain",
            Self::Changes(_) => "changes",
            Self::Cross(_) => "cross",
            Self::Pack(_) => "pack",
            Self::Meetings(_) => "meetings",
            Self::Meeting(_) => "meeting",
            Self::Requests(_) => "requests",
            Self::Facilities(_) => "facilities",
            Self::Facility(_) => "facility",
            Self::Trainees(_) => "trainees",
            Self::Trainee(_) => "trainee",
            Self::Programme(_) => "programme",
            Self::Budget(_) => "budget",
            Self::Audit(_) => "audit",
            Self::Events(_) => "events",
            Self::Verify(_) => "verify",
            Self::Replay(_) => "replay",
            Self::Rebuild(_) => "rebuild",
            Self::Backup(_) => "backup",
            Self::Restore(_) => "restore",
            Self::BackupKeys(_) => "backup-keys",
            Self::RestoreKeys(_) => "restore-keys",
            Self::Status(_) => "status",
            Self::Serve(_) => "serve",
            Self::Invite(_) => "invite",
            Self::Token(_) => "token",
            Self::Demo(_) => "demo",
            Self::Schema(_) => "schema",
            Self::Simulate(_) => "simulate",
            Self::Completions(_) => "completions",
        }
    }
}

/// Runs the program in the given world and says how it ended.
pub async fn run(args: impl IntoIterator<Item = impl Into<OsString>>, world: &mut World) -> Exit {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error, &args, world),
    };
    let (lang, as_json) = (cli.global.lang, cli.global.json);
    let done = dispatch(cli, world).await;
    let done = done.and_then(|exit| output::decided(exit, output::flush(world)));
    match done {
        Ok(exit) => exit,
        Err(failure) if failure.code == output::CLOSED => Exit::Done,
        Err(failure) => {
            // Nobody is left to be told when even the errors cannot be written.
            drop(failure.write(&mut world.err, lang, as_json));
            failure.exit
        },
    }
}

async fn dispatch(cli: Cli, world: &mut World) -> Result<Exit, Failure> {
    let begun = Instant::now();
    let name = cli.command.name();
    let span = info_span!(
        "cli.command",
        command.name = name,
        outcome = Empty,
        duration_ms = Empty
    );
    let done = Box::pin(run_command(cli, world)).instrument(span.clone());
    let done = done.await;
    span.record(
        "outcome",
        done.as_ref().map_or_else(|failure| failure.code, |_| "ok"),
    );
    span.record("duration_ms", begun.elapsed().as_secs_f64() * 1_000.0);
    done
}

async fn run_command(cli: Cli, world: &mut World) -> Result<Exit, Failure> {
    let options = &cli.global;
    match cli.command {
        Command::Init(args) => init::run(&args, options, world).await,
        Command::Import(args) => import::run(&args, options, world).await,
        Command::Figures(args) => figures::run(&args, options, world).await,
        Command::WorkList(args) => work_list::run(&args, options, world).await,
        Command::Directory(args) => directory::run(&args, options, world).await,
        Command::Indicators(args) => indicators::run(&args, options, world).await,
        Command::Explain(args) => explain::run(&args, options, world).await,
        Command::Changes(args) => changes::run(&args, options, world).await,
        Command::Cross(args) => cross::run(&args, options, world).await,
        Command::Pack(args) => pack::run(&args, options, world).await,
        Command::Meetings(args) => meetings::run(&args, options, world).await,
        Command::Meeting(args) => meeting::run(&args, options, world).await,
        Command::Requests(args) => requests::run(&args, options, world).await,
        Command::Facilities(args) => facilities::run(&args, options, world).await,
        Command::Facility(args) => facility::run(&args, options, world).await,
        Command::Trainees(args) => trainees::run(&args, options, world).await,
        Command::Trainee(args) => trainee::run(&args, options, world).await,
        Command::Programme(args) => programme::run(&args, options, world).await,
        Command::Budget(args) => budget::run(&args, options, world).await,
        Command::Audit(args) => audit::run(&args, options, world).await,
        Command::Record(args) => record::run(&args, options, world).await,
        Command::Timeline(args) => timeline::run(&args, options, world).await,
        Command::Events(args) => events::run(&args, options, world).await,
        Command::Verify(args) => verify::run(&args, options, world).await,
        Command::Replay(args) => replay::run(&args, options, world).await,
        Command::Rebuild(args) => rebuild::run(&args, options, world).await,
        Command::Backup(args) => backup::run(&args, options, world).await,
        Command::Restore(args) => backup::restore::run(&args, options, world).await,
        Command::BackupKeys(args) => backup::keys::backup(&args, options, world).await,
        Command::RestoreKeys(args) => backup::keys::restore(&args, options, world).await,
        Command::Status(args) => status::run(&args, options, world).await,
        Command::Serve(args) => serve::run(&args, options, world).await,
        Command::Invite(args) => invite::run(&args, options, world).await,
        Command::Token(args) => token::run(&args, options, world).await,
        Command::Demo(args) => demo::run(&args, options, world).await,
        Command::Schema(args) => schema::run(&args, world),
        Command::Simulate(args) => simulate::run(&args, options, world).await,
        Command::Completions(args) => completions::run(&args, &mut Cli::command(), world),
    }
}

/// Help and version are answers; everything else is wrong usage.
fn not_understood(error: &clap::Error, args: &[OsString], world: &mut World) -> Exit {
    let text = error.render().to_string();
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return match world.out.write_all(text.as_bytes()) {
            Ok(()) => Exit::Done,
            Err(_) => Exit::Failed,
        };
    }
    let as_json = args.iter().any(|arg| arg == "--json");
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !as_json {
        // Nobody is left to be told when even the help cannot be written.
        drop(world.err.write_all(text.as_bytes()));
        return Exit::Usage;
    }
    let failure = usage::failure(error);
    drop(failure.write(&mut world.err, lang_of(args), as_json));
    Exit::Usage
}

/// The language that the options or the environment ask for, where the options cannot be read whole.
fn lang_of(args: &[OsString]) -> Lang {
    let mut words = args.iter().filter_map(|arg| arg.to_str());
    let mut asked = None;
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            _ if word == "--" => break,
            Some("") => asked = words.next().or(asked),
            Some(rest) => asked = rest.strip_prefix('=').or(asked),
            None => {},
        }
    }
    let asked = asked.map(str::to_owned);
    let asked = asked.or_else(|| std::env::var("CARE_LEDGER_LANG").ok());
    let known = asked.and_then(|name| Lang::from_str(&name, false).ok());
    known.unwrap_or_default()
}
