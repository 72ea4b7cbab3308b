//! What staff promised to do next (次の対応), with the day by which and who.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::actor::Actor;
use crate::id::{ConsultationId, FollowUpId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// A promised next step.
    pub enum FollowUpEvent {
        /// Something is to be done by a day.
        "follow-up-scheduled" @ 1 record => Scheduled(FollowUpScheduled),
        /// It was done.
        "follow-up-done" @ 1 record => Done(FollowUpDone),
        /// It need not be done.
        "follow-up-cancelled" @ 1 record => Cancelled(FollowUpCancelled),
    }
}

/// Something is to be done by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUpScheduled {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// The consultation that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consultation: Option<ConsultationId>,
    /// The day by which.
    pub due_on: Day,
    /// The account that does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Actor>,
    /// What is to be done.
    pub what: Private<Option<String>>,
}

/// A follow-up was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUpDone {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// What came of it.
    pub result: Private<Option<String>>,
}

/// A follow-up need not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUpCancelled {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// Why.
    pub reason: Private<Option<String>>,
}
