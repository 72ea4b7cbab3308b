//! The figures of a fiscal year and of a day, counted from the facts as at a position.

mod of_day;
mod of_year;
mod rule;

pub use of_day::{DayFigures, figures_on};
pub use of_year::{YearFigures, figures_of_year};
pub use rule::{RULES, Rule};

use ledger_core::id::Position;
use ledger_core::time::Day;

use crate::facts::Facts;
use crate::generation;
use crate::settings::SettingsError;
use crate::views::{Row, Value, Views, ViewsError};

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

/// Counts facts as at a position.
struct Count<'a> {
    views: &'a Views,
    generation: i64,
    parameters: Vec<Value>,
}

impl<'a> Count<'a> {
    /// The texts name the days `$1` … in their order, and the position behind them.
    async fn new(
        views: &'a Views,
        days: &[Day],
        as_at: Option<Position>,
    ) -> Result<Self, ViewsError> {
        let generation = generation::live(views, &Facts).await?;
        let as_at = as_at.map_or(i64::MAX, Position::as_i64);
        let days = days.iter().map(|day| Value::from(day.to_string()));
        let parameters = days.chain([Value::from(as_at)]).collect();
        Ok(Self {
            views,
            generation,
            parameters,
        })
    }

    async fn rows(&self, sql: &str) -> Result<Vec<Row>, ViewsError> {
        self.views
            .query(self.generation, sql, self.parameters.clone())
            .await
    }

    async fn one(&self, sql: &str) -> Result<i64, ViewsError> {
        let rows = self.rows(sql).await?;
        rows.first().ok_or(ViewsError::Column(0))?.int(0)
    }
}
