//! `timeline`: one person's history on both clocks; that it was opened is recorded first.

use ledger_commands::Envelope;
use ledger_commands::authorise::Action;
use ledger_core::actor::Role;
use ledger_core::event::AccessPurpose;
use ledger_core::id::{ChildId, CommandId};
use ledger_core::time::Day;
use serde_json::Value;

use super::door::Door;
use super::output;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::reading::AsAt;
use crate::reading::{Clocks, OpenedTimeline, find_child, opened_timeline, unreadable};
use crate::render;
use crate::wiring::OpenWithKeys;
use crate::world::World;

/// 一人の経過（閲覧したことも記録されます） / one person's timeline; looking is recorded
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger timeline C001
  care-ledger timeline C001 --as-of R4.3.31            その日までにあったこと
  care-ledger timeline C001 --as-at 5000 --json        位置5000までに記録されたこと")]
pub(crate) struct Args {
    /// 対象者番号、ID、またはその先頭 / register number, id, or the beginning of one
    #[arg(value_name = "CHILD")]
    child: String,
    /// この日までにあったこと / what had occurred by then
    #[arg(long, value_name = "DATE", value_parser = super::figures::day)]
    as_of: Option<Day>,
    /// この位置または時点までに記録されたこと / what was recorded by then
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let envelope = access(options, world)?;
    let open = OpenWithKeys::open(options, world).await?;
    super::hints::elevated(&open.open, options.lang, world);
    let today = world.clock.today();
    let read = async {
        let child = find_child(open.open.store.as_ref(), open.ledger.id(), &args.child).await?;
        read((args, child), &open, &envelope, today).await
    };
    let read = Box::pin(read).await;
    open.close().await;
    let timeline = read?;
    if options.json {
        output::json(world, &*timeline)?;
    } else {
        output::line(world, render::timeline(&timeline, options.lang).trim_end())?;
    }
    Ok(Exit::Done)
}

/// The envelope of the event that says who looked.
pub(super) fn access(options: &GlobalOptions, world: &World) -> Result<Envelope, Failure> {
    let command = CommandId::new((world.new_id)());
    Ok(Envelope::new(
        command,
        options.actor()?,
        Role::Unauthenticated,
    ))
}

impl View for Args {
    const ACTION: Action = Action::ReadEvents;

    fn opens(&self) -> Option<AccessPurpose> {
        Some(AccessPurpose::Timeline)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let Door::Open(opener) = asking.door else {
            return Err(sealed());
        };
        let child = asking.child(&self.child).await?;
        let envelope = opener.envelope();
        let read = read((self, child), opener.ledger(), &envelope, asking.today);
        let timeline = Box::pin(read).await?;
        serde_json::to_value(&*timeline).map_err(|error| unreadable(&error))
    }
}

/// A timeline is of text, which no closed door opens.
fn sealed() -> Failure {
    Failure::failed(
        "SEALED",
        "経過は封印されたままでは見られません。",
        "a timeline is not looked at while its text is sealed",
    )
}

async fn read(
    (args, child): (&Args, ChildId),
    open: &OpenWithKeys,
    envelope: &Envelope,
    today: Day,
) -> Result<OpenedTimeline, Failure> {
    let store = open.open.store.as_ref();
    let as_at = match args.as_at {
        Some(as_at) => Some(as_at.position(store).await?),
        None => None,
    };
    let clocks = Clocks {
        as_of: args.as_of,
        as_at,
        today,
    };
    let read = opened_timeline(open, envelope, child, clocks).await;
    read.map_err(|failure| match failure.code {
        "UNKNOWN_PERSON" => failure.on("--as-at"),
        _ => failure,
    })
}
