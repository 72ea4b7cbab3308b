//! `indicators`: the committee's indicators A–J, each with what it counts.

use ledger_commands::authorise::Action;
use ledger_core::id::Position;
use ledger_core::time::Day;
use ledger_projections::indicators::{
    Basis, Counted, Excluded, Given, INDICATORS, Indicator, Measure, Rules, Scope, find,
    measure_with, rule_words,
};
use serde_json::{Value, json};

use super::anonymous::listed;
use super::output;
use super::scope::{ScopeArgs, basis, title};
use super::sight::note;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::lang::Lang;
use crate::reading::AsAt;
use crate::reading::Sight;
use crate::render::{achievement, amount, day, group, reason, target};
use crate::wiring::OpenLedger;
use crate::world::World;

/// 運営委員会の指標A〜J / the indicators A–J
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger indicators --fiscal-year 2021
  care-ledger indicators A-1 D-2 --fiscal-year 2021 --list      数えた記録も示す
  care-ledger indicators A-1 --fiscal-year 2021 --rule CR-延べ-3  別の数え方で数える
  care-ledger indicators --fiscal-year 2021 --as-at 5000 --json        位置5000までに記録されたこと
  care-ledger indicators --fiscal-year 2021 --as-of R3.12.31 --as-at R4.1.31

記録は位置とIDで示します。対象者の番号やIDは出しません（--json の unit と subject は、その答えの中だけの通し番号です）。")]
pub(crate) struct Args {
    /// 指標（なければすべて） / which ones; all without one
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    scope: ScopeArgs,
    /// この位置または時点までに記録されたこと（既定は最新） / what was recorded by then; the newest without it
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
    /// この数え方で数える（いくつでも） / count by that rule
    #[arg(long = "rule", value_name = "CR-…")]
    rules: Vec<String>,
    /// 数えた記録と除いた記録も示す / the events that are counted, and those left out
    #[arg(long)]
    list: bool,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    args.are_known()?;
    let open = OpenLedger::open_to(Args::ACTION, options, world).await?;
    let read = read(args, &open, world.clock.today()).await;
    open.close().await;
    let read = read?;
    if options.json {
        output::json(world, &read.value(args.list))?;
        return Ok(Exit::Done);
    }
    output::line(world, &title(read.scope, read.as_at, options.lang))?;
    show(&read.measures, args.list, options.lang, world)?;
    note(&read.sight, options.lang, world)?;
    Ok(Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        self.are_known()?;
        let read = read(self, asking.door.ledger(), asking.today).await?;
        Ok(read.value(self.list))
    }
}

impl Args {
    /// Refuses indicators and rules that there are not.
    fn are_known(&self) -> Result<(), Failure> {
        wanted(&self.ids)?;
        match self.rules.iter().find(|rule| !Rules::knows(rule)) {
            None => Ok(()),
            Some(rule) => Err(Failure::usage(
                "UNKNOWN_RULE",
                format!("{rule} という数え方はありません。"),
                format!("there is no counting rule {rule}"),
            )
            .on("--rule")),
        }
    }
}

/// What was measured, as far as it may be seen.
struct Read {
    scope: Scope,
    as_at: Position,
    measures: Vec<(&'static Indicator, Measure)>,
    sight: Sight,
}

impl Read {
    fn value(&self, list: bool) -> Value {
        let measures = self.measures.iter();
        let indicators = measures.map(|(indicator, measure)| as_json(indicator, measure, list));
        json!({
            "fiscal_year": self.scope.year,
            "on": self.scope.day,
            "as_at": self.as_at,
            "indicators": indicators.collect::<Vec<_>>(),
        })
    }
}

async fn read(args: &Args, open: &OpenLedger, today: Day) -> Result<Read, Failure> {
    let basis = basis(open, args.as_at).await?;
    let sight = Sight::of(open).await?;
    sight.may_look(args.scope.on(), args.as_at.map(|_| basis.as_at))?;
    let scope = args.scope.scope(today)?;
    let mut measures = measured(&basis, scope, &wanted(&args.ids)?, &args.rules);
    for (_, measure) in &mut measures {
        *measure = sight.of_measure(measure, scope, basis.as_at).into_owned();
    }
    measures.retain(|(indicator, measure)| !sight.hides(indicator.id, &measure.value));
    Ok(Read {
        scope,
        as_at: basis.as_at,
        measures,
        sight,
    })
}

/// The indicator that an id names.
pub(super) fn named(id: &str) -> Option<&'static Indicator> {
    find(&id.trim().to_uppercase())
}

fn wanted(ids: &[String]) -> Result<Vec<&'static Indicator>, Failure> {
    if ids.is_empty() {
        return Ok(INDICATORS.iter().collect());
    }
    let found = ids.iter().map(|id| named(id).ok_or_else(|| unknown(id)));
    found.collect()
}

fn unknown(id: &str) -> Failure {
    Failure::usage(
        "UNKNOWN_INDICATOR",
        format!("{id} という指標はありません。"),
        format!("there is no indicator {id}"),
    )
    .on("ID")
    .hint(
        "`care-ledger indicators --fiscal-year 2021` で一覧が出ます。",
        "care-ledger indicators --fiscal-year 2021 lists them",
    )
}

fn measured(
    basis: &Basis,
    scope: Scope,
    wanted: &[&'static Indicator],
    rules: &[String],
) -> Vec<(&'static Indicator, Measure)> {
    let facts = basis.facts();
    let held = Rules::of(&basis.settings);
    let given = Given {
        facts: &facts,
        scope,
        settings: &basis.settings,
        rules: rules.iter().fold(held, |held, rule| held.adopting(rule)),
    };
    let wanted = wanted.iter();
    wanted
        .map(|indicator| (*indicator, measure_with(indicator, &given)))
        .collect()
}

/// A measured indicator; its lists only where they are wanted, and never whom they are about.
pub(super) fn as_json(indicator: &Indicator, measure: &Measure, list: bool) -> Value {
    let mut value = serde_json::to_value(measure).unwrap_or_default();
    let Some(object) = value.as_object_mut() else {
        return value;
    };
    let lists = list.then(|| listed(measure));
    for (name, place) in [("counted", 0), ("excluded", 1)] {
        let own = lists.as_ref().and_then(|lists| lists.get(place).cloned());
        match own {
            Some(own) => object.insert(name.to_owned(), own),
            None => object.remove(name),
        };
    }
    // The same events under several dimensions would give small cells away: a row is its value alone.
    let lines = object.get_mut("lines").and_then(Value::as_array_mut);
    for line in lines.into_iter().flatten() {
        if let Some(line) = line.as_object_mut() {
            line.remove("counted");
        }
    }
    object.insert("name_ja".to_owned(), indicator.ja.into());
    object.insert("name_en".to_owned(), indicator.en.into());
    object.insert("definition_ja".to_owned(), indicator.definition_ja.into());
    let rule = rule_words(&measure.rule);
    let stated = rule.is_some_and(|rule| rule.stated);
    object.insert("stated".to_owned(), stated.into());
    object.insert("rule_ja".to_owned(), rule.map(|rule| rule.ja).into());
    value
}

fn show(
    measures: &[(&'static Indicator, Measure)],
    list: bool,
    lang: Lang,
    world: &mut World,
) -> Result<(), Failure> {
    let mut heading = "";
    for (indicator, measure) in measures {
        let letter = indicator.id.get(..1).unwrap_or_default();
        if letter != heading {
            output::line(world, &format!("\n{letter} {}", group(letter, lang)))?;
            heading = letter;
        }
        output::line(world, &in_a_line(indicator, measure, lang))?;
        if list {
            lists(&measure.counted, &measure.excluded, lang, world)?;
        }
    }
    if measures.iter().any(|(_, one)| one.achievement.is_some()) {
        output::line(
            world,
            lang.pick(
                "\n達成率は予定数の下限に対するもので、小数点以下は切り捨て。達成（90％以上）・概ね達成（70〜89％）・未達（70％未満）の区分は当方の仮定です。",
                "\nPercent of the planned number's lower end, rounded down; reached (from 90 %), mostly reached (70 to 89 %) and not reached are an assumption.",
            ),
        )?;
    }
    Ok(())
}

/// A measured indicator in one line.
pub(super) fn in_a_line(indicator: &Indicator, measure: &Measure, lang: Lang) -> String {
    let mut parts = vec![
        format!(
            "  {:<4} {}",
            indicator.id,
            lang.pick(indicator.ja, indicator.en)
        ),
        amount(&measure.value, indicator.unit_ja, lang),
    ];
    if let Some(of) = measure.denominator {
        parts.push(format!("{} {of}", lang.pick("分母", "of")));
    }
    if let Some(planned) = measure.target {
        let label = lang.pick("予定数", "planned");
        parts.push(format!("{label} {}", target(planned, lang)));
    }
    if let Some(reached) = &measure.achievement {
        parts.push(achievement(reached, lang));
    }
    parts.push(format!("n={}", measure.n));
    parts.push(format!("[{}]", measure.rule));
    parts.join("  ")
}

/// The events that are counted, and those that are left out with the reason.
pub(super) fn lists(
    counted: &[Counted],
    excluded: &[Excluded],
    lang: Lang,
    world: &mut World,
) -> Result<(), Failure> {
    for one in counted {
        let on = one.day.map(|on| day(on, lang)).unwrap_or_default();
        let below = if one.hit {
            ""
        } else {
            lang.pick("  （分母のみ）", "  (below the line)")
        };
        output::line(
            world,
            &format!("        #{}  {}  {on}{below}", one.position, one.event),
        )?;
    }
    for one in excluded {
        let why = reason(one.reason, lang);
        let label = lang.pick("除外", "left out");
        output::line(
            world,
            &format!("        #{}  {}  {label}: {why}", one.position, one.event),
        )?;
    }
    Ok(())
}
