//! How the figures moved since the newest materials of a year that a meeting was shown.

use ledger_core::time::FiscalYear;
use ledger_projections::committee::MeetingCard;
use ledger_projections::indicators::{Amount, Pack};

use super::super::language::current;
use super::issues::moved;
use super::looked::newest_of;
use crate::lang::Lang;
use crate::render;

/// The figures as a meeting was shown them last.
pub(super) struct Since {
    meeting: String,
    pack: Pack,
}

impl Since {
    /// Those of a year; none where no meeting was shown it, or only a digest was kept.
    pub(super) fn of(cards: &[MeetingCard], year: FiscalYear) -> Option<Self> {
        let card = newest_of(cards, year)?;
        let text = card.materials.as_ref()?.figures.as_deref()?;
        Some(Self {
            meeting: render::meeting_name(card, current()),
            pack: Pack::read(text).ok()?,
        })
    }

    /// How a figure moved since then, in words; empty where the meeting was not shown it.
    pub(super) fn told(&self, id: &str, now: &Amount) -> String {
        let mut figures = self.pack.figures.iter();
        let Some(then) = figures.find(|entry| entry.indicator == id) else {
            return String::new();
        };
        let moved = moved(&then.value, now);
        match current() {
            Lang::Ja => format!("前回配布版（{}）から {moved}", self.meeting),
            Lang::En => format!("Since the materials of {}: {moved}", self.meeting),
        }
    }
}
