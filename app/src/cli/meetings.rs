//! `meetings`: the meetings of the steering committee, each in a line.

use ledger_commands::authorise::Action;
use ledger_core::history::History;
use ledger_core::id::StreamName;
use ledger_core::time::Day;
use ledger_projections::committee::{MeetingCard, meeting_card};
use serde_json::{Value, json};

use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render::meeting_line;
use crate::world::World;

/// 運営委員会の一覧 / the meetings of the steering committee
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger meetings
  care-ledger meetings --as-of R4.9.30                 その日までにあったこと
  care-ledger meetings --as-at 5000 --json             位置5000までに記録されたこと")]
pub(crate) struct Args {
    #[command(flatten)]
    moment: MomentArgs,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let door = Door::new(Args::ACTION, false, options, world).await?;
    let read = read(&door, args.moment, world.clock.today()).await;
    door.close().await;
    let (moment, meetings) = read?;
    if options.json {
        output::json(world, &listed(moment, &meetings))?;
        return Ok(Exit::Done);
    }
    let n = meetings.len();
    let title = moment.title(
        (
            &format!("運営委員会 {n}件"),
            &format!("Steering committee: {n}"),
        ),
        options.lang,
    );
    output::line(world, &title)?;
    for (_, _, card) in &meetings {
        output::line(world, &meeting_line(card, options.lang))?;
    }
    Ok(Exit::Done)
}

/// A meeting with the stream from which its card is folded, personal text closed.
pub(super) type Met = (StreamName, History, MeetingCard);

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (moment, meetings) = read(asking.door, self.moment, asking.today).await?;
        Ok(listed(moment, &meetings))
    }
}

fn listed(moment: Moment, meetings: &[Met]) -> Value {
    let meetings: Vec<Value> = meetings.iter().map(|(_, _, card)| as_json(card)).collect();
    json!({
        "as_of": moment.as_of,
        "as_at": moment.as_at,
        "meetings": meetings,
    })
}

async fn read(door: &Door, args: MomentArgs, today: Day) -> Result<(Moment, Vec<Met>), Failure> {
    let moment = door.moment(args, today).await?;
    Ok((moment, all(door, moment).await?))
}

/// Every meeting, by the day for which it was convened.
pub(super) async fn all(door: &Door, moment: Moment) -> Result<Vec<Met>, Failure> {
    let streams = door.streams("committee-", moment.as_at).await?;
    let met = streams.into_iter().filter_map(|(stream, history)| {
        let card = meeting_card(&history, moment.as_of)?;
        Some((stream, history, card))
    });
    let mut met: Vec<Met> = met.collect();
    met.sort_by_key(|(_, _, card)| (card.planned_on, card.nth));
    Ok(met)
}

fn as_json(card: &MeetingCard) -> Value {
    let late = card.open_recommendations();
    json!({
        "nth": card.nth,
        "meeting": card.meeting,
        "state": card.state(),
        "planned_on": card.planned_on,
        "held_on": card.held.as_ref().and_then(|held| held.held_on),
        "frozen_as_at": card.materials.as_ref().map(|frozen| frozen.as_at),
        "open_recommendations": card.open_recommendations().count(),
        "overdue_recommendations": late.filter(|made| made.wait.overdue).count(),
    })
}
