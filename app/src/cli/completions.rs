//! `completions`: prints what a shell needs to complete commands and options.

use clap::Command;
use clap_complete::Shell;

use crate::failure::{Exit, Failure};
use crate::world::World;

/// シェルの補完を出力 / shell completions
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Example:
  care-ledger completions bash > ~/.local/share/bash-completion/completions/care-ledger")]
pub(super) struct Args {
    /// シェル / the shell
    shell: Shell,
}

pub(super) fn run(args: &Args, command: &mut Command, world: &mut World) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "care-ledger", &mut script);
    super::output::line(world, String::from_utf8_lossy(&script).trim_end())?;
    Ok(Exit::Done)
}
