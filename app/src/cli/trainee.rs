//! `trainee`: one advisor in training, and what happened on the way to completion.

use ledger_commands::authorise::Action;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::time::Day;
use ledger_projections::trainee::{TraineeCard, trainee_card};
use serde_json::{Value, json};

use super::cards::{Listed, answered, one_of, opened};
use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::trainees::listed;
use super::view::{Asking, View, of_card};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render;
use crate::world::World;

/// 受講者1名の経過（目標・研修・習得・修了） / one advisor in training
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger trainee 1                                一覧（trainees）の番号
  care-ledger trainee J01 --open                       氏名・内容も開く（開いたことが記録されます）
  care-ledger trainee 1 --as-of R5.3.31 --as-at 5000 --json")]
pub(crate) struct Args {
    /// 相談員番号、一覧の番号、またはIDかその先頭 / its number, its id or the beginning of one
    #[arg(value_name = "NUMBER|ID")]
    which: String,
    /// 氏名・内容も開く / open names and texts, too
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
    let (moment, found) = read(args, door, world.clock.today()).await?;
    if options.json {
        return output::json(world, &as_json(args, moment, &found));
    }
    let text = render::trainee(Some(found.number), &found.card, args.open, options.lang);
    output::line(world, text.trim_end())?;
    // The card says already whether texts are sealed.
    output::history(world, &found.history, (moment.as_of, true), options.lang)
}

impl View for Args {
    const ACTION: Action = Action::ReadEvents;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (moment, found) = read(self, asking.door, asking.today).await?;
        Ok(as_json(self, moment, &found))
    }
}

fn as_json(args: &Args, moment: Moment, found: &Listed<TraineeCard>) -> Value {
    json!({
        "as_of": moment.as_of,
        "as_at": moment.as_at,
        "opened": args.open,
        "number": found.number,
        "trainee": found.card,
        "history": render::history_json(&found.history, moment.as_of),
    })
}

async fn read(
    args: &Args,
    door: &Door,
    today: Day,
) -> Result<(Moment, Listed<TraineeCard>), Failure> {
    let moment = door.moment(args.moment, today).await?;
    let settings = door.settings(moment).await?;
    let listed = listed(door, moment, &settings).await?;
    let required = settings.competencies();
    let fold = |history: &History| trainee_card(history, required, moment.as_of);
    let found = one_of(listed, (&args.which, "trainees"), names)?;
    Ok((moment, opened(door, found, moment, fold).await?))
}

/// What an advisor goes by while the name is sealed.
fn names(card: &TraineeCard) -> Vec<String> {
    let number = card.number.clone().into_iter();
    number.chain([card.trainee.to_string()]).collect()
}
