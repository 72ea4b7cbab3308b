//! `verify`: is this the true history, and do the views say what it says?

use ledger_core::proof::Checkpoint;
use ledger_core::store::audit::{Audit, Fault, audit};
use ledger_projections::compare::{Comparison, Difference, Lag, compare};
use ledger_projections::generation;
use ledger_projections::runner::RunError;
use ledger_projections::views::{Views, ViewsError};
use serde_json::{Value, json};

use super::output;
use super::progress::Bar;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{read_failure, run_failure, views_failure};
use crate::lang::Text;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 改ざんがないか、集計が記録と合うかを確かめる / is this the true history?
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger verify
  care-ledger verify --since 5000:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08      以前の控え（位置:根）から続いていることを確かめる

終了コード: 0 正しい, 1 誤りがある, 2 確かめられない
出力の「位置:根」を台帳の外に控えておくと、後で --since に使えます。")]
pub(super) struct Args {
    /// 以前の控え / an earlier head that must be a prefix
    #[arg(long, value_name = "POSITION:ROOT")]
    since: Option<Checkpoint>,
}

/// How often a comparison is made when another program changes the views meanwhile.
const TRIES: usize = 3;

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open(options, world)
        .await
        .map_err(Failure::unchecked)?;
    let checked = check(args, &open, options, world).await;
    open.close().await;
    let (audit, compared) = checked.map_err(Failure::unchecked)?;
    let clean = audit.fault.is_none() && compared.differences.is_empty();
    let exit = if clean { Exit::Done } else { Exit::Failed };
    let said = if options.json {
        let differences = compared.differences.iter().map(difference_json);
        let object = json!({
            "clean": clean,
            "position": audit.head.position,
            "root": audit.head.root,
            "head": audit.head.to_string(),
            "fault": audit.fault.as_ref().map(fault_json),
            "differences": differences.collect::<Vec<_>>(),
            "lags": compared.lags.iter().map(lag_json).collect::<Vec<_>>(),
        });
        output::json(world, &object)
    } else {
        report(&audit, &compared, options, world)
    };
    output::decided(exit, said)
}

async fn check(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &World,
) -> Result<(Audit, Comparison), Failure> {
    let bar = Bar::new("verify", options, world);
    let audited = audit(open.store.as_ref(), None, args.since, &mut |at, to| {
        bar.at(at, to);
    })
    .await;
    let audited = audited.map_err(|error| read_failure(&error))?;
    if audited.fault.is_some() {
        bar.end();
        return Ok((audited, Comparison::default()));
    }
    let mut compared = refolded(open, &bar).await;
    for _ in 1..TRIES {
        if !is_doubtful(open, &compared).await? {
            break;
        }
        compared = refolded(open, &bar).await;
    }
    bar.end();
    let compared = compared.map_err(|error| run_failure(&error))?;
    Ok((audited, compared))
}

/// Folds the log anew into empty views of its own and compares the live ones with them.
async fn refolded(open: &OpenLedger, bar: &Bar) -> Result<Comparison, RunError> {
    let store = open.store.as_ref();
    let at = store.head().await?.position;
    let (_folder, scratch) = scratch()?;
    let mut progress = |at, to| bar.at(at, to);
    compare(store, &open.views, &scratch, at, &mut progress).await
}

/// Empty views in a folder that goes away with them.
pub(super) fn scratch() -> Result<(tempfile::TempDir, Views), ViewsError> {
    let folder = tempfile::tempdir().map_err(|error| ViewsError::Storage(Box::new(error)))?;
    let views = Views::sqlite(&folder.path().join("scratch.db"))?;
    Ok((folder, views))
}

/// Whether another program changed the live views while they were compared, and that may be the
/// difference.
async fn is_doubtful(
    open: &OpenLedger,
    compared: &Result<Comparison, RunError>,
) -> Result<bool, Failure> {
    let before = match compared {
        Ok(compared) if compared.differences.is_empty() => return Ok(false),
        Ok(compared) => &compared.generations,
        Err(error) => return Ok(matches!(error, RunError::Views(ViewsError::Lost))),
    };
    let now = generation::generations(&open.views).await;
    Ok(now.map_err(|error| views_failure(&error))? != *before)
}

fn report(
    audit: &Audit,
    compared: &Comparison,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let lang = options.lang;
    output::line(world, &audit.head.to_string())?;
    if let Some(fault) = &audit.fault {
        return output::line(world, fault_text(fault).lang(lang));
    }
    for difference in &compared.differences {
        output::line(world, difference_text(difference).lang(lang))?;
    }
    for lag in &compared.lags {
        output::line(world, lag_text(lag).lang(lang))?;
    }
    if compared.differences.is_empty() {
        let position = audit.head.position;
        output::line(
            world,
            lang.pick(
                &format!("{position}件の記録に改ざんはなく、集計も記録と一致します。"),
                &format!(
                    "{position} events are unaltered, and every projection is what they make."
                ),
            ),
        )?;
    }
    Ok(())
}

/// What is wrong, in words.
pub(super) fn fault_text(fault: &Fault) -> Text {
    match fault {
        Fault::Gap { position } => Text::new(
            format!("位置{position}の記録がありません。"),
            format!("the event at position {position} is missing"),
        ),
        Fault::Damaged { position, what } => Text::new(
            format!("位置{position}の記録が壊れています（{what}）。"),
            format!("the event at position {position} is damaged ({what})"),
        ),
        Fault::Leaf { position } => Text::new(
            format!("位置{position}の記録が書き換えられています。"),
            format!("the event at position {position} was altered"),
        ),
        Fault::TimeBackwards { position } => Text::new(
            format!("位置{position}の記録時刻が前の記録より古くなっています。"),
            format!("the event at position {position} was written before the one before it"),
        ),
        Fault::Head { position } => Text::new(
            format!("位置{position}までの記録から計算した根が、台帳の先頭の根と異なります。"),
            format!("the root over the events up to position {position} is not the head's"),
        ),
        Fault::NotAPrefix { earlier, .. } => {
            let position = earlier.position;
            Text::new(
                format!("台帳は控え（位置{position}）の続きではありません。"),
                format!("the log does not begin with the earlier head at position {position}"),
            )
        },
    }
}

/// In which row a projection is not what the log makes, in words.
pub(super) fn difference_text(difference: &Difference) -> Text {
    let Difference {
        projection,
        key,
        position,
    } = difference;
    Text::new(
        format!(
            "集計 {projection} が記録と異なります: 位置{position}（{key}）。`care-ledger rebuild {projection}` で作り直せます。"
        ),
        format!(
            "projection {projection} is not what the log makes: position {position} ({key}); care-ledger rebuild {projection} makes it anew"
        ),
    )
}

/// How far a projection has come that was compared there, in words.
pub(super) fn lag_text(lag: &Lag) -> Text {
    let projection = lag.projection;
    match lag.position {
        Some(position) => Text::new(
            format!("集計 {projection} は位置{position}まで進んでおり、そこまでを比べました。"),
            format!(
                "projection {projection} has come to position {position} and was compared up to there"
            ),
        ),
        None => Text::new(
            format!("集計 {projection} の今の版の表はまだありません。"),
            format!("projection {projection} has no tables of this version yet"),
        ),
    }
}

/// The same, for machines.
pub(super) fn lag_json(lag: &Lag) -> Value {
    json!({"projection": lag.projection, "position": lag.position})
}

/// What is wrong, for machines.
pub(super) fn fault_json(fault: &Fault) -> Value {
    let (code, position) = match fault {
        Fault::Gap { position } => ("GAP", position),
        Fault::Damaged { position, .. } => ("DAMAGED", position),
        Fault::Leaf { position } => ("ALTERED", position),
        Fault::TimeBackwards { position } => ("TIME_BACKWARDS", position),
        Fault::Head { position } => ("HEAD", position),
        Fault::NotAPrefix { earlier, .. } => ("NOT_A_PREFIX", &earlier.position),
    };
    json!({"code": code, "position": position, "message": fault_text(fault).en})
}

/// The same, for machines.
pub(super) fn difference_json(difference: &Difference) -> Value {
    json!({
        "projection": difference.projection,
        "key": difference.key,
        "position": difference.position,
    })
}
