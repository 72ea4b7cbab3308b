//! The events that fit what is asked for: the store looks for names, the rest is looked at here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ledger_core::actor::Role;
use ledger_core::code::Area;
use ledger_core::event::Metadata;
use ledger_core::id::{EventId, EventType, Position};
use ledger_core::store::{Direction, EventStore, Filter, NameFilter, ReadAll, StoredEvent};
use ledger_core::time::Day;
use ledger_projections::amendment::Act;
use ledger_projections::facts::Facts;

use super::Asked;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::pages::day::asked_day;
use crate::reading::{areas_of_persons, first_since, last_until, newest_acts};
use crate::rights::reads;
use crate::wiring::OpenLedger;

/// How many events are looked at for one page; where they hold too few that fit, the next page goes on.
pub(super) const LOOKED_AT_MAX: usize = 50_000;
/// How many positions of the log are passed for one page: the store passes over what it need not give.
pub(super) const PASSED_MAX: u64 = 500_000;

/// One event that fits.
pub(in crate::pages) struct Line {
    pub(in crate::pages) stored: StoredEvent,
    /// Nothing for a foreign event.
    pub(in crate::pages) metadata: Option<Metadata>,
    /// What a later event said about it last.
    pub(in crate::pages) act: Option<Act>,
}

impl Line {
    fn of(stored: &StoredEvent, acts: &HashMap<EventId, Act>) -> Self {
        Self {
            metadata: serde_json::from_slice(&stored.metadata).ok(),
            act: acts.get(&stored.id).copied(),
            stored: stored.clone(),
        }
    }

    /// The day on which it happened, where that is known.
    pub(in crate::pages) fn day(&self) -> Option<Day> {
        self.metadata.as_ref()?.occurred.day()
    }

    /// Days between what happened and its recording, where they are known.
    pub(in crate::pages) fn delay(&self) -> Option<i64> {
        delay(self.day()?, self.stored.recorded_at.day_in_japan())
    }
}

/// Days from one to another; none where that lies before.
pub(super) fn delay(from: Day, to: Day) -> Option<i64> {
    let days = to.signed_duration_since(from).num_days();
    (days >= 0).then_some(days)
}

/// How far a search went for one page.
pub(super) struct Reach {
    begun: u64,
    looked_at: usize,
}

impl Reach {
    /// Of a search that begins at a position.
    pub(super) const fn from(begun: Position) -> Self {
        Self {
            begun: begun.get(),
            looked_at: 0,
        }
    }

    /// Counts events that the store gave.
    pub(super) const fn look_at(&mut self, events: usize) {
        self.looked_at = self.looked_at.saturating_add(events);
    }

    /// Whether it is far enough for one page once the search stands at a position.
    pub(super) const fn is_far(&self, next: u64) -> bool {
        self.looked_at >= LOOKED_AT_MAX || self.begun.abs_diff(next) >= PASSED_MAX
    }
}

/// A search through the log.
pub(in crate::pages) struct Search<'a> {
    store: &'a dyn EventStore,
    asked: &'a Asked,
    /// Who looks; what the role does not read is left out.
    role: Role,
    read: ReadAll,
    at_least: Option<i64>,
    acts: Arc<HashMap<EventId, Act>>,
    /// Up to where the log goes.
    pub(in crate::pages) head: Position,
    /// Nothing was recorded on the day from which it was to begin, nor behind it on the way.
    is_past_the_end: bool,
}

impl<'a> Search<'a> {
    /// A role's search for what was asked, once the facts are brought forward.
    ///
    /// # Errors
    /// [`Failure`] when log or views cannot be read.
    pub(in crate::pages) async fn begin(
        open: &'a OpenLedger,
        role: Role,
        asked: &'a Asked,
    ) -> Result<Self, Failure> {
        let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
        let store: &dyn EventStore = open.store.as_ref();
        let day = asked_day(&asked.day)?;
        let jump = match (day, asked.direction()) {
            (Some(day), Direction::Forwards) => first_since(store, day, head).await?,
            (Some(day), Direction::Backwards) => last_until(store, day, head).await?,
            (None, _) => None,
        };
        Ok(Self {
            store,
            role,
            read: ReadAll {
                from: jump.or(asked.position()?),
                direction: asked.direction(),
                limit: usize::MAX,
                filter: filter(open, asked, head).await?,
                as_at: Some(head),
            },
            at_least: asked.at_least()?,
            acts: newest_acts(open, head).await?,
            asked,
            head,
            is_past_the_end: day.is_some() && jump.is_none(),
        })
    }

    /// So many lines at most, and from where more may follow; of a long log in which few events fit only a part
    /// is looked at.
    ///
    /// # Errors
    /// [`Failure`] when the log cannot be read.
    pub(in crate::pages) async fn page(
        self,
        lines_max: usize,
    ) -> Result<(Vec<Line>, Option<u64>), Failure> {
        let begun = self.read.from.unwrap_or(match self.read.direction {
            Direction::Forwards => Position::new(1),
            Direction::Backwards => self.head,
        });
        self.lines(lines_max, Some(Reach::from(begun))).await
    }

    /// Every line; where there are more than so many, the first of them and where the next one stands.
    ///
    /// # Errors
    /// [`Failure`] when the log cannot be read.
    pub(in crate::pages) async fn whole(
        self,
        lines_max: usize,
    ) -> Result<(Vec<Line>, Option<u64>), Failure> {
        self.lines(lines_max, None).await
    }

    async fn lines(
        mut self,
        lines_max: usize,
        mut reach: Option<Reach>,
    ) -> Result<(Vec<Line>, Option<u64>), Failure> {
        let mut lines = Vec::new();
        if self.is_past_the_end {
            return Ok((lines, None));
        }
        self.read.limit = lines_max.saturating_add(1);
        loop {
            let page = self.store.read_all(&self.read).await;
            let page = page.map_err(|error| read_failure(&error))?;
            for stored in page.events.iter() {
                let line = Line::of(stored, &self.acts);
                if !self.wants(&line) {
                    continue;
                }
                if lines.len() >= lines_max {
                    return Ok((lines, Some(stored.position.get())));
                }
                lines.push(line);
            }
            if let Some(reach) = &mut reach {
                reach.look_at(page.events.len());
            }
            let is_far = |next: u64| reach.as_ref().is_some_and(|reach| reach.is_far(next));
            match page.next {
                Some(next) if !is_far(next) => self.read.from = Some(Position::new(next)),
                next => return Ok((lines, next)),
            }
            // Where the first step held too few, the others are as long as the store takes them.
            self.read.limit = usize::MAX;
        }
    }

    fn wants(&self, line: &Line) -> bool {
        let stored = &line.stored;
        let in_category = || stored.stream.category() == Some(self.asked.category.as_str());
        let is_late = |least: i64| line.delay().is_some_and(|days| days >= least);
        let actor = || line.metadata.as_ref().map(|known| known.actor.as_str());
        reads(self.role, stored.stream.category())
            && (self.asked.category.is_empty() || in_category())
            && stored.stream.as_str().starts_with(&self.asked.stream)
            && (self.asked.by.is_empty() || actor() == Some(self.asked.by.as_str()))
            && self.at_least.is_none_or(is_late)
            && match self.asked.amended.as_str() {
                "yes" => line.act.is_some(),
                "no" => line.act.is_none(),
                _ => true,
            }
    }
}

/// What the store looks after itself: names of types and streams.
async fn filter(open: &OpenLedger, asked: &Asked, head: Position) -> Result<Filter, Failure> {
    let kind = (!asked.kind.is_empty()).then(|| EventType::new(asked.kind.clone()).ok());
    let types = kind.flatten().map(|kind| Filter::of_types([kind]).types);
    let streams = if let Ok(area) = asked.area.parse::<Area>() {
        let lives = areas_of_persons(open, head).await?.into_iter();
        let there = lives.filter(|(_, lives_in)| *lives_in == area);
        let there: HashSet<String> = there.map(|(person, _)| format!("child-{person}")).collect();
        Some(NameFilter::OneOf(there.into_iter().collect()))
    } else if !asked.stream.is_empty() {
        Filter::of_streams(&asked.stream).streams
    } else if !asked.category.is_empty() {
        Filter::of_category(&asked.category).streams
    } else {
        None
    };
    Ok(Filter {
        types: types.flatten(),
        streams,
    })
}
