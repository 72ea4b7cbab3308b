//! Facts and settings as they stood at a position, with which every indicator is measured.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ledger_core::id::Position;
use ledger_core::store::EventStore;

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
    measured: Mutex<HashMap<(&'static str, Scope), Arc<Slot>>>,
}

/// A measurement; whoever asks for the same one waits until it is made.
type Slot = OnceLock<Arc<Measure>>;

impl Shared {
    fn of(facts: Standing, settings: Settings) -> Self {
        Self {
            facts: Indexed::of(facts),
            settings: Arc::new(settings),
            measured: Mutex::default(),
        }
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
        let asked = (indicator.id, scope);
        let measured = &self.shared.measured;
        let mut measured = measured.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = Arc::clone(measured.entry(asked).or_default());
        drop(measured);
        let new = || Arc::new(measure(indicator, &self.facts(), scope, &self.settings));
        Arc::clone(slot.get_or_init(new))
    }

    /// Measures every indicator.
    #[must_use]
    pub fn measure_all(&self, scope: Scope) -> Vec<Arc<Measure>> {
        let all = INDICATORS.iter();
        all.map(|indicator| self.measure(indicator, scope))
            .collect()
    }
}
