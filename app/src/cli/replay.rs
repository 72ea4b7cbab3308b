//! `replay`: history read again up to a position, and what the ledger said then.

use std::collections::BTreeSet;

use ledger_commands::authorise::Action;
use ledger_core::event::{Event, Recorded};
use ledger_core::id::Position;
use ledger_core::store::audit::{Audit, audit};
use ledger_core::store::{ReadAll, StoredEvent};
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::compare::{Comparison, compare};
use ledger_projections::facts::{FactReader, Facts};
use ledger_projections::figures::{FiguresError, figures_of_year, figures_on};
use ledger_projections::projection::Projection as _;
use ledger_projections::views::Views;
use serde_json::{Value, json};

use super::output;
use super::progress::Bar;
use super::verify::{
    difference_json, difference_text, fault_json, fault_text, lag_json, lag_text, scratch,
};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{figures_failure, read_failure, run_failure, views_failure};
use crate::lang::Text;
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
    /// None where the live views have not come there or cannot be counted.
    live: Option<Value>,
}

impl Compared {
    fn agrees(&self) -> bool {
        self.live.as_ref().is_none_or(|live| *live == self.folded)
    }
}

/// What a replay found.
struct Replayed {
    audit: Audit,
    /// Rows in which the live views are not what the log makes, and views that lag.
    compared: Comparison,
    figures: Vec<Compared>,
}

impl Replayed {
    fn is_clean(&self) -> bool {
        let same = self.figures.iter().all(Compared::agrees);
        self.audit.fault.is_none() && self.compared.differences.is_empty() && same
    }
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::ReadEvents, options, world)
        .await
        .map_err(Failure::unchecked)?;
    let replayed = replay(args, &open, options, world).await;
    open.close().await;
    let replayed = replayed.map_err(Failure::unchecked)?;
    let clean = replayed.is_clean();
    let exit = if clean { Exit::Done } else { Exit::Failed };
    let said = if options.json {
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
        let differences = replayed.compared.differences.iter().map(difference_json);
        let lags = replayed.compared.lags.iter().map(lag_json);
        let object = json!({
            "clean": clean,
            "position": replayed.audit.head.position,
            "root": replayed.audit.head.root,
            "fault": replayed.audit.fault.as_ref().map(fault_json),
            "differences": differences.collect::<Vec<_>>(),
            "lags": lags.collect::<Vec<_>>(),
            "figures": figures,
        });
        output::json(world, &object)
    } else {
        report(&replayed, options, world)
    };
    output::decided(exit, said)
}

async fn replay(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &World,
) -> Result<Replayed, Failure> {
    let at = Position::new(args.at);
    let store = open.store.as_ref();
    let head = store.head().await;
    let head = head.map_err(|error| read_failure(&error))?.position;
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
            compared: Comparison::default(),
            figures: Vec::new(),
        });
    }
    let (_folder, folded) = scratch().map_err(|error| views_failure(&error))?;
    let mut progress = |at, to| bar.at(at, to);
    let compared = compare(store, &open.views, &folded, at, &mut progress).await;
    let compared = compared.map_err(|error| run_failure(&error))?;
    bar.end();
    let figures = figures(open, &folded, &compared, at).await?;
    Ok(Replayed {
        audit: audited,
        compared,
        figures,
    })
}

/// The figures of each year and of the last day; live ones where the facts have come there.
async fn figures(
    open: &OpenLedger,
    folded: &Views,
    compared: &Comparison,
    at: Position,
) -> Result<Vec<Compared>, Failure> {
    let facts = Facts.name();
    let lags = compared.lags.iter().any(|lag| lag.projection == facts);
    let sides = Sides {
        open,
        folded: FactReader::once(folded.clone()),
        live: (!lags).then_some(&*open.facts),
        differ: compared
            .differences
            .iter()
            .any(|one| one.projection == facts),
        at,
    };
    let mut figures = Vec::new();
    let years = years(open, at).await?;
    for year in &years {
        figures.push(sides.of_year(*year).await?);
    }
    if let Some(last) = years.last() {
        figures.push(sides.of_day(last.last_day()).await?);
    }
    Ok(figures)
}

/// What figures are counted from.
struct Sides<'a> {
    open: &'a OpenLedger,
    folded: FactReader,
    live: Option<&'a FactReader>,
    /// Whether the live facts are wrong, so that they need not be countable.
    differ: bool,
    at: Position,
}

impl Sides<'_> {
    async fn of_year(&self, year: FiscalYear) -> Result<Compared, Failure> {
        let store = self.open.store.as_ref();
        let again = figures_of_year(store, &self.folded, year, Some(self.at)).await;
        let live = match self.live {
            Some(facts) => self.live(figures_of_year(store, facts, year, Some(self.at)).await)?,
            None => None,
        };
        Ok(Compared {
            title: year.year().to_string(),
            folded: value(&again.map_err(|error| figures_failure(&error))?),
            live,
        })
    }

    async fn of_day(&self, day: Day) -> Result<Compared, Failure> {
        let again = figures_on(&self.folded, day, Some(self.at)).await;
        let live = match self.live {
            Some(facts) => self.live(figures_on(facts, day, Some(self.at)).await)?,
            None => None,
        };
        Ok(Compared {
            title: day.to_string(),
            folded: value(&again.map_err(|error| figures_failure(&error))?),
            live,
        })
    }

    fn live(
        &self,
        figures: Result<impl serde::Serialize, FiguresError>,
    ) -> Result<Option<Value>, Failure> {
        match figures {
            Ok(figures) => Ok(Some(value(&figures))),
            Err(_) if self.differ => Ok(None),
            Err(error) => Err(figures_failure(&error)),
        }
    }
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

fn value(figures: &impl serde::Serialize) -> Value {
    serde_json::to_value(figures).unwrap_or_default()
}

fn report(replayed: &Replayed, options: &GlobalOptions, world: &mut World) -> Result<(), Failure> {
    let lang = options.lang;
    output::line(world, &replayed.audit.head.to_string())?;
    if let Some(fault) = &replayed.audit.fault {
        return output::line(world, fault_text(fault).lang(lang));
    }
    for difference in &replayed.compared.differences {
        output::line(world, difference_text(difference).lang(lang))?;
    }
    for lag in &replayed.compared.lags {
        output::line(world, lag_text(lag).lang(lang))?;
    }
    for one in &replayed.figures {
        for line in figures_text(one) {
            output::line(world, line.lang(lang))?;
        }
    }
    Ok(())
}

/// Each figure that differs, or that all agree; nothing where there are no live ones.
fn figures_text(one: &Compared) -> Vec<Text> {
    let title = &one.title;
    let Some(live) = &one.live else {
        return Vec::new();
    };
    if one.agrees() {
        return vec![Text::new(
            format!("{title}: 読み直した数と今の集計が一致します"),
            format!("{title}: replayed and live figures agree"),
        )];
    }
    let folded = one.folded.as_object().into_iter().flatten();
    folded
        .map(|(key, folded)| (key, folded, live.get(key).unwrap_or(&Value::Null)))
        .filter(|(_, folded, live)| folded != live)
        .map(|(key, folded, live)| {
            Text::new(
                format!("{title} {key}: 読み直すと {folded}、今の集計では {live}"),
                format!("{title} {key}: {folded} when replayed, {live} in the live views"),
            )
        })
        .collect()
}
