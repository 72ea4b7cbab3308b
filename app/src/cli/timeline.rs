//! `timeline`: one person's history on both clocks; that it was opened is recorded first.

use ledger_commands::Envelope;
use ledger_core::actor::Role;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::{CommandId, Position, StreamName};
use ledger_core::time::Day;
use ledger_projections::settings::Settings;
use ledger_projections::timeline::{Timeline, TimelineOptions, linked_inquiries, timeline_with};
use ledger_projections::yearly_clock::YearlyClock;

use super::as_at::AsAt;
use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, figures_failure};
use crate::reading::{self, find_child, history, number_of};
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
pub(super) struct Args {
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
    let read = read(args, &open, &envelope, today).await;
    open.close().await;
    let timeline = read?;
    if options.json {
        output::json(world, &timeline)?;
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

async fn read(
    args: &Args,
    open: &OpenWithKeys,
    envelope: &Envelope,
    today: Day,
) -> Result<Timeline, Failure> {
    let store = open.open.store.as_ref();
    let child = find_child(store, open.ledger.id(), &args.child).await?;
    let stream = StreamName::child(child);
    let looked = open
        .ledger
        .record_access(&stream, AccessPurpose::Timeline, envelope)
        .await;
    looked.map_err(|error| execute_failure(&error))?;
    let as_at = match args.as_at {
        Some(as_at) => Some(as_at.position(store).await?),
        None => None,
    };
    let settings = Settings::read(store, as_at).await;
    let settings = settings.map_err(|error| figures_failure(&error.into()))?;
    let history = history(store, &open.codec, &stream, as_at).await?;
    if history.entries().is_empty() {
        return Err(Failure::refused(
            "UNKNOWN_PERSON",
            "その時点の台帳に、この対象者はまだいません。",
            "the ledger did not hold this person yet at that position",
        )
        .on("--as-at"));
    }
    let inquiries = inquiries(open, envelope, &history, as_at).await?;
    let options = TimelineOptions {
        as_of: args.as_of,
        as_at,
        today,
        yearly_clock: YearlyClock::of(&settings),
    };
    let mut seen = timeline_with(&history, &inquiries, options);
    for other in seen.others() {
        if let Some(number) = number_of(store, other).await? {
            seen.numbers.insert(other.to_string(), number);
        }
    }
    Ok(seen)
}

/// The inquiries that are the person's; each is opened, and so recorded as opened.
async fn inquiries(
    open: &OpenWithKeys,
    envelope: &Envelope,
    history: &History,
    as_at: Option<Position>,
) -> Result<Vec<History>, Failure> {
    let mut inquiries = Vec::new();
    for inquiry in linked_inquiries(history) {
        let stream = StreamName::inquiry(inquiry);
        let looked = Envelope {
            command: CommandId::new(envelope.command.made(stream.as_str())),
            ..envelope.clone()
        };
        let looked = open
            .ledger
            .record_access(&stream, AccessPurpose::Timeline, &looked)
            .await;
        looked.map_err(|error| execute_failure(&error))?;
        let store = open.open.store.as_ref();
        inquiries.push(reading::history(store, &open.codec, &stream, as_at).await?);
    }
    Ok(inquiries)
}
