//! `status`: where the ledger is, how far it goes, and whether views and keys are in order.

use ledger_core::id::LedgerId;
use ledger_core::store::Head;
use ledger_projections::generation::{Generation, generations};
use serde_json::{Value, json};

use super::output;
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{read_failure, views_failure};
use crate::wiring::OpenLedger;
use crate::world::World;

/// 台帳の様子 / how the ledger is
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Example:
  care-ledger status")]
pub(super) struct Args {}

pub(super) async fn run(
    _args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open(options, world).await?;
    super::hints::elevated(&open, options.lang, world);
    let (place, ledger) = (open.place.name(), open.store.ledger_id());
    let looked = look(&open).await;
    let (head, views) = match looked {
        Ok(looked) => looked,
        Err(failure) => {
            open.close().await;
            return Err(failure);
        },
    };
    // Opening the keys closes the ledger when it fails.
    let keys = match open.with_keys(options, world).await {
        Ok(open) => {
            open.close().await;
            None
        },
        Err(failure) => Some(failure),
    };
    let looked = Looked {
        place,
        ledger,
        head,
        views,
        keys,
    };
    if options.json {
        output::json(world, &looked.json())?;
    } else {
        looked.show(options, world)?;
    }
    Ok(Exit::Done)
}

/// What was found.
struct Looked {
    place: String,
    ledger: LedgerId,
    head: Head,
    views: Vec<Generation>,
    keys: Option<Failure>,
}

impl Looked {
    fn json(&self) -> Value {
        let view = |one: &Generation| {
            json!({
                "name": one.name,
                "version": one.version,
                "position": one.position,
                "live": one.live,
                "fault": one.fault,
            })
        };
        let (position, root) = (self.head.position, self.head.frontier.root());
        json!({
            "store": self.place,
            "ledger": self.ledger,
            "position": position,
            "root": root,
            "head": format!("{position}:{root}"),
            "epoch": self.head.epoch,
            "recorded_at": self.head.recorded_at,
            "projections": self.views.iter().map(view).collect::<Vec<_>>(),
            "keys": self.keys.as_ref().map_or("ok", |failure| failure.code),
        })
    }

    fn show(&self, options: &GlobalOptions, world: &mut World) -> Result<(), Failure> {
        let lang = options.lang;
        let (place, ledger, head) = (&self.place, self.ledger, &self.head);
        let (position, root) = (head.position, head.frontier.root());
        let newest = head
            .recorded_at
            .map(|at| at.in_japan().format("%Y-%m-%d %H:%M:%S"));
        let newest = newest.map(|newest| newest.to_string()).unwrap_or_default();
        output::line(world, lang.pick(
            &format!("台帳: {place}\n台帳ID: {ledger}\n位置: {position}（最新 {newest}）\n根: {root}"),
            &format!("ledger: {place}\nid: {ledger}\nposition: {position} (newest {newest})\nroot: {root}"),
        ))?;
        for one in &self.views {
            output::line(world, &view_line(one, head, options))?;
        }
        let Some(failure) = &self.keys else {
            return output::line(world, lang.pick("鍵: 使えます", "keys: in order"));
        };
        output::line(world, lang.pick("鍵: 使えません", "keys: cannot be used"))?;
        // What is wrong with them is a note beside the answer.
        drop(failure.write(&mut world.err, lang, false));
        Ok(())
    }
}

async fn look(open: &OpenLedger) -> Result<(Head, Vec<Generation>), Failure> {
    let head = open
        .store
        .head()
        .await
        .map_err(|error| read_failure(&error))?;
    let views = generations(&open.views).await;
    Ok((head, views.map_err(|error| views_failure(&error))?))
}

fn view_line(one: &Generation, head: &Head, options: &GlobalOptions) -> String {
    let lag = head.position.get().saturating_sub(one.position.get());
    let name = &one.name;
    let state = match (&one.fault, one.live) {
        (Some(fault), _) => fault.clone(),
        (None, true) => options.lang.pick("使用中", "live").to_owned(),
        (None, false) => options.lang.pick("作成中", "being built").to_owned(),
    };
    let position = one.position;
    options
        .lang
        .pick(
            &format!("集計 {name}: 位置{position}（遅れ {lag}） {state}"),
            &format!("projection {name}: position {position} (lag {lag}) {state}"),
        )
        .to_owned()
}
