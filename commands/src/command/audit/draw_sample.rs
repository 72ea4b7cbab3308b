//! Records a sample drawn from a seed; the drawing is repeated here, and must give the same.
//!
//! Whoever sends it draws by [`ledger_core::sample::draw`] and names the event at each position drawn.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::SamplingMethod;
use ledger_core::event::{AuditEvent, Draft, SampleDrawn};
use ledger_core::id::{EngagementId, EventId, LedgerId, Position, StreamName};
use ledger_core::sample::{RANGE_MAX, draw};
use ledger_core::time::Occurred;

use super::goes_on;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::state::Audit;

/// Records a sample drawn from a seed; the drawing is repeated here, and must give the same.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawSample {
    /// The audit.
    pub engagement: EngagementId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How.
    pub method: SamplingMethod,
    /// The seed.
    pub seed: String,
    /// First position from which it was drawn, in the audit's scope.
    pub from_position: Position,
    /// Last position from which it was drawn, in the audit's scope; at most 10,000,000 in all.
    pub to_position: Position,
    /// What was drawn, in the order of the drawing; one or more, at most 1,000.
    pub drawn: Vec<DrawnEvent>,
}

/// A position that was drawn, and the event that stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawnEvent {
    /// The position.
    pub position: Position,
    /// The event.
    pub event: EventId,
}

impl Single for DrawSample {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        goes_on(audit, self.occurred, context)?;
        let (from, to) = (self.from_position, self.to_position);
        if from > to || to.get().saturating_sub(from.get()) >= RANGE_MAX {
            return Err(Reason::BadRange.on("to_position"));
        }
        if !audit.covers(from, to) {
            return Err(Reason::OutsideScope.on("from_position"));
        }
        if self.drawn.is_empty() {
            return Err(Reason::MissingValue.on("drawn"));
        }
        let seed = given(Some(&self.seed)).ok_or(Reason::MissingValue.on("seed"))?;
        let sample = match self.method {
            SamplingMethod::Random => draw(&seed, from, to, self.drawn.len()),
        };
        if !self.drawn.iter().map(|one| one.position).eq(sample) {
            return Err(Reason::SampleDiffers.on("drawn"));
        }
        let event = AuditEvent::SampleDrawn(SampleDrawn {
            method: self.method,
            seed,
            from_position: from,
            to_position: to,
            events: self.drawn.iter().map(|one| one.event).collect(),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
