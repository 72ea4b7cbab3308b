//! `demo`: a small ledger of invented people in a folder of its own, and what to look at in it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::{demo_accounts, demo_meetings, import, init, output};
use crate::config::{GlobalOptions, is_there};
use crate::failure::{Exit, Failure};
use crate::http::Server;
use crate::lang::Lang;
use crate::world::World;

/// 見本の台帳を ./care-ledger-demo/ に作る / make a sample ledger in ./care-ledger-demo/
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger demo
  care-ledger demo --serve               作ってから、ブラウザで見られるようにする

すべて ./care-ledger-demo/ の中だけに作ります（登場する人と施設はすべて架空です）。
消すときは、そのフォルダーを消してください。")]
pub(super) struct Args {
    /// 画面を出し、入るためのアカウントを示す / serve the pages, and say with which accounts to sign in
    #[arg(long)]
    serve: bool,
    /// Where to listen.
    #[arg(
        help = "待ち受けるアドレスとポート（0 は空いているポート） / address and port; 0 takes a free port",
        long,
        requires = "serve",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        value_parser = super::serve::address
    )]
    listen: SocketAddr,
}

/// The folder; nothing is written outside it.
const FOLDER: &str = "care-ledger-demo";
/// Says that a folder of that name is ours.
const MARK: &str = "THIS-IS-A-CARE-LEDGER-DEMO.txt";

macro_rules! samples {
    ($($name:literal),+ $(,)?) => {
        /// The sample registers that the program carries.
        const SAMPLES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../data/sample-ledgers/", $name)))),+];
    };
}
samples!(
    "対象者台帳.csv",
    "相談記録簿.csv",
    "連携記録簿.csv",
    "在宅生活支援プラン台帳.csv",
    "災害時個別支援計画台帳.csv",
    "施設技術支援記録.csv",
    "相談員指導・育成記録.csv",
);

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let folder = PathBuf::from(FOLDER);
    let lang = options.lang;
    let options = GlobalOptions {
        store: Some(format!("sqlite:{FOLDER}/demo.db")),
        keys: Some(format!("sqlite:{FOLDER}/demo.keys")),
        kek: Some(folder.join("demo.kek")),
        actor: options.actor.clone(),
        lang,
        json: options.json,
    };
    if args.serve {
        may_listen(args.listen).await?;
    }
    prepare(&folder)?;
    let said = match init::make(&init::Args::default(), &options, world).await {
        Ok(_) => lang.pick(
            "見本の台帳を作りました: ./care-ledger-demo/",
            "made a sample ledger: ./care-ledger-demo/",
        ),
        Err(failure) if failure.code == "LEDGER_EXISTS" => lang.pick(
            "前に作った見本の台帳を使います: ./care-ledger-demo/",
            "using the sample ledger made before: ./care-ledger-demo/",
        ),
        Err(failure) => return Err(failure),
    };
    output::line(world, said)?;
    let registers = folder.join("registers");
    write_samples(&registers)?;
    let rejects = folder.join("care-ledger-rejects.csv");
    let summary = Box::pin(import::import(&registers, &rejects, &options, world)).await?;
    import::show(&summary, lang, world)?;
    if args.serve {
        demo_meetings::hold_all(&options, world).await?;
        demo_accounts::open_all(&options, world).await?;
        return super::serve::run(&super::serve::Args::at(args.listen), &options, world).await;
    }
    next(lang, world)?;
    Ok(if summary.is_clean() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// Refuses an address that others reach, and one that cannot be had, before anything is made.
async fn may_listen(address: SocketAddr) -> Result<(), Failure> {
    if !address.ip().is_loopback() {
        return Err(Failure::usage(
            "NOT_LOCAL",
            "見本の画面は、この機械の中だけに出します。",
            "the demo is served to this machine alone",
        )
        .on("--listen")
        .hint(
            "127.0.0.1 で始まるアドレスを指定してください。",
            "name an address that begins with 127.0.0.1",
        ));
    }
    Server::bind(address).await.map(drop)
}

/// Takes the folder when it is new, empty or ours, and clears away what is of no ledger.
fn prepare(folder: &Path) -> Result<(), Failure> {
    let empty = || std::fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_none());
    if is_there(folder) && !folder.join(MARK).is_file() && !empty() {
        return Err(Failure::failed(
            "FOLDER_EXISTS",
            "./care-ledger-demo/ はこのプログラムが作ったものではないので使いません。",
            "./care-ledger-demo/ was not made by this program and is left alone",
        )
        .hint(
            "別のフォルダーで実行するか、名前を変えてください。",
            "run it in another folder, or rename that one",
        ));
    }
    let text = "care-ledger demo: everything in this folder may be deleted.\n\
                見本の台帳です。このフォルダーごと消して構いません。\n";
    // The mark comes first: a demo that is killed here leaves nothing that it does not know again.
    let made = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(folder.join(MARK), text))
        .and_then(|()| std::fs::create_dir_all(folder.join("registers")));
    made.map_err(|error| not_written(&error))?;
    if !is_there(&folder.join("demo.db")) {
        for keys in ["demo.kek", "demo.keys"].map(|name| folder.join(name)) {
            if is_there(&keys) {
                std::fs::remove_file(keys).map_err(|error| not_written(&error))?;
            }
        }
    }
    Ok(())
}

fn write_samples(folder: &Path) -> Result<(), Failure> {
    for (name, bytes) in SAMPLES {
        let path = folder.join(name);
        // What somebody changed to try something out stays changed.
        if !is_there(&path) {
            // Whole or not at all: a killed demo must not leave half a register.
            let part = folder.join(format!("{name}.part"));
            let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(part, path));
            written.map_err(|error| not_written(&error))?;
        }
    }
    Ok(())
}

fn not_written(error: &std::io::Error) -> Failure {
    Failure::failed(
        "FILE_FAILED",
        format!("./care-ledger-demo/ に書けません（{error}）。"),
        format!("./care-ledger-demo/ cannot be written ({error})"),
    )
}

fn next(lang: Lang, world: &mut World) -> Result<(), Failure> {
    let at = "--store sqlite:care-ledger-demo/demo.db --kek care-ledger-demo/demo.kek";
    let remove = if cfg!(windows) {
        "rmdir /s care-ledger-demo"
    } else {
        "rm -r care-ledger-demo"
    };
    output::line(
        world,
        lang.pick(
            "\n次に見るもの（登場する人と施設はすべて架空です）:",
            "\nWhat to look at next (all people and facilities are invented):",
        ),
    )?;
    for (command, ja, en) in [
        (
            "figures --fiscal-year 2023",
            "令和5年度の実績",
            "the committee's figures",
        ),
        (
            "figures --on 2024-03-31 --explain",
            "数え方を添えた現在の数",
            "figures of a day with their rules",
        ),
        (
            "timeline C001",
            "一人の経過（閲覧も記録されます）",
            "one person's timeline (looking is recorded, too)",
        ),
        (
            "events list --limit 20",
            "記録そのもの",
            "the events themselves",
        ),
        (
            "verify",
            "改ざんがないことの確認",
            "proof that nothing was altered",
        ),
    ] {
        output::line(world, &format!("  care-ledger {command} {at}"))?;
        output::line(world, &format!("      {}", lang.pick(ja, en)))?;
    }
    output::line(
        world,
        lang.pick(
            &format!("消すには: {remove}"),
            &format!("To delete it: {remove}"),
        ),
    )
}
