//! `events show`: one event with what later events say about it; its personal text only when asked.

use ledger_commands::Envelope;
use ledger_commands::authorise::Action;
use ledger_core::event::{AccessPurpose, Codec, Open, Recorded};
use ledger_core::store::StoredEvent;
use ledger_projections::amendment::Amendment;
use serde_json::{Map, Value, json};

use super::{as_json, in_a_line};
use crate::cli::door::Door;
use crate::cli::view::{Asking, View, of_card};
use crate::cli::{output, timeline};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::execute_failure;
use crate::lang::Lang;
use crate::reading::{amendments_of, find_event, unreadable};
use crate::render::{amendment, field_label, sentence, value};
use crate::rights::may_read;
use crate::wiring::{OpenLedger, OpenWithKeys};
use crate::world::World;

/// 一件を見る / look at one event
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger events show 1234
  care-ledger events show 1234 --open      個人に関する記述も開く（開いたことが記録されます）")]
pub(crate) struct Show {
    /// 位置またはイベントID / position or event id
    #[arg(value_name = "POSITION|ID")]
    which: String,
    /// 個人に関する記述も開く / open personal text, too
    #[arg(long)]
    open: bool,
}

pub(super) async fn run(
    show: &Show,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    if show.open {
        run_open(show, options, world).await
    } else {
        run_show(show, options, world).await
    }
}

async fn run_show(
    show: &Show,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::ReadEvents, options, world).await?;
    let shown = shown(show, &open).await;
    open.close().await;
    write_one(&shown?, options, world)
}

async fn run_open(
    show: &Show,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let envelope = timeline::access(options, world)?;
    let open = OpenWithKeys::open(options, world).await?;
    let shown = shown_open(show, &open, &envelope).await;
    open.close().await;
    write_one(&shown?, options, world)
}

async fn shown(show: &Show, open: &OpenLedger) -> Result<Shown, Failure> {
    let stored = find_event(open.store.as_ref(), &show.which).await?;
    may_read(open.role, &stored.stream)?;
    Ok(Shown {
        sentence: closed_sentence(&stored),
        opened: None,
        amendments: amendments_of(open.store.as_ref(), None, &stored).await?,
        stored,
    })
}

/// The event with its text; that it is opened is recorded before.
async fn shown_open(
    show: &Show,
    open: &OpenWithKeys,
    envelope: &Envelope,
) -> Result<Shown, Failure> {
    let store = open.open.store.as_ref();
    let stored = find_event(store, &show.which).await?;
    may_read(open.open.role, &stored.stream)?;
    let looked = open
        .ledger
        .record_access(&stored.stream, AccessPurpose::Event, envelope)
        .await;
    looked.map_err(|error| execute_failure(&error))?;
    let (fields, sentence) = opened(&open.codec, &stored).await?;
    Ok(Shown {
        amendments: amendments_of(store, Some(&open.codec), &stored).await?,
        stored,
        sentence: Some(sentence),
        opened: Some(fields),
    })
}

impl View for Show {
    const ACTION: Action = Action::ReadEvents;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let shown = match asking.door {
            Door::Closed(open) => shown(self, open).await?,
            Door::Open(opener) => shown_open(self, opener.ledger(), &opener.envelope()).await?,
        };
        as_one(&shown)
    }
}

/// An event as it is shown.
struct Shown {
    stored: StoredEvent,
    /// What happened, in Japanese; none where the event is none of this ledger's.
    sentence: Option<String>,
    /// Every field, where personal text was opened.
    opened: Option<Map<String, Value>>,
    /// What later events say about it.
    amendments: Vec<Amendment>,
}

/// What a stored event says in Japanese, its personal text closed; none where it is not understood.
pub(in crate::cli) fn closed_sentence(stored: &StoredEvent) -> Option<String> {
    let recorded = Recorded::read(stored).ok()?;
    Some(sentence(&recorded.event, recorded.privacy, Lang::Ja))
}

/// Every field of a stored event and its Japanese sentence, personal text open; that it is opened is
/// recorded before.
pub(in crate::cli) async fn opened(
    codec: &Codec,
    stored: &StoredEvent,
) -> Result<(Map<String, Value>, String), Failure> {
    let recorded = codec.decode(stored, Open::All).await;
    let recorded = recorded.map_err(|error| unreadable(&error))?;
    let sentence = sentence(&recorded.event, recorded.privacy, Lang::Ja);
    Ok((recorded.event.display(), sentence))
}

fn as_one(shown: &Shown) -> Result<Value, Failure> {
    let mut object = as_json(&shown.stored)?;
    if let Some(object) = object.as_object_mut() {
        object.insert("sentence_ja".to_owned(), shown.sentence.clone().into());
        if let Some(fields) = &shown.opened {
            object.insert("opened".to_owned(), Value::Object(fields.clone()));
        }
        object.insert("amendments".to_owned(), json!(shown.amendments));
    }
    Ok(object)
}

fn write_one(shown: &Shown, options: &GlobalOptions, world: &mut World) -> Result<Exit, Failure> {
    let (stored, fields) = (&shown.stored, shown.opened.as_ref());
    if options.json {
        output::json(world, &as_one(shown)?)?;
        return Ok(Exit::Done);
    }
    let lang = options.lang;
    output::line(world, &in_a_line(stored, lang))?;
    for one in &shown.amendments {
        let (said, id) = (amendment(one, lang), one.event_id);
        output::line(world, &format!("  ⚑ {said}  ID: {id}"))?;
    }
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
