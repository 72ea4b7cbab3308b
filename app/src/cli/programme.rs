//! `programme`: the programme's settings in force in a fiscal year, each with who set it and when.

use ledger_commands::authorise::Action;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::StreamName;
use ledger_core::time::Day;
use ledger_projections::programme::{ProgrammeCard, programme_card};
use serde_json::{Value, json};

use super::cards::answered;
use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::scope::given_year;
use super::view::{Asking, View, of_card};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render;
use crate::world::World;

/// 事業の設定（期間・予定数・体制・規則）と、だれがいつ定めたか / the programme's settings, by whom and when
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger programme
  care-ledger programme --fiscal-year 2022             令和4年度の予定数・体制
  care-ledger programme --fiscal-year 2021 --as-at R3.12.31 --json   その日に分かっていた設定")]
pub(crate) struct Args {
    /// 年度（2023、R5、令和5年度）。なければ今日の年度（試行の期間外なら最も近い年度） / the fiscal year
    #[arg(long, value_name = "YEAR", value_parser = super::scope::year)]
    fiscal_year: Option<i32>,
    /// 内容も開く / open texts, too
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
    let read = answered(may, options, world, async |door, world| {
        read(args, door, world.clock.today()).await
    });
    let (moment, history, card) = read.await?;
    if options.json {
        output::json(world, &as_json(args, (moment, &history), &card))?;
        return Ok(Exit::Done);
    }
    let title = ("事業の設定", "Settings of the programme");
    let title = moment.title_of(title, card.fiscal_year, options.lang);
    output::line(world, &title)?;
    let text = render::programme(&card, args.open, options.lang);
    output::line(world, text.trim_end())?;
    output::amended(world, &history, moment.as_of, options.lang)?;
    Ok(Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (moment, history, card) = read(self, asking.door, asking.today).await?;
        Ok(as_json(self, (moment, &history), &card))
    }
}

fn as_json(args: &Args, (moment, history): (Moment, &History), card: &ProgrammeCard) -> Value {
    json!({
        "as_of": moment.as_of,
        "as_at": moment.as_at,
        "opened": args.open,
        "programme": card,
        "amended": render::amended_json(history, moment.as_of),
    })
}

async fn read(
    args: &Args,
    door: &Door,
    today: Day,
) -> Result<(Moment, History, ProgrammeCard), Failure> {
    let moment = door.moment(args.moment, today).await?;
    let settings = door.settings(moment).await?;
    let year = given_year(args.fiscal_year, &settings, moment.as_of)?;
    let history = door.history(&StreamName::programme(), moment.as_at).await?;
    let card = programme_card(&history, year, moment.as_of);
    let card = card.ok_or_else(|| {
        Failure::refused(
            "NO_SETTINGS",
            "その時点の台帳に、事業の設定はまだありません。",
            "the ledger held no settings of the programme at that point",
        )
    })?;
    Ok((moment, history, card))
}
