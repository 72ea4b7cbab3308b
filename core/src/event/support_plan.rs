//! Home-living support plans (在宅生活支援プラン), and the discharge that they prepare.

use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{PlanClosing, RevisionReason};
use crate::id::SupportPlanId;
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
        "support-plan-delivered" @ 1 record => Delivered(SupportPlanDelivered),
        /// The plan ended.
        "support-plan-closed" @ 1 record => Closed(SupportPlanClosed),
        /// The person left hospital.
        "discharged" @ 1 record => Discharged(Discharged),
    }
}

/// Version 1 of a plan was drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportPlanAgreed {
    /// The plan.
    pub plan: SupportPlanId,
    /// The version, from 1.
    pub version: u32,
    /// Who agreed.
    pub agreed_by: Private<Option<String>>,
}

/// The next version of a plan was written; it stands as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportPlanDelivered {
    /// The plan.
    pub plan: SupportPlanId,
    /// The version, from 1.
    pub version: u32,
    /// To whom, each in words.
    pub recipients: Private<Vec<String>>,
}

/// The plan ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportPlanClosed {
    /// The plan.
    pub plan: SupportPlanId,
    /// How.
    pub closing: PlanClosing,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The person left hospital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharged {
    /// The plan that prepared it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<SupportPlanId>,
    /// The hospital.
    pub hospital: Private<Option<String>>,
}
