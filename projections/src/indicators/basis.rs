//! Facts and settings as they stood at a position, with which every indicator is measured.

use std::collections::BTreeMap;
use std::sync::Arc;

use ledger_core::id::{EventId, Position};
use ledger_core::store::EventStore;
use ledger_core::task::counting;
use ledger_core::time::Day;

use super::fact_set::FactSet;
use super::given::Given;
use super::indexed::Indexed;
use super::kept::{Kept, Measured};
use super::measure::Measure;
use super::reverse::Standing;
use super::rules::Rules;
use super::scope::Scope;
use super::table::Indicator;
use super::{INDICATORS, measure};
use crate::facts::{ByKind, FactReader, Kind, Standing as Facts};
use crate::figures::FiguresError;
use crate::settings::Settings;

/// Facts and settings as they stood at a position, with which every indicator is measured.
#[derive(Clone, Debug)]
pub struct Basis {
    shared: Arc<Shared>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// The position; of what stands now the newest.
    pub as_at: Position,
}

/// What all have in common who measure the same facts.
#[derive(Debug)]
struct Shared {
    facts: Indexed,
    settings: Arc<Settings>,
    kept: Kept,
}

impl Shared {
    fn of(facts: Indexed, settings: Settings) -> Self {
        Self {
            facts,
            settings: Arc::new(settings),
            kept: Kept::default(),
        }
    }

    /// The same as facts stand later, with the settings where they were set anew; what was made of other facts than
    /// moved is not made again.
    fn renewed(&self, facts: ByKind, settings: Option<Settings>) -> Self {
        let (facts, moved) = counting(|| self.facts.renewed(facts));
        match settings {
            Some(settings) => Self::of(facts, settings),
            None => Self {
                facts,
                settings: Arc::clone(&self.settings),
                kept: self.kept.after(&moved),
            },
        }
    }
}

impl Basis {
    /// Facts, in the order of the positions that made them, and settings as they stood at a position.
    #[must_use]
    pub fn of(facts: Facts, settings: Settings, as_at: Position) -> Self {
        let shared = Shared::of(Indexed::of(facts), settings);
        Self::on(Arc::new(shared), Some(as_at))
    }

    fn on(shared: Arc<Shared>, as_at: Option<Position>) -> Self {
        let newest = || shared.facts.set().newest().map(|fact| fact.from);
        Self {
            as_at: as_at.or_else(newest).unwrap_or_default(),
            settings: Arc::clone(&shared.settings),
            shared,
        }
    }

    /// Reads facts and settings as they stood at a position, or as they stand; the views must have
    /// been brought forward before.
    ///
    /// # Errors
    /// [`FiguresError`] when the views or the log cannot be read.
    pub async fn read(
        store: &dyn EventStore,
        facts: &FactReader,
        as_at: Option<Position>,
    ) -> Result<Self, FiguresError> {
        let make = async |before: Option<Arc<Shared>>| -> Result<Shared, FiguresError> {
            let standing = facts.by_kind(Kind::ALL, as_at).await?;
            let Some(before) = before else {
                let settings = Settings::read(store, as_at).await?;
                let facts = counting(|| Indexed::of_kinds(standing));
                return Ok(Shared::of(facts, settings));
            };
            // Whatever is set is a fact as well.
            let settings = if before.facts.has_same(Kind::Setting, &standing) {
                None
            } else {
                Some(Settings::read(store, as_at).await?)
            };
            Ok(before.renewed(standing, settings))
        };
        let shared = facts.renewed((Kind::ALL, as_at), String::new(), make);
        Ok(Self::on(shared.await?, as_at))
    }

    /// The facts in memory.
    #[must_use]
    pub fn facts(&self) -> FactSet<'_> {
        self.shared.facts.set()
    }

    /// Measures one indicator.
    #[must_use]
    pub fn measure(&self, indicator: &'static Indicator, scope: Scope) -> Arc<Measure> {
        let measured = self.shared.kept.measured(indicator.id, scope);
        Arc::clone(self.measured(&measured, indicator, scope))
    }

    /// How many units of an indicator fall into each month, named by its first day.
    #[must_use]
    pub fn months(&self, indicator: &'static Indicator, scope: Scope) -> Arc<BTreeMap<Day, i64>> {
        let measured = self.shared.kept.measured(indicator.id, scope);
        measured.months(self.measured(&measured, indicator, scope))
    }

    /// How an event stands in an indicator, with the indicator's measurement.
    pub(super) fn standing(
        &self,
        event: EventId,
        indicator: &'static Indicator,
        scope: Scope,
    ) -> (Option<Standing>, Arc<Measure>) {
        let measured = self.shared.kept.measured(indicator.id, scope);
        let measure = self.measured(&measured, indicator, scope);
        (measured.standing(measure, event), Arc::clone(measure))
    }

    fn measured<'m>(
        &self,
        measured: &'m Measured,
        indicator: &Indicator,
        scope: Scope,
    ) -> &'m Arc<Measure> {
        let make = |facts: &FactSet| measure(indicator, facts, scope, &self.settings);
        measured.measure(|| self.facts(), make)
    }

    /// A table of the facts, which is made once; its name tells it from others of its type.
    #[must_use]
    pub fn board<T: Send + Sync + 'static>(
        &self,
        name: &'static str,
        scope: Scope,
        make: impl Fn(&Given<'_, '_>) -> T,
    ) -> Arc<T> {
        let make = |facts: &FactSet| {
            make(&Given {
                facts,
                scope,
                settings: &self.settings,
                rules: Rules::of(&self.settings),
            })
        };
        let kept = &self.shared.kept;
        kept.board((name, scope), || self.facts(), make)
    }

    /// Measures every indicator.
    #[must_use]
    pub fn measure_all(&self, scope: Scope) -> Vec<Arc<Measure>> {
        let all = INDICATORS.iter();
        all.map(|indicator| self.measure(indicator, scope))
            .collect()
    }
}
