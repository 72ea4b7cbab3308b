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
use crate::runner;
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

/// Counts facts between two days as at a position.
struct Count<'a> {
    views: &'a Views,
    generation: i64,
    parameters: [Value; 3],
}

impl<'a> Count<'a> {
    async fn new(
        views: &'a Views,
        (first, last): (Day, Day),
        as_at: Option<Position>,
    ) -> Result<Self, ViewsError> {
        let generation = runner::live(views, &Facts).await?;
        let as_at = as_at.map_or(i64::MAX, Position::as_i64);
        let parameters = [
            Value::from(first.to_string()),
            Value::from(last.to_string()),
            Value::from(as_at),
        ];
        Ok(Self {
            views,
            generation,
            parameters,
        })
    }

    async fn rows(&self, sql: &str) -> Result<Vec<Row>, ViewsError> {
        self.views
            .query(self.generation, sql, self.parameters.to_vec())
            .await
    }

    async fn one(&self, sql: &str) -> Result<i64, ViewsError> {
        let rows = self.rows(sql).await?;
        rows.first().ok_or(ViewsError::Column(0))?.int(0)
    }
}
