//! What can be chosen of a timeline: kinds of events, fields of care, by what its events stand together.

use ledger_projections::timeline::{CareField, EntryKind};

use super::looking::{Looking, NO_FIELD};
use super::threads::Grouping;
use crate::lang::Lang;
use crate::reading::{Counts, OpenedTimeline};
use crate::render;

/// What can be chosen.
pub(super) struct Choices {
    /// Kinds of events that there are, with how many there are of each.
    pub(super) kinds: Vec<Choice>,
    /// Fields of care likewise, and events of no field.
    pub(super) fields: Vec<Choice>,
    /// The kinds and fields that are chosen, in words.
    pub(super) chosen: String,
    pub(super) groupings: Vec<Choice>,
}

/// One choice, and how many events it is about.
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) words: &'static str,
    pub(super) count: usize,
    pub(super) is_chosen: bool,
}

pub(super) fn choices(timeline: &OpenedTimeline, looking: &Looking, lang: Lang) -> Choices {
    let counts = timeline.counts();
    let kinds = EntryKind::ALL.iter().map(|kind| Choice {
        code: kind.code(),
        words: render::entry_kind(*kind, lang),
        count: counts.of_kind(*kind),
        is_chosen: looking.kinds.contains(kind),
    });
    let kinds: Vec<Choice> = kinds.filter(is_there).collect();
    let fields = fields(counts, looking, lang);
    let groupings = Grouping::ALL.into_iter().map(|one| Choice {
        code: one.code(),
        words: one.title(lang),
        count: timeline.entries.len(),
        is_chosen: one == looking.grouping,
    });
    Choices {
        chosen: chosen(&kinds, &fields, lang),
        groupings: groupings.collect(),
        kinds,
        fields,
    }
}

/// The fields, and last what is of none, so that every event can be chosen.
fn fields(counts: &Counts, looking: &Looking, lang: Lang) -> Vec<Choice> {
    let known = CareField::ALL.iter().copied().map(Some);
    let choices = known.chain([None]).map(|field| Choice {
        code: field.map_or(NO_FIELD, CareField::code),
        words: field.map_or(lang.pick("分野なし", "No field"), |field| {
            render::care_field(field, lang)
        }),
        count: counts.of_field(field),
        is_chosen: looking.fields.contains(&field),
    });
    choices.filter(is_there).collect()
}

const fn is_there(choice: &Choice) -> bool {
    choice.count > 0 || choice.is_chosen
}

/// The chosen kinds, and of which fields.
fn chosen(kinds: &[Choice], fields: &[Choice], lang: Lang) -> String {
    let words = |choices: &[Choice]| {
        let chosen = choices.iter().filter(|one| one.is_chosen);
        let chosen: Vec<&str> = chosen.map(|one| one.words).collect();
        chosen.join(lang.pick("、", ", "))
    };
    let (kinds, fields) = (words(kinds), words(fields));
    match lang {
        _ if fields.is_empty() => kinds,
        Lang::Ja if kinds.is_empty() => format!("分野が{fields}の記録"),
        Lang::En if kinds.is_empty() => format!("events of the field {fields}"),
        Lang::Ja => format!("{kinds}のうち分野が{fields}の記録"),
        Lang::En => format!("{kinds} of the field {fields}"),
    }
}
