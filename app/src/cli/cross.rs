//! `cross`: persons with a contact, crossed by two dimensions, small cells suppressed.

use std::iter::once;

use clap::builder::PossibleValuesParser;
use ledger_projections::indicators::{DIMENSIONS, Given, Rules, cross};
use ledger_projections::small_cells::Shown;
use serde_json::json;

use super::as_at::AsAt;
use super::output;
use super::scope::{ScopeArgs, basis, title};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 相談のあった対象者のクロス集計（少数は伏せます） / persons crossed by two dimensions
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger cross area age --fiscal-year 2021            地域と年齢
  care-ledger cross procedure movable --fiscal-year 2021 --json

軸 / dimensions: area 地域, age 年齢, procedure 医療的ケア, score スコア, movable 動ける,
  channel 方法, topic 主訴, consulter 相談者, first-source 最初に知った先")]
pub(super) struct Args {
    /// 行 / rows
    #[arg(value_name = "ROWS", value_parser = PossibleValuesParser::new(DIMENSIONS))]
    rows: String,
    /// 列 / columns
    #[arg(value_name = "COLUMNS", value_parser = PossibleValuesParser::new(DIMENSIONS))]
    columns: String,
    #[command(flatten)]
    scope: ScopeArgs,
    /// この位置または時点までに記録されたこと（既定は最新） / what was recorded by then; the newest without it
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    if args.rows == args.columns {
        return Err(Failure::usage(
            "SAME_DIMENSION",
            "行と列には別の軸を指定してください。",
            "rows and columns are to be two dimensions",
        )
        .on("COLUMNS"));
    }
    let scope = args.scope.scope(world);
    let open = OpenLedger::open(options, world).await?;
    let basis = basis(&open, args.as_at).await;
    open.close().await;
    let basis = basis?;
    let facts = basis.facts();
    let given = Given {
        facts: &facts,
        scope,
        settings: &basis.settings,
        rules: Rules::of(&basis.settings),
    };
    let shown = cross(&given, &args.rows, &args.columns).suppressed();
    if options.json {
        let answer = json!({
            "fiscal_year": scope.year,
            "on": scope.day,
            "as_at": basis.as_at,
            "rows": args.rows,
            "columns": args.columns,
            "table": shown,
        });
        output::json(world, &answer)?;
    } else {
        output::line(world, &title(scope, basis.as_at, options.lang))?;
        show(args, &shown, options.lang, world)?;
    }
    Ok(Exit::Done)
}

fn show(args: &Args, shown: &Shown, lang: Lang, world: &mut World) -> Result<(), Failure> {
    let sum = lang.pick("計", "total");
    let corner = format!("{}/{}", args.rows, args.columns);
    let heads = shown.columns.iter().cloned();
    row(world, corner, heads.chain(once(sum.to_owned())))?;
    let rows = shown.rows.iter().zip(&shown.cells).zip(&shown.row_totals);
    for ((name, cells), total) in rows {
        let cells = cells.iter().chain(once(total)).map(|count| cell(*count));
        row(world, name.clone(), cells)?;
    }
    let totals = shown.column_totals.iter().map(|count| cell(*count));
    row(
        world,
        sum.to_owned(),
        totals.chain(once(shown.total.to_string())),
    )?;
    output::line(
        world,
        lang.pick(
            "※ 1〜4人の欄と、そこから計算できてしまう欄は伏せています。実人数です。",
            "※ counts of 1 to 4, and what would give them away, are not shown; persons.",
        ),
    )
}

fn cell(count: Option<i64>) -> String {
    count.map_or_else(|| "※".to_owned(), |count| count.to_string())
}

/// One row, parted by tabs so that a spreadsheet takes it.
fn row(
    world: &mut World,
    name: String,
    cells: impl Iterator<Item = String>,
) -> Result<(), Failure> {
    let cells: Vec<String> = once(name).chain(cells).collect();
    output::line(world, &cells.join("\t"))
}
