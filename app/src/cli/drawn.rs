//! An audit's samples drawn again from their seeds, with the events that stand at the positions drawn.

use std::collections::BTreeSet;

use ledger_core::code::SamplingMethod;
use ledger_core::id::{EventId, StreamName};
use ledger_core::sample;
use ledger_core::store::StoredEvent;
use ledger_projections::audit::{EngagementCard, SampleView};
use serde_json::{Map, Value, json};

use super::door::Door;
use super::events::{as_json, in_a_line};
use super::output;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::reading::find_event;
use crate::render::{field_label, value};
use crate::rights::may_read;
use crate::world::World;

/// A sample drawn again.
pub(super) struct Drawn {
    seed: String,
    events: Vec<DrawnEvent>,
}

/// An event at a position that was drawn.
struct DrawnEvent {
    /// The event that the audit recorded at this place of its sample.
    recorded: EventId,
    stored: StoredEvent,
    json: Value,
    fields: Map<String, Value>,
    /// What happened, in Japanese; none where the event is none of this ledger's.
    sentence: Option<String>,
}

impl Drawn {
    /// Whether the seed draws what was recorded.
    pub(super) fn is_same(&self) -> bool {
        self.events.iter().all(|one| one.recorded == one.stored.id)
    }

    /// The same, for machines.
    pub(super) fn as_json(&self) -> Value {
        let events = self.events.iter().map(|one| {
            json!({
                "same": one.recorded == one.stored.id,
                "recorded": one.recorded,
                "event": one.json,
                "sentence_ja": one.sentence,
                "fields": one.fields,
            })
        });
        json!({
            "seed": self.seed,
            "same": self.is_same(),
            "events": events.collect::<Vec<_>>(),
        })
    }
}

/// Draws every sample of an audit again; where the door is open, that the text of a stream is opened
/// is recorded before the first of its events is.
pub(super) async fn draw(door: &Door, card: &EngagementCard) -> Result<Vec<Drawn>, Failure> {
    let mut looked = BTreeSet::new();
    let mut samples = Vec::new();
    for view in &card.samples {
        samples.push(again(door, view, &mut looked).await?);
    }
    Ok(samples)
}

async fn again(
    door: &Door,
    view: &SampleView,
    looked: &mut BTreeSet<StreamName>,
) -> Result<Drawn, Failure> {
    let positions = match view.method {
        SamplingMethod::Random => sample::draw(
            &view.seed,
            view.from_position,
            view.to_position,
            view.events.len(),
        ),
    };
    if positions.len() != view.events.len() {
        return Err(Failure::refused(
            "SAMPLE_NOT_DRAWN",
            format!(
                "種「{}」と範囲からは{}件を引けません（記録された標本は{}件）。",
                view.seed,
                positions.len(),
                view.events.len()
            ),
            format!(
                "{} events follow from the seed and the range, {} were recorded",
                positions.len(),
                view.events.len()
            ),
        ));
    }
    let mut events = Vec::new();
    for (position, recorded) in positions.into_iter().zip(&view.events) {
        let stored = find_event(door.ledger().store.as_ref(), &position.to_string()).await?;
        may_read(door.ledger().role, &stored.stream)?;
        if stored.sealed.is_some() && looked.insert(stored.stream.clone()) {
            door.looks(&stored.stream).await?;
        }
        let (fields, sentence) = door.fields(&stored).await?;
        events.push(DrawnEvent {
            recorded: *recorded,
            json: as_json(&stored)?,
            fields,
            sentence,
            stored,
        });
    }
    Ok(Drawn {
        seed: view.seed.clone(),
        events,
    })
}

/// Each sample with its events, and whether it is the one that was recorded.
pub(super) fn show(samples: &[Drawn], lang: Lang, world: &mut World) -> Result<(), Failure> {
    for drawn in samples {
        let (seed, n) = (&drawn.seed, drawn.events.len());
        let same = if drawn.is_same() {
            lang.pick("一致", "as recorded")
        } else {
            lang.pick("不一致", "not as recorded")
        };
        output::line(
            world,
            lang.pick(
                &format!("\n種「{seed}」から引き直した標本{n}件: {same}"),
                &format!("\nsample of {n} drawn again from seed {seed:?}: {same}"),
            ),
        )?;
        for one in &drawn.events {
            output::line(world, &in_a_line(&one.stored, lang))?;
            if let (Some(sentence), Lang::Ja) = (&one.sentence, lang) {
                output::line(world, &format!("            {sentence}"))?;
            }
            for (field, content) in &one.fields {
                let label = field_label(field, lang);
                let content = value(field, content, lang);
                output::line(world, &format!("            {label}: {content}"))?;
            }
            if one.recorded != one.stored.id {
                let label = lang.pick("記録された標本", "recorded sample");
                output::line(world, &format!("            {label}: {}", one.recorded))?;
            }
        }
    }
    Ok(())
}
