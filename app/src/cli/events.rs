//! `events`: the events themselves; their personal text only when asked, and that is recorded.

use ledger_commands::authorise::Action;
use ledger_core::event::{AccessPurpose, Codec, Metadata, Open, Recorded};
use ledger_core::id::{EventType, Position};
use ledger_core::store::{Direction, EventStore, Filter, ReadAll, StoredEvent};
use ledger_core::time::{Day, Occurred};
use serde_json::{Map, Value, json};

use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{execute_failure, read_failure};
use crate::lang::Lang;
use crate::reading::{find_event, unreadable};
use crate::render::{event_title, field_label, sentence, value};
use crate::wiring::{OpenLedger, OpenWithKeys};
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
    Show(Show),
}

/// 一覧（個人に関する記述は出しません） / a list, without personal text
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger events list --limit 20
  care-ledger events list --type consultation-recorded --since R5.4.1
  care-ledger events list --stream access- --by os:taro --json")]
struct List {
    /// この名前で始まるストリーム / streams whose names begin so
    #[arg(long, value_name = "STREAM")]
    stream: Option<String>,
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

/// 一件を見る / look at one event
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger events show 1234
  care-ledger events show 1234 --open      個人に関する記述も開く（開いたことが記録されます）")]
struct Show {
    /// 位置またはイベントID / position or event id
    #[arg(value_name = "POSITION|ID")]
    which: String,
    /// 個人に関する記述も開く / open personal text, too
    #[arg(long)]
    open: bool,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    match &args.what {
        What::List(list) => run_list(list, options, world).await,
        What::Show(show) if show.open => run_open(show, options, world).await,
        What::Show(show) => run_show(show, options, world).await,
    }
}

async fn run_list(
    list: &List,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::ReadEvents, options, world).await?;
    let done = write_list(list, open.store.as_ref(), options, world).await;
    open.close().await;
    done.map(|()| Exit::Done)
}

async fn write_list(
    list: &List,
    store: &dyn EventStore,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let mut read = reading(list)?;
    let mut left = list.limit;
    while left > 0 {
        let page = store
            .read_all(&read)
            .await
            .map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            if left == 0 || !is_wanted(list, stored)? {
                continue;
            }
            left = left.saturating_sub(1);
            if options.json {
                output::json_line(world, &as_json(stored)?)?;
            } else {
                output::line(world, &in_a_line(stored, options.lang))?;
            }
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => break,
        }
    }
    Ok(())
}

fn reading(list: &List) -> Result<ReadAll, Failure> {
    let mut types = Vec::new();
    for name in &list.types {
        let known = EventType::new(name.clone());
        types.push(known.map_err(|error| bad_option("--type", &error))?);
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
            types: (!types.is_empty()).then_some(types),
            stream_prefix: list.stream.clone(),
        },
    })
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

async fn run_show(
    show: &Show,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::ReadEvents, options, world).await?;
    let found = find_event(open.store.as_ref(), &show.which).await;
    open.close().await;
    let stored = found?;
    let shown = Shown {
        sentence: closed_sentence(&stored),
        opened: None,
        stored,
    };
    write_one(&shown, options, world)
}

async fn run_open(
    show: &Show,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let envelope = super::timeline::access(options, world)?;
    let open = OpenWithKeys::open(options, world).await?;
    let shown = async {
        let stored = find_event(open.open.store.as_ref(), &show.which).await?;
        let looked = open
            .ledger
            .record_access(&stored.stream, AccessPurpose::Event, &envelope)
            .await;
        looked.map_err(|error| execute_failure(&error))?;
        let (fields, sentence) = opened(&open.codec, &stored).await?;
        Ok::<_, Failure>(Shown {
            stored,
            sentence: Some(sentence),
            opened: Some(fields),
        })
    }
    .await;
    open.close().await;
    write_one(&shown?, options, world)
}

/// An event as it is shown.
struct Shown {
    stored: StoredEvent,
    /// What happened, in Japanese; none where the event is none of this ledger's.
    sentence: Option<String>,
    /// Every field, where personal text was opened.
    opened: Option<Map<String, Value>>,
}

/// What a stored event says in Japanese, its personal text closed; none where it is not understood.
pub(super) fn closed_sentence(stored: &StoredEvent) -> Option<String> {
    let recorded = Recorded::read(stored).ok()?;
    Some(sentence(&recorded.event, recorded.privacy))
}

/// Every field of a stored event and its Japanese sentence, personal text open; that it is opened is
/// recorded before.
pub(super) async fn opened(
    codec: &Codec,
    stored: &StoredEvent,
) -> Result<(Map<String, Value>, String), Failure> {
    let recorded = codec.decode(stored, Open::All).await;
    let recorded = recorded.map_err(|error| unreadable(&error))?;
    let sentence = sentence(&recorded.event, recorded.privacy);
    Ok((recorded.event.display(), sentence))
}

fn write_one(shown: &Shown, options: &GlobalOptions, world: &mut World) -> Result<Exit, Failure> {
    let (stored, fields) = (&shown.stored, shown.opened.as_ref());
    let mut object = as_json(stored)?;
    if let Some(object) = object.as_object_mut() {
        object.insert("sentence_ja".to_owned(), shown.sentence.clone().into());
        if let Some(fields) = fields {
            object.insert("opened".to_owned(), Value::Object(fields.clone()));
        }
    }
    if options.json {
        output::json(world, &object)?;
        return Ok(Exit::Done);
    }
    let lang = options.lang;
    output::line(world, &in_a_line(stored, lang))?;
    if let (Some(sentence), Lang::Ja) = (&shown.sentence, lang) {
        output::line(world, &format!("  {sentence}"))?;
    }
    let clear: Map<String, Value> =
        serde_json::from_slice(&stored.data).map_err(|error| unreadable(&error))?;
    for (field, content) in fields.unwrap_or(&clear) {
        let label = field_label(field, lang);
        output::line(
            world,
            &format!("  {label}: {}", value(field, content, lang)),
        )?;
    }
    if stored.sealed.is_some() && fields.is_none() {
        output::line(world, lang.pick(
            "  個人に関する記述は封印されています（--open で開きます。開いたことは記録されます）",
            "  personal text is sealed; --open opens it, and that is recorded",
        ))?;
    }
    output::line(world, &format!("  ID: {}", stored.id))?;
    output::line(world, &format!("  leaf: {}", stored.leaf_hash))?;
    Ok(Exit::Done)
}
