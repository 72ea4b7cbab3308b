//! `backup`: the whole log in one file, from which either engine makes the same ledger again.

mod digest;
mod fault;
mod file;
pub(super) mod keys;
mod record;
pub(super) mod restore;

use std::path::{Path, PathBuf};

use ledger_commands::authorise::Action;
use ledger_core::backup::{WriteError, Written, write};
use ledger_core::code::{BackupOf, BackupTarget};
use ledger_core::event::BackupTaken;
use ledger_core::id::Position;
use ledger_core::time::Timestamp;
use serde_json::{Value, json};

use self::digest::{Digested, Digesting};
use self::fault::{file_failed, write_failure};
use self::file::NewFile;
use self::record::{Left, leave};
use super::output;
use super::progress::Bar;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::read_failure;
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
書き終えたら、取ったこと（位置・根・大きさ・SHA-256。ファイルの名前は除く）を台帳に記録します。台帳に書けない時は、
控えを書いたうえでその旨を示します。読み取り専用の写しや、ほかの台帳の控えには --no-record を付けてください。
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
    /// 取ったことを台帳に記録しない / leave no event that it was taken
    #[arg(long)]
    no_record: bool,
}

/// A backup that was written, and what the ledger holds of it.
struct Done {
    written: Written,
    digested: Digested,
    left: Left,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::Export, options, world).await?;
    let done = backed_up(args, &open, options, world).await;
    open.close().await;
    let done = done?;
    if is_standard(&args.file) {
        // The answer itself is the backup, so what is said of it goes beside it.
        output::note(world, &sentence(&done, "-", options.lang));
    } else if options.json {
        output::json(world, &as_json(&done, &args.file))?;
    } else {
        let name = args.file.display().to_string();
        output::line(world, &sentence(&done, &name, options.lang))?;
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

/// Writes the backup, and then leaves in the ledger that it is written.
async fn backed_up(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Done, Failure> {
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?.position;
    let (written, digested) = write_to(args, open, options, world).await?;
    let made = written.header.head;
    let taken = BackupTaken {
        backup: BackupOf::Ledger,
        written_to: if is_standard(&args.file) {
            BackupTarget::Stream
        } else {
            BackupTarget::File
        },
        position: made.position,
        root: made.root.to_string(),
        cut: made.position < head,
        count: made.position.get(),
        bytes: digested.bytes,
        sha256: digested.sha256.clone(),
    };
    let left = leave(taken, args.no_record, open, (options, world)).await?;
    Ok(Done {
        written,
        digested,
        left,
    })
}

async fn write_to(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(Written, Digested), Failure> {
    let until = args.until.map(Position::new);
    let now = world.clock.now();
    let bar = Bar::new("backup", options, world);
    let written = if is_standard(&args.file) {
        let mut out = Digesting::new(world.out.as_mut());
        let written = written(open, (until, now), &mut out, &bar).await;
        let written = written.map_err(|error| write_failure(&error, output::closed));
        written.map(|written| (written, out.end()))
    } else {
        let mut file = NewFile::begin(&args.file, args.force)?;
        let mut out = Digesting::new(&mut file.out);
        let written = written(open, (until, now), &mut out, &bar).await;
        let failed = |error: &std::io::Error| file_failed(&args.file, error);
        let written = written.map_err(|error| write_failure(&error, failed))?;
        let digested = out.end();
        file.finish().map(|()| (written, digested))
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

fn sentence(done: &Done, name: &str, lang: Lang) -> String {
    let (id, head) = (done.written.header.ledger, done.written.header.head);
    let (events, bytes) = (head.position, done.written.bytes);
    let (sha256, left) = (&done.digested.sha256, done.left.sentence(lang));
    let text = lang.pick("控えを書きました", "wrote a backup").to_owned();
    let counted = match lang {
        Lang::Ja => format!(
            "台帳ID: {id}\n位置:根 {head}\n記録{events}件、{bytes}バイト\nSHA-256: {sha256}"
        ),
        Lang::En => format!(
            "ledger id: {id}\nhead: {head}\n{events} events, {bytes} bytes\nSHA-256: {sha256}"
        ),
    };
    format!("{text}: {name}\n{counted}\n{left}")
}

fn as_json(done: &Done, file: &Path) -> Value {
    let (written, head) = (&done.written, done.written.header.head);
    json!({
        "file": file.display().to_string(),
        "ledger": written.header.ledger,
        "position": head.position,
        "root": head.root,
        "head": head,
        "made_at": written.header.made_at,
        "bytes": written.bytes,
        "sha256": done.digested.sha256,
        "recorded": done.left.position(),
        "not_recorded": done.left.why_not(),
    })
}
