//! Kept: the facts that figures count, each a row with the positions between which it was held true.
//!
//! A fact is a pure function of one event, and every event makes at least one. A correction closes the
//! facts of its target and opens those of the new content, which keep when and by whom the target was
//! recorded; an annulment closes them, and its reversal opens copies. A figure as at position N counts
//! the rows with `from_position <= N` and no `to_position` at or before N.

mod child;
mod fact;
#[cfg(test)]
pub(crate) mod fixture;
mod held;
mod kind;
mod office;
mod other;
mod person;
mod read;
mod reader;

pub use fact::{Fact, Kind};
pub use read::{Stored, Versions};
pub(crate) use reader::by_kind;
pub use reader::{ByKind, FactReader, Standing};

use async_trait::async_trait;
use ledger_core::actor::Role;
use ledger_core::event::{CorrectionEvent, Event, EventCorrected, Recorded};
use ledger_core::id::{EventId, Position};
use ledger_core::time::Occurred;

use crate::projection::{Batch, Fold, Projection, Seen};
use crate::views::{Table, Value, Views, ViewsError};

/// Values of a row that opens.
const PARAMETERS: usize = 19;

static TABLE: Table = Table {
    insert: include_str!("sql/open.sql"),
    copy: include_str!("sql/postgres_copy.sql"),
};

/// The projection from events to facts.
#[derive(Clone, Copy, Debug)]
pub struct Facts;

#[async_trait]
impl Projection for Facts {
    fn name(&self) -> &'static str {
        "facts"
    }

    fn version(&self) -> i64 {
        8
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            include_str!("sql/schema.sql"),
            include_str!("sql/index_event.sql"),
            include_str!("sql/index_closed.sql"),
        ]
    }

    fn discard(&self) -> &'static [&'static str] {
        &[include_str!("sql/discard.sql")]
    }

    fn listing(&self) -> &'static str {
        include_str!("sql/listing.sql")
    }

    fn is_versioned(&self) -> bool {
        true
    }

    async fn begin(&self, _views: &Views, _generation: i64) -> Result<Box<dyn Fold>, ViewsError> {
        Ok(Box::new(*self))
    }
}

impl Fold for Facts {
    fn event(&mut self, seen: &Seen<'_>, batch: &mut Batch) {
        let Some(event) = seen.event else {
            return;
        };
        let occurred = event.metadata.occurred;
        if let Event::Correction(correction) = &event.event {
            correct(batch, event, correction);
        }
        let facts = facts(event, &event.event, occurred);
        for (index, fact) in facts.into_iter().enumerate() {
            let mut parameters = parameters(event, index, fact, event.id);
            parameters.extend([
                Value::from(event.recorded_at.day_in_japan().to_string()),
                Value::from(event.metadata.actor.as_str()),
                Value::code(role(event.metadata.role)),
                Value::from(flags(event)),
                Value::from(event.position.as_i64()),
            ]);
            batch.insert(&TABLE, parameters);
        }
    }
}

/// Closes what the target said, and opens what stands in its place.
fn correct(batch: &mut Batch, event: &Recorded, correction: &CorrectionEvent) {
    match correction {
        CorrectionEvent::Corrected(corrected) | CorrectionEvent::IdentityCorrected(corrected) => {
            close(batch, corrected.target, event.position);
            replace(batch, event, corrected);
        },
        CorrectionEvent::Annulled(annulled) => close(batch, annulled.target, event.position),
        CorrectionEvent::Reassigned(moved) => close(batch, moved.target, event.position),
        CorrectionEvent::AnnulmentReversed(reversed) => {
            let parameters = vec![
                Value::from(reversed.target.to_string()),
                Value::from(event.position.as_i64()),
                Value::from(format!("{}+", id_from(event.position))),
            ];
            batch.add(include_str!("sql/reopen.sql"), parameters);
        },
    }
}

/// Opens what the correction says, under the target's id.
fn replace(batch: &mut Batch, event: &Recorded, corrected: &EventCorrected) {
    // A foreign correction that does not decode says nothing; commands never write one.
    let Ok(content) = corrected.content() else {
        return;
    };
    let occurred = corrected.occurred.unwrap_or(event.metadata.occurred);
    let facts = facts(event, &content, occurred);
    // The correction's own fact has index 0.
    for (index, fact) in (1_usize..).zip(facts) {
        let parameters = parameters(event, index, fact, corrected.target);
        batch.add(include_str!("sql/open_corrected.sql"), parameters);
    }
}

/// The facts that a content makes in its stream.
fn facts(recorded: &Recorded, event: &Event, occurred: Occurred) -> Vec<Fact> {
    let mut facts = match event {
        Event::Profile(event) => person::profile(event),
        Event::Case(event) => vec![person::case(event)],
        Event::Hospital(event) => vec![person::hospital(event)],
        Event::Consent(event) => vec![person::consent(event)],
        Event::CareTeam(event) => vec![person::care_team(event)],
        Event::FollowUp(event) => vec![person::follow_up(event)],
        Event::FamilyVoice(event) => person::family_voice(event),
        Event::Consultation(event) => child::consultation(event, occurred),
        Event::Referral(event) => vec![child::referral(event)],
        Event::SupportPlan(event) => vec![child::support_plan(event)],
        Event::DisasterPlan(event) => vec![child::disaster_plan(event)],
        Event::Facility(event) => other::facility(event),
        Event::Trainee(event) => vec![other::trainee(event)],
        Event::Programme(event) => vec![office::programme(event)],
        Event::Organisation(event) => vec![office::organisation(event)],
        Event::Finance(event) => office::finance(event),
        Event::Committee(event) => office::committee(event),
        Event::Request(event) => vec![office::request(event)],
        Event::Audit(event) => vec![office::audit(event)],
        Event::Account(event) => office::account(event),
        Event::Approval(event) => vec![office::approval(event)],
        Event::Access(event) => vec![office::access(event)],
        Event::Correction(event) => vec![office::correction(event)],
    };
    let subject = subject(recorded.stream.as_str());
    for fact in &mut facts {
        if fact.subject.is_none() {
            fact.subject.clone_from(&subject);
        }
        fact.on_day = occurred.day();
    }
    facts
}

/// Whom a stream is about: the id behind its kind; nobody for an inquiry.
fn subject(stream: &str) -> Option<String> {
    let (kind, id) = stream.split_once('-')?;
    ["child", "facility", "trainee"]
        .contains(&kind)
        .then(|| id.to_owned())
}

/// The beginning of the ids of facts that are opened at a position: in the order of the positions.
fn id_from(position: Position) -> String {
    format!("{:016}", position.get())
}

/// `$1` to `$14` of a fact that opens.
fn parameters(event: &Recorded, index: usize, fact: Fact, source: EventId) -> Vec<Value> {
    let mut parameters = Vec::with_capacity(PARAMETERS);
    parameters.extend([
        Value::from(format!("{}.{index}", id_from(event.position))),
        Value::from(event.position.as_i64()),
        Value::code(fact.kind.code()),
        Value::from(fact.thing),
        Value::from(fact.subject),
        Value::from(fact.on_day.map(|day| day.to_string())),
        Value::from(fact.minute),
        Value::from(fact.detail),
        Value::from(fact.value),
        Value::from(fact.other),
        fact.area
            .map_or(Value::Null, |area| Value::code(area.code())),
        Value::from(fact.due_on.map(|day| day.to_string())),
        Value::from(source.to_string()),
        Value::from(fact.codes),
    ]);
    parameters
}

/// Data-quality flags of an event, joined by commas; none where it has none.
fn flags(event: &Recorded) -> Option<String> {
    let flags: Vec<&str> = event
        .metadata
        .flags
        .iter()
        .map(|flag| flag.code())
        .collect();
    (!flags.is_empty()).then(|| flags.join(","))
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Staff => "staff",
        Role::Manager => "manager",
        Role::Auditor => "auditor",
        Role::Committee => "committee",
        Role::Admin => "admin",
        Role::System => "system",
        Role::Unauthenticated => "unauthenticated",
    }
}

fn close(batch: &mut Batch, target: EventId, position: Position) {
    let parameters = vec![
        Value::from(target.to_string()),
        Value::from(position.as_i64()),
    ];
    batch.add(include_str!("sql/close.sql"), parameters);
}
