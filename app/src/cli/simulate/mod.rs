//! `simulate`: a sample ledger of a whole trial, played by a seed through the real commands.

mod answer;

use std::sync::Arc;

use ledger_core::seal::Randomness;
use ledger_core::time::{Clock, Day};

use super::{init, output};
use crate::config::{GlobalOptions, StorePlace};
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, read_failure, run_failure};
use crate::simulate::{
    self, Counts, Options, PlayError, Played, PlayedClock, PlayedRandom, Stage, beginning,
    ledger_id, play,
};
use crate::wiring::OpenWithKeys;
use crate::world::World;
use ledger_projections::facts::Facts;

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
        output::json(
            world,
            &answer::as_json(&asked, &options, (&played, &counts))?,
        )?;
    } else {
        answer::show((&asked, &options), (&played, &counts), world)?;
        answer::next((&asked, &options), &kek, world)?;
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
        // Who looks next finds the views at the log's head.
        open.open.catch_up(&Facts, &mut |_, _| {}).await?;
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
