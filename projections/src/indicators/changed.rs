//! Why a figure changed between two positions: exactly the events that changed it.
//!
//! What a figure counts is compared unit by unit. A unit that counts otherwise than before has its
//! causes among the events that it rested on then or rests on now: those written in between, and what
//! was said about older ones in between. Of several such events those are named at which the unit
//! changes when they are added one by one. Where that explains nothing (a setting, say), the window is
//! halved until the very events are found at which the figure changes.

use ledger_core::id::{EventId, Position};
use ledger_core::store::EventStore;
use ledger_core::task::counting;
use serde::Serialize;

use super::fold::Amount;
use super::measure::Measure;
use super::scope::Scope;
use super::table::{INDICATORS, Indicator};
use super::window::Window;
use crate::facts::{Kind, Versions};
use crate::figures::FiguresError;
use crate::settings::SettingsHistory;
use crate::views::Views;

/// What an event did to a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CauseKind {
    /// It is new.
    Added,
    /// It is new, and occurred before the window began.
    Late,
    /// It corrected an earlier event.
    Corrected,
    /// It annulled an earlier event.
    Annulled,
    /// It reversed an annulment.
    Reinstated,
    /// It moved an event to another person.
    Reassigned,
    /// It made two cases one person.
    Merged,
    /// It made them two persons again.
    Unmerged,
    /// It changed a setting.
    Setting,
}

/// One event that changed a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cause {
    /// Its position.
    pub position: Position,
    /// The event.
    pub event: EventId,
    /// What it did.
    pub kind: CauseKind,
}

/// What of a figure changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangedPart {
    /// What is read of it: its value with numerator and denominator, its planned number or its rule.
    Value,
    /// The value is the same, and other events are counted or left out.
    List,
    /// Only rows of its breakdown.
    Breakdown,
}

/// A figure that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The indicator.
    pub indicator: &'static str,
    /// What of it changed.
    pub part: ChangedPart,
    /// Its value before.
    pub before: Amount,
    /// Its value after.
    pub after: Amount,
    /// The events that changed it, by position.
    pub causes: Vec<Cause>,
}

/// Of these figures those that changed between two positions, in their order, each with the events that changed it;
/// the views must have been brought forward before.
///
/// # Errors
/// [`FiguresError`] when facts or settings cannot be read.
pub async fn changed_of(
    indicators: impl IntoIterator<Item = &'static Indicator>,
    (store, views): (&dyn EventStore, &Views),
    scope: Scope,
    (from, to): (Position, Position),
) -> Result<Vec<Change>, FiguresError> {
    let versions = Versions::between(views, from, to, Kind::ALL).await?;
    let settings = SettingsHistory::read(store, Some(to)).await?;
    Ok(counting(|| {
        let window = Window::new(&versions, &settings, (from, to));
        let indicators = indicators.into_iter();
        let changes = indicators.filter_map(|indicator| window.change(indicator, scope));
        changes.collect()
    }))
}

/// The figures that changed between two positions, each with the events that changed it.
#[must_use]
pub fn changed_between(
    versions: &Versions,
    settings: &SettingsHistory,
    scope: Scope,
    (from, to): (Position, Position),
) -> Vec<Change> {
    let window = Window::new(versions, settings, (from, to));
    let changes = INDICATORS.iter();
    changes
        .filter_map(|indicator| window.change(indicator, scope))
        .collect()
}

/// Whether what is shown of a figure differs.
#[must_use]
pub fn differs(before: &Measure, after: &Measure) -> bool {
    let lines = |measure: &Measure| -> Vec<(String, Amount)> {
        let lines = measure.lines.iter();
        lines
            .map(|line| (line.key.clone(), line.value.clone()))
            .collect()
    };
    before.value != after.value
        || before.target != after.target
        || before.rule != after.rule
        || lines(before) != lines(after)
}

/// What of a figure differs, where something does.
pub(super) fn part(before: &Measure, after: &Measure) -> ChangedPart {
    let read = |measure: &Measure| (measure.value.clone(), measure.target, measure.rule.clone());
    if read(before) != read(after) {
        ChangedPart::Value
    } else if before.counted != after.counted || before.excluded != after.excluded {
        ChangedPart::List
    } else {
        ChangedPart::Breakdown
    }
}

/// Collects the positions at which a figure changes between two that differ.
pub(super) fn halve(
    at: &impl Fn(Position) -> Measure,
    positions: &[Position],
    (before, after): (&Measure, &Measure),
    found: &mut Vec<Position>,
) {
    match positions {
        [] => {},
        _ if !differs(before, after) => {},
        [one] => found.push(*one),
        _ => {
            let half = positions.len().checked_div(2).unwrap_or(0);
            let (left, right) = positions.split_at(half);
            let Some(last) = left.last() else { return };
            let middle = at(*last);
            halve(at, left, (before, &middle), found);
            halve(at, right, (&middle, after), found);
        },
    }
}
