//! `work-list`: what is due and overdue for whom; it holds no personal text unless birthdays are opened.

use std::collections::BTreeMap;

use ledger_commands::authorise::Action;
use ledger_core::actor::Actor;
use ledger_core::event::AccessPurpose;
use ledger_core::id::{ChildId, Position, StreamName};
use ledger_core::time::Day;
use ledger_projections::facts::Facts;
use ledger_projections::work_list::{
    Birthdays, TermInForce, WorkBasis, WorkItem, WorkKind, birth_date, terms_in_force,
};
use serde_json::{Value, json};

use super::door::Door;
use super::output;
use super::scope::position;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::AsAt;
use crate::reading::history;
use crate::render;
use crate::world::World;

/// 今日の業務（期限が近い・過ぎたもの） / what is due and overdue
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger work-list
  care-ledger work-list --for C001 --on R5.4.1
  care-ledger work-list --kind disaster-plan --kind disaster-recheck --json
  care-ledger work-list --kind reconsent --open             18歳の誕生日を日で示す（開いたことが記録されます）
  care-ledger work-list --on 2023-04-01 --as-at R5.3.31     その日に分かっていたことで見る")]
pub(crate) struct Args {
    /// 対象者番号、ID、またはその先頭 / register number, id, or the beginning of one
    #[arg(long = "for", value_name = "CHILD")]
    child: Option<String>,
    /// 担当者 / the account in charge
    #[arg(long, value_name = "ACTOR", value_parser = actor)]
    owner: Option<Actor>,
    /// 種類（いくつでも） / kinds
    #[arg(long = "kind", value_name = "KIND", value_parser = kind)]
    kinds: Vec<WorkKind>,
    /// この日の業務（指定がなければ今日） / the day; today where none is given
    #[arg(long, value_name = "DATE", value_parser = super::figures::day)]
    on: Option<Day>,
    /// この日までにあったこと / what had occurred by then
    #[arg(long, value_name = "DATE", value_parser = super::figures::day)]
    as_of: Option<Day>,
    /// この位置または時点までに記録されたこと / what was recorded by then
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
    /// 18歳になる誕生日を開き、月ではなく日で示す / open birthdays, and tell the day rather than the month
    #[arg(long)]
    open: bool,
}

fn actor(text: &str) -> Result<Actor, String> {
    Actor::new(text).map_err(|error| error.to_string())
}

fn kind(text: &str) -> Result<WorkKind, String> {
    let known = WorkKind::ALL.iter().find(|kind| kind.code() == text);
    known.copied().ok_or_else(|| {
        let codes: Vec<&str> = WorkKind::ALL.iter().map(|kind| kind.code()).collect();
        format!("one of {}", codes.join(", "))
    })
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let today = world.clock.today();
    let door = Door::new(Args::ACTION, args.open, options, world).await?;
    let door = door.opening_for(AccessPurpose::WorkList);
    let codec = if door.is_open() {
        None
    } else {
        door.ledger().codec_if_any(options, world).await
    };
    let asking = Asking {
        by_part: true,
        codec,
        door: &door,
        today,
    };
    let read = read(args, &asking).await;
    door.close().await;
    let Read { on, items, terms } = read?;
    if options.json {
        output::json(world, &as_json(on, &items, &terms))?;
    } else {
        show(&items, on, options.lang, world)?;
        for line in render::terms(&shown(&items, terms), options.lang) {
            output::line(world, &line)?;
        }
    }
    Ok(Exit::Done)
}

/// The terms of the kinds that are shown; every one where nothing is.
fn shown(items: &[WorkItem], mut terms: Vec<TermInForce>) -> Vec<TermInForce> {
    let is_shown = |term: &TermInForce| items.iter().any(|item| item.kind == term.kind);
    terms.retain(|term| items.is_empty() || is_shown(term));
    terms
}

impl View for Args {
    const ACTION: Action = Action::ReadEvents;

    fn opens(&self) -> Option<AccessPurpose> {
        self.open.then_some(AccessPurpose::WorkList)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let Read { on, items, terms } = read(self, asking).await?;
        Ok(as_json(on, &items, &terms))
    }
}

/// What is due, and the terms by which it is.
struct Read {
    on: Day,
    items: Vec<WorkItem>,
    terms: Vec<TermInForce>,
}

fn as_json(on: Day, items: &[WorkItem], terms: &[TermInForce]) -> Value {
    json!({"on": on, "items": items, "terms": terms})
}

async fn read(args: &Args, asking: &Asking<'_>) -> Result<Read, Failure> {
    let on = args.on.unwrap_or(asking.today);
    let door = asking.door;
    let open = door.ledger();
    let store = open.store.as_ref();
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let as_at = position(open, args.as_at, head, "--as-at").await?;
    let child = match &args.child {
        Some(child) => Some(asking.child(child).await?),
        None => None,
    };
    let days = (on, args.as_of.unwrap_or(on));
    let basis = WorkBasis::read(store, &open.facts, days, Some(as_at)).await;
    let basis = basis.map_err(|error| figures_failure(&error))?;
    let wanted = |born: &Birthdays| {
        let mut items = basis.items(born);
        items.retain(|item| args.wants(item, child));
        items
    };
    let hang = basis.birthdays_wanted(&wanted(&Birthdays::default()));
    let birthdays = Birthdays {
        days: days_of_birth(asking, hang, as_at).await?,
        told: door.is_open(),
    };
    Ok(Read {
        on,
        items: wanted(&birthdays),
        terms: terms_in_force(basis.settings()),
    })
}

/// The dates of birth of persons. Through an open door each is opened, and so recorded as opened;
/// otherwise, where keys are at hand, they are only compared, and nobody reads them.
async fn days_of_birth(
    asking: &Asking<'_>,
    persons: Vec<(String, ChildId)>,
    as_at: Position,
) -> Result<BTreeMap<String, Day>, Failure> {
    let (door, open) = (asking.door, asking.door.ledger());
    let compares = asking.codec.as_ref().filter(|_| !door.is_open());
    let mut days = BTreeMap::new();
    for (person, case) in persons {
        let stream = StreamName::child(case);
        let history = match compares {
            Some(codec) => history(open.store.as_ref(), codec, &stream, Some(as_at)).await?,
            None => door.history(&stream, as_at).await?,
        };
        days.extend(birth_date(&history).map(|day| (person, day)));
    }
    Ok(days)
}

impl Args {
    /// Whether the options ask for an item.
    fn wants(&self, item: &WorkItem, child: Option<ChildId>) -> bool {
        let owner = self.owner.as_ref().map(Actor::to_string);
        (self.kinds.is_empty() || self.kinds.contains(&item.kind))
            && (child.is_none() || item.child == child.map(|child| child.to_string()))
            && (owner.is_none() || item.owner == owner)
    }
}

fn show(items: &[WorkItem], on: Day, lang: Lang, world: &mut World) -> Result<(), Failure> {
    let (day, n) = (render::day(on, lang), items.len());
    output::line(
        world,
        lang.pick(
            &format!("今日の業務（{day}） {n}件"),
            &format!("Work on {day}: {n}"),
        ),
    )?;
    for kind in WorkKind::ALL {
        let own: Vec<&WorkItem> = items.iter().filter(|item| item.kind == *kind).collect();
        if own.is_empty() {
            continue;
        }
        let (title, n) = (render::work_title(*kind, lang), own.len());
        let heading = lang
            .pick(&format!("\n{title} {n}件"), &format!("\n{title}: {n}"))
            .to_owned();
        output::line(world, &heading)?;
        for item in own {
            output::line(world, &in_a_line(item, lang))?;
        }
    }
    Ok(())
}

fn in_a_line(item: &WorkItem, lang: Lang) -> String {
    let who = item.number.as_deref().or(item.child.as_deref());
    let (who, when) = (who.unwrap_or("―"), render::work_when(item, lang));
    let owner = item.owner.as_deref().map(|owner| match lang {
        Lang::Ja => format!("　担当 {owner}"),
        Lang::En => format!(", owner {owner}"),
    });
    let (owner, thing) = (owner.unwrap_or_default(), named(item));
    let because: Vec<&str> = item
        .because
        .iter()
        .map(|why| render::work_reason(*why, lang))
        .collect();
    let because = match (because.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Ja) => format!("  {}", because.join("、")),
        (false, Lang::En) => format!("  {}", because.join("; ")),
    };
    format!("  {who}  {when}{owner}{thing}{because}")
}

/// The beginning of the id of a person's plan, referral and the like, by which commands name it.
fn named(item: &WorkItem) -> String {
    let own = Some(item.thing.as_str()) != item.child.as_deref() && item.child.is_some();
    let id = own.then(|| render::short(&item.thing));
    id.map(|id| format!("  {id}")).unwrap_or_default()
}
