//! `requests`: opinions of the liaison council and requests of the ward, all in lines or one as a card.

use ledger_commands::authorise::Action;
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::time::Day;
use ledger_projections::request::{OpinionCard, RequestCard, opinion_card, request_card};
use serde_json::{Value, json};

use super::cards::{Listed, all, answered, one_of, opened};
use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::view::{Asking, View, of_card};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::render;
use crate::world::World;

/// 連絡協議会の意見と国・都への要望 / opinions received and requests made
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger requests
  care-ledger requests 3 --open                        内容も開く（開いたことが記録されます）
  care-ledger requests --as-of R5.3.31 --as-at 5000 --json

番号は、台帳に記録された順に付けたもので、変わりません。")]
pub(crate) struct Args {
    /// 一覧の番号、またはIDかその先頭 / its number in the list, its id or the beginning of one
    #[arg(value_name = "NUMBER|ID")]
    which: Option<String>,
    /// 内容も開く / open texts, too
    #[arg(long, requires = "which")]
    open: bool,
    #[command(flatten)]
    moment: MomentArgs,
}

/// What somebody asked.
enum Card {
    Opinion(OpinionCard),
    Request(RequestCard),
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let may = (Args::ACTION, args.open);
    let done = answered(may, options, world, async |door, world| {
        answer(args, door, options, world).await
    });
    done.await.map(|()| Exit::Done)
}

async fn answer(
    args: &Args,
    door: &Door,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let (moment, read) = read(args, door, world.clock.today()).await?;
    if options.json {
        return output::json(world, &read.value(args, moment));
    }
    let found = match read {
        Read::All(asked) => return list(&asked, moment, options, world),
        Read::One(found) => found,
    };
    let text = match &found.card {
        Card::Opinion(card) => render::opinion(Some(found.number), card, args.open, options.lang),
        Card::Request(card) => render::request(Some(found.number), card, args.open, options.lang),
    };
    output::line(world, text.trim_end())?;
    output::amended(world, &found.history, moment.as_of, options.lang)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (moment, read) = read(self, asking.door, asking.today).await?;
        Ok(read.value(self, moment))
    }
}

/// All of them, or the one that is named.
enum Read {
    All(Vec<Listed<Card>>),
    One(Box<Listed<Card>>),
}

impl Read {
    fn value(&self, args: &Args, moment: Moment) -> Value {
        match self {
            Self::All(asked) => {
                let items = asked.iter().map(|one| {
                    json!({"number": one.number, "kind": one.card.kind(), "card": one.card.as_json()})
                });
                json!({
                    "as_of": moment.as_of,
                    "as_at": moment.as_at,
                    "requests": items.collect::<Vec<_>>(),
                })
            },
            Self::One(found) => json!({
                "as_of": moment.as_of,
                "as_at": moment.as_at,
                "opened": args.open,
                "number": found.number,
                "kind": found.card.kind(),
                "card": found.card.as_json(),
                "amended": render::amended_json(&found.history, moment.as_of),
            }),
        }
    }
}

async fn read(args: &Args, door: &Door, today: Day) -> Result<(Moment, Read), Failure> {
    let moment = door.moment(args.moment, today).await?;
    let fold = |history: &History| card_of(history, moment.as_of);
    let asked = all(door, &["opinion-", "request-"], moment.as_at, fold).await?;
    let Some(which) = &args.which else {
        return Ok((moment, Read::All(asked)));
    };
    let names = |card: &Card| vec![card.id()];
    let found = one_of(asked, (which, "requests"), names)?;
    let found = opened(door, found, moment, fold).await?;
    Ok((moment, Read::One(Box::new(found))))
}

fn card_of(history: &History, on: Day) -> Option<Card> {
    let opinion = opinion_card(history, on).map(Card::Opinion);
    opinion.or_else(|| request_card(history, on).map(Card::Request))
}

impl Card {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Opinion(_) => "opinion",
            Self::Request(_) => "request",
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Opinion(card) => card.opinion.to_string(),
            Self::Request(card) => card.request.to_string(),
        }
    }

    fn as_json(&self) -> Value {
        let value = match self {
            Self::Opinion(card) => serde_json::to_value(card),
            Self::Request(card) => serde_json::to_value(card),
        };
        value.unwrap_or_default()
    }
}

fn list(
    asked: &[Listed<Card>],
    moment: Moment,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<(), Failure> {
    let n = asked.len();
    let title = (
        format!("意見と要望 {n}件"),
        format!("Opinions and requests: {n}"),
    );
    let title = moment.title((&title.0, &title.1), options.lang);
    output::line(world, &title)?;
    for one in asked {
        output::line(world, &in_a_line(one, options.lang))?;
    }
    Ok(())
}

fn in_a_line(one: &Listed<Card>, lang: Lang) -> String {
    match &one.card {
        Card::Opinion(card) => render::opinion_line(one.number, card, lang),
        Card::Request(card) => render::request_line(one.number, card, lang),
    }
}
