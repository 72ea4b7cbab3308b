//! `pack`: every indicator's figures, frozen at a position, with their digest.

use ledger_commands::authorise::Action;
use ledger_core::time::Day;
use ledger_projections::facts::Facts;
use ledger_projections::indicators::{Pack, Scope, find};
use serde_json::{Value, json};

use super::output;
use super::scope::{ScopeArgs, position, title};
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::reading::AsAt;
use crate::reading::{Sight, frozen_at};
use crate::render::amount;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 運営委員会の資料（確定した数と要約値） / a meeting's figures with their digest
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger pack --fiscal-year 2021
  care-ledger pack --fiscal-year 2021 --on 2022-03-31 --as-at 5000 --json

要約値は、資料を RFC 8785 の JSON にした SHA-256 です。record freeze-materials が同じ数を確定します。")]
pub(crate) struct Args {
    #[command(flatten)]
    scope: ScopeArgs,
    /// この位置または時点までに記録されたこと（既定は最新） / what was recorded by then; the newest without it
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let scope = args.scope.scope(world.clock.today())?;
    let open = OpenLedger::open_to(Args::ACTION, options, world).await?;
    let frozen = freeze(&open, (scope, args.scope.on()), args.as_at).await;
    open.close().await;
    let (frozen, digest) = frozen?;
    if options.json {
        output::json(world, &as_json(&frozen, &digest))?;
        return Ok(Exit::Done);
    }
    output::line(world, &title(scope, frozen.as_at, options.lang))?;
    show(&frozen, options.lang, world)?;
    let label = options.lang.pick("要約値（SHA-256）", "digest (SHA-256)");
    output::line(world, &format!("{label}: {digest}"))?;
    Ok(Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let scope = self.scope.scope(asking.today)?;
        let on = self.scope.on();
        let (frozen, digest) = freeze(asking.door.ledger(), (scope, on), self.as_at).await?;
        Ok(as_json(&frozen, &digest))
    }
}

fn as_json(frozen: &Pack, digest: &str) -> Value {
    json!({ "digest": digest, "pack": frozen })
}

/// The figures as far as they may be seen, and the digest of all of them.
async fn freeze(
    open: &OpenLedger,
    (scope, on): (Scope, Option<Day>),
    as_at: Option<AsAt>,
) -> Result<(Pack, String), Failure> {
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let at = position(open, as_at, head, "--as-at").await?;
    let sight = Sight::of(open).await?;
    sight.may_look(on, as_at.map(|_| at))?;
    let (frozen, digest) = frozen_at(open, scope, at).await?;
    Ok((sight.of_pack(frozen), digest))
}

/// Each figure of a pack in a line.
pub(super) fn show(pack: &Pack, lang: Lang, world: &mut World) -> Result<(), Failure> {
    for entry in &pack.figures {
        let Some(indicator) = find(&entry.indicator) else {
            continue;
        };
        let name = lang.pick(indicator.ja, indicator.en);
        let value = amount(&entry.value, indicator.unit_ja, lang);
        let (id, n, rule) = (&entry.indicator, entry.n, &entry.rule);
        output::line(
            world,
            &format!("  {id:<4} {name}  {value}  n={n}  [{rule}]"),
        )?;
    }
    Ok(())
}
