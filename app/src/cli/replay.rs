//! `replay`: history read again up to a position, and what the ledger said then.

use std::collections::BTreeSet;

use ledger_core::event::{Event, Recorded};
use ledger_core::id::Position;
use ledger_core::store::audit::{Audit, audit};
use ledger_core::store::{ReadAll, StoredEvent};
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::compare::{Difference, compare};
use ledger_projections::figures::{figures_of_year, figures_on};
use ledger_projections::views::Views;
use serde_json::{Value, json};

use super::output;
use super::progress::Bar;
use super::verify::{difference_json, difference_text, fault_json, fault_text, scratch};
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

/// What a replay found.
struct Replayed {
    audit: Audit,
    /// Rows in which the live views are not what the log makes.
    differences: Vec<Difference>,
    figures: Vec<Compared>,
}

impl Replayed {
    fn is_clean(&self) -> bool {
        let same = self.figures.iter().all(|one| one.folded == one.live);
        self.audit.fault.is_none() && self.differences.is_empty() && same
    }
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open(options, world)
        .await
        .map_err(Failure::unchecked)?;
    let replayed = replay(args, &open, options, world).await;
    open.close().await;
    let replayed = replayed.map_err(Failure::unchecked)?;
    let clean = replayed.is_clean();
    if options.json {
        let figures: serde_json::Map<String, Value> = replayed
            .figures
            .iter()
            .map(|one| {
                (
                    one.title.clone(),
                    json!({"replayed": one.folded, "live": one.live}),
                )
            })
            .collect();
        let differences = replayed.differences.iter().map(difference_json);
        let object = json!({
            "clean": clean,
            "position": replayed.audit.head.position,
            "root": replayed.audit.head.root,
            "fault": replayed.audit.fault.as_ref().map(fault_json),
            "differences": differences.collect::<Vec<_>>(),
            "figures": figures,
        });
        output::json(world, &object)?;
    } else {
        report(&replayed, options, world)?;
    }
    Ok(if clean { Exit::Done } else { Exit::Failed })
}

async fn replay(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &World,
) -> Result<Replayed, Failure> {
    let at = Position::new(args.at);
    let store = open.store.as_ref();
    let head = open.catch_up(&mut |_, _| {}).await?;
    if at > head {
        return Err(Failure::refused(
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
        return Ok(Replayed {
            audit: audited,
            differences: Vec::new(),
            figures: Vec::new(),
        });
    }
    let (_folder, folded) = scratch()?;
    let mut progress = |at, to| bar.at(at, to);
    let differences = compare(store, &open.views, &folded, at, &mut progress).await;
    let differences = differences.map_err(|error| run_failure(&error))?;
    bar.end();
    let mut compared = Vec::new();
    let years = years(open, at).await?;
    for year in &years {
        compared.push(of_year(open, &folded, *year, at).await?);
    }
    if let Some(last) = years.last() {
        compared.push(of_day(open, &folded, last.last_day(), at).await?);
    }
    Ok(Replayed {
        audit: audited,
        differences,
        figures: compared,
    })
}

/// The fiscal years in which something occurred that was recorded up to a position.
async fn years(open: &OpenLedger, at: Position) -> Result<BTreeSet<FiscalYear>, Failure> {
    let mut years = BTreeSet::new();
    let mut read = ReadAll::after(Position::default());
    loop {
        let page = open.store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let by_then = page.events.iter().filter(|event| event.position <= at);
        years.extend(by_then.filter_map(year_of));
        match page.next.filter(|next| *next <= at.get()) {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok(years),
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
) -> Result<Compared, Failure> {
    let store = open.store.as_ref();
    let again = figures_of_year(store, folded, year, Some(at)).await;
    let live = figures_of_year(store, &open.views, year, Some(at)).await;
    Ok(Compared {
        title: year.year().to_string(),
        folded: value(&again.map_err(|error| figures_failure(&error))?),
        live: value(&live.map_err(|error| figures_failure(&error))?),
    })
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

fn report(replayed: &Replayed, options: &GlobalOptions, world: &mut World) -> Result<(), Failure> {
    let lang = options.lang;
    output::line(world, &replayed.audit.head.to_string())?;
    if let Some(fault) = &replayed.audit.fault {
        return output::line(world, fault_text(fault).lang(lang));
    }
    for difference in &replayed.differences {
        output::line(world, difference_text(difference).lang(lang))?;
    }
    for one in &replayed.figures {
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
