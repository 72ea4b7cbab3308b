//! What of the access review somebody asks for, as the address of the page says it.

use ledger_core::id::Position;
use ledger_core::time::Day;
use ledger_projections::access_review::{Flag, Reviewed};
use serde::{Deserialize, Serialize};

use super::super::fault::Refusal;
use crate::reading::review_month;

/// Accesses of one page.
pub(super) const PAGE: usize = 100;

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `YYYY-MM`; the present one where nothing is said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) month: String,
    /// An account.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) by: String,
    /// A flag's code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) flag: String,
    /// A register number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) child: String,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) page: usize,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    pub(super) format: String,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
const fn is_zero(page: &usize) -> bool {
    *page == 0
}

impl Asked {
    /// The same with the present month where none is named.
    ///
    /// # Errors
    /// [`Refusal`] where the month is none, or what is asked for is not offered.
    pub(super) fn checked(mut self, today: Day) -> Result<Self, Refusal> {
        self.by = self.by.trim().to_owned();
        self.child = self.child.trim().to_owned();
        if !self.child.is_empty() {
            // Of one person every opening is told, whoever it was and why one asks; nobody is offered that as
            // a file.
            if !self.format.is_empty() {
                return Err(Refusal::not_found());
            }
            self.by.clear();
            self.flag.clear();
        }
        self.month = review_month(&self.month, today)?;
        if !self.flag.is_empty() && self.flag().is_none() {
            return Err(Refusal::not_found());
        }
        Ok(self)
    }

    fn flag(&self) -> Option<Flag> {
        let mut flags = Flag::ALL.iter().copied();
        flags.find(|flag| flag.code() == self.flag)
    }

    /// Whether an access is among those that are asked for.
    pub(super) fn wants(&self, one: &Reviewed<'_>) -> bool {
        (self.by.is_empty() || one.access.actor.as_str() == self.by)
            && self.flag().is_none_or(|flag| one.flags.contains(&flag))
    }

    /// The positions of the page that is asked for.
    pub(super) fn shown<'p>(&self, positions: &'p [Position]) -> &'p [Position] {
        let pages = positions.chunks(PAGE).nth(self.page);
        pages.unwrap_or_default()
    }

    /// The query for another page of the same.
    pub(super) fn at(&self, page: usize) -> String {
        let other = Self {
            page,
            ..self.clone()
        };
        serde_html_form::to_string(other).unwrap_or_default()
    }
}
