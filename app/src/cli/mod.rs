//! The command line: one file a command.

mod completions;
mod demo;
mod events;
mod figures;
mod hints;
mod import;
mod init;
mod output;
mod progress;
mod rebuild;
mod record;
mod replay;
mod status;
mod timeline;
mod verify;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

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
  care-ledger verify                                  改ざんがないか確かめる

終了コード / exit codes: 0 完了, 1 失敗, 2 却下あり, 64 書き方の誤り";

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Import(import::Args),
    Record(record::Args),
    Timeline(timeline::Args),
    Figures(figures::Args),
    Events(events::Args),
    Verify(verify::Args),
    Replay(replay::Args),
    Rebuild(rebuild::Args),
    Status(status::Args),
    Demo(demo::Args),
    Completions(completions::Args),
}

/// Runs the program in the given world and says how it ended.
pub async fn run(args: impl IntoIterator<Item = impl Into<OsString>>, world: &mut World) -> Exit {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, &args, world),
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
    let options = &cli.global;
    match cli.command {
        Command::Init(args) => init::run(&args, options, world).await,
        Command::Import(args) => import::run(&args, options, world).await,
        Command::Figures(args) => figures::run(&args, options, world).await,
        Command::Record(args) => record::run(&args, options, world).await,
        Command::Timeline(args) => timeline::run(&args, options, world).await,
        Command::Events(args) => events::run(&args, options, world).await,
        Command::Verify(args) => verify::run(&args, options, world).await,
        Command::Replay(args) => replay::run(&args, options, world).await,
        Command::Rebuild(args) => rebuild::run(&args, options, world).await,
        Command::Status(args) => status::run(&args, options, world).await,
        Command::Demo(args) => demo::run(&args, options, world).await,
        Command::Completions(args) => completions::run(&args, &mut Cli::command(), world),
    }
}

/// Help and version are answers; everything else is wrong usage.
fn usage(error: &clap::Error, args: &[OsString], world: &mut World) -> Exit {
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
    let said = text.trim_start_matches("error: ").trim_end();
    let said = if as_json {
        said.lines().next().unwrap_or_default()
    } else {
        said
    };
    let failure = Failure::usage(
        "USAGE",
        format!("コマンドの書き方が正しくありません。{said}"),
        said.to_owned(),
    );
    drop(failure.write(&mut world.err, Lang::Ja, as_json));
    Exit::Usage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_option_of_any_command_collides_with_another() {
        Cli::command().debug_assert();
    }
}
