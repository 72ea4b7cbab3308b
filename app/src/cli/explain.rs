//! `explain`: why this number, why it changed, and where an event counts.

use std::collections::BTreeMap;

use ledger_commands::authorise::{Action, Assignment, Subject, authorise};
use ledger_core::id::{EventId, Position};
use ledger_core::store::{EventStore, StoredEvent};
use ledger_core::time::Day;
use ledger_projections::figures;
use ledger_projections::indicators::{
    Amount, Change, Indicator, Line, Measure, Scope, Use, changed_of, find, indicators_of,
    rule_words,
};
use serde_json::{Value, json};

use super::changes::show as show_change;
use super::figures::rule;
use super::indicators::{as_json, in_a_line, lists, named};
use super::output;
use super::scope::{ScopeArgs, basis, position, title};
use super::sight::note;
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::{figures_failure, rejection_failure};
use crate::lang::Lang;
use crate::reading::AsAt;
use crate::reading::{Sight, facility_names, find_event};
use crate::render::{
    achievement, amount, breakdown, event_title, in_table_order, pace, said_by, standing, target,
};
use crate::rights::may_read;
use crate::wiring::OpenLedger;
use crate::world::World;

/// その数の根拠と、変わった理由 / why this number, and why it changed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger explain A-1 --fiscal-year 2021
  care-ledger explain A-1 --fiscal-year 2021 --since 5000     位置5000から変わった理由
  care-ledger explain consultations --fiscal-year 2021        実績（figures）の項目
  care-ledger explain persons --fiscal-year 2021 --since R4.3.31   その日に分かっていたことから変わった理由
  care-ledger explain 1234 --fiscal-year 2021                 位置1234の記録がどの指標に入るか")]
pub(crate) struct Args {
    /// 指標、実績の項目、または記録の位置かID / an indicator, a figure's key, or an event
    #[arg(value_name = "FIGURE|EVENT")]
    what: String,
    #[command(flatten)]
    scope: ScopeArgs,
    /// この位置または時点に分かっていたことから変わった理由 / why it changed since what was known then
    #[arg(long, value_name = "POSITION|TIME")]
    since: Option<AsAt>,
    /// この位置または時点までに記録されたこと（既定は最新） / what was recorded by then; the newest without it
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let open = OpenLedger::open_to(Args::ACTION, options, world).await?;
    let read = explain(args, &open, world.clock.today()).await;
    open.close().await;
    let read = read?;
    if options.json {
        output::json(world, &read.value())?;
        return Ok(Exit::Done);
    }
    let said = match &read {
        Explained::Number(number) => number.show(options.lang, world),
        Explained::Event(event) => event.show(options.lang, world),
    };
    said.map(|()| Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let read = explain(self, asking.door.ledger(), asking.today).await?;
        Ok(read.value())
    }
}

/// What was asked about, explained.
enum Explained {
    Number(Box<Number>),
    Event(Box<Event>),
}

impl Explained {
    fn value(&self) -> Value {
        match self {
            Self::Number(number) => number.value(),
            Self::Event(event) => event.value(),
        }
    }
}

async fn explain(args: &Args, open: &OpenLedger, today: Day) -> Result<Explained, Failure> {
    let what = args.what.trim();
    match named(what).or_else(|| figures::find(what)) {
        Some(indicator) => {
            let number = number(args, indicator, open, today).await?;
            Ok(Explained::Number(Box::new(number)))
        },
        None if what.parse::<u64>().is_ok() || what.parse::<EventId>().is_ok() => {
            let may = authorise(
                open.role,
                Action::ReadEvents,
                Subject::Ledger,
                Assignment::None,
            );
            may.map_err(|rejection| rejection_failure(&rejection))?;
            let event = event(args, open, today).await?;
            Ok(Explained::Event(Box::new(event)))
        },
        None => Err(unknown(what)),
    }
}

/// A number with what it counts, as far as it may be seen.
struct Number {
    scope: Scope,
    as_at: Position,
    indicator: &'static Indicator,
    measure: Measure,
    since: Option<Position>,
    change: Option<Change>,
    names: BTreeMap<String, String>,
    sight: Sight,
}

/// Why a number is what it is, and why it changed.
async fn number(
    args: &Args,
    indicator: &'static Indicator,
    open: &OpenLedger,
    today: Day,
) -> Result<Number, Failure> {
    let scope = figures::scope(indicator, args.scope.scope(today)?);
    let sight = Sight::of(open).await?;
    let basis = basis(open, args.as_at).await?;
    sight.may_look(args.scope.on(), args.as_at.map(|_| basis.as_at))?;
    let since = match args.since {
        Some(since) => Some(position(open, Some(since), basis.as_at, "--since").await?),
        None => None,
    };
    sight.may_look(None, since)?;
    let change = match since {
        Some(since) => {
            let log: (&dyn EventStore, _) = (open.store.as_ref(), &open.views);
            let window = (since, basis.as_at);
            let changes = changed_of([indicator], log, scope, window).await;
            changes.map_err(|error| figures_failure(&error))?.pop()
        },
        None => None,
    };
    let measure = basis.measure(indicator, scope);
    if sight.hides(indicator.id, &measure.value) {
        return Err(of_few(indicator.id));
    }
    let measure = sight.of_measure(&measure, scope, basis.as_at).into_owned();
    let change = change.filter(|change| !sight.hides(indicator.id, &change.before));
    let change = change.map(|change| sight.of_change(change));
    let names = facility_names(open, &measure, basis.as_at).await?;
    Ok(Number {
        scope,
        as_at: basis.as_at,
        indicator,
        measure,
        since,
        change,
        names,
        sight,
    })
}

/// That a figure tells of few persons, whom the committee is not told of.
fn of_few(id: &str) -> Failure {
    Failure::refused(
        "FEW_PERSONS",
        format!("{id} は1〜4の人または件についての数のため、運営委員会には示しません。"),
        format!("{id} tells of 1 to 4 persons or cases and is not shown to the committee"),
    )
    .on("ID")
}

impl Number {
    /// Whether it is a figure of the exports, rather than an indicator of the committee.
    fn is_figure(&self) -> bool {
        figures::find(self.indicator.id).is_some()
    }

    fn value(&self) -> Value {
        let measured = as_json(self.indicator, &self.measure, true);
        let (figure, indicator) = if self.is_figure() {
            let (rule, value) = (rule(self.indicator), figures::exported(&self.measure));
            let related = related(self.indicator.id);
            let figure =
                json!({"rule": rule, "value": value, "list": measured, "related": related});
            (figure, Value::Null)
        } else {
            (Value::Null, measured)
        };
        json!({
            "fiscal_year": self.scope.year,
            "on": self.scope.day,
            "as_at": self.as_at,
            "figure": figure,
            "indicator": indicator,
            "since": self.since,
            "change": self.change,
            "facilities": self.names,
        })
    }

    fn show(&self, lang: Lang, world: &mut World) -> Result<(), Failure> {
        let measure = &self.measure;
        output::line(world, &title(self.scope, self.as_at, lang))?;
        if self.is_figure() {
            show_figure(self.indicator, measure, lang, world)?;
            lists(&measure.counted, &measure.excluded, lang, world)?;
        } else {
            show(self.indicator, measure, &self.names, lang, world)?;
        }
        note(&self.sight, lang, world)?;
        match (self.since, &self.change) {
            (Some(_), Some(change)) => show_change(change, lang, world),
            (Some(_), None) => {
                output::line(world, lang.pick("変わっていません。", "It did not change."))
            },
            (None, _) => Ok(()),
        }
    }
}

/// The committee's indicator that is nearest to what a figure counts.
fn related(key: &str) -> Option<&'static str> {
    Some(match key {
        "consultations" | "consultations_anonymous" | "consultations_per_month" => "A-1",
        "consultation_persons" => "A-2",
        "consultations_outside_hours" => "E-5",
        "referrals_made" => "C-5",
        "referrals_declined" => "C-3",
        "referrals_completed" | "referrals_closed_with_feedback" => "C-1",
        "support_plan_persons_first_agreed" | "support_plan_revisions" => "A-3",
        "disaster_plans_new_persons" | "disaster_plans_verified_with_guardian_persons" => "A-6",
        "disaster_plans_current" => "D-2",
        "disaster_plans_overdue" => "D-3",
        "facility_visits"
        | "facility_visits_capped_at_4"
        | "facilities_visited"
        | "facilities_with_4_or_more" => "A-4",
        "advisors_active" => "A-5",
        "advisors_completed" => "F-4",
        "movable_persons" => "E-1",
        _ => return None,
    })
}

/// A counting rule with whether the ward's paper states it, and what it says.
fn rule_in_words(id: &str, lang: Lang) -> String {
    let Some(rule) = rule_words(id) else {
        return id.to_owned();
    };
    let said = said_by(rule.stated, lang);
    match lang {
        Lang::Ja => format!("{id}（{said}） {}", rule.ja),
        Lang::En => format!("{id} ({said}): {}", rule.en),
    }
}

fn show_figure(
    figure: &Indicator,
    measure: &Measure,
    lang: Lang,
    world: &mut World,
) -> Result<(), Failure> {
    let value = figures::exported(measure);
    output::line(world, &format!("  {}  {value}", figure.id))?;
    let words = lang.pick(figure.ja, figure.en);
    output::line(world, &format!("      {words}"))?;
    let label = lang.pick("数え方", "counting rule");
    let rule = rule_in_words(figure.rule, lang);
    output::line(world, &format!("      {label}: {rule}"))?;
    match related(figure.id).and_then(find) {
        Some(indicator) => {
            let label = lang.pick("関わる指標", "related indicator");
            let name = lang.pick(indicator.ja, indicator.en);
            output::line(world, &format!("      {label}: {} {name}", indicator.id))
        },
        None => Ok(()),
    }
}

fn show(
    indicator: &Indicator,
    measure: &Measure,
    names: &BTreeMap<String, String>,
    lang: Lang,
    world: &mut World,
) -> Result<(), Failure> {
    output::line(world, &in_a_line(indicator, measure, lang))?;
    let definition = lang.pick(indicator.definition_ja, indicator.definition_en);
    output::line(world, &format!("      {definition}"))?;
    let denominator = lang.pick(indicator.denominator_ja, indicator.denominator_en);
    if !denominator.is_empty() {
        let label = lang.pick("分母", "denominator");
        output::line(world, &format!("      {label}: {denominator}"))?;
    }
    let label = lang.pick("数え方", "counting rule");
    let rule = rule_in_words(&measure.rule, lang);
    output::line(world, &format!("      {label}: {rule}"))?;
    if let Some(reached) = &measure.achievement {
        output::line(world, &format!("      {}", pace(reached, lang)))?;
    }
    for line in in_table_order(&measure.lines) {
        let value = amount(&line.value, unit_of(line, indicator, measure), lang);
        let (row, planned) = (breakdown(&line.key, names, lang), planned(line, lang));
        let n = of_how_many(&line.value);
        output::line(world, &format!("      {row}  {value}{n}{planned}"))?;
    }
    lists(&measure.counted, &measure.excluded, lang, world)
}

/// Of how many a row's mean or median is.
fn of_how_many(value: &Amount) -> String {
    match value {
        Amount::Mean { n, .. } | Amount::Days { n, .. } => format!("  n={n}"),
        Amount::Count { .. }
        | Amount::Share { .. }
        | Amount::Yen { .. }
        | Amount::YenOf { .. }
        | Amount::YenEach { .. }
        | Amount::Change { .. }
        | Amount::PerFte { .. } => String::new(),
    }
}

/// What a row counts: a share's rows are shares of the same. Another row may count something else than
/// the indicator: persons beside a share.
const fn unit_of(line: &Line, indicator: &Indicator, measure: &Measure) -> &'static str {
    match (&line.value, &measure.value) {
        (Amount::Share { .. }, Amount::Share { .. }) => indicator.unit_ja,
        _ => "",
    }
}

/// A row's planned number, how far it is, and what the year ends with at this pace.
fn planned(line: &Line, lang: Lang) -> String {
    let Some(planned) = line.target else {
        return String::new();
    };
    let planned = target(planned, lang);
    let told = match lang {
        Lang::Ja => format!("  予定数 {planned}"),
        Lang::En => format!("  planned {planned}"),
    };
    let Some(reached) = &line.achievement else {
        return told;
    };
    let (far, pace) = (achievement(reached, lang), pace(reached, lang));
    format!("{told}  {far}  {pace}")
}

/// An event, and in which indicators it counts, or why it does not.
struct Event {
    scope: Scope,
    as_at: Position,
    found: StoredEvent,
    uses: Vec<Use>,
}

async fn event(args: &Args, open: &OpenLedger, today: Day) -> Result<Event, Failure> {
    let scope = args.scope.scope(today)?;
    let found = find_event(open.store.as_ref(), args.what.trim()).await?;
    may_read(open.role, &found.stream)?;
    let basis = basis(open, args.as_at).await?;
    Ok(Event {
        scope,
        as_at: basis.as_at,
        uses: indicators_of(found.id, &basis.facts(), scope, &basis.settings),
        found,
    })
}

impl Event {
    fn value(&self) -> Value {
        json!({
            "fiscal_year": self.scope.year,
            "on": self.scope.day,
            "as_at": self.as_at,
            "position": self.found.position,
            "event": self.found.id,
            "indicators": self.uses,
        })
    }

    fn show(&self, lang: Lang, world: &mut World) -> Result<(), Failure> {
        let found = &self.found;
        output::line(world, &title(self.scope, self.as_at, lang))?;
        let title = event_title(found.event_type.as_str(), lang);
        output::line(
            world,
            &format!("  #{}  {}  {title}", found.position, found.id),
        )?;
        if self.uses.is_empty() {
            let none = "  どの指標にも関わりません。";
            output::line(world, lang.pick(none, "  It bears on no indicator."))?;
        }
        for one in &self.uses {
            let name = find(one.indicator).map_or("", |known| lang.pick(known.ja, known.en));
            let how = standing(&one.standing, lang);
            output::line(world, &format!("  {:<4} {name}  {how}", one.indicator))?;
        }
        Ok(())
    }
}

fn unknown(what: &str) -> Failure {
    Failure::usage(
        "UNKNOWN_FIGURE",
        format!("{what} という指標・実績の項目・記録はありません。"),
        format!("{what} is no indicator, no figure and no event"),
    )
    .on("FIGURE|EVENT")
}
