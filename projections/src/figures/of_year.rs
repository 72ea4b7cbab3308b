//! The figures of a fiscal year.

use std::collections::BTreeMap;

use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::{FiscalYear, TimeOfDay};
use serde::Serialize;

use super::{Count, FiguresError};
use crate::settings::Settings;
use crate::views::Views;

/// The figures of a fiscal year; the keys are the export's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearFigures {
    /// Consultations by day of occurrence (延べ).
    pub consultations: i64,
    /// Distinct persons among them (実人数).
    pub consultation_persons: i64,
    /// Those without a known person.
    pub consultations_anonymous: i64,
    /// Those outside opening hours.
    pub consultations_outside_hours: i64,
    /// Those of each month that has any, `YYYY-MM`.
    pub consultations_per_month: BTreeMap<String, i64>,
    /// Referrals made in the year.
    pub referrals_made: i64,
    /// Of those, declined whenever.
    pub referrals_declined: i64,
    /// Of those, completed and fed back whenever.
    pub referrals_closed_with_feedback: i64,
    /// Of those, completed whenever.
    pub referrals_completed: i64,
    /// Persons with a first version agreed in the year.
    pub support_plan_persons_first_agreed: i64,
    /// Versions 2 and later written in the year.
    pub support_plan_revisions: i64,
    /// Persons whose first disaster plan was drafted in the year.
    pub disaster_plans_new_persons: i64,
    /// Persons with a verification at which a guardian was present.
    pub disaster_plans_verified_with_guardian_persons: i64,
    /// Visits to facilities.
    pub facility_visits: i64,
    /// The same, at most four a facility.
    pub facility_visits_capped_at_4: i64,
    /// Facilities with a visit.
    pub facilities_visited: i64,
    /// Facilities with four visits or more.
    pub facilities_with_4_or_more: i64,
    /// Advisors with a training session.
    pub advisors_active: i64,
    /// Advisors who completed their training.
    pub advisors_completed: i64,
}

/// Counts the figures of a fiscal year as the ledger stood at a position, or as it stands; the views
/// must have been brought forward before.
///
/// # Errors
/// [`FiguresError`] when facts or settings cannot be read, or opening hours were never set.
pub async fn figures_of_year(
    store: &dyn EventStore,
    views: &Views,
    year: FiscalYear,
    as_at: Option<Position>,
) -> Result<YearFigures, FiguresError> {
    let count = Count::new(views, &[year.first_day(), year.last_day()], as_at).await?;
    let settings = Settings::read(store, as_at).await?;
    let visits = count.rows(include_str!("sql/facility_visits.sql")).await?;
    let visits = visits
        .iter()
        .map(|row| row.int(0))
        .collect::<Result<Vec<i64>, _>>()?;
    let facilities = |least: i64| {
        i64::try_from(visits.iter().filter(|visits| **visits >= least).count()).unwrap_or(i64::MAX)
    };
    Ok(YearFigures {
        consultations: count.one(include_str!("sql/consultations.sql")).await?,
        consultation_persons: count
            .one(include_str!("sql/consultation_persons.sql"))
            .await?,
        consultations_anonymous: count
            .one(include_str!("sql/consultations_anonymous.sql"))
            .await?,
        consultations_outside_hours: outside_hours(&count, &settings).await?,
        consultations_per_month: per_month(&count).await?,
        referrals_made: count.one(include_str!("sql/referrals_made.sql")).await?,
        referrals_declined: count
            .one(include_str!("sql/referrals_declined.sql"))
            .await?,
        referrals_closed_with_feedback: count
            .one(include_str!("sql/referrals_closed_with_feedback.sql"))
            .await?,
        referrals_completed: count
            .one(include_str!("sql/referrals_completed.sql"))
            .await?,
        support_plan_persons_first_agreed: count
            .one(include_str!("sql/support_plan_persons_first_agreed.sql"))
            .await?,
        support_plan_revisions: count
            .one(include_str!("sql/support_plan_revisions.sql"))
            .await?,
        disaster_plans_new_persons: count
            .one(include_str!("sql/disaster_plans_new_persons.sql"))
            .await?,
        disaster_plans_verified_with_guardian_persons: count
            .one(include_str!("sql/disaster_plans_verified_persons.sql"))
            .await?,
        facility_visits: visits.iter().sum(),
        facility_visits_capped_at_4: visits.iter().map(|visits| (*visits).min(4)).sum(),
        facilities_visited: facilities(1),
        facilities_with_4_or_more: facilities(4),
        advisors_active: count.one(include_str!("sql/advisors_active.sql")).await?,
        advisors_completed: count
            .one(include_str!("sql/advisors_completed.sql"))
            .await?,
    })
}

async fn per_month(count: &Count<'_>) -> Result<BTreeMap<String, i64>, FiguresError> {
    let rows = count
        .rows(include_str!("sql/consultations_per_month.sql"))
        .await?;
    let months = rows
        .iter()
        .map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?)));
    months.collect()
}

/// Each distinct day and minute is judged once, by the calendar that held on that day.
async fn outside_hours(count: &Count<'_>, settings: &Settings) -> Result<i64, FiguresError> {
    let mut outside = 0_i64;
    for row in count
        .rows(include_str!("sql/consultations_by_minute.sql"))
        .await?
    {
        let day: ledger_core::time::Day = row
            .text(0)?
            .parse()
            .map_err(|_| crate::views::ViewsError::Column(0))?;
        let time = row.optional_int(1)?.and_then(|minute| {
            let seconds = u32::try_from(minute).ok()?.checked_mul(60)?;
            TimeOfDay::from_num_seconds_from_midnight_opt(seconds, 0)
        });
        if settings.calendar_on(day)?.outside_hours(day, time) {
            outside = outside.saturating_add(row.int(2)?);
        }
    }
    Ok(outside)
}
