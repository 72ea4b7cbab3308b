//! Live: the programme's settings, folded from its stream as it stood at a position.

use ledger_core::event::{Event, OpeningHoursSet, PlannedNumberSet, ProgrammeEvent, Recorded};
use ledger_core::id::{Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadError, ReadStream};
use ledger_core::time::{Calendar, Day, Holidays};

/// The programme's settings as they stood.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    hours: Vec<OpeningHoursSet>,
    holidays: Option<Holidays>,
    planned: Vec<PlannedNumberSet>,
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
        let mut settings = Self::default();
        let mut read = ReadStream {
            as_at,
            ..ReadStream::whole(StreamName::programme())
        };
        loop {
            let page = store.read_stream(&read).await?;
            for event in page.events.iter() {
                settings.apply(&Recorded::read(event)?.event);
            }
            match page.next {
                Some(next) => read.from = Some(Revision::new(next)),
                None => return Ok(settings),
            }
        }
    }

    fn apply(&mut self, event: &Event) {
        let Event::Programme(event) = event else {
            return;
        };
        match event {
            ProgrammeEvent::OpeningHoursSet(set) => self.hours.push(set.clone()),
            ProgrammeEvent::HolidayCalendarSet(set) => self.holidays = Some(set.holidays.clone()),
            ProgrammeEvent::PlannedNumberSet(set) => {
                let same = |one: &PlannedNumberSet| {
                    one.service == set.service && one.fiscal_year == set.fiscal_year
                };
                self.planned.retain(|one| !same(one));
                self.planned.push(set.clone());
            },
            ProgrammeEvent::StartMoved(_)
            | ProgrammeEvent::ContractorAppointed(_)
            | ProgrammeEvent::AreaTableSet(_)
            | ProgrammeEvent::CodeTableRevised(_)
            | ProgrammeEvent::KnownPopulationSet(_)
            | ProgrammeEvent::StaffPostSet(_)
            | ProgrammeEvent::StaffPostEnded(_)
            | ProgrammeEvent::ConcurrentConflict(_)
            | ProgrammeEvent::RequiredCompetencySet(_)
            | ProgrammeEvent::ReviewTermSet(_)
            | ProgrammeEvent::Defined(_)
            | ProgrammeEvent::PeriodSet(_)
            | ProgrammeEvent::CountingRuleAdopted(_) => {},
        }
    }

    /// The calendar that holds on a day.
    ///
    /// # Errors
    /// [`SettingsError::NotSet`] when opening hours or holidays were never set.
    pub fn calendar_on(&self, day: Day) -> Result<Calendar, SettingsError> {
        let holds = |set: &&OpeningHoursSet| set.from.is_none_or(|from| from <= day);
        let hours = self
            .hours
            .iter()
            .rev()
            .find(holds)
            .ok_or(SettingsError::NotSet)?;
        let holidays = self.holidays.clone().ok_or(SettingsError::NotSet)?;
        Ok(Calendar {
            opening_hours: hours.hours.clone(),
            holidays,
            new_year_break: hours.new_year_break,
        })
    }

    /// Every planned number in force.
    #[must_use]
    pub fn planned(&self) -> &[PlannedNumberSet] {
        &self.planned
    }
}
