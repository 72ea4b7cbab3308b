//! The events of a figure, page by page: those that it counts, and those that it leaves out and why.

use std::collections::HashSet;

use ledger_projections::indicators::{Counted, Fold, Measure};

use super::{Asked, Breakdown};
use crate::pages::language::current;
use crate::render;

/// Events of one page.
const PAGE: usize = 200;

pub(super) struct Events {
    pub(super) counted: Vec<Event>,
    pub(super) excluded: Vec<(u64, &'static str)>,
    /// The row of the breakdown whose events are listed, and the query under which all are; none: they are.
    pub(super) of: Option<(String, String)>,
    pub(super) all: usize,
    /// How many are counted of so many events, where one counts once however often it stands in the list.
    pub(super) distinct: Option<Distinct>,
    pub(super) left_out: usize,
    /// The first number of the page's list.
    pub(super) first: usize,
    pub(super) pages: Pages,
    pub(super) pages_left_out: Pages,
}

/// What is counted of more events than it is.
pub(super) struct Distinct {
    pub(super) units: usize,
    /// They are persons.
    pub(super) are_persons: bool,
}

/// The pages of a list: the number of each, its query, and whether it is shown.
pub(super) type Pages = Vec<(usize, String, bool)>;

pub(super) struct Event {
    pub(super) position: u64,
    pub(super) on: String,
    pub(super) below: bool,
}

impl Asked {
    /// The part of a list that a page shows, and where the list's other pages are.
    fn paged(
        &self,
        asked: Option<usize>,
        all: usize,
        to: fn(&mut Self, Option<usize>),
    ) -> (usize, Pages) {
        let pages = all.div_ceil(PAGE).max(1);
        let page = asked.unwrap_or(1).clamp(1, pages);
        let links = (1..=pages).map(|one| {
            (
                one,
                self.with(|other| to(other, Some(one).filter(|one| *one > 1))),
                one == page,
            )
        });
        let skipped = page.saturating_sub(1).saturating_mul(PAGE);
        (
            skipped,
            if pages > 1 {
                links.collect()
            } else {
                Vec::new()
            },
        )
    }
}

/// A page of the events that a figure counts, or one row of its breakdown, and one of those that it leaves out.
pub(super) fn events(measure: &Measure, breakdown: Option<&Breakdown>, asked: &Asked) -> Events {
    let line = measure.lines.iter().find(|line| line.key == asked.line);
    let counted = line.map_or(&measure.counted, |line| &line.counted);
    let named = breakdown.and_then(|it| it.rows.iter().find(|row| row.chosen));
    let (all, left_out) = (counted.len(), measure.excluded.len());
    let (skipped, pages) = asked.paged(asked.page, all, |other, page| other.page = page);
    let (passed, pages_left_out) = asked.paged(asked.left_out, left_out, |other, page| {
        other.left_out = page;
    });
    let excluded = measure.excluded.iter().skip(passed).take(PAGE);
    Events {
        counted: counted.iter().skip(skipped).take(PAGE).map(event).collect(),
        excluded: excluded
            .map(|one| (one.position.get(), render::reason(one.reason, current())))
            .collect(),
        of: line.and(named).map(|row| {
            let whole = asked.with(|other| {
                other.line.clear();
                (other.page, other.left_out) = (None, None);
            });
            (row.name.clone(), whole)
        }),
        all,
        distinct: distinct(counted, line.map_or(measure.fold, |line| line.fold)),
        left_out,
        first: skipped.saturating_add(1),
        pages,
        pages_left_out,
    }
}

/// What is counted of the events; none where it is as many as they are.
fn distinct(counted: &[Counted], fold: Fold) -> Option<Distinct> {
    let units: HashSet<&str> = counted.iter().map(|one| &*one.unit).collect();
    let are_fewer = fold.counts_units() && units.len() < counted.len();
    let is_person = |one: &Counted| one.subject.as_deref() == Some(&*one.unit);
    are_fewer.then(|| Distinct {
        units: units.len(),
        are_persons: counted.iter().all(is_person),
    })
}

pub(super) fn event(one: &Counted) -> Event {
    let on = one.day.map(|on| render::day(on, current()));
    Event {
        position: one.position.get(),
        on: on.unwrap_or_default(),
        below: !one.hit,
    }
}
