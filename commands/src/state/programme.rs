//! The programme's settings, as far as the commands that set them ask.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::actor::Role;
use ledger_core::code::Competency;
use ledger_core::event::{Event, PeriodSet, ProgrammeEvent, ReviewTermSet, StaffPostSet};
use ledger_core::id::PostId;
use ledger_core::time::{Day, FiscalYear};

use super::Happened;
use crate::rule::second_factor;

/// A post of the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// As last set.
    pub set: StaffPostSet,
    /// Its last day, where it ended.
    pub ended: Option<Day>,
}

/// Which settings the programme has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Programme {
    /// Name, place and operator are set.
    pub defined: bool,
    /// Preparation, beginning and end, with the start as last moved.
    pub period: Option<PeriodSet>,
    /// What completion of training asks for.
    pub required: BTreeMap<Competency, u32>,
    /// Opening hours are set.
    pub has_hours: bool,
    /// The holidays are set.
    pub has_holidays: bool,
    rules: BTreeSet<String>,
    tables: BTreeMap<String, u32>,
    posts: BTreeMap<PostId, Post>,
    terms: BTreeMap<String, ReviewTermSet>,
    second_factor: BTreeMap<&'static str, bool>,
}

impl Programme {
    /// Whether a rule is adopted, by its id with its version.
    #[must_use]
    pub fn has_rule(&self, rule: &str) -> bool {
        self.rules.contains(rule)
    }

    /// The newest version of a code table; 0 before its first revision.
    #[must_use]
    pub fn table_version(&self, table: &str) -> u32 {
        self.tables.get(table).copied().unwrap_or(0)
    }

    /// Finds a post.
    #[must_use]
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(&id)
    }

    /// A term, where it is set.
    #[must_use]
    pub fn term(&self, term: &str) -> Option<&ReviewTermSet> {
        self.terms.get(term)
    }

    /// Whether a role signs in with a second factor, where that is set; what holds otherwise is
    /// [`second_factor::default`](crate::rule::second_factor::default)'s to say.
    #[must_use]
    pub fn second_factor(&self, role: Role) -> bool {
        let set = self.second_factor.get(role.code()).copied();
        set.unwrap_or_else(|| second_factor::default(role))
    }

    /// The fiscal year in which service begins.
    #[must_use]
    pub fn first_year(&self) -> Option<FiscalYear> {
        self.period
            .as_ref()
            .map(|period| FiscalYear::of(period.starts_on))
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Programme(event) = happened.event else {
            return;
        };
        match event {
            ProgrammeEvent::Defined(_) => self.defined = true,
            ProgrammeEvent::PeriodSet(period) => self.period = Some(period.clone()),
            ProgrammeEvent::StartMoved(moved) => {
                if let Some(period) = &mut self.period {
                    period.starts_on = moved.starts_on;
                }
            },
            ProgrammeEvent::CountingRuleAdopted(adopted) => {
                self.rules.insert(adopted.rule.clone());
            },
            ProgrammeEvent::CodeTableRevised(revised) => {
                self.tables.insert(revised.table.clone(), revised.version);
            },
            ProgrammeEvent::StaffPostSet(set) => {
                let post = Post {
                    set: set.clone(),
                    ended: None,
                };
                self.posts.insert(set.post, post);
            },
            ProgrammeEvent::StaffPostEnded(ended) => {
                if let Some(post) = self.posts.get_mut(&ended.post) {
                    post.ended = Some(ended.until);
                }
            },
            ProgrammeEvent::RequiredCompetencySet(required) => {
                self.required.insert(required.competency, required.level);
            },
            ProgrammeEvent::ReviewTermSet(term) => {
                self.terms.insert(term.term.clone(), term.clone());
            },
            ProgrammeEvent::SecondFactorRuleSet(rule) => {
                self.second_factor.insert(rule.role.code(), rule.required);
            },
            ProgrammeEvent::OpeningHoursSet(_) => self.has_hours = true,
            ProgrammeEvent::HolidayCalendarSet(_) => self.has_holidays = true,
            ProgrammeEvent::PlannedNumberSet(_)
            | ProgrammeEvent::ContractorAppointed(_)
            | ProgrammeEvent::AreaTableSet(_)
            | ProgrammeEvent::KnownPopulationSet(_)
            | ProgrammeEvent::ConcurrentConflict(_) => {},
        }
    }
}
