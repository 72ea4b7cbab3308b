//! `cross`: persons with a contact, crossed by two dimensions, small cells suppressed.

use std::iter::once;

use clap::builder::PossibleValuesParser;
use ledger_commands::authorise::Action;
use ledger_core::actor::Role;
use ledger_core::time::Day;
use ledger_projections::committee::Materials;
use ledger_projections::indicators::{Basis, DIMENSIONS, Given, Rules, Scope, cross, rank};
use ledger_projections::small_cells::Shown;
use serde_json::{Value, json};

use super::output;
use super::scope::{ScopeArgs, basis, title};
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::reading::AsAt;
use crate::reading::frozen;
use crate::render::{dimension, term_on};
use crate::wiring::OpenLedger;
use crate::world::World;

/// 相談のあった対象者のクロス集計（少数は伏せます） / persons crossed by two dimensions
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger cross area age --fiscal-year 2021            地域と年齢
  care-ledger cross procedure movable --fiscal-year 2021 --json

軸 / dimensions: area 地域, age 年齢, procedure 医療的ケア, score スコア, movable 動ける,
  channel 方法, topic 主訴, consulter 相談者, first-source 最初に知った先

運営委員会のアカウントでは、会議の資料として確定した時点の集計だけを表示します（差から個人が分かるのを防ぐため）。")]
pub(crate) struct Args {
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
    let scope = args.scope(world.clock.today())?;
    let open = OpenLedger::open_to(Args::ACTION, options, world).await?;
    let role = open.role;
    let basis = read(&open, scope, args.as_at).await;
    open.close().await;
    let (basis, scope) = basis?;
    let shown = crossed(args, &basis, scope, role);
    if options.json {
        output::json(world, &as_json(args, (scope, &basis), &shown))?;
    } else {
        output::line(world, &title(scope, basis.as_at, options.lang))?;
        show(args, &shown, options.lang, world)?;
    }
    Ok(Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let scope = self.scope(asking.today)?;
        let open = asking.door.ledger();
        let (basis, scope) = read(open, scope, self.as_at).await?;
        let shown = crossed(self, &basis, scope, open.role);
        Ok(as_json(self, (scope, &basis), &shown))
    }
}

impl Args {
    /// The year and the day.
    ///
    /// # Errors
    /// [`Failure`] when there is no such year, and when a dimension is to be crossed with itself.
    fn scope(&self, today: Day) -> Result<Scope, Failure> {
        if self.rows == self.columns {
            return Err(Failure::usage(
                "SAME_DIMENSION",
                "行と列には別の軸を指定してください。",
                "rows and columns are to be two dimensions",
            )
            .on("COLUMNS"));
        }
        self.scope.scope(today)
    }
}

fn as_json(args: &Args, (scope, basis): (Scope, &Basis), shown: &Shown) -> Value {
    json!({
        "fiscal_year": scope.year,
        "on": scope.day,
        "as_at": basis.as_at,
        "rows": args.rows,
        "columns": args.columns,
        "table": shown,
    })
}

/// The table, its small cells withheld, and for the committee totals of few as well: it sees none elsewhere.
fn crossed(args: &Args, basis: &Basis, scope: Scope, role: Role) -> Shown {
    let facts = basis.facts();
    let given = Given {
        facts: &facts,
        scope,
        settings: &basis.settings,
        rules: Rules::of(&basis.settings),
    };
    let mut shown = cross(&given, &args.rows, &args.columns).suppressed();
    if role == Role::Committee {
        shown = shown.without_small_totals();
    }
    shown.by_rank(
        |code| rank(&args.rows, code),
        |code| rank(&args.columns, code),
    )
}

/// The facts as they are asked for; for the committee as one of its meetings was shown them.
async fn read(
    open: &OpenLedger,
    scope: Scope,
    as_at: Option<AsAt>,
) -> Result<(Basis, Scope), Failure> {
    if open.role != Role::Committee {
        return Ok((basis(open, as_at).await?, scope));
    }
    let shown = shown_to_committee(open, scope, as_at).await?;
    let day = shown.on_day;
    let at = AsAt::Position(shown.as_at);
    Ok((basis(open, Some(at)).await?, Scope { day, ..scope }))
}

/// The newest materials of a year that were frozen for a meeting, by what is asked for.
///
/// Tables of any two days or positions would tell by their difference where one person stands.
async fn shown_to_committee(
    open: &OpenLedger,
    scope: Scope,
    as_at: Option<AsAt>,
) -> Result<Materials, Failure> {
    let store = open.store.as_ref();
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let until = match as_at {
        Some(as_at) => as_at.position(store).await?,
        None => head.position,
    };
    let materials = frozen(open).await?.into_iter();
    let of_year = materials.filter(|it| it.fiscal_year == scope.year && it.as_at <= until);
    of_year.max_by_key(|it| it.as_at).ok_or_else(|| {
        Failure::refused(
            "NOTHING_FROZEN",
            "運営委員会は、会議の資料として確定した時点の集計だけを見られます。この年度の確定資料はありません。",
            "the committee sees tables as at a meeting's frozen materials; none are frozen for that year",
        )
        .hint(
            "先に record freeze-materials で資料を確定してください。",
            "freeze a meeting's materials first (record freeze-materials)",
        )
    })
}

fn show(args: &Args, shown: &Shown, lang: Lang, world: &mut World) -> Result<(), Failure> {
    let sum = lang.pick("計", "total");
    let of = (dimension(&args.rows, lang), dimension(&args.columns, lang));
    let corner = format!("{}/{}", of.0, of.1);
    let heads = shown
        .columns
        .iter()
        .map(|code| term_on(&args.columns, code, lang));
    row(world, corner, heads.chain(once(sum.to_owned())))?;
    let rows = shown.rows.iter().zip(&shown.cells).zip(&shown.row_totals);
    for ((name, cells), total) in rows {
        let cells = cells.iter().chain(once(total)).map(|count| cell(*count));
        row(world, term_on(&args.rows, name, lang), cells)?;
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
