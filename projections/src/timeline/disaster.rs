//! The disaster plans of a person, and their yearly clock.

use std::collections::BTreeMap;

use chrono::Days;
use ledger_core::code::{DisasterPlanEnd, Office};
use ledger_core::event::{DisasterPlanEvent, Event};
use ledger_core::history::Entry;
use ledger_core::id::DisasterPlanId;
use ledger_core::time::Day;
use serde::Serialize;

use super::plans::{PlanVersion, VersionDifference, agree, differences, first_written, write};

/// Days after which a verification is due again: 年１回程度, taken as 365 days (an assumption).
const DUE_DAYS: i64 = 365;
/// Days before that from which it is due soon (an assumption).
const SOON_DAYS: i64 = 60;
/// Days after which it is long overdue (an assumption).
const LONG_DAYS: i64 = 548;

/// Where a plan stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisasterState {
    /// Drafted, not agreed.
    Drafted,
    /// Agreed or verified at most 305 days ago.
    Current,
    /// 306 to 365 days ago.
    DueSoon,
    /// 366 to 548 days ago.
    Overdue,
    /// Longer ago.
    LongOverdue,
    /// Ended.
    Ended,
}

/// The yearly clock of a plan, computed for one day and never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DisasterClock {
    /// Where the plan stands.
    pub state: DisasterState,
    /// First agreement or last verification with a guardian.
    pub confirmed_on: Option<Day>,
    /// Last day on which it is current.
    pub due_on: Option<Day>,
    /// Days until then; negative where it has passed.
    pub days_left: Option<i64>,
}

/// A disaster plan with its versions and its clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DisasterPlanView {
    /// The plan.
    pub plan: String,
    /// Register number.
    pub number: Option<String>,
    /// The office that supports it.
    pub office: Office,
    /// Its versions, oldest first.
    pub versions: Vec<PlanVersion>,
    /// What changed from each version to the next.
    pub differences: Vec<VersionDifference>,
    /// Days of verification with a guardian, oldest first.
    pub verified_on: Vec<Day>,
    /// How it ended.
    pub end: Option<DisasterPlanEnd>,
    /// Its clock.
    pub clock: DisasterClock,
}

/// Folds every disaster plan, its clock as on `judged_on`.
pub(super) fn plans(standing: &[&Entry], judged_on: Day) -> Vec<DisasterPlanView> {
    let mut order: Vec<DisasterPlanId> = Vec::new();
    let mut plans: BTreeMap<DisasterPlanId, DisasterPlanView> = BTreeMap::new();
    for entry in standing {
        let Event::DisasterPlan(event) = entry.event() else {
            continue;
        };
        if let DisasterPlanEvent::Drafted(drafted) = event {
            order.push(drafted.plan);
            let view = begun(drafted.plan, drafted.number.clone(), drafted.office);
            plans.insert(drafted.plan, view);
        }
        apply(&mut plans, event, entry);
    }
    let mut views: Vec<DisasterPlanView> =
        order.iter().filter_map(|plan| plans.remove(plan)).collect();
    views.sort_by_key(|view| first_written(&view.versions));
    for view in &mut views {
        view.verified_on.sort();
        view.differences = differences(&view.versions);
        view.clock = clock(view, judged_on);
    }
    views
}

fn begun(plan: DisasterPlanId, number: Option<String>, office: Office) -> DisasterPlanView {
    let state = DisasterState::Drafted;
    DisasterPlanView {
        plan: plan.to_string(),
        number,
        office,
        versions: Vec::new(),
        differences: Vec::new(),
        verified_on: Vec::new(),
        end: None,
        clock: DisasterClock {
            state,
            confirmed_on: None,
            due_on: None,
            days_left: None,
        },
    }
}

fn apply(
    plans: &mut BTreeMap<DisasterPlanId, DisasterPlanView>,
    event: &DisasterPlanEvent,
    entry: &Entry,
) {
    let written = |version| PlanVersion {
        version,
        written_on: entry.day(),
        agreed_on: None,
        fields: entry.event().display(),
    };
    match event {
        DisasterPlanEvent::Drafted(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| write(&mut plan.versions, written(1)));
        },
        DisasterPlanEvent::Revised(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| write(&mut plan.versions, written(step.version)));
        },
        DisasterPlanEvent::Agreed(step) => {
            plans.entry(step.plan).and_modify(|plan| {
                agree(&mut plan.versions, step.version, entry.day());
            });
        },
        DisasterPlanEvent::Verified(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| plan.verified_on.extend(entry.day()));
        },
        DisasterPlanEvent::Transferred(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| plan.office = step.to);
        },
        DisasterPlanEvent::Ended(step) => {
            plans
                .entry(step.plan)
                .and_modify(|plan| plan.end = Some(step.reason));
        },
        DisasterPlanEvent::ReviewedInternally(_) => {},
    }
}

/// A plan's clock on a day: a revision does not start it anew.
fn clock(plan: &DisasterPlanView, judged_on: Day) -> DisasterClock {
    let agreed = plan
        .versions
        .iter()
        .filter_map(|version| version.agreed_on)
        .min();
    let confirmed_on = plan.verified_on.iter().copied().chain(agreed).max();
    let due_on = confirmed_on.and_then(|day| day.checked_add_days(Days::new(365)));
    let age = confirmed_on.map(|day| judged_on.signed_duration_since(day).num_days());
    let state = match (plan.end, age) {
        (Some(_), _) => DisasterState::Ended,
        (None, None) => DisasterState::Drafted,
        (None, Some(days)) if days > LONG_DAYS => DisasterState::LongOverdue,
        (None, Some(days)) if days > DUE_DAYS => DisasterState::Overdue,
        (None, Some(days)) if days > DUE_DAYS.saturating_sub(SOON_DAYS) => DisasterState::DueSoon,
        (None, Some(_)) => DisasterState::Current,
    };
    let days_left = age.map(|days| DUE_DAYS.saturating_sub(days));
    DisasterClock {
        state,
        confirmed_on,
        due_on,
        days_left,
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::code::Office;
    use ledger_core::id::DisasterPlanId;

    use super::*;

    fn state_after(days: u64) -> DisasterState {
        let agreed = Day::from_ymd_opt(2023, 3, 1).unwrap();
        let mut plan = begun(DisasterPlanId::new(uuid()), None, Office::Centre);
        plan.versions.push(PlanVersion {
            version: 1,
            written_on: Some(agreed),
            agreed_on: Some(agreed),
            fields: serde_json::Map::new(),
        });
        clock(&plan, agreed.checked_add_days(Days::new(days)).unwrap()).state
    }

    fn uuid() -> uuid::Uuid {
        uuid::Uuid::from_u128(1)
    }

    #[test]
    fn a_plan_is_current_for_365_days_whether_or_not_the_year_leaps() {
        assert_eq!(state_after(0), DisasterState::Current);
        assert_eq!(state_after(305), DisasterState::Current);
        assert_eq!(state_after(306), DisasterState::DueSoon);
        assert_eq!(
            state_after(365),
            DisasterState::DueSoon,
            "2024-02-29 is day 365"
        );
        assert_eq!(state_after(366), DisasterState::Overdue);
        assert_eq!(state_after(548), DisasterState::Overdue);
        assert_eq!(state_after(549), DisasterState::LongOverdue);
    }
}
