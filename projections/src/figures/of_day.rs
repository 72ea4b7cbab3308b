//! The figures of a day.

use ledger_core::id::Position;
use ledger_core::time::Day;
use serde::Serialize;

use super::{Count, FiguresError};
use crate::views::Views;

/// The longest that a disaster plan is current after its last verification, in days.
const CURRENT_DAYS: u64 = 365;

/// The figures of a day; the keys are the export's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayFigures {
    /// Persons whose newest agreement or verification is at most 365 days old.
    pub disaster_plans_current: i64,
    /// Persons whose newest agreement or verification is older.
    pub disaster_plans_overdue: i64,
    /// Persons on a ventilator.
    pub ventilator_users: i64,
    /// Persons known.
    pub persons: i64,
    /// 動ける医療的ケア児・者.
    pub movable_persons: i64,
}

/// Counts the figures of a day as the ledger stood at a position, or as it stands; the views must
/// have been brought forward before.
///
/// # Errors
/// [`FiguresError`] when the facts cannot be read.
pub async fn figures_on(
    views: &Views,
    day: Day,
    as_at: Option<Position>,
) -> Result<DayFigures, FiguresError> {
    let oldest = day
        .checked_sub_days(chrono::Days::new(CURRENT_DAYS))
        .unwrap_or(Day::MIN);
    let count = Count::new(views, &[day], as_at).await?;
    let plans = count
        .rows(include_str!("sql/disaster_plans_newest.sql"))
        .await?;
    let oldest = oldest.to_string();
    let mut current = 0_i64;
    for row in &plans {
        current = current.saturating_add(i64::from(row.text(0)? >= oldest.as_str()));
    }
    let with_plan = i64::try_from(plans.len()).unwrap_or(i64::MAX);
    Ok(DayFigures {
        disaster_plans_current: current,
        disaster_plans_overdue: with_plan.saturating_sub(current),
        ventilator_users: count.one(include_str!("sql/ventilator_users.sql")).await?,
        persons: count.one(include_str!("sql/persons.sql")).await?,
        movable_persons: count.one(include_str!("sql/movable_persons.sql")).await?,
    })
}
