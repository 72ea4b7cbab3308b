//! `audit`: audit engagements, all in lines, one as a card, or the events of its samples.

use ledger_commands::authorise::Action;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::time::Day;
use ledger_projections::audit::{EngagementCard, engagement_card};
use serde_json::{Value, json};

use super::cards::{Listed, all, answered, one_of, opened};
use super::door::{Door, Moment, MomentArgs};
use super::drawn::{Drawn, draw, show};
use super::output;
use super::view::{Asking, View, of_card};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render;
use crate::world::World;

/// 監査（範囲、標本、質問と回答、指摘と解消） / audits: scope, sample, questions, findings
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger audit
  care-ledger audit 1
  care-ledger audit 1 --draw                           抽出した記録を順に見る（個人に関する記述は出しません）
  care-ledger audit 1 --draw --open                    個人に関する記述も開く（開いたことが記録されます）
  care-ledger audit --as-of R4.12.31 --as-at 5000 --json

番号は、台帳に記録された順に付けたもので、変わりません。--draw は記録された種から標本を引き直し、
記録された標本と比べます。終了コード: 0 一致, 1 不一致")]
pub(crate) struct Args {
    /// 一覧の番号、またはIDかその先頭 / its number in the list, its id or the beginning of one
    #[arg(value_name = "NUMBER|ID")]
    which: Option<String>,
    /// 標本を引き直し、抽出した記録を見る / draw the sample again and look at its events
    #[arg(long, requires = "which")]
    draw: bool,
    /// 内容（--draw では抽出した記録の個人に関する記述も）を開く / open texts; with --draw those of the events, too
    #[arg(long, requires = "which")]
    open: bool,
    #[command(flatten)]
    moment: MomentArgs,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let may = (Args::ACTION, args.open);
    answered(may, options, world, async |door, world| {
        answer(args, door, options, world).await
    })
    .await
}

async fn answer(
    args: &Args,
    door: &Door,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let (moment, read) = read(args, door, world.clock.today()).await?;
    let value = options.json.then(|| read.value(args, moment));
    let (found, samples) = match read {
        Read::All(engaged) => {
            match value {
                Some(value) => output::json(world, &value)?,
                None => list(&engaged, moment, options, world)?,
            }
            return Ok(Exit::Done);
        },
        Read::One(found, samples) => (found, samples),
    };
    let same = samples.iter().flatten().all(Drawn::is_same);
    let exit = if same { Exit::Done } else { Exit::Failed };
    let said = if let Some(value) = value {
        output::json(world, &value)
    } else {
        let text = render::audit(
            Some(found.number),
            &found.card,
            door.is_open(),
            options.lang,
        );
        let said = output::line(world, text.trim_end());
        said.and_then(|()| output::amended(world, &found.history, moment.as_of, options.lang))
            .and_then(|()| show(samples.as_deref().unwrap_or_default(), options.lang, world))
    };
    output::decided(exit, said)
}

impl View for Args {
    const ACTION: Action = Action::ReadEvents;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (moment, read) = read(self, asking.door, asking.today).await?;
        Ok(read.value(self, moment))
    }
}

/// All audits, or the one that is named, with its samples where they were drawn again.
enum Read {
    All(Vec<Listed<EngagementCard>>),
    One(Box<Listed<EngagementCard>>, Option<Vec<Drawn>>),
}

impl Read {
    fn value(&self, args: &Args, moment: Moment) -> Value {
        match self {
            Self::All(engaged) => json!({
                "as_of": moment.as_of,
                "as_at": moment.as_at,
                "audits": engaged.iter().map(as_json).collect::<Vec<_>>(),
            }),
            Self::One(found, samples) => {
                let drawn = samples.as_ref();
                let drawn =
                    drawn.map(|samples| samples.iter().map(Drawn::as_json).collect::<Vec<_>>());
                json!({
                    "as_of": moment.as_of,
                    "as_at": moment.as_at,
                    "opened": args.open,
                    "number": found.number,
                    "audit": found.card,
                    "drawn": drawn,
                    "amended": render::amended_json(&found.history, moment.as_of),
                })
            },
        }
    }
}

async fn read(args: &Args, door: &Door, today: Day) -> Result<(Moment, Read), Failure> {
    let moment = door.moment(args.moment, today).await?;
    let fold = |history: &History| engagement_card(history, moment.as_of);
    let engaged = all(door, &["audit-"], moment.as_at, fold).await?;
    let Some(which) = &args.which else {
        return Ok((moment, Read::All(engaged)));
    };
    let names = |card: &EngagementCard| vec![card.engagement.to_string()];
    let found = one_of(engaged, (which, "audit"), names)?;
    let found = opened(door, found, moment, fold).await?;
    let samples = if args.draw {
        Some(draw(door, &found.card).await?)
    } else {
        None
    };
    Ok((moment, Read::One(Box::new(found), samples)))
}

fn list(
    engaged: &[Listed<EngagementCard>],
    moment: Moment,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let n = engaged.len();
    let (ja, en) = (format!("監査 {n}件"), format!("Audits: {n}"));
    output::line(world, &moment.title((&ja, &en), options.lang))?;
    for one in engaged {
        let line = render::audit_line(one.number, &one.card, options.lang);
        output::line(world, &line)?;
    }
    Ok(())
}

fn as_json(one: &Listed<EngagementCard>) -> Value {
    let card = &one.card;
    json!({
        "number": one.number,
        "engagement": card.engagement,
        "opened_on": card.opened_on,
        "from_position": card.from_position,
        "to_position": card.to_position,
        "closed": card.closed.is_some(),
        "open_questions": card.open_questions,
        "open_findings": card.open_findings,
    })
}
