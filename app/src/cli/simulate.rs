//! `simulate`: a sample ledger of a whole trial, played by a seed through the real commands.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger_core::seal::Randomness;
use ledger_core::time::{Clock, Day, FiscalYear};
use serde_json::json;

use super::{init, output};
use crate::config::{GlobalOptions, StorePlace};
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, read_failure, run_failure};
use crate::render::event_title;
use crate::simulate::{
    self, Counts, Options, PlayError, Played, PlayedClock, PlayedRandom, Stage, beginning,
    ledger_id, play,
};
use crate::wiring::OpenWithKeys;
use crate::world::World;

/// 見本の試行（架空の人の数年分の記録）を新しい台帳に作る / play a sample trial into a new ledger
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger simulate
  care-ledger simulate --children 30 --from 2021-08 --to 2022-03 --seed 7
  care-ledger simulate --store sqlite:/tmp/load.db --children 5000      負荷試験用の大きな台帳

登場する人と施設はすべて架空です。同じ指定と種（--seed）からは、暗号文と根まで同じ台帳ができます。
必ず新しい台帳に作り、すでにある台帳には何も書きません。--store がなければ ./care-ledger-simulated/ に作ります。
All people are invented. It always makes a ledger of its own and never writes into one that is there.")]
pub(super) struct Args {
    /// 対象者の人数（相談などの件数もこれに応じる） / how many persons; all else grows with them
    #[arg(long, value_name = "N", default_value_t = 180)]
    children: u32,
    /// 最初の月 / first month
    #[arg(long, value_name = "YYYY-MM", default_value = "2021-08", value_parser = month)]
    from: Day,
    /// 最後の月 / last month
    #[arg(long, value_name = "YYYY-MM", default_value = "2024-03", value_parser = month)]
    to: Day,
    /// 種。同じ種からは同じ台帳ができる / the same seed gives the same ledger
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

/// Where it goes unless a place is named.
const FOLDER: &str = "care-ledger-simulated";

/// What stands in the summary: the services of the programme, and what follows from them.
const SHOWN: [(&str, &str); 8] = [
    ("ア", "consultation-recorded"),
    ("ア", "support-plan-drafted"),
    ("イ", "facility-support-given"),
    ("ウ", "trainee-enrolled"),
    ("エ", "disaster-plan-drafted"),
    ("エ", "disaster-plan-verified"),
    ("・", "referral-made"),
    ("・", "child-registered"),
];

/// The first day of a month that is written `2021-08`.
fn month(text: &str) -> Result<Day, String> {
    let day = format!("{}-01", text.trim()).parse();
    let shaped = text.trim().len() == "2021-08".len();
    day.ok()
        .filter(|_| shaped)
        .ok_or_else(|| "YYYY-MM (2021-08)".to_owned())
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let asked = Options {
        children: args.children,
        from: args.from,
        to: args.to,
        seed: args.seed,
    };
    asked
        .check(world.clock.today())
        .map_err(|error| failure(&error))?;
    let options = placed(options)?;
    let new = init::Args {
        ledger_id: Some(ledger_id(&asked)),
        ..init::Args::default()
    };
    let kek = init::make_empty(&new, &options, world).await;
    let kek = kek.map_err(never_into_another)?;
    let (played, counts) = in_its_time(&asked, &options, world).await?;
    if options.json {
        output::json(world, &as_json(&asked, &options, (&played, &counts))?)?;
    } else {
        show((&asked, &options), (&played, &counts), world)?;
        next((&asked, &options), &kek, world)?;
    }
    Ok(Exit::Done)
}

/// Plays under a clock and randomness of its own, and gives the world its own ones back.
async fn in_its_time(
    asked: &Options,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(Played, Counts), Failure> {
    let clock = PlayedClock::at(beginning(asked));
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let drawn: Arc<dyn Randomness> = Arc::new(PlayedRandom::of(asked.seed));
    let real = std::mem::replace(&mut world.clock, shared);
    let system = std::mem::replace(&mut world.random, drawn);
    let done = in_ledger(asked, &clock, options, world).await;
    (world.clock, world.random) = (real, system);
    done
}

async fn in_ledger(
    asked: &Options,
    clock: &PlayedClock,
    options: &GlobalOptions,
    world: &World,
) -> Result<(Played, Counts), Failure> {
    let open = OpenWithKeys::open(options, world).await?;
    let bar = super::progress::Bar::new("simulate", options, world);
    let done = async {
        let stage = Stage {
            ledger: &open.ledger,
            store: open.open.store.as_ref(),
            views: &open.open.views,
            set_clock: &|moment| clock.set(moment),
        };
        let played = play(stage, asked, &mut |at, of| bar.of(at, of)).await;
        let played = played.map_err(|error| failure(&error))?;
        let counts = simulate::count(open.open.store.as_ref()).await;
        Ok((played, counts.map_err(|error| read_failure(&error))?))
    };
    let done = Box::pin(done).await;
    bar.end();
    open.close().await;
    done
}

/// The options with a place: a folder of its own, with its keys in it, unless one is named.
fn placed(options: &GlobalOptions) -> Result<GlobalOptions, Failure> {
    let mut options = options.clone();
    if options.store.is_none() {
        std::fs::create_dir_all(FOLDER).map_err(|error| {
            Failure::failed(
                "FILE_FAILED",
                format!("./{FOLDER}/ に書けません（{error}）。"),
                format!("./{FOLDER}/ cannot be written ({error})"),
            )
        })?;
        options.store = Some(format!("sqlite:{FOLDER}/simulated.db"));
        // The keys of another ledger must not be taken for a sample.
        options.keys = None;
        options.kek = None;
    }
    if let (None, StorePlace::Sqlite(path)) = (&options.kek, options.store_place()?) {
        options.kek = Some(path.with_extension("kek"));
    }
    Ok(options)
}

/// Says why a ledger that is there is left alone.
fn never_into_another(failure: Failure) -> Failure {
    if failure.code != "LEDGER_EXISTS" {
        return failure;
    }
    Failure::refused(
        "LEDGER_EXISTS",
        "そこには台帳があります。架空の人を混ぜないよう、見本は新しい台帳にだけ作ります。何も書いていません。",
        "there is a ledger already: invented people never go into one; nothing was written",
    )
    .on("--store")
    .hint(
        "別の場所を --store で指定するか、前に作った見本を消してください。",
        "name another place with --store, or delete the sample made before",
    )
}

fn failure(error: &PlayError) -> Failure {
    match error {
        PlayError::Options { field, reason } => Failure::usage(
            "BAD_OPTION",
            format!("--{field} の値が正しくありません。"),
            format!("--{field}: {reason}"),
        )
        .on(format!("--{field}"))
        .hint(
            "人数は1から20000、月は2021-04から先月までの10年以内です。",
            "1 to 20000 persons; months from 2021-04 to the last one, ten years at most",
        ),
        PlayError::Used => never_into_another(Failure::refused("LEDGER_EXISTS", "", "")),
        PlayError::Execute { error, .. } => execute_failure(error),
        PlayError::Read(error) => read_failure(error),
        PlayError::Views(error) => run_failure(error),
        PlayError::Refused { .. }
        | PlayError::Unreadable { .. }
        | PlayError::Pack(_)
        | PlayError::Actor(_) => Failure::failed(
            "PLAY_FAILED",
            format!("見本を最後まで作れません（{error}）。"),
            format!("the play stopped: {error}"),
        ),
        PlayError::Settings(failure) => failure.clone(),
    }
}

fn as_json(
    asked: &Options,
    options: &GlobalOptions,
    (played, counts): (&Played, &Counts),
) -> Result<serde_json::Value, Failure> {
    Ok(json!({
        "ledger": ledger_id(asked),
        "store": options.store_place()?.name(),
        "children": asked.children,
        "from": asked.from.format("%Y-%m").to_string(),
        "to": asked.to.format("%Y-%m").to_string(),
        "seed": asked.seed,
        "commands": played.commands,
        "position": played.head,
        "categories": counts.categories,
        "types": counts.types,
    }))
}

fn show(
    (asked, options): (&Options, &GlobalOptions),
    (played, counts): (&Played, &Counts),
    world: &mut World,
) -> Result<(), Failure> {
    let lang = options.lang;
    let place = options.store_place()?.name();
    let (from, to) = (asked.from.format("%Y-%m"), asked.to.format("%Y-%m"));
    let (children, seed) = (asked.children, asked.seed);
    let (commands, head) = (played.commands, played.head);
    let kinds = counts.types.len();
    output::line(
        world,
        lang.pick(
            &format!("見本の試行を作りました: {place}\n{from}〜{to}、{children}人、種 {seed}。コマンド{commands}件、記録{head}件（{kinds}種類）"),
            &format!("played a sample trial: {place}\n{from} to {to}, {children} persons, seed {seed}: {commands} commands, {head} events of {kinds} types"),
        ),
    )?;
    for (mark, name) in SHOWN {
        let count = counts.types.get(name).copied().unwrap_or(0);
        let title = event_title(name, lang);
        output::line(world, &format!("  {mark} {count:>7}  {title}"))?;
    }
    Ok(())
}

fn next(
    (asked, options): (&Options, &GlobalOptions),
    kek: &Path,
    world: &mut World,
) -> Result<(), Failure> {
    let lang = options.lang;
    let at = named(options, kek);
    let (first, last) = (FiscalYear::of(asked.from), FiscalYear::of(asked.to));
    output::line(
        world,
        lang.pick(
            "\n次に見るもの（登場する人と施設はすべて架空です）:",
            "\nWhat to look at next (all people and facilities are invented):",
        ),
    )?;
    for (command, ja, en) in [
        (
            format!("figures --fiscal-year {}", first.year()),
            "最初の年度の実績",
            "the first year's figures",
        ),
        (
            format!("indicators --fiscal-year {}", last.year()),
            "最後の年度の指標A〜J",
            "the last year's indicators",
        ),
        (
            format!("work-list --on {}", asked.to),
            "期限が近い・過ぎた業務",
            "what was due and overdue",
        ),
        (
            "timeline C001".to_owned(),
            "一人の経過（閲覧も記録されます）",
            "one person's timeline (looking is recorded, too)",
        ),
        (
            "verify".to_owned(),
            "改ざんがないことの確認",
            "proof that nothing was altered",
        ),
    ] {
        output::line(world, &format!("  care-ledger {command} {at}"))?;
        output::line(world, &format!("      {}", lang.pick(ja, en)))?;
    }
    Ok(())
}

/// The options that name the ledger again.
fn named(options: &GlobalOptions, kek: &Path) -> String {
    let mut named = Vec::new();
    let store = options
        .store
        .as_deref()
        .filter(|store| !store.contains('@'));
    named.extend(store.map(|store| format!("--store {store}")));
    let keys = options.keys.as_deref().filter(|keys| !keys.contains('@'));
    named.extend(keys.map(|keys| format!("--keys {keys}")));
    named.push(format!("--kek {}", PathBuf::from(kek).display()));
    named.join(" ")
}
