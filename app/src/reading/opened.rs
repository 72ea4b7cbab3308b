//! A person's timeline that was opened, with its words: they are found once for all who look at the same.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use ledger_core::id::Position;
use ledger_projections::timeline::{Timeline, TimelineEntry};

use crate::lang::Lang;
use crate::render::{self, Told};

/// A timeline that was opened.
#[derive(Clone)]
pub struct OpenedTimeline(Arc<Seen>);

/// A timeline with what was told of it so far.
struct Seen {
    timeline: Timeline,
    ja: OnceLock<Words>,
    en: OnceLock<Words>,
}

/// What is told of a timeline in one language.
struct Words {
    cards: Vec<String>,
    /// Its events, by their places in the log.
    events: HashMap<Position, Told>,
}

impl OpenedTimeline {
    /// One of its events in words.
    #[must_use]
    pub fn told(&self, entry: &TimelineEntry, lang: Lang) -> Cow<'_, Told> {
        match self.0.words(lang).events.get(&entry.position) {
            Some(told) => Cow::Borrowed(told),
            None => Cow::Owned(render::told(entry, self, lang)),
        }
    }

    /// What goes on for the person, a line each.
    #[must_use]
    pub fn cards(&self, lang: Lang) -> &[String] {
        &self.0.words(lang).cards
    }

    /// The same with something that only whoever looks knows of; nothing was told of it yet.
    pub(super) fn with(self, change: impl FnOnce(&mut Timeline)) -> Self {
        let seen = Arc::try_unwrap(self.0);
        let mut timeline = match seen {
            Ok(own) => own.timeline,
            Err(held) => held.timeline.clone(),
        };
        change(&mut timeline);
        timeline.into()
    }
}

impl Seen {
    fn words(&self, lang: Lang) -> &Words {
        let words = match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        };
        words.get_or_init(|| {
            let events = self.timeline.entries.iter();
            let events = events.map(|entry| {
                let told = render::told(entry, &self.timeline, lang);
                (entry.position, told)
            });
            Words {
                cards: render::timeline_cards(&self.timeline, lang),
                events: events.collect(),
            }
        })
    }
}

impl From<Timeline> for OpenedTimeline {
    fn from(timeline: Timeline) -> Self {
        Self(Arc::new(Seen {
            timeline,
            ja: OnceLock::new(),
            en: OnceLock::new(),
        }))
    }
}

impl Deref for OpenedTimeline {
    type Target = Timeline;

    fn deref(&self) -> &Timeline {
        &self.0.timeline
    }
}
