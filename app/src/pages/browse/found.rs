//! The events that fit what is asked for: the store looks for names, the rest is looked at here; what goes by when it
//! happened was placed before.

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
use super::placed::{Placed, begins_at};
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::reading::{areas_of_persons, events_at, first_since, last_until, newest_acts};
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

/// What of an event is looked at here.
pub(super) struct Seen<'a> {
    pub(super) stream: &'a str,
    pub(super) actor: Option<&'a str>,
    pub(super) delay: Option<i64>,
    pub(super) is_amended: bool,
}

/// Which events are wanted, besides by the store and by when they happened.
pub(super) struct Wants<'a> {
    pub(super) asked: &'a Asked,
    /// Who looks; what the role does not read is left out.
    pub(super) role: Role,
    pub(super) at_least: Option<i64>,
}

impl Wants<'_> {
    pub(super) fn fits(&self, seen: &Seen<'_>) -> bool {
        let (asked, category) = (self.asked, seen.stream.split_once('-'));
        let category = category.map(|(category, _)| category);
        let is_late = |least: i64| seen.delay.is_some_and(|days| days >= least);
        reads(self.role, category)
            && (asked.category.is_empty() || category == Some(asked.category.as_str()))
            && seen.stream.starts_with(&asked.stream)
            && (asked.by.is_empty() || seen.actor == Some(asked.by.as_str()))
            && self.at_least.is_none_or(is_late)
            && match asked.amended.as_str() {
                "yes" => seen.is_amended,
                "no" => !seen.is_amended,
                _ => true,
            }
    }
}

/// A search through the log.
pub(in crate::pages) struct Search<'a> {
    store: &'a dyn EventStore,
    wants: Wants<'a>,
    read: ReadAll,
    acts: Arc<HashMap<EventId, Act>>,
    /// What fits, where it is asked for by when it happened.
    placed: Option<Placed>,
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
        let day = asked.day()?.filter(|_| !asked.is_by_occurrence());
        let jump = match (day, asked.direction()) {
            (Some(day), Direction::Forwards) => first_since(store, day, head).await?,
            (Some(day), Direction::Backwards) => last_until(store, day, head).await?,
            (None, _) => None,
        };
        let wants = Wants {
            role,
            asked,
            at_least: asked.at_least()?,
        };
        let acts = newest_acts(open, head).await?;
        let from = jump.or(asked.position()?);
        let placed = if asked.is_undated() || asked.leaves_undated_out() {
            Some(Placed::of(open, &wants, (head, begins_at(asked, from)?), &acts).await?)
        } else {
            None
        };
        Ok(Self {
            store,
            wants,
            read: ReadAll {
                from,
                direction: asked.direction(),
                limit: usize::MAX,
                filter: filter(open, asked, head).await?,
                as_at: Some(head),
            },
            acts,
            placed,
            head,
            is_past_the_end: day.is_some() && jump.is_none(),
        })
    }

    /// How many events fit but for not saying when they happened; none where these are not left out.
    pub(in crate::pages) fn left_out(&self) -> Option<usize> {
        let placed = self.placed.as_ref()?;
        self.wants
            .asked
            .leaves_undated_out()
            .then_some(placed.undated)
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
        if let Some(placed) = &self.placed {
            return self.placed_lines(placed, lines_max).await;
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

    /// The first lines of what was placed, and the position of the next one.
    async fn placed_lines(
        &self,
        placed: &Placed,
        lines_max: usize,
    ) -> Result<(Vec<Line>, Option<u64>), Failure> {
        let positions = &placed.positions;
        let shown = positions.get(..lines_max).unwrap_or(positions);
        let events = events_at(self.store, shown).await?;
        let lines = events.iter().map(|stored| Line::of(stored, &self.acts));
        let next = positions.get(lines_max).map(|next| next.get());
        Ok((lines.collect(), next))
    }

    fn wants(&self, line: &Line) -> bool {
        let actor = line.metadata.as_ref().map(|known| known.actor.as_str());
        self.wants.fits(&Seen {
            stream: line.stored.stream.as_str(),
            actor,
            delay: line.delay(),
            is_amended: line.act.is_some(),
        })
    }
}

/// What the store looks after itself: names of types and streams.
async fn filter(open: &OpenLedger, asked: &Asked, head: Position) -> Result<Filter, Failure> {
    let kind = (!asked.kind.is_empty()).then(|| EventType::new(asked.kind.clone()).ok());
    let types = kind.flatten().map(|kind| Filter::of_types([kind]).types);
    let streams = if let Some(there) = streams_there(open, asked, head).await? {
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

/// The streams of the persons who live in the area that is asked for; none where none is.
pub(super) async fn streams_there(
    open: &OpenLedger,
    asked: &Asked,
    head: Position,
) -> Result<Option<HashSet<String>>, Failure> {
    let Ok(area) = asked.area.parse::<Area>() else {
        return Ok(None);
    };
    let lives = areas_of_persons(open, head).await?.into_iter();
    let there = lives.filter(|(_, lives_in)| *lives_in == area);
    Ok(Some(
        there.map(|(person, _)| format!("child-{person}")).collect(),
    ))
}
