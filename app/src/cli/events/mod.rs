//! `events`: the events themselves; their personal text only when asked, and that is recorded.

mod count;
mod show;

pub(crate) use count::Count;
pub(crate) use show::Show;
pub(super) use show::{closed_sentence, opened};

use ledger_commands::authorise::Action;
use ledger_core::event::{Event, Metadata};
use ledger_core::id::{EventType, Position};
use ledger_core::store::{Direction, EventStore, Filter, NameFilter, ReadAll, StoredEvent};
use ledger_core::time::{Day, Occurred};
use serde_json::{Map, Value, json};

use super::{hints, output};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::read_failure;
use crate::lang::Lang;
use crate::reading::unreadable;
use crate::render::event_title;
use crate::rights::reads;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 記録（イベント）を見る / look at the events
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    List(List),
    Count(Count),
    Show(Show),
}

/// 一覧（個人に関する記述は出しません） / a list, without personal text
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger events list --limit 20
  care-ledger events list --type consultation-recorded --since R5.4.1
  care-ledger events list --category child --newest-first
  care-ledger events list --stream access- --by os:taro --json")]
pub(crate) struct List {
    /// この名前で始まるストリーム / streams whose names begin so
    #[arg(long, value_name = "STREAM", conflicts_with = "category")]
    stream: Option<String>,
    /// この分類のストリーム（`events count` で分かります） / streams of a category
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// 種類（いくつでも） / types
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// 記録者 / who recorded it
    #[arg(long = "by", value_name = "ACTOR")]
    by: Option<String>,
    /// この日以後に記録されたもの / recorded on that day or later
    #[arg(long, value_name = "DATE", value_parser = super::figures::day)]
    since: Option<Day>,
    /// この日以前に記録されたもの / recorded on that day or earlier
    #[arg(long, value_name = "DATE", value_parser = super::figures::day)]
    until: Option<Day>,
    /// この位置から / from that position
    #[arg(long, value_name = "POSITION")]
    from: Option<u64>,
    /// 新しいものから / newest first
    #[arg(long)]
    newest_first: bool,
    /// 件数 / how many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    match &args.what {
        What::List(list) => run_list(list, options, world).await,
        What::Count(count) => count::run(count, options, world).await,
        What::Show(show) => show::run(show, options, world).await,
    }
}

async fn run_list(
    list: &List,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::ReadEvents, options, world).await?;
    let done = write_list(list, &open, options, world).await;
    hints::partial(open.role, options.lang, world);
    open.close().await;
    done.map(|()| Exit::Done)
}

async fn write_list(
    list: &List,
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let write = &mut |stored: &StoredEvent| {
        if options.json {
            output::json_line(world, &as_json(stored)?)
        } else {
            output::line(world, &in_a_line(stored, options.lang))
        }
    };
    each(list, list.limit, open, write).await.map(drop)
}

impl List {
    /// What everybody must be allowed to who asks for the events.
    pub(crate) const ACTION: Action = Action::ReadEvents;

    /// So many of the events that are asked for, at most, and from which position more may follow; as many as
    /// that where all are `wanted`, and else as many as are asked for.
    ///
    /// # Errors
    /// [`Failure`] when the log cannot be read.
    pub(crate) async fn part(
        &self,
        open: &OpenLedger,
        wanted: bool,
        most: usize,
    ) -> Result<(Vec<Value>, Option<Position>), Failure> {
        let mut events = Vec::new();
        let take = &mut |stored: &StoredEvent| {
            events.push(as_json(stored)?);
            Ok(())
        };
        let limit = if wanted { most } else { self.limit.min(most) };
        let next = each(self, limit, open, take).await?;
        Ok((events, next))
    }
}

/// Takes each event that is wanted, so many at most, and says from which position more may follow.
async fn each(
    list: &List,
    limit: usize,
    open: &OpenLedger,
    take: &mut (dyn FnMut(&StoredEvent) -> Result<(), Failure> + Send),
) -> Result<Option<Position>, Failure> {
    let (mut read, mut left) = (reading(list)?, limit);
    let store: &dyn EventStore = open.store.as_ref();
    loop {
        if left == 0 {
            return Ok(read.from);
        }
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            if left == 0 {
                return Ok(Some(stored.position));
            }
            if reads(open.role, stored.stream.category()) && is_wanted(list, stored)? {
                left = left.saturating_sub(1);
                take(stored)?;
            }
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok(None),
        }
    }
}

fn reading(list: &List) -> Result<ReadAll, Failure> {
    let mut types = Vec::new();
    for name in &list.types {
        let known = EventType::new(name.clone());
        let known = known.map_err(|error| bad_option("--type", &error))?;
        if Event::info_of(known.as_str()).is_none() {
            return Err(unknown_type(name));
        }
        types.push(known.as_str().to_owned());
    }
    Ok(ReadAll {
        from: list.from.map(Position::new),
        direction: if list.newest_first {
            Direction::Backwards
        } else {
            Direction::Forwards
        },
        limit: usize::MAX,
        filter: Filter {
            types: (!types.is_empty()).then_some(NameFilter::OneOf(types)),
            streams: match &list.category {
                Some(category) => Filter::of_category(category).streams,
                None => list
                    .stream
                    .as_deref()
                    .and_then(|prefix| Filter::of_streams(prefix).streams),
            },
        },
        as_at: None,
    })
}

/// No event is of this type; the types that share a word with it are named.
fn unknown_type(name: &str) -> Failure {
    let shares = |known: &str| {
        let mut words = known.split('-');
        words.any(|word| name.split('-').any(|own| own == word))
    };
    let near = Event::types().into_iter().map(|info| info.name);
    let near: Vec<&str> = near.filter(|known| shares(known)).collect();
    let failure = Failure::usage(
        "UNKNOWN_TYPE",
        format!("{name} という種類の記録はありません。"),
        format!("there is no event type {name}"),
    )
    .on("--type");
    if near.is_empty() {
        return failure;
    }
    let near = near.join(", ");
    failure.hint(format!("近いもの: {near}"), format!("near it: {near}"))
}

fn bad_option(option: &'static str, error: &dyn std::error::Error) -> Failure {
    Failure::usage(
        "USAGE",
        format!("{option} が正しくありません（{error}）。"),
        format!("{option} is wrong: {error}"),
    )
    .on(option)
}

fn is_wanted(list: &List, stored: &StoredEvent) -> Result<bool, Failure> {
    let day = stored.recorded_at.day_in_japan();
    if list.since.is_some_and(|since| day < since) || list.until.is_some_and(|until| day > until) {
        return Ok(false);
    }
    match &list.by {
        None => Ok(true),
        Some(by) => Ok(metadata(stored)?.get("actor").and_then(Value::as_str) == Some(by)),
    }
}

fn metadata(stored: &StoredEvent) -> Result<Map<String, Value>, Failure> {
    serde_json::from_slice(&stored.metadata).map_err(|error| unreadable(&error))
}

/// A stored event for machines, without its personal text.
pub(super) fn as_json(stored: &StoredEvent) -> Result<Value, Failure> {
    let data: Value = serde_json::from_slice(&stored.data).map_err(|error| unreadable(&error))?;
    Ok(json!({
        "position": stored.position,
        "stream": stored.stream,
        "revision": stored.revision,
        "id": stored.id,
        "type": stored.event_type,
        "recorded_at": stored.recorded_at,
        "sealed": stored.sealed.is_some(),
        "erased": stored.sealed_sha256.is_some(),
        "leaf_hash": stored.leaf_hash,
        "metadata": metadata(stored)?,
        "data": data,
    }))
}

/// A stored event in a line, without its personal text.
pub(super) fn in_a_line(stored: &StoredEvent, lang: Lang) -> String {
    let known: Option<Metadata> = serde_json::from_slice(&stored.metadata).ok();
    let occurred = known
        .as_ref()
        .map(|known| in_japan(known.occurred))
        .unwrap_or_default();
    let actor = known
        .as_ref()
        .map(|known| known.actor.to_string())
        .unwrap_or_default();
    let at = stored.recorded_at.in_japan().format("%Y-%m-%d %H:%M:%S");
    let title = event_title(stored.event_type.as_str(), lang);
    let (position, stream) = (stored.position, &stored.stream);
    format!("{position:>8}  {at}  {occurred:<17}  {title}  {stream}  {actor}")
}

/// When something happened, on Japan's wall clock like the time of recording beside it.
fn in_japan(occurred: Occurred) -> String {
    match occurred {
        Occurred::Minute(at) => at.in_japan().format("%Y-%m-%d %H:%M").to_string(),
        Occurred::Day(_) | Occurred::Month(_) | Occurred::Unknown => occurred.to_string(),
    }
}
