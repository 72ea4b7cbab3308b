//! Referrals (連携) to and from district health-welfare centres and other offices, and what comes back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::table::{UpcastError, events, with_default};
use crate::code::{Area, Channel, Direction, Outcome, PartyKind, ReferralReason, Section, Urgency};
use crate::id::{ConsentId, OrganisationId, ReferralId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// The loop of a referral; it is closed by the feedback.
    pub enum ReferralEvent {
        /// A person was referred: by the centre to another office, or by one to the centre.
        "referral-made" @ 2 record => Made(ReferralMade) [made_v1_to_v2],
        /// The section received it (受理).
        "referral-received" @ 1 record => Received(ReferralReceived),
        /// The section took it on (受入決定).
        "referral-accepted" @ 1 record => Accepted(ReferralAccepted),
        /// The section could not take it on (受入不可).
        "referral-declined" @ 1 record => Declined(ReferralDeclined),
        /// The section completed its part.
        "referral-completed" @ 1 record => Completed(ReferralCompleted),
        /// The centre heard what came of it; the loop is closed.
        "referral-feedback-received" @ 1 record => FeedbackReceived(ReferralFeedbackReceived),
        /// The centre took the referral back.
        "referral-withdrawn" @ 1 record => Withdrawn(ReferralWithdrawn),
        /// The referral went on to another section as a new referral.
        "referral-redirected" @ 1 record => Redirected(ReferralRedirected),
        /// The centre asked the section where the referral stands.
        "referral-reminded" @ 1 record => Reminded(ReferralReminded),
        /// The receiver asked for more.
        "referral-information-requested" @ 1 record => InformationRequested(ReferralInformationRequested),
        /// It was answered.
        "referral-information-answered" @ 1 record => InformationAnswered(ReferralInformationAnswered),
        /// The receiver told how far it is (経過報告).
        "referral-progress-reported" @ 1 record => ProgressReported(ReferralProgressReported),
        /// The referral goes on after it had ended.
        "referral-reopened" @ 1 record => Reopened(ReferralReopened),
        /// Somebody above was asked, since no answer came.
        "referral-escalated" @ 1 record => Escalated(ReferralEscalated),
    }
}

/// A referral was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralMade {
    /// The referral.
    pub referral: ReferralId,
    /// Register number (連携番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Area of the district centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// Its section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// How urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// The referral that was redirected to this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirected_from: Option<ReferralId>,
    /// Which way it goes.
    pub direction: Direction,
    /// Kind of the other office.
    pub party: PartyKind,
    /// The other office, where it is in the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReferralReason>,
    /// Day by which it is hoped to be completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Day>,
    /// The consent on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentId>,
    /// The other office, in words.
    pub office: Private<Option<String>>,
    /// What is asked for (依頼内容).
    pub request: Private<Option<String>>,
    /// Who of the centre made it.
    pub staff: Private<Option<String>>,
}

/// Version 1 knew referrals of the centre to district centres alone, which need no other words.
fn made_v1_to_v2(payload: Value) -> Result<Value, UpcastError> {
    let payload = with_default(payload, "direction", "to".into())?;
    let payload = with_default(payload, "party", "district-centre".into())?;
    with_default(payload, "office", crate::private::marked(Value::Null))
}

/// The section received the referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralReceived {
    /// The referral.
    pub referral: ReferralId,
    /// How the centre learnt it, where it writes on the section's behalf.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learnt_by: Option<Channel>,
    /// Who received it.
    pub receiver: Private<Option<String>>,
}

/// The section took the referral on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralAccepted {
    /// The referral.
    pub referral: ReferralId,
    /// How the centre learnt it, where it writes on the section's behalf.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learnt_by: Option<Channel>,
    /// Who is in charge of it there.
    pub owner: Private<Option<String>>,
}

/// The section could not take the referral on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralDeclined {
    /// The referral.
    pub referral: ReferralId,
    /// How the centre learnt it, where it writes on the section's behalf.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learnt_by: Option<Channel>,
    /// Why (受入不可の理由).
    pub reason: Private<Option<String>>,
    /// What it proposes instead.
    pub alternative: Private<Option<String>>,
}

/// The section completed its part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralCompleted {
    /// The referral.
    pub referral: ReferralId,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The centre heard what came of the referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralFeedbackReceived {
    /// The referral.
    pub referral: ReferralId,
    /// What was reported (報告).
    pub feedback: Private<Option<String>>,
}

/// The centre took the referral back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralWithdrawn {
    /// The referral.
    pub referral: ReferralId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// The referral went on to another section as a new referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralRedirected {
    /// The referral that ends here.
    pub referral: ReferralId,
    /// The new one.
    pub to: ReferralId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// The centre asked where the referral stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralReminded {
    /// The referral.
    pub referral: ReferralId,
    /// First, second, third … reminder.
    pub nth: u32,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What was said.
    pub note: Private<Option<String>>,
}

/// The receiver asked for more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralInformationRequested {
    /// The referral.
    pub referral: ReferralId,
    /// What was asked.
    pub question: Private<Option<String>>,
}

/// The receiver's question was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralInformationAnswered {
    /// The referral.
    pub referral: ReferralId,
    /// The answer.
    pub answer: Private<Option<String>>,
}

/// The receiver told how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralProgressReported {
    /// The referral.
    pub referral: ReferralId,
    /// What was told.
    pub progress: Private<Option<String>>,
}

/// A referral goes on after it had ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralReopened {
    /// The referral.
    pub referral: ReferralId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// Somebody above was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralEscalated {
    /// The referral.
    pub referral: ReferralId,
    /// Who.
    pub to: Private<Option<String>>,
    /// What was said.
    pub note: Private<Option<String>>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A correction writes the whole content anew, which a closed field would forbid.
    #[test]
    fn a_referral_of_version_1_went_to_a_district_centre_and_leaves_no_field_closed() {
        let stored = json!({
            "referral": "01900000-0000-7000-8000-00000000007a",
            "area": "kinuta",
            "request": {"$private": "手当の案内"},
            "staff": {"$private": null},
        });

        let event = ReferralEvent::decode("referral-made", 1, stored).unwrap();

        let ReferralEvent::Made(made) = &event else {
            panic!("it is another event");
        };
        assert_eq!(made.direction, Direction::To);
        assert_eq!(made.party, PartyKind::DistrictCentre);
        assert_eq!(made.office, Private::Open(None));
        assert!(crate::private::split(event.encode().unwrap()).is_ok());
    }
}
