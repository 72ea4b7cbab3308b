//! Individual disaster plans (災害時個別支援計画): the family's own, made with an office's support.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::{events, unchanged};
use crate::code::{
    Area, DisasterPlanEnd, DisasterPlanResult, Evacuation, Hazard, Office, OutOfAreaReason,
    TransferReason, VerificationMethod,
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
        "disaster-plan-verified" @ 2 record => Verified(DisasterPlanChecked) [unchanged],
        /// Staff looked the plan over without a guardian; the clock goes on.
        "disaster-plan-reviewed-internally" @ 2 record => ReviewedInternally(DisasterPlanChecked)
            [unchanged],
        /// The plan got a new version.
        "disaster-plan-revised" @ 1 record => Revised(DisasterPlanRevised),
        /// Another office supports the plan from now on.
        "disaster-plan-transferred" @ 1 record => Transferred(DisasterPlanTransferred),
        /// The plan ended.
        "disaster-plan-ended" @ 1 record => Ended(DisasterPlanEnded),
        /// The person needs a disaster plan, and an office is named for it.
        "disaster-plan-need-identified" @ 1 record => NeedIdentified(DisasterPlanNeedIdentified),
        /// The family does not want one now.
        "disaster-plan-not-wanted" @ 1 record => NotWanted(DisasterPlanNotWanted),
        /// The sections of a version were written.
        "disaster-plan-sections-written" @ 1 record => SectionsWritten(DisasterPlanSectionsWritten),
        /// The plan was used in a real disaster.
        "disaster-plan-used" @ 1 record => Used(DisasterPlanUsed),
    }
}

/// Version 1 of a plan was drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Why it is the district centre of another area than the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_area: Option<OutOfAreaReason>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisasterPlanAgreed {
    /// The plan.
    pub plan: DisasterPlanId,
    /// The version, from 1.
    pub version: u32,
    /// Who agreed.
    pub agreed_by: Private<Option<String>>,
}

/// The plan was checked: with a guardian a verification, without one an internal review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Whether a guardian took part; unknown where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guardian_present: Option<bool>,
    /// Whether the person took part; unknown where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_present: Option<bool>,
    /// Who took part.
    pub participants: Private<Option<String>>,
    /// Open issues.
    pub issues: Private<Option<String>>,
    /// Who of the office checked it.
    pub staff: Private<Option<String>>,
}

/// The plan got a new version; it does not start the yearly clock anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Why it is the district centre of another area than the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_area: Option<OutOfAreaReason>,
    /// Why.
    pub reason: TransferReason,
    /// The referral that hands it over, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralId>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The plan ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisasterPlanEnded {
    /// The plan.
    pub plan: DisasterPlanId,
    /// Why.
    pub reason: DisasterPlanEnd,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The person needs a disaster plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisasterPlanNeedIdentified {
    /// The office whose support it is.
    pub office: Office,
    /// The district centre's area, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// Why it is the district centre of another area than the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_area: Option<OutOfAreaReason>,
    /// The ventilator rule by which the office was judged, with its version.
    pub rule: String,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The family does not want a plan now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisasterPlanNotWanted {
    /// Why.
    pub reason: Private<Option<String>>,
}

/// The sections of a version, as they stand now; the family's own words are private.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisasterPlanSectionsWritten {
    /// The plan.
    pub plan: DisasterPlanId,
    /// The version, from 1.
    pub version: u32,
    /// The person depends on a device that needs power.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub electric_device: Option<bool>,
    /// How long it runs without mains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub battery_minutes: Option<u32>,
    /// There is a spare battery or generator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spare_power: Option<bool>,
    /// Days for which water and nutrition are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub water_days: Option<u32>,
    /// What is decided, by hazard.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evacuation: Vec<HazardDecision>,
    /// The person is registered in the emergency summary system (MEIS).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency_summary: Option<bool>,
    /// Power (電源).
    pub power: Private<Option<String>>,
    /// Oxygen (酸素).
    pub oxygen: Private<Option<String>>,
    /// Suction (吸引).
    pub suction: Private<Option<String>>,
    /// Nutrition and water (栄養・水分).
    pub nutrition: Private<Option<String>>,
    /// Medicines (薬).
    pub medicines: Private<Option<String>>,
    /// Where to go and how (避難先・移動).
    pub place: Private<Option<String>>,
    /// Whom to call, in order (連絡順).
    pub contacts: Private<Option<String>>,
    /// Who helps (支援者).
    pub helpers: Private<Option<String>>,
    /// Hospital (医療機関).
    pub hospital: Private<Option<String>>,
}

/// What a family decided for one hazard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HazardDecision {
    /// The hazard.
    pub hazard: Hazard,
    /// Stay or leave.
    pub decision: Evacuation,
}

/// A plan was used in a real disaster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisasterPlanUsed {
    /// The plan.
    pub plan: DisasterPlanId,
    /// Which.
    pub hazard: Hazard,
    /// What worked.
    pub worked: Private<Option<String>>,
    /// What did not.
    pub failed: Private<Option<String>>,
}
