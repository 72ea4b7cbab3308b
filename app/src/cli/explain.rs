//! `explain`: why this number, why it changed, and where an event counts.

use ledger_core::id::EventId;
use ledger_projections::figures;
use ledger_projections::indicators::{Indicator, Measure, change_of, find, indicators_of};
use serde_json::json;

use super::changes::{ends, show as show_change};
use super::indicators::{as_json, in_a_line, lists, named};
use super::output;
use super::scope::{ScopeArgs, basis, title};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::find_event;
use crate::render::{amount, event_title, standing};
use crate::wiring::OpenLedger;
use crate::world::World;

/// その数の根拠と、変わった理由 / why this number, and why it changed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger explain A-1 --fiscal-year 2021
  care-ledger explain A-1 --fiscal-year 2021 --since 5000     位置5000から変わった理由
  care-ledger explain consultations --fiscal-year 2021        実績（figures）の項目
  care-ledger explain 1234 --fiscal-year 2021                 位置1234の記録がどの指標に入るか")]
pub(super) struct Args {
    /// 指標、実績の項目、または記録の位置かID / an indicator, a figure's key, or an event
    #[arg(value_name = "FIGURE|EVENT")]
    what: String,
    #[command(flatten)]
    scope: ScopeArgs,
    /// この位置から変わった理由 / why it changed since that position
    #[arg(long, value_name = "POSITION")]
    since: Option<u64>,
    /// この位置の時点で / as at that position
    #[arg(long, value_name = "POSITION")]
    as_at: Option<u64>,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open(options, world).await?;
    let done = explain(args, &open, options, world).await;
    open.close().await;
    done.map(|()| Exit::Done)
}

async fn explain(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let what = args.what.trim();
    match named(what).or_else(|| figures::find(what)) {
        Some(indicator) => figure(args, indicator, open, world, options).await,
        None if what.parse::<u64>().is_ok() || what.parse::<EventId>().is_ok() => {
            event(args, open, options, world).await
        },
        None => Err(unknown(what)),
    }
}

async fn figure(
    args: &Args,
    indicator: &'static Indicator,
    open: &OpenLedger,
    world: &mut World,
    options: &GlobalOptions,
) -> Result<(), Failure> {
    let lang = options.lang;
    let scope = figures::scope(indicator, args.scope.scope(world));
    let basis = basis(open, args.as_at).await?;
    let measure = basis.measure(indicator, scope);
    let change = match args.since {
        Some(since) => {
            let as_at = (args.as_at, "--as-at");
            let ends = ends(open, (since, "--since"), as_at).await?;
            let change = change_of(open.store.as_ref(), &open.views, indicator, (scope, ends));
            Some(change.await.map_err(|error| figures_failure(&error))?)
        },
        None => None,
    };
    if options.json {
        let answer = json!({
            "fiscal_year": scope.year,
            "on": scope.day,
            "as_at": basis.as_at,
            "indicator": as_json(indicator, &measure, true),
            "since": args.since,
            "change": change.flatten(),
        });
        return output::json(world, &answer);
    }
    output::line(world, &title(scope, basis.as_at, lang))?;
    show(indicator, &measure, lang, world)?;
    match change {
        Some(Some(change)) => show_change(&change, lang, world),
        Some(None) => output::line(world, lang.pick("変わっていません。", "It did not change.")),
        None => Ok(()),
    }
}

fn said_by(stated: bool, lang: Lang) -> &'static str {
    if stated {
        lang.pick("区の資料による", "stated by the ward")
    } else {
        lang.pick("当方の仮定", "an assumption")
    }
}

fn show(
    indicator: &Indicator,
    measure: &Measure,
    lang: Lang,
    world: &mut World,
) -> Result<(), Failure> {
    output::line(world, &in_a_line(indicator, measure, lang))?;
    let definition = lang.pick(indicator.definition_ja, indicator.definition_en);
    output::line(world, &format!("      {definition}"))?;
    if !indicator.denominator_ja.is_empty() {
        let label = lang.pick("分母", "denominator");
        output::line(
            world,
            &format!("      {label}: {}", indicator.denominator_ja),
        )?;
    }
    let label = lang.pick("数え方", "counting rule");
    let said = said_by(indicator.stated, lang);
    output::line(world, &format!("      {label}: {}（{said}）", measure.rule))?;
    for line in &measure.lines {
        let value = amount(&line.value, indicator.unit_ja, lang);
        output::line(world, &format!("      {}: {value}", line.key))?;
    }
    lists(&measure.counted, &measure.excluded, lang, world)
}

/// In which indicators an event counts, or why it does not.
async fn event(
    args: &Args,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let (scope, lang) = (args.scope.scope(world), options.lang);
    let found = find_event(open.store.as_ref(), args.what.trim()).await?;
    let basis = basis(open, args.as_at).await?;
    let uses = indicators_of(found.id, &basis.facts(), scope, &basis.settings);
    if options.json {
        let answer = json!({
            "fiscal_year": scope.year,
            "on": scope.day,
            "as_at": basis.as_at,
            "position": found.position,
            "event": found.id,
            "indicators": uses,
        });
        return output::json(world, &answer);
    }
    output::line(world, &title(scope, basis.as_at, lang))?;
    let title = event_title(found.event_type.as_str(), lang);
    output::line(
        world,
        &format!("  #{}  {}  {title}", found.position, found.id),
    )?;
    if uses.is_empty() {
        let none = "  どの指標にも関わりません。";
        output::line(world, lang.pick(none, "  It bears on no indicator."))?;
    }
    for one in &uses {
        let name = find(one.indicator).map_or("", |known| lang.pick(known.ja, known.en));
        let how = standing(&one.standing, lang);
        output::line(world, &format!("  {:<4} {name}  {how}", one.indicator))?;
    }
    Ok(())
}

fn unknown(what: &str) -> Failure {
    Failure::usage(
        "UNKNOWN_FIGURE",
        format!("{what} という指標・実績の項目・記録はありません。"),
        format!("{what} is no indicator, no figure and no event"),
    )
    .on("FIGURE|EVENT")
}
