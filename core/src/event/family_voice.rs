//! The family's own voice (家族の声): how anxious, how satisfied, in their words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::{events, unchanged};
use crate::code::{Speaker, VoiceStage};
use crate::private::Private;

events! {
    /// The family was asked how they are.
    pub enum FamilyVoiceEvent {
        /// The family was asked, and answered or did not.
        "family-voice-recorded" @ 2 record => Recorded(FamilyVoiceRecorded) [unchanged],
    }
}

/// The family was asked how they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FamilyVoiceRecorded {
    /// At which point of the way.
    pub stage: VoiceStage,
    /// Whether they answered; else it counts as asked alone.
    pub answered: bool,
    /// Who answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Speaker>,
    /// Anxiety, 1 (none) to 5 (very great).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anxiety: Option<u32>,
    /// Satisfaction with the support, 1 (none) to 5 (full).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<u32>,
    /// Whether they said something in their own words; unknown where it was not noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_words: Option<bool>,
    /// Their own words.
    pub voice: Private<Option<String>>,
}
