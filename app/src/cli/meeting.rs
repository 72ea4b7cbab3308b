//! `meeting`: one meeting of the steering committee, and whether its frozen figures are still what the log says.

use ledger_commands::authorise::Action;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::time::Day;
use ledger_projections::committee::{MeetingCard, meeting_card};
use ledger_projections::indicators::Pack;
use serde_json::{Value, json};

use super::door::{Door, Moment, MomentArgs};
use super::meetings::{Met, all};
use super::output;
use super::pack;
use super::recomputed::{Recomputed, recompute, show};
use super::view::{Asking, View, of_card};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::reading::Sight;
use crate::render;
use crate::world::World;

/// 運営委員会1回の記録と、確定した資料の再計算 / one meeting; its frozen figures recomputed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger meeting 2
  care-ledger meeting 2 --now                          確定した資料を記録から計算し直す
  care-ledger meeting 2 --figures                      確定した資料の数を、確定したとおりに示す
  care-ledger meeting 2 --open                         内容も開く（開いたことが記録されます）
  care-ledger meeting 2 --as-at R4.5.31 --json         その日に分かっていたこと

--now は、確定した位置までの記録をはじめから畳み直して要約値を計算し、確定時の要約値と、いまの集計表による値とを
比べます。終了コード: 0 一致, 1 不一致（異なる指標を示します）")]
pub(crate) struct Args {
    /// 回数、またはIDかその先頭 / its number, its id or the beginning of one
    #[arg(value_name = "NUMBER|ID")]
    which: String,
    /// 確定した資料を記録から計算し直し、一致するか確かめる / recompute its frozen figures from the log
    #[arg(long)]
    now: bool,
    /// 確定した資料の数も示す / show the figures as they were frozen, too
    #[arg(long)]
    figures: bool,
    /// 内容・氏名も開く / open texts and names, too
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    moment: MomentArgs,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let door = Door::new(Args::ACTION, args.open, options, world).await?;
    let read = read(args, &door, world.clock.today()).await;
    door.close().await;
    let read = read?;
    let Read {
        moment,
        history,
        card,
        now,
        sight,
    } = &read;
    let exit = match now {
        Some(now) if !now.agrees() => Exit::Failed,
        Some(_) | None => Exit::Done,
    };
    let said = if options.json {
        output::json(world, &read.value(args))
    } else {
        let text = render::meeting(card, args.open, options.lang);
        let said = output::line(world, text.trim_end());
        said.and_then(|()| output::amended(world, history, moment.as_of, options.lang))
            .and_then(|()| show_figures(figures(args, card, sight), options.lang, world))
            .and_then(|()| match now {
                Some(now) => show(now, sight, options.lang, world),
                None => Ok(()),
            })
    };
    output::decided(exit, said)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let read = read(self, asking.door, asking.today).await?;
        Ok(read.value(self))
    }
}

/// A meeting as it is looked at.
struct Read {
    moment: Moment,
    history: History,
    card: MeetingCard,
    now: Option<Recomputed>,
    sight: Sight,
}

impl Read {
    fn value(&self, args: &Args) -> Value {
        let (moment, card) = (self.moment, &self.card);
        json!({
            "as_of": moment.as_of,
            "as_at": moment.as_at,
            "opened": args.open,
            "state": card.state(),
            "meeting": card,
            "figures": figures(args, card, &self.sight),
            "now": self.now.as_ref().map(|now| now.as_json(&self.sight)),
            "amended": render::amended_json(&self.history, moment.as_of),
        })
    }
}

/// The figures as they were frozen, where they are asked for, as far as they may be seen; those of
/// another shape, which nothing can be left out of, only by who sees all.
fn figures(args: &Args, card: &MeetingCard, sight: &Sight) -> Option<Value> {
    let materials = card.materials.as_ref().filter(|_| args.figures)?;
    let figures = materials.figures.as_deref()?;
    match Pack::read(figures) {
        Ok(pack) => serde_json::to_value(sight.of_pack(pack)).ok(),
        Err(_) if sight.is_whole() => serde_json::from_str(figures).ok(),
        Err(_) => None,
    }
}

/// Each frozen figure in a line; those of another shape as they stand.
fn show_figures(figures: Option<Value>, lang: Lang, world: &mut World) -> Result<(), Failure> {
    let Some(figures) = figures else {
        return Ok(());
    };
    match serde_json::from_value::<Pack>(figures.clone()) {
        Ok(pack) => pack::show(&pack, lang, world),
        Err(_) => output::line(world, &figures.to_string()),
    }
}

async fn read(args: &Args, door: &Door, today: Day) -> Result<Read, Failure> {
    let moment = door.moment(args.moment, today).await?;
    let (stream, history, card) = one_of(all(door, moment).await?, &args.which)?;
    asked_for_are_there(args, &card)?;
    let now = match &card.materials {
        Some(materials) if args.now => Some(recompute(door.ledger(), materials).await?),
        Some(_) | None => None,
    };
    let history = door.reopened(&stream, history, moment.as_at).await?;
    let card = meeting_card(&history, moment.as_of).unwrap_or(card);
    Ok(Read {
        moment,
        history,
        card,
        now,
        sight: Sight::of(door.ledger()).await?,
    })
}

/// Refuses what the options ask of figures that are not frozen.
fn asked_for_are_there(args: &Args, card: &MeetingCard) -> Result<(), Failure> {
    match &card.materials {
        None if args.now || args.figures => Err(Failure::refused(
            "NOT_FROZEN",
            "この回の資料はまだ確定していません。",
            "the figures of this meeting are not frozen yet",
        )
        .on(if args.now { "--now" } else { "--figures" })),
        Some(frozen) if args.figures && frozen.figures.is_none() => Err(Failure::refused(
            "DIGEST_ALONE",
            "この回は要約値だけが確定されており、数は残っていません。",
            "only the digest of this meeting's figures was frozen",
        )
        .on("--figures")
        .hint(
            format!(
                "`care-ledger pack --as-at {}` が、その位置の数を計算します。",
                frozen.as_at
            ),
            format!(
                "care-ledger pack --as-at {} counts the figures of that position",
                frozen.as_at
            ),
        )),
        Some(_) | None => Ok(()),
    }
}

/// The meeting that a number, an id or the beginning of one names.
fn one_of(met: Vec<Met>, which: &str) -> Result<Met, Failure> {
    let given = which.trim().to_lowercase();
    let nth = given.parse::<u32>().ok();
    let is_numbered = |card: &MeetingCard| nth.is_some() && card.nth == nth;
    let is_any_numbered = met.iter().any(|(_, _, card)| is_numbered(card));
    let fits = |card: &MeetingCard| {
        if is_any_numbered {
            is_numbered(card)
        } else {
            !given.is_empty() && card.meeting.to_string().starts_with(&given)
        }
    };
    let mut found: Vec<Met> = met.into_iter().filter(|(_, _, card)| fits(card)).collect();
    match (found.pop(), found.first()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Failure::refused(
            "UNKNOWN_MEETING",
            "その回の運営委員会は、その時点の台帳にありません。",
            "the ledger does not hold this meeting at that point",
        )
        .on("NUMBER|ID")
        .hint(
            "`care-ledger meetings` で一覧が出ます。",
            "care-ledger meetings lists them",
        )),
        (Some(_), Some(_)) => Err(Failure::refused(
            "AMBIGUOUS",
            "複数の運営委員会に当てはまります。IDで指定してください。",
            "it fits several meetings; give the id",
        )
        .on("NUMBER|ID")
        .hint(
            "`care-ledger meetings --json` にIDがあります。",
            "care-ledger meetings --json shows the ids",
        )),
    }
}
