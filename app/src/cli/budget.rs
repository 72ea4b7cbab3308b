//! `budget`: the books of a fiscal year: lines, expenditure, subsidy, closing.

use ledger_commands::authorise::Action;
use ledger_commands::rule::subsidy::{CAP_YEN, FULL_RATE_YEARS, rate_percent};
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::StreamName;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::budget::{BudgetCard, budget_card};
use ledger_projections::settings::Settings;
use serde_json::{Value, json};

use super::cards::answered;
use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::scope::given_year;
use super::view::{Asking, View, of_card};
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
pub(crate) struct Args {
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
    let may = (Args::ACTION, args.open);
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
    let read = read(args, door, world.clock.today()).await?;
    let lang = options.lang;
    if options.json {
        return output::json(world, &read.value(args));
    }
    let Read {
        moment,
        year,
        paper,
        history,
        card,
    } = read;
    let title = moment.title_of(("予算と執行", "Budget and expenditure"), year, lang);
    output::line(world, &title)?;
    let Some(card) = &card else {
        let none = "  この年度の予算・補助金の記録はありません。";
        let none = lang.pick(none, "  nothing is recorded of this year's money");
        output::line(world, none)?;
        return output::amended(world, &history, moment.as_of, lang);
    };
    let text = render::budget(card, paper, args.open, lang);
    output::line(world, text.trim_end())?;
    output::amended(world, &history, moment.as_of, lang)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let read = read(self, asking.door, asking.today).await?;
        Ok(read.value(self))
    }
}

/// The books of a year as they are looked at.
struct Read {
    moment: Moment,
    year: FiscalYear,
    paper: Option<PaperRate>,
    history: History,
    card: Option<BudgetCard>,
}

impl Read {
    fn value(&self, args: &Args) -> Value {
        json!({
            "as_of": self.moment.as_of,
            "as_at": self.moment.as_at,
            "opened": args.open,
            "fiscal_year": self.year,
            "paper_rate_percent": self.paper.map(|paper| paper.rate_percent),
            "budget": self.card,
            "amended": render::amended_json(&self.history, self.moment.as_of),
        })
    }
}

async fn read(args: &Args, door: &Door, today: Day) -> Result<Read, Failure> {
    let moment = door.moment(args.moment, today).await?;
    let settings = door.settings(moment).await?;
    let year = given_year(args.fiscal_year, &settings, moment.as_of)?;
    let stream = StreamName::fiscal_year(year);
    let history = door.history(&stream, moment.as_at).await?;
    Ok(Read {
        moment,
        year,
        paper: paper(&settings, year),
        card: budget_card(&history, year, moment.as_of),
        history,
    })
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
