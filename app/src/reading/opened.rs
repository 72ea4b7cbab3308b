//! A person's timeline that was opened, with what is made of it: that is made once for all who look at the same.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ledger_core::id::{ChildId, InquiryId, Position};
use ledger_projections::timeline::{CareField, EntryKind, Timeline, TimelineEntry};
use ledger_projections::work_list::{Birthdays, WorkBasis, WorkItem, WorkMark};

use crate::lang::Lang;
use crate::render::{self, Told};

/// A timeline that was opened.
#[derive(Clone)]
pub struct OpenedTimeline(Arc<Seen>);

/// What an event is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// A screen on which it is read.
    Reading,
    /// A screen from which it can be amended.
    Amending,
    /// Paper.
    Paper,
}

/// How many events of a timeline are of each kind and of each field of care; of no field those of none.
#[derive(Default)]
pub struct Counts {
    kinds: BTreeMap<EntryKind, usize>,
    fields: BTreeMap<Option<CareField>, usize>,
}

impl Counts {
    /// How many are of a kind.
    #[must_use]
    pub fn of_kind(&self, kind: EntryKind) -> usize {
        self.kinds.get(&kind).copied().unwrap_or_default()
    }

    /// How many are of a field, or of none.
    #[must_use]
    pub fn of_field(&self, field: Option<CareField>) -> usize {
        self.fields.get(&field).copied().unwrap_or_default()
    }

    fn of(timeline: &Timeline) -> Self {
        let mut counts = Self::default();
        for entry in &timeline.entries {
            for kind in entry.kinds() {
                one_more(counts.kinds.entry(kind));
            }
            for field in &entry.care_fields {
                one_more(counts.fields.entry(Some(*field)));
            }
            if entry.care_fields.is_empty() {
                one_more(counts.fields.entry(None));
            }
        }
        counts
    }
}

fn one_more<K: Ord>(entry: Entry<'_, K, usize>) {
    let count = entry.or_default();
    *count = count.saturating_add(1);
}

/// A timeline with what was made of it so far.
struct Seen {
    timeline: Timeline,
    counts: OnceLock<Counts>,
    ja: OnceLock<Words>,
    en: OnceLock<Words>,
    /// What was due last, and of which list.
    due: Mutex<Option<(WorkMark, Arc<[WorkItem]>)>>,
    /// As somebody saw it last who knows more of it, or may see less.
    own: Mutex<Option<(Own, OpenedTimeline)>>,
}

/// What differs by who looks.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Own {
    /// The inquiries that they may not open.
    pub(super) withheld: BTreeSet<InquiryId>,
    /// The merged cases that they may not open.
    pub(super) withheld_cases: BTreeSet<ChildId>,
    /// The register numbers of other persons, by their ids.
    pub(super) numbers: BTreeMap<String, String>,
}

/// What is told of a timeline in one language.
struct Words {
    cards: Vec<String>,
    /// Its events, by their places in the log.
    events: HashMap<Position, Event>,
}

/// One event in words, and as it was written so far.
struct Event {
    told: Told,
    reading: OnceLock<Box<str>>,
    amending: OnceLock<Box<str>>,
    paper: OnceLock<Box<str>>,
}

impl OpenedTimeline {
    /// One of its events in words.
    #[must_use]
    pub fn told(&self, entry: &TimelineEntry, lang: Lang) -> Cow<'_, Told> {
        match self.0.words(lang).events.get(&entry.position) {
            Some(event) => Cow::Borrowed(&event.told),
            None => Cow::Owned(render::told(entry, self, lang)),
        }
    }

    /// One of its events as it is written for something: by `write`, where it was not yet.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn written<E>(
        &self,
        entry: &TimelineEntry,
        (lang, wanted): (Lang, For),
        write: impl FnOnce(&Told) -> Result<String, E>,
    ) -> Result<Cow<'_, str>, E> {
        let Some(event) = self.0.words(lang).events.get(&entry.position) else {
            return Ok(Cow::Owned(write(&render::told(entry, self, lang))?));
        };
        let place = match wanted {
            For::Reading => &event.reading,
            For::Amending => &event.amending,
            For::Paper => &event.paper,
        };
        if let Some(written) = place.get() {
            return Ok(Cow::Borrowed(written));
        }
        let written = write(&event.told)?.into_boxed_str();
        Ok(Cow::Borrowed(place.get_or_init(|| written)))
    }

    /// What is due and overdue of its person in the list of a day, by the day of each. Whoever opened the timeline
    /// reads the date of birth there.
    #[must_use]
    pub fn due(&self, child: ChildId, basis: &WorkBasis) -> Arc<[WorkItem]> {
        let mark = basis.mark();
        let mut held = self.0.due.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, items)) = held.as_ref().filter(|(of, _)| *of == mark) {
            return Arc::clone(items);
        }
        let days = self.person.birth_date.map(|day| (child.to_string(), day));
        let born = Birthdays {
            told: days.is_some(),
            days: days.into_iter().collect(),
        };
        let mut items = basis.items_of(&child.to_string(), &born);
        items.sort_by_key(|item| item.due_on);
        let items: Arc<[WorkItem]> = items.into();
        *held = Some((mark, Arc::clone(&items)));
        items
    }

    /// How many events it has of what.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        let timeline = &self.0.timeline;
        self.0.counts.get_or_init(|| Counts::of(timeline))
    }

    /// What goes on for the person, a line each.
    #[must_use]
    pub fn cards(&self, lang: Lang) -> &[String] {
        &self.0.words(lang).cards
    }

    /// Whether both were made at once.
    #[cfg(test)]
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The same as one sees it who looks.
    pub(super) fn seen_by(self, own: Own) -> Self {
        if own == Own::default() {
            return self;
        }
        let mut held = self.0.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, seen)) = held.as_ref().filter(|(of, _)| *of == own) {
            return seen.clone();
        }
        let seen = Self::from(Timeline {
            withheld: own.withheld.clone(),
            withheld_cases: own.withheld_cases.clone(),
            numbers: own.numbers.clone(),
            ..self.0.timeline.clone()
        });
        *held = Some((own, seen.clone()));
        seen
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
                (entry.position, Event::of(told))
            });
            Words {
                cards: render::timeline_cards(&self.timeline, lang),
                events: events.collect(),
            }
        })
    }
}

impl Event {
    const fn of(told: Told) -> Self {
        Self {
            told,
            reading: OnceLock::new(),
            amending: OnceLock::new(),
            paper: OnceLock::new(),
        }
    }
}

impl From<Timeline> for OpenedTimeline {
    fn from(timeline: Timeline) -> Self {
        Self(Arc::new(Seen {
            timeline,
            counts: OnceLock::new(),
            ja: OnceLock::new(),
            en: OnceLock::new(),
            due: Mutex::default(),
            own: Mutex::default(),
        }))
    }
}

impl Deref for OpenedTimeline {
    type Target = Timeline;

    fn deref(&self) -> &Timeline {
        &self.0.timeline
    }
}
