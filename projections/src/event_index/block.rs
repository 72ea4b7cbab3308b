//! Positions of one key, as a row holds them: the first, then how far it is from each to the next.

use crate::views::{Row, ViewsError};

/// Some positions, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Which of the key's blocks, from 0.
    number: i64,
    events: i64,
    last: i64,
    text: String,
}

impl Block {
    /// Reads a block from the columns `block`, `events`, `last_position` and `positions`, the first
    /// of which is given.
    pub(super) fn of_row(row: &Row, column: usize) -> Result<Self, ViewsError> {
        let at = |offset: usize| column.saturating_add(offset);
        Ok(Self {
            number: row.int(at(0))?,
            events: row.int(at(1))?,
            last: row.int(at(2))?,
            text: row.text(at(3))?.to_owned(),
        })
    }

    /// Adds a position behind the others.
    pub(super) fn push(&mut self, position: i64) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let before = if self.events == 0 { 0 } else { self.last };
        self.text
            .push_str(&position.saturating_sub(before).to_string());
        self.events = self.events.saturating_add(1);
        self.last = position;
    }

    /// The empty block behind this one.
    pub(super) fn next(&self) -> Self {
        Self {
            number: self.number.saturating_add(1),
            last: self.last,
            ..Self::default()
        }
    }

    pub(super) const fn number(&self) -> i64 {
        self.number
    }

    pub(super) const fn events(&self) -> i64 {
        self.events
    }

    /// The newest position of the key.
    pub(super) const fn last(&self) -> i64 {
        self.last
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The positions.
    ///
    /// # Errors
    /// [`ViewsError::Column`] when they are not what [`Self::push`] wrote.
    pub(super) fn positions(&self) -> Result<Vec<i64>, ViewsError> {
        let mut position = 0_i64;
        let steps = self.text.split(' ').filter(|step| !step.is_empty());
        let positions = steps.map(|step| {
            let step: i64 = step.parse().map_err(|_| ViewsError::Column(3))?;
            position = position.saturating_add(step);
            Ok(position)
        });
        let positions = positions.collect::<Result<Vec<i64>, ViewsError>>()?;
        if i64::try_from(positions.len()) == Ok(self.events) {
            Ok(positions)
        } else {
            Err(ViewsError::Column(1))
        }
    }
}
