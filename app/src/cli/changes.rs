//! `changes`: which figures changed between two positions, and by which events.

use ledger_commands::authorise::Action;
use ledger_core::id::Position;
use ledger_projections::facts::Facts;
use ledger_projections::figures;
use ledger_projections::indicators::{Basis, Change, ChangedPart, Scope, find};
use serde_json::{Value, json};

use super::output;
use super::scope::{ScopeArgs, position, title};
use super::sight::note;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::{AsAt, Sight, changes_since};
use crate::render::{amount, cause};
use crate::wiring::OpenLedger;
use crate::world::World;

/// 二つの時点の間に変わった指標とその理由 / which figures changed, and why
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger changes --from 5000 --fiscal-year 2021
  care-ledger changes --from 5000 --to 5200 --fiscal-year 2021 --json
  care-ledger changes --from R4.5.12 --fiscal-year 2021         その日に分かっていたことから")]
pub(crate) struct Args {
    /// この位置または時点までに記録されたことから / since what was recorded by then
    #[arg(long, value_name = "POSITION|TIME")]
    from: AsAt,
    /// この位置または時点までに記録されたことまで（既定は最新） / to what was recorded by then; the newest without it
    #[arg(long, visible_alias = "as-at", value_name = "POSITION|TIME")]
    to: Option<AsAt>,
    #[command(flatten)]
    scope: ScopeArgs,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let scope = args.scope.scope(world.clock.today())?;
    let open = OpenLedger::open_to(Args::ACTION, options, world).await?;
    let changed = changed(args, &open, scope).await;
    open.close().await;
    let changed = changed?;
    if options.json {
        output::json(world, &changed.as_json(scope))?;
        return Ok(Exit::Done);
    }
    let Changed {
        window: (from, to),
        changes,
        sight,
    } = changed;
    let title = title(scope, to, options.lang);
    output::line(
        world,
        options.lang.pick(
            &format!("{title} 位置{from}からの変更"),
            &format!("{title}, changed since position {from}"),
        ),
    )?;
    if changes.is_empty() {
        output::line(
            world,
            options
                .lang
                .pick("変わった指標はありません。", "Nothing changed."),
        )?;
    }
    for change in &changes {
        show(change, options.lang, world)?;
    }
    note(&sight, options.lang, world)?;
    Ok(Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let scope = self.scope.scope(asking.today)?;
        let changed = changed(self, asking.door.ledger(), scope).await?;
        Ok(changed.as_json(scope))
    }
}

/// What changed between two positions, as far as it may be seen.
struct Changed {
    window: (Position, Position),
    changes: Vec<Change>,
    sight: Sight,
}

impl Changed {
    fn as_json(&self, scope: Scope) -> Value {
        json!({
            "fiscal_year": scope.year,
            "on": scope.day,
            "from": self.window.0,
            "to": self.window.1,
            "changes": self.changes,
        })
    }
}

async fn changed(args: &Args, open: &OpenLedger, scope: Scope) -> Result<Changed, Failure> {
    let ends = ((args.from, "--from"), (args.to, "--to"));
    let (window, changes) = between(open, scope, ends.0, ends.1).await?;
    let sight = Sight::of(open).await?;
    sight.may_look(args.scope.on(), Some(window.0))?;
    sight.may_look(None, args.to.map(|_| window.1))?;
    let changes = changes.into_iter().map(|change| sight.of_change(change));
    let mut changes: Vec<Change> = changes.collect();
    // What is read of such a figure, and what it counts, is what it was.
    changes.retain(|change| change.part != ChangedPart::Breakdown);
    changes.retain(|change| {
        let values = [&change.before, &change.after];
        !values
            .iter()
            .any(|value| sight.hides(change.indicator, value))
    });
    Ok(Changed {
        window,
        changes,
        sight,
    })
}

/// The changes between two positions that the ledger has reached; without a second one, to its head.
async fn between(
    open: &OpenLedger,
    scope: Scope,
    from: (AsAt, &'static str),
    to: (Option<AsAt>, &'static str),
) -> Result<((Position, Position), Vec<Change>), Failure> {
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let end = position(open, to.0, head, to.1).await?;
    let from = position(open, Some(from.0), end, from.1).await?;
    let now = Basis::read(open.store.as_ref(), &open.facts, Some(end)).await;
    let now = now.map_err(|error| figures_failure(&error))?;
    let changes = changes_since(open, scope, (from, &now)).await?;
    Ok(((from, end), changes))
}

/// That the value is the same, and what changed all the same.
const fn only(part: ChangedPart, lang: Lang) -> &'static str {
    match part {
        ChangedPart::Value => "",
        ChangedPart::List => lang.pick(
            "（値は同じ。数えた記録だけが変わった）",
            " (the same value of other events)",
        ),
        ChangedPart::Breakdown => lang.pick(
            "（値は同じ。内訳だけが変わった）",
            " (the same value, another breakdown)",
        ),
    }
}

/// A figure before and after, with the events that changed it.
pub(super) fn show(change: &Change, lang: Lang, world: &mut World) -> Result<(), Failure> {
    let known = find(change.indicator).or_else(|| figures::find(change.indicator));
    let (name, unit) = known.map_or(("", ""), |indicator| {
        (lang.pick(indicator.ja, indicator.en), indicator.unit_ja)
    });
    let before = amount(&change.before, unit, lang);
    let after = amount(&change.after, unit, lang);
    output::line(
        world,
        &format!(
            "  {:<4} {name}  {before} → {after}{}",
            change.indicator,
            if change.part == ChangedPart::Value && before == after {
                lang.pick(
                    "（示す数は同じ。もとの件数・予定数・数え方のどれかだけが変わった）",
                    " (shown the same; only its basis, planned number or rule changed)",
                )
            } else {
                only(change.part, lang)
            }
        ),
    )?;
    for one in &change.causes {
        let kind = cause(one.kind, lang);
        output::line(
            world,
            &format!("        #{}  {}  {kind}", one.position, one.event),
        )?;
    }
    Ok(())
}
