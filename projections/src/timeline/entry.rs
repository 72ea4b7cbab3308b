//! One line of a timeline: what is in force, and what was said before.

use std::collections::{BTreeSet, HashMap};

use ledger_core::code::Flag;
use ledger_core::event::{Event, Privacy, REASSIGNED_FROM, Source};
use ledger_core::history::{Entry, Standing};
use ledger_core::id::{ChildId, EventId, Position, Revision};
use ledger_core::time::{Day, Occurred, Timestamp};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::CareField;
use super::order::Placed;
use crate::amendment::Amendment;

/// One event as it stands, with both clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineEntry {
    /// Place in the log.
    pub position: Position,
    /// Place in the stream.
    pub revision: Revision,
    /// The event.
    pub event_id: EventId,
    /// Its type.
    pub event_type: &'static str,
    /// When it occurred, in force.
    pub occurred: Occurred,
    /// The day at which it stands in the timeline.
    pub shown_on: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Days between the two, where it was recorded later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_days: Option<i64>,
    /// Who recorded it.
    pub actor: String,
    /// The row of a centre's register that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What is imperfect about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// `open`, `closed`, `erased` or `none`: whether personal text can be read here.
    pub privacy: &'static str,
    /// Whether its personal text can be read here.
    #[serde(skip)]
    pub opened: Privacy,
    /// `stands`, `annulled` or `reassigned`.
    pub standing: &'static str,
    /// The person in whose stream it stands now, where it was reassigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reassigned_to: Option<String>,
    /// The person in whose stream it stood before, where it was reassigned to this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reassigned_from: Option<String>,
    /// The merged case in whose stream it stands, where that is not the one that goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Its fields of care, in their order: those that it says, or that the beginning of its referral, membership,
    /// consent or promise says.
    #[serde(skip)]
    pub care_fields: Vec<CareField>,
    /// The content in force; told as its fields.
    #[serde(rename = "fields", serialize_with = "as_fields")]
    pub event: Event,
    /// What was said before, oldest first: struck through beside the content in force.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
    /// What later events say about it, oldest first: what, why, who and when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amendments: Vec<Amendment>,
}

impl TimelineEntry {
    /// The content in force, clear and readable personal fields alike; others are null.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        self.event.display()
    }
}

fn as_fields<S: Serializer>(event: &Event, serializer: S) -> Result<S::Ok, S::Error> {
    event.display().serialize(serializer)
}

/// A content that is no longer in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Earlier {
    /// The event that replaced it.
    pub replaced_by: EventId,
    /// When it was replaced.
    pub replaced_at: Option<Timestamp>,
    /// Why, by whom, and at which position.
    pub amendment: Option<Amendment>,
    /// When it was said to have occurred.
    pub occurred: Occurred,
    /// What it said.
    pub fields: Map<String, Value>,
}

/// Whether an event has a line of its own; corrections stand beside what they correct.
pub(super) fn is_shown(entry: &Entry) -> bool {
    !matches!(entry.recorded.event, Event::Correction(_))
}

/// An entry with what is said about it; of one of the cases that were merged, of which.
pub(super) fn view(
    placed: &Placed<'_>,
    about: &HashMap<EventId, Vec<Amendment>>,
    cases: &BTreeSet<ChildId>,
) -> TimelineEntry {
    let entry = placed.entry;
    let recorded = &entry.recorded;
    let about = about.get(&recorded.id);
    let about = about.map(Vec::as_slice).unwrap_or_default();
    let case = recorded
        .stream
        .as_child()
        .filter(|case| cases.contains(case));
    let (standing, reassigned_to) = match entry.standing {
        Standing::Stands => ("stands", None),
        Standing::Annulled { .. } => ("annulled", None),
        Standing::Reassigned { to, .. } => ("reassigned", Some(to.to_string())),
    };
    let late = entry.day().map(|day| {
        recorded
            .recorded_at
            .day_in_japan()
            .signed_duration_since(day)
            .num_days()
    });
    TimelineEntry {
        position: recorded.position,
        revision: recorded.revision,
        event_id: recorded.id,
        event_type: entry.event().info().name,
        occurred: entry.occurred(),
        shown_on: placed.day(),
        recorded_at: recorded.recorded_at,
        late_days: late.filter(|days| *days > 0),
        actor: recorded.metadata.actor.to_string(),
        source: recorded.metadata.source.clone(),
        flags: recorded.metadata.flags.clone(),
        privacy: privacy(recorded.privacy),
        opened: recorded.privacy,
        standing,
        reassigned_to,
        reassigned_from: reassigned_from(entry),
        case: case.map(|case| case.to_string()),
        care_fields: Vec::new(),
        event: entry.event().clone(),
        earlier: earlier(entry, about),
        amendments: about.to_vec(),
    }
}

/// The person from whom it was moved last.
fn reassigned_from(entry: &Entry) -> Option<String> {
    let mut subjects = entry.recorded.metadata.subjects.iter().rev();
    subjects
        .find(|subject| subject.kind == REASSIGNED_FROM)
        .map(|subject| subject.id.clone())
}

const fn privacy(privacy: Privacy) -> &'static str {
    match privacy {
        Privacy::Nothing => "none",
        Privacy::Opened => "open",
        Privacy::Closed => "closed",
        Privacy::Erased => "erased",
    }
}

/// The original and every correction but the last, each with what replaced it.
fn earlier(entry: &Entry, about: &[Amendment]) -> Vec<Earlier> {
    let original = (&entry.recorded.event, entry.recorded.metadata.occurred);
    let contents = std::iter::once(original).chain(
        entry
            .corrections
            .iter()
            .map(|correction| (&correction.event, correction.occurred)),
    );
    let pairs = contents.zip(&entry.corrections);
    pairs
        .map(|((event, occurred), replaced)| {
            let amendment = about.iter().find(|one| one.event_id == replaced.by);
            Earlier {
                replaced_by: replaced.by,
                replaced_at: amendment.map(|one| one.recorded_at),
                amendment: amendment.cloned(),
                occurred,
                fields: event.display(),
            }
        })
        .collect()
}
