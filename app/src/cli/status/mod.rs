//! `status`: where the ledger is, how far it goes, and whether views and keys are in order.

mod backups;
mod consumers;

use ledger_core::id::LedgerId;
use ledger_core::store::{Head, HeldLease};
use ledger_projections::consumer;
use ledger_projections::generation::Generation;
use serde_json::{Value, json};

use crate::cli::{hints, output};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::stopped_hint;
use crate::keeper::WRITER_LEASE;
use crate::lang::Lang;
use crate::reading::{Status, status};
use crate::wiring::OpenLedger;
use crate::world::World;

/// 台帳の様子 / how the ledger is
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Example:
  care-ledger status")]
pub(in crate::cli) struct Args {}

pub(in crate::cli) async fn run(
    _args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open(options, world).await?;
    hints::elevated(&open, options.lang, world);
    let (place, ledger) = (open.place.name(), open.store.ledger_id());
    let looked = status(&open, world.clock.today()).await;
    let found = match looked {
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
        found,
        keys,
    };
    if options.json {
        output::json(world, &looked.json(options.lang))?;
    } else {
        looked.show(options, world)?;
    }
    Ok(Exit::Done)
}

/// What was found.
struct Looked {
    place: String,
    ledger: LedgerId,
    found: Status,
    keys: Option<Failure>,
}

impl Looked {
    fn json(&self, lang: Lang) -> Value {
        let Status {
            head,
            views,
            consumers,
            leases,
            backups,
        } = &self.found;
        let view = |one: &Generation| {
            let stopped = one.fault.as_ref().map(|_| stopped_hint());
            json!({
                "name": one.name,
                "version": one.version,
                "position": one.position,
                "lag": lag(one, head),
                "live": one.live,
                "fault": one.fault,
                "hint": stopped.as_ref().map(|hint| hint.lang(lang)),
            })
        };
        let (position, root) = (head.position, head.frontier.root());
        let consumer = |one| consumers::value(one, position, leases);
        json!({
            "store": self.place,
            "ledger": self.ledger,
            "position": position,
            "root": root,
            "head": format!("{position}:{root}"),
            "epoch": head.epoch,
            "recorded_at": head.recorded_at,
            "leases": leases.iter().map(lease).collect::<Vec<_>>(),
            "projections": views.iter().map(view).collect::<Vec<_>>(),
            "consumers": consumers.iter().map(consumer).collect::<Vec<_>>(),
            "backups": backups::value(backups, position),
            "keys": self.keys.as_ref().map_or("ok", |failure| failure.code),
        })
    }

    fn show(&self, options: &GlobalOptions, world: &mut World) -> Result<(), Failure> {
        let lang = options.lang;
        let (place, ledger, found) = (&self.place, self.ledger, &self.found);
        let (head, leases) = (&found.head, found.leases.as_slice());
        let (position, root) = (head.position, head.frontier.root());
        let newest = head
            .recorded_at
            .map(|at| at.in_japan().format("%Y-%m-%d %H:%M:%S"));
        let newest = newest.map(|newest| newest.to_string()).unwrap_or_default();
        output::line(world, lang.pick(
            &format!("台帳: {place}\n台帳ID: {ledger}\n位置: {position}（最新 {newest}）\n根: {root}"),
            &format!("ledger: {place}\nid: {ledger}\nposition: {position} (newest {newest})\nroot: {root}"),
        ))?;
        for one in &found.views {
            output::line(world, &view_line(one, head, options))?;
            if one.fault.is_some() {
                output::line(world, &format!("  {}", stopped_hint().lang(lang)))?;
            }
        }
        let consumers = consumers::lines(&found.consumers, position, leases, lang);
        for line in consumers
            .iter()
            .chain(&lease_lines(leases, lang))
            .chain(&backups::lines(&found.backups, position, lang))
        {
            output::line(world, line)?;
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

fn lease(one: &HeldLease) -> Value {
    json!({
        "name": one.name,
        "holder": one.holder,
        "epoch": one.epoch,
        "until": one.until,
    })
}

/// Who holds which lease until when, but for consumers, which say it themselves; the writer's is told also
/// when nobody has it.
fn lease_lines(leases: &[HeldLease], lang: Lang) -> Vec<String> {
    let line = |one: &HeldLease| {
        let (name, holder) = (&one.name, one.holder);
        let until = one.until.in_japan().format("%Y-%m-%d %H:%M:%S");
        let ja = format!("使用権 {name}: {holder}（{until}まで）");
        let en = format!("lease {name}: held by {holder} until {until}");
        lang.pick(&ja, &en).to_owned()
    };
    let own = leases
        .iter()
        .filter(|one| !one.name.starts_with(consumer::LEASES));
    let mut lines: Vec<String> = own.map(line).collect();
    if leases.iter().all(|one| one.name != WRITER_LEASE) {
        let free = lang.pick(
            "使用権 writer: なし（serve は動いていません）",
            "lease writer: free (no serve is running)",
        );
        lines.push(free.to_owned());
    }
    lines
}

/// Events that a generation lacks.
const fn lag(one: &Generation, head: &Head) -> u64 {
    head.position.get().saturating_sub(one.position.get())
}

fn view_line(one: &Generation, head: &Head, options: &GlobalOptions) -> String {
    let lag = lag(one, head);
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
