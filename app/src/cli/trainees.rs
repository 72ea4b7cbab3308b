//! `trainees`: advisors in training, each in a line.

use ledger_commands::authorise::Action;
use ledger_core::history::History;
use ledger_core::time::Day;
use ledger_projections::settings::Settings;
use ledger_projections::trainee::{TraineeCard, trainee_card};
use serde_json::{Value, json};

use super::cards::{Listed, all, answered};
use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render;
use crate::world::World;

/// 相談員の指導・育成（受講者の一覧） / advisors in training
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger trainees
  care-ledger trainees --as-of R5.3.31 --as-at 5000 --json

番号は、台帳に記録された順に付けたもので、変わりません。")]
pub(crate) struct Args {
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
    let (moment, listed) = read(args, door, world.clock.today()).await?;
    if options.json {
        return output::json(world, &value(moment, &listed));
    }
    let n = listed.len();
    let (ja, en) = (
        format!("相談員の指導・育成 {n}名"),
        format!("Advisors in training: {n}"),
    );
    output::line(world, &moment.title((&ja, &en), options.lang))?;
    for one in &listed {
        let line = render::trainee_line(one.number, &one.card, options.lang);
        output::line(world, &line)?;
    }
    Ok(())
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (moment, listed) = read(self, asking.door, asking.today).await?;
        Ok(value(moment, &listed))
    }
}

fn value(moment: Moment, listed: &[Listed<TraineeCard>]) -> Value {
    let trainees = listed.iter().map(as_json);
    json!({
        "as_of": moment.as_of,
        "as_at": moment.as_at,
        "trainees": trainees.collect::<Vec<_>>(),
    })
}

async fn read(
    args: &Args,
    door: &Door,
    today: Day,
) -> Result<(Moment, Vec<Listed<TraineeCard>>), Failure> {
    let moment = door.moment(args.moment, today).await?;
    let settings = door.settings(moment).await?;
    Ok((moment, listed(door, moment, &settings).await?))
}

fn as_json(one: &Listed<TraineeCard>) -> Value {
    json!({"number": one.number, "trainee": one.card})
}

/// Every advisor, as it stood.
pub(super) async fn listed(
    door: &Door,
    moment: Moment,
    settings: &Settings,
) -> Result<Vec<Listed<TraineeCard>>, Failure> {
    let required = settings.competencies();
    let fold = |history: &History| trainee_card(history, required, moment.as_of);
    all(door, &["trainee-"], moment.as_at, fold).await
}
