//! `backup`: the whole log in one file, from which either engine makes the same ledger again.

mod fault;
mod file;
pub(super) mod keys;
pub(super) mod restore;

use std::path::{Path, PathBuf};

use ledger_commands::authorise::Action;
use ledger_core::backup::{WriteError, Written, write};
use ledger_core::id::Position;
use ledger_core::time::Timestamp;
use serde_json::{Value, json};

use self::fault::{file_failed, write_failure};
use self::file::NewFile;
use super::output;
use super::progress::Bar;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 台帳の控えを1つのファイルに書く / the whole log in one file, for restore
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger backup 控え.jsonl
  care-ledger backup 控え.jsonl --force
  care-ledger backup 控え.jsonl --until 5000          その位置までの台帳
  care-ledger backup - > 控え.jsonl                   標準出力へ（| zstd などへ渡せます）

1行目に台帳IDと「位置:根」、続けて記録を1件1行（JSON Lines）、最終行に件数と根を書きます。
ほかの人が記録している間も取れます（始めた時の位置まで）。集計用の表は含みません（記録から作り直せます）。
鍵は含みません。続けて care-ledger backup-keys で、別のファイルに、別の場所へ控えてください。")]
pub(super) struct Args {
    /// 控えのファイル（- は標準出力） / where it goes; - is standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// この位置までの台帳 / the ledger as it stood at that position
    #[arg(long, value_name = "POSITION")]
    until: Option<u64>,
    /// 前の控えを置き換える / replace an earlier backup
    #[arg(long)]
    force: bool,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::Export, options, world).await?;
    let written = write_to(args, &open, options, world).await;
    open.close().await;
    let written = written?;
    if is_standard(&args.file) {
        // The answer itself is the backup, so what is said of it goes beside it.
        output::note(world, &sentence(&written, "-", options.lang));
    } else if options.json {
        output::json(world, &as_json(&written, &args.file))?;
    } else {
        let name = args.file.display().to_string();
        output::line(world, &sentence(&written, &name, options.lang))?;
        output::line(
            world,
            options.lang.pick(
                "鍵は含まれません。次は: care-ledger backup-keys FILE（別の場所へ）",
                "Keys are not in it. Next: care-ledger backup-keys FILE, to another place",
            ),
        )?;
    }
    Ok(Exit::Done)
}

async fn write_to(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Written, Failure> {
    let until = args.until.map(Position::new);
    let now = world.clock.now();
    let bar = Bar::new("backup", options, world);
    let written = if is_standard(&args.file) {
        let out = world.out.as_mut();
        let written = written(open, (until, now), out, &bar).await;
        written.map_err(|error| write_failure(&error, output::closed))
    } else {
        let mut file = NewFile::begin(&args.file, args.force)?;
        let written = written(open, (until, now), &mut file.out, &bar).await;
        let failed = |error: &std::io::Error| file_failed(&args.file, error);
        let written = written.map_err(|error| write_failure(&error, failed))?;
        file.finish().map(|()| written)
    };
    bar.end();
    written
}

async fn written(
    open: &OpenLedger,
    (until, now): (Option<Position>, Timestamp),
    out: &mut (dyn std::io::Write + Send),
    bar: &Bar,
) -> Result<Written, WriteError> {
    let store = open.store.as_ref();
    write(store, until, now, out, &mut |at, to| bar.at(at, to)).await
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn sentence(written: &Written, name: &str, lang: Lang) -> String {
    let (id, head) = (written.header.ledger, written.header.head);
    let (events, bytes) = (head.position, written.bytes);
    let text = lang.pick("控えを書きました", "wrote a backup").to_owned();
    let counted = match lang {
        Lang::Ja => format!("台帳ID: {id}\n位置:根 {head}\n記録{events}件、{bytes}バイト"),
        Lang::En => format!("ledger id: {id}\nhead: {head}\n{events} events, {bytes} bytes"),
    };
    format!("{text}: {name}\n{counted}")
}

fn as_json(written: &Written, file: &Path) -> Value {
    let head = written.header.head;
    json!({
        "file": file.display().to_string(),
        "ledger": written.header.ledger,
        "position": head.position,
        "root": head.root,
        "head": head,
        "made_at": written.header.made_at,
        "bytes": written.bytes,
    })
}
