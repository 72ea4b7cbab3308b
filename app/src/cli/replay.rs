//! `replay`: history read again up to a position, and what the ledger said then.

use ledger_core::event::{Event, Recorded};
use ledger_core::id::Position;
use ledger_core::store::audit::{Audit, audit};
use ledger_core::store::{ReadAll, StoredEvent};
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::figures::{figures_of_year, figures_on};
use ledger_projections::runner;
use ledger_projections::views::Views;
use serde_json::{Value, json};

use super::output;
use super::progress::Bar;
use super::verify::{fault_json, fault_text, scratch};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{figures_failure, read_failure, run_failure};
use crate::wiring::OpenLedger;
use crate::world::World;

/// ある位置まで記録を読み直し、その時点の実績を今の集計と照らす / history read again up to a position
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Example:
  care-ledger replay --at 5000

記録を最初から読み直して木を確かめ、別の場所で集計し直し、今の集計がその時点について答える数と比べます。
終了コード: 0 一致, 1 誤りがある, 2 確かめられない")]
pub(super) struct Args {
    /// この位置まで / up to that position
    #[arg(long, value_name = "POSITION")]
    at: u64,
}

/// The figures of one year or day, as folded anew and as the live views give them.
struct Compared {
    title: String,
    folded: Value,
    live: Value,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let unchecked = |failure: Failure| {
        if failure.exit == Exit::Failed {
            failure.ending(Exit::Refused)
        } else {
            failure
        }
    };
    let open = OpenLedger::open(options, world).await.map_err(unchecked)?;
    let replayed = replay(args, &open, options, world).await;
    open.close().await;
    let (audit, compared) = replayed.map_err(unchecked)?;
    let same = compared.iter().all(|one| one.folded == one.live);
    let clean = audit.fault.is_none() && same;
    if options.json {
        let figures: serde_json::Map<String, Value> = compared
            .iter()
            .map(|one| {
                (
                    one.title.clone(),
                    json!({"replayed": one.folded, "live": one.live}),
                )
            })
            .collect();
        output::json(
            world,
            &json!({
                "clean": clean,
                "position": audit.head.position,
                "root": audit.head.root,
                "fault": audit.fault.as_ref().map(fault_json),
                "figures": figures,
            }),
        )?;
    } else {
        report(&audit, &compared, options, world)?;
    }
    Ok(if clean { Exit::Done } else { Exit::Failed })
}

async fn replay(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &World,
) -> Result<(Audit, Vec<Compared>), Failure> {
    let at = Position::new(args.at);
    let store = open.store.as_ref();
    let head = open.catch_up(&mut |_, _| {}).await?;
    if at > head {
        return Err(Failure::usage(
            "NO_SUCH_POSITION",
            format!("台帳はまだ位置{head}までです。"),
            format!("the ledger goes up to position {head}"),
        )
        .on("--at"));
    }
    let bar = Bar::new("replay", options, world);
    let audited = audit(store, Some(at), None, &mut |at, to| bar.at(at, to)).await;
    let audited = audited.map_err(|error| read_failure(&error))?;
    if audited.fault.is_some() || at == Position::default() {
        bar.end();
        return Ok((audited, Vec::new()));
    }
    let (_folder, folded) = scratch()?;
    let run = runner::catch_up(store, &folded, at, &mut |at, to| bar.at(at, to)).await;
    run.map_err(|error| run_failure(&error))?;
    bar.end();
    let mut compared = Vec::new();
    if let Some((first, last)) = years(open, at).await? {
        for year in first.year()..=last.year() {
            compared.extend(of_year(open, &folded, FiscalYear::new(year), at).await?);
        }
        compared.push(of_day(open, &folded, last.last_day(), at).await?);
    }
    Ok((audited, compared))
}

/// The fiscal years of the services recorded up to a position.
async fn years(
    open: &OpenLedger,
    at: Position,
) -> Result<Option<(FiscalYear, FiscalYear)>, Failure> {
    let mut span: Option<(FiscalYear, FiscalYear)> = None;
    let mut read = ReadAll::after(Position::default());
    loop {
        let page = open
            .store
            .read_all(&read)
            .await
            .map_err(|error| read_failure(&error))?;
        for year in page
            .events
            .iter()
            .filter(|event| event.position <= at)
            .filter_map(year_of)
        {
            let (first, last) = span.unwrap_or((year, year));
            span = Some((first.min(year), last.max(year)));
        }
        match page.next.filter(|next| *next <= at.get()) {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok(span),
        }
    }
}

fn year_of(stored: &StoredEvent) -> Option<FiscalYear> {
    let recorded = Recorded::read(stored).ok()?;
    if matches!(recorded.event, Event::Programme(_) | Event::Access(_)) {
        return None;
    }
    recorded.metadata.occurred.day().map(FiscalYear::of)
}

async fn of_year(
    open: &OpenLedger,
    folded: &Views,
    year: FiscalYear,
    at: Position,
) -> Result<Option<Compared>, Failure> {
    let store = open.store.as_ref();
    let again = figures_of_year(store, folded, year, Some(at)).await;
    let live = figures_of_year(store, &open.views, year, Some(at)).await;
    Ok(Some(Compared {
        title: year.year().to_string(),
        folded: value(&again.map_err(|error| figures_failure(&error))?),
        live: value(&live.map_err(|error| figures_failure(&error))?),
    }))
}

async fn of_day(
    open: &OpenLedger,
    folded: &Views,
    day: Day,
    at: Position,
) -> Result<Compared, Failure> {
    let again = figures_on(folded, day, Some(at)).await;
    let live = figures_on(&open.views, day, Some(at)).await;
    Ok(Compared {
        title: day.to_string(),
        folded: value(&again.map_err(|error| figures_failure(&error))?),
        live: value(&live.map_err(|error| figures_failure(&error))?),
    })
}

fn value(figures: &impl serde::Serialize) -> Value {
    serde_json::to_value(figures).unwrap_or_default()
}

fn report(
    audit: &Audit,
    compared: &[Compared],
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let lang = options.lang;
    output::line(world, &audit.head.to_string())?;
    if let Some(fault) = &audit.fault {
        return output::line(world, fault_text(fault).lang(lang));
    }
    for one in compared {
        let title = &one.title;
        let mut differs = false;
        for (key, folded) in one.folded.as_object().into_iter().flatten() {
            let live = one.live.get(key).unwrap_or(&Value::Null);
            if live != folded {
                differs = true;
                output::line(
                    world,
                    lang.pick(
                        &format!("{title} {key}: 読み直すと {folded}、今の集計では {live}"),
                        &format!("{title} {key}: {folded} when replayed, {live} in the live views"),
                    ),
                )?;
            }
        }
        if !differs {
            output::line(
                world,
                lang.pick(
                    &format!("{title}: 読み直した数と今の集計が一致します"),
                    &format!("{title}: replayed and live figures agree"),
                ),
            )?;
        }
    }
    Ok(())
}
