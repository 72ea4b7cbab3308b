//! Kept: the facts that figures count, each a row with the positions between which it was held true.
//!
//! A fact is a pure function of one event. A correction closes the facts of its target and opens
//! those of the new content; an annulment closes them, and its reversal opens copies. A figure as at
//! position N counts the rows with `from_position <= N` and no `to_position` at or before N.

mod child;
mod fact;
mod other;

pub use fact::{Fact, Kind};

use ledger_core::event::{CorrectionEvent, Event, EventCorrected, Recorded};
use ledger_core::id::{EventId, Position};

use crate::projection::{Batch, Projection};
use crate::views::Value;

/// The projection from events to facts.
#[derive(Clone, Copy, Debug)]
pub struct Facts;

impl Projection for Facts {
    fn name(&self) -> &'static str {
        "facts"
    }

    fn version(&self) -> i64 {
        1
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            include_str!("sql/schema.sql"),
            include_str!("sql/index_kind.sql"),
            include_str!("sql/index_event.sql"),
            include_str!("sql/index_thing.sql"),
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

    fn apply(&self, event: &Recorded, batch: &mut Batch) {
        let Event::Correction(correction) = &event.event else {
            let source = (event.id, event.position);
            open(
                batch,
                event,
                source,
                &facts(event, &event.event, event.metadata.occurred),
            );
            return;
        };
        match correction {
            CorrectionEvent::Corrected(corrected)
            | CorrectionEvent::IdentityCorrected(corrected) => correct(batch, event, corrected),
            CorrectionEvent::Annulled(annulled) => close(batch, annulled.target, event.position),
            CorrectionEvent::Reassigned(moved) => close(batch, moved.target, event.position),
            CorrectionEvent::AnnulmentReversed(reversed) => {
                let parameters = vec![
                    Value::from(reversed.target.to_string()),
                    Value::from(event.position.as_i64()),
                    Value::from(format!("+{}", event.position)),
                ];
                batch.add(include_str!("sql/reopen.sql"), parameters);
            },
        }
    }
}

/// Closes what the target said and opens what the correction says, under the target's id.
fn correct(batch: &mut Batch, event: &Recorded, corrected: &EventCorrected) {
    close(batch, corrected.target, event.position);
    // A foreign correction that does not decode says nothing; commands never write one.
    let Ok(content) = corrected.content() else {
        return;
    };
    let occurred = corrected.occurred.unwrap_or(event.metadata.occurred);
    let facts = facts(event, &content, occurred);
    open(batch, event, (corrected.target, event.position), &facts);
}

/// The facts that a content makes in its stream.
fn facts(recorded: &Recorded, event: &Event, occurred: ledger_core::time::Occurred) -> Vec<Fact> {
    let mut facts = match event {
        Event::Profile(profile) => child::profile(profile),
        Event::Consultation(consultation) => child::consultation(consultation, occurred),
        Event::Referral(referral) => child::referral(referral),
        Event::SupportPlan(plan) => child::support_plan(plan),
        Event::DisasterPlan(plan) => child::disaster_plan(plan),
        Event::Facility(facility) => other::facility(facility),
        Event::Trainee(trainee) => other::trainee(trainee),
        Event::Case(_)
        | Event::Hospital(_)
        | Event::Consent(_)
        | Event::CareTeam(_)
        | Event::FollowUp(_)
        | Event::FamilyVoice(_)
        | Event::Correction(_)
        | Event::Programme(_)
        | Event::Organisation(_)
        | Event::Finance(_)
        | Event::Committee(_)
        | Event::Request(_)
        | Event::Audit(_)
        | Event::Account(_)
        | Event::Approval(_)
        | Event::Access(_) => Vec::new(),
    };
    let subject = subject(recorded.stream.as_str());
    for fact in &mut facts {
        fact.subject.clone_from(&subject);
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

fn open(batch: &mut Batch, event: &Recorded, source: (EventId, Position), facts: &[Fact]) {
    for (index, fact) in facts.iter().enumerate() {
        let parameters = vec![
            Value::from(format!("{:016}.{index}", event.position.get())),
            Value::from(source.1.as_i64()),
            Value::from(fact.kind.code()),
            Value::from(fact.thing.as_str()),
            Value::from(fact.subject.clone()),
            Value::from(fact.on_day.map(|day| day.to_string())),
            Value::from(fact.minute),
            Value::from(fact.detail.clone()),
            Value::from(fact.value),
            Value::from(source.0.to_string()),
        ];
        batch.add(include_str!("sql/open.sql"), parameters);
    }
}

fn close(batch: &mut Batch, target: EventId, position: Position) {
    let parameters = vec![
        Value::from(target.to_string()),
        Value::from(position.as_i64()),
    ];
    batch.add(include_str!("sql/close.sql"), parameters);
}
