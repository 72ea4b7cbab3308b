//! A figure in a row: what it is, how far it is, by which rule it counts, where its planned number is from.

use std::collections::BTreeMap;
use std::sync::Arc;

use ledger_core::code::Service;
use ledger_core::id::{Position, StreamName};
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::facts::Kind;
use ledger_projections::indicators::{
    Achievement, Amount, Indicator, Measure, Target, is_of_few, rule_words,
};
use ledger_projections::programme::{Planned, ProgrammeCard, programme_card};
use ledger_projections::small_cells::SHOWN_MIN;

use super::super::export::{Cell, Table};
use super::super::fault::Refusal;
use super::super::few;
use super::super::language::{current, t};
use super::super::site::Site;
use super::looked::Looked;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::reading::closed_history;
use crate::render;

/// A figure in a row of a table.
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) year: i32,
    pub(super) value: String,
    /// The same, its planned number and how far that is reached, as they are taken along.
    cells: Cells,
    pub(super) n: String,
    /// What stands below its line; empty where there is no line.
    pub(super) of: String,
    pub(super) planned: String,
    /// Who says the planned number.
    pub(super) source: String,
    pub(super) reached: String,
    pub(super) pace: String,
    pub(super) rule: String,
    pub(super) said_by: &'static str,
    /// The month of the newest that is counted; empty where nothing is.
    pub(super) newest: String,
}

/// A figure as it is taken along.
#[derive(Clone)]
struct Cells {
    value: Cell,
    rate: Cell,
    target: Option<Target>,
    reached: Option<Achievement>,
}

impl Row {
    /// A figure as it was measured of what is looked at; of what tells of few persons not how many.
    pub(super) fn new(indicator: &'static Indicator, measure: &Measure, looked: &Looked) -> Self {
        let row = Self::whole(indicator, measure, looked);
        let settings = &looked.basis.settings;
        if !is_of_few(indicator.id, &measure.value, settings) {
            return row;
        }
        let (value, cell) = few::value(indicator, &measure.value, settings);
        let cells = Cells {
            value: cell,
            rate: Cell::Nothing,
            ..row.cells
        };
        Self {
            n: value.clone(),
            of: value.clone(),
            newest: String::new(),
            value,
            cells,
            ..row
        }
    }

    /// The same for who sees its events as well.
    pub(super) fn whole(indicator: &'static Indicator, measure: &Measure, looked: &Looked) -> Self {
        let rule = rule_words(&measure.rule);
        let reached = measure.achievement.as_ref();
        let told = |told: Option<String>| told.unwrap_or_default();
        Self {
            id: indicator.id,
            name: t(indicator.ja, indicator.en),
            year: looked.scope.year.year(),
            value: render::amount(&measure.value, indicator.unit_ja, current()),
            cells: Cells {
                value: Cell::amount(&measure.value, indicator.unit_ja),
                rate: Cell::rate(&measure.value),
                target: measure.target,
                reached: measure.achievement,
            },
            n: measure.n.to_string(),
            of: told(
                measure
                    .denominator
                    .map(|of| of_how_many(&measure.value, of)),
            ),
            planned: told(measure.target.map(|it| render::target(it, current()))),
            source: String::new(),
            reached: told(reached.map(|it| render::achievement(it, current()))),
            pace: told(reached.map(|it| render::pace(it, current()))),
            rule: render::rule_name(&measure.rule, current()),
            said_by: render::said_by(rule.is_some_and(|rule| rule.stated), current()),
            newest: newest(looked.scope.year, &looked.months(indicator)),
        }
    }

    /// Its value as it is taken along.
    pub(super) fn value_cell(&self) -> Cell {
        self.cells.value.clone()
    }

    /// Its planned number as it is taken along.
    pub(super) fn planned_cell(&self) -> Cell {
        Cell::planned(self.cells.target)
    }

    /// How many per cent of that are reached, as it is taken along.
    pub(super) fn percent_cell(&self) -> Cell {
        Cell::percent(self.cells.reached.as_ref())
    }

    /// Its id, where that is one of the ward's list of indicators.
    pub(super) const fn mark(&self) -> &'static str {
        if self.id.len() < 5 { self.id } else { "" }
    }

    /// The rule by which it counts, and who says it.
    pub(super) fn rule_in_words(&self) -> String {
        match current() {
            Lang::Ja => format!("{}（{}）", self.rule, self.said_by),
            Lang::En => format!("{} ({})", self.rule, self.said_by),
        }
    }

    /// A figure of what is looked at; none where there is none of that id.
    pub(super) fn of(id: &str, looked: &Looked) -> Option<Self> {
        let (indicator, measure) = looked.measure(id)?;
        Some(Self::new(indicator, &measure, looked))
    }

    /// Several figures of what is looked at.
    pub(super) fn all(ids: &[&str], looked: &Looked) -> Vec<Self> {
        ids.iter().filter_map(|id| Self::of(id, looked)).collect()
    }
}

/// Where a figure of what is looked at is told, with a row of its breakdown chosen where one is named.
pub(super) fn link(id: &str, line: &str, looked: &Looked) -> String {
    let year = looked.scope.year.year();
    let line = if line.is_empty() {
        String::new()
    } else {
        format!("&line={line}")
    };
    format!("/committee/figures/{id}?fiscal_year={year}{line}")
}

/// Figures as they are taken along.
pub(super) fn table(rows: &[Row]) -> Table {
    let columns = [
        t("指標", "Indicator"),
        t("名称", "Name"),
        t("実績", "Actual"),
        t("予定数", "Planned number"),
        t("分母", "Denominator"),
        t("率", "Rate"),
        t("数えた数（n）", "Counted (n)"),
        t("数え方", "Counting rule"),
    ];
    let lines = rows.iter().map(|row| {
        vec![
            Cell::text(row.mark()),
            Cell::text(row.name),
            row.value_cell(),
            row.planned_cell(),
            Cell::told(&row.of),
            row.cells.rate.clone(),
            Cell::count(&row.n),
            Cell::text(row.rule_in_words()),
        ]
    });
    Table::new(t("関わる指標", "Related indicators"), columns, lines).coded("figures")
}

/// The month of the newest that is counted in the year: told where it holds five or more, as one of fewer would tell of
/// somebody; else nothing is said, where a mark on nearly every line told nobody anything.
fn newest(year: FiscalYear, months: &BTreeMap<Day, i64>) -> String {
    let newest = months.range(year.first_day()..).next_back();
    let Some((month, _)) = newest.filter(|(_, count)| **count >= SHOWN_MIN) else {
        return String::new();
    };
    let month = in_words(*month);
    match current() {
        Lang::Ja => format!("最後に数えた月 {month}"),
        Lang::En => format!("Last counted in {month}"),
    }
}

/// A month by its first day.
fn in_words(month: Day) -> String {
    match current() {
        Lang::Ja => {
            let day = render::day(month, current());
            let month = day.split_inclusive('月').next();
            month.unwrap_or_default().to_owned()
        },
        Lang::En => month.format("%Y-%m").to_string(),
    }
}

fn of_how_many(value: &Amount, of: i64) -> String {
    match value {
        Amount::YenOf { of: 0, .. } => t("予算の登録なし", "No budget recorded").to_owned(),
        Amount::YenOf { .. } => render::yen(of, current()),
        Amount::Share { .. }
        | Amount::Count { .. }
        | Amount::Days { .. }
        | Amount::Mean { .. }
        | Amount::Yen { .. }
        | Amount::YenEach { .. }
        | Amount::Change { .. }
        | Amount::PerFte { .. } => of.to_string(),
    }
}

/// The planned numbers of a year, and who says them.
pub(super) struct Plans(Arc<Option<ProgrammeCard>>);

impl Plans {
    /// The planned numbers of what is looked at.
    pub(super) async fn of(site: &Site, looked: &Looked) -> Result<Self, Refusal> {
        let (open, year) = (&site.open.open, looked.scope.year);
        let at = Some(looked.basis.as_at);
        let read = || async {
            let stream = StreamName::programme();
            let history = closed_history(open.store.as_ref(), &stream, at).await?;
            Ok::<_, Failure>(programme_card(&history, year, Day::MAX))
        };
        let kept = open
            .facts
            .kept((&[Kind::Setting], at), year.to_string(), read);
        Ok(Self(kept.await?))
    }

    /// Who says a service's planned number for the year.
    pub(super) fn source(&self, service: Service) -> String {
        let card = self.0.as_ref().as_ref();
        let planned = card.and_then(|card| {
            let mut planned = card.planned.iter();
            Some((card, planned.find(|one| one.service == service)?))
        });
        planned.map_or_else(String::new, |(card, planned)| source(card, planned))
    }
}

fn decided(on: &str, position: Position) -> String {
    match current() {
        Lang::Ja => format!("{on}の決定（位置 {position}）"),
        Lang::En => format!("Decided on {on} (position {position})"),
    }
}

/// The numbers that came with the programme's definition are those of the ward's paper; others were decided
/// since.
fn source(card: &ProgrammeCard, planned: &Planned) -> String {
    let Some(set) = &planned.set else {
        return String::new();
    };
    let by = if card.came_with_definition(&set.by) {
        t("区の資料", "Ward's paper").to_owned()
    } else {
        let on = set.by.on.map(|on| render::day(on, current()));
        decided(&on.unwrap_or_default(), set.by.position)
    };
    let full = set.value.low;
    match planned.target {
        Target::Expanding => match current() {
            Lang::Ja => format!("{by}。通年の予定数は{full}"),
            Lang::En => format!("{by}; a whole year's planned number is {full}"),
        },
        Target::Number {
            full_year: true, ..
        } => format!("{by}{}", t("（通年）", " (whole year)")),
        Target::Number { .. } | Target::Unset => by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_month_is_told_where_it_holds_five_or_more() {
        let newest = |months: &BTreeMap<Day, i64>| newest(FiscalYear::new(2023), months);
        assert_eq!(newest(&BTreeMap::new()), "");
        let before = BTreeMap::from([("2023-03-01".parse::<Day>().unwrap(), 9)]);
        assert_eq!(newest(&before), "", "a month of another year");
        let month = |day: &str| day.parse::<Day>().unwrap();
        let mut months = BTreeMap::from([(month("2024-03-01"), 5)]);
        assert_eq!(newest(&months), "最後に数えた月 令和6年3月");
        months.insert(month("2024-04-01"), 1);
        assert_eq!(newest(&months), "");
    }
}
