//! The days of recording that an auditor asks for, as positions of the log.

use std::ops::RangeInclusive;

use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::Day;

use super::super::day::day_of;
use crate::failure::Failure;
use crate::reading::{first_since, last_until};

/// The form in which a scope is typed.
const OPENS: &str = "/acts/open-audit";

/// First and last day of recording; none from the beginning, or until now.
pub(super) struct Days {
    from: Option<Day>,
    to: Option<Day>,
}

impl Days {
    /// The days as they were typed; none where no audit is asked for.
    ///
    /// # Errors
    /// [`Failure`] where one is no day, or the last lies before the first.
    pub(super) fn asked(from: &str, to: &str) -> Result<Option<Self>, Failure> {
        let from = day_of(("記録した日（から）", "Recorded on or after"), from)?;
        let to = day_of(("記録した日（まで）", "Recorded on or before"), to)?;
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(backwards());
        }
        let is_asked = from.is_some() || to.is_some();
        Ok(is_asked.then_some(Self { from, to }))
    }

    /// The form that opens an audit, with the positions of everything that was recorded on these days.
    ///
    /// # Errors
    /// [`Failure`] where nothing was recorded on them, or the log cannot be read.
    pub(super) async fn form(
        &self,
        store: &dyn EventStore,
        head: Position,
    ) -> Result<Response, Failure> {
        let range = self.positions(store, head).await?.ok_or_else(nothing)?;
        let (first, last) = range.into_inner();
        let to = format!("{OPENS}?from_position={first}&to_position={last}");
        Ok(Redirect::to(&to).into_response())
    }

    /// The positions of everything that was recorded on these days; none where nothing was.
    ///
    /// # Errors
    /// [`Failure`] where the log cannot be read.
    pub(super) async fn positions(
        &self,
        store: &dyn EventStore,
        head: Position,
    ) -> Result<Option<RangeInclusive<Position>>, Failure> {
        let first = match self.from {
            Some(day) => first_since(store, day, head).await?,
            None => Some(Position::new(1)),
        };
        let last = match self.to {
            Some(day) => last_until(store, day, head).await?,
            None => Some(head),
        };
        let both = first.zip(last).filter(|(first, last)| first <= last);
        Ok(both.map(|(first, last)| first..=last))
    }
}

fn backwards() -> Failure {
    Failure::refused(
        "BAD_RANGE",
        "「記録した日（から）」が「記録した日（まで）」より後の日です。",
        "the last day lies before the first",
    )
    .hint("日を入れ替えてください。", "exchange the two days")
}

fn nothing() -> Failure {
    Failure::refused(
        "NOTHING_RECORDED",
        "その期間に記録されたものはありません。",
        "nothing was recorded on these days",
    )
    .hint(
        "記録した日（出来事の日ではなく、台帳に入った日）で、期間を選び直してください。",
        "choose days on which something entered the ledger, not on which it happened",
    )
}
