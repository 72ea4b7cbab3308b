//! Records how the family says they are, or that they were asked and did not answer.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Speaker, VoiceStage};
use ledger_core::event::{Draft, FamilyVoiceEvent, FamilyVoiceRecorded};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::content;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records how the family says they are, or that they were asked and did not answer.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordFamilyVoice {
    /// The person.
    pub child: ChildId,
    /// When they were asked.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// At which point of the way.
    pub stage: VoiceStage,
    /// Whether they answered; if not, no answer can be given here.
    pub answered: bool,
    /// Who answered.
    #[serde(default)]
    pub speaker: Option<Speaker>,
    /// Anxiety, 1 (none) to 5 (very great).
    #[serde(default)]
    pub anxiety: Option<u32>,
    /// Satisfaction with the support, 1 (none) to 5 (full).
    #[serde(default)]
    pub satisfaction: Option<u32>,
    /// Their own words.
    #[serde(default)]
    pub voice: Option<String>,
}

impl Act for RecordFamilyVoice {
    about_child!();

    fn act(&self, _child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let voice = private(self.voice.as_deref());
        let event = FamilyVoiceEvent::Recorded(FamilyVoiceRecorded {
            stage: self.stage,
            answered: self.answered,
            speaker: self.speaker,
            anxiety: self.anxiety,
            satisfaction: self.satisfaction,
            has_words: Some(voice.text().is_some()),
            voice,
        });
        let draft = Draft::new(event, self.occurred);
        content::check(&draft.event)?;
        Ok(vec![draft])
    }
}
