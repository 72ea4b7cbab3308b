//! `trainees`: advisors in training, each in a line.

use ledger_commands::authorise::Action;
use ledger_core::history::History;
use ledger_projections::settings::Settings;
use ledger_projections::trainee::{TraineeCard, trainee_card};
use serde_json::{Value, json};

use super::cards::{Listed, all, answered};
use super::door::{Door, Moment, MomentArgs};
use super::output;
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
pub(super) struct Args {
    #[command(flatten)]
    moment: MomentArgs,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let may = (Action::ReadFigures, false);
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
    let listed = listed(door, moment, &settings).await?;
    if options.json {
        let trainees = listed.iter().map(as_json);
        let answer = json!({
            "as_of": moment.as_of,
            "as_at": moment.as_at,
            "trainees": trainees.collect::<Vec<_>>(),
        });
        return output::json(world, &answer);
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
