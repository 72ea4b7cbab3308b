//! Individual disaster plans (災害時個別支援計画): the family's own, made with an office's support.

use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{
    Area, DisasterPlanEnd, DisasterPlanResult, Office, TransferReason, VerificationMethod,
};
use crate::id::{DisasterPlanId, ReferralId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// The life of an individual disaster plan.
    pub enum DisasterPlanEvent {
        /// The family drafted a plan with an office's support.
        "disaster-plan-drafted" @ 1 record => Drafted(DisasterPlanDrafted),
        /// The family agreed to a version.
        "disaster-plan-agreed" @ 1 record => Agreed(DisasterPlanAgreed),
        /// The plan was verified together with a guardian or the person; the yearly clock starts anew.
        "disaster-plan-verified" @ 1 record => Verified(DisasterPlanChecked),
        /// Staff looked the plan over without a guardian; the clock goes on.
        "disaster-plan-reviewed-internally" @ 1 record => ReviewedInternally(DisasterPlanChecked),
        /// The plan got a new version.
        "disaster-plan-revised" @ 1 record => Revised(DisasterPlanRevised),
        /// Another office supports the plan from now on.
        "disaster-plan-transferred" @ 1 record => Transferred(DisasterPlanTransferred),
        /// The plan ended.
        "disaster-plan-ended" @ 1 record => Ended(DisasterPlanEnded),
    }
}

/// Version 1 of a plan was drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisasterPlanDrafted {
    /// The plan.
    pub plan: DisasterPlanId,
    /// Register number (計画番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The office that supports the making.
    pub office: Office,
    /// The district centre's area, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// The ventilator rule by which the office was judged, with its version.
    pub rule: String,
    /// How the plan was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<VerificationMethod>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<DisasterPlanResult>,
    /// Day for which the next verification is planned; a reminder, never the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Day>,
    /// The plan itself, in words.
    pub plan_text: Private<Option<String>>,
    /// Open issues (課題).
    pub issues: Private<Option<String>>,
    /// Who of the office supported it.
    pub staff: Private<Option<String>>,
}

/// The family agreed to a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisasterPlanAgreed {
    /// The plan.
    pub plan: DisasterPlanId,
    /// The version, from 1.
    pub version: u32,
    /// Who agreed.
    pub agreed_by: Private<Option<String>>,
}

/// The plan was checked: with a guardian a verification, without one an internal review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisasterPlanChecked {
    /// The plan.
    pub plan: DisasterPlanId,
    /// How it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<VerificationMethod>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<DisasterPlanResult>,
    /// Day for which the next verification is planned; a reminder, never the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Day>,
    /// Who took part.
    pub participants: Private<Option<String>>,
    /// Open issues.
    pub issues: Private<Option<String>>,
    /// Who of the office checked it.
    pub staff: Private<Option<String>>,
}

/// The plan got a new version; it does not start the yearly clock anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisasterPlanRevised {
    /// The plan.
    pub plan: DisasterPlanId,
    /// The new version, from 2.
    pub version: u32,
    /// The version on which it rests.
    pub base_version: u32,
    /// How it was revised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<VerificationMethod>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<DisasterPlanResult>,
    /// Day for which the next verification is planned; a reminder, never the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Day>,
    /// The plan itself, in words.
    pub plan_text: Private<Option<String>>,
    /// Open issues.
    pub issues: Private<Option<String>>,
    /// Who of the office supported it.
    pub staff: Private<Option<String>>,
}

/// Another office supports the plan from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisasterPlanTransferred {
    /// The plan.
    pub plan: DisasterPlanId,
    /// The office until now.
    pub from: Office,
    /// The office from now on.
    pub to: Office,
    /// The district centre's area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// Why.
    pub reason: TransferReason,
    /// The referral that hands it over, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralId>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The plan ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisasterPlanEnded {
    /// The plan.
    pub plan: DisasterPlanId,
    /// Why.
    pub reason: DisasterPlanEnd,
    /// More, in words.
    pub note: Private<Option<String>>,
}
