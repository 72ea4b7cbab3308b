//! Sets a new ledger's programme up, all of its settings at once.

use ledger_core::event::{
    CountingRuleAdopted, Draft, HolidayCalendarSet, OpeningHoursSet, PeriodSet, PlannedNumberSet,
    ProgrammeDefined, ProgrammeEvent,
};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::rules::may_set;
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::{Happened, Programme};

/// Sets a new ledger's programme up, all of its settings at once; what `init` sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUpProgramme {
    /// When it was settled.
    pub occurred: Occurred,
    /// Name, place and operator.
    pub definition: ProgrammeDefined,
    /// Preparation, beginning and end.
    pub period: PeriodSet,
    /// Opening hours.
    pub opening_hours: OpeningHoursSet,
    /// National holidays.
    pub calendar: HolidayCalendarSet,
    /// Planned numbers.
    pub planned: Vec<PlannedNumberSet>,
    /// Rules by which is counted or judged.
    pub rules: Vec<CountingRuleAdopted>,
    /// What else the plan names: areas, operator, posts, terms.
    pub further: Vec<ProgrammeEvent>,
}

impl Single for SetUpProgramme {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if programme.defined {
            return Err(Reason::AlreadyRegistered.on("definition"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        let first = [
            ProgrammeEvent::Defined(self.definition.clone()),
            ProgrammeEvent::PeriodSet(self.period.clone()),
            ProgrammeEvent::OpeningHoursSet(self.opening_hours.clone()),
            ProgrammeEvent::HolidayCalendarSet(self.calendar.clone()),
        ];
        let planned = self.planned.iter().cloned();
        let planned = planned.map(ProgrammeEvent::PlannedNumberSet);
        let rules = self.rules.iter().cloned();
        let rules = rules.map(ProgrammeEvent::CountingRuleAdopted);
        let further = self.further.iter().cloned();
        let mut so_far = programme.clone();
        let mut drafts = Vec::new();
        for event in first.into_iter().chain(planned).chain(rules).chain(further) {
            may_set(&so_far, &event)?;
            let draft = Draft::new(event, self.occurred);
            let id = context.event_id(drafts.len());
            so_far.evolve(&Happened {
                id,
                latest: id,
                event: &draft.event,
                occurred: draft.occurred,
            });
            drafts.push(draft);
        }
        Ok(drafts)
    }
}
