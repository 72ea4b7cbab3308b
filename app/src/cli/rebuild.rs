//! `rebuild`: makes kept projections anew beside the live ones, then switches.

use ledger_projections::projection::Projection;
use ledger_projections::{rebuild, registry};

use super::output;
use super::progress::Bar;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{read_failure, run_failure};
use crate::wiring::OpenLedger;
use crate::world::World;

/// 集計用の表を記録から作り直す / make the kept projections anew from the log
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger rebuild
  care-ledger rebuild facts

作り直す間も、今までの表がそのまま使えます。")]
pub(super) struct Args {
    /// 名前（省くと全部） / the projection; all of them by default
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let wanted = wanted(args)?;
    let open = OpenLedger::open(options, world).await?;
    let done = all(&wanted, &open, options, world).await;
    open.close().await;
    done.map(|()| Exit::Done)
}

fn wanted(args: &Args) -> Result<Vec<&'static dyn Projection>, Failure> {
    let Some(name) = &args.name else {
        return Ok(registry::ALL.to_vec());
    };
    if let Some(projection) = registry::find(name) {
        return Ok(vec![projection]);
    }
    let known: Vec<&str> = registry::ALL.iter().map(|one| one.name()).collect();
    let known = known.join(", ");
    Err(Failure::usage(
        "UNKNOWN_PROJECTION",
        format!("{name} という集計はありません。"),
        format!("there is no projection named {name}"),
    )
    .hint(
        format!("次のいずれかです: {known}"),
        format!("one of: {known}"),
    ))
}

async fn all(
    wanted: &[&'static dyn Projection],
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let store = open.store.as_ref();
    let head = store
        .head()
        .await
        .map_err(|error| read_failure(&error))?
        .position;
    let bar = Bar::new("rebuild", options, world);
    let mut progress = |at, to| bar.at(at, to);
    let built = rebuild::rebuild(store, &open.views, wanted, head, &mut progress);
    built.await.map_err(|error| run_failure(&error))?;
    bar.end();
    for projection in wanted {
        let name = projection.name();
        output::line(
            world,
            options.lang.pick(
                &format!("{name}: 位置{head}まで作り直しました"),
                &format!("{name}: made anew up to position {head}"),
            ),
        )?;
    }
    Ok(())
}
