//! `events count`: how many events each category and each type has.

use ledger_commands::authorise::Action;
use ledger_projections::event_index::{EventIndex, Kind, kinds};
use serde_json::{Value, json};

use crate::cli::view::{Asking, View};
use crate::cli::{hints, output};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::render::{category_title, event_title};
use crate::rights::{left_out, reads, reads_type};
use crate::wiring::OpenLedger;
use crate::world::World;

/// 種類ごとの件数 / how many there are of each kind
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger events count
  care-ledger events count --json")]
pub(crate) struct Count {}

pub(super) async fn run(
    _count: &Count,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Action::ReadEvents, options, world).await?;
    let counted = counted(&open).await;
    hints::partial(open.role, options.lang, world);
    open.close().await;
    for kind in counted? {
        if options.json {
            output::json_line(world, &as_json(&kind))?;
        } else {
            output::line(world, &in_a_line(&kind, options.lang))?;
        }
    }
    Ok(Exit::Done)
}

impl View for Count {
    const ACTION: Action = Action::ReadEvents;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let kinds = counted(asking.door.ledger()).await?;
        let kinds: Vec<Value> = kinds.iter().map(as_json).collect();
        Ok(json!({"kinds": kinds, "left_out": left_out(asking.door.ledger().role)}))
    }
}

async fn counted(open: &OpenLedger) -> Result<Vec<Kind>, Failure> {
    open.catch_up(&EventIndex, &mut |_, _| {}).await?;
    let kinds = kinds(&open.views).await;
    let mut kinds = kinds.map_err(|error| views_failure(&error))?;
    kinds.retain(|kind| {
        if kind.is_category {
            reads(open.role, Some(&kind.name))
        } else {
            reads_type(open.role, &kind.name)
        }
    });
    Ok(kinds)
}

fn as_json(kind: &Kind) -> Value {
    let by = if kind.is_category { "category" } else { "type" };
    json!({
        "by": by,
        "name": kind.name,
        "events": kind.events,
        "newest": kind.newest,
    })
}

fn in_a_line(kind: &Kind, lang: Lang) -> String {
    let (by, title) = if kind.is_category {
        let by = lang.pick("分類", "category");
        (by, category_title(&kind.name, lang))
    } else {
        let by = lang.pick("種類", "type");
        (by, event_title(&kind.name, lang))
    };
    let (name, events, newest) = (&kind.name, kind.events, kind.newest);
    let newest = lang
        .pick(
            &format!("最新の位置 {newest}"),
            &format!("newest at {newest}"),
        )
        .to_owned();
    format!("{events:>8}  {by}  {title}（{name}）  {newest}")
}
