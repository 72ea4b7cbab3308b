//! `budget`: the books of a fiscal year: lines, expenditure, subsidy, closing.

use ledger_commands::authorise::Action;
use ledger_commands::rule::subsidy::{CAP_YEN, FULL_RATE_YEARS, rate_percent};
use ledger_core::id::StreamName;
use ledger_core::time::FiscalYear;
use ledger_projections::budget::budget_card;
use ledger_projections::settings::Settings;
use serde_json::json;

use super::cards::answered;
use super::door::{Door, MomentArgs};
use super::output;
use super::scope::given_year;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render::{self, PaperRate};
use crate::world::World;

/// 予算・執行・補助金・年度締め / budget, expenditure, subsidy and closing of a fiscal year
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger budget
  care-ledger budget --fiscal-year 2022
  care-ledger budget --fiscal-year 2022 --open         支払先・理由も開く（開いたことが記録されます）
  care-ledger budget --fiscal-year 2022 --as-of R4.9.30 --as-at 5000 --json")]
pub(super) struct Args {
    /// 年度（2023、R5、令和5年度）。なければ今日の年度（試行の期間外なら最も近い年度） / the fiscal year
    #[arg(long, value_name = "YEAR", value_parser = super::scope::year)]
    fiscal_year: Option<i32>,
    /// 支払先・内容・理由も開く / open payees and texts, too
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    moment: MomentArgs,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let may = (Action::ReadFigures, args.open);
    let done = answered(may, options, world, async |door, world| {
        answer(args, door, options, world).await
    });
    done.await.map(|()| Exit::Done)
}

async fn answer(
    args: &Args,
    door: &Door,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let moment = door.moment(args.moment, world.clock.today()).await?;
    let settings = door.settings(moment).await?;
    let year = given_year(args.fiscal_year, &settings, moment.as_of)?;
    let stream = StreamName::fiscal_year(year);
    let history = door.history(&stream, moment.as_at).await?;
    let card = budget_card(&history, year, moment.as_of);
    let lang = options.lang;
    if options.json {
        let answer = json!({
            "as_of": moment.as_of,
            "as_at": moment.as_at,
            "opened": args.open,
            "fiscal_year": year,
            "paper_rate_percent": paper(&settings, year).map(|paper| paper.rate_percent),
            "budget": card,
            "amended": render::amended_json(&history, moment.as_of),
        });
        return output::json(world, &answer);
    }
    let title = moment.title_of(("予算と執行", "Budget and expenditure"), year, lang);
    output::line(world, &title)?;
    let Some(card) = &card else {
        let none = "  この年度の予算・補助金の記録はありません。";
        let none = lang.pick(none, "  nothing is recorded of this year's money");
        output::line(world, none)?;
        return output::amended(world, &history, moment.as_of, lang);
    };
    let text = render::budget(card, paper(&settings, year), args.open, lang);
    output::line(world, text.trim_end())?;
    output::amended(world, &history, moment.as_of, lang)
}

/// What the ward's paper says of the subsidy in a year of operation.
fn paper(settings: &Settings, year: FiscalYear) -> Option<PaperRate> {
    let first = FiscalYear::of(settings.starts_on()?);
    let nth = year.year().checked_sub(first.year())?.checked_add(1)?;
    (nth > 0).then(|| PaperRate {
        rate_percent: rate_percent(first, year),
        cap_yen: CAP_YEN,
        full_years: FULL_RATE_YEARS,
        nth,
    })
}
