//! Live: the programme's settings, folded from its stream as it stood at a position.

mod business;
mod history;
mod posts;

pub use history::SettingsHistory;
pub use posts::Post;

use ledger_core::code::Area;
use ledger_core::event::{
    AreaTableSet, ContractorAppointed, CountingRuleAdopted, KnownPopulationSet, OpeningHoursSet,
    PeriodSet, PlannedNumberSet, ProgrammeEvent, RequiredCompetencySet, ReviewTermSet,
};
use ledger_core::id::Position;
use ledger_core::store::{EventStore, ReadError};
use ledger_core::time::{Calendar, Day, FiscalYear, Holidays};

/// The programme's settings as they stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    hours: Vec<OpeningHoursSet>,
    holidays: Option<Holidays>,
    /// Calendars by the first day on which they hold, in the order in which they were set.
    calendars: Vec<(Option<Day>, Calendar)>,
    business: business::BusinessDays,
    planned: Vec<PlannedNumberSet>,
    period: Option<PeriodSet>,
    rules: Vec<CountingRuleAdopted>,
    terms: Vec<ReviewTermSet>,
    contractors: Vec<ContractorAppointed>,
    areas: Option<AreaTableSet>,
    populations: Vec<KnownPopulationSet>,
    posts: Vec<Post>,
    competencies: Vec<RequiredCompetencySet>,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The log cannot be read.
    #[error("the programme's settings cannot be read")]
    Read(#[from] ReadError),
    /// An event of the programme cannot be understood.
    #[error("the programme's settings cannot be understood")]
    Event(#[from] ledger_core::event::ReadEventError),
    /// Opening hours or holidays were never set.
    #[error("the programme has no opening hours or no holidays at that position")]
    NotSet,
}

impl Settings {
    /// Reads the settings as they stood at a position, or as they stand.
    ///
    /// # Errors
    /// [`SettingsError`] when the stream cannot be read or understood.
    pub async fn read(
        store: &dyn EventStore,
        as_at: Option<Position>,
    ) -> Result<Self, SettingsError> {
        Ok(SettingsHistory::read(store, as_at).await?.newest())
    }

    /// The settings that events make.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = &'a ProgrammeEvent>) -> Self {
        let mut settings = Self::default();
        for event in events {
            settings.apply(event);
        }
        settings.settle_calendars();
        settings
    }

    fn apply(&mut self, event: &ProgrammeEvent) {
        match event {
            ProgrammeEvent::OpeningHoursSet(set) => self.hours.push(set.clone()),
            ProgrammeEvent::HolidayCalendarSet(set) => self.holidays = Some(set.holidays.clone()),
            ProgrammeEvent::PlannedNumberSet(set) => {
                let key = |one: &PlannedNumberSet| (one.service, one.fiscal_year);
                self.planned.retain(|one| key(one) != key(set));
                self.planned.push(set.clone());
            },
            ProgrammeEvent::PeriodSet(set) => self.period = Some(set.clone()),
            ProgrammeEvent::StartMoved(moved) => {
                if let Some(period) = &mut self.period {
                    period.starts_on = moved.starts_on;
                }
            },
            ProgrammeEvent::CountingRuleAdopted(rule) => self.rules.push(rule.clone()),
            ProgrammeEvent::ReviewTermSet(set) => {
                self.terms.retain(|one| one.term != set.term);
                self.terms.push(set.clone());
            },
            ProgrammeEvent::ContractorAppointed(one) => self.contractors.push(one.clone()),
            ProgrammeEvent::AreaTableSet(set) => self.areas = Some(set.clone()),
            ProgrammeEvent::KnownPopulationSet(set) => {
                self.populations.retain(|one| one.area != set.area);
                self.populations.push(set.clone());
            },
            ProgrammeEvent::RequiredCompetencySet(set) => {
                self.competencies
                    .retain(|one| one.competency != set.competency);
                self.competencies.push(set.clone());
            },
            ProgrammeEvent::StaffPostSet(set) => posts::set(&mut self.posts, set),
            ProgrammeEvent::StaffPostEnded(ended) => posts::end(&mut self.posts, ended),
            ProgrammeEvent::ConcurrentConflict(_)
            | ProgrammeEvent::CodeTableRevised(_)
            | ProgrammeEvent::SecondFactorRuleSet(_)
            | ProgrammeEvent::Defined(_) => {},
        }
    }

    fn settle_calendars(&mut self) {
        let Some(holidays) = &self.holidays else {
            return;
        };
        let calendar = |hours: &OpeningHoursSet| {
            let calendar = Calendar {
                opening_hours: hours.hours.clone(),
                holidays: holidays.clone(),
                new_year_break: hours.new_year_break,
            };
            (hours.from, calendar)
        };
        self.calendars = self.hours.iter().map(calendar).collect();
    }

    /// The calendar that holds on a day, where opening hours and holidays were ever set.
    #[must_use]
    pub fn calendar(&self, day: Day) -> Option<&Calendar> {
        let mut newest_first = self.calendars.iter().rev();
        let found = newest_first.find(|(from, _)| from.is_none_or(|from| from <= day));
        found.map(|(_, calendar)| calendar)
    }

    /// The calendar that holds on a day.
    ///
    /// # Errors
    /// [`SettingsError::NotSet`] when opening hours or holidays were never set.
    pub fn calendar_on(&self, day: Day) -> Result<Calendar, SettingsError> {
        self.calendar(day).cloned().ok_or(SettingsError::NotSet)
    }

    /// Business days from a day to another, both counted; where no calendar holds every day is one.
    #[must_use]
    pub fn business_days(&self, first: Day, last: Day) -> i64 {
        self.business.between(first, last, |day| {
            let calendar = self.calendar(day);
            calendar.is_none_or(|calendar| calendar.is_business_day(day))
        })
    }

    /// Business days after a day, up to another.
    #[must_use]
    pub fn business_days_after(&self, day: Day, to: Day) -> i64 {
        day.succ_opt()
            .map_or(0, |next| self.business_days(next, to))
    }

    /// Every planned number in force.
    #[must_use]
    pub fn planned(&self) -> &[PlannedNumberSet] {
        &self.planned
    }

    /// Preparation, beginning and end of the trial, its beginning as it was moved last.
    #[must_use]
    pub const fn period(&self) -> Option<&PeriodSet> {
        self.period.as_ref()
    }

    /// First day of service, as it was moved last.
    #[must_use]
    pub fn starts_on(&self) -> Option<Day> {
        self.period.as_ref().map(|period| period.starts_on)
    }

    /// Last day of the trial.
    #[must_use]
    pub fn ends_on(&self) -> Option<Day> {
        self.period.as_ref().map(|period| period.ends_on)
    }

    /// Whether a fiscal year lies in the trial, from the year in which service begins to the one in which
    /// it ends; where no period is set every year does.
    #[must_use]
    pub fn in_trial(&self, year: FiscalYear) -> bool {
        self.period.as_ref().is_none_or(|period| {
            FiscalYear::of(period.starts_on) <= year && year <= FiscalYear::of(period.ends_on)
        })
    }

    /// The year of the trial that is nearest to a day's.
    #[must_use]
    pub fn year_near(&self, day: Day) -> FiscalYear {
        let year = FiscalYear::of(day);
        self.period.as_ref().map_or(year, |period| {
            let begin = FiscalYear::of(period.starts_on);
            year.min(FiscalYear::of(period.ends_on)).max(begin)
        })
    }

    /// Every rule that was adopted, in the order of adoption.
    #[must_use]
    pub fn rules(&self) -> &[CountingRuleAdopted] {
        &self.rules
    }

    /// A term in force.
    #[must_use]
    pub fn term(&self, term: &str) -> Option<&ReviewTermSet> {
        self.terms.iter().find(|set| set.term == term)
    }

    /// The operator on a day: of those appointed for it the one appointed last.
    #[must_use]
    pub fn contractor_on(&self, day: Day) -> Option<&ContractorAppointed> {
        let holds = |one: &&ContractorAppointed| {
            one.from <= day && one.until.is_none_or(|until| day <= until)
        };
        self.contractors.iter().rev().find(holds)
    }

    /// The areas with their names, where they were ever set.
    #[must_use]
    pub const fn areas(&self) -> Option<&AreaTableSet> {
        self.areas.as_ref()
    }

    /// How many persons who need daily medical care live in an area, or in the ward.
    #[must_use]
    pub fn population(&self, area: Option<Area>) -> Option<u32> {
        let found = self.populations.iter().find(|set| set.area == area);
        found.map(|set| set.persons)
    }

    /// The level that completion of training asks for, by competency.
    #[must_use]
    pub fn competencies(&self) -> &[RequiredCompetencySet] {
        &self.competencies
    }

    /// Every post that was ever set.
    #[must_use]
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }
}
