//! `figures`: the committee's figures, each with its counting rule.

use ledger_commands::authorise::Action;
use ledger_core::id::Position;
use ledger_core::time::{Day, FiscalYear, parse_day, wareki, wareki_fiscal_year};
use ledger_projections::facts::Facts;
use ledger_projections::figures::{self, figures_of_year, figures_on};
use ledger_projections::indicators::{Indicator, Scope};
use ledger_projections::small_cells::SHOWN_MIN;
use serde_json::{Map, Value, json};

use super::output;
use super::scope::{fiscal_year, position};
use super::view::{Asking, View};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::{AsAt, Sight};
use crate::render::said_by;
use crate::wiring::OpenLedger;
use crate::world::World;

/// 年度またはある日の実績 / the figures of a fiscal year or a day
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger figures --fiscal-year 2023
  care-ledger figures --on 2024-03-31 --explain
  care-ledger figures --fiscal-year 2021 --as-at 5000 --json   位置5000の時点の台帳で数える")]
pub(crate) struct Args {
    /// 年度（2023、R5、令和5年度） / the fiscal year
    #[arg(
        long,
        value_name = "YEAR",
        value_parser = super::scope::year,
        required_unless_present = "on",
        conflicts_with = "on"
    )]
    fiscal_year: Option<i32>,
    /// 日 / the day
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,
    /// この位置または時点までに記録されたものだけで数える / the ledger as it stood then
    #[arg(long, value_name = "POSITION|TIME")]
    as_at: Option<AsAt>,
    /// 数え方も示す / the counting rule behind each figure
    #[arg(long)]
    explain: bool,
}

/// Reads a day in any of the registers' notations.
pub(super) fn day(text: &str) -> Result<Day, String> {
    parse_day(text)
        .map(|parsed| parsed.day)
        .map_err(|error| error.to_string())
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    if let Some(year) = args.fiscal_year {
        fiscal_year(year)?;
    }
    let open = OpenLedger::open_to(Action::ReadFigures, options, world).await?;
    let counted = count(args, &open).await;
    open.close().await;
    let (figures, head) = counted?;
    if options.json {
        output::json(world, &as_json(figures, head, args.explain))?;
    } else {
        show(args, &figures, head, options.lang, world)?;
    }
    Ok(Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadFigures;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        if let Some(year) = self.fiscal_year {
            fiscal_year(year)?;
        }
        let (figures, head) = count(self, asking.door.ledger()).await?;
        Ok(as_json(figures, head, self.explain))
    }
}

fn as_json(mut object: Map<String, Value>, head: Position, explain: bool) -> Value {
    object.insert("as_at".to_owned(), head.get().into());
    if explain {
        let keys: Vec<String> = object.keys().cloned().collect();
        let rules = keys
            .iter()
            .filter_map(|key| Some((key.clone(), rule(figures::find(key)?))));
        let rules: Map<String, Value> = rules.collect();
        object.insert("rules".to_owned(), Value::Object(rules));
    }
    Value::Object(object)
}

async fn count(args: &Args, open: &OpenLedger) -> Result<(Map<String, Value>, Position), Failure> {
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    // What is labelled with a position is counted at it, whatever is written meanwhile.
    let at = position(open, args.as_at, head, "--as-at").await?;
    let sight = Sight::of(open).await?;
    sight.may_look(args.on, args.as_at.map(|_| at))?;
    let mut figures = match (args.fiscal_year, args.on) {
        (Some(year), _) => {
            let year = FiscalYear::new(year);
            let counted = figures_of_year(open.store.as_ref(), &open.facts, year, Some(at)).await;
            counted.map_err(|error| figures_failure(&error))?.values()
        },
        (None, Some(day)) => {
            let counted = figures_on(&open.facts, day, Some(at)).await;
            counted.map_err(|error| figures_failure(&error))?.values()
        },
        (None, None) => Map::new(),
    };
    if !sight.is_whole() {
        let year = args.fiscal_year.map(FiscalYear::new);
        let was_shown = year.is_some_and(|year| sight.was_shown(Scope::of_year(year), at));
        close_months(&mut figures, was_shown);
    }
    Ok((figures, at))
}

/// Leaves out of what the committee sees a figure's months, which are a breakdown: where no meeting was shown them,
/// and where one of them tells of few.
fn close_months(figures: &mut Map<String, Value>, was_shown: bool) {
    for value in figures.values_mut() {
        let Some(months) = value.as_object() else {
            continue;
        };
        let mut counts = months.values().filter_map(Value::as_i64);
        if !was_shown || counts.any(|count| (1..SHOWN_MIN).contains(&count)) {
            *value = Value::Null;
        }
    }
}

/// The counting rule behind a figure.
pub(super) fn rule(figure: &Indicator) -> Value {
    json!({
        "key": figure.id,
        "rule": figure.rule,
        "ja": figure.ja,
        "en": figure.en,
        "stated": figure.stated(),
    })
}

fn show(
    args: &Args,
    values: &Map<String, Value>,
    at: Position,
    lang: Lang,
    world: &mut World,
) -> Result<(), Failure> {
    let title = match (args.fiscal_year, args.on) {
        (Some(year), _) => match lang {
            Lang::Ja => format!(
                "{}度の実績",
                wareki_fiscal_year(FiscalYear::new(year)).trim_end_matches('度')
            ),
            Lang::En => format!("Figures of fiscal year {year}"),
        },
        (None, Some(day)) => match lang {
            Lang::Ja => format!("{}現在", wareki(day)),
            Lang::En => format!("Figures on {day}"),
        },
        (None, None) => String::new(),
    };
    output::line(
        world,
        lang.pick(
            &format!("{title}（台帳の位置 {at}）"),
            &format!("{title} (ledger at position {at})"),
        ),
    )?;
    // In the order in which the rules stand, which is the committee's.
    for rule in figures::OF_YEAR.iter().chain(figures::OF_DAY) {
        let Some(value) = values.get(rule.id) else {
            continue;
        };
        let words = lang.pick(rule.ja, rule.en);
        if let Value::Object(months) = value {
            output::line(world, &format!("        {words}"))?;
            for (month, count) in months {
                output::line(world, &format!("{:>8}    {month}", count.to_string()))?;
            }
        } else {
            let told = if value.is_null() {
                "※".to_owned()
            } else {
                value.to_string()
            };
            output::line(world, &format!("{told:>8}  {words}"))?;
        }
        if args.explain {
            let stated = said_by(rule.stated(), lang);
            output::line(
                world,
                &format!("            {} [{}] {stated}", rule.id, rule.rule),
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committee_sees_months_as_a_meeting_was_shown_them_and_none_where_one_is_small() {
        let told = |months: Value, was_shown| {
            let mut figures =
                Map::from_iter([("a".to_owned(), 7.into()), ("b".to_owned(), months)]);
            close_months(&mut figures, was_shown);
            assert_eq!(figures["a"], 7, "a value stays");
            figures["b"].clone()
        };
        let large = json!({"2021-08": 5, "2021-09": 30});

        assert_eq!(told(large.clone(), true), large);
        assert_eq!(told(large, false), Value::Null);
        assert_eq!(
            told(json!({"2021-08": 4, "2021-09": 30}), true),
            Value::Null
        );
    }
}
