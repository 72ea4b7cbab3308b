//! When a disaster plan is to be looked at again although its year is not over.
//!
//! Computed from the history and never stored: a verification with the family after the change
//! settles it, an internal review or a new version alone does not.

use ledger_core::code::{CareProcedure, DisasterPlanResult, ProfileField};
use ledger_core::event::{DisasterPlanEvent, Event, ProfileEvent};
use ledger_core::history::Entry;
use ledger_core::id::{DisasterPlanId, EventId, Revision};
use ledger_core::time::Day;
use serde::Serialize;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecheckTrigger {
    /// A ventilator came or went; the support may move to another office, too.
    Ventilator,
    /// Another kind of daily medical care, with its device, came or went.
    Procedure,
    /// The person moved.
    Address,
    /// The person moved to another area.
    Area,
    /// A guardian or contact came, changed or went.
    Guardian,
}

/// A change since the plan was last verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RecheckCause {
    /// What changed.
    pub trigger: RecheckTrigger,
    /// The event that says so.
    pub event: EventId,
    /// When it changed.
    pub on: Option<Day>,
}

/// A plan is to be looked at again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recheck {
    /// Day of the first change; none where it is unknown.
    pub since: Option<Day>,
    /// The changes, oldest first; one or more.
    pub causes: Vec<RecheckCause>,
}

/// What changed about the person since the plan's last verification, or else since the family's
/// first agreement; none before either.
pub(super) fn recheck(standing: &[&Entry], plan: DisasterPlanId) -> Option<Recheck> {
    let confirmed = confirmed(standing, plan)?;
    let mut causes: Vec<(Option<Day>, Revision, RecheckCause)> = standing
        .iter()
        .filter(|entry| is_after(entry, confirmed))
        .filter_map(|entry| {
            let cause = RecheckCause {
                trigger: trigger(entry.event())?,
                event: entry.recorded.id,
                on: entry.day(),
            };
            Some((entry.day(), entry.recorded.revision, cause))
        })
        .collect();
    causes.sort_by_key(|(day, revision, _)| (*day, *revision));
    let causes: Vec<RecheckCause> = causes.into_iter().map(|(_, _, cause)| cause).collect();
    let since = causes.first()?.on;
    Some(Recheck { since, causes })
}

/// The day of the last verification, where it found that the plan has to be revised and no version was made since.
pub(super) fn revision_asked_on(standing: &[&Entry], plan: DisasterPlanId) -> Option<Day> {
    let verified = steps(standing, plan, |event| {
        matches!(event, DisasterPlanEvent::Verified(_))
    });
    let dated = verified.filter_map(|entry| Some((place(entry)?, entry)));
    let (verified, last) = dated.max_by_key(|(place, _)| *place)?;
    let Event::DisasterPlan(DisasterPlanEvent::Verified(checked)) = last.event() else {
        return None;
    };
    let mut revised = steps(standing, plan, |event| {
        matches!(event, DisasterPlanEvent::Revised(_))
    });
    let asks = checked.result == Some(DisasterPlanResult::NeedsRevision);
    let is_asked = asks && !revised.any(|entry| is_after(entry, verified));
    is_asked.then_some(verified.0)
}

/// The day of the last verification or else of the first agreement, and the place of its event.
fn confirmed(standing: &[&Entry], plan: DisasterPlanId) -> Option<(Day, Revision)> {
    let agreed = steps(standing, plan, |event| {
        matches!(event, DisasterPlanEvent::Agreed(_))
    });
    let verified = steps(standing, plan, |event| {
        matches!(event, DisasterPlanEvent::Verified(_))
    });
    let agreed = agreed.filter_map(place).min();
    let verified = verified.filter_map(place).max();
    agreed.into_iter().chain(verified).max()
}

/// The steps of a plan that are wanted.
fn steps<'h>(
    standing: &[&'h Entry],
    plan: DisasterPlanId,
    wanted: fn(&DisasterPlanEvent) -> bool,
) -> impl Iterator<Item = &'h Entry> {
    standing.iter().copied().filter(move |entry| {
        let Event::DisasterPlan(event) = entry.event() else {
            return false;
        };
        event.plan() == Some(plan) && wanted(event)
    })
}

/// The day of an event, where it is known, and its place in the stream.
fn place(entry: &Entry) -> Option<(Day, Revision)> {
    Some((entry.day()?, entry.recorded.revision))
}

/// Whether an event came later than the confirmation: by its day, and on the same or an unknown
/// day by its place in the stream.
fn is_after(entry: &Entry, (day, revision): (Day, Revision)) -> bool {
    match entry.day() {
        Some(other) if other != day => other > day,
        Some(_) | None => entry.recorded.revision > revision,
    }
}

const fn trigger(event: &Event) -> Option<RecheckTrigger> {
    let Event::Profile(event) = event else {
        return None;
    };
    match event {
        ProfileEvent::ProcedureStarted(started) => Some(of_procedure(started.procedure)),
        ProfileEvent::ProcedureEnded(ended) => Some(of_procedure(ended.procedure)),
        ProfileEvent::Changed(changed) => match changed.field {
            ProfileField::Address => Some(RecheckTrigger::Address),
            ProfileField::Area => Some(RecheckTrigger::Area),
            ProfileField::Name
            | ProfileField::Kana
            | ProfileField::BirthDate
            | ProfileField::Phone => None,
        },
        ProfileEvent::GuardianAdded(_)
        | ProfileEvent::GuardianChanged(_)
        | ProfileEvent::GuardianRemoved(_) => Some(RecheckTrigger::Guardian),
        ProfileEvent::Registered(_)
        | ProfileEvent::BirthDetail(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => None,
    }
}

const fn of_procedure(procedure: CareProcedure) -> RecheckTrigger {
    if matches!(procedure, CareProcedure::Ventilator) {
        RecheckTrigger::Ventilator
    } else {
        RecheckTrigger::Procedure
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Story, day};
    use super::*;

    fn causes(story: &Story) -> Vec<RecheckTrigger> {
        let timeline = story.timeline(day("2023-09-30"));
        let recheck = timeline.disaster_plans[0].clock.recheck.clone();
        let causes = recheck.map_or_else(Vec::new, |recheck| recheck.causes);
        causes.into_iter().map(|cause| cause.trigger).collect()
    }

    #[test]
    fn a_change_of_care_home_or_guardian_after_the_agreement_needs_a_recheck() {
        let mut story = Story::default();
        story.plan_agreed("2023-03-01");
        assert_eq!(causes(&story), []);

        story.procedure_started("2023-04-01", CareProcedure::Suction);
        story.changed("2023-04-02", ProfileField::Address);
        story.changed("2023-04-02", ProfileField::Phone);
        story.changed("2023-04-03", ProfileField::Area);
        story.guardian_added("2023-04-04");
        let event = story.procedure_started("2023-04-05", CareProcedure::Ventilator);

        assert_eq!(
            causes(&story),
            [
                RecheckTrigger::Procedure,
                RecheckTrigger::Address,
                RecheckTrigger::Area,
                RecheckTrigger::Guardian,
                RecheckTrigger::Ventilator,
            ]
        );
        let timeline = story.timeline(day("2023-09-30"));
        let recheck = timeline.disaster_plans[0].clock.recheck.clone().unwrap();
        assert_eq!(recheck.since, Some(day("2023-04-01")));
        assert_eq!(recheck.causes[4].event, event);
    }

    #[test]
    fn a_verification_after_the_change_settles_it_and_an_earlier_one_does_not() {
        let mut story = Story::default();
        story.plan_agreed("2023-03-01");
        story.verified("2023-03-20");
        story.procedure_started("2023-04-01", CareProcedure::Oxygen);
        assert_eq!(causes(&story), [RecheckTrigger::Procedure]);

        story.verified("2023-04-10");

        assert_eq!(causes(&story), []);
        // Told later, though it had been so when the family looked at the plan.
        story.procedure_started("2023-04-09", CareProcedure::Suction);
        assert_eq!(causes(&story), []);
    }

    #[test]
    fn a_change_on_the_day_of_the_verification_counts_when_it_was_recorded_after_it() {
        let mut story = Story::default();
        story.procedure_started("2023-03-01", CareProcedure::Oxygen);
        story.plan_agreed("2023-03-01");
        assert_eq!(causes(&story), []);

        story.procedure_started("2023-03-01", CareProcedure::Suction);

        assert_eq!(causes(&story), [RecheckTrigger::Procedure]);
    }

    #[test]
    fn a_change_after_the_asked_day_is_not_seen() {
        let mut story = Story::default();
        story.plan_agreed("2023-03-01");
        story.procedure_started("2023-04-01", CareProcedure::Oxygen);

        assert!(
            story.as_of("2023-03-31").disaster_plans[0]
                .clock
                .recheck
                .is_none()
        );
        assert!(
            story.as_of("2023-04-01").disaster_plans[0]
                .clock
                .recheck
                .is_some()
        );
    }

    #[test]
    fn a_plan_that_nobody_agreed_to_or_that_ended_needs_no_recheck() {
        let mut drafted = Story::default();
        drafted.plan_drafted("2023-03-01");
        drafted.procedure_started("2023-04-01", CareProcedure::Oxygen);
        let mut ended = Story::default();
        ended.plan_agreed("2023-03-01");
        ended.procedure_started("2023-04-01", CareProcedure::Oxygen);
        ended.plan_ended("2023-05-01");

        assert_eq!(causes(&drafted), []);
        assert_eq!(causes(&ended), []);
    }
}
