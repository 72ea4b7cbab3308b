//! The disaster plans of a person, and their yearly clock.

use std::collections::BTreeMap;

use chrono::Days;
use ledger_core::code::{Area, DisasterPlanEnd, Hazard, Office};
use ledger_core::event::{DisasterPlanDrafted, DisasterPlanEvent, Event};
use ledger_core::history::Entry;
use ledger_core::id::DisasterPlanId;
use ledger_core::time::Day;
use serde::Serialize;

use super::plans::{
    PlanVersion, VersionDifference, agree, carry_sections, differences, first_written, section,
    write,
};
use super::recheck::{Recheck, recheck, revision_asked_on};
use crate::yearly_clock::YearlyClock;

/// Where a plan stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisasterState {
    /// Drafted, not agreed.
    Drafted,
    /// Agreed or verified so lately that it is not due soon: by the proposed terms at most 305 days ago.
    Current,
    /// By the proposed terms 306 to 365 days ago.
    DueSoon,
    /// By the proposed terms 366 to 548 days ago.
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
    /// Last day on which it is current; none where the plan has ended.
    pub due_on: Option<Day>,
    /// Days until then; negative where it has passed.
    pub days_left: Option<i64>,
    /// Something changed since then, so that the plan is to be looked at again before it is due.
    pub recheck: Option<Recheck>,
    /// The day of the last verification, where it found that the plan has to be revised and no version was made since.
    pub revision_asked_on: Option<Day>,
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
    /// The district centre's area, where it is one.
    pub area: Option<Area>,
    /// Its versions, oldest first.
    pub versions: Vec<PlanVersion>,
    /// What changed from each version to the next.
    pub differences: Vec<VersionDifference>,
    /// Days of verification with a guardian, oldest first.
    pub verified_on: Vec<Day>,
    /// When it was used in a real disaster, oldest first.
    pub uses: Vec<DisasterUse>,
    /// How it ended.
    pub end: Option<DisasterPlanEnd>,
    /// Its clock.
    pub clock: DisasterClock,
}

/// A plan was used in a real disaster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DisasterUse {
    /// When.
    pub on: Option<Day>,
    /// Which.
    pub hazard: Hazard,
}

/// What was said last about whether there is to be a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "wish", rename_all = "kebab-case")]
pub enum DisasterWish {
    /// The person needs one, and this office is to support it.
    Needed {
        /// When it was said.
        on: Option<Day>,
        /// The office.
        office: Office,
        /// The district centre's area, where it is one.
        area: Option<Area>,
    },
    /// The family does not want one now.
    NotWanted {
        /// When it was said.
        on: Option<Day>,
    },
}

/// What was said last about whether there is to be a plan.
pub(super) fn wish(standing: &[&Entry]) -> Option<DisasterWish> {
    let mut wish = standing.iter().filter_map(|entry| {
        let on = entry.day();
        let Event::DisasterPlan(event) = entry.event() else {
            return None;
        };
        match event {
            DisasterPlanEvent::NeedIdentified(need) => Some(DisasterWish::Needed {
                on,
                office: need.office,
                area: need.area,
            }),
            DisasterPlanEvent::NotWanted(_) => Some(DisasterWish::NotWanted { on }),
            DisasterPlanEvent::Drafted(_)
            | DisasterPlanEvent::Agreed(_)
            | DisasterPlanEvent::Verified(_)
            | DisasterPlanEvent::ReviewedInternally(_)
            | DisasterPlanEvent::Revised(_)
            | DisasterPlanEvent::Transferred(_)
            | DisasterPlanEvent::Ended(_)
            | DisasterPlanEvent::SectionsWritten(_)
            | DisasterPlanEvent::Used(_) => None,
        }
    });
    wish.next_back()
}

/// Folds every disaster plan, its clock as on `judged_on`.
pub(super) fn plans(
    standing: &[&Entry],
    judged_on: Day,
    terms: YearlyClock,
) -> Vec<DisasterPlanView> {
    let mut order: Vec<DisasterPlanId> = Vec::new();
    let mut plans: BTreeMap<DisasterPlanId, DisasterPlanView> = BTreeMap::new();
    for entry in standing {
        let Event::DisasterPlan(event) = entry.event() else {
            continue;
        };
        if let DisasterPlanEvent::Drafted(drafted) = event {
            order.push(drafted.plan);
            plans.insert(drafted.plan, begun(drafted));
        }
        if let Some(plan) = event.plan().and_then(|plan| plans.get_mut(&plan)) {
            apply(plan, event, entry);
        }
    }
    let views = order.into_iter().filter_map(|id| {
        let mut view = plans.remove(&id)?;
        view.verified_on.sort();
        carry_sections(&mut view.versions);
        view.differences = differences(&view.versions);
        view.clock = clock(&view, judged_on, terms);
        let goes_on = view.end.is_none();
        view.clock.recheck = recheck(standing, id).filter(|_| goes_on);
        view.clock.revision_asked_on = revision_asked_on(standing, id).filter(|_| goes_on);
        Some(view)
    });
    let mut views: Vec<DisasterPlanView> = views.collect();
    views.sort_by_key(|view| first_written(&view.versions));
    views
}

fn begun(drafted: &DisasterPlanDrafted) -> DisasterPlanView {
    DisasterPlanView {
        plan: drafted.plan.to_string(),
        number: drafted.number.clone(),
        office: drafted.office,
        area: drafted.area,
        versions: Vec::new(),
        differences: Vec::new(),
        verified_on: Vec::new(),
        uses: Vec::new(),
        end: None,
        clock: DisasterClock {
            state: DisasterState::Drafted,
            confirmed_on: None,
            due_on: None,
            days_left: None,
            recheck: None,
            revision_asked_on: None,
        },
    }
}

fn apply(plan: &mut DisasterPlanView, event: &DisasterPlanEvent, entry: &Entry) {
    match event {
        DisasterPlanEvent::Drafted(_) => {
            write(&mut plan.versions, PlanVersion::written(1, entry));
        },
        DisasterPlanEvent::Revised(step) => {
            write(
                &mut plan.versions,
                PlanVersion::written(step.version, entry),
            );
        },
        DisasterPlanEvent::Agreed(step) => {
            agree(&mut plan.versions, step.version, entry.day());
        },
        DisasterPlanEvent::SectionsWritten(step) => {
            section(&mut plan.versions, step.version, entry);
        },
        DisasterPlanEvent::Verified(_) => plan.verified_on.extend(entry.day()),
        DisasterPlanEvent::Transferred(step) => {
            plan.office = step.to;
            plan.area = step.area;
        },
        DisasterPlanEvent::Used(step) => plan.uses.push(DisasterUse {
            on: entry.day(),
            hazard: step.hazard,
        }),
        DisasterPlanEvent::Ended(step) => plan.end = Some(step.reason),
        DisasterPlanEvent::ReviewedInternally(_)
        | DisasterPlanEvent::NeedIdentified(_)
        | DisasterPlanEvent::NotWanted(_) => {},
    }
}

/// A plan's clock on a day: a revision does not start it anew.
fn clock(plan: &DisasterPlanView, judged_on: Day, terms: YearlyClock) -> DisasterClock {
    let agreed = plan
        .versions
        .iter()
        .filter_map(|version| version.agreed_on)
        .min();
    let confirmed_on = plan.verified_on.iter().copied().chain(agreed).max();
    let due = Days::new(u64::try_from(terms.due).unwrap_or(0));
    let due_on = confirmed_on.and_then(|day| day.checked_add_days(due));
    let age = confirmed_on.map(|day| judged_on.signed_duration_since(day).num_days());
    let state = match (plan.end, age) {
        (Some(_), _) => DisasterState::Ended,
        (None, None) => DisasterState::Drafted,
        (None, Some(days)) if days > terms.long => DisasterState::LongOverdue,
        (None, Some(days)) if days > terms.due => DisasterState::Overdue,
        (None, Some(days)) if days > terms.due.saturating_sub(terms.soon) => DisasterState::DueSoon,
        (None, Some(_)) => DisasterState::Current,
    };
    let days_left = age.map(|days| terms.due.saturating_sub(days));
    // What has ended is not verified any more.
    let is_due = plan.end.is_none();
    DisasterClock {
        state,
        confirmed_on,
        due_on: due_on.filter(|_| is_due),
        days_left: days_left.filter(|_| is_due),
        recheck: None,
        revision_asked_on: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Story, day};
    use super::*;

    fn state_after(days: u64) -> DisasterState {
        let agreed = day("2023-03-01");
        let mut story = Story::default();
        story.plan_agreed("2023-03-01");
        let judged_on = agreed.checked_add_days(Days::new(days)).unwrap();
        story.timeline(judged_on).disaster_plans[0].clock.state
    }

    #[test]
    fn the_wards_own_terms_move_the_clock() {
        let mut story = Story::default();
        story.plan_agreed("2023-03-01");
        let terms = YearlyClock {
            due: 100,
            soon: 10,
            long: 200,
        };
        let at = |on| {
            let view = story.timeline(day(on)).disaster_plans.remove(0);
            let clock = clock(&view, day(on), terms);
            (clock.state, clock.due_on)
        };

        let due = Some(day("2023-06-09"));
        assert_eq!(at("2023-05-30"), (DisasterState::Current, due));
        assert_eq!(at("2023-05-31"), (DisasterState::DueSoon, due));
        assert_eq!(at("2023-06-10"), (DisasterState::Overdue, due));
        assert_eq!(at("2023-09-18"), (DisasterState::LongOverdue, due));
    }

    #[test]
    fn a_plan_that_has_ended_is_not_due() {
        let mut story = Story::default();
        story.plan_agreed("2023-03-01");
        story.plan_ended("2023-05-01");

        let clock = &story.timeline(day("2024-05-01")).disaster_plans[0].clock;

        assert_eq!(clock.state, DisasterState::Ended);
        assert_eq!(clock.confirmed_on, Some(day("2023-03-01")));
        assert_eq!((clock.due_on, clock.days_left), (None, None));
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
