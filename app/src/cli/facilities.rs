//! `facilities`: technical support to facilities in a fiscal year, as a grid of four visits each.

use ledger_commands::authorise::Action;
use ledger_core::code::Service;
use ledger_core::history::History;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::facility::{FacilityCard, SupportGrid, facility_card, support_grid};
use ledger_projections::indicators::Target;
use serde_json::{Value, json};

use super::cards::{Listed, all, answered};
use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::scope::given_year;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render;
use crate::world::World;

/// 施設への技術支援（10か所×4回の表） / technical support: the grid of facilities and visits
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger facilities                               最も近い年度
  care-ledger facilities --fiscal-year 2022
  care-ledger facilities --fiscal-year 2022 --as-of R4.9.30 --as-at 5000 --json

日付のある欄は実施済み、「予定」は訪問の予定、「未実施」は予定日を過ぎて記録のないもの、「空き」は予定もないもの。")]
pub(crate) struct Args {
    /// 年度（2023、R5、令和5年度）。なければ今日の年度（試行の期間外なら最も近い年度） / the fiscal year
    #[arg(long, value_name = "YEAR", value_parser = super::scope::year)]
    fiscal_year: Option<i32>,
    #[command(flatten)]
    moment: MomentArgs,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let may = (Args::ACTION, false);
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
    if options.json {
        return output::json(world, &read.value());
    }
    let Read {
        moment,
        year,
        listed,
        grid,
    } = read;
    let lang = options.lang;
    let title = moment.title_of(
        ("施設への技術支援", "Technical support to facilities"),
        year,
        lang,
    );
    output::line(world, &title)?;
    let numbers: Vec<usize> = numbers(&grid, &listed);
    let text = render::facility_grid(&grid, &numbers, lang);
    output::line(world, text.trim_end())?;
    let others: Vec<(usize, &FacilityCard)> = listed
        .iter()
        .filter(|one| !numbers.contains(&one.number))
        .map(|one| (one.number, &one.card))
        .collect();
    match render::other_facilities(&others, lang) {
        Some(line) => output::line(world, &line),
        None => Ok(()),
    }
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let read = read(self, asking.door, asking.today).await?;
        Ok(read.value())
    }
}

/// Every facility, and the grid of a year.
struct Read {
    moment: Moment,
    year: FiscalYear,
    listed: Vec<Listed<FacilityCard>>,
    grid: SupportGrid,
}

impl Read {
    fn value(&self) -> Value {
        json!({
            "as_of": self.moment.as_of,
            "as_at": self.moment.as_at,
            "grid": self.grid,
        })
    }
}

async fn read(args: &Args, door: &Door, today: Day) -> Result<Read, Failure> {
    let moment = door.moment(args.moment, today).await?;
    let settings = door.settings(moment).await?;
    let year = given_year(args.fiscal_year, &settings, moment.as_of)?;
    let listed = listed(door, moment).await?;
    let planned = Target::of(&settings, Service::FacilityTechnicalSupport, year);
    let cards = listed.iter().map(|one| one.card.clone()).collect();
    Ok(Read {
        moment,
        year,
        listed,
        grid: support_grid(cards, year, planned),
    })
}

/// Every facility, as it stood.
pub(super) async fn listed(
    door: &Door,
    moment: Moment,
) -> Result<Vec<Listed<FacilityCard>>, Failure> {
    let fold = |history: &History| facility_card(history, moment.as_of);
    all(door, &["facility-"], moment.as_at, fold).await
}

/// The number in the list of each row of the grid.
fn numbers(grid: &SupportGrid, listed: &[Listed<FacilityCard>]) -> Vec<usize> {
    let rows = grid.rows.iter().filter_map(|row| {
        let mut own = listed.iter();
        own.find(|one| one.card.facility == row.card.facility)
    });
    rows.map(|one| one.number).collect()
}
