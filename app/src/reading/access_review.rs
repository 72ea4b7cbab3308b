//! Reads what a review of accesses rests on: those of a month, or those by which one person's text was opened.

use ledger_core::id::Position;
use ledger_core::time::Day;
use ledger_projections::access_review::{
    Access, Emergency, Flag, KINDS, KINDS_OF_PERSON, Reviewed, facts_of_review, reviewed,
    streams_of,
};
use ledger_projections::facts::{Facts, Kind, Standing};
use ledger_projections::indicators::FactSet;

use super::accesses::{accesses, accesses_at, emergencies, openings_of};
use super::the_child;
use crate::failure::Failure;
use crate::fault::views_failure;
use crate::wiring::OpenLedger;

/// Accesses to be reviewed.
pub struct AccessReview {
    versions: Standing,
    /// Up to which position of the log it tells.
    pub head: Position,
    /// The case that goes on of the person whose openings they are; none: they are those of a month.
    pub child: Option<String>,
    /// The accesses, the newest first; of one person those that were wanted.
    pub found: Vec<Access>,
    /// How often the person's text was opened.
    pub openings: usize,
    /// Every access that was taken in an emergency, oldest first.
    pub emergencies: Vec<Emergency>,
}

impl AccessReview {
    /// The accesses of a month, `2024-04`.
    ///
    /// # Errors
    /// [`Failure`] when log or views cannot be read.
    pub async fn of_month(open: &OpenLedger, month: &str) -> Result<Self, Failure> {
        let store = open.store.as_ref();
        let (head, versions) = versions(open, KINDS).await?;
        let mut found = accesses(store, month).await?;
        found.reverse();
        Ok(Self {
            versions,
            head,
            child: None,
            found,
            openings: 0,
            emergencies: emergencies(open, head).await?,
        })
    }

    /// The openings of the text of the person whom a number or an id names: of all, the newest first, those that
    /// are wanted.
    ///
    /// # Errors
    /// [`Failure`] when nobody is named, or log or views cannot be read.
    pub async fn of_person(
        open: &OpenLedger,
        child: &str,
        wanted: impl FnOnce(&[Position]) -> Vec<Position>,
    ) -> Result<Self, Failure> {
        let store = open.store.as_ref();
        let child = the_child(store, open.store.ledger_id(), child).await?;
        let kinds = [KINDS, KINDS_OF_PERSON].concat();
        let (head, versions) = versions(open, &kinds).await?;
        let (child, positions) = of_person(&versions, head, &child.to_string());
        Ok(Self {
            found: accesses_at(store, &wanted(&positions)).await?,
            openings: positions.len(),
            emergencies: emergencies(open, head).await?,
            child: Some(child),
            versions,
            head,
        })
    }

    /// The facts by which they are reviewed.
    #[must_use]
    pub fn facts(&self) -> FactSet<'_> {
        facts_of_review(self.versions.iter().map(AsRef::as_ref), self.head)
    }

    /// Each access with its flags.
    #[must_use]
    pub fn reviewed(&self, facts: &FactSet<'_>) -> Vec<Reviewed<'_>> {
        let mut reviewed = reviewed(&self.found, &self.emergencies, facts);
        if self.child.is_some() {
            // What is usual for an account is told by its whole month, not by a part of one person's openings.
            for one in &mut reviewed {
                one.flags.remove(&Flag::Many);
            }
        }
        reviewed
    }
}

async fn versions(open: &OpenLedger, kinds: &[Kind]) -> Result<(Position, Standing), Failure> {
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let versions = open.facts.versions(kinds, head).await;
    Ok((head, versions.map_err(|error| views_failure(&error))?))
}

/// The case of a person that goes on, and where the text of any of their cases was opened, the newest first.
fn of_person(versions: &Standing, head: Position, child: &str) -> (String, Vec<Position>) {
    let facts = facts_of_review(versions.iter().map(AsRef::as_ref), head);
    let positions = openings_of(&facts, &streams_of(&facts, child));
    (facts.canonical(child).to_owned(), positions)
}

/// The month that is reviewed: the one that is named, or else the present one.
///
/// # Errors
/// [`Failure`] where what is named is no month.
pub fn review_month(named: &str, today: Day) -> Result<String, Failure> {
    if named.is_empty() {
        return Ok(month_of(today));
    }
    let first = format!("{named}-01").parse::<Day>();
    if first.is_ok_and(|first| month_of(first) == named) {
        return Ok(named.to_owned());
    }
    Err(Failure::refused(
        "BAD_MONTH",
        "「月」を読み取れません。2024-04 のように指定してください。",
        "the month is such as 2024-04",
    )
    .on("--month"))
}

/// The month of a day.
#[must_use]
pub fn month_of(day: Day) -> String {
    day.format("%Y-%m").to_string()
}
