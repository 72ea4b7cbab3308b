//! Live: the programme's settings in force (事業の設定), each with who set it and when, folded from its
//! stream.

mod said;
#[cfg(test)]
mod tests;

use ledger_core::actor::Actor;
use ledger_core::code::{PostKind, Service};
use ledger_core::event::{
    AreaTableSet, ContractorAppointed, CountingRuleAdopted, KnownPopulationSet, OpeningHoursSet,
    PeriodSet, PlannedNumberSet, ProgrammeDefined, RequiredCompetencySet, ReviewTermSet,
    SecondFactorRuleSet, StaffPostSet, StartMoved,
};
use ledger_core::history::History;
use ledger_core::id::{EventId, Position, PostId};
use ledger_core::time::{Day, FiscalYear, Timestamp};
use serde::Serialize;

use self::said::{Said, of};
use crate::indicators::Target;
use crate::settings::Settings;

/// A setting with who set it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Set<T> {
    /// The setting.
    pub value: T,
    /// Who set it and when.
    pub by: SetBy,
}

/// Who set something and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetBy {
    /// The account.
    pub actor: Actor,
    /// The day of the decision.
    pub on: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Where.
    pub position: Position,
    /// The event.
    pub event: EventId,
}

/// The programme's settings in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeCard {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The day of that year on which hours, operator and posts are looked at.
    pub on: Day,
    /// The year lies in the trial.
    pub in_trial: bool,
    /// Name, place and operator.
    pub definition: Option<Set<ProgrammeDefined>>,
    /// Preparation, beginning and end, as first set.
    pub period: Option<Set<PeriodSet>>,
    /// How the start was moved since, in order.
    pub moves: Vec<Set<StartMoved>>,
    /// The first day of service in force.
    pub starts_on: Option<Day>,
    /// Opening hours that hold on the day.
    pub opening_hours: Option<Set<OpeningHoursSet>>,
    /// The list of holidays: how many.
    pub holidays: Option<Set<usize>>,
    /// The operator on the day.
    pub contractor: Option<Set<ContractorAppointed>>,
    /// The areas.
    pub areas: Option<Set<AreaTableSet>>,
    /// How many persons are known to live where.
    pub populations: Vec<Set<KnownPopulationSet>>,
    /// Planned numbers of the year, a service each.
    pub planned: Vec<Planned>,
    /// The posts that are filled on the day.
    pub posts: Vec<Post>,
    /// Their full-time equivalents together, in hundredths.
    pub fte_hundredths: u32,
    /// When concurrent posts got in the way, in order.
    pub conflicts: Vec<Conflict>,
    /// What completion of training asks for.
    pub competencies: Vec<Set<RequiredCompetencySet>>,
    /// The rules that were adopted, the newest text of each id.
    pub rules: Vec<Set<CountingRuleAdopted>>,
    /// Terms by which things are due.
    pub terms: Vec<Set<ReviewTermSet>>,
    /// Which roles sign in with a second factor, where that was set.
    pub second_factors: Vec<Set<SecondFactorRuleSet>>,
    /// Code tables with their newest versions.
    pub code_tables: Vec<Set<CodeTable>>,
}

impl ProgrammeCard {
    /// Whether something was set together with the programme's definition, whose day is that of the ward's paper.
    #[must_use]
    pub fn came_with_definition(&self, by: &SetBy) -> bool {
        let defined = self.definition.as_ref();
        defined.is_some_and(|defined| defined.by.recorded_at == by.recorded_at)
    }
}

/// The planned number of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// The service.
    pub service: Service,
    /// The number for the year.
    pub target: Target,
    /// What is said of it and by whom: the year's own number, else that of a full year.
    pub set: Option<Set<PlannedNumberSet>>,
}

/// A post that is filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Post {
    /// As it was set.
    pub set: Set<StaffPostSet>,
    /// Its last day, where it is known.
    pub until: Option<Day>,
}

/// A concurrent post got in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The post.
    pub post: PostId,
    /// Its kind, where the post is known.
    pub kind: Option<PostKind>,
    /// The day.
    pub on: Option<Day>,
    /// What happened, where it can be read.
    pub note: Option<String>,
    /// The event.
    pub event: EventId,
}

/// A code table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeTable {
    /// Its name.
    pub table: String,
    /// Its newest version.
    pub version: u32,
}

/// Folds the programme's history as it stood at the end of a day into the settings of a fiscal year;
/// none before it was defined.
#[must_use]
pub fn programme_card(history: &History, year: FiscalYear, as_of: Day) -> Option<ProgrammeCard> {
    let said = Said::of(history, as_of)?;
    // The settings themselves are folded where the figures fold them, so that both show the same.
    let settings = Settings::of(said.events());
    let on = as_of.min(year.last_day());
    let posts = said.posts(&settings, on);
    let fte = posts.iter().map(|post| post.set.value.fte_hundredths);
    Some(ProgrammeCard {
        fiscal_year: year,
        on,
        in_trial: settings.in_trial(year),
        definition: said.last(of::defined),
        period: said.last(of::period),
        moves: said.all(of::moved),
        starts_on: settings.starts_on(),
        opening_hours: said
            .all(of::hours)
            .into_iter()
            .rfind(|set| set.value.from.is_none_or(|from| from <= on)),
        holidays: said.last(of::holidays),
        contractor: settings
            .contractor_on(on)
            .and_then(|one| said.matching(of::contractor, one)),
        areas: said.last(of::areas),
        populations: said.newest(of::population, |set| set.area),
        planned: said.planned(&settings, year),
        fte_hundredths: fte.flatten().fold(0, u32::saturating_add),
        posts,
        conflicts: said.conflicts(&settings),
        competencies: said.newest(of::competency, |set| set.competency),
        rules: said.newest(of::rule, |set| set.rule.clone()),
        terms: said.newest(of::term, |set| set.term.clone()),
        second_factors: said.newest(of::second_factor, |set| set.role.code()),
        code_tables: said.newest(of::table, |set| set.table.clone()),
    })
}
