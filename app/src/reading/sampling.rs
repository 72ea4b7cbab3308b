//! Draws a sample of a range of the log, from all of it alike or so many of each type of events, within what a page holds.

use std::sync::Arc;

use ledger_core::id::Position;
use ledger_core::sample::RANGE_MAX;
use ledger_core::text::normal;

use super::position::reached;
use super::sampled::{drawn, drawn_from_each, positions_of_types};
use crate::failure::Failure;
use crate::wiring::OpenLedger;

/// Most events of a sample.
pub const SIZE_MAX: usize = 200;
/// Longest seed, in characters.
pub const SEED_MAX: usize = 100;
/// How many are drawn where nothing is said.
const SIZE: usize = 20;

/// By what a sample is drawn.
#[derive(Clone, Debug)]
pub struct Sampling {
    /// The seed; without one nothing is drawn.
    pub seed: String,
    /// First position of the range.
    pub from: Position,
    /// Last position of the range.
    pub to: Position,
    /// How many are drawn, or how many of each type.
    pub many: usize,
    /// So many are drawn of each type of events.
    pub by_type: bool,
}

impl Sampling {
    /// A sample of the whole log, or of a part of it, where that is not too much.
    ///
    /// # Errors
    /// [`Failure`] where the seed is too long, the range too large or not reached yet, or the number out of bounds.
    pub fn new(
        (seed, by_type): (&str, bool),
        (from, to): (Option<u64>, Option<u64>),
        many: Option<u64>,
        head: Position,
    ) -> Result<Self, Failure> {
        let from = Position::new(from.unwrap_or(1).max(1));
        let to = to.map_or(head, Position::new);
        if to.get().saturating_sub(from.get()) >= RANGE_MAX {
            return Err(Failure::refused(
                "LONG_RANGE",
                format!("一度に引けるのは{RANGE_MAX}件の範囲までです。"),
                format!("no more than {RANGE_MAX} positions are drawn from at once"),
            )
            .on("--to"));
        }
        let seed = normal(seed);
        if seed.chars().count() > SEED_MAX {
            return Err(Failure::refused(
                "LONG_SEED",
                format!("「種（シード）」は{SEED_MAX}文字までにしてください。"),
                format!("the seed has at most {SEED_MAX} characters"),
            )
            .on("--seed"));
        }
        Ok(Self {
            seed,
            from,
            to: reached(to, head, "--to")?,
            many: size(many, by_type)?,
            by_type,
        })
    }

    /// The positions that are drawn, in the order of the drawing.
    ///
    /// # Errors
    /// [`Failure`] where there is no seed, too many are drawn, the views cannot be read, or the program ends meanwhile.
    pub async fn positions(&self, open: &OpenLedger) -> Result<Arc<Vec<Position>>, Failure> {
        if self.seed.is_empty() {
            return Err(no_seed());
        }
        let range = (self.from, self.to);
        if !self.by_type {
            return drawn(open, &self.seed, range, self.many).await;
        }
        let strata = positions_of_types(open, range).await?;
        let strata = strata.into_iter().map(|(_, positions)| positions);
        let drawn = drawn_from_each(&self.seed, strata.collect(), self.many).await?;
        if drawn.len() > SIZE_MAX {
            return Err(too_many(drawn.len()));
        }
        Ok(Arc::new(drawn))
    }
}

fn size(many: Option<u64>, by_type: bool) -> Result<usize, Failure> {
    let first = if by_type { 1 } else { SIZE };
    let size = many.map_or(Ok(first), usize::try_from);
    let size = size.unwrap_or(usize::MAX);
    if (1..=SIZE_MAX).contains(&size) {
        return Ok(size);
    }
    Err(Failure::refused(
        "BAD_SIZE",
        format!("「件数」は1〜{SIZE_MAX}にしてください。"),
        format!("the number lies between 1 and {SIZE_MAX}"),
    )
    .on("--n"))
}

fn no_seed() -> Failure {
    Failure::refused(
        "NO_SEED",
        "「種（シード）」がありません。",
        "there is no seed",
    )
    .on("--seed")
}

fn too_many(drawn: usize) -> Failure {
    Failure::refused(
        "TOO_MANY_EVENTS",
        format!("「件数」が多すぎます。種類ごとに引くと{drawn}件になり、{SIZE_MAX}件を超えます。"),
        format!("the number is too large: {drawn} events of all types, more than {SIZE_MAX}"),
    )
    .hint("件数を減らしてください。", "ask for fewer of each type")
    .on("--n")
}
