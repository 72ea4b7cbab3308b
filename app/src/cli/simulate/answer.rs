//! What `simulate` answers: what was played, and what to look at next.

use std::path::Path;

use ledger_core::time::FiscalYear;
use serde_json::json;

use super::super::output;
use crate::config::GlobalOptions;
use crate::failure::Failure;
use crate::render::event_title;
use crate::simulate::{Counts, Options, Played, ledger_id};
use crate::world::World;

/// What stands in the summary: the services of the programme, and what follows from them.
const SHOWN: [(&str, &str); 8] = [
    ("ア", "consultation-recorded"),
    ("ア", "support-plan-drafted"),
    ("イ", "facility-support-given"),
    ("ウ", "trainee-enrolled"),
    ("エ", "disaster-plan-drafted"),
    ("エ", "disaster-plan-verified"),
    ("・", "referral-made"),
    ("・", "child-registered"),
];

/// The answer for machines.
pub(super) fn as_json(
    asked: &Options,
    options: &GlobalOptions,
    (played, counts): (&Played, &Counts),
) -> Result<serde_json::Value, Failure> {
    Ok(json!({
        "ledger": ledger_id(asked),
        "store": options.store_place()?.name(),
        "children": asked.children,
        "from": asked.from.format("%Y-%m").to_string(),
        "to": asked.to.format("%Y-%m").to_string(),
        "seed": asked.seed,
        "commands": played.commands,
        "position": played.head,
        "categories": counts.categories,
        "types": counts.types,
    }))
}

/// What was played.
pub(super) fn show(
    (asked, options): (&Options, &GlobalOptions),
    (played, counts): (&Played, &Counts),
    world: &mut World,
) -> Result<(), Failure> {
    let lang = options.lang;
    let place = options.store_place()?.name();
    let (from, to) = (asked.from.format("%Y-%m"), asked.to.format("%Y-%m"));
    let (children, seed) = (asked.children, asked.seed);
    let (commands, head) = (played.commands, played.head);
    let kinds = counts.types.len();
    output::line(
        world,
        lang.pick(
            &format!("見本の試行を作りました: {place}\n{from}〜{to}、{children}人、種 {seed}。コマンド{commands}件、記録{head}件（{kinds}種類）"),
            &format!("played a sample trial: {place}\n{from} to {to}, {children} persons, seed {seed}: {commands} commands, {head} events of {kinds} types"),
        ),
    )?;
    for (mark, name) in SHOWN {
        let count = counts.types.get(name).copied().unwrap_or(0);
        let title = event_title(name, lang);
        output::line(world, &format!("  {mark} {count:>7}  {title}"))?;
    }
    Ok(())
}

/// What to look at next.
pub(super) fn next(
    (asked, options): (&Options, &GlobalOptions),
    kek: &Path,
    world: &mut World,
) -> Result<(), Failure> {
    let lang = options.lang;
    let at = named(options, kek);
    let (first, last) = (FiscalYear::of(asked.from), FiscalYear::of(asked.to));
    output::line(
        world,
        lang.pick(
            "\n次に見るもの（登場する人と施設はすべて架空です）:",
            "\nWhat to look at next (all people and facilities are invented):",
        ),
    )?;
    for (command, ja, en) in [
        (
            format!("figures --fiscal-year {}", first.year()),
            "最初の年度の実績",
            "the first year's figures",
        ),
        (
            format!("indicators --fiscal-year {}", last.year()),
            "最後の年度の指標A〜J",
            "the last year's indicators",
        ),
        (
            format!("work-list --on {}", asked.to),
            "期限が近い・過ぎた業務",
            "what was due and overdue",
        ),
        (
            "timeline C001".to_owned(),
            "一人の経過（閲覧も記録されます）",
            "one person's timeline (looking is recorded, too)",
        ),
        (
            "verify".to_owned(),
            "改ざんがないことの確認",
            "proof that nothing was altered",
        ),
    ] {
        output::line(world, &format!("  care-ledger {command} {at}"))?;
        output::line(world, &format!("      {}", lang.pick(ja, en)))?;
    }
    Ok(())
}

/// The options that name the ledger again.
fn named(options: &GlobalOptions, kek: &Path) -> String {
    let mut named = Vec::new();
    let store = options
        .store
        .as_deref()
        .filter(|store| !store.contains('@'));
    named.extend(store.map(|store| format!("--store {store}")));
    let keys = options.keys.as_deref().filter(|keys| !keys.contains('@'));
    named.extend(keys.map(|keys| format!("--keys {keys}")));
    named.push(format!("--kek {}", kek.display()));
    named.join(" ")
}
