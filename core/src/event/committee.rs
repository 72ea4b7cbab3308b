//! Meetings of the steering committee (運営委員会): materials, findings, recommendations, the review of the trial.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::{events, unchanged};
use crate::code::{Addressee, TrialConclusion, TrialGround};
use crate::id::{EventId, FindingId, MeetingId, Position, RecommendationId};
use crate::private::Private;
use crate::time::{Day, FiscalYear};

events! {
    /// One meeting and what follows from it.
    pub enum CommitteeEvent {
        /// A meeting was convened (開催通知).
        "meeting-convened" @ 1 record => Convened(MeetingConvened),
        /// The figures shown were frozen at a position (資料の確定).
        "materials-frozen" @ 2 clear => MaterialsFrozen(MaterialsFrozen) [unchanged],
        /// The meeting was held.
        "meeting-held" @ 1 record => Held(MeetingHeld),
        /// The committee found something.
        "finding-recorded" @ 1 record => FindingRecorded(FindingRecorded),
        /// The committee recommended something (提言).
        "recommendation-made" @ 1 record => RecommendationMade(RecommendationMade),
        /// A recommendation was answered.
        "recommendation-answered" @ 1 record => RecommendationAnswered(RecommendationAnswered),
        /// The minutes were approved, with the head written in them.
        "minutes-approved" @ 1 clear => MinutesApproved(MinutesApproved),
        /// The trial was reviewed, with its grounds (試行の検証).
        "trial-reviewed" @ 1 record => TrialReviewed(TrialReviewed),
    }
}

/// A meeting was convened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingConvened {
    /// The meeting.
    pub meeting: MeetingId,
    /// Which meeting of the committee it is (第 n 回).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    /// The day.
    pub planned_on: Day,
    /// Items of the agenda.
    pub agenda: Private<Vec<String>>,
}

/// The figures shown were frozen at a position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MaterialsFrozen {
    /// The meeting.
    pub meeting: MeetingId,
    /// The year that they show.
    pub fiscal_year: FiscalYear,
    /// The day on which persons and plans are counted.
    pub on_day: Day,
    /// The position at which they stand.
    pub as_at: Position,
    /// SHA-256, hex, over the figures as RFC 8785 JSON.
    pub digest: String,
    /// The figures as RFC 8785 JSON, so that they are the same for ever, however they are counted
    /// later; none where only their digest was frozen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<String>,
}

/// A meeting was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingHeld {
    /// The meeting.
    pub meeting: MeetingId,
    /// Who attended.
    pub attendees: Private<Vec<String>>,
    /// How many attended.
    pub attendee_count: u32,
}

/// The committee found something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingRecorded {
    /// The finding.
    pub finding: FindingId,
    /// The indicator that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// What.
    pub text: Private<Option<String>>,
}

/// The committee recommended something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecommendationMade {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// To whom.
    pub addressee: Addressee,
    /// By when it is to be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Day>,
    /// The indicator that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// What.
    pub text: Private<Option<String>>,
}

/// A recommendation was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecommendationAnswered {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// Events that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EventId>,
    /// The answer.
    pub text: Private<Option<String>>,
}

/// The minutes were approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MinutesApproved {
    /// The meeting.
    pub meeting: MeetingId,
    /// The log's head as written in the minutes.
    pub position: Position,
    /// Its root, hex.
    pub root: String,
}

/// The trial was reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrialReviewed {
    /// What the review says.
    pub conclusion: TrialConclusion,
    /// On what grounds; one or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<TrialGround>,
    /// More, in words.
    pub text: Private<Option<String>>,
}
