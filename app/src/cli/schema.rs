//! `schema`: prints the JSON Schema of an event type or a command, or lists their names.

use clap::ValueEnum;
use ledger_commands::Command;
use ledger_core::event::Event;

use crate::failure::{Exit, Failure};
use crate::world::World;

/// JSON Schema を出力 / JSON Schemas of events and commands
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger schema command                          コマンドの一覧
  care-ledger schema command make-referral            一つのコマンドの形
  care-ledger schema event referral-made              一つの記録の形")]
pub(super) struct Args {
    /// 記録かコマンドか / events or commands
    of: Option<Of>,
    /// 名前 / name
    name: Option<String>,
}

/// What has schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// 記録 / event types
    Event,
    /// コマンド / commands
    Command,
}

pub(super) fn run(args: &Args, world: &mut World) -> Result<Exit, Failure> {
    match (args.of, &args.name) {
        (None, _) => {
            list(Of::Event, "event ", world)?;
            list(Of::Command, "command ", world)?;
        },
        (Some(of), None) => list(of, "", world)?,
        (Some(of), Some(name)) => {
            let schema = match of {
                Of::Event => Event::schema(name),
                Of::Command => Command::schema(name),
            };
            let schema = schema.ok_or_else(|| unknown(name))?;
            super::output::json(world, &schema)?;
        },
    }
    Ok(Exit::Done)
}

fn list(of: Of, before: &str, world: &mut World) -> Result<(), Failure> {
    let names: Vec<&str> = match of {
        Of::Event => Event::types().iter().map(|info| info.name).collect(),
        Of::Command => Command::NAMES.to_vec(),
    };
    for name in names {
        super::output::line(world, &format!("{before}{name}"))?;
    }
    Ok(())
}

fn unknown(name: &str) -> Failure {
    Failure::usage(
        "UNKNOWN_NAME",
        format!("「{name}」という名前はありません。care-ledger schema で一覧を見られます。"),
        format!("nothing is named {name}; care-ledger schema lists the names"),
    )
    .on("name")
}
