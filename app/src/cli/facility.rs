//! `facility`: one facility that receives technical support, and what happened with it.

use ledger_commands::authorise::Action;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::time::Day;
use ledger_projections::facility::{FacilityCard, facility_card};
use serde_json::{Value, json};

use super::cards::{Listed, answered, one_of, opened};
use super::door::{Door, Moment, MomentArgs};
use super::facilities::listed;
use super::output;
use super::view::{Asking, View, of_card};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render;
use crate::world::World;

/// 施設1か所の経過 / one facility and what happened with it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger facility 見本第1園
  care-ledger facility 3                               一覧（facilities）の番号
  care-ledger facility X01 --open                      内容も開く（開いたことが記録されます）
  care-ledger facility X01 --as-of R4.9.30 --as-at 5000 --json")]
pub(crate) struct Args {
    /// 名称、施設番号、一覧の番号、またはIDかその先頭 / its name, its number, its id or the beginning of one
    #[arg(value_name = "NAME|ID")]
    which: String,
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
    let text = render::facility(Some(found.number), &found.card, options.lang);
    output::line(world, text.trim_end())?;
    output::history(
        world,
        &found.history,
        (moment.as_of, args.open),
        options.lang,
    )
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

fn as_json(args: &Args, moment: Moment, found: &Listed<FacilityCard>) -> Value {
    json!({
        "as_of": moment.as_of,
        "as_at": moment.as_at,
        "opened": args.open,
        "number": found.number,
        "facility": found.card,
        "history": render::history_json(&found.history, moment.as_of),
    })
}

async fn read(
    args: &Args,
    door: &Door,
    today: Day,
) -> Result<(Moment, Listed<FacilityCard>), Failure> {
    let moment = door.moment(args.moment, today).await?;
    let listed = listed(door, moment).await?;
    let fold = |history: &History| facility_card(history, moment.as_of);
    let found = one_of(listed, (&args.which, "facilities"), names)?;
    Ok((moment, opened(door, found, moment, fold).await?))
}

/// What a facility goes by.
fn names(card: &FacilityCard) -> Vec<String> {
    let names = [card.number.clone(), card.name.clone()];
    let names = names.into_iter().flatten();
    names.chain([card.facility.to_string()]).collect()
}
