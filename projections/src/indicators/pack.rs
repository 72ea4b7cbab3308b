//! A meeting's figures, frozen: the same bytes for ever as at a position.

use std::sync::Arc;

use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::{Day, FiscalYear};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::basis::Basis;
use super::fold::Amount;
use super::measure::Measure;
use super::scope::Scope;
use super::target::{Achievement, Target};
use crate::facts::FactReader;
use crate::figures::FiguresError;

/// Version of the pack's shape; raised when what it says or how it is counted changes.
const FORMAT: u32 = 3;

/// Every indicator's figures as at a position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Version of this shape.
    pub format: u32,
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The day.
    pub day: Day,
    /// The position.
    pub as_at: Position,
    /// The figures.
    pub figures: Vec<PackEntry>,
}

/// One indicator's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackEntry {
    /// The indicator.
    pub indicator: String,
    /// The counting rule.
    pub rule: String,
    /// The value.
    pub value: Amount,
    /// Distinct units in its list.
    pub n: i64,
    /// What stands below the line.
    pub denominator: Option<i64>,
    /// How many events were left out.
    pub excluded: usize,
    /// The planned number.
    pub target: Option<Target>,
    /// How far it is.
    pub achievement: Option<Achievement>,
    /// SHA-256 (hex) over the list of what is counted.
    pub list_digest: String,
    /// The breakdown.
    pub lines: Vec<PackLine>,
}

/// One row of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackLine {
    /// Which.
    pub key: String,
    /// Its value.
    pub value: Amount,
    /// Its planned number.
    pub target: Option<Target>,
    /// How far it is.
    pub achievement: Option<Achievement>,
}

/// Why there is no pack.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Figures cannot be counted.
    #[error(transparent)]
    Figures(#[from] FiguresError),
    /// The figures cannot be written as canonical JSON.
    #[error("the figures cannot be written as canonical JSON")]
    Json(#[from] serde_json::Error),
}

impl Pack {
    /// The pack as RFC 8785 JSON.
    ///
    /// # Errors
    /// [`PackError::Json`], which whole numbers and text never cause.
    pub fn canonical(&self) -> Result<Vec<u8>, PackError> {
        Ok(ledger_core::json::canonical(self)?)
    }

    /// Reads a pack that was frozen in this shape.
    ///
    /// # Errors
    /// The text is no pack, or one of another shape.
    pub fn read(figures: &str) -> serde_json::Result<Self> {
        serde_json::from_str(figures)
    }

    /// SHA-256 (hex) over the pack as RFC 8785 JSON.
    ///
    /// # Errors
    /// [`PackError::Json`], which whole numbers and text never cause.
    pub fn digest(&self) -> Result<String, PackError> {
        Ok(hex(&self.canonical()?))
    }
}

/// Freezes every indicator's figures of a fiscal year on a day as at a position; the views must have
/// been brought forward before.
///
/// # Errors
/// [`PackError`] when figures cannot be counted.
pub async fn pack(
    store: &dyn EventStore,
    facts: &FactReader,
    scope: Scope,
    as_at: Position,
) -> Result<Pack, PackError> {
    let basis = Basis::read(store, facts, Some(as_at)).await?;
    pack_of(&basis, scope)
}

/// Freezes the figures of a basis.
///
/// # Errors
/// [`PackError::Json`], which whole numbers and text never cause.
pub fn pack_of(basis: &Basis, scope: Scope) -> Result<Pack, PackError> {
    let measures = basis.measure_all(scope);
    let figures = measures.into_iter().map(Arc::unwrap_or_clone).map(entry);
    Ok(Pack {
        format: FORMAT,
        fiscal_year: scope.year,
        day: scope.day,
        as_at: basis.as_at,
        figures: figures.collect::<Result<_, _>>()?,
    })
}

fn entry(measure: Measure) -> Result<PackEntry, PackError> {
    let list = ledger_core::json::canonical(&measure.counted)?;
    let lines = measure.lines.into_iter().map(|line| PackLine {
        key: line.key,
        value: line.value,
        target: line.target,
        achievement: line.achievement,
    });
    Ok(PackEntry {
        indicator: measure.indicator.to_owned(),
        rule: measure.rule,
        value: measure.value,
        n: measure.n,
        denominator: measure.denominator,
        excluded: measure.excluded.len(),
        target: measure.target,
        achievement: measure.achievement,
        list_digest: hex(&list),
        lines: lines.collect(),
    })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing into a string cannot fail.
        let _written = write!(text, "{byte:02x}").is_ok();
    }
    text
}
