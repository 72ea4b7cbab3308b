//! The events of a timeline as HTML, each written once for all who look at it on a screen or on paper.

use std::borrow::Cow;
use std::collections::BTreeSet;

use askama::Template;
use ledger_core::id::Position;
use ledger_projections::timeline::TimelineEntry;

use super::threads::Group;
use crate::lang::Lang;
use crate::pages::amend;
use crate::pages::fault::Refusal;
use crate::pages::told::ToldHtml;
use crate::reading::{For, OpenedTimeline};
use crate::render::{self, Told};

/// Events that stand together.
pub(super) struct Shown<'t> {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) age: Option<String>,
    pub(super) lines: Vec<Line<'t>>,
}

/// One event of a timeline.
pub(super) struct Line<'t> {
    /// Whether links lead to it here: in a second group it stands again.
    pub(super) is_first: bool,
    pub(super) position: Position,
    /// The inside of its line, or on paper its row.
    pub(super) html: Cow<'t, str>,
}

/// An event on a screen.
#[derive(Template)]
#[template(path = "person/event_line.html")]
struct OnScreen<'t> {
    event: OneEvent<'t>,
    /// What can be done about it from here: the codes of the forms, with their words.
    amends: Vec<(&'static str, &'static str)>,
}

/// An event on paper.
#[derive(Template)]
#[template(path = "person/event_row.html")]
struct OnPaper<'t> {
    event: OneEvent<'t>,
}

/// An event in words.
struct OneEvent<'t> {
    position: Position,
    told: &'t Told,
    /// By whom it was recorded.
    by: String,
    /// Whether it came with a register rather than from somebody.
    is_imported: bool,
    lang: Lang,
}

impl OneEvent<'_> {
    const fn is_ja(&self) -> bool {
        !matches!(self.lang, Lang::En)
    }

    /// What was done, behind by whom.
    fn recorded(&self) -> &'static str {
        if self.is_imported {
            self.lang.pick("で記録", "")
        } else {
            self.lang.pick("が記録", "")
        }
    }

    /// A text with what people wrote in it.
    fn html<'t>(&self, text: &'t str) -> ToldHtml<'t> {
        ToldHtml::of(text, !self.is_ja())
    }
}

/// The lines of each group; an event that stands in several is led to in the first.
///
/// # Errors
/// [`Refusal`] when one cannot be written.
pub(super) fn written<'t>(
    groups: Vec<Group<'t>>,
    timeline: &'t OpenedTimeline,
    (lang, wanted): (Lang, For),
) -> Result<Vec<Shown<'t>>, Refusal> {
    let mut met = BTreeSet::new();
    let mut line = |entry: &'t TimelineEntry| {
        Ok(Line {
            is_first: met.insert(entry.position),
            position: entry.position,
            html: html(entry, timeline, (lang, wanted))?,
        })
    };
    let shown = groups.into_iter().map(|group| {
        let lines = group.entries.into_iter().map(&mut line);
        Ok(Shown {
            lines: lines.collect::<Result<_, Refusal>>()?,
            id: group.id,
            title: group.title,
            age: group.age,
        })
    });
    shown.collect()
}

fn html<'t>(
    entry: &'t TimelineEntry,
    timeline: &'t OpenedTimeline,
    (lang, wanted): (Lang, For),
) -> Result<Cow<'t, str>, Refusal> {
    let write = |told: &Told| {
        let event = OneEvent {
            position: entry.position,
            told,
            by: render::recorder(entry, lang),
            is_imported: entry.source.is_some(),
            lang,
        };
        match wanted {
            For::Paper => OnPaper { event }.render(),
            For::Amending => OnScreen {
                event,
                amends: amend::ways(entry),
            }
            .render(),
            For::Reading => OnScreen {
                event,
                amends: Vec::new(),
            }
            .render(),
        }
    };
    let written = timeline.written(entry, (lang, wanted), write);
    written.map_err(|error| Refusal::internal(&error))
}
