//! Facts and settings as they stood at a position, with which every indicator is measured.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::task::counting;
use ledger_core::time::Day;

use super::boards::by_month;
use super::fact_set::FactSet;
use super::indexed::Indexed;
use super::measure::Measure;
use super::scope::Scope;
use super::table::Indicator;
use super::{INDICATORS, measure};
use crate::facts::{FactReader, Kind, Standing};
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
    /// By scope and indicator; the scope that was asked for last stands last.
    measured: Mutex<Vec<(Scope, Slots)>>,
}

/// The measurements of a scope, by indicator.
type Slots = HashMap<&'static str, Arc<Slot>>;

/// Most scopes whose measurements are kept; beyond that those of the one are forgotten that was asked for longest
/// ago. Years of a trial fit, each whole and up to a day.
const SCOPES_MAX: usize = 8;

/// A measurement, and how many of its units fall into each month; whoever asks for the same waits until it is
/// made.
#[derive(Debug, Default)]
struct Slot {
    measure: OnceLock<Arc<Measure>>,
    months: OnceLock<Arc<BTreeMap<Day, i64>>>,
}

impl Shared {
    fn of(facts: Standing, settings: Settings) -> Self {
        Self {
            facts: counting(|| Indexed::of(facts)),
            settings: Arc::new(settings),
            measured: Mutex::default(),
        }
    }

    /// Where a measurement is kept.
    fn slot(&self, id: &'static str, scope: Scope) -> Arc<Slot> {
        let measured = self.measured.lock();
        let mut measured = measured.unwrap_or_else(PoisonError::into_inner);
        let known = measured.iter().position(|(known, _)| *known == scope);
        let (_, mut own) = match known {
            Some(place) => measured.remove(place),
            None => (scope, Slots::new()),
        };
        let slot = Arc::clone(own.entry(id).or_default());
        measured.push((scope, own));
        if measured.len() > SCOPES_MAX {
            measured.remove(0);
        }
        slot
    }
}

impl Basis {
    /// Facts, in the order of the positions that made them, and settings as they stood at a position.
    #[must_use]
    pub fn of(facts: Standing, settings: Settings, as_at: Position) -> Self {
        Self::on(Arc::new(Shared::of(facts, settings)), Some(as_at))
    }

    fn on(shared: Arc<Shared>, as_at: Option<Position>) -> Self {
        let standing = shared.facts.standing().iter();
        Self {
            as_at: as_at
                .or_else(|| standing.map(|fact| fact.from).max())
                .unwrap_or_default(),
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
        // A setting is a fact as well, so that what is kept of one is not kept beyond its change.
        let shared = async |standing: Standing| -> Result<Shared, FiguresError> {
            let settings = Settings::read(store, as_at).await?;
            Ok(Shared::of(standing, settings))
        };
        let shared = facts.made((Kind::ALL, as_at), String::new(), shared);
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
        self.measured(&self.shared.slot(indicator.id, scope), indicator, scope)
    }

    /// How many units of an indicator fall into each month, named by its first day.
    #[must_use]
    pub fn months(&self, indicator: &'static Indicator, scope: Scope) -> Arc<BTreeMap<Day, i64>> {
        let slot = self.shared.slot(indicator.id, scope);
        let months = || {
            let measure = self.measured(&slot, indicator, scope);
            Arc::new(by_month(&measure.counted))
        };
        Arc::clone(slot.months.get_or_init(months))
    }

    fn measured(&self, slot: &Slot, indicator: &Indicator, scope: Scope) -> Arc<Measure> {
        let new = || Arc::new(measure(indicator, &self.facts(), scope, &self.settings));
        let known = slot.measure.get();
        Arc::clone(known.unwrap_or_else(|| counting(|| slot.measure.get_or_init(new))))
    }

    /// Measures every indicator.
    #[must_use]
    pub fn measure_all(&self, scope: Scope) -> Vec<Arc<Measure>> {
        let all = INDICATORS.iter();
        all.map(|indicator| self.measure(indicator, scope))
            .collect()
    }
}
