//! The figures of a fiscal year and of a day as exports have them: each an indicator with one fixed reading.

mod day;
mod table;
mod year;

pub use table::{OF_DAY, OF_YEAR, find};

use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::{Day, FiscalYear};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::facts::{FactReader, Kind};
use crate::indicators::{FactSet, Indexed, Indicator, Measure, Scope, measure};
use crate::settings::{Settings, SettingsError};
use crate::views::ViewsError;

/// Why figures could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// The facts cannot be read.
    #[error(transparent)]
    Views(#[from] ViewsError),
    /// The settings that a rule needs are missing.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

/// The kinds of facts that figures count or rest on.
const KINDS: &[Kind] = &[
    Kind::PersonKnown,
    Kind::CaseMerged,
    Kind::MergeUndone,
    Kind::InquiryLinked,
    Kind::InquiryUnlinked,
    Kind::Consultation,
    Kind::ReferralMade,
    Kind::ReferralDeclined,
    Kind::ReferralCompleted,
    Kind::ReferralFedBack,
    Kind::SupportPlanAgreed,
    Kind::SupportPlanRevised,
    Kind::DisasterPlanDrafted,
    Kind::DisasterPlanAgreed,
    Kind::DisasterPlanVerified,
    Kind::DisasterPlanEnded,
    Kind::FacilityVisit,
    Kind::TrainingSession,
    Kind::TraineeCompleted,
    Kind::CompetencyAssessed,
    Kind::ProcedureStarted,
    Kind::ProcedureEnded,
    Kind::Mobility,
];

/// Measured figures, by their keys in exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Each figure with what it counts.
    pub measures: Vec<Measure>,
}

impl Figures {
    fn of(table: &'static [Indicator], facts: &FactSet<'_>, scope: Scope, with: &Settings) -> Self {
        let measures = table.iter();
        let measures = measures.map(|figure| measure(figure, facts, scope, with));
        Self {
            measures: measures.collect(),
        }
    }

    /// A figure's number.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<i64> {
        let mut measures = self.measures.iter();
        measures.find(|one| one.indicator == key)?.value.count()
    }

    /// The figures as exports have them.
    #[must_use]
    pub fn values(&self) -> Map<String, Value> {
        let values = self.measures.iter();
        values
            .map(|one| (one.indicator.to_owned(), exported(one)))
            .collect()
    }
}

/// A figure's number, or those of its breakdown where it has one.
#[must_use]
pub fn exported(figure: &Measure) -> Value {
    if figure.indicator != "consultations_per_month" {
        return figure.value.count().into();
    }
    let months = figure.lines.iter();
    let months = months.map(|month| (month.key.clone(), month.value.count().into()));
    Value::Object(months.collect())
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.values().serialize(serializer)
    }
}

/// What a figure is counted over: one of a year over the whole year whatever the day, one of a day on
/// that day whatever the year; any other indicator over what was asked for.
#[must_use]
pub fn scope(indicator: &Indicator, scope: Scope) -> Scope {
    let is_in = |table: &[Indicator]| table.iter().any(|figure| figure.id == indicator.id);
    if is_in(OF_YEAR) {
        Scope::of_year(scope.year)
    } else if is_in(OF_DAY) {
        of_day(scope.day)
    } else {
        scope
    }
}

fn of_day(day: Day) -> Scope {
    Scope {
        year: FiscalYear::of(day),
        day,
    }
}

/// Counts the figures of a fiscal year as the ledger stood at a position, or as it stands; the views
/// must have been brought forward before.
///
/// # Errors
/// [`FiguresError`] when facts or settings cannot be read, or there are contacts and no opening hours
/// were set for their days.
pub async fn figures_of_year(
    store: &dyn EventStore,
    facts: &FactReader,
    year: FiscalYear,
    as_at: Option<Position>,
) -> Result<Figures, FiguresError> {
    let facts = Indexed::of_kinds(facts.by_kind(KINDS, as_at).await?);
    let settings = Settings::read(store, as_at).await?;
    let figures = Figures::of(OF_YEAR, &facts.set(), Scope::of_year(year), &settings);
    let undecided = figures.measures.iter().flat_map(|one| &one.excluded);
    if undecided.clone().any(|one| one.reason == "no-calendar") {
        return Err(SettingsError::NotSet.into());
    }
    Ok(figures)
}

/// Counts the figures of a day as the ledger stood at a position, or as it stands; the views must
/// have been brought forward before.
///
/// # Errors
/// [`FiguresError`] when the facts cannot be read.
pub async fn figures_on(
    facts: &FactReader,
    day: Day,
    as_at: Option<Position>,
) -> Result<Figures, FiguresError> {
    let facts = Indexed::of_kinds(facts.by_kind(KINDS, as_at).await?);
    Ok(Figures::of(
        OF_DAY,
        &facts.set(),
        of_day(day),
        &Settings::default(),
    ))
}
