//! Home-living support plans (在宅生活支援プラン), and the discharge that they prepare.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::table::{UpcastError, events, with_default};
use crate::code::{PartyKind, PlanClosing, RevisionReason};
use crate::id::{ConsentId, OrganisationId, ReferralId, SupportPlanId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// The life of a home-living support plan.
    pub enum SupportPlanEvent {
        /// Staff drafted version 1.
        "support-plan-drafted" @ 1 record => Drafted(SupportPlanDrafted),
        /// The family agreed to a version.
        "support-plan-agreed" @ 1 record => Agreed(SupportPlanAgreed),
        /// Staff wrote the next version.
        "support-plan-revised" @ 1 record => Revised(SupportPlanRevised),
        /// A version was handed to those who work with it.
        "support-plan-delivered" @ 2 record => Delivered(SupportPlanDelivered) [delivered_v1_to_v2],
        /// The plan ended.
        "support-plan-closed" @ 1 record => Closed(SupportPlanClosed),
        /// The person left hospital.
        "discharged" @ 1 record => Discharged(Discharged),
        /// Somebody asked for a plan; its first version is to be drafted.
        "support-plan-requested" @ 1 record => Requested(SupportPlanRequested),
        /// The sections of a version were written.
        "support-plan-sections-written" @ 1 record => SectionsWritten(SupportPlanSectionsWritten),
        /// Those around the person met about the plan (退院前カンファレンス).
        "support-plan-conference-held" @ 1 record => ConferenceHeld(SupportPlanConferenceHeld),
        /// A version was explained to the family.
        "support-plan-explained" @ 1 record => Explained(SupportPlanExplained),
        /// The plan was looked at in use (モニタリング).
        "support-plan-monitored" @ 1 record => Monitored(SupportPlanMonitored),
        /// A support specialist goes on with it; the plan ends here (引継ぎ).
        "support-plan-handed-over" @ 1 record => HandedOver(SupportPlanHandedOver),
    }
}

/// Version 1 of a plan was drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanDrafted {
    /// The plan.
    pub plan: SupportPlanId,
    /// Register number (プラン番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// A reason for revision that the register gives already for the first version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevisionReason>,
    /// Day on which the discharge is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharge_planned_on: Option<Day>,
    /// Goals (目標).
    pub goals: Private<Option<String>>,
    /// Services (サービス), each in words.
    pub services: Private<Vec<String>>,
    /// Who of the centre wrote it.
    pub staff: Private<Option<String>>,
}

/// The family agreed to a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanAgreed {
    /// The plan.
    pub plan: SupportPlanId,
    /// The version, from 1.
    pub version: u32,
    /// Who agreed.
    pub agreed_by: Private<Option<String>>,
}

/// The next version of a plan was written; it stands as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanRevised {
    /// The plan.
    pub plan: SupportPlanId,
    /// The new version, from 2.
    pub version: u32,
    /// The version on which it rests.
    pub base_version: u32,
    /// Why it was revised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevisionReason>,
    /// Day on which a discharge is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharge_planned_on: Option<Day>,
    /// Goals.
    pub goals: Private<Option<String>>,
    /// Services, each in words.
    pub services: Private<Vec<String>>,
    /// Who of the centre wrote it.
    pub staff: Private<Option<String>>,
}

/// A version was handed to those who work with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanDelivered {
    /// The plan.
    pub plan: SupportPlanId,
    /// The version, from 1.
    pub version: u32,
    /// Kinds of offices that got it; the consent must name each.
    pub parties: Vec<PartyKind>,
    /// Which of them, where they are in the directory.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationId>,
    /// The consent on which it was handed out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentId>,
    /// To whom, each in words.
    pub recipients: Private<Vec<String>>,
}

/// Version 1 did not say which kinds of offices got the plan.
fn delivered_v1_to_v2(payload: Value) -> Result<Value, UpcastError> {
    with_default(payload, "parties", Value::Array(Vec::new()))
}

/// The plan ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanClosed {
    /// The plan.
    pub plan: SupportPlanId,
    /// How.
    pub closing: PlanClosing,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The person left hospital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Discharged {
    /// The plan that prepared it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<SupportPlanId>,
    /// The hospital.
    pub hospital: Private<Option<String>>,
}

/// Somebody asked for a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanRequested {
    /// The plan.
    pub plan: SupportPlanId,
    /// Kind of office that asked, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_by: Option<PartyKind>,
    /// The family itself asked.
    pub by_family: bool,
    /// Day on which the discharge is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharge_planned_on: Option<Day>,
    /// The referral that carried it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralId>,
    /// What was asked.
    pub note: Private<Option<String>>,
}

/// The sections of a version, as they stand now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanSectionsWritten {
    /// The plan.
    pub plan: SupportPlanId,
    /// The version, from 1.
    pub version: u32,
    /// Health (保健).
    pub health: Private<Option<String>>,
    /// Medical care (医療).
    pub medical: Private<Option<String>>,
    /// Welfare (福祉).
    pub welfare: Private<Option<String>>,
    /// Education and childcare (教育・保育).
    pub education: Private<Option<String>>,
    /// Family (家族).
    pub family: Private<Option<String>>,
    /// Whom to call (連絡先).
    pub contacts: Private<Option<String>>,
}

/// Those around the person met about the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanConferenceHeld {
    /// The plan.
    pub plan: SupportPlanId,
    /// Kinds of offices that attended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PartyKind>,
    /// The family attended.
    pub with_family: bool,
    /// Who attended, each in words.
    pub attendees: Private<Vec<String>>,
    /// What was agreed.
    pub note: Private<Option<String>>,
}

/// A version was explained to the family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanExplained {
    /// The plan.
    pub plan: SupportPlanId,
    /// The version, from 1.
    pub version: u32,
    /// To whom.
    pub to: Private<Option<String>>,
}

/// The plan was looked at in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanMonitored {
    /// The plan.
    pub plan: SupportPlanId,
    /// Day by which it is to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Day>,
    /// What was found.
    pub findings: Private<Option<String>>,
}

/// A support specialist goes on with the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlanHandedOver {
    /// The plan.
    pub plan: SupportPlanId,
    /// The specialist's office, where it is in the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The referral that hands it over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralId>,
    /// To whom, in words.
    pub to: Private<Option<String>>,
    /// More, in words.
    pub note: Private<Option<String>>,
}
